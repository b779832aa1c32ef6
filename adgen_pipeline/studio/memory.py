"""How the memory that a render has freed goes back to the system."""

import ctypes
from typing import Any

_M_MMAP_THRESHOLD = -3  # of glibc's malloc.h
_PICTURE = 6 << 20
"""Bytes from which on a block is mapped for itself, and unmapped when it is freed: less than a picture of 1080x1920.
Smaller, and sound and x264 would pay for fresh pages all the time: a quarter of composition's CPU with 1 MiB."""


def give_back() -> None:
    """Return what was freed, wherever the C library is glibc; a few milliseconds.

    Left alone, glibc keeps it for each thread apart: after a minute of pictures that is hundreds of megabytes, free to
    one thread and of no use to the others.
    """
    _call("malloc_trim", 0)


def keep_no_pictures() -> None:
    """Return the memory of each large picture as soon as it is freed, in this process from now on."""
    _call("mallopt", _M_MMAP_THRESHOLD, _PICTURE)


def _call(name: str, *args: int) -> None:
    function: Any = getattr(ctypes.CDLL(None), name, None)
    if function is not None:
        function(*args)
