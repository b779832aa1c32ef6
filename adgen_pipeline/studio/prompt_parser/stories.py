"""The story frameworks of advertising: which one a brief calls for, and the scenes it is told in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from adgen_pipeline.contracts.brief import SceneRole
from adgen_pipeline.studio.prompt_parser.reading import Reading

Framework = Literal["aida", "problem_solution", "before_after", "offer_first"]
Telling = Literal[
    "invitation", "problem", "before", "offer", "product", "benefit", "after", "glimpse", "proof", "end_card"
]
"""What a scene says; a `glimpse` says nothing: the picture is alone for a moment."""


@dataclass(frozen=True)
class Part:
    """One scene of a story: what it tells, the shots that suit it, and its share of the time beside the others'."""

    tells: Telling
    shots: tuple[str, ...]
    weight: float = 1.0

    @property
    def role(self) -> SceneRole:
        """Its name in the storyboard."""
        return _ROLES[self.tells]


_ROLES: dict[Telling, SceneRole] = {
    "invitation": "hook", "problem": "hook", "before": "hook", "offer": "hook",
    "product": "product", "glimpse": "product",
    "benefit": "benefit", "after": "benefit",
    "proof": "proof", "end_card": "call_to_action",
}  # fmt: skip

_PRODUCT = Part("product", ("hero",), 0.95)
_BENEFIT = Part("benefit", ("detail", "wide", "close_up"), 0.85)
_QUICK_BENEFIT = replace(_BENEFIT, weight=0.7)
_GLIMPSE = Part("glimpse", ("detail", "close_up"), 0.5)
_PROOF = Part("proof", ("wide", "detail", "close_up"), 0.85)
_END = Part("end_card", ("end_card",), 0.85)

_OPENINGS: dict[Framework, Part] = {
    "aida": Part("invitation", ("close_up",), 0.75),
    "problem_solution": Part("problem", ("wide", "close_up"), 0.85),
    "before_after": Part("before", ("wide",), 0.8),
    "offer_first": Part("offer", ("close_up",), 0.85),
}
_MIDDLES: dict[Framework, tuple[Part, ...]] = {
    "aida": (_BENEFIT, _QUICK_BENEFIT, _GLIMPSE, _BENEFIT, _QUICK_BENEFIT),
    "problem_solution": (_BENEFIT, _QUICK_BENEFIT, _BENEFIT, _GLIMPSE, _QUICK_BENEFIT),
    "before_after": (Part("after", ("hero", "wide"), 1.1), _BENEFIT, _QUICK_BENEFIT, _GLIMPSE, _BENEFIT),
    "offer_first": (_QUICK_BENEFIT, _BENEFIT, _QUICK_BENEFIT, _GLIMPSE, _BENEFIT),
}
"""What follows the product, as far as there is time for it."""

_PROOF_AT: dict[Framework, int] = {"aida": 5, "problem_solution": 1, "before_after": 2, "offer_first": 1}
"""Where proof stands in the middle: desire comes first in AIDA, but a solution and an offer are backed up at once."""

_ALWAYS = 3
"""Scenes of every ad: hook, product and end card."""

_SCENES = ((12, 3), (30, 4), (38, 5), (44, 6), (54, 7), (61, 8))
"""Ads shorter than so many seconds have at most that many scenes: what half a minute costs stays under two dollars."""

_LONGEST_SHORT = 19
"""Seconds of an ad in which a benefit without a feature would be rushed: the picture speaks instead."""


def framework_of(reading: Reading) -> Framework:
    """The story that `reading` calls for: a change it tells, a problem it names, an offer it makes, else AIDA."""
    calls: dict[Framework, Callable[[Reading], bool]] = {
        "before_after": lambda r: r.change is not None,
        "problem_solution": lambda r: bool(r.question or r.problem),
        "offer_first": lambda r: bool(r.offers) and (r.is_on_sale or r.tone.name not in {"luxury", "calm"}),
    }
    return next((name for name, called in calls.items() if called(reading)), "aida")


def plan_story(framework: Framework, reading: Reading, duration: int) -> list[Part]:
    """The scenes of an ad of `duration` seconds: four in short ones, up to eight in long ones."""
    room = next((most for shorter, most in _SCENES if duration < shorter), _SCENES[-1][1]) - _ALWAYS
    proofs = [_PROOF] if reading.proofs and room else []
    middle = _middle(framework, reading, duration)[: room - len(proofs)]
    for proof in proofs:
        middle.insert(min(_PROOF_AT[framework], len(middle)), proof)
    return [_OPENINGS[framework], _PRODUCT, *middle, _END]


def _middle(framework: Framework, reading: Reading, duration: int) -> list[Part]:
    """What follows the product, proof apart: where the brief says little, the picture is alone early on."""
    parts, short = list(_MIDDLES[framework]), duration <= _LONGEST_SHORT
    rich = len(reading.features) + len(reading.offers) >= 2 or len(reading.phrases) > 3
    if not rich and not (short and reading.features) and framework != "before_after":
        parts.remove(_GLIMPSE)
        parts.insert(0 if short else 1, _GLIMPSE)
    return parts
