"""One part as a process with its log, in a session of its own: a Ctrl-C in the terminal is for `adgen up` to heed."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from adgen_pipeline.deployment.guardian import ALL_ENDED, kill_group
from adgen_pipeline.deployment.parts import Part
from adgen_pipeline.errors import AdgenError, InvalidSetting
from adgen_pipeline.settings import environment_with

_GUARDIAN_SECONDS = 10


class Running:
    """A part that was started. All its children are in one process group, which has the number of the first."""

    def __init__(self, part: Part, log: Path):
        self.part, self.log = part, log
        known = environment_with({"PYTHONUNBUFFERED": "1", **part.environment})
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                part.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=known, start_new_session=True
            )
        self.group = self._process.pid
        self._began = time.monotonic()

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self._began

    @property
    def exit_code(self) -> int | None:
        """None while it lives; below 0, the signal that ended it."""
        return self._process.poll()

    def ask_to_end(self) -> None:
        """Politely, and the first process alone: it takes its children along."""
        if self.exit_code is None:
            self._process.terminate()

    def wait(self, seconds: float) -> None:
        """Until it has ended, or `seconds` are over."""
        try:
            self._process.wait(max(seconds, 0.0))
        except subprocess.TimeoutExpired:
            return

    def kill(self) -> None:
        """It and all its children."""
        kill_group(self.group)
        self._process.wait()


class Guardian:
    """The process that ends the parts if this one is killed, and removes `folder` in any case."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="adgen-up-"))
        command = (sys.executable, "-m", "adgen_pipeline.deployment.guardian", str(self.folder))
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True, start_new_session=True)

    def watch_over(self, running: Running) -> None:
        """From now on."""
        self._write(str(running.group))

    def dismiss(self) -> None:
        """All have ended."""
        self._write(ALL_ENDED)
        self._process.communicate(timeout=_GUARDIAN_SECONDS)

    def _write(self, line: str) -> None:
        assert self._process.stdin is not None
        print(line, file=self._process.stdin, flush=True)


def prepare() -> tuple[Path, Sequence[str]]:
    """Dagster's home, its tables made, and what became of runs that died without a word.

    Raises InvalidSetting where a setting forbids it, AdgenError where something else does.
    """
    command = (sys.executable, "-m", "adgen_pipeline.deployment.preparing")
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        kind = InvalidSetting if "Traceback" not in done.stderr else AdgenError
        raise kind(f"the Dagster instance cannot be opened: {done.stderr.strip()[-800:]}")
    home, *told = done.stdout.splitlines()
    return Path(home), told
