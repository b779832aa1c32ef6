"""Starts the embedded studio when it is first needed, and lets it go: the house's one door to `subprocess`."""

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio import lease

START_SECONDS = 60.0


class EmbeddedStudio:
    """The studio of one state folder, shared by all processes that use it. Safe to use from several threads.

    `home` is the studio's own folder, `media` the pipeline's store, whose copies the studio reads.
    """

    def __init__(self, home: Path, media: Path):
        self.home, self.media = home, media
        self._users = 0
        self._lease: IO[str] | None = None
        self._urls: dict[str, str] = {}
        self._lock = threading.Lock()

    def retain(self) -> None:
        """Somebody in this process may need the studio; pairs with `release`."""
        with self._lock:
            self._users += 1

    def urls(self) -> dict[str, str]:
        """The URL of each service by name; starts the studio if nobody has. Raises RenderError if it cannot start."""
        with self._lock:
            if self._lease is None:
                held = lease.hold(self.home)
                try:
                    self._urls = self._found_or_started()
                except BaseException:
                    held.close()
                    raise
                self._lease = held
            return self._urls

    def release(self) -> None:
        """Who retained it needs it no more. It stops when nobody in any process does."""
        with self._lock:
            self._users -= 1
            if self._users <= 0 and self._lease is not None:
                self._lease.close()
                self._lease = None

    def _found_or_started(self) -> dict[str, str]:
        with lease.starting(self.home):
            return lease.address(self.home) or self._start()

    def _start(self) -> dict[str, str]:
        log = self.home / "studio.log"
        command = [sys.executable, "-m", "adgen_pipeline.studio", str(self.home), str(self.media)]
        with log.open("wb") as output:
            # A session of its own: a Ctrl-C in the terminal is the run's to handle, which then lets the studio go.
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
            )
        started = time.monotonic()
        while (urls := lease.address(self.home)) is None:
            ended = process.poll() is not None
            if ended or time.monotonic() - started > START_SECONDS:
                process.kill()
                told = log.read_text(errors="replace")[-800:].strip()
                raise RenderError(f"the embedded studio did not start (its log, {log}, ends: {told or 'empty'})")
            time.sleep(0.02)
        threading.Thread(target=process.wait, daemon=True).start()  # so that no zombie stays behind it
        return urls
