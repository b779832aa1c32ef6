"""A real `adgen up`, as a shell starts it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from adgen_pipeline_tests.ports import free_port

READY = "Ctrl-C stops everything"


class Up:
    """`home` is its ADGEN_HOME: all its processes carry that in their environment."""

    def __init__(self, folder: Path, home: Path, environment: Mapping[str, str]):
        self.home, self.log, self.port = home, folder / "up.log", free_port()
        self.url, self.api_url = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{(api_port := free_port())}"
        words = [sys.executable, "-m", "adgen_pipeline.cli", "up"]
        words += ["--port", str(self.port), "--api-port", str(api_port)]
        known = os.environ | {"ADGEN_HOME": str(home), "HOME": str(folder)} | environment
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                words, cwd=folder, env=known, stdout=log, stderr=log, start_new_session=True
            )
        wait_for(lambda: READY in self.told or self.process.poll() is not None, self.log)
        assert self.process.poll() is None, self.told

    @property
    def told(self) -> str:
        return self.log.read_text()

    def end(self, number: signal.Signals) -> int:
        """Its exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def upped(folder: Path, home: Path, environment: Mapping[str, str]) -> Iterator[Up]:
    up = Up(folder, home, environment)
    try:
        yield up
    finally:
        if up.process.poll() is None:
            up.end(signal.SIGTERM)


def processes_of(home: Path) -> list[str]:
    """The command lines of all processes over `home`, but for this one."""
    carried = f"ADGEN_HOME={home}\0".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if carried in (process / "environ").read_bytes() and int(process.name) != os.getpid():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def wait_for(arrived: Callable[[], object], log: Path) -> None:
    until = time.monotonic() + 180
    while not arrived():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)
