"""Which runs of this process are being terminated: set by the executor, asked before every paid call."""

import threading

_stops: dict[str, threading.Event] = {}
_lock = threading.Lock()


def stop_of(run_id: str) -> threading.Event:
    """The run's stop: once set, no further call may be made for it."""
    with _lock:
        return _stops.setdefault(run_id, threading.Event())


def forget_stop(run_id: str) -> None:
    """The run has ended. Steps that were let go keep the event they hold."""
    with _lock:
        _stops.pop(run_id, None)
