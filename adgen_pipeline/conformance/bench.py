"""The bench a service is tried on: calls followed to their end, and what one check has learnt for the next."""

import time
import uuid
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.clients.exchange import Exchange
from adgen_pipeline.conformance.findings import Advice, Mend, Remark, Skipped
from adgen_pipeline.conformance.line import BUSY, Line
from adgen_pipeline.conformance.requests import Requests

ACCEPTED = 202
_ENDS = (200, 400, 409, 422)
"""With an envelope these end an accepted call, for the pipeline's clients too."""
_POLL_DELAYS = (0.0, 0.25, 0.5, 1.0, 2.0)


@dataclass(frozen=True, eq=False)
class Call:
    """One call that was followed to its end: `accepted` is the 202, `location` where it was polled, if it was."""

    body: bytes
    key: str
    reply: Exchange
    accepted: Exchange | None = None
    location: str | None = None

    @property
    def cost(self) -> Decimal:
        """What the service says it cost (USD)."""
        envelope = self.reply.envelope()
        return envelope.cost if envelope else self.reply.claimed_cost() or Decimal(0)


@dataclass
class Bench:
    """One service under test. `holds_keys`: it is meant to honour keys, so what is amiss with them is to be mended.
    `media_hosts` may have private addresses (its own host, MEDIA_ALLOWED_HOSTS).

    Learnt on the way: the `good` call and its `result`, how our `additions_refused`, whether it was `healthy`
    and is `keyed` by all that was seen, and which locations are still `under_way`.
    """

    client: ServiceClient[Any, Any]
    line: Line
    requests: Requests
    holds_keys: bool = False
    media_hosts: frozenset[str] = frozenset()
    good: Call | None = None
    result: Any = None
    additions_refused: str | None = None
    healthy: bool = False
    keyed: bool = False
    under_way: list[str] = field(default_factory=list)
    answers: list[Call] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The service's name in settings, such as IMAGE_GEN."""
        return self.client.stage.service.upper()

    @property
    def cost(self) -> Decimal:
        """USD that the service says it charged; an answer that was given twice counts once."""
        return sum((call.cost for call in self.answers), Decimal(0))

    def forget(self, call: Call) -> None:
        """`call` was another's answer given again: it cost nothing more."""
        self.answers = [other for other in self.answers if other is not call]

    @staticmethod
    def new_key() -> str:
        """A key that no service has seen."""
        return f"check-{uuid.uuid4().hex[:12]}"

    def the_good_call(self) -> Call:
        """The good call. Raises Skipped if it was not answered by the contract."""
        if self.good is None or self.result is None:
            raise Skipped("mend the answer to a good request first")
        return self.good

    def ask(self, body: bytes, key: str | None = None, *, token: str | None = None) -> Call:
        """One call, to its end. Raises Mend when there is none by the contract."""
        key = key or self.new_key()
        return self.follow(self.line.post(body, key, token=token), body, key)

    def start(self, body: bytes, key: str) -> None:
        """One call that is left `under_way`. Raises Skipped when it is answered at once."""
        reply = self.line.post(body, key)
        if reply.status != ACCEPTED:
            self.follow(reply, body, key)
            raise Skipped("it was answered at once: nothing was under way")
        self.under_way.append(self.place_to_poll(reply))

    def follow(self, reply: Exchange, body: bytes, key: str) -> Call:
        """The call that was answered by `reply`, polled to its end if it was accepted."""
        call = Call(body, key, reply)
        if reply.status == ACCEPTED:
            location = self.place_to_poll(reply)
            call = Call(body, key, self._polled(location, reply), reply, location)
        self.answers.append(call)
        return call

    def place_to_poll(self, accepted: Exchange) -> str:
        """Where the call that was answered 202 is polled. Raises Mend."""
        location = self.line.same_origin(accepted.location)
        if location is None:
            raise Mend("it answered 202 without a Location on its own host: name the place to poll there")
        return location

    def about_keys(self, told: str) -> Remark:
        """A remark about keys: to be mended where they are meant to be honoured, else advice."""
        self.keyed = False
        if self.holds_keys:
            return Mend(told)
        return Advice(f"{told}. Keys are optional: leave {self.name}_IDEMPOTENT=false until this holds")

    def _polled(self, location: str, reply: Exchange) -> Exchange:
        ends = time.monotonic() + self.client.limits.deadline
        turn = 0
        while (left := ends - time.monotonic()) > 0:
            told = reply.retry_after
            time.sleep(min(left, _POLL_DELAYS[min(turn, 4)] if told is None else told))
            reply, turn = self.line.get(location), turn + 1
            if reply.status in _ENDS and reply.envelope():
                return reply
            if reply.status not in (ACCEPTED, *BUSY):
                raise Mend(
                    f"a poll that was answered HTTP {reply.status} {reply.what_is_wrong()}: "
                    "answer 202 while it works, then 200 with the envelope"
                )
        self.line.delete(location)
        raise Mend(f"it did not finish within the deadline of {self.client.limits.deadline:g} s ({self.name}_DEADLINE)")
