"""A database of another version: brought up to date by one command, refused until then, never changed by half."""

import multiprocessing
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from adgen_pipeline.errors import SchemaMismatch
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.migrations import _config
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.revisions import bring_up_to_date, found_in
from adgen_pipeline.ledger.schema import REVISION, VERSION_TABLE
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.postgres import new_database

JOB = "INSERT INTO ledger_jobs (job_id, max_cost, warned, created_at) VALUES ('old', 10000000, false, now())"


@pytest.fixture
def server(postgres: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An empty database, behind a password that is not to be seen."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres).replace("postgres:@", "postgres:s3cret@"))
    return Settings.read()


@pytest.fixture
def older(server: Settings) -> Iterator[Database]:
    """A ledger as the first three migrations leave it, with one job in it."""
    database, config = open_database(server), _config()
    with database.write() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(sa.text(JOB))
    yield database
    database.engine.dispose()


def test_an_older_ledger_is_refused_until_it_is_upgraded(server: Settings, older: Database) -> None:
    """The message names both revisions and the command, not the password; what was in it is still there."""
    with pytest.raises(SchemaMismatch, match=f"revision 0003.* needs {REVISION}: run `adgen db upgrade`") as caught:
        open_ledger(server)
    assert "s3cret" not in caught.value.message and found_in(older) == "0003"
    bring_up_to_date(older)
    with open_ledger(server) as ledger:
        assert [(job.job_id, job.max_cost) for job in ledger.jobs()] == [("old", 10)]


def test_two_upgrades_at_once(server: Settings, older: Database) -> None:
    """Each column is added once; whoever comes second finds nothing to do."""
    older.engine.dispose()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_upgrade, [server, server]) == [REVISION, REVISION]
    open_ledger(server).close()


def test_an_upgrade_that_fails_changes_nothing(older: Database) -> None:
    """A column that is in the way at the last step: the revision and the tables are as they were."""
    with older.write() as connection:
        connection.execute(sa.text("ALTER TABLE ledger_jobs ADD COLUMN delivered text"))
    with pytest.raises(Exception, match="delivered"):
        bring_up_to_date(older)
    assert found_in(older) == "0003"


def test_a_newer_ledger_is_not_upgraded_either(server: Settings) -> None:
    """There is no way back; the package is to be updated."""
    open_ledger(server).close()
    database = open_database(server)
    with database.write() as connection:
        connection.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    for door in (lambda: open_ledger(server), lambda: bring_up_to_date(database)):
        with pytest.raises(SchemaMismatch, match=r"newer version .*revision 9999.*update this installation"):
            door()
    database.engine.dispose()


def _upgrade(settings: Settings) -> str | None:
    database = open_database(settings)
    try:
        bring_up_to_date(database)
        return found_in(database)
    finally:
        database.engine.dispose()
