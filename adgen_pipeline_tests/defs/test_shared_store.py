"""One ad on several machines, which share a database and an S3 server and nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from dagster import DagsterInstance
from fastapi import FastAPI, Response

from adgen_pipeline.defs.io_manager import RunScopedIOManager
from adgen_pipeline.defs.launch import resume_ad
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.defs.runs import instance, make, materialise
from adgen_pipeline_tests.lab import COSTS, Call, Lab, envelope, failure, picture_bytes, serving
from adgen_pipeline_tests.postgres import new_database
from adgen_pipeline_tests.s3 import S3

IMAGE, CLIP = "/generate-image", "/generate-video"
SIGNATURE = "X-Amz-Signature"


@pytest.fixture
def expiring(lab: Lab) -> Iterator[None]:
    """Image generation hands out URLs that give their file once, as signed URLs expire."""
    given: list[str] = []
    app = FastAPI()

    @app.get("/{name}")
    def picture(name: str) -> Response:
        given.append(name)
        return Response(picture_bytes(3), 200 if given.count(name) == 1 else 403, media_type="image/jpeg")

    with serving(app) as url:
        lab.on(IMAGE, lambda call: envelope({"image_url": f"{url}/{len(lab.calls)}", "seed": 1}, 0.05), always=True)
        yield


def fetches_its_reference(lab: Lab) -> Any:
    """A video service that makes a clip of the picture it can fetch by the URL it is sent, and of nothing else."""

    def film(call: Call) -> Response:
        fetched = httpx.get(call.body["reference_image_url"])
        if fetched.content != picture_bytes(3):
            return failure(422, f"could not fetch the reference: HTTP {fetched.status_code}")(call)
        return envelope(lab.result(call), COSTS[CLIP])

    return film


def move(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """Go on at another machine, which has nothing yet."""
    monkeypatch.setenv("ADGEN_HOME", str(folder))
    return folder


@pytest.mark.usefixtures("expiring")
def test_an_ad_is_begun_here_finished_there_and_taken_up_by_a_third(
    lab: Lab, s3: S3, bucket: str, postgres: Any, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second machine resumes: the keyframes' URLs have expired, so the video service is sent links that the store
    signs. The third makes the last asset alone, from what the steps left in the store. Nothing is bought twice, and
    no link is left in events, outputs or on disk."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    for _ in range(3):
        lab.on(CLIP, failure(422, "no"))
    with pytest.raises(AdgenError, match="no"):
        make()

    second = move(monkeypatch, tmp_path / "second")
    lab.calls.clear()
    lab.on(CLIP, fetches_its_reference(lab), always=True)
    with open_ledger(Settings.read()) as ledger:
        (job,) = ledger.jobs()
    ad = resume_ad(job, None, lambda progress: None)
    assert [len(lab.of(path)) for path in COSTS] == [0, 0, 3, 1]
    sent = [call.body["reference_image_url"] for call in lab.of(CLIP)]
    assert all(url.startswith(f"{s3.url}/{bucket}/ads/") and SIGNATURE in url for url in sent)

    third = move(monkeypatch, tmp_path / "third")
    lab.calls.clear()
    assert materialise("final_ad", job_id=ad.job_id).success
    assert lab.calls == [] and MediaStore.of(Settings.read()).path(ad.video).is_file()

    with instance() as opened:
        assert SIGNATURE not in events(opened)
    on_disk = [path for folder in (home, second, third) for path in folder.rglob("*") if path.is_file()]
    stored = [s3.files().cat_file(name) for name in s3.files().find(f"{bucket}/ads/runs")]
    assert on_disk and stored
    assert not [found for found in [*stored, *(path.read_bytes() for path in on_disk)] if SIGNATURE.encode() in found]


def events(opened: DagsterInstance) -> str:
    """All that Dagster keeps of all runs."""
    runs = opened.get_runs()
    return "".join(str(record) for run in runs for record in opened.get_records_for_run(run.run_id).records)


def test_an_output_that_is_gone_is_told_with_its_place(bucket: str) -> None:
    """Where it would lie, and what to do."""
    with pytest.raises(AdgenError, match=rf"s3://{bucket}/ads/runs/none/final_ad.json is gone: run the ad again"):
        RunScopedIOManager().read("none", "final_ad")
