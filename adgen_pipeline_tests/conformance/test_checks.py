"""A service that breaks one thing is told just that, and one that keeps the contract is told nothing."""

import contextlib
import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from adgen_pipeline.conformance.findings import Verdict
from adgen_pipeline.conformance.requests import KINDS
from adgen_pipeline_tests.conformance.exemplary import Door, Exemplary, Work, a_door, findings, running, tried
from adgen_pipeline_tests.lab import Lab, clip_bytes, picture_bytes

MEND, ADVICE, SKIPPED = Verdict.MEND, Verdict.ADVICE, Verdict.SKIPPED
TOKEN = SecretStr("t0ken-of-the-test")


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    """One server for all services that are broken."""
    with a_door() as door:
        yield door


@pytest.mark.parametrize("polls", [True, False], ids=["202", "200"])
@pytest.mark.parametrize("stage", list(KINDS))
def test_a_service_that_keeps_the_contract_has_nothing_to_mend(stage: str, polls: bool) -> None:
    """With a token, held to its keys and restarted; what does not apply is skipped, and the size is advice."""
    service = Exemplary(stage, token=TOKEN.get_secret_value(), polls=polls)
    found = findings(service, token=TOKEN, holds_keys=True, restart=lambda: None)
    remarks = {name for name, finding in found.items() if finding.verdict is not Verdict.PASSED}
    heeded = {"additions"} if stage in ("video", "composition") else set()  # the exemplary clips are tiny
    assert remarks == heeded | ({"media"} if stage == "parser" else set()) | (
        set() if polls else {"poll-again", "in-flight", "cancel"}
    )
    assert not [finding for finding in found.values() if finding.verdict is MEND]
    assert len(found) == 21 and len({key for _, key in service.asked}) < len(service.asked)


def broken(**methods: Callable[..., Any]) -> type[Exemplary]:
    """The exemplary service with other methods."""
    return type("Broken", (Exemplary,), methods)


def answering(**changes: Any) -> type[Exemplary]:
    """The exemplary service with another envelope; None takes a field out."""

    def envelope(self: Exemplary, number: int, asked: dict[str, Any]) -> dict[str, Any]:
        whole = Exemplary.envelope(self, number, asked) | changes
        return {name: value for name, value in whole.items() if value is not None}

    return broken(envelope=envelope)


def resulting(**changes: Any) -> type[Exemplary]:
    """The exemplary service with another result."""

    def result(self: Exemplary, number: int, asked: dict[str, Any]) -> dict[str, Any]:
        whole = Exemplary.result(self, number, asked) | changes
        return {name: value for name, value in whole.items() if value is not None}

    return broken(result=result)


def saying(content: str | bytes, status: int = 200, **headers: str) -> type[Exemplary]:
    """The exemplary service, but its first answer is `content`."""
    return broken(first_answer=lambda self, work: Response(content, status, headers=headers))


def refusing(status: int, **changes: Any) -> type[Exemplary]:
    """The exemplary service with other refusals."""
    body = {"success": False, "error": "no", "cost": 0, "processing_time": 0} | changes
    return broken(refuse=lambda self, *told: JSONResponse(body, status))


def accepting(word: str) -> type[Exemplary]:
    """The exemplary service, which takes what it should refuse when the refusal would say `word`."""

    def what_is_wrong(self: Exemplary, body: bytes) -> str | None:
        told = Exemplary.what_is_wrong(self, body)
        return None if told and word in told else told

    def begin(self: Exemplary, body: bytes) -> Work:
        with contextlib.suppress(ValueError):
            return Exemplary.begin(self, body)
        work = Exemplary.begin(self, b'{"prompt": "whatever", "seed": 7}')
        work.body = body
        return work

    return broken(what_is_wrong=what_is_wrong, begin=begin)


def slow_to_answer(self: Exemplary, work: Work) -> Response:
    time.sleep(1.1)
    return JSONResponse(work.answer)


def strict(self: Exemplary, body: bytes) -> str | None:
    """Refuses fields that the first contract did not have."""
    told = Exemplary.what_is_wrong(self, body)
    return told or ("seed: extra fields are not permitted" if b'"seed"' in body else None)


def sick_after_a_scare(self: Exemplary) -> Response:
    return Response("out of memory", 500 if len(self.asked) > 1 else 200)


FORGOTTEN = broken(look=lambda self, work: self.refuse(404, "gone") if work.cancelled else once(self, work))


def once(self: Exemplary, work: Work) -> Response:
    """Answers the end once and forgets it then."""
    reply = Exemplary.look(self, work)
    work.cancelled = reply.status_code == 200
    return reply


ANSWERS: list[tuple[type[Exemplary], str, Verdict, str]] = [
    (broken(health=lambda self: Response("", 503)), "health", MEND, "GET /health was answered HTTP 503: answer 200"),
    (saying("<html>nginx</html>"), "answer", MEND, "not JSON"),
    (saying('{"image_url": "http://a/1.jpg", "seed": 7}'), "answer", MEND, "sent no success"),
    (saying('{"success": true, "result": {}, "cost": NaN, "processing_time": 1}'), "answer", MEND, "NaN"),
    (answering(cost=-1), "answer", MEND, "sent cost"),
    (answering(cost=None), "answer", MEND, "sent no cost"),
    (answering(cost="a lot"), "answer", MEND, "sent cost = 'a lot'"),
    (answering(processing_time=None), "answer", MEND, "sent no processing_time"),
    (answering(success=False, error="out of ideas"), "answer", MEND, "refused a good request: out of ideas"),
    (saying("", 302, Location="http://b/"), "answer", MEND, "redirects (HTTP 302)"),
    (saying("", 500), "answer", MEND, "a good request failed: it answered HTTP 500"),
    (saying("", 202), "answer", MEND, "202 without a Location on its own host"),
    (saying("", 202, Location="http://b/jobs/1"), "answer", MEND, "202 without a Location on its own host"),
    (saying("", 202, Location="http://[/jobs/1"), "answer", MEND, "202 without a Location on its own host"),
    (
        broken(look=lambda self, work: JSONResponse({"status": "running"})),
        "answer",
        MEND,
        "a poll that was answered HTTP 200 sent no success",
    ),
    (
        broken(look=lambda self, work: Response("", 404)),
        "answer",
        MEND,
        "a poll that was answered HTTP 404 answered something that is not JSON",
    ),
    (resulting(image_url=None), "result", MEND, "sent no result.image_url"),
    (resulting(seed="many"), "result", MEND, "sent result.seed = 'many'"),
    (answering(cost=0.31), "price", MEND, "charged 0.31 USD, more than one call may cost (0.30 USD, IMAGE_GEN_MAX"),
    (resulting(image_url="http://127.0.0.1:9/1.jpg"), "media", MEND, "could not be fetched"),
    (resulting(image_url="/media/1.jpg"), "media", MEND, "is not an http(s) URL"),
    (broken(media=lambda self, name: Response("", 401)), "media", MEND, "HTTP 401, not a file; media are fetched by a"),
    (broken(media=lambda self, name: Response(clip_bytes(1.0))), "media", MEND, "is not a JPEG, PNG or WebP picture"),
    (broken(what_is_wrong=strict), "additions", MEND, "refuses fields that it does not know"),
    (resulting(seed=8), "additions", ADVICE, "seed was 7, but the answer has 8"),
    (
        broken(look=lambda self, work: Response(json.dumps(work.answer), media_type="text/plain")),
        "content-type",
        ADVICE,
        "say application/json",
    ),
    (
        broken(
            accepted=lambda self, work: Response(
                "", 202, headers={"Location": f"/jobs/{work.number}", "Retry-After": "soon"}
            )
        ),
        "pace",
        MEND,
        "Retry-After is 'soon': give seconds or an HTTP date",
    ),
    (FORGOTTEN, "poll-again", MEND, "a poll after the end had another answer (the second was no success: INVALID"),
]
REFUSALS: list[tuple[type[Exemplary], str, Verdict, str]] = [
    (
        accepting("missing"),
        "missing-field",
        MEND,
        "a request without `prompt` was accepted (HTTP 200) and charged 0.05",
    ),
    (accepting("wrong type"), "wrong-type", MEND, "an object for `prompt` was accepted"),
    (accepting("not JSON"), "not-json", MEND, "a body that is not JSON was accepted"),
    (accepting("too large"), "too-large", MEND, "a body of 2 MB was accepted"),
    (refusing(500), "not-json", MEND, "a body that is not JSON was answered HTTP 500, and a 5xx is sent again"),
    (refusing(200), "missing-field", MEND, "was refused with HTTP 200: say so by the status too, 422"),
    (refusing(422, cost=0.1), "missing-field", MEND, "was refused, but 0.1 USD were charged"),
    (refusing(422, error=""), "missing-field", MEND, 'was refused without a reason: give "error"'),
    (refusing(422, success=True), "missing-field", MEND, "was refused, but the envelope says success: true"),
    (
        broken(refuse=lambda self, *told: JSONResponse({"detail": [{"loc": ["body", "prompt"]}]}, 422)),
        "missing-field",
        MEND,
        "was refused with HTTP 422, but not in the envelope: answer {",
    ),
    (broken(health=sick_after_a_scare), "survival", MEND, "after these checks GET /health was answered HTTP 500"),
]
CANCELS: list[tuple[type[Exemplary], str, Verdict, str]] = [
    (broken(cancel=lambda self, work: Response("", 405)), "cancel", ADVICE, "DELETE was answered HTTP 405"),
    (broken(cancel=lambda self, work: Response("", 204)), "cancel", ADVICE, "after DELETE it went on working"),
    (
        broken(look=lambda self, work: Response("", 500) if work.cancelled else Exemplary.look(self, work)),
        "cancel",
        MEND,
        "a poll after DELETE was answered HTTP 500 without an envelope",
    ),
]


@pytest.mark.parametrize(("service", "check", "verdict", "told"), ANSWERS + REFUSALS + CANCELS)
def test_what_is_broken_is_told(
    door: Door, service: type[Exemplary], check: str, verdict: Verdict, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one check that meets the fault says what to mend, with what was exchanged."""
    monkeypatch.setattr("adgen_pipeline.conformance.checks.polling._BETWEEN", 0.01)
    found = tried("image", door.open(service()), until=check)
    assert (found[check].verdict, told in found[check].told) == (verdict, True), found[check].told
    assert found[check].passages or check in ("result", "price", "additions", "content-type", "pace")
    before = [finding for name, finding in found.items() if name != check and finding.verdict is MEND]
    assert not before or service.__dict__.get("refuse"), before


def at_once(self: Exemplary, work: Work) -> Response:
    return JSONResponse(work.answer)


KEYLESS = broken(work_for=lambda self, key, body: self.begin(body))


def free_again(self: Exemplary, key: str | None, body: bytes) -> Work | None:
    """A replay that says it cost nothing."""
    known = self.keys.get(key or "")
    work = Exemplary.work_for(self, key, body)
    return work and (Work(work.number, body, 0, work.answer | {"cost": 0}) if known else work)


def racing(self: Exemplary, key: str | None, body: bytes) -> Work | None:
    """Looks up first and keeps later."""
    if key in self.keys:
        return Exemplary.work_for(self, key, body)
    work = self.begin(body)
    time.sleep(0.3)
    self.keys[key or ""] = work
    return work


def conflicting(self: Exemplary, work: Work) -> Response:
    """409 for a key that is being worked on."""
    times = [key for _, key in self.asked].count(self.asked[-1][1])
    return self.refuse(409, "still working") if times > 1 and self.is_working(work) else self.accepted(work)


def anew_while_it_works(self: Exemplary, key: str | None, body: bytes) -> Work | None:
    work = self.keys.get(key or "")
    return self.begin(body) if work and self.is_working(work) else Exemplary.work_for(self, key, body)


def whatever_the_body(self: Exemplary, key: str | None, body: bytes) -> Work | None:
    return self.keys.get(key or "") or Exemplary.work_for(self, key, body)


KEYS: list[tuple[type[Exemplary], str, str]] = [
    (KEYLESS, "same-key", "one key had two answers (result.image_url led to another file)"),
    (broken(work_for=free_again, first_answer=at_once), "same-key", "(cost was 0.05, then 0)"),
    (broken(work_for=whatever_the_body), "other-body", "another body under a used key was accepted"),
    (
        broken(
            refuse=lambda self, status, told, code="X": Exemplary.refuse(self, 409 if "key" in told else status, told)
        ),
        "other-body",
        "another body under a used key was refused with HTTP 409: say so by the status too, 422",
    ),
    (broken(work_for=racing), "at-once", "had two answers (two Locations): look up and keep the key in one step"),
    (broken(first_answer=conflicting), "in-flight", "was answered 409, which fails the job: answer 202"),
    (broken(work_for=anew_while_it_works), "in-flight", "got another Location: that is work done twice"),
]


@pytest.mark.parametrize(("service", "check", "told"), KEYS)
def test_what_is_amiss_with_keys(door: Door, service: type[Exemplary], check: str, told: str) -> None:
    """It is to be mended where keys are to be honoured, and what rests on keys is then skipped."""
    found = tried("image", door.open(service()), holds_keys=True, restart=lambda: None)
    assert (found[check].verdict, told in found[check].told) == (MEND, True), found[check]
    assert (found["restart"].verdict, found["restart"].told) == (SKIPPED, "keys are not honoured as it is")


def test_a_service_that_refuses_additions_is_tried_without_them(door: Door) -> None:
    """So that every other fault shows by itself: what is left out is then the only thing that is wrong."""
    service = broken(what_is_wrong=strict)()
    found = tried("image", door.open(service), holds_keys=True)
    assert {name for name, finding in found.items() if finding.verdict is MEND} == {"additions"}
    assert [b'"seed"' in body.encode() for body, _ in service.asked[:2]] == [True, False]


def test_keys_are_optional(door: Door) -> None:
    """A service that does not look at them gets advice with the setting, and nothing to mend."""
    found = tried("image", door.open(KEYLESS()))
    assert found["same-key"].verdict is ADVICE and "leave IMAGE_GEN_IDEMPOTENT=false" in found["same-key"].told
    assert not [finding for finding in found.values() if finding.verdict is MEND]


def test_a_source_that_cannot_be_fetched() -> None:
    """The way out is the option."""
    with running(broken(what_is_wrong=lambda self, body: "cannot fetch it")("video")) as url:
        found = tried("video", url, until="answer")
    assert "/picture.jpg, give a URL that it can by --sample" in found["answer"].told


def test_keys_that_are_forgotten_by_a_restart() -> None:
    """The old key is asked again afterwards; without a restart it is said that this was not tried."""
    service = Exemplary()
    found = findings(service, restart=service.keys.clear, holds_keys=True)
    assert found["restart"].verdict is MEND and "keep keys and answers on disk" in found["restart"].told
    untried = findings(Exemplary())["restart"]
    assert untried.verdict is ADVICE and "--restart" in untried.told


@pytest.mark.parametrize(
    ("knows", "told"),
    [
        (lambda self, told: True, "a call with no token was accepted (HTTP 200) and charged 0.05 USD"),
        (lambda self, told: bool(told), "a call with a wrong token was accepted"),
    ],
)
def test_strangers_must_be_refused(knows: Callable[..., bool], told: str) -> None:
    """No token and a wrong one are both tried."""
    with running(broken(knows=knows)()) as url:
        found = tried("image", url, until="strangers", token=TOKEN)
    assert found["strangers"].verdict is MEND and told in found["strangers"].told


def test_strangers_are_refused_by_the_right_status() -> None:
    """422 would say that the request was at fault."""
    told = broken(refuse=lambda self, status, *told: Exemplary.refuse(self, 422, "no"))
    with running(told(token=TOKEN.get_secret_value())) as url:
        found = tried("image", url, until="strangers", token=TOKEN)
    assert "was refused with HTTP 422: say so by the status too, 401 or 403" in found["strangers"].told


def test_a_token_that_is_needed_ends_the_checks() -> None:
    """Nothing else can be tried; the way out is the option. A token never shows."""
    with running(Exemplary(token=TOKEN.get_secret_value())) as url:
        without, wrong = tried("image", url), tried("image", url, token=SecretStr("0ther-token"))
    assert without["answer"].verdict is MEND and "--token-env NAME" in without["answer"].told
    assert "did not take the token" in wrong["answer"].told
    assert {wrong["survival"].verdict, without["same-key"].verdict} == {SKIPPED}
    assert "0ther" not in json.dumps([finding.as_json() for finding in wrong.values()])


MISFITS: list[tuple[str, dict[str, Any], str, str]] = [
    ("parser", {"scenes": []}, "result", "0 scenes"),
    ("parser", {"scenes": [{"prompt": "x", "duration": 9}]}, "result", "do not add up"),
    ("video", {"duration": 2.0}, "result", "result.duration = 2 s for a clip of 4 s"),
    ("video", {"resolution": "1080x1920"}, "media", "result.resolution is '1080x1920', but video_url has 36x64"),
    ("composition", {"duration": 5.0}, "result", "result.duration = 5 s for an ad of 3.5 s"),
    ("composition", {"file_size_mb": 12}, "media", "result.file_size_mb is 12, but video_url has"),
    ("composition", {"thumbnail_url": None}, "result", "sent no result.thumbnail_url"),
]


@pytest.mark.parametrize(("stage", "changes", "check", "told"), MISFITS)
def test_results_that_do_not_fit(stage: str, changes: dict[str, Any], check: str, told: str) -> None:
    """Each stage's own rules, by its client; what a film says of itself is compared with the file."""
    with running(resulting(**changes)(stage)) as url:
        found = tried(stage, url, until=check)
    assert found[check].verdict is MEND and told in found[check].told, found[check]


@pytest.mark.parametrize("stage", ["video", "composition"])
def test_a_film_that_is_shorter_than_it_says(stage: str) -> None:
    """Its length is read from the file."""
    short = broken(media=lambda self, name: Response(clip_bytes(1.0) if name.endswith("mp4") else picture_bytes(9)))
    with running(short(stage)) as url:
        found = tried(stage, url, until="media")
    assert found["media"].verdict is MEND and "video_url lasts 1 s" in found["media"].told


def test_an_answer_that_comes_too_late() -> None:
    """Beyond the timeout it is to be mended, near it advice; work beyond the deadline is cancelled and told."""
    with running(broken(first_answer=slow_to_answer)()) as url:
        late, near = tried("image", url, until="answer", timeout=0.3), tried("image", url, until="pace", timeout=2)
    assert late["answer"].verdict is MEND and "did not answer within 0.3 s: answer 202" in late["answer"].told
    assert near["pace"].verdict is ADVICE and "answer 202 with a Location" in near["pace"].told
    endless = broken(seconds=lambda self: 60.0)()
    with running(endless) as url:
        found = tried("image", url, until="answer", deadline=0.5)
    assert "did not finish within the deadline of 0.5 s (IMAGE_GEN_DEADLINE)" in found["answer"].told
    assert endless.works[0].cancelled


def test_a_busy_service_is_waited_for() -> None:
    """425, 429 and 503 are asked again after Retry-After, as the pipeline does, and are no fault."""

    class Busy(Exemplary):
        def ask(self, body: bytes, headers: dict[str, str]) -> Response:
            self.turns = getattr(self, "turns", 0) + 1
            if self.turns <= 3:
                return JSONResponse({}, (425, 429, 503)[self.turns - 1], headers={"Retry-After": "0"})
            return super().ask(body, headers)

    with running(Busy()) as url:
        assert tried("image", url, until="answer")["answer"].verdict is Verdict.PASSED


def test_no_more_calls_than_were_allowed() -> None:
    """The checks for which none is left are skipped, and say so."""
    service = Exemplary()
    with running(service) as url:
        found = tried("image", url, max_calls=2)
    assert len(service.asked) == 2
    assert found["wrong-type"].told == "--max-calls 2 is used up" and found["wrong-type"].verdict is SKIPPED


def test_nobody_there() -> None:
    """The first check says so; nothing else is tried."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        found = tried("image", f"http://127.0.0.1:{free.getsockname()[1]}")
    assert found["health"].verdict is MEND and "cannot be reached" in found["health"].told
    assert {finding.verdict for name, finding in found.items() if name != "health"} == {SKIPPED}


@contextlib.contextmanager
def hanging_up() -> Iterator[str]:
    """A server that takes a call and closes the line."""

    class Rude(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            if b"/health" in self.request.recv(65536):
                self.request.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Rude) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_line_that_is_closed_without_an_answer() -> None:
    """To be mended, since nobody knows what was billed; on 2 MB it is advice, for servers do that."""
    with hanging_up() as url:
        found = tried("image", url)
    assert found["answer"].verdict is MEND and "whether one without an answer was billed" in found["answer"].told
    assert found["too-large"].verdict is ADVICE and "answer 413 in the envelope" in found["too-large"].told


def test_the_lab_is_found_out(lab: Lab) -> None:
    """The tests' own lab has no /health, ignores keys and breaks on what is not JSON."""
    found = tried("image", lab.url)
    assert "GET /health was answered HTTP 404" in found["health"].told
    assert "not JSON was answered HTTP 500" in found["not-json"].told
    assert found["answer"].verdict is Verdict.PASSED and found["other-body"].verdict is ADVICE
