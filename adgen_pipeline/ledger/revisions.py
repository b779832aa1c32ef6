"""Which version of the tables a database has: made where there are none, brought up to date, or refused."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from adgen_pipeline.errors import LedgerError, SchemaMismatch
from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.schema import REVISION, VERSION_TABLE

RESTORING = "restoring"
"""In place of a revision: a ledger that is not restored whole yet, or not settled. Every door refuses it."""

_ADVISORY_LOCK = 0x61646765  # "adge"
_VERSIONS = sa.Table(
    VERSION_TABLE,
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),
)
"""As Alembic makes it."""


def prepare(database: Database) -> None:
    """See that the tables are those of this version, made where there are none. Raises SchemaMismatch otherwise.

    A SQLite file is one machine's, and brought up to date at once.
    """
    if database.is_sqlite:
        bring_up_to_date(database)
        return
    if found_in(database) is None:
        with database.write() as connection:
            one_at_a_time(connection)
            if revision(connection) is None:
                migrate(connection)
    check(database.told, found_in(database))


def bring_up_to_date(database: Database) -> None:
    """The tables, whole or not at all, by one process at a time. Raises SchemaMismatch where they are a newer one's."""
    with _alone(database), database.write() as connection:
        one_at_a_time(connection)
        found = revision(connection)
        if found != REVISION:
            _refuse_newer(database.told, found)
            migrate(connection)


def check(told: str, found: str | None) -> None:
    """Raises SchemaMismatch, with the way out, unless the revision `found` is this version's."""
    if found != REVISION:
        _refuse_newer(told, found)
        raise older(told, found, REVISION)


def _refuse_newer(told: str, found: str | None) -> None:
    if found == RESTORING:
        way_out = "run `adgen backup restore` once more, which begins anew"
        raise SchemaMismatch(f"{told} is being restored; if that was broken off, {way_out}", older=False)
    from adgen_pipeline.ledger.migrations import knows  # Alembic takes 0.3 s to load

    if found is not None and not knows(found):
        raise newer(told, found, REVISION)


def found_in(database: Database) -> str | None:
    """The revision of the ledger's tables, or None where there are none."""
    with database.read() as connection:
        return revision(connection)


def revision(connection: sa.Connection) -> str | None:
    """The same within a transaction."""
    known = sa.inspect(connection).has_table(VERSION_TABLE)
    return connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")) if known else None


def set_revision(connection: sa.Connection, to: str) -> None:
    """Write that the tables are at the revision `to`, also where there are none yet."""
    _VERSIONS.create(connection, checkfirst=True)
    connection.execute(sa.delete(_VERSIONS))
    connection.execute(sa.insert(_VERSIONS).values(version_num=to))


def migrate(connection: sa.Connection) -> None:
    """Bring the tables, of a revision that is known, to this version's."""
    from adgen_pipeline.ledger.migrations import upgrade  # Alembic takes 0.3 s to load

    upgrade(connection)


def one_at_a_time(connection: sa.Connection) -> None:
    """Wait until nobody else changes the tables of a Postgres; theirs is the turn until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))


def older(what: str, found: str | None, wanted: str) -> SchemaMismatch:
    """What to say of tables that an older version made, which may still be at work on another machine."""
    way_out = "run `adgen db upgrade` on one machine, once no other works with the older version any more"
    told = f"{what} is at revision {found}, and this version of adgen-pipeline needs {wanted}"
    return SchemaMismatch(f"{told}: {way_out}", older=True)


def newer(what: str, found: str, wanted: str) -> SchemaMismatch:
    """What to say of tables that a newer version made."""
    told = f"{what} was written by a newer version of adgen-pipeline (revision {found}; this one knows {wanted})"
    return SchemaMismatch(f"{told}: update this installation", older=False)


@contextmanager
def _alone(database: Database) -> Iterator[None]:
    """Only one process at a time opens a SQLite file."""
    path = database.file
    if path is None:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.with_name(f"{path.name}.lock").open("a")
    except OSError as error:
        raise LedgerError(f"the ledger cannot be kept in {path.parent}: {error.strerror}") from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        database.use_write_ahead_log()
        yield
