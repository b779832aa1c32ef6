"""Bad requests and strangers: refused in the envelope, before anything is spent."""

from adgen_pipeline.conformance.bench import Bench
from adgen_pipeline.conformance.findings import Advice, Mend, Skipped
from adgen_pipeline.conformance.judging import UNAUTHORIZED, expect_refusal, refusal_of


def missing_field(bench: Bench) -> str:
    """A request without its most needed field."""
    return _refused(bench, bench.requests.without_a_field, f"a request without `{bench.requests.required}`")


def wrong_type(bench: Bench) -> str:
    """An object where text or a list belongs."""
    return _refused(bench, bench.requests.with_a_wrong_type, f"an object for `{bench.requests.required}`")


def not_json(bench: Bench) -> str:
    """A body that breaks off."""
    return _refused(bench, bench.requests.not_json, "a body that is not JSON")


def too_large(bench: Bench) -> str:
    """A body of 2 MB. Servers may hang up on it."""
    try:
        return _refused(bench, bench.requests.too_large, "a body of 2 MB")
    except Mend as remark:
        if "lost its answer" not in str(remark):
            raise
        raise Advice("it hung up on a body of 2 MB: read it to its end and answer 413 in the envelope") from remark


def strangers(bench: Bench) -> str:
    """Calls without the token, and with a wrong one."""
    if bench.line.address.token is None:
        raise Skipped("no token was given (--token-env NAME)")
    body = bench.the_good_call().body
    for token in ("no", "a wrong"):
        call = bench.ask(body, token=token)
        expect_refusal(call, f"a call with {token} token", UNAUTHORIZED)
    return "401 or 403 in the envelope"


def _refused(bench: Bench, body: bytes, what: str) -> str:
    call = bench.ask(body)
    expect_refusal(call, what)
    return refusal_of(call)
