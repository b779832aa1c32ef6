"""The store on a real S3 server: kept and found by two machines, large files, links, and whatever goes wrong."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import ArtifactError, ArtifactUnavailable
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.storage.remote import RemoteFolder
from adgen_pipeline_tests.lab import Lab, clip_bytes, picture_bytes
from adgen_pipeline_tests.s3 import S3, running_s3


def store() -> MediaStore:
    return MediaStore.of(Settings.read())


@pytest.fixture
def kept(lab: Lab, bucket: str) -> Artifact:
    """A clip that lies in the bucket, and in this machine's cache of it."""
    return store().keep(f"{lab.url}/media/2.0.mp4", "video")


@pytest.fixture
def elsewhere(kept: Artifact, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MediaStore:
    """The same store on a machine that has nothing yet."""
    monkeypatch.setenv("ADGEN_HOME", str(tmp_path / "elsewhere"))
    return store()


def test_what_one_machine_keeps_another_one_has(elsewhere: MediaStore, kept: Artifact, s3: S3, bucket: str) -> None:
    """By its hash, in the bucket; fetched once, and checked on the way."""
    key = f"ads/{kept.sha256[:2]}/{kept.sha256}.mp4"
    assert s3.files().cat(f"{bucket}/{key}") == clip_bytes(2.0)
    assert elsewhere.has(kept) and elsewhere.path(kept).read_bytes() == clip_bytes(2.0)
    s3.files().rm(f"{bucket}/{key}")
    assert elsewhere.has(kept) and elsewhere.named(f"{kept.sha256}.mp4").is_file()


def test_a_damaged_or_lost_copy_is_told(elsewhere: MediaStore, kept: Artifact, s3: S3, bucket: str) -> None:
    """Never taken for the file; nothing of it is kept."""
    key = f"{bucket}/ads/{kept.sha256[:2]}/{kept.sha256}.mp4"
    s3.files().pipe(key, b"x" * kept.size)
    with pytest.raises(ArtifactError, match=f"MEDIA_STORE s3://{bucket}/ads .* is damaged"):
        elsewhere.path(kept)
    s3.files().rm(key)
    assert not elsewhere.has(kept)
    with pytest.raises(ArtifactError, match="is gone"):
        elsewhere.path(kept)


def test_many_runs_are_listed_by_few_requests(s3: S3, bucket: str) -> None:
    """A bucket of some ten thousand runs is looked through in minutes, and for media the runs are not looked at."""
    names = [f"{start}{run}/{step}.json" for start in ("0f", "a", "ab") for run in range(4) for step in "xy"]
    s3.files().pipe({f"{bucket}/ads/runs/{name}": b"{}" for name in names})
    s3.files().pipe(f"{bucket}/ads/ab/{'ab' * 32}.mp4", b"mine")
    media, asked = store(), []
    outputs = RemoteFolder(f"s3://{bucket}/ads", Settings.read().storage_options, under="runs")
    files = outputs._files  # the store's, too
    files.connect()
    files.s3.meta.events.register("before-call.s3.ListObjectsV2", lambda **call: asked.append(call))
    assert sorted(file.name for file in outputs.names()) == sorted(names) and len(asked) == 1 + 6
    asked.clear()
    assert [file.name for file in media.names()] == [f"{'ab' * 32}.mp4"] and len(asked) == 2


def test_copies_are_listed_and_deleted(elsewhere: MediaStore, kept: Artifact, s3: S3, bucket: str) -> None:
    """What retention needs: our copies alone, not what else lies there; a deleted one is gone here and there."""
    s3.files().pipe(f"{bucket}/ads/runs/a/step.json", b"{}")
    s3.files().pipe(f"{bucket}/ads/notes.txt", b"mine")
    elsewhere.path(kept)
    (found,) = elsewhere.names()
    assert (found.name, found.size) == (MediaStore.name(kept), kept.size)
    elsewhere.delete(found.name)
    assert not elsewhere.has(kept) and list(elsewhere.names()) == []
    with pytest.raises(ArtifactError, match="no name of a file"):
        elsewhere.delete("../runs/a/step.json")


def test_a_large_file_goes_up_in_parts(tmp_path: Path, bucket: str, caplog: pytest.LogCaptureFixture) -> None:
    """100 MiB and more, as S3 wants it, and comes back byte for byte."""
    settings, large, back = Settings.read(), tmp_path / "large", tmp_path / "back"
    with large.open("wb") as file:
        file.write(os.urandom(1 << 20))
        file.truncate(101 << 20)
    folder = RemoteFolder(str(settings.media_remote), settings.storage_options)
    with caplog.at_level("DEBUG", "s3fs"):
        folder.put(large, "large")
    assert caplog.text.count("CALL: upload_part") == 3
    assert folder.get("large", back) and back.read_bytes() == large.read_bytes()


def test_a_link_gives_the_file_to_whoever_has_it(elsewhere: MediaStore, kept: Artifact) -> None:
    """Until it expires; a link that was changed gives nothing, nor does none. Players get their ranges and the type."""
    link = elsewhere.link(kept, 60)
    assert link and "X-Amz-Expires=60" in link and "AWS4-HMAC-SHA256" in link
    whole, part = httpx.get(link), httpx.get(link, headers={"Range": "bytes=0-3"})
    assert (whole.status_code, whole.content) == (200, clip_bytes(2.0))
    assert part.content == clip_bytes(2.0)[:4] and whole.headers["content-type"] == "video/mp4"
    assert httpx.get(link.replace("Expires=60", "Expires=6000")).status_code == 403
    assert httpx.get(link.split("?")[0]).status_code in (400, 403)
    assert "X-Amz-Expires=604800" in str(elsewhere.link(kept, 1e9))


def test_a_service_may_hand_out_files_from_the_same_server(
    elsewhere: MediaStore, kept: Artifact, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a private address, as the server of AWS_ENDPOINT_URL often is; another port of that host is not allowed."""
    link = str(elsewhere.link(kept, 60))
    for setting in ("PROMPT_PARSER_URL", "IMAGE_GEN_URL", "VIDEO_GEN_URL", "COMPOSITION_URL"):
        monkeypatch.delenv(setting)
    assert store().keep(link, "video").sha256 == kept.sha256
    with pytest.raises(ArtifactError, match="is a loopback address"):
        store().keep(kept.source_url, "video")


def test_a_link_to_what_lies_here_alone_brings_it_there(
    lab: Lab, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Files of the time before MEDIA_STORE was a bucket are in the cache's folder."""
    before = store().keep(f"{lab.url}/media/3.jpg", "image")
    assert store().link(before, 60) is None
    request.getfixturevalue("bucket")
    assert httpx.get(str(store().link(before, 60))).content == picture_bytes(3)


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("AWS_SECRET_ACCESS_KEY", "an0ther-s3cret", r"PermissionError\); it refuses these credentials"),
        ("MEDIA_STORE", "s3://no-such-bucket/ads", r"FileNotFoundError\); it does not exist: make the bucket"),
        (
            "AWS_ENDPOINT_URL",
            "http://127.0.0.1:9",
            r"EndpointConnectionError\); check that it is up .*AWS_ENDPOINT_URL",
        ),
        ("AWS_ACCESS_KEY_ID", "", r"NoCredentialsError\); there are no credentials for it: set AWS_ACCESS_KEY_ID"),
    ],
)
def test_a_store_that_cannot_be_used_is_told(
    kept: Artifact, s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str, told: str
) -> None:
    """By the check before anything is paid for, and nothing is said to be gone; no secret is shown."""
    monkeypatch.setenv("ADGEN_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.setenv(setting, value)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for asked in (store().check, lambda: store().has(kept)):
        with pytest.raises(ArtifactUnavailable, match=rf"MEDIA_STORE s3://.*/ads: could not .* \({told}") as caught:
            asked()
        assert s3.secret not in caught.value.message and "an0ther" not in caught.value.message
        assert caught.value.__cause__ is None and caught.value.code == "SERVICE_UNAVAILABLE"
    assert not s3.files().exists("no-such-bucket")  # nobody asked for one to be made


def test_a_server_that_comes_back_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lab: Lab) -> None:
    """By the very store that saw it go; what it holds is still there."""
    with running_s3(tmp_path) as server:
        for setting, value in server.environment("ads").items():
            monkeypatch.setenv(setting, value)
        opened = store()
        artifact = opened.keep(f"{lab.url}/media/3.jpg", "image")
        server.stop()
        with pytest.raises(ArtifactUnavailable, match="could not write"):
            opened.check()
        server.start()
        opened.check()
        opened.path(artifact).unlink()
        assert opened.path(artifact).read_bytes() == picture_bytes(3)


def test_a_store_may_be_used_by_threads_and_after_a_fork(kept: Artifact, bucket: str) -> None:
    """Runs are forks of a process that may have used the store, and their steps are threads."""
    settings = Settings.read()
    folder = RemoteFolder(str(settings.media_remote), settings.storage_options)
    folder.write("runs/a/before", b"x")
    child = os.fork()
    if child == 0:
        try:
            with ThreadPoolExecutor(4) as threads:
                list(threads.map(lambda n: folder.write(f"runs/a/{n}", b"x"), range(8)))
            os._exit(0 if folder.read("runs/a/before") == b"x" else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert len(list(folder.names("runs/a"))) == 9
