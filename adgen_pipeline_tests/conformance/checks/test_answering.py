"""A good request: whatever is wrong with its answer is named."""

import json
from typing import Any

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import SecretStr

from adgen_pipeline_tests.conformance.exemplary import Door, Exemplary, running, tried
from adgen_pipeline_tests.conformance.faults import (
    ADVICE,
    MEND,
    SKIPPED,
    TOKEN,
    Fault,
    answering,
    broken,
    expect,
    resulting,
    saying,
    strict,
)
from adgen_pipeline_tests.lab import clip_bytes, picture_bytes


def sick_after_a_scare(self: Exemplary) -> Response:
    return Response("out of memory", 500 if len(self.asked) > 1 else 200)


ANSWERS: list[Fault] = [
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
    (broken(health=sick_after_a_scare), "survival", MEND, "after these checks GET /health was answered HTTP 500"),
]


@pytest.mark.parametrize("fault", ANSWERS, ids=lambda fault: fault[3][:40])
def test_what_is_broken_is_told(door: Door, fault: Fault) -> None:
    """The envelope, the result, the price, the media and our additions: each fault by itself."""
    expect(door, fault)


def test_a_service_that_refuses_additions_is_tried_without_them(door: Door) -> None:
    """So that every other fault shows by itself: what is left out is then the only thing that is wrong."""
    service = broken(what_is_wrong=strict)()
    found = tried("image", door.open(service), holds_keys=True)
    assert {name for name, finding in found.items() if finding.verdict is MEND} == {"additions"}
    assert [b'"seed"' in body.encode() for body, _ in service.asked[:2]] == [True, False]


def test_a_source_that_cannot_be_fetched() -> None:
    """The way out is the option."""
    with running(broken(what_is_wrong=lambda self, body: "cannot fetch it")("video")) as url:
        found = tried("video", url, until="answer")
    assert "/picture.jpg, give a URL that it can by --sample" in found["answer"].told


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
