"""What is done before any part starts, and how long a database is waited for."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.deployment import preparing
from adgen_pipeline.deployment.preparing import patiently_opened
from adgen_pipeline.errors import LedgerRefused, LedgerUnavailable
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.postgres import new_database


def test_a_database_that_comes_up_later_is_waited_for(
    postgres: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the second look its socket is there. Whoever waits reads why, and no password."""
    url = sa.make_url(new_database(postgres))
    place = tmp_path / "socket"
    monkeypatch.setenv(
        "DATABASE_URL", url.set(query={"host": str(place)}, password="s3cret").render_as_string(hide_password=False)
    )
    monkeypatch.setattr(preparing.time, "sleep", lambda _: place.symlink_to(str(url.query["host"])))
    with patiently_opened(Settings.read(), 600):
        told = capsys.readouterr().err
    assert "cannot be reached" in told or "cannot be read" in told
    assert "waiting for it, 600 s at most" in told and "s3cret" not in told


def test_nobody_waits_in_vain(postgres: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that stays away is told of when the time is over; what waiting does not mend, at once."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/ads")
    with pytest.raises(LedgerUnavailable):
        patiently_opened(Settings.read(), 0)
    url = sa.make_url(new_database(postgres)).set(database="nowhere")
    monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))
    with pytest.raises(LedgerRefused):
        patiently_opened(Settings.read(), 600)
