from pathlib import Path

import pytest
from fastapi import FastAPI, Response

from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.lab import Lab, clip_bytes, picture_bytes, serving


def test_a_file_is_kept_once_and_found_by_its_content(lab: Lab, tmp_path: Path) -> None:
    """Two URLs with the same bytes are one file; its facts are read from the content."""
    store = MediaStore(tmp_path / "media")
    first = store.keep(f"{lab.url}/media/3.jpg", "image")
    again = store.keep(f"{lab.url}/media/3.jpg?other=1", "image")
    assert (first.sha256, first.media_type, first.width, first.height) == (again.sha256, "image/jpeg", 36, 64)
    assert store.path(first).read_bytes() == picture_bytes(3)
    assert len([p for p in (tmp_path / "media").rglob("*") if p.is_file()]) == 1


def test_a_clips_length_is_measured_not_believed(lab: Lab, tmp_path: Path) -> None:
    """Seconds, frames and rate come from the file."""
    clip = MediaStore(tmp_path / "media").keep(f"{lab.url}/media/2.0.mp4", "video")
    assert (clip.duration, clip.frames, clip.fps, clip.size) == (2.0, 60, 30.0, len(clip_bytes(2.0)))


@pytest.mark.parametrize(
    ("content", "kind", "told"),
    [
        (b"<html>sorry</html>", "video", "not an MP4 video"),
        (b"<html>sorry</html>", "image", "not a JPEG, PNG or WebP"),
        (b"", "video", "is empty"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "video", "not an MP4 video"),
        (b"#EXTM3U\nhttp://127.0.0.1/x.ts\n", "video", "not an MP4 video"),
        (b"GIF89a" + b"\0" * 30, "image", "not a JPEG, PNG or WebP"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(tmp_path: Path, content: bytes, kind: str, told: str) -> None:
    """The content decides, not the name; nothing of it stays behind."""
    app = FastAPI()
    app.add_api_route("/file.mp4", lambda: Response(content), methods=["GET"])
    with serving(app) as url, pytest.raises(ArtifactError, match=told):
        MediaStore(tmp_path / "media").keep(f"{url}/file.mp4", kind)
    assert not [p for p in (tmp_path / "media").rglob("*") if p.is_file()]


def test_a_missing_file_and_a_foreign_scheme_are_told(lab: Lab, tmp_path: Path) -> None:
    """404 and file:// are named with the URL; a query, which may hold a signature, is not repeated."""
    store = MediaStore(tmp_path / "media")
    with pytest.raises(ArtifactError, match="HTTP 404") as caught:
        store.keep(f"{lab.url}/nothing.mp4?signature=s3cret", "video")
    assert "s3cret" not in caught.value.message
    with pytest.raises(ArtifactError, match=r"not an http\(s\) URL"):
        store.keep("file:///etc/passwd", "image")


def test_a_store_that_cannot_be_written_says_which_setting(tmp_path: Path) -> None:
    """The way out is another MEDIA_STORE."""
    (tmp_path / "file").touch()
    with pytest.raises(ArtifactError, match="MEDIA_STORE"):
        MediaStore(tmp_path / "file" / "media").keep("http://127.0.0.1:9/x", "image")
