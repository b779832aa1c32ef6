"""When each scene runs. Counted in ticks of 0.2 s, which are whole frames at 30 and 15 fps, so that sums are exact."""

from dataclasses import dataclass
from math import ceil
from random import Random

from adgen_pipeline.contracts.brief import SceneRole
from adgen_pipeline.contracts.storyboard import Transition
from adgen_pipeline.studio.prompt_parser.copywriting import Copy
from adgen_pipeline.studio.prompt_parser.speech import spoken_seconds

TICKS_A_SECOND = 5
READ_WORDS_A_SECOND = 3.0
SHORTEST_READ = 1.6
"""Seconds any words stay on screen, at least."""

_ENTER = 0.4
_SHARES = {"hook": 0.9, "product": 1.1, "benefit": 1.0, "proof": 0.95, "call_to_action": 1.0}
_LONGEST_OVERLAP = 3


@dataclass(frozen=True)
class Span:
    """A scene's place in the ad, in ticks; `overlap` is shared with the next scene."""

    start: int
    length: int
    overlap: int

    @property
    def start_time(self) -> float:
        """Seconds of the ad at which the scene begins."""
        return self.start / TICKS_A_SECOND

    @property
    def duration(self) -> float:
        """Seconds, with the overlap."""
        return self.length / TICKS_A_SECOND

    @property
    def alone(self) -> float:
        """Seconds until the next scene begins to show."""
        return (self.length - self.overlap) / TICKS_A_SECOND


def plan_roles(duration: int, has_proof: bool) -> list[SceneRole]:
    """The story of an ad of `duration` seconds: hook, product, benefits, call to action; proof if there is any."""
    if duration < 22:
        return ["hook", "product", "call_to_action"]
    benefits = 1 if duration < 38 else 2 if duration < 53 else 3
    middle: list[SceneRole] = ["benefit"] * benefits
    if has_proof:
        middle = [*(middle[:-1] if benefits > 1 else middle), "proof"]
    return ["hook", "product", *middle, "call_to_action"]


def choose_transitions(liked: tuple[str, ...], count: int, rng: Random) -> list[Transition]:
    """One transition a scene, the last a cut; the tone's favourite leads and no kind comes three times running."""
    chosen: list[Transition] = []
    for _ in range(count - 1):
        before = [transition.type for transition in chosen[-2:]]
        open_to = [kind for kind in liked if before != [kind, kind] and not (kind == "cut" in before)]
        kind = rng.choice(open_to)
        chosen.append(Transition(type=kind, duration=None if kind == "cut" else rng.choice((0.4, 0.6))))
    return [*chosen, Transition(type="cut")]


def plan_spans(duration: int, roles: list[SceneRole], copies: list[Copy], transitions: list[Transition]) -> list[Span]:
    """Each scene's span: long enough to read and hear it, and together exactly `duration` seconds."""
    overlaps = [round(transition.overlap * TICKS_A_SECOND) for transition in transitions]
    total = duration * TICKS_A_SECOND + sum(overlaps)
    shares = [_SHARES[role] for role in roles]
    wanted = [total * share / sum(shares) for share in shares]
    lengths = [_needed(copy) for copy in copies]
    while sum(lengths) < total:
        lengths[_index_of_largest([want - length for want, length in zip(wanted, lengths, strict=True)])] += 1
    while sum(lengths) > total:
        lengths[_index_of_largest(lengths)] -= 1
    starts = [sum(lengths[:i]) - sum(overlaps[:i]) for i in range(len(lengths))]
    return [Span(*span) for span in zip(starts, lengths, overlaps, strict=True)]


def reading_seconds(text: str) -> float:
    """How long `text` must stand to be read."""
    return max(SHORTEST_READ, len(text.split()) / READ_WORDS_A_SECOND)


def _needed(copy: Copy) -> int:
    """Ticks the scene needs for its words to be read, and for its first sentence to be said."""
    reading = _ENTER + reading_seconds(" ".join(shown.text for shown in copy.shown))
    speaking = spoken_seconds(min(copy.spoken, key=lambda sentence: sentence.rank).text)
    return ceil(max(reading, speaking) * TICKS_A_SECOND) + _LONGEST_OVERLAP


def _index_of_largest(values: list[float] | list[int]) -> int:
    return max(range(len(values)), key=lambda i: values[i])
