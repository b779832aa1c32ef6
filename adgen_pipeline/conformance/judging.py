"""What the contract lets one expect of an answer, by the clients' own understanding of it."""

import tempfile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from adgen_pipeline.clients.exchange import wrong_field
from adgen_pipeline.conformance.bench import Bench, Call
from adgen_pipeline.conformance.findings import Mend
from adgen_pipeline.contracts.envelope import Envelope
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.downloads import download
from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.storage.probe import probe

INVALID = tuple(status for status in range(400, 500) if status not in (408, 425, 429))
"""Refusals for good; the three left out are tried again."""
UNAUTHORIZED = (401, 403)


def success_of(call: Call) -> Envelope:
    """The success that ended `call`. Raises Mend saying why it is none."""
    reply, envelope = call.reply, call.reply.envelope()
    if envelope and not envelope.success:
        raise Mend(f"it refused a good request: {reply.told()}")
    if reply.status >= 400:
        raise Mend(f"a good request failed: it {reply.told()}")
    if envelope is None or not reply.ok:
        raise Mend(f"it {reply.what_is_wrong()}")
    return envelope


def result_of(bench: Bench, call: Call) -> Any:
    """The result of a good `call`, understood as the pipeline's client does. Raises Mend naming the field."""
    try:
        result = bench.client.result_type.model_validate(success_of(call).result or {})
    except ValidationError as error:
        raise Mend(f"it {wrong_field(error, 'result')}") from error
    problem = bench.client.check(bench.requests.good, result)
    if problem:
        raise Mend(f"it {problem}")
    return result


def expect_refusal(call: Call, what: str, statuses: tuple[int, ...] = INVALID) -> None:
    """That `what` was refused by the contract. Raises Mend saying what happened instead."""
    reply, envelope = call.reply, call.reply.envelope()
    wanted = "401 or 403" if statuses is UNAUTHORIZED else "422"
    if reply.status >= 500:
        raise Mend(f"{what} was answered HTTP {reply.status}, and a 5xx is sent again: answer {wanted}")
    if reply.ok and (envelope is None or envelope.success):
        charged = f" and charged {call.cost} USD" if call.cost else ""
        raise Mend(f"{what} was accepted (HTTP {reply.status}){charged}: answer {wanted} before anything is spent")
    if envelope is None:
        raise Mend(
            f"{what} was refused with HTTP {reply.status}, but not in the envelope: answer "
            '{"success": false, "error": {"code": ..., "message": ...}, "cost": 0, "processing_time": ...}'
        )
    _expect_words_of_refusal(envelope, what)
    fits = call.location is not None if reply.ok else reply.status in statuses
    if not fits:
        raise Mend(f"{what} was refused with HTTP {reply.status}: say so by the status too, {wanted}")


def refusal_of(call: Call) -> str:
    """The status and the code of a refusal."""
    envelope = call.reply.envelope()
    code = envelope.error.code if envelope and envelope.error else None
    return f"HTTP {call.reply.status}{f', {code}' if code else ''}"


def _expect_words_of_refusal(envelope: Envelope, what: str) -> None:
    if envelope.success:
        raise Mend(f"{what} was refused, but the envelope says success: true; say false")
    if envelope.cost:
        raise Mend(f"{what} was refused, but {envelope.cost} USD were charged: refuse before anything is spent")
    if envelope.error is None or not envelope.error.message.strip():
        raise Mend(f'{what} was refused without a reason: give "error", as text or as {{"code", "message"}}')


def difference(bench: Bench, one: Call, two: Call) -> str | None:
    """In what two answers differ that should be one and the same, or None. Files may have another URL."""
    first, second = success_of(one), two.reply.envelope()
    if second is None or not second.success:
        return f"the second was no success: {two.reply.told()}"
    was, now = dict(first.result or {}), dict(second.result or {})
    for field in bench.client.files(result_of(bench, one)):
        if fingerprint(bench, was.pop(field)) != fingerprint(bench, now.pop(field, None)):
            return f"result.{field} led to another file"
    for field in sorted({*was, *now}):
        if was.get(field) != now.get(field):
            return f"result.{field} was {_short(was.get(field))}, then {_short(now.get(field))}"
    return f"cost was {first.cost}, then {second.cost}" if first.cost != second.cost else None


def fetched(bench: Bench, url: str, kind: str) -> Artifact:
    """The "image" or "video" at `url`, looked into. Raises Mend naming the URL and what is there instead."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            arrived = download(url, Path(folder, "file"), allowed_hosts=bench.media_hosts)
            facts = probe(arrived.path, kind, url.split("?")[0])
        except ArtifactError as error:
            bench.line.note(f"GET {url}", error.message)
            raise Mend(f"{error.message}; media are fetched by a plain GET without the token") from error
    artifact = Artifact(sha256=arrived.sha256, size=arrived.size, source_url=url, **facts)
    lasts = f", {artifact.duration:g} s" if artifact.duration else ""
    size = f"{artifact.width}x{artifact.height}{lasts}, {artifact.size} bytes"
    bench.line.note(f"GET {url}", f"{artifact.media_type}, {size}")
    return artifact


def fingerprint(bench: Bench, url: object) -> str | None:
    """The SHA-256 of what lies at `url` now, or None where nothing does."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return download(str(url), Path(folder, "file"), allowed_hosts=bench.media_hosts).sha256
        except ArtifactError as error:
            bench.line.note(f"GET {url}", error.message)
            return None


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
