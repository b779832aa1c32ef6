"""Dagster's tables beside the ledger's: the same that Dagster makes, and refused where they are another version's."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from dagster import DagsterInstance
from dagster._core.storage.sql import run_alembic_downgrade
from dagster_postgres import DagsterPostgresStorage

from adgen_pipeline.defs.connections import kept_open
from adgen_pipeline.defs.database import tables
from adgen_pipeline.defs.database.upgrading import upgrade
from adgen_pipeline.defs.instance import open_instance, prepare_home
from adgen_pipeline.errors import InvalidSetting, SchemaMismatch
from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.opening import database_url, open_database
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.postgres import new_database

OLDER = "6b7fb194ff9c"
"""Before the column `using_default_limit`."""


@pytest.fixture
def url(postgres: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database, in a spelling of another driver's and behind a password that is not to be seen."""
    url = new_database(postgres).replace("postgresql://postgres:@", "postgresql+asyncpg://postgres:s3cret@")
    monkeypatch.setenv("DATABASE_URL", url)
    return url


@pytest.fixture
def storage(url: str) -> Iterator[Database]:
    storage = open_database(Settings.read(), holds="Dagster's storage")
    yield storage
    storage.engine.dispose()


def _shape(database: Database) -> dict[str, Any]:
    """Tables with their columns and indexes, and what is marked as done."""
    with database.read() as connection:
        looked = sa.inspect(connection)
        shape: dict[str, Any] = {
            name: (
                [(column["name"], str(column["type"]), column["nullable"]) for column in looked.get_columns(name)],
                sorted(str(index["name"]) for index in looked.get_indexes(name)),
                looked.get_pk_constraint(name),
            )
            for name in looked.get_table_names()
        }
        shape["done"] = set(connection.scalars(sa.text("SELECT name FROM secondary_indexes")))
        shape["revision"] = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return shape


def test_they_are_those_that_dagster_makes(storage: Database, postgres: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made in one transaction, they differ in nothing from those of Dagster's own ten steps."""
    tables.prepare(storage)
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    theirs = open_database(Settings.read())
    DagsterPostgresStorage(database_url(Settings.read()).render_as_string(hide_password=False))
    assert _shape(theirs) == _shape(storage)
    theirs.engine.dispose()


def test_dagsters_own_commands_find_the_database_by_themselves(url: str) -> None:
    """By DAGSTER_HOME alone, whose file holds no secret; runs are in the database then, and no file is."""
    home = prepare_home()
    with open_instance() as instance:
        instance.add_dynamic_partitions("some", ["one"])
    assert "s3cret" not in (home / "dagster.yaml").read_text() and not list(home.rglob("*.db"))
    command = [sys.executable, "-m", "dagster", "instance", "info"]
    told = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    assert "PostgresRunStorage" in told.stdout and tables.wanted() in told.stdout
    assert "s3cret" not in told.stdout + told.stderr


def test_a_process_that_does_not_find_it_is_told(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of beginning a second history in files."""
    home = prepare_home()
    monkeypatch.delenv("DATABASE_URL")
    with pytest.raises(InvalidSetting, match="DATABASE_URL: names no Postgres here"):
        DagsterInstance.from_config(str(home))


def test_older_tables_are_refused_until_they_are_upgraded(storage: Database) -> None:
    """Both parts by one command; what was in them is still there, and a second time changes nothing."""
    with open_instance() as instance:
        instance.add_dynamic_partitions("some", ["one"])
    with storage.outside_of_transactions() as connection:
        run_alembic_downgrade(tables._config(), connection, OLDER)
    with pytest.raises(SchemaMismatch, match=f"Dagster's storage .*revision {OLDER}.*run `adgen db upgrade`") as caught:
        open_instance()
    assert "s3cret" not in caught.value.message
    for before in (OLDER, tables.wanted()):
        changes = {new.of: (old.found, new.found) for old, new in upgrade(Settings.read(), print)}
        assert changes["Dagster"] == (before, tables.wanted())
    with open_instance() as instance:
        assert instance.get_dynamic_partitions("some") == ["one"]


def test_newer_tables_are_left_alone(storage: Database) -> None:
    """By every door and by the upgrade; and the ledger, which could be upgraded, is left alone, too."""
    tables.prepare(storage)
    with storage.write() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = 'ffffffffffff'"))
    for door in (open_instance, lambda: upgrade(Settings.read(), print)):
        with pytest.raises(SchemaMismatch, match=r"newer version .*revision ffffffffffff"):
            door()
    with storage.read() as connection:
        assert not sa.inspect(connection).has_table("ledger_version")


def test_dagsters_connections_are_watched_as_the_ledgers_are(url: str) -> None:
    """Where the network goes silent, they end: those for moments, and those that a run keeps."""
    with open_instance() as opened:
        log: Any = opened.event_log_storage
        assert {part._engine.url.query["tcp_user_timeout"] for part in (log, opened.run_storage)} == {"20000"}
        with kept_open(opened), log.index_connection() as connection:
            assert connection.engine.url.query["keepalives_idle"] == "10"
