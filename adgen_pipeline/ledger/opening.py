"""Where the ledger's database is, and how it is opened."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.errors import LedgerError
from adgen_pipeline.ledger.book import Ledger
from adgen_pipeline.ledger.database import BUSY_SECONDS, Database
from adgen_pipeline.ledger.revisions import prepare
from adgen_pipeline.settings import Settings

RUN_PATIENCE = 60.0
"""Seconds for which a run waits for a database server that restarts, or has no connection to spare."""

_WATCH = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
"""When a network that has gone silent counts as cut: seconds, and milliseconds without an answer to what was sent. By
themselves, systems wait for a quarter of an hour, or for ever. Known to libpq as part of the URL; one written there
by hand counts."""


def open_ledger(settings: Settings, *, connections: int = 1, patience: float = 0.0) -> Ledger:
    """Open the ledger that `settings` name.

    DATABASE_URL, or `ledger.db` in the state folder. An empty database is given its tables; those of an older version
    of this package are brought up to date in a SQLite file, and left to `adgen db upgrade` on Postgres, where others
    may still need them as they are. Raises LedgerError when it cannot be reached, SchemaMismatch when its tables are
    not of this version. A ledger is for one process: open another after a fork. Of those to Postgres it keeps so many
    `connections`; others are opened for a moment, which takes some 10 ms each. A server that is away is waited for
    `patience` seconds, now and later; what was under way then is done anew.
    """
    database = open_database(settings, connections=connections, patience=patience)
    try:
        prepare(database)
    except BaseException:
        database.close()
        raise
    return Ledger(database, settings.cost_warning, str(settings.webhook_url) if settings.webhook_url else None)


def open_database(
    settings: Settings, *, connections: int = 1, holds: str = "the ledger", patience: float = 0.0
) -> Database:
    """The database itself, as it is; see `Database` for `holds` and `patience`."""
    return Database(_engine(database_url(settings), connections), holds, patience)


def database_url(settings: Settings) -> sa.URL:
    """The database's URL for the drivers we use, whichever driver it was written for."""
    if settings.database_url is None:
        return sa.URL.create("sqlite", database=str(settings.home / "ledger.db"))
    url = sa.make_url(settings.database_url.get_secret_value())
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite")
    query = {"sslmode" if name == "ssl" else name: value for name, value in url.query.items()}
    return url.set(drivername="postgresql+psycopg2", query=query)


def watchful(url: sa.URL) -> sa.URL:
    """The server's URL, for connections that end where nothing is heard of it any more, as after a failover."""
    return url.set(query={**_WATCH, **url.query})


def ledger_file(settings: Settings) -> Path | None:
    """The SQLite file that the ledger is in; None on Postgres."""
    return None if settings.on_postgres else Path(database_url(settings).database or "").absolute()


def _engine(url: sa.URL, connections: int) -> sa.Engine:
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "").absolute()
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_SECONDS}}
        return sa.create_engine(url.set(database=str(file)), json_serializer=_as_json, **options)
    options = {"isolation_level": "READ COMMITTED", "pool_pre_ping": True}
    # Tens of ads at once share the server's hundred connections: each keeps one, and takes more for moments only.
    options |= {"pool_size": connections, "max_overflow": 20}
    try:
        return sa.create_engine(watchful(url), json_serializer=_as_json, **options)
    except ModuleNotFoundError as error:
        raise LedgerError("DATABASE_URL needs a driver: pip install 'adgen-pipeline[postgres]'") from error


_as_json = partial(json.dumps, default=str)
