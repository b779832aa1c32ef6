import threading
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adgen_pipeline.clients.base import Limits
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import ArtifactError, BadReply
from adgen_pipeline.purchases import Order, Purchases, check_reachable
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.lab import Lab, envelope

RULES = Limits(timeout=5, deadline=20, idempotent=True, max_call_cost=Decimal("0.6"), retry_delays=())
VIDEO = "/generate-video"


def order(url: str = "http://a/1.jpg", **changes: Any) -> Order[ClipRequest]:
    request = ClipRequest(scene_prompt="x", reference_image_url=url, duration=2.0, aspect_ratio="1:1")
    return Order(**{"job_id": "job", "request": request, "scene": "scene_01", "media": {url: "f" * 64}} | changes)


def test_the_key_is_the_calls_and_not_its_urls() -> None:
    """The same picture under another URL is the same call; another scene, job or picture is another one."""
    key = order().key("video_generation")
    assert order("http://b/9.jpg").key("video_generation") == key
    others = [order(scene="scene_02"), order(job_id="other"), order(media={"http://a/1.jpg": "e" * 64})]
    assert len({key, *(other.key("video_generation") for other in others)}) == 4


def test_a_call_is_done_when_its_file_is_in_the_house(lab: Lab, tmp_path: Path) -> None:
    """The receipt has the service's price; the file is our own copy."""
    purchases = Purchases(MediaStore(tmp_path))
    with closing(VideoGen(lambda: Address(lab.url), RULES)) as client:
        bought = purchases.buy(client, order(), threading.Event())
    assert (bought.receipt.cost, bought.receipt.attempts) == (Decimal("0.25"), 1)
    assert purchases.store.path(bought.files["video_url"]).is_file()
    assert lab.of(VIDEO)[0].headers["idempotency-key"] == bought.receipt.key


@pytest.mark.parametrize(
    ("file", "told"), [("nothing.mp4", "HTTP 404"), ("9.jpg", "not an MP4 video"), ("1.0.mp4", "lasts 1 s, but 2 s")]
)
def test_a_clip_that_is_none_costs_what_it_cost(lab: Lab, tmp_path: Path, file: str, told: str) -> None:
    """A missing, wrong or short file is the service's fault, and its price is not forgotten."""
    result = {"video_url": f"{lab.url}/media/{file}", "duration": 2.0, "resolution": "36x64"}
    lab.on(VIDEO, lambda call: envelope(result, 0.25))
    with closing(VideoGen(lambda: Address(lab.url), RULES)) as client, pytest.raises(BadReply, match=told) as caught:
        Purchases(MediaStore(tmp_path)).buy(client, order(), threading.Event())
    assert caught.value.cost == Decimal("0.25")
    assert caught.value.message.startswith("Video generation: http://127.0.0.1")


def artifact(url: str) -> Artifact:
    return Artifact(sha256="a" * 64, size=1, media_type="image/jpeg", source_url=url, width=1, height=1)


def test_each_reader_gets_a_url_it_can_reach(tmp_path: Path) -> None:
    """The studio reads our copy; others the service's own URL; for this machine's files, MEDIA_URL."""
    plain, public = Purchases(MediaStore(tmp_path)), Purchases(MediaStore(tmp_path), "https://cdn.example/m/")
    studio = Address("http://127.0.0.1:5", embedded=True, media="http://127.0.0.1:5/media")
    outside, own = Address("https://video.example"), artifact("http://127.0.0.1:5/files/1/keyframe.jpg")
    assert plain.url_for(artifact("https://image.example/1.jpg"), studio) == f"http://127.0.0.1:5/media/{'a' * 64}.jpg"
    assert plain.url_for(artifact("https://image.example/1.jpg"), outside) == "https://image.example/1.jpg"
    assert public.url_for(own, outside) == f"https://cdn.example/m/aa/{'a' * 64}.jpg"
    with pytest.raises(ArtifactError, match="set MEDIA_URL"):
        plain.url_for(own, outside)


def test_a_mix_that_cannot_work_is_refused_before_anything_is_paid() -> None:
    """A video service elsewhere could never fetch the embedded studio's pictures."""
    studio = Address("http://127.0.0.1:5", embedded=True)
    services = {"prompt_parser": studio, "image_gen": studio, "video_gen": Address("https://video.example")}
    services["composition"] = studio
    with pytest.raises(ArtifactError, match=r"video.example cannot reach files on this machine: set MEDIA_URL"):
        check_reachable(services, None)
    check_reachable(services, "https://cdn.example")
    check_reachable({name: Address("https://all.example") for name in services}, None)
