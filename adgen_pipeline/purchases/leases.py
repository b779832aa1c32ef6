"""Keeps the claims of this process its own while their calls last, and gives up those of terminated runs."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from decimal import Decimal

from adgen_pipeline.clients.base import Stop
from adgen_pipeline.errors import AdgenError, LedgerError
from adgen_pipeline.ledger import Call, Ledger

_TICK_SECONDS = 0.25
RENEW_SECONDS = 7.5
"""Of a lease of 90 s, this and the minute for which a run waits for the server leave 22 s to find it back."""
_LET_GO_SECONDS = 0.75
"""How long a call under way has to end by itself after a termination; the run's process ends soon after."""


@dataclass
class _Held:
    call: Call
    stop: Stop
    renew_at: float
    give_up_at: float | None = None


class Leases:
    """The claims under way in this process, renewed by one thread that lives while there are any."""

    def __init__(self, ledger: Ledger):
        self._ledger = ledger
        self._held: dict[int, _Held] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextmanager
    def holding(self, call: Call, stop: Stop) -> Iterator[None]:
        """Keep the claim as long as this lasts."""
        with self._lock:
            self._held[call.id] = _Held(call, stop, time.monotonic() + RENEW_SECONDS)
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep, name="leases", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._held.pop(call.id, None)

    def _keep(self) -> None:
        while True:
            time.sleep(_TICK_SECONDS)
            with self._lock:
                held = list(self._held.values())
                if not held:
                    self._thread = None
                    return
            for one in held:
                with suppress(LedgerError):  # lost, or the database is away: who holds the claim finds out by itself
                    self._look_after(one)

    def _look_after(self, held: _Held) -> None:
        now = time.monotonic()
        if held.stop.is_set():
            held.give_up_at = held.give_up_at or now + _LET_GO_SECONDS
            if now >= held.give_up_at:
                self._give_up(held)
        elif now >= held.renew_at:
            self._ledger.renew(held.call.id, held.call.owner)
            held.renew_at = now + RENEW_SECONDS

    def _give_up(self, held: _Held) -> None:
        """The run is terminated and the call has not ended: nobody will wait for its answer."""
        with self._lock:
            if self._held.pop(held.call.id, None) is None:
                return
        told = AdgenError("the run was terminated while the call was under way")  # no Cancelled: nobody was told yet
        self._ledger.doubt(held.call.id, held.call.owner, Decimal(0), told)
