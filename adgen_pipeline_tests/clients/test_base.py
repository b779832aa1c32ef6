"""One call against a real server that misbehaves in every way the contract names."""

import gzip
import socket
import threading
import time
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from adgen_pipeline.clients.base import Answer, Book, Limits
from adgen_pipeline.clients.exchange import Address, Failure, Http
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.contracts.keyframe import ImageRequest, ImageResult
from adgen_pipeline.contracts.storyboard import ParseRequest
from adgen_pipeline.defs.stopping import RunStop
from adgen_pipeline.errors import (
    BadReply,
    Cancelled,
    ErrorCode,
    LeftToAnother,
    ServiceError,
    ServiceRejected,
    ServiceUnavailable,
)
from adgen_pipeline_tests.lab import Call, Lab, Misbehaviour, envelope, failure, running_lab, says, storyboard

IMAGE = "/generate-image"
QUICK = Limits(timeout=2, deadline=20, idempotent=True, max_call_cost=Decimal("0.3"), retry_delays=(0.01, 0.01, 0.01))
GOOD = {"image_url": "http://somewhere/1.jpg", "seed": 7}


def limits(**changes: Any) -> Limits:
    return Limits(**{**QUICK.__dict__, **changes})


def call(
    lab: Lab, rules: Limits = QUICK, stop: threading.Event | None = None, book: Book | None = None
) -> Answer[ImageResult]:
    with closing(ImageGen(lambda: Address(lab.url, SecretStr("t0ken")), rules)) as client:
        body = b'{"prompt":"a watch"}'
        return client.call(ImageRequest(prompt="a watch"), body, key="k1", stop=stop or threading.Event(), book=book)


@pytest.fixture
def lab() -> Any:
    with running_lab() as lab:
        yield lab


def test_the_headers_of_the_contract_are_sent(lab: Lab) -> None:
    """Key, request id and token travel with the call; the answer's cost comes from the service."""
    answer = call(lab)
    headers = lab.calls[0].headers
    assert headers["idempotency-key"] == "k1"
    assert headers["authorization"] == "Bearer t0ken"
    assert headers["x-request-id"] == answer.request_id
    assert (answer.cost, answer.attempts, answer.result.model) == (Decimal("0.05"), 1, "lab-image")


@pytest.mark.parametrize("status", [425, 429, 503])
def test_transient_refusals_are_retried_with_the_same_key(lab: Lab, status: int) -> None:
    """Two refusals, then an answer: three attempts, one key."""
    lab.on(IMAGE, failure(status))
    lab.on(IMAGE, failure(status))
    assert call(lab).attempts == 3
    assert {c.headers["idempotency-key"] for c in lab.calls} == {"k1"}


def test_there_are_three_retries_and_no_more(lab: Lab) -> None:
    """A service that stays away is given up after four attempts, with the code people filter by."""
    lab.on(IMAGE, failure(429, "slow down"), always=True)
    with pytest.raises(ServiceUnavailable, match="slow down") as caught:
        call(lab)
    assert len(lab.calls) == 4
    assert caught.value.code == ErrorCode.RATE_LIMIT_EXCEEDED
    assert "after 4 attempts" in caught.value.message


def test_retry_after_wins_over_the_own_delay(lab: Lab) -> None:
    """The service says when: the client waits that long, not its own hour, and tells whoever listens."""
    told: list[str] = []
    lab.on(IMAGE, failure(503, "busy", **{"Retry-After": "1"}))
    with closing(ImageGen(lambda: Address(lab.url), limits(retry_delays=(3600.0,)))) as client:
        client.call(ImageRequest(prompt="x"), b'{"prompt":"x"}', key="k", stop=threading.Event(), tell=told.append)
    assert told == ["Image generation busy (HTTP 503); try 2 of 2 in 1 s"]


def test_a_failed_attempt_that_was_billed_is_counted(lab: Lab) -> None:
    """0.20 for the failure and 0.05 for the answer are 0.25."""
    lab.on(IMAGE, failure(500, "crashed", cost=0.20))
    assert call(lab).cost == Decimal("0.25")


def test_a_failure_for_good_is_not_retried_and_keeps_its_cost(lab: Lab) -> None:
    """`success: false` is final; what it cost stands in the error."""
    lab.on(IMAGE, failure(200, "not allowed", cost=0.02, code="MODERATION"))
    with pytest.raises(ServiceRejected, match="MODERATION: not allowed") as caught:
        call(lab)
    assert (len(lab.calls), caught.value.cost) == (1, Decimal("0.02"))
    assert caught.value.code == ErrorCode.IMAGE_GENERATION_FAILED


def test_the_embedded_studio_is_named_as_what_it_is(lab: Lab) -> None:
    """Neither its random port nor a status of 200 tells anything to who reads that it failed."""
    lab.on(IMAGE, failure(200, "the logo is no picture", code="RENDER_FAILED"))
    studio = ImageGen(lambda: Address(lab.url), QUICK, studio="studio 1")
    with closing(studio) as client, pytest.raises(ServiceRejected) as caught:
        client.call(ImageRequest(prompt="x"), b'{"prompt":"x"}', key="k", stop=threading.Event())
    assert caught.value.message == (
        "The embedded studio's image generation refused: RENDER_FAILED: the logo is no picture"
    )


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_client_errors_are_final(lab: Lab, status: int) -> None:
    """Any other 4xx fails at once, envelope or not."""
    lab.on(IMAGE, says("nothing here", status))
    with pytest.raises(ServiceRejected, match=str(status)):
        call(lab)
    assert len(lab.calls) == 1


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (says("<html>Welcome</html>"), "not JSON"),
        (says("[1, 2]", kind="application/json"), "not an envelope"),
        (says('{"success": true, "result": {}, "cost": NaN, "processing_time": 1}'), "NaN"),
        (lambda c: envelope(GOOD, -1), "cost"),
        (lambda c: envelope(GOOD, 10**9), "cost"),
        (lambda c: envelope(GOOD, "a lot"), "cost"),
        (says('{"success": true, "result": {}, "cost": 1e999, "processing_time": 1}'), "cost"),
        (says('{"success": true, "result": {"x": 1e999}, "cost": 0, "processing_time": 1}'), "no plain JSON"),
        (
            says('{"success": true, "result": {"image_url": 7, "seed": 7}, "cost": 0, "processing_time": 1}'),
            "image_url",
        ),
        (says('{"success": "yes", "result": {}, "cost": 0, "processing_time": -1}'), "processing_time"),
        (lambda c: JSONResponse({"success": True, "result": GOOD}), "sent no cost"),
        (lambda c: envelope({"seed": 7}), "result.image_url"),
        (lambda c: envelope({"image_url": "x", "seed": "many"}), "result.seed"),
        (says("[" * 100_000, kind="application/json"), "JSON"),
        (lambda c: Response(status_code=302, headers={"Location": "http://elsewhere/"}), "redirects"),
    ],
)
def test_answers_the_contract_does_not_know_name_service_and_field(lab: Lab, answer: Any, told: str) -> None:
    """Wrong shapes fail at once, and the message says whose answer and which field."""
    lab.on(IMAGE, answer)
    with pytest.raises(BadReply, match=r"Image generation at http://127\.0\.0\.1") as caught:
        call(lab)
    assert told in caught.value.message
    assert len(lab.calls) == 1
    assert len(caught.value.message) < 600


def test_an_answer_that_unpacks_to_a_mountain_is_not_unpacked(lab: Lab) -> None:
    """50 MB of JSON in 50 kB of gzip: told as what it is, and kept in doubt."""
    packed = gzip.compress(b'{"success": true, "x": "' + b"x" * 50_000_000 + b'"}')
    bomb = Response(packed, headers={"Content-Encoding": "gzip"}, media_type="application/json")
    lab.on(IMAGE, lambda c: bomb, always=True)
    with pytest.raises(ServiceUnavailable, match="larger than 10000000 bytes") as caught:
        call(lab, limits(retry_delays=()))
    assert caught.value.outcome == "lost"


def test_what_a_broken_envelope_cost_is_counted(lab: Lab) -> None:
    """A price that can be read is money spent, whatever else is missing."""
    lab.on(IMAGE, lambda c: JSONResponse({"success": True, "result": GOOD, "cost": 0.25}))
    with pytest.raises(BadReply, match="sent no processing_time") as caught:
        call(lab)
    assert caught.value.cost == Decimal("0.25")


def lose_answer(call: Call) -> Response:
    """Longer than the client waits."""
    time.sleep(1.0)
    return envelope(GOOD)


def test_a_lost_answer_is_asked_for_again_where_keys_are_honoured(lab: Lab) -> None:
    """The same key again gets the same answer; nothing can be charged twice."""
    lab.on(IMAGE, lose_answer)
    assert call(lab, limits(timeout=0.3)).attempts == 2


def test_a_lost_answer_is_held_when_a_person_is_to_be_asked(lab: Lab) -> None:
    """`hold` makes no second call, and the error says that nobody knows how the first ended."""
    lab.on(IMAGE, lose_answer)
    with pytest.raises(ServiceUnavailable) as caught:
        call(lab, limits(timeout=0.3, idempotent=False, on_unknown="hold"))
    assert (len(lab.calls), caught.value.outcome) == (1, "lost")


def test_a_lost_answer_is_asked_for_again_under_retry(lab: Lab) -> None:
    """`retry`, the default for services without keys, asks again."""
    lab.on(IMAGE, says("", 502))
    assert call(lab, limits(idempotent=False)).attempts == 2


def test_nobody_there_is_told_with_the_address() -> None:
    """A URL nobody listens on: retried, then told with where and why."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    unreached = pytest.raises(ServiceUnavailable, match="cannot be reached")
    with closing(ImageGen(lambda: Address(url), QUICK)) as client, unreached as caught:
        client.call(ImageRequest(prompt="x"), b"{}", key="k", stop=threading.Event())
    assert url in caught.value.message and caught.value.code == ErrorCode.SERVICE_UNAVAILABLE


def test_an_answer_that_drips_does_not_reset_the_clock(lab: Lab) -> None:
    """A byte now and then: the exchange still ends when its time is over."""
    lab.on(IMAGE, drip, always=True)
    with pytest.raises(ServiceUnavailable) as caught:  # the whole answer would be a bad reply
        call(lab, limits(timeout=0.4, retry_delays=()))
    assert caught.value.code == ErrorCode.TIMEOUT


def drip(call: Call) -> Response:
    from fastapi.responses import StreamingResponse

    def bytes_slowly() -> Any:
        for _ in range(100):
            time.sleep(0.1)
            yield b" "

    return StreamingResponse(bytes_slowly(), media_type="application/json")


def accepted(call: Call) -> Response:
    return JSONResponse({"status": "running"}, 202, headers={"Location": "/jobs/slow"})


def test_a_call_is_not_sent_again_where_its_answer_could_not_be_waited_for(lab: Lab) -> None:
    """A Retry-After that leaves less than an exchange of the deadline: the answer would be billed, and lost."""
    lab.on(IMAGE, failure(429, "busy", **{"Retry-After": "2"}))
    with pytest.raises(ServiceUnavailable, match="IMAGE_GEN_DEADLINE") as caught:
        call(lab, limits(deadline=3.0, idempotent=False))
    assert (caught.value.code, caught.value.outcome, len(lab.calls)) == (ErrorCode.TIMEOUT, "told", 1)


class SlowBook:
    """Books of which the database is away for a while."""

    def again(self, spent: Decimal, failure: Failure) -> str:
        time.sleep(1.5)
        return "k2"

    def renew(self, spent: Decimal) -> None:
        """Nobody else is about."""

    def accepted(self, location: str) -> None:
        raise AssertionError("nothing is accepted")


def test_a_call_that_waited_too_long_for_its_books_is_not_sent_again(lab: Lab) -> None:
    """The attempt before was unsent, and the next one is."""
    lab.on(IMAGE, failure(503, "busy"))
    with pytest.raises(ServiceUnavailable, match="could not be asked again within its deadline") as caught:
        call(lab, limits(deadline=2.0, idempotent=False), book=SlowBook())
    assert (caught.value.code, caught.value.outcome, len(lab.calls)) == (ErrorCode.TIMEOUT, "unsent", 1)


def test_a_call_that_takes_longer_than_its_deadline_is_left_to_be_asked_for_later(lab: Lab) -> None:
    """Polls go on to the deadline; the error says TIMEOUT, and that it may still be answered: it is not cancelled."""
    lab.on(IMAGE, accepted)
    with pytest.raises(ServiceUnavailable, match="IMAGE_GEN_DEADLINE") as caught:
        call(lab, limits(deadline=1.0))
    assert (caught.value.code, caught.value.outcome, lab.cancelled) == (ErrorCode.TIMEOUT, "lost", [])


@pytest.mark.parametrize(
    "hiccup",
    [failure(429, "slow down"), failure(404, "who?"), failure(500, "oops", cost=0.2), says("<html>proxy</html>")],
)
def test_a_poll_that_fails_never_fails_or_repeats_the_call(lab: Lab, hiccup: Misbehaviour) -> None:
    """Whatever a poll meets on its way, the accepted call is asked about again, and never sent again."""
    lab.on(IMAGE, accepted)
    lab.on("/jobs/slow", hiccup)
    lab.on("/jobs/slow", hiccup)
    lab.on("/jobs/slow", lambda c: envelope(GOOD, 0.05))
    answer = call(lab, limits(idempotent=False))
    assert (len(lab.of(IMAGE)), len(lab.of("/jobs/slow"))) == (1, 3)
    assert (answer.attempts, answer.cost) == (1, Decimal("0.05"))


def test_a_broken_answer_to_a_poll_ends_the_call_and_names_the_field(lab: Lab) -> None:
    """An envelope whose cost is no number is the end, not a hiccup: told at once, and in doubt what it cost."""
    lab.on(IMAGE, accepted)
    lab.on("/jobs/slow", lambda c: envelope(GOOD, "much"))
    with pytest.raises(BadReply, match="cost") as caught:
        call(lab)
    assert (caught.value.outcome, len(lab.of("/jobs/slow"))) == ("lost", 1)


@pytest.mark.parametrize(("goes_on", "told"), [(False, ["slow"]), (True, [])])
def test_a_termination_ends_the_wait_and_cancels_at_the_service(lab: Lab, goes_on: bool, told: list[str]) -> None:
    """Once the run is stopped the poll ends, a DELETE is sent unless another run goes on with the call, and no further
    call is made."""
    lab.on(IMAGE, accepted, always=True)
    stop = RunStop()
    stop.goes_on = goes_on
    threading.Timer(0.5, stop.set).start()
    with pytest.raises(Cancelled) as caught:
        call(lab, stop=stop)
    assert (lab.cancelled, isinstance(caught.value, LeftToAnother)) == (told, goes_on)
    with pytest.raises(Cancelled):
        call(lab, stop=stop)
    assert len(lab.of(IMAGE)) == 1


def test_polls_stay_on_the_services_own_host(lab: Lab) -> None:
    """A Location elsewhere would carry the token there: it is refused."""
    lab.on(IMAGE, lambda c: Response(status_code=202, headers={"Location": "http://elsewhere.example/jobs/1"}))
    with pytest.raises(BadReply, match="its own host"):
        call(lab)


@pytest.mark.parametrize(
    ("scenes", "told"),
    [((), "0 scenes"), ((5.0, 5.0), r"5 \+ 5 .* 10 s, not 15 s")],
)
def test_a_storyboard_must_have_scenes_that_add_up(lab: Lab, scenes: tuple[float, ...], told: str) -> None:
    """The parser's client says what is wrong with the sum."""
    lab.on("/parse", lambda c: envelope(storyboard(scenes)))
    request = ParseRequest(prompt="A watch for all", duration=15, aspect_ratio="1:1")
    with closing(PromptParser(lambda: Address(lab.url), QUICK)) as client, pytest.raises(BadReply, match=told):
        client.call(request, b"{}", key="k", stop=threading.Event())


@pytest.mark.parametrize(
    "answer",
    [
        failure(400, "cannot fetch https://me:SECRET@h.example/v.mp4?sig=SECRET"),
        says('{"success": true, "result": {"image_url": "https:\\/\\/h.example/1.jpg?sig=SECRET"}}'),
        says(
            '{"success": true, "result": {"image_url": ["http://h.example/?SECRET"]}, "cost": 0, "processing_time": 1}'
        ),
    ],
)
def test_no_message_repeats_a_secret_in_a_url_that_a_service_told(lab: Lab, answer: Any) -> None:
    """What a service says is quoted without the queries and the users' names of the URLs in it."""
    lab.on(IMAGE, answer)
    with pytest.raises(ServiceError, match=r"h\.example") as caught:
        call(lab)
    assert "SECRET" not in caught.value.message


def test_no_message_repeats_the_token_that_a_service_tells_back(lab: Lab) -> None:
    """Some repeat in their errors what they were sent, its headers with it."""
    lab.on(IMAGE, lambda call: failure(400, f"bad request: {call.headers['authorization']}")(call))
    known = Address(lab.url, SecretStr("s3cret-of-the-test"))
    with closing(ImageGen(lambda: known, QUICK)) as client, pytest.raises(ServiceError, match="hidden") as caught:
        client.call(ImageRequest(prompt="A watch"), b"{}", key="k", stop=threading.Event())
    assert "s3cret" not in caught.value.message


def test_a_wait_that_is_no_number_is_not_waited_for(lab: Lab) -> None:
    """A Retry-After of other scripts' digits is as good as none."""
    lab.on(IMAGE, failure(503, "busy", **{"Retry-After": "\u00b2"}))
    assert call(lab).attempts == 2


def test_a_location_is_read_as_relative_to_the_call(lab: Lab) -> None:
    """`Location: jobs/slow` of a service below a path lies below that path."""
    with closing(Http(lambda: Address("http://h.example/api"), 1)) as http:
        assert http.same_origin("jobs/slow") == "http://h.example/api/jobs/slow"
        assert http.same_origin("/jobs/slow") == "http://h.example/jobs/slow"
