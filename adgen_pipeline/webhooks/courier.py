"""Takes what is due from the outbox and delivers it: several at once, none of them holding up the others."""

import logging
import threading
import time
from dataclasses import dataclass
from typing import Self

from adgen_pipeline.downloads import Outside
from adgen_pipeline.errors import AdgenError, LedgerError
from adgen_pipeline.ledger import Delivery, open_ledger
from adgen_pipeline.ledger.outbox import LEASE_SECONDS
from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks.messages import body_of
from adgen_pipeline.webhooks.posting import ATTEMPT_SECONDS, NotDelivered, post
from adgen_pipeline.webhooks.schedule import pause_after
from adgen_pipeline.webhooks.signing import SigningKey

_log = logging.getLogger(__name__)

AT_ONCE = 16
EACH = 4
"""Deliveries at once, and of them to one receiver: three that never answer leave room for others."""


@dataclass(frozen=True)
class Attempted:
    """One attempt to deliver: what the `problem` was, None where it arrived; tried again in `again_in` s, if at all."""

    delivery: Delivery
    problem: str | None = None
    again_in: float | None = None

    def __str__(self) -> str:
        """For people. The URL itself may hold a secret of the receiver's: its server is enough."""
        of = self.delivery
        then = f"again in {self.again_in:.0f} s" if self.again_in is not None else "given up"
        told = f"not delivered, {self.problem} ({then})" if self.problem else "delivered"
        return f"{of.type} of {of.job_id} to {of.receiver}: {told} [{of.id}]"


class Courier:
    """Delivers from the ledger that `settings` name; `outside` is the network it goes through.

    Attempts run in threads that nobody waits for: one that is cut off, with its process, is made again by whoever
    looks after its lease.
    """

    def __init__(self, settings: Settings, outside: Outside | None = None):
        self.settings = settings
        self._ledger = open_ledger(settings)
        self._key = SigningKey.of(settings)
        self._outside = outside or Outside()
        self._changed = threading.Condition()
        self._under_way: dict[str, Delivery] = {}
        self._ended: list[Attempted] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger's database."""
        self._ledger.close()

    def deliver(self, seconds: float, job_id: str | None = None) -> list[Attempted]:
        """Send what is due, waiting at most so many seconds for the answers; the attempts ended since the last look.

        `job_id`: of this job alone. What is under way after that goes on. Raises LedgerError.
        """
        until = time.monotonic() + seconds
        seen = self._hand_out(job_id)
        while self._wait_for_an_end(seen, until):
            seen = self._hand_out(job_id)
        with self._changed:
            ended, self._ended = self._ended, []
        return ended

    @property
    def under_way(self) -> int:
        """How many receivers have not answered yet."""
        return len(self._under_way)

    def _hand_out(self, job_id: str | None) -> int:
        """Begin what is due and there is room for; how many attempts had ended before that look."""
        with self._changed:
            seen = len(self._ended)
            free, busy = AT_ONCE - len(self._under_way), {each.receiver for each in self._under_way.values()}
        taken = self._ledger.outbox.take(free, each=EACH, passing=busy, job_id=job_id) if free else []
        for delivery in taken:
            with self._changed:
                self._under_way[delivery.id] = delivery
            threading.Thread(target=self._attempt, args=(delivery,), daemon=True).start()
        return seen

    def _wait_for_an_end(self, seen: int, until: float) -> bool:
        """Whether more than the `seen` attempts have ended before `until`, so that another may begin."""

        def is_over() -> bool:
            return len(self._ended) > seen or not self._under_way

        with self._changed:
            self._changed.wait_for(is_over, until - time.monotonic())
            return len(self._ended) > seen and time.monotonic() < until

    def _attempt(self, delivery: Delivery) -> None:
        try:
            ended = self._delivered(delivery)
        except LedgerError as error:
            ended = Attempted(delivery, error.message, LEASE_SECONDS)  # as nothing could be written, its lease runs out
        with self._changed:
            self._ended.append(ended)
            del self._under_way[delivery.id]
            self._changed.notify_all()

    def _delivered(self, delivery: Delivery) -> Attempted:
        try:
            self._send(delivery)
        except NotDelivered as failure:
            pause = None if failure.for_good else pause_after(delivery.attempts + 1, failure.retry_after)
            self._ledger.outbox.failed(delivery, str(failure), pause)
            return Attempted(delivery, str(failure), pause)
        self._ledger.outbox.delivered(delivery)
        return Attempted(delivery)

    def _send(self, delivery: Delivery) -> None:
        body = self._body(delivery)
        headers = self._key.headers(delivery.id, body)
        try:
            post(delivery.url, body, headers, allowed_hosts=self.settings.webhook_hosts, outside=self._outside)
        except NotDelivered:
            raise
        except Exception as error:  # else it would be under way for good, and its receiver would hear of nothing more
            _log.error("the webhook %s could not be sent", delivery.id, exc_info=error)
            raise NotDelivered(f"it could not be sent ({type(error).__name__})") from error

    def _body(self, delivery: Delivery) -> bytes:
        try:
            return body_of(self._ledger, delivery, self.settings)
        except LedgerError:
            raise
        except Exception as error:  # whatever it is, it must not be tried over and over, nor hold up others
            told = error.message if isinstance(error, AdgenError) else type(error).__name__
            raise NotDelivered(f"the job's report could not be made: {told}") from error


def deliver_once(job_id: str, settings: Settings) -> list[Attempted]:
    """Try at once what is due of the job, for a place where no daemon may run; the attempts that failed."""
    with open_ledger(settings) as ledger:
        if not ledger.outbox.newest(1, job_id):
            return []
    with Courier(settings) as courier:
        return [attempted for attempted in courier.deliver(ATTEMPT_SECONDS + 1, job_id) if attempted.problem]
