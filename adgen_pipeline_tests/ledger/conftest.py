"""Every test of the ledger runs twice: on SQLite, and on a real Postgres of the tests' own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.postgres import new_database


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that name an empty database."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "postgres":
        monkeypatch.setenv("DATABASE_URL", new_database(request.getfixturevalue("postgres")))
    return Settings.read()


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    """An empty ledger with one job, `ad`, of $10.00."""
    with open_ledger(settings) as ledger:
        ledger.begin_job("ad", settings.max_cost_per_video)
        yield ledger
