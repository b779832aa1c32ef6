"""Which URL of a file which service can reach."""

from contextlib import ExitStack, closing
from decimal import Decimal

import pytest

from adgen_pipeline.clients.composition import Composition
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.contracts.brief import read_brief
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.purchases import Purchases
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.purchases.buying import LIMITS

BRIEF = read_brief({"prompt": "an ad for a watch"})
KINDS = (PromptParser, ImageGen, VideoGen, Composition)


def _artifact(url: str) -> Artifact:
    return Artifact(sha256="a" * 64, size=1, media_type="image/jpeg", source_url=url, width=1, height=1)


def _video(url: str | None) -> VideoGen:
    return VideoGen(lambda: Address(str(url)), LIMITS, studio=None if url else "studio")


def test_each_reader_gets_a_url_it_can_reach() -> None:
    """The studio reads our copy; others the service's own URL; for this machine's files, MEDIA_URL."""
    settings = Settings.read()
    own = _artifact("http://127.0.0.1:5/files/1/keyframe.jpg")
    with ExitStack() as stack:
        ledger = stack.enter_context(open_ledger(settings))
        studio, outside = (stack.enter_context(closing(_video(url))) for url in (None, "https://video.example"))
        plain = Purchases(MediaStore(settings.media_folder), ledger)
        public = Purchases(MediaStore(settings.media_folder), ledger, "https://cdn.example/m/")
        copy = settings.media_folder / "aa" / f"{'a' * 64}.jpg"
        copy.parent.mkdir(parents=True)
        copy.write_bytes(b"x")
        assert plain.url_for(own, studio).endswith(f"/media/{'a' * 64}.jpg")
        assert public.url_for(own, outside) == f"https://cdn.example/m/aa/{'a' * 64}.jpg"
        with pytest.raises(ArtifactError, match="set MEDIA_URL"):
            plain.url_for(own, outside)


def test_a_mix_that_cannot_work_is_refused_before_anything_is_paid() -> None:
    """A video service elsewhere could never fetch the embedded studio's pictures; the job is not even begun."""
    settings = Settings.read()
    with ExitStack() as stack:
        ledger = stack.enter_context(open_ledger(settings))
        plain = Purchases(MediaStore(settings.media_folder), ledger)
        public = Purchases(MediaStore(settings.media_folder), ledger, "https://cdn.example")
        mixed = [kind(lambda: Address("https://v.example"), LIMITS, studio="studio") for kind in KINDS]
        mixed[2] = VideoGen(lambda: Address("https://v.example"), LIMITS)
        every = [kind(lambda: Address("https://all.example"), LIMITS) for kind in KINDS]
        for client in (*mixed, *every):
            stack.enter_context(closing(client))
        with pytest.raises(ArtifactError, match=r"v.example cannot reach files on this machine: set MEDIA_URL"):
            plain.begin("ad", BRIEF, Decimal(5), mixed, run="run")
        assert ledger.jobs() == []
        public.begin("ad", BRIEF, Decimal(5), mixed, run="run")
        plain.begin("ad", BRIEF, Decimal(5), every, run="run")
        assert [job.job_id for job in ledger.jobs()] == ["ad"]
        ledger.end_job("ad", "completed", "run")
        plain.begin("ad", BRIEF, Decimal(5), every, run="run")  # a step of it that comes late
        assert ledger.job("ad").outcome == "completed"


def test_a_store_that_cannot_be_written_is_told_before_anything_is_paid(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bucket that nobody made; the job is not even begun."""
    monkeypatch.setenv("MEDIA_STORE", f"s3://{bucket}-of-another-name/ads")
    settings = Settings.read()
    with open_ledger(settings) as ledger:
        purchases = Purchases(MediaStore.of(settings), ledger)
        with pytest.raises(ArtifactError, match=r"s3://.*-of-another-name/ads: could not write .* make the bucket"):
            purchases.begin("ad", BRIEF, Decimal(5), [], run="run")
        assert ledger.jobs() == []


@pytest.mark.parametrize(("reader", "reached"), [("http://127.0.0.1:8003", True), ("https://video.example", False)])
def test_a_store_that_signs_links_serves_who_can_reach_it(bucket: str, reader: str, reached: bool) -> None:
    """A studio's picture is given to another service by a link of the store that outlives its deadline of 600 s and a
    resend a day later; a store on this machine's loopback is no way out for a service elsewhere."""
    settings = Settings.read()
    with ExitStack() as stack:
        ledger = stack.enter_context(open_ledger(settings))
        purchases = Purchases(MediaStore.of(settings), ledger)
        clients = [kind(lambda: Address("http://127.0.0.1:1"), LIMITS, studio="studio") for kind in KINDS]
        clients[2] = video = _video(reader)
        for client in clients:
            stack.enter_context(closing(client))
        gone = _artifact("http://127.0.0.1:9/files/1/keyframe.jpg")
        if not reached:
            with pytest.raises(
                ArtifactError, match=r"let MEDIA_STORE be a store that signs links and that it can reach"
            ):
                purchases.begin("ad", BRIEF, Decimal(5), clients, run="run")
            with pytest.raises(ArtifactError, match=r"video.example cannot reach files on this machine"):
                purchases.url_for(gone, video)
            return
        purchases.begin("ad", BRIEF, Decimal(5), clients, run="run")
        link = purchases.url_for(gone, video)
        assert link.startswith(f"{str(settings.aws_endpoint_url).rstrip('/')}/{bucket}/ads/aa/")
        assert f"X-Amz-Expires={int(LIMITS.deadline + 24 * 3600)}&" in link
