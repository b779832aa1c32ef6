from pathlib import Path

import pytest
from fastapi import FastAPI, Response

from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.studio.job import Job
from adgen_pipeline_tests.lab import picture_bytes, serving


def test_a_studios_file_is_fetched_from_this_machine_and_anybodys_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A logo's URL may be anybody's: a private host is asked only when the settings name it."""
    app = FastAPI()
    app.add_api_route("/files/0a1b/image.jpg", lambda: Response(picture_bytes(1)), methods=["GET"])
    app.add_api_route("/logo.jpg", lambda: Response(picture_bytes(2)), methods=["GET"])
    job = Job(tmp_path)
    with serving(app) as url:
        assert job.fetch(f"{url}/files/0a1b/image.jpg", "clip").read_bytes() == picture_bytes(1)
        with pytest.raises(ArtifactError, match=r"logo\.jpg could not be fetched: 127\.0\.0\.1 is a loopback address"):
            job.fetch(f"{url}/logo.jpg", "logo")
        monkeypatch.setenv("MEDIA_ALLOWED_HOSTS", "localhost")
        assert job.fetch(f"{url}/logo.jpg", "logo").read_bytes() == picture_bytes(2)
