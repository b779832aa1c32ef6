"""All checks at once: each in a thread of its own, so that one that hangs holds up none of the others."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Thread

from adgen_pipeline.doctor.findings import Finding, failure
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.settings import Settings

PATIENCE_SECONDS = 30.0
"""What a check may take in all. Loading Dagster and the studio takes 4 s on two idle cores."""


@dataclass(frozen=True)
class Examined:
    """A set-up. `running`: it is meant to run now, so what does not answer is a failure.

    `since`: seconds since 1970; the daemon must have been heard of after it, where it is set.
    `free_bytes`: what has to be free on a disk, or there is a warning; a tenth of it, or there is a failure.
    """

    settings: Settings
    running: bool = False
    free_bytes: int = 5_000_000_000
    since: float = 0.0


Look = Callable[[Examined], Iterator[Finding]]


@dataclass(frozen=True)
class Check:
    """One group of findings."""

    group: str
    look: Look


def examine(
    checks: Sequence[Check], examined: Examined, patience: float = PATIENCE_SECONDS
) -> Iterator[tuple[str, Finding]]:
    """Each finding with its group, in the order of `checks`, as soon as that is known."""
    looks = [_Looking(check, examined) for check in checks]
    until = time.monotonic() + patience
    for looking in looks:
        looking.thread.join(max(0.0, until - time.monotonic()))
        findings = list(looking.findings)
        if looking.thread.is_alive():
            findings.append(_hangs(looking.check.group, patience))
        yield from ((looking.check.group, finding) for finding in findings)


class _Looking:
    """A check under way. What it found before it hung is kept."""

    def __init__(self, check: Check, examined: Examined):
        self.check, self.findings = check, list[Finding]()
        # A thread that hangs in a library cannot be ended: it ends with the process.
        self.thread = Thread(target=self._look, args=(examined,), daemon=True, name=f"doctor {check.group}")
        self.thread.start()

    def _look(self, examined: Examined) -> None:
        try:
            for finding in self.check.look(examined):
                self.findings.append(finding)
        except AdgenError as error:
            self.findings.append(failure(self.check.group, error.message, "see what is said of it"))
        except Exception as error:  # its words may hold a secret: libraries of all kinds are asked
            told = f"could not be looked at to the end ({type(error).__name__})"
            self.findings.append(failure(self.check.group, told, "mend what else is found, then look again"))


def _hangs(group: str, patience: float) -> Finding:
    told = f"nothing came back within {patience:g} s; what is shown of it was found before"
    return failure(group, told, "see that its hosts answer: a firewall that drops packets looks like this")
