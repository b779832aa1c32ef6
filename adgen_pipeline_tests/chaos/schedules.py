"""A schedule: one ad, the services it meets and everything that will happen to it, drawn from its number alone."""

import random
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from adgen_pipeline_tests.chaos.faults import AFTER_WORK, BAD_ANSWERS, BEFORE_WORK, TRANSIENT

SERVICES = ("prompt_parser", "image_gen", "video_gen", "composition")
SCENES = ((4.0, 4.0, 4.0, 3.0), (5.0, 5.0, 5.0), (8.0, 7.0), (3.0, 3.0, 3.0, 3.0, 3.0))
"""The storyboards' scenes in seconds; each adds up to the ad's 15."""

WHOLE_RUN_EVERY = 10
"""Each so many-th schedule is a whole Dagster run."""

_WEIGHTS = (0.12, 0.3, 0.43, 0.15)
_GROUPS = ((BEFORE_WORK, 0.4), (AFTER_WORK, 0.45), (BAD_ANSWERS, 0.15))


@dataclass
class Schedule:
    """One ad's fate. `faults` are by service and number of the POST it gets (1 is the first).

    `own_kills` are, life by life, the persistence point of the caller at which it is SIGKILLed (0: none). `rivals` is
    how many processes work on the one job at once. Who is not `patient` leaves it at a refusal. `media_seconds` is how
    long the media's URLs hold. `max_cost` and `raised` (what a person raises it to when it was too little; None: stops
    there) are in USD. `seconds` is how long a service works on a good answer, by service.
    """

    number: int
    honours_keys: bool = True
    on_unknown: str = "retry"
    scenes: tuple[float, ...] = SCENES[0]
    max_cost: Decimal = Decimal("10.00")
    raised: Decimal | None = None
    rivals: int = 1
    postgres: bool = False
    media_seconds: float | None = None
    patient: bool = True
    own_kills: list[int] = field(default_factory=list)
    faults: dict[str, dict[str, str]] = field(default_factory=dict)
    taken_out: str | None = None
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def job_id(self) -> str:
        """The ad's job."""
        return f"ad-{self.number}"

    @property
    def is_whole_run(self) -> bool:
        """Whether it is played by Dagster, daemon and all."""
        return self.number % WHOLE_RUN_EVERY == 0

    @property
    def terms(self) -> str:
        """What the services and ON_UNKNOWN say, in a word."""
        return "keys" if self.honours_keys else self.on_unknown

    def service_plan(self) -> dict[str, Any]:
        """What the services have to know of it."""
        known = {"faults": self.faults, "scenes": self.scenes, "media_seconds": self.media_seconds}
        return known | {"seconds": self.seconds}

    def as_json(self) -> dict[str, Any]:
        """All of it, for a report."""
        return {**asdict(self), "max_cost": str(self.max_cost), "raised": self.raised and str(self.raised)}


def draw(number: int) -> Schedule:
    """The schedule of this number: always the same."""
    chance = random.Random(f"fault lab {number}")
    schedule = Schedule(number, scenes=chance.choice(SCENES))
    terms = chance.choices(("keys", "retry", "hold"), (0.5, 0.3, 0.2))[0]
    schedule.honours_keys = terms == "keys"
    schedule.on_unknown = "hold" if terms == "hold" else "retry"
    if chance.random() < 0.25:
        schedule.max_cost = Decimal(chance.randint(60, 300)).scaleb(-2)
        schedule.raised = chance.choice((None, Decimal("10.00")))
    if chance.random() < 0.2:
        schedule.media_seconds = chance.choice((0.3, 1.0))
    schedule.patient = chance.random() < 0.7
    if not schedule.is_whole_run:
        schedule.rivals = 2 if chance.random() < 0.1 else 1
        schedule.postgres = chance.random() < 0.04
        schedule.own_kills = _own_kills(chance, len(schedule.scenes))
    schedule.faults = _storm(chance, schedule) if chance.random() < 0.12 else _faults(chance, schedule)
    if schedule.is_whole_run:
        schedule.raised = None
        _kill_for_sure(chance, schedule)
    return schedule


def _kill_for_sure(chance: random.Random, schedule: Schedule) -> None:
    """A whole run is killed in the middle of a call that every ad makes, before anything else could end it."""
    places = [("prompt_parser", 1), ("image_gen", 1)]
    if schedule.max_cost >= 10:
        places += [("image_gen", len(schedule.scenes)), ("video_gen", 1), ("video_gen", 2), ("composition", 1)]
    service, post = chance.choice(places)
    for earlier in SERVICES[: SERVICES.index(service)]:
        schedule.faults.pop(earlier, None)
    later = {n: kind for n, kind in schedule.faults.get(service, {}).items() if int(n) > post}
    kind = chance.choice(("kill_arrived", "kill_charged", "kill_answered"))
    schedule.faults[service] = {str(post): kind} | later


def _own_kills(chance: random.Random, scenes: int) -> list[int]:
    """In a third of the schedules the caller is killed at one of its own persistence points, up to three lives long."""
    if chance.random() > 0.35:
        return []
    return [chance.randint(1, 20 * scenes) for _ in range(chance.randint(1, 3))]


def _faults(chance: random.Random, schedule: Schedule) -> dict[str, dict[str, str]]:
    faults: dict[str, dict[str, str]] = {}
    for _ in range(chance.choice((1, 2, 2, 3, 3, 4, 5, 7))):
        service = chance.choices(SERVICES, _WEIGHTS)[0]
        calls = len(schedule.scenes) if service in ("image_gen", "video_gen") else 1
        (group,) = chance.choices([group for group, _ in _GROUPS], [weight for _, weight in _GROUPS])
        faults.setdefault(service, {})[str(chance.randint(1, calls + 2))] = chance.choice(sorted(group))
    return faults


def _storm(chance: random.Random, schedule: Schedule, share: float = 0.3) -> dict[str, dict[str, str]]:
    """`share` of all calls fail, transiently."""
    return {
        service: {str(n): chance.choice(TRANSIENT) for n in range(1, 60) if chance.random() < share}
        for service in SERVICES
    }


def calm(number: int, scenes: tuple[float, ...] = SCENES[0], **known: Any) -> Schedule:
    """A schedule in which nothing goes wrong, but for what is `known`."""
    return Schedule(number, scenes=scenes, **known)


def storm(number: int, share: float) -> Schedule:
    """A schedule in which `share` of all calls fail transiently, and nothing else happens."""
    schedule = Schedule(number, honours_keys=number % 2 == 0)
    schedule.faults = _storm(random.Random(f"storm {number}"), schedule, share)
    return schedule
