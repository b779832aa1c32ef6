"""The studio over real HTTP: keyed, strict, polite, and gone when nobody uses it."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from adgen_pipeline.contracts.stages import PARSING
from adgen_pipeline.contracts.storyboard import ParseRequest, ParseResult
from adgen_pipeline.studio import lease
from adgen_pipeline.studio import service as service_module
from adgen_pipeline.studio.launch import EmbeddedStudio
from adgen_pipeline.studio.prompt_parser.app import SERVICE
from adgen_pipeline.studio.service import Service, serve
from adgen_pipeline_tests.lab import serving

IMAGE = {"prompt": "Hero shot of a watch", "aspect_ratio": "1:1", "resolution": "180x180", "seed": 1}
PARSE = {"prompt": "Create a luxury watch ad", "duration": 15, "aspect_ratio": "9:16"}
LONG = {"scene_prompt": "a watch", "duration": 60, "aspect_ratio": "9:16", "fps": 30}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("studio")


@pytest.fixture(scope="module")
def studio(folder: Path) -> Iterator[EmbeddedStudio]:
    embedded = EmbeddedStudio(folder / "home", folder / "media")
    embedded.retain()
    yield embedded
    embedded.release()


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30) as client:
        yield client


def finished(http: httpx.Client, url: str, path: str, body: dict[str, Any], key: str | None = None) -> dict[str, Any]:
    reply = http.post(url + path, json=body, headers={"Idempotency-Key": key} if key else {})
    location = reply.headers.get("Location")
    while reply.status_code == 202:
        reply = http.get(url + location, headers={"Prefer": "wait=5"})
    assert reply.status_code == 200
    return dict(reply.json())


def test_each_service_is_healthy_and_says_it_charges_nothing(studio: EmbeddedStudio, http: httpx.Client) -> None:
    """Four services, four ports, each with /health."""
    urls = studio.urls()
    assert list(urls) == ["prompt_parser", "image_gen", "video_gen", "composition"]
    assert len(set(urls.values())) == 4
    for service, url in urls.items():
        health = http.get(f"{url}/health").json()
        assert (health["status"], health["service"]) == ("healthy", service)
        assert "nothing is charged" in health["note"]


def test_the_envelope_of_a_success(studio: EmbeddedStudio, http: httpx.Client) -> None:
    """success, result, cost 0, seconds and the model that did it."""
    answer = finished(http, studio.urls()["prompt_parser"], "/parse", PARSE)
    assert answer["success"] and answer["cost"] == 0 and answer["processing_time"] >= 0
    assert answer["metadata"]["model"].startswith("adgen-studio")
    assert len(answer["result"]["scenes"]) >= 3


def test_renders_are_answered_with_a_place_to_poll(studio: EmbeddedStudio, http: httpx.Client) -> None:
    """202 at once, however long it takes; then the envelope with a URL that serves the file."""
    url = studio.urls()["image_gen"]
    first = http.post(f"{url}/generate-image", json=IMAGE)
    assert first.status_code == 202 and first.headers["Location"].startswith("/jobs/")
    result = finished(http, url, "/generate-image", IMAGE)["result"]
    picture = http.get(result["image_url"])
    assert picture.content[:3] == b"\xff\xd8\xff" and result["seed"] == 1


def test_the_same_key_is_the_same_answer_and_another_body_is_refused(
    studio: EmbeddedStudio, http: httpx.Client
) -> None:
    """One key, one job, one file; the key with another body is a mistake of the caller's."""
    url = studio.urls()["image_gen"]
    one = finished(http, url, "/generate-image", IMAGE, key="a")
    two = finished(http, url, "/generate-image", IMAGE, key="a")
    other = finished(http, url, "/generate-image", IMAGE, key="b")
    assert one == two and other["result"]["image_url"] != one["result"]["image_url"]
    reply = http.post(f"{url}/generate-image", json=IMAGE | {"seed": 2}, headers={"Idempotency-Key": "a"})
    assert reply.status_code == 422 and "another body" in reply.json()["error"]["message"]


@pytest.mark.parametrize(
    ("service", "path", "body", "field"),
    [
        ("prompt_parser", "/parse", PARSE | {"duration": 5}, "duration"),
        ("prompt_parser", "/parse", {"prompt": "x"}, "prompt"),
        ("image_gen", "/generate-image", {}, "prompt"),
        ("image_gen", "/generate-image", IMAGE | {"resolution": "huge"}, "resolution"),
        ("video_gen", "/generate-video", {"scene_prompt": "x", "duration": -1}, "reference_image_url"),
        ("composition", "/compose", {"scenes": []}, "scenes"),
    ],
)
def test_strict_input(
    studio: EmbeddedStudio, http: httpx.Client, service: str, path: str, body: dict[str, Any], field: str
) -> None:
    """Wrong input is a 422 in the envelope that names the field."""
    reply = http.post(studio.urls()[service] + path, json=body)
    answer = reply.json()
    assert (reply.status_code, answer["success"], answer["error"]["code"]) == (422, False, "INVALID_INPUT")
    assert answer["error"]["message"].startswith(field)


def test_bodies_that_are_not_json_or_too_large_are_refused(studio: EmbeddedStudio, http: httpx.Client) -> None:
    """Neither is a crash."""
    url = studio.urls()["prompt_parser"] + "/parse"
    assert http.post(url, content=b"{not json").status_code == 422
    assert http.post(url, content=b"x" * 2_000_000).status_code == 413


def test_files_stay_in_their_folder(studio: EmbeddedStudio, http: httpx.Client, folder: Path) -> None:
    """Neither a job's request nor anything outside is served; our own copies are, by their hash alone."""
    url = studio.urls()["image_gen"]
    job = finished(http, url, "/generate-image", IMAGE, key="c")["result"]["image_url"].split("/")[-2]
    for path in (
        f"/files/{job}/request.json",
        f"/files/{job}/..%2f..%2fkeys",
        "/media/..%2fsecret",
        f"/files/{'0' * 64}/x",
    ):
        assert http.get(url + path).status_code == 404, path
    name = "ab" * 32 + ".jpg"
    (folder / "media" / "ab").mkdir(parents=True)
    (folder / "media" / "ab" / name).write_bytes(b"ours")
    assert http.get(f"{url}/media/{name}").content == b"ours"


def test_a_reference_that_is_not_there_is_told(studio: EmbeddedStudio, http: httpx.Client) -> None:
    """The envelope says which URL could not be fetched."""
    body = LONG | {"reference_image_url": "http://127.0.0.1:9/none.jpg"}
    answer = finished(http, studio.urls()["video_gen"], "/generate-video", body)
    assert not answer["success"] and "http://127.0.0.1:9/none.jpg could not be fetched" in answer["error"]["message"]


def test_a_cancelled_render_ends_and_may_be_asked_for_again(studio: EmbeddedStudio, http: httpx.Client) -> None:
    """DELETE stops the drawing; polls say so; the same key begins anew."""
    images, clips = studio.urls()["image_gen"], studio.urls()["video_gen"]
    picture = finished(http, images, "/generate-image", IMAGE)["result"]["image_url"]
    body, key = LONG | {"reference_image_url": picture}, {"Idempotency-Key": "long"}
    location = http.post(f"{clips}/generate-video", json=body, headers=key).headers["Location"]
    assert http.get(clips + location, headers={"Prefer": "wait=1"}).status_code == 202
    assert http.delete(clips + location).status_code == 204
    answer = http.get(clips + location).json()
    assert (answer["success"], answer["error"]["code"]) == (False, "CANCELLED")
    assert http.post(f"{clips}/generate-video", json=body, headers=key).status_code == 202
    http.delete(clips + location)


def test_it_is_started_once_for_all_and_remembers_after_a_restart(folder: Path, http: httpx.Client) -> None:
    """Two users share one studio; when both have gone it leaves; a new one still knows the key's answer."""
    home = folder / "other"
    first, second = EmbeddedStudio(home, folder / "media"), EmbeddedStudio(home, folder / "media")
    first.retain()
    second.retain()
    assert first.urls() == second.urls()
    before = finished(http, first.urls()["image_gen"], "/generate-image", IMAGE, key="kept")
    first.release()
    assert http.get(second.urls()["image_gen"] + "/health").status_code == 200
    second.release()
    gone(home)
    first.retain()
    after = finished(http, first.urls()["image_gen"], "/generate-image", IMAGE, key="kept")
    first.release()
    assert after["processing_time"] == before["processing_time"]
    assert Path(after["result"]["image_url"]).parts[-2:] == Path(before["result"]["image_url"]).parts[-2:]
    gone(home)


def gone(home: Path) -> None:
    """Waits until the studio of `home` has left; fails after a minute."""
    until = time.monotonic() + 60
    while lease.address(home):
        assert time.monotonic() < until, "the studio is still there"
        time.sleep(0.05)


def test_a_missing_system_library_is_told_with_its_cure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the drawing library cannot load, the answer names the packages to install and the other way out."""
    broken = folder / "broken" / "skia"
    broken.mkdir(parents=True)
    text = "raise ImportError('libEGL.so.1: cannot open shared object file: No such file or directory')"
    (broken / "__init__.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(broken.parent))
    embedded = EmbeddedStudio(folder / "without", folder / "media")
    embedded.retain()
    try:
        with httpx.Client(timeout=30) as http:
            answer = finished(http, embedded.urls()["image_gen"], "/generate-image", IMAGE)
    finally:
        embedded.release()
    assert not answer["success"]
    assert "libEGL.so.1" in answer["error"]["message"] and "apt-get install" in answer["error"]["message"]
    assert "IMAGE_GEN_URL" in json.dumps(answer)


def test_a_mistake_of_the_studios_own_is_still_an_envelope(tmp_path: Path, http: httpx.Client) -> None:
    """Whatever the HTTP status, the caller can read what went wrong and that it cost nothing."""

    def broken(asked: ParseRequest) -> ParseResult:
        raise KeyError("nobody thought of this")

    app = serve(Service(PARSING, ParseRequest, "broken/1", broken), tmp_path)
    with serving(app) as url:
        reply = http.post(f"{url}/parse", json=PARSE)
    answer = reply.json()
    assert (reply.status_code, answer["success"], answer["cost"]) == (500, False, 0)
    assert answer["error"]["code"] == "INTERNAL_ERROR" and "KeyError" in answer["error"]["message"]


def test_old_answers_go_while_the_studio_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When work is asked for, and not at every request: with their files and keys; the same key begins anew."""
    jobs, key = tmp_path / "prompt_parser" / "jobs", {"Idempotency-Key": "one"}
    with serving(serve(SERVICE, tmp_path)) as url, httpx.Client(base_url=url, trust_env=False) as client:
        client.post("/parse", json=PARSE, headers=key)
        (old,) = jobs.iterdir()
        os.utime(old, (0, 0))
        client.post("/parse", json=PARSE)
        assert old in jobs.iterdir()
        monkeypatch.setattr(service_module, "PRUNE_SECONDS", 0.0)
        client.post("/parse", json=PARSE)
        assert old not in jobs.iterdir() and not list((tmp_path / "prompt_parser" / "keys").iterdir())
        assert client.post("/parse", json=PARSE, headers=key).json()["success"] and old in jobs.iterdir()
