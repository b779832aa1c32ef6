"""The books of one call while it is under way: each attempt booked before the next is sent."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Literal

from adgen_pipeline.clients.base import Limits
from adgen_pipeline.clients.exchange import Failure
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import AdgenError, BadReply, Cancelled, ClaimLost, LedgerError, Outcome, ServiceRejected
from adgen_pipeline.ledger import Call, Ledger
from adgen_pipeline.ledger.database import InDoubt

_DATABASE_AWAY = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between the tries to write what a service answered: it is paid for, and known to this process alone."""


class Attempts:
    """Books the attempts of a claimed call; a client's `Book`. `call` is as the ledger has it now."""

    def __init__(self, ledger: Ledger, call: Call, limits: Limits):
        self._ledger = ledger
        self._limits = limits
        self._booked = Decimal(0)
        self.call = call

    def again(self, spent: Decimal, failure: Failure) -> str:
        """Book the failed attempt and reserve the next; its idempotency key. Raises BudgetExceeded, booking nothing."""
        outcome = failure.outcome
        again: Literal["reattach", "retry"] = "reattach" if self._limits.idempotent else "retry"
        billed, lost = spent - self._booked, again if outcome == "lost" else None
        try:
            with self._heard_late(billed, outcome):
                self.call = self._ledger.retry(
                    self.call.id, self.call.owner, cost=billed, told=outcome == "told", lost=lost
                )
        except AdgenError as error:
            error.cost, error.outcome = spent, outcome
            raise
        self._booked = spent
        return self.call.idempotency_key

    def renew(self, spent: Decimal) -> None:
        """See that the call is still ours, before the next attempt is sent; `spent` as in `again`."""
        try:
            with self._heard_late(Decimal(0), "unsent"):
                self.call = self._ledger.renew(self.call.id, self.call.owner)
        except AdgenError as error:
            error.cost, error.outcome = spent, "unsent"
            raise

    def accepted(self, location: str) -> None:
        """Remember where the call is polled, for whoever takes it over. The service works on it, whatever happens."""
        try:
            self.call = _insist(lambda: self._ledger.accepted(self.call.id, self.call.owner, location))
        except LedgerError as error:
            error.outcome = "lost"
            raise

    def answered(self, spent: Decimal, answer: dict[str, Any]) -> None:
        """Keep the answer before it is used; `spent` as in `again`."""
        billed = spent - self._booked
        with self._heard_late(billed, "told"):
            self.call = _insist(lambda: self._ledger.answered(self.call.id, self.call.owner, billed, answer))

    def settled(self, files: dict[str, Artifact]) -> Call:
        """The call is done."""
        self.call = self._ledger.settle(self.call.id, self.call.owner, files)
        return self.call

    def refused(self, spent: Decimal, error: AdgenError) -> None:
        """The call was sent and gave no answer to keep; its `error` tells how sure that is. `spent` as in `again`."""
        billed, mine = spent - self._booked, (self.call.id, self.call.owner)
        with self._heard_late(billed, error.outcome):
            if error.outcome == "lost":
                self.call = _insist(lambda: self._ledger.doubt(*mine, billed, error))
            elif isinstance(error, Cancelled):
                self.call = self._ledger.release(*mine)
            else:
                # That a service was busy, or we could not go on, for nothing, tells nothing of a lost attempt.
                told = error.outcome == "told" and (billed > 0 or isinstance(error, ServiceRejected | BadReply))
                self.call = _insist(lambda: self._ledger.fail(*mine, billed, error, told=told))

    def useless(self, error: AdgenError) -> None:
        """The answered and booked call gave nothing that can be used."""
        self.call = self._ledger.fail(self.call.id, self.call.owner, Decimal(0), error)

    def unsent(self) -> None:
        """The claim is given back."""
        self.call = self._ledger.release(self.call.id, self.call.owner)

    def left(self) -> None:
        """The answered call is left as it is, for whoever asks next."""
        self.call = self._ledger.renew(self.call.id, self.call.owner, 0)

    @contextmanager
    def _heard_late(self, billed: Decimal, outcome: Outcome) -> Iterator[None]:
        """Where another took the call over, book what this attempt cost, if that is known: it is in doubt there."""
        try:
            yield
        except ClaimLost:
            if outcome != "lost":
                _insist(lambda: self._ledger.heard_late(self.call, billed))
            raise


def _insist(write: Callable[[], Call]) -> Call:
    """Write to the ledger, also if its database is away for half a minute; never what may have been written."""
    for seconds in _DATABASE_AWAY:
        try:
            return write()
        except (ClaimLost, InDoubt):
            raise
        except LedgerError:
            time.sleep(seconds)
    return write()
