"""What a look comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """`failure`: ads fail of it, or money or a secret is at risk. `warning`: they will, or might on a bad day."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True)
class Finding:
    """`subject` is what was looked at, `told` what was found there, `mend` a command or a line for .env.

    None of them holds a secret.
    """

    subject: str
    verdict: Verdict
    told: str
    mend: str = ""


def ok(subject: str, told: str) -> Finding:
    """Nothing is to be done."""
    return Finding(subject, Verdict.OK, told)


def warning(subject: str, told: str, mend: str) -> Finding:
    """Ads are made all the same."""
    return Finding(subject, Verdict.WARNING, told, mend)


def failure(subject: str, told: str, mend: str) -> Finding:
    """It has to be mended."""
    return Finding(subject, Verdict.FAILURE, told, mend)


def worst(findings: Iterable[Finding]) -> Verdict:
    """The verdict on the whole."""
    found = {finding.verdict for finding in findings}
    return next((verdict for verdict in (Verdict.FAILURE, Verdict.WARNING) if verdict in found), Verdict.OK)
