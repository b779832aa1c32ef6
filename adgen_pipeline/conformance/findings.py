"""What a check comes to. A check returns what it found in order, or raises a remark."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """`mend`: the pipeline would stumble. `advice`: something optional is left out. `skipped`: it was not tried."""

    PASSED = "passed"
    ADVICE = "advice"
    MEND = "mend"
    SKIPPED = "skipped"


class Remark(Exception):
    """Ends a check with a verdict and a sentence for people."""

    verdict = Verdict.PASSED


class Advice(Remark):
    """The contract leaves it open; the pipeline does better with it."""

    verdict = Verdict.ADVICE


class Mend(Remark):
    """The contract asks for it, or a run would fail of it."""

    verdict = Verdict.MEND


class Hopeless(Mend):
    """Nothing else can be tried before this is mended."""


class Skipped(Remark):
    """It was not tried, and why."""

    verdict = Verdict.SKIPPED


@dataclass(frozen=True)
class Passage:
    """One exchange in a line each way, without secrets."""

    sent: str
    came: str


@dataclass(frozen=True)
class Finding:
    """One check: its name and sentence, the verdict, what was found or is to be mended, and its exchanges."""

    check: str
    title: str
    verdict: Verdict
    told: str
    passages: tuple[Passage, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The finding for machines."""
        exchanges = [{"sent": passage.sent, "came_back": passage.came} for passage in self.passages]
        return {
            "check": self.check,
            "title": self.title,
            "verdict": self.verdict.value,
            "told": self.told,
            "exchanges": exchanges,
        }
