"""Every test of upkeep that asks for `place` runs twice: on SQLite, and on a real Postgres of the tests' own."""

from pathlib import Path

import pytest

from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.cli.conftest import adgen
from adgen_pipeline_tests.postgres import new_database

__all__ = ["adgen"]


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an empty installation."""
    if request.param == "postgres":
        monkeypatch.setenv("DATABASE_URL", new_database(request.getfixturevalue("postgres")))
    return Settings.read()
