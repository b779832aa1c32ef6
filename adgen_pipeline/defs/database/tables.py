"""Dagster's tables on Postgres: which version they are of, made whole or not at all, brought up to date.

Dagster makes its tables in some ten steps when an instance is first opened, and two processes that do so at once leave
one that nobody can open; tables of another version it uses as far as they go. Here, a first process makes all of them
in one transaction, and any but the version that is installed is refused.

This module rests on internals of Dagster's storage; they are used here and in `storage` alone.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from dagster._core.storage.event_log import SqlEventLogStorageMetadata
from dagster._core.storage.event_log.migration import ASSET_DATA_MIGRATIONS, EVENT_LOG_DATA_MIGRATIONS
from dagster._core.storage.runs import RunStorageSqlMetadata
from dagster._core.storage.runs.migration import OPTIONAL_DATA_MIGRATIONS, REQUIRED_DATA_MIGRATIONS
from dagster._core.storage.runs.schema import SecondaryIndexMigrationTable
from dagster._core.storage.schedules import ScheduleStorageSqlMetadata
from dagster._core.storage.schedules.migration import (
    OPTIONAL_SCHEDULE_DATA_MIGRATIONS,
    REQUIRED_SCHEDULE_DATA_MIGRATIONS,
)
from dagster._core.storage.sql import ALEMBIC_SCRIPTS_LOCATION, stamp_alembic_rev

from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.revisions import newer, older, one_at_a_time

TABLES = (RunStorageSqlMetadata, SqlEventLogStorageMetadata, ScheduleStorageSqlMetadata)

_VERSION_TABLE = "alembic_version"
_CHANGES_OF_ROWS = (
    *REQUIRED_DATA_MIGRATIONS,
    *OPTIONAL_DATA_MIGRATIONS,
    *EVENT_LOG_DATA_MIGRATIONS,
    *ASSET_DATA_MIGRATIONS,
    *REQUIRED_SCHEDULE_DATA_MIGRATIONS,
    *OPTIONAL_SCHEDULE_DATA_MIGRATIONS,
)
"""What Dagster marks as done where there were no rows to change."""


def prepare(database: Database) -> None:
    """See that the tables are those of the Dagster that is installed. Raises SchemaMismatch where they are not."""
    try:
        if found_in(database) is None:
            with database.write() as connection:
                one_at_a_time(connection)
                if _revision(connection) is None:
                    _make(connection)
        check(database.told, found_in(database))
    finally:
        database.close()


def upgrade(database: Database) -> None:
    """Bring the tables up to date by Dagster's own migrations, one after the other; for one process at a time.

    Some of them cannot be part of a transaction. Broken off, the tables stay at the last one that was done, every
    door stays closed, and the next upgrade goes on from there. Raises SchemaMismatch where they are a newer version's.
    """
    found = found_in(database)
    if found is None or found == wanted():
        prepare(database)
        return
    _refuse_newer(database.told, found)
    from dagster_postgres import DagsterPostgresStorage  # a package that only Postgres needs

    url = database.engine.url.render_as_string(hide_password=False)
    storage: Any = DagsterPostgresStorage(url, should_autocreate_tables=False)
    storage.run_storage.upgrade()  # the tables of all three, which have one version
    storage.run_storage.migrate()
    storage.event_log_storage.reindex_assets()
    storage.schedule_storage.migrate()
    check(database.told, found_in(database))


def check(told: str, found: str | None) -> None:
    """Raises SchemaMismatch, with the way out, unless the revision `found` is that of the Dagster installed."""
    if found != wanted():
        _refuse_newer(told, found)
        raise older(told, found, wanted())


def found_in(database: Database) -> str | None:
    """The revision of Dagster's tables, or None where there are none."""
    with database.read() as connection:
        return _revision(connection)


@lru_cache
def wanted() -> str:
    """The revision that the Dagster installed works with."""
    return str(_migrations().get_current_head())


def _revision(connection: sa.Connection) -> str | None:
    known = sa.inspect(connection).has_table(_VERSION_TABLE)
    return connection.scalar(sa.text(f"SELECT version_num FROM {_VERSION_TABLE}")) if known else None


def _refuse_newer(told: str, found: str | None) -> None:
    if found is not None and found not in {script.revision for script in _migrations().walk_revisions()}:
        raise newer(told, found, wanted())


def _make(connection: sa.Connection) -> None:
    for tables in TABLES:
        tables.create_all(connection)
    done = [{"name": name, "migration_completed": datetime.now()} for name in dict.fromkeys(_CHANGES_OF_ROWS)]
    connection.execute(sa.insert(SecondaryIndexMigrationTable), done)
    stamp_alembic_rev(_config(), connection)


def _migrations() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", ALEMBIC_SCRIPTS_LOCATION)
    return config
