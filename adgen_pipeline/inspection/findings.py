"""What was found out about an ad, one finding a rule."""

from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["passed", "warned", "failed"]
"""Failed: nobody could use the ad. Warned: somebody should look."""


@dataclass(frozen=True)
class Finding:
    """`told` is for people: what was measured and what the limit is. `figures` are the numbers (and words) by name."""

    name: str
    verdict: Verdict
    told: str
    figures: dict[str, float | str] = field(default_factory=dict)
