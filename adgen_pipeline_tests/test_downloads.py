from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from adgen_pipeline.downloads import download
from adgen_pipeline.errors import ArtifactError
from adgen_pipeline_tests.lab import serving


def test_a_stream_without_end_is_cut_off_and_leaves_nothing(tmp_path: Path) -> None:
    """The limit counts what arrives, whatever the headers promise."""
    app = FastAPI()
    app.add_api_route("/", lambda: StreamingResponse(b"x" * 1000 for _ in range(10**9)), methods=["GET"])
    with serving(app) as url, pytest.raises(ArtifactError, match="larger than 1 MB"):
        download(url, tmp_path / "file", max_bytes=1_000_000)
    assert not (tmp_path / "file").exists()


def test_redirects_are_not_followed(tmp_path: Path) -> None:
    """A redirect could lead anywhere: it is an answer that is not a file."""
    from fastapi.responses import RedirectResponse

    app = FastAPI()
    app.add_api_route("/", lambda: RedirectResponse("http://169.254.169.254/"), methods=["GET"])
    with serving(app) as url, pytest.raises(ArtifactError, match="HTTP 307"):
        download(url, tmp_path / "file")
