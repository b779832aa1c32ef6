"""One call to one service: sent, retried, polled, cancelled, and its answer understood. Knows HTTP only.

How a failure is classed (and what happens then) is the contract's table: transient failures are retried, answers
lost after the body was sent are asked for again only where that is safe or wanted, the rest fails at once.
"""

import json
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

import httpx
from pydantic import ValidationError

from adgen_pipeline.clients.exchange import Address, Exchange, Failure, Http, wrong_field
from adgen_pipeline.contracts.envelope import Envelope
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.stages import Stage
from adgen_pipeline.errors import (
    BadReply,
    Cancelled,
    ErrorCode,
    LeftToAnother,
    Outcome,
    ServiceError,
    ServiceRejected,
    ServiceUnavailable,
)

Q = TypeVar("Q", bound=Frozen)
R = TypeVar("R", bound=Frozen)

RETRY_DELAYS = (2.0, 4.0, 8.0)
"""Seconds before each of the three retries, by the contract."""

_JITTER = 0.2
_POLL_DELAYS = (0.25, 0.5, 1.0, 2.0)
_LOST_POLLS = 3
_TERMINAL = (200, 400, 409, 422)
"""With an envelope, also a broken one, these end an accepted call.

Any other answer to a poll (a proxy's page, a 404, a 429, a 5xx) is a poll that failed, not a call: it is asked again,
since a new POST might be charged again."""
_TRANSIENT_CODES = {"SERVICE_UNAVAILABLE", "RATE_LIMIT_EXCEEDED", "TIMEOUT"}


class Stop(Protocol):
    """Says that the run is being terminated; a `threading.Event` is one.

    One whose `goes_on` is true leaves accepted calls to whoever goes on with the ad: their services are not told.
    """

    def is_set(self) -> bool:
        """True once no further call may be made."""

    def wait(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds for it; True if it came."""


class Book(Protocol):
    """Keeps the books of one call while it is under way."""

    def again(self, spent: Decimal, failure: Failure) -> str:
        """An attempt failed, `spent` USD over all so far. The idempotency key of the next; raises to forbid it."""

    def renew(self, spent: Decimal) -> None:
        """The wait before the next attempt is over; raises where another has taken the call over meanwhile."""

    def accepted(self, location: str) -> None:
        """The service took the call on, and is asked for its state at `location` (a path on its own host)."""


@dataclass(frozen=True)
class Limits:
    """`timeout` and `deadline` in seconds; `max_call_cost` in USD; the rest as in the contract's settings."""

    timeout: float
    deadline: float
    idempotent: bool
    max_call_cost: Decimal
    on_unknown: Literal["retry", "hold"] = "retry"
    retry_delays: tuple[float, ...] = field(default_factory=lambda: RETRY_DELAYS)


@dataclass(frozen=True)
class Answer(Generic[R]):
    """A service's answer. `cost` in USD over all attempts, failed ones included; `seconds` of wall time.

    `response` is the result as it was sent: JSON that `ServiceClient.understand` reads again.
    """

    result: R
    response: dict[str, Any]
    cost: Decimal
    seconds: float
    attempts: int
    request_id: str
    metadata: dict[str, Any]


@dataclass
class _Call:
    """What is known of one call while it is under way."""

    body: bytes
    key: str
    stop: Stop
    tell: Callable[[str], None]
    deadline: float
    book: Book | None = None
    location: str | None = None
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    attempts: int = 0
    cost: Decimal = Decimal(0)

    @property
    def headers(self) -> dict[str, str]:
        return {"Idempotency-Key": self.key, "X-Request-Id": self.request_id, "Content-Type": "application/json"}

    @property
    def is_left_to_another(self) -> bool:
        return bool(getattr(self.stop, "goes_on", False))

    @property
    def seconds_left(self) -> float:
        return self.deadline - time.monotonic()


class ServiceClient(Generic[Q, R]):
    """Base of the four clients: each names its stage, its result and the files its result points to."""

    stage: ClassVar[Stage]
    result_type: type[R]

    def __init__(self, address: Callable[[], Address], limits: Limits, *, studio: str | None = None):
        """`studio` names the embedded studio, where that is the one: its address is known only once it runs."""
        self._http = Http(address, limits.timeout)
        self.limits = limits
        self.embedded = studio is not None
        self._studio = studio

    @property
    def identity(self) -> str:
        """Who answers: equal requests to the same one are equal calls. No credentials."""
        return self._studio or self._http.shown

    @property
    def _who(self) -> str:
        """As messages name it; the embedded studio's port is a random one and tells nobody anything."""
        title = self.stage.title
        return f"The embedded studio's {title.lower()}" if self.embedded else f"{title} at {self._http.shown}"

    @property
    def address(self) -> Address:
        """Where the service is; asking starts the embedded studio if that is the one."""
        return self._http.address

    def files(self, result: R) -> dict[str, tuple[str, str]]:
        """The files the result offers, by field: (URL, "image" or "video")."""
        return {}

    def check(self, request: Q, result: R) -> str | None:
        """What in `result` does not fit `request`, naming the field, or None."""
        return None

    def close(self) -> None:
        """Let go of open connections."""
        self._http.close()

    def call(
        self,
        request: Q,
        body: bytes,
        *,
        key: str,
        stop: Stop,
        tell: Callable[[str], None] = lambda told: None,
        book: Book | None = None,
        location: str | None = None,
    ) -> Answer[R]:
        """Send `body` (`request` as canonical JSON) under the idempotency `key`; returns when it is answered.

        `tell` hears, in words for people, why and when the call is tried again; `book` of every attempt. With
        `location` the call was accepted before, and is not sent but asked for.

        Raises ServiceUnavailable, ServiceRejected or BadReply, with what was spent in `cost` and how sure that is in
        `outcome`; Cancelled when `stop` is set, after asking the service to cancel too.
        """
        started = time.monotonic()
        call = _Call(body, key, stop, tell, started + self.limits.deadline, book, location)
        while True:
            self._refuse_if_stopped(call)
            self._refuse_if_late(call)
            call.attempts += 1
            try:
                envelope = self._attempt(call)
                break
            except Failure as failure:
                self._wait_or_give_up(call, failure)
        response, metadata = self._as_sent(call, envelope)
        result = self._understood(call, request, response)
        seconds = time.monotonic() - started
        return Answer(result, response, call.cost, seconds, call.attempts, call.request_id, metadata)

    def understand(self, request: Q, response: dict[str, Any]) -> R:
        """An earlier answer's `response` to an equal `request`. Raises BadReply as `call` does."""
        return self._understood(None, request, response)

    def _attempt(self, call: _Call) -> Envelope:
        """One POST and, if the service takes its time, its polls. Raises Failure for what may be tried again."""
        if call.location:
            reply = Exchange(httpx.codes.ACCEPTED, httpx.Headers({"Location": call.location}), b"", 0.0)
        else:
            reply = self._http.post(self.stage.path, call.body, call.headers, call.seconds_left)
        if reply.status == httpx.codes.ACCEPTED:
            reply = self._poll_or_cancel(call, reply)
        return self._judge(call, reply)

    def _poll_or_cancel(self, call: _Call, accepted: Exchange) -> Exchange:
        location = self._http.same_origin(accepted.location)
        if location is None:
            told = "answered 202 without a Location on its own host"
            raise self._error(BadReply, call, told, accepted, outcome="lost")
        if call.book and not call.location:
            call.book.accepted(httpx.URL(location).raw_path.decode())
        try:
            return self._poll(call, location, accepted)
        except Exception:
            raise
        except BaseException:  # the process is being interrupted in the middle of a wait
            self._http.cancel(location)
            raise

    def _judge(self, call: _Call, reply: Exchange) -> Envelope:
        envelope = reply.envelope()
        claimed = envelope.cost if envelope else reply.claimed_cost()
        call.cost += claimed or 0
        if envelope and envelope.success and reply.ok:
            return envelope
        if reply.status in (425, 429, 503) or (reply.status >= 500 and envelope and not envelope.success):
            raise Failure("transient", reply.told(), reply)
        if reply.status == 408 or reply.status >= 500:
            raise Failure("unknown", reply.told(), reply)
        if envelope and envelope.error and envelope.error.code in _TRANSIENT_CODES:
            raise Failure("transient", reply.told(), reply)
        if reply.status >= 400 or (envelope and not envelope.success):
            # A gateway's page (401, 404) is not the service's word: it tells nothing of an earlier, lost attempt.
            outcome: Outcome = "unsent" if claimed is None else "told"
            raise self._error(ServiceRejected, call, f"refused: {reply.told()}", reply, outcome=outcome)
        outcome = "told" if claimed is not None else "lost" if reply.ok else "unsent"
        raise self._error(BadReply, call, reply.what_is_wrong(), reply, outcome=outcome)

    def _poll(self, call: _Call, location: str, accepted: Exchange) -> Exchange:
        """Ask until there is an end. A poll that fails is asked again; only the deadline ends that."""
        lost, reply = 0, accepted
        for turn in range(10**9):
            self._pause(call, location, self._poll_delay(reply, turn, lost))
            try:
                reply = self._http.poll(location, call.seconds_left)
            except Failure as failure:
                lost += 1
                if lost >= _LOST_POLLS and self.limits.idempotent:
                    raise Failure("unknown", f"was lost while it worked ({failure})", None) from failure
                continue
            if reply.status in _TERMINAL and reply.means_an_envelope():
                return reply
            lost = lost + 1 if reply.status in (404, 410) else 0
            if lost >= _LOST_POLLS and self.limits.idempotent:
                raise Failure("unknown", "no longer knows the call it accepted", reply)
        raise AssertionError("the deadline ends this loop")

    @staticmethod
    def _poll_delay(reply: Exchange, turn: int, lost: int) -> float:
        if lost:
            return _POLL_DELAYS[min(lost, len(_POLL_DELAYS)) - 1]
        if reply.retry_after is not None:
            return reply.retry_after
        held = reply.status == httpx.codes.ACCEPTED and turn > 0 and reply.seconds >= 0.5
        return 0.0 if held or turn == 0 else _POLL_DELAYS[min(turn, len(_POLL_DELAYS)) - 1]

    def _pause(self, call: _Call, location: str, seconds: float) -> None:
        """Wait before a poll; a termination or the deadline cancels the call at the service."""
        stopped = call.stop.wait(min(seconds, max(call.seconds_left, 0))) or call.stop.is_set()
        if stopped or call.seconds_left <= 0:
            if stopped and not call.is_left_to_another:
                self._http.cancel(location)
            self._refuse_if_stopped(call, "lost")
            raise self._too_late(call, "did not finish", "lost")

    def _wait_or_give_up(self, call: _Call, failure: Failure) -> None:
        """Book the failed attempt and wait for the next one, or raise what the call ends with."""
        retry = call.attempts - 1
        known: dict[str, Any] = {"outcome": failure.outcome, **_code_of(failure)}
        held = failure.kind == "unknown" and not self.limits.idempotent and self.limits.on_unknown == "hold"
        if held or retry >= len(self.limits.retry_delays):
            raise self._error(ServiceUnavailable, call, f"{failure}", failure.reply, **known) from failure
        told = failure.reply.retry_after if failure.reply else None
        delay = told if told is not None else self.limits.retry_delays[retry] * random.uniform(1, 1 + _JITTER)
        if call.seconds_left - delay < self._least_seconds:
            raise self._too_late(call, str(failure), failure.outcome) from failure
        if call.book:
            call.key = call.book.again(call.cost, failure)
        call.location = None
        tries = len(self.limits.retry_delays) + 1
        call.tell(f"{self.stage.title} {failure}; try {call.attempts + 1} of {tries} in {delay:.0f} s")
        if not call.stop.wait(delay) and call.book:
            call.book.renew(call.cost)

    def _as_sent(self, call: _Call, envelope: Envelope) -> tuple[dict[str, Any], dict[str, Any]]:
        """Result and metadata as plain JSON."""
        try:
            return _plain(envelope.result or {}), _plain(envelope.metadata)
        except (ValueError, RecursionError) as error:
            raise self._error(BadReply, call, f"sent a result that is no plain JSON ({error})") from error

    def _understood(self, call: _Call | None, request: Q, response: dict[str, Any]) -> R:
        try:
            result = self.result_type.model_validate(response)
        except ValidationError as error:
            raise self._error(BadReply, call, wrong_field(error, "result")) from error
        problem = self.check(request, result)
        if problem:
            raise self._error(BadReply, call, problem)
        return result

    def _refuse_if_stopped(self, call: _Call, outcome: Outcome = "unsent") -> None:
        if call.stop.is_set():
            known = {"service": self.stage.service, "stage": self.stage.name, "attempts": call.attempts}
            kind = LeftToAnother if call.is_left_to_another else Cancelled
            cancelled = kind(f"{self.stage.title}: the run was terminated", details=known, cost=call.cost)
            cancelled.outcome = outcome
            raise cancelled

    def _refuse_if_late(self, call: _Call) -> None:
        """A call that was to be sent again, and waited for the database longer than it had."""
        if call.attempts and call.seconds_left < self._least_seconds:
            raise self._too_late(call, "could not be asked again", "unsent")

    @property
    def _least_seconds(self) -> float:
        """What must be left of the deadline where a call is sent again: one exchange, or half of a shorter deadline.
        Its answer would be paid for, and nobody would wait for it."""
        return min(self.limits.timeout, self.limits.deadline / 2)

    def _too_late(self, call: _Call, what: str, outcome: Outcome) -> ServiceError:
        told = f"{what} within its deadline of {self.limits.deadline:g} s ({self.stage.service.upper()}_DEADLINE)"
        return self._error(ServiceUnavailable, call, told, code=ErrorCode.TIMEOUT, outcome=outcome)

    def _error(
        self, kind: type[ServiceError], call: _Call | None, told: str, reply: Exchange | None = None, **more: Any
    ) -> ServiceError:
        tries = f" (after {call.attempts} attempts)" if call and call.attempts > 1 else ""
        known: dict[str, Any] = (
            {"attempts": call.attempts, "request_id": call.request_id, "cost": call.cost} if call else {}
        )
        return kind(
            f"{self._who} {told}{tries}",
            service=self.stage.service,
            stage=self.stage.name,
            status=reply.status if reply else None,
            **known,
            **more,
        )


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """`data` as plain JSON, its decimals as floats, half characters (lone surrogates), which no file takes, as `?`.

    Raises ValueError for numbers that JSON does not know.
    """
    text = json.dumps(data, default=float, allow_nan=False, ensure_ascii=False)
    return dict(json.loads(text.encode(errors="replace")))


def _code_of(failure: Failure) -> dict[str, ErrorCode]:
    if failure.reply and failure.reply.status == httpx.codes.TOO_MANY_REQUESTS:
        return {"code": ErrorCode.RATE_LIMIT_EXCEEDED}
    return {"code": ErrorCode.TIMEOUT} if failure.timed_out else {}
