"""`Idempotency-Key`: one key is one piece of work and one answer, whatever happens in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from adgen_pipeline.conformance.bench import ACCEPTED, Bench, Call
from adgen_pipeline.conformance.findings import Advice, Mend, Skipped
from adgen_pipeline.conformance.judging import difference, expect_refusal, refusal_of, success_of

_CONFLICT = 409


def same_key(bench: Bench) -> str:
    """The same key and body again: the same answer, at the same price."""
    first = bench.the_good_call()
    again = bench.ask(first.body, first.key)
    differs = difference(bench, first, again)
    if differs:
        raise bench.about_keys(f"one key had two answers ({differs}): an answer that was lost would be paid for twice")
    bench.forget(again)
    bench.keyed = True
    return "the same answer; the pipeline counts it once"


def another_body(bench: Bench) -> str:
    """The same key with another body is refused with 422."""
    first = _keyed_call(bench)
    call = bench.ask(bench.requests.body(bench.requests.other), first.key)
    try:
        expect_refusal(call, "another body under a used key", (422,))
    except Mend as remark:
        raise bench.about_keys(f"{remark}: or the key was not looked at at all") from remark
    return refusal_of(call)


def in_flight(bench: Bench) -> str:
    """The same key again while the call is being worked on: the same place to poll."""
    if _keyed_call(bench).accepted is None:
        raise Skipped("it answers at once: nothing is in flight for long")
    body, key = bench.requests.body(bench.requests.slow), bench.new_key()
    bench.start(body, key)
    second = bench.line.post(body, key)
    if second.status == ACCEPTED:
        bench.under_way.append(bench.place_to_poll(second))
    if len(set(bench.under_way)) > 1:
        raise bench.about_keys("a key that is being worked on got another Location: that is work done twice")
    if second.status == _CONFLICT:
        raise bench.about_keys("a key that is being worked on was answered 409, which fails the job: answer 202")
    if second.status != ACCEPTED:
        success_of(bench.follow(second, body, key))
    return "the same place to poll" if second.status == ACCEPTED else "answered"


def at_once(bench: Bench) -> str:
    """Two equal requests with one key at the same moment: one piece of work, one answer."""
    first = _keyed_call(bench)
    key = bench.new_key()
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(bench.line.post, first.body, key) for _ in range(2)]
        replies = [one.result() for one in sent]
    one, two = (bench.follow(reply, first.body, key) for reply in replies)
    differs = _two_places(one, two) or difference(bench, one, two)
    if differs:
        told = f"two calls with one key at the same moment had two answers ({differs})"
        raise bench.about_keys(f"{told}: look up and keep the key in one step that cannot be interrupted")
    bench.forget(two)
    return "one answer, as far as can be seen from outside"


def after_a_restart(bench: Bench, restart: Callable[[], None] | None) -> str:
    """The key of the first call, asked again once the service was started anew."""
    first = _keyed_call(bench)
    if restart is None:
        setting = f"{bench.name}_IDEMPOTENT=true"
        raise Advice(
            f"not to be seen from outside: before you set {setting}, try it with --restart, which waits for you"
        )
    restart()
    bench.line.get("/health")
    again = bench.ask(first.body, first.key)
    differs = difference(bench, first, again)
    if differs:
        raise bench.about_keys(f"after a restart the key had another answer ({differs}): keep keys and answers on disk")
    bench.forget(again)
    return f"the same answer as before: {bench.name}_IDEMPOTENT=true may be set"


def _keyed_call(bench: Bench) -> Call:
    first = bench.the_good_call()
    if not bench.keyed:
        raise Skipped("keys are not honoured as it is")
    return first


def _two_places(one: Call, two: Call) -> str | None:
    if one.location and two.location and one.location != two.location:
        return "two Locations"
    conflict = _CONFLICT in (one.reply.status, two.reply.status)
    return "409 for one of them, which fails the job" if conflict else None
