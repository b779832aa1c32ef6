"""A render that was cut off is not an answer: it is never kept, and whoever asks again has it made anew."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest

from adgen_pipeline.clients.base import Answer
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.contracts.keyframe import ImageRequest, ImageResult
from adgen_pipeline.contracts.stages import IMAGES
from adgen_pipeline.errors import ServiceRejected
from adgen_pipeline.studio.renders import RenderPool
from adgen_pipeline.studio.service import Service, serve
from adgen_pipeline_tests.lab import serving
from adgen_pipeline_tests.purchases.buying import LIMITS

REQUEST = ImageRequest.model_validate({"prompt": "Hero shot of a watch", "aspect_ratio": "1:1", "seed": 1})
BODY = REQUEST.model_dump_json().encode()


@contextmanager
def studio(home: Path, work: str) -> Iterator[tuple[str, RenderPool]]:
    """A service over `home` whose renders are `work`; its URL and its workers."""
    pool = RenderPool(1)
    service = Service(IMAGES, ImageRequest, "test/1", f"adgen_pipeline_tests.studio.cut_off:{work}")
    with serving(serve(service, home, pool=pool)) as url:
        try:
            yield url, pool
        finally:
            pool.close()


def ask(url: str) -> Answer[ImageResult]:
    """By the real client, always under the same key."""
    with closing(ImageGen(lambda: Address(url), LIMITS)) as client:
        return client.call(REQUEST, BODY, key="k", stop=Event())


@pytest.mark.parametrize("work", ["killed_once", "no_memory_once"])
def test_a_worker_that_dies_is_a_transient_failure(work: str, tmp_path: Path) -> None:
    """The client is told that it cost nothing, tries again, and gets its picture from new workers."""
    with studio(tmp_path, work) as (url, _):
        answer = ask(url)
    assert (answer.attempts, answer.cost, answer.result.seed) == (2, 0, 1)


def test_what_a_stop_cuts_off_is_made_at_the_next_start(tmp_path: Path) -> None:
    """The stop ends the workers; nothing is kept under the key, and the next studio renders it."""
    with studio(tmp_path, "endless_once") as (url, pool), httpx.Client(base_url=url, timeout=30) as http:
        headers = {"Idempotency-Key": "k"}
        location = http.post("/generate-image", content=BODY, headers=headers).headers["Location"]
        while not list(tmp_path.rglob("begun")):
            time.sleep(0.02)
        pool.close()
        while (reply := http.get(location, headers={"Prefer": "wait=5"})).status_code == 202:
            pass
    assert reply.json()["error"]["code"] == "SERVICE_UNAVAILABLE"
    assert not list(tmp_path.rglob("answer.json"))
    with studio(tmp_path, "endless_once") as (url, _):
        assert ask(url).attempts == 1


def test_a_mistake_of_the_studios_own_is_an_answer(tmp_path: Path) -> None:
    """It would be made again: it is told at once, by the error's name, and kept."""
    with studio(tmp_path, "mistaken") as (url, _), pytest.raises(ServiceRejected, match="made a mistake"):
        ask(url)
    assert len(list(tmp_path.rglob("answer.json"))) == 1
