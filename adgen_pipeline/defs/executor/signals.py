"""An interrupt wakes who waits: Dagster only takes a note of it, to be looked at now and then."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupts_wake(wake: Callable[[], None]) -> Iterator[float]:
    """Has `wake` called after each interrupt, also in the middle of a wait; it must be safe inside a signal handler.

    Yields how long, in seconds, a wait may be: signals reach the main thread alone, so others have to look.
    """
    if threading.current_thread() is not threading.main_thread():
        yield 0.25
        return
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def noted(number: int, frame: Any) -> None:
        handler = before[signal.Signals(number)]
        try:
            if callable(handler):
                handler(number, frame)
        finally:
            wake()

    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, noted)
    try:
        yield 5.0
    finally:
        for number, handler in before.items():
            if callable(handler):
                signal.signal(number, handler)
