"""How scenes give way to each other."""

from itertools import pairwise
from random import Random

from adgen_pipeline.contracts.storyboard import Transition
from adgen_pipeline.studio.prompt_parser.beats import seconds
from adgen_pipeline.studio.prompt_parser.picture import Shot

MATCH = "match"
"""The product stays in its place while the scene changes around it."""

_MATCHING = frozenset(
    {
        ("hero", "wide"), ("wide", "hero"), ("hero", "end_card"), ("wide", "end_card"), ("close_up", "detail"),
        ("detail", "close_up"),
    }
)  # fmt: skip
"""Neighbouring shots in which the product is about as large."""

_QUICK, _SLOW = 6, 10
"""Ticks both scenes are on screen: even, so that the middle is a whole frame."""


def choose_transitions(liked: tuple[str, ...], beat: int, shots: list[Shot], rng: Random) -> list[Transition]:
    """One transition a scene, the last a cut; those the tone likes lead, none comes three times running.

    Between two shots that show the product alike, the picture may hold on to it (`MATCH`).
    """
    chosen: list[Transition] = []
    for shot, following in pairwise(shots):
        before = [transition.type for transition in chosen[-2:]]
        open_to = [kind for kind in liked if before != [kind, kind] and not (kind == "cut" in before)]
        if MATCH not in before and (shot.shot_type, following.shot_type) in _MATCHING:
            open_to.append(MATCH)
        chosen.append(_change(rng.choice(open_to), beat, rng))
    return [*chosen, Transition(type="cut")]


def _change(kind: str, beat: int, rng: Random) -> Transition:
    """Slow music changes scenes slowly."""
    if kind == "cut":
        return Transition(type="cut")
    ticks = rng.choice((_QUICK, _QUICK + 2) if beat < _SLOW else (_QUICK + 2, _SLOW))
    return Transition(type=kind, duration=seconds(ticks))
