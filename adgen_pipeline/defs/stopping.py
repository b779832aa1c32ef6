"""Which runs of this process are being terminated: set by the executor, asked before every paid call."""

import threading


class RunStop(threading.Event):
    """Once set, no further call may be made for the run."""

    goes_on = False
    """The run has crashed, and another will ask for its accepted calls: services are not told to cancel them."""


_by_hand: set[str] = set()
_stops: dict[str, RunStop] = {}
_lock = threading.Lock()


def stop_of(run_id: str) -> RunStop:
    """The run's stop."""
    with _lock:
        return _stops.setdefault(run_id, RunStop())


def forget_stop(run_id: str) -> None:
    """The run has ended. A stop that was set stays: a step that was let go may come to ask for it later."""
    with _lock:
        if run_id in _stops and not _stops[run_id].is_set():
            del _stops[run_id]


def end_by_hand(run_id: str) -> None:
    """An interrupt of this run is a person's wish (Ctrl-C), not an accident: it is cancelled, not failed."""
    _by_hand.add(run_id)


def ends_by_hand(run_id: str) -> bool:
    """Whether `end_by_hand` was said of the run in this process."""
    return run_id in _by_hand
