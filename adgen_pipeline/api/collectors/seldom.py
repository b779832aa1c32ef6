"""A reading that is kept for a while: the longer it took, the longer."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

SHARE = 0.05
"""Of one core's time, that readings take at most, however often somebody asks."""

_LEAST_SECONDS = 1.0


class Seldom(Generic[T]):
    """What `read` gave, not older than a second, or than the time within which it may be read again. Safe to use from
    several threads: one reads, the others wait for that."""

    def __init__(self, read: Callable[[], T]):
        self._read = read
        self._lock = threading.Lock()
        self._last: tuple[float, T] | None = None
        self.took = 0.0
        """Seconds of the last reading."""

    def get(self) -> T:
        """Raises what `read` raises, and remembers nothing of that."""
        with self._lock:
            if self._last is None or self.age > max(_LEAST_SECONDS, self.took / SHARE):
                began = time.monotonic()
                found = self._read()
                self.took, self._last = time.monotonic() - began, (time.monotonic(), found)
            return self._last[1]

    @property
    def age(self) -> float:
        """Seconds since it was last read."""
        return time.monotonic() - self._last[0] if self._last else 0.0
