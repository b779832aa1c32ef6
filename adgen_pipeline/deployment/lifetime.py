"""A deployment's life: its parts are started in order, watched, and stopped in order."""

import time
from collections.abc import Callable
from pathlib import Path

from adgen_pipeline.deployment.logs import fresh_log, last_lines
from adgen_pipeline.deployment.parts import Part, Place, code_server, doors
from adgen_pipeline.deployment.running import Guardian, Running
from adgen_pipeline.errors import AdgenError

READY_SECONDS = 180.0
"""A part that is not ready by then never will be. A busy two-core machine needs 20."""

GOODBYE_SECONDS = 4.0
"""What the doors have to end by themselves: answer what they were asked, close what they have open."""

_LOOK_SECONDS = 0.1

Tell = Callable[[str, float], None]


class PartEnded(AdgenError):
    """A part ended, or did not get ready; the message holds the end of its log."""


class Deployment:
    """The parts at `place`, with their logs in `logs`."""

    def __init__(self, place: Place, guardian: Guardian, logs: Path):
        self.place, self.logs = place, logs
        self._guardian = guardian
        self._running: list[Running] = []

    @property
    def log_files(self) -> dict[str, Path]:
        """By the part's name."""
        return {running.part.name: running.log for running in self._running}

    def start_code(self) -> None:
        """The code server, which the others need; it loads while the caller does something else."""
        self._start(code_server(self.place))

    def open_doors(self, tell: Tell) -> None:
        """Wait for the code, start the rest, and wait for each; `tell` gets each that is ready and its seconds.

        Raises PartEnded if one of them ends or does not get ready.
        """
        self._wait_for(self._running[0], tell)
        for part in doors(self.place):
            self._start(part)
        for running in self._running[1:]:
            self._wait_for(running, tell)

    def watch(self) -> None:
        """Returns never: raises PartEnded when one of the parts ends."""
        while True:
            self._look()
            time.sleep(_LOOK_SECONDS)

    def stop(self) -> None:
        """The doors first, politely, so that no ad comes in; then the code server with its runs, at once.

        A run cannot be asked to pause. What it has paid for is in the ledger, its calls under way are asked for again,
        and the next start lets it go on (see docs/decisions/0012-crashed-runs.md).
        """
        opened = self._running[1:]
        for running in reversed(opened):
            running.ask_to_end()
        until = time.monotonic() + GOODBYE_SECONDS
        for running in opened:
            running.wait(until - time.monotonic())
        self.kill()

    def kill(self) -> None:
        """All that is left, at once."""
        for running in reversed(self._running):
            running.kill()
        self._running.clear()

    def _start(self, part: Part) -> None:
        running = Running(part, fresh_log(self.logs, part.name))
        self._guardian.watch_over(running)
        self._running.append(running)

    def _wait_for(self, running: Running, tell: Tell) -> None:
        while not running.part.ready():
            self._look()
            if running.age > READY_SECONDS:
                raise _ended(running, f"is not ready after {READY_SECONDS:.0f} s")
            time.sleep(_LOOK_SECONDS)
        tell(running.part.name, running.age)

    def _look(self) -> None:
        for running in self._running:
            if (code := running.exit_code) is not None:
                raise _ended(running, f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}")


def _ended(running: Running, what: str) -> PartEnded:
    return PartEnded(f"{running.part.name} {what}. Its log, {running.log}, ends:\n{last_lines(running.log)}")
