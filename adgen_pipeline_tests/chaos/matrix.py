"""The kill matrix: the process is SIGKILLed at each of its persistence points in turn, and the ad resumed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from adgen_pipeline_tests.chaos.lanes import Lanes
from adgen_pipeline_tests.chaos.person import Played
from adgen_pipeline_tests.chaos.schedules import calm

NUMBER = 2_000_000


@dataclass(frozen=True)
class Row:
    """One death: at which point, under which terms, and what became of the ad."""

    point: int
    name: str
    terms: str
    played: Played


def points(lanes: Lanes) -> list[str]:
    """The persistence points of a 4-scene ad in which nothing goes wrong, in one order they came in."""
    played = lanes.play([calm(NUMBER)])[0]
    if played.violations:
        raise RuntimeError(f"an ad without any fault was not made: {played.violations}")
    return [point["name"] for point in played.points]


def kill_matrix(lanes: Lanes, at: Iterable[int], terms: str = "keys") -> list[Row]:
    """SIGKILL at each of the points `at` (1 is the first), and resume; `terms` as `Schedule.terms`."""
    chosen = list(at)
    known: dict[str, Any] = {"honours_keys": terms == "keys", "on_unknown": "hold" if terms == "hold" else "retry"}
    schedules = [calm(NUMBER + n, own_kills=[n], **known) for n in chosen]
    return [
        Row(n, next((p["name"] for p in played.points if p["fatal"]), "not reached"), terms, played)
        for n, played in zip(chosen, lanes.play(schedules), strict=True)
    ]
