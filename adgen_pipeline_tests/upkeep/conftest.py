"""Every test of upkeep that asks for `place` runs twice: on SQLite, and on a real Postgres of the tests' own."""

from pathlib import Path

import pytest

from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.cli.conftest import adgen
from adgen_pipeline_tests.postgres import new_database

__all__ = ["adgen"]

_ON_POSTGRES = """\
telemetry: {{enabled: false}}
storage: {{postgres: {{postgres_url: "{url}"}}}}
compute_logs: {{module: dagster._core.storage.noop_compute_log_manager, class: NoOpComputeLogManager}}
"""


def use_postgres(url: str, dagster_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ledger and Dagster in one database."""
    dagster_home.mkdir(parents=True, exist_ok=True)
    (dagster_home / "dagster.yaml").write_text(_ON_POSTGRES.format(url=url))
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("DAGSTER_HOME", str(dagster_home))


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an empty installation."""
    if request.param == "postgres":
        url = new_database(request.getfixturevalue("postgres"))
        use_postgres(url, home / "dagster", monkeypatch)
    return Settings.read()
