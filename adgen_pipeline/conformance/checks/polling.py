"""Calls that take their time: 202 and a place to poll, what stands there afterwards, and cancelling."""

import time

from adgen_pipeline.clients.exchange import Exchange
from adgen_pipeline.conformance.bench import ACCEPTED, Bench, Call
from adgen_pipeline.conformance.findings import Advice, Mend, Skipped
from adgen_pipeline.conformance.judging import difference

_GONE = (404, 410)
_LOOKS, _BETWEEN = 10, 0.3
"""Polls after a DELETE, and seconds between them, before a service is thought not to stop."""


def pace(bench: Bench) -> str:
    """A call that comes near its timeout is better answered 202; Retry-After must be readable."""
    call = bench.the_good_call()
    if call.accepted is None:
        if call.reply.seconds > bench.line.timeout / 2:
            took = f"{call.reply.seconds:.1f} s of the {bench.line.timeout:g} s one exchange may take"
            raise Advice(f"it took {took}: answer 202 with a Location, and a busy hour breaks nothing")
        return f"answered in {call.reply.seconds:.2f} s, so that it needs no polls"
    told = call.accepted.headers.get("Retry-After")
    if told is not None and call.accepted.retry_after is None:
        raise Mend(f"Retry-After is {told!r}: give seconds or an HTTP date")
    return f"202, then polls at {call.accepted.location}"


def after_the_end(bench: Bench) -> str:
    """A poll after the end is answered as the last one was: that answer may have been lost on its way."""
    call = bench.the_good_call()
    if call.location is None:
        raise Skipped("it answered at once: there is nothing to poll")
    again = Call(call.body, call.key, bench.line.get(call.location), call.accepted, call.location)
    differs = difference(bench, call, again)
    if differs:
        raise Mend(f"a poll after the end had another answer ({differs}): keep it for at least a day")
    return "the same answer"


def cancelling(bench: Bench) -> str:
    """DELETE on the Location ends the work; polls say so afterwards. Optional."""
    if bench.the_good_call().accepted is None:
        raise Skipped("it answers at once: there is nothing to cancel")
    if not bench.under_way:
        bench.start(bench.requests.body(bench.requests.slow), bench.new_key())
    location = bench.under_way[0]
    told, *_ = [bench.line.delete(place) for place in dict.fromkeys(bench.under_way)]
    if told is None or not told.ok:
        said = f"was answered HTTP {told.status}" if told else "had no answer within 1 s"
        raise Advice(f"DELETE {said}: where calls can be cancelled, an ad that is stopped stops costing")
    return _expect_an_end(bench, location)


def _expect_an_end(bench: Bench, location: str) -> str:
    for look in range(_LOOKS):
        reply = bench.line.get(location)
        if reply.status != ACCEPTED:
            return _ended(reply, look)
        time.sleep(_BETWEEN)
    raise Advice("after DELETE it went on working: what nobody waits for any more is still paid for")


def _ended(reply: Exchange, look: int) -> str:
    envelope = reply.envelope()
    if envelope and envelope.success:
        if look == 0:
            raise Skipped("it was done before it could be cancelled")
        raise Advice("after DELETE it went on to its end: what nobody waits for any more is still paid for")
    if reply.status not in _GONE and envelope is None:
        raise Mend(
            f"a poll after DELETE was answered HTTP {reply.status} without an envelope: say CANCELLED, or 404 or 410"
        )
    return f"polls say: {reply.told()}"
