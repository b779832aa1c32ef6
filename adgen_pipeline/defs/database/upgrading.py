"""Which version of the tables the database has and this installation needs, and how the one becomes the other."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from adgen_pipeline.defs.database import tables
from adgen_pipeline.defs.instance import home_is_ours, open_instance, prepare_home
from adgen_pipeline.errors import SchemaMismatch
from adgen_pipeline.ledger import revisions
from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline.settings import Settings

_LOCK = 0x61646775  # "adgu"
_LOOK_SECONDS = 0.5


@dataclass(frozen=True)
class Tables:
    """The version of the tables `of` a part: the one `found` (None: there are none yet), and the one `wanted`.

    `mismatch` is what every door says where they cannot be worked with. None at all are made by whoever comes first.
    """

    of: str
    found: str | None
    wanted: str
    mismatch: SchemaMismatch | None = None


def found(settings: Settings) -> list[Tables]:
    """What the database has of the ledger and, unless a team keeps it in a home of its own, of Dagster."""
    with closing(open_database(settings)) as ledger:
        parts = [_ledgers(ledger)]
    return [*parts, _dagsters(settings)] if home_is_ours() else parts


def upgrade(settings: Settings, tell: Callable[[str], None]) -> list[tuple[Tables, Tables]]:
    """Bring all tables to this version: what there was of each part, and what there is now.

    The ledger's change in one transaction; Dagster's by its own steps, which go on where they were broken off. Done
    twice, or by two machines at once, nothing changes the second time. `tell` hears of a wait for the other. Raises
    SchemaMismatch, before anything is changed, where a newer version was at work, LedgerError where the database
    cannot be reached.
    """
    with closing(open_database(settings)) as ledger, _alone(ledger, tell):
        before = found(settings)
        for part in before:
            if part.mismatch and not part.mismatch.older:
                raise part.mismatch
        revisions.bring_up_to_date(ledger)
        if home_is_ours():
            upgrade_dagster(settings)
        return list(zip(before, found(settings), strict=True))


def upgrade_dagster(settings: Settings) -> None:
    """Dagster's tables alone. Raises SchemaMismatch where they are a newer version's."""
    if not settings.on_postgres:
        with open_instance() as instance:
            instance.upgrade()
        return
    with closing(open_database(settings, holds="Dagster's storage")) as storage:
        tables.upgrade(storage)


def _ledgers(ledger: Database) -> Tables:
    there = ledger.file is None or ledger.file.is_file()
    revision = revisions.found_in(ledger) if there else None
    return Tables("ledger", revision, REVISION, _mismatch(revisions.check, ledger.told, revision))


def _dagsters(settings: Settings) -> Tables:
    """Files of an older version Dagster works with as they are."""
    if not settings.on_postgres:
        return Tables("Dagster", _revision_of_files(), tables.wanted())
    with closing(open_database(settings, holds="Dagster's storage")) as storage:
        revision = tables.found_in(storage)
        return Tables("Dagster", revision, tables.wanted(), _mismatch(tables.check, storage.told, revision))


def _revision_of_files() -> str | None:
    if not (prepare_home() / "history").is_dir():
        return None
    with open_instance() as instance:
        version = instance.run_storage.alembic_version()
    return version[0] if version else None


def _mismatch(check: Callable[[str, str | None], None], told: str, revision: str | None) -> SchemaMismatch | None:
    try:
        if revision is not None:
            check(told, revision)
    except SchemaMismatch as mismatch:
        return mismatch
    return None


@contextmanager
def _alone(database: Database, tell: Callable[[str], None]) -> Iterator[None]:
    """Upgrades of one Postgres come one after the other; a file's tables are changed under a lock of the file's.

    Asked for again and again: a statement that waits in the database would itself be waited for by Dagster's steps.
    """
    if database.is_sqlite:
        yield
        return
    turn, end = sa.func.pg_try_advisory_lock(_LOCK), sa.func.pg_advisory_unlock(_LOCK)
    with database.outside_of_transactions() as connection:
        if not connection.scalar(sa.select(turn)):
            tell("Another `adgen db upgrade` is at work; waiting for its end.")
            while not connection.scalar(sa.select(turn)):
                time.sleep(_LOOK_SECONDS)
        try:
            yield
        finally:
            connection.execute(sa.select(end))
