"""A good request: its envelope, its result, its price, its media, and the fields the pipeline adds."""

from adgen_pipeline.conformance.bench import Bench, Call
from adgen_pipeline.conformance.findings import Advice, Hopeless, Mend, Skipped
from adgen_pipeline.conformance.judging import UNAUTHORIZED, fetched, result_of, success_of
from adgen_pipeline.contracts.purchase import Artifact

_SIZE_TOLERANCE = 0.1
"""Share by which file_size_mb may miss the file's size."""


def health(bench: Bench) -> str:
    """GET /health answers 200."""
    reply = bench.line.get("/health")
    if reply.status != 200:
        raise Mend(f"GET /health was answered HTTP {reply.status}: answer 200 while the service can take calls")
    bench.healthy = True
    return "healthy"


def answer(bench: Bench) -> str:
    """A good request is answered in the envelope, at once or by polls.

    One that is refused is tried again without the fields that the pipeline adds.
    """
    call = bench.ask(bench.requests.body(bench.requests.good))
    if call.reply.status in UNAUTHORIZED:
        way_out = "it did not take the token" if bench.line.address.token else "give its token by --token-env NAME"
        raise Hopeless(f"{call.reply.told()}: {way_out}")
    if 400 <= call.reply.status < 500:
        call = _without_additions(bench, call)
    try:
        envelope = success_of(call)
    except Mend as remark:
        source = bench.requests.source
        hint = f" (if it cannot fetch {source}, give a URL that it can by --sample)" if source else ""
        raise Mend(f"{remark}{hint}") from remark
    bench.good = call
    polled = "after polls" if call.location else "at once"
    return f"answered {polled}, processing_time {envelope.processing_time:g} s"


def result(bench: Bench) -> str:
    """The result has the contract's fields, with values that fit the request."""
    if bench.good is None:
        raise Skipped("there was no answer")
    bench.result = result_of(bench, bench.good)
    return ", ".join(bench.client.result_type.model_fields)


def price(bench: Bench) -> str:
    """The cost is under the ceiling of one call (a number from 0 up it is, or there would be no envelope)."""
    if bench.good is None:
        raise Skipped("there was no answer")
    ceiling = bench.client.limits.max_call_cost
    if bench.good.cost > ceiling:
        setting = f"{bench.name}_MAX_CALL_COST"
        raise Mend(f"it charged {bench.good.cost} USD, more than one call may cost ({ceiling} USD, {setting})")
    return f"{bench.good.cost:.2f} USD of at most {ceiling}"


def content_type(bench: Bench) -> str:
    """Answers say that they are JSON."""
    if bench.good is None:
        raise Skipped("there was no answer")
    told = bench.good.reply.headers.get("Content-Type", "")
    if told.partition(";")[0].strip().lower() != "application/json":
        raise Advice(f"Content-Type is {told!r}: say application/json, proxies and browsers go by it")
    return told


def media(bench: Bench) -> str:
    """The files it offers can be fetched and are what the result says."""
    bench.the_good_call()
    offers = bench.client.files(bench.result)
    if not offers:
        raise Skipped("it offers no files")
    files = {field: fetched(bench, *offer) for field, offer in offers.items()}
    for field, artifact in files.items():
        if artifact.duration is not None:
            _expect_as_told(bench, field, artifact)
    return "; ".join(f"{field} {a.media_type} {a.width}x{a.height}" for field, a in files.items())


def additions(bench: Bench) -> str:
    """The fields that the pipeline adds do no harm, and are heeded at best."""
    bench.the_good_call()
    if bench.additions_refused:
        raise Mend(f"it refuses fields that it does not know ({bench.additions_refused}): ignore them")
    asked = bench.requests.good.model_dump()
    for name in ("seed", "resolution"):
        heeded = getattr(bench.result, name, None)
        if heeded is not None and heeded != asked[name]:
            raise Advice(f"{name} was {asked[name]!r}, but the answer has {heeded!r}: {_LOST[name]}")
    return "tolerated"


def survival(bench: Bench) -> str:
    """After all of this the service still answers GET /health."""
    if not bench.healthy:
        raise Skipped("mend GET /health first")
    reply = bench.line.get("/health")
    if reply.status != 200:
        raise Mend(f"after these checks GET /health was answered HTTP {reply.status}: no request may bring it down")
    return "still there"


_LOST = {
    "seed": "with it, the same brief and seed would make the same ad again",
    "resolution": "with it, a draft would be quick and cheap, and nothing would have to be scaled",
}


def _without_additions(bench: Bench, refused: Call) -> Call:
    """The answer to the same request without our additions, where that is one; else the refusal."""
    plainly = bench.requests.plainly()
    plain = bench.ask(plainly.body(plainly.good))
    envelope = plain.reply.envelope()
    if not (envelope and envelope.success):
        return refused
    bench.requests, bench.additions_refused = plainly, refused.reply.told()
    return plain


def _expect_as_told(bench: Bench, field: str, video: Artifact) -> None:
    """That a video is as long, as large and as heavy as the result says."""
    told = bench.result
    as_it_is = told.model_copy(update={"duration": video.duration})
    if bench.client.check(bench.requests.good, as_it_is):
        raise Mend(
            f"{field} lasts {video.duration:g} s, and not the {told.duration:g} s of result.duration: mend the file"
        )
    size = f"{video.width}x{video.height}"
    if told.resolution != size:
        raise Mend(f"result.resolution is {told.resolution!r}, but {field} has {size} pixels: say what it is")
    megabytes = getattr(told, "file_size_mb", None)
    if megabytes is not None and abs(megabytes * 1e6 - video.size) > max(_SIZE_TOLERANCE * video.size, 10_000):
        raise Mend(f"result.file_size_mb is {megabytes:g}, but {field} has {video.size} bytes: {video.size / 1e6:.3f}")
