"""Who uses the embedded studio, told by file locks: the kernel lets go of them even when a process is killed.

lease.lock     held (shared) by every process that uses the studio; when nobody holds it, the studio leaves
start.lock     held while the studio is being started, so that it is started once
alive.lock     held by the studio itself for as long as it lives
address.json   where its services listen
"""

import fcntl
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


def hold(home: Path) -> IO[str]:
    """Hold a lease until the returned file is closed, or this process ends."""
    file = _open(home / "lease.lock")
    fcntl.flock(file, fcntl.LOCK_SH)
    return file


@contextmanager
def starting(home: Path) -> Iterator[None]:
    """Only one process at a time starts the studio."""
    with _open(home / "start.lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def alive(home: Path) -> Iterator[None]:
    """Held by the studio while it lives."""
    with _open(home / "alive.lock") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            (home / "address.json").unlink(missing_ok=True)


def announce(home: Path, urls: dict[str, str]) -> None:
    """Say where the services listen."""
    fresh = home / "address.new"
    fresh.write_text(json.dumps(urls))
    fresh.replace(home / "address.json")


def address(home: Path) -> dict[str, str] | None:
    """Where a living studio listens, or None."""
    with _open(home / "alive.lock") as file:
        if _lock(file, fcntl.LOCK_SH):
            return None  # nobody holds it: there is no studio
    path = home / "address.json"
    return dict(json.loads(path.read_text())) if path.exists() else None


class Watch:
    """The studio's own eye on its leases."""

    def __init__(self, home: Path, linger: float):
        self._home, self._linger = home, linger
        self._idle_since: float | None = None
        self._last: IO[str] | None = None

    def is_over(self) -> bool:
        """True once nobody has held a lease for `linger` seconds.

        From then on nobody gets a lease until this process has ended: who comes then starts another studio.
        """
        file = _open(self._home / "lease.lock")
        if not _lock(file, fcntl.LOCK_EX):
            self._idle_since = None
        elif self._idle_since is None:
            self._idle_since = time.monotonic()
        elif time.monotonic() - self._idle_since >= self._linger:
            (self._home / "address.json").unlink(missing_ok=True)
            self._last = file
            return True
        file.close()
        return False


def _open(path: Path) -> IO[str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a")


def _lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
