import importlib.util
import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import fsspec
import pytest

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import ArtifactError, InvalidSetting
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage import cache
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.lab import Lab, clip_bytes, picture_bytes


def store_in(folder: Path, remote: str | None = None) -> MediaStore:
    return MediaStore(folder / "media", remote, allowed_hosts=["127.0.0.1"])


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    """fsspec's file system in memory: a store that is not this machine's folder."""
    files = fsspec.filesystem("memory")
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def test_a_file_is_kept_once_and_found_by_its_content(lab: Lab, tmp_path: Path) -> None:
    """Two URLs with the same bytes are one file; its facts are read from the content."""
    store = store_in(tmp_path)
    first = store.keep(f"{lab.url}/media/3.jpg", "image")
    again = store.keep(f"{lab.url}/media/3.jpg?other=1", "image")
    assert (first.sha256, first.media_type, first.width, first.height) == (again.sha256, "image/jpeg", 36, 64)
    assert store.path(first).read_bytes() == picture_bytes(3)
    assert len([p for p in (tmp_path / "media").rglob("*") if p.is_file()]) == 1


def test_a_clips_length_is_measured_not_believed(lab: Lab, tmp_path: Path) -> None:
    """Seconds, frames and rate come from the file."""
    clip = store_in(tmp_path).keep(f"{lab.url}/media/2.0.mp4", "video")
    assert (clip.duration, clip.frames, clip.fps, clip.size) == (2.0, 60, 30.0, len(clip_bytes(2.0)))


def test_a_missing_file_and_a_foreign_scheme_are_told(lab: Lab, tmp_path: Path) -> None:
    """404 and file:// are named with the URL; a query, which may hold a signature, is not repeated."""
    store = store_in(tmp_path)
    with pytest.raises(ArtifactError, match="HTTP 404") as caught:
        store.keep(f"{lab.url}/nothing.mp4?signature=s3cret", "video")
    assert "s3cret" not in caught.value.message
    with pytest.raises(ArtifactError, match=r"not an http\(s\) URL"):
        store.keep("file:///etc/passwd", "image")


def test_a_store_that_cannot_be_written_says_which_setting(tmp_path: Path) -> None:
    """The way out is another MEDIA_STORE."""
    (tmp_path / "file").touch()
    with pytest.raises(ArtifactError, match=r"MEDIA_STORE .* cannot be written"):
        MediaStore(tmp_path / "file" / "media").keep("http://127.0.0.1:9/x", "image")


def test_a_service_may_hand_out_files_of_its_own_host(lab: Lab, tmp_path: Path) -> None:
    """A private address is refused, unless the caller says that the file is that service's."""
    store = MediaStore(tmp_path / "media")
    with pytest.raises(ArtifactError, match=r"127\.0\.0\.1 is a loopback address"):
        store.keep(f"{lab.url}/media/3.jpg", "image")
    assert store.keep(f"{lab.url}/media/3.jpg", "image", allowed_hosts=["localhost"]).width == 36


def test_a_cache_drops_what_was_used_longest_ago(
    tmp_path: Path, memory: fsspec.AbstractFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond its bound, when a file has come. Not what was used within the hour, nor what the store does not hold; a
    folder that is the store itself drops nothing."""
    monkeypatch.setattr(cache, "_LOOK_SECONDS", 0.0)
    store, kept = store_in(tmp_path, "memory://ads"), {}
    alone = store_in(tmp_path / "alone")
    for hours, name in ((9, "only here"), (8, "oldest"), (7, "old, used just now"), (0, "young")):
        made = tmp_path / f"{name}.vtt"
        made.write_text(f"WEBVTT\n\n00:00.000 --> 00:01.000\n{name:20}\n")  # 53 bytes
        kept[name] = store.adopt(made, "captions", "storyboard")
        for folder in (store.folder, alone.folder):
            alone.adopt(made, "captions", "storyboard")
            at = time.time() - hours * 3600
            os.utime(folder / kept[name].sha256[:2] / store.name(kept[name]), (at, at))
    monkeypatch.setattr(cache, "MOST_BYTES", 150)
    memory.rm(f"/ads/{kept['only here'].sha256[:2]}/{store.name(kept['only here'])}")
    assert store.path(kept["old, used just now"]).is_file()
    elsewhere = store_in(tmp_path / "elsewhere", "memory://ads")
    made.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nnew\n")
    assert store.path(elsewhere.adopt(made, "captions", "storyboard")).is_file()
    lost = {name for name, artifact in kept.items() if not (store.folder / _key(artifact)).is_file()}
    assert lost == {"oldest"} and store.path(kept["oldest"]).is_file()
    assert all(alone.has(artifact) for artifact in kept.values())


def _key(artifact: Artifact) -> str:
    return f"{artifact.sha256[:2]}/{MediaStore.name(artifact)}"


def test_what_is_stored_again_is_young_again(tmp_path: Path, memory: fsspec.AbstractFileSystem) -> None:
    """In a remote store, too: there retention would else delete what an ad has just come to."""
    made = tmp_path / "words.vtt"
    made.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nGold\n")
    for store in (store_in(tmp_path), store_in(tmp_path / "cache", "memory://ads")):
        kept = store.adopt(made, "captions", "storyboard")
        os.utime(tmp_path / "media" / kept.sha256[:2] / store.name(kept), (0, 0))
        for file in memory.store.values():
            file.created -= timedelta(days=9)
        assert next(store.names()).age > 8 * 86_400
        assert store.adopt(made, "captions", "storyboard") == kept
        assert not store.delete(store.name(kept), older_than=86_400) and store.has(kept)
        assert store.delete(store.name(kept)) and not store.has(kept)
        assert store.delete(store.name(kept), older_than=86_400)
        store.adopt(made, "captions", "storyboard")


def test_a_copy_that_is_gone_or_cut_is_not_there(lab: Lab, tmp_path: Path) -> None:
    """What a full disk or a careless hand left is noticed, told, and mended by keeping the file again."""
    store = store_in(tmp_path)
    kept = store.keep(f"{lab.url}/media/3.jpg", "image")
    assert store.has(kept)
    store.path(kept).write_bytes(b"cut")
    assert not store.has(kept)
    with pytest.raises(ArtifactError, match=rf"our copy of {lab.url}/media/3.jpg .* is gone"):
        store.path(kept)
    assert store.keep(f"{lab.url}/media/3.jpg", "image") == kept
    assert store.path(kept).read_bytes() == picture_bytes(3)


def test_what_a_killed_process_left_is_swept_up(lab: Lab, tmp_path: Path) -> None:
    """A download of long ago is removed by the next one; one that may still be running stays."""
    old, young = tmp_path / "media" / "incoming" / "old", tmp_path / "media" / "incoming" / "young"
    for folder in (old, young):
        folder.mkdir(parents=True)
        (folder / "file").touch()
    os.utime(old, (time.time() - 7200,) * 2)
    store_in(tmp_path).keep(f"{lab.url}/media/3.jpg", "image")
    assert list((tmp_path / "media" / "incoming").iterdir()) == [young]


def test_a_remote_store_holds_the_file_when_keep_returns(
    lab: Lab, tmp_path: Path, memory: fsspec.AbstractFileSystem
) -> None:
    """Under its hash, next to our local copy; what the store holds whole is not written again."""
    store = store_in(tmp_path, "memory://ads")
    kept = store.keep(f"{lab.url}/media/3.jpg", "image")
    name = f"/ads/{kept.sha256[:2]}/{kept.sha256}.jpg"
    assert memory.cat(name) == store.path(kept).read_bytes() == picture_bytes(3)
    written = memory.modified(name)
    store.keep(f"{lab.url}/media/3.jpg", "image")
    assert memory.modified(name) == written
    memory.pipe(name, b"cut")
    store.keep(f"{lab.url}/media/3.jpg", "image")
    assert memory.cat(name) == picture_bytes(3)


def test_another_machine_fetches_from_the_remote_store(
    lab: Lab, tmp_path: Path, memory: fsspec.AbstractFileSystem
) -> None:
    """Its folder is empty; the copy comes from the store once, and then lies there."""
    kept = store_in(tmp_path / "one", "memory://ads").keep(f"{lab.url}/media/2.0.mp4", "video")
    other = store_in(tmp_path / "other", "memory://ads")
    assert other.has(kept)
    assert other.path(kept).read_bytes() == clip_bytes(2.0)
    memory.rm("/ads", recursive=True)
    assert other.path(kept).is_file() and other.has(kept)


def test_a_remote_copy_that_is_damaged_or_gone_is_told(
    lab: Lab, tmp_path: Path, memory: fsspec.AbstractFileSystem
) -> None:
    """The hash is checked on the way; nothing of a damaged copy is kept."""
    kept = store_in(tmp_path / "one", "memory://ads").keep(f"{lab.url}/media/3.jpg", "image")
    other = store_in(tmp_path / "other", "memory://ads")
    memory.pipe(f"/ads/{kept.sha256[:2]}/{kept.sha256}.jpg", bytes(kept.size))
    with pytest.raises(ArtifactError, match=r"MEDIA_STORE memory://ads .* is damaged"):
        other.path(kept)
    memory.rm("/ads", recursive=True)
    with pytest.raises(ArtifactError, match="is gone"):
        other.path(kept)
    assert not other.has(kept)
    assert not [path for path in (tmp_path / "other").rglob("*") if path.is_file()]


def test_folders_are_made_where_the_file_system_wants_them(lab: Lab, tmp_path: Path) -> None:
    """A file system with real folders, used as a remote store."""
    kept = store_in(tmp_path, f"file://{tmp_path}/far").keep(f"{lab.url}/media/3.jpg", "image")
    assert (tmp_path / "far" / kept.sha256[:2] / f"{kept.sha256}.jpg").read_bytes() == picture_bytes(3)


def test_a_remote_store_that_cannot_be_written_is_told(lab: Lab, tmp_path: Path) -> None:
    """The paid file stays here, so that the next attempt has it."""
    (tmp_path / "far").touch()
    store = store_in(tmp_path, f"file://{tmp_path}/far/folder")
    with pytest.raises(
        ArtifactError, match=r"MEDIA_STORE file://.*/far/folder: could not look for .*NotADirectoryError"
    ):
        store.keep(f"{lab.url}/media/3.jpg", "image")
    assert len(list((tmp_path / "media").rglob("*.jpg"))) == 1


@pytest.mark.skipif(importlib.util.find_spec("gcsfs") is not None, reason="gcsfs is installed here")
def test_a_file_system_whose_library_is_missing_names_the_pip_line(tmp_path: Path) -> None:
    """At once, before anything is paid for; the credentials are not repeated."""
    with pytest.raises(InvalidSetting, match=r"gs://bucket/ads needs .*: pip install gcsfs") as caught:
        MediaStore(tmp_path, "gs://key:s3cret@bucket/ads")
    assert "s3cret" not in caught.value.message


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("ftp://me:s3cret@127.0.0.1:9/ads", "ftp://127.0.0.1:9/ads cannot be opened"),
        ("nonsense://me:s3cret@host/ads", "nonsense://host/ads cannot be opened"),
        ("https://me:s3cret@host/ads?s3cret", "https://host/ads can only be read"),
    ],
)
def test_a_store_that_cannot_be_opened_is_told_without_its_credentials(tmp_path: Path, url: str, told: str) -> None:
    """Nobody is there, nobody knows it, or it cannot be written."""
    with pytest.raises(InvalidSetting) as caught:
        MediaStore(tmp_path, url)
    assert told in caught.value.message and "MEDIA_STORE" in caught.value.message
    assert "s3cret" not in caught.value.message and caught.value.__cause__ is None


def test_the_settings_make_the_store(
    lab: Lab, home: Path, monkeypatch: pytest.MonkeyPatch, memory: fsspec.AbstractFileSystem
) -> None:
    """MEDIA_STORE's remote with its cache in ADGEN_HOME; the lab is allowed, being a configured service."""
    monkeypatch.setenv("MEDIA_STORE", "memory://ads")
    kept = MediaStore.of(Settings.read()).keep(f"{lab.url}/media/3.jpg", "image")
    assert (home / "media" / kept.sha256[:2] / f"{kept.sha256}.jpg").is_file()
    assert memory.exists(f"/ads/{kept.sha256[:2]}/{kept.sha256}.jpg")
