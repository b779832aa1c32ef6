"""Where the ledger's database is, and how it is opened: by many processes at once, also while it is still empty."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.errors import LedgerError
from adgen_pipeline.ledger.book import Ledger
from adgen_pipeline.ledger.database import BUSY_SECONDS, Database
from adgen_pipeline.ledger.schema import REVISION, VERSION_TABLE
from adgen_pipeline.settings import Settings

_ADVISORY_LOCK = 0x61646765  # "adge"


def open_ledger(settings: Settings, *, connections: int = 1) -> Ledger:
    """Open the ledger that `settings` name, and bring its tables up to date.

    DATABASE_URL, or `ledger.db` in the state folder. Raises LedgerError when it cannot be reached, or was written by
    a newer version of this package. A ledger is for one process: open another after a fork. Of those to Postgres it
    keeps so many `connections`; others are opened for a moment, which takes some 10 ms each.
    """
    database = Database(_engine(database_url(settings), connections))
    try:
        _prepare(database)
    except BaseException:
        database.engine.dispose()
        raise
    return Ledger(database, settings.cost_warning, str(settings.webhook_url) if settings.webhook_url else None)


def database_url(settings: Settings) -> sa.URL:
    """The database's URL for the drivers we use, whichever driver it was written for."""
    if settings.database_url is None:
        return sa.URL.create("sqlite", database=str(settings.home / "ledger.db"))
    url = sa.make_url(settings.database_url.get_secret_value())
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite")
    query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
    return url.set(drivername="postgresql+psycopg2", query=query)


def _engine(url: sa.URL, connections: int) -> sa.Engine:
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").absolute()
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}}
        return sa.create_engine(url.set(database=str(file)), json_serializer=_as_json, **options)
    options = {"isolation_level": "READ COMMITTED", "pool_pre_ping": True, "connect_args": {"connect_timeout": 10}}
    # Tens of ads at once share the server's hundred connections: each keeps one, and takes more for moments only.
    options |= {"pool_size": connections, "max_overflow": 20}
    try:
        return sa.create_engine(url, json_serializer=_as_json, **options)
    except ModuleNotFoundError as error:
        raise LedgerError("DATABASE_URL needs a driver: pip install 'adgen-pipeline[postgres]'") from error


def _prepare(database: Database) -> None:
    """Bring the tables up to date, one process at a time."""
    if database.is_sqlite:
        with _alone(Path(database.engine.url.database or "")):
            database.use_write_ahead_log()
            with database.write() as connection:
                _migrate(connection)
    else:
        with database.write() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))
            _migrate(connection)


def _migrate(connection: sa.Connection) -> None:
    known = sa.inspect(connection).has_table(VERSION_TABLE)
    found = connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")) if known else None
    if found == REVISION:
        return
    from adgen_pipeline.ledger.migrations import upgrade

    upgrade(connection)


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Only one process at a time opens the SQLite `database`."""
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        file = database.with_name(f"{database.name}.lock").open("a")
    except OSError as error:
        raise LedgerError(f"the ledger cannot be kept in {database.parent}: {error.strerror}") from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


_as_json = partial(json.dumps, default=str)
