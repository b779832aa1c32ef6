"""One database, reached by transactions that either read or write; SQLite and Postgres behave alike behind it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from adgen_pipeline.errors import LedgerError

BUSY_SECONDS = 30.0
"""How long a SQLite writer waits for the others."""


class Database:
    """Transactions over an engine. Raises LedgerError where the database cannot be reached, read or written."""

    def __init__(self, engine: sa.Engine, holds: str = "the ledger"):
        self.engine = engine
        self._holds = holds
        self._writer = engine
        if self.is_sqlite:
            _leave_transactions_to_us(engine)
            # A writer that began by reading could not be let in later: it would have read what is no longer true.
            self._writer = engine.execution_options(begin="BEGIN IMMEDIATE")

    @property
    def is_sqlite(self) -> bool:
        """SQLite, or else Postgres."""
        return self.engine.dialect.name == "sqlite"

    @property
    def told(self) -> str:
        """What it holds and where it is, for people: without its password."""
        where = self.engine.url.set(query={}).render_as_string(hide_password=True)
        return f"{self._holds} {where}"

    def use_write_ahead_log(self) -> None:
        """Let readers of a SQLite file go on while one writes. The file remembers; changing it waits for nobody."""
        with self._said_plainly("opened"), self.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL").close()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of things."""
        with self._said_plainly("read"), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that holds whole or not at all; on SQLite the only one that writes at the time."""
        with self._said_plainly("written"), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def outside_of_transactions(self) -> Iterator[sa.Connection]:
        """Each statement on its own, such as a lock that outlasts transactions."""
        with self._said_plainly("reached"), self.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    @contextmanager
    def _said_plainly(self, what: str) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, PoolTimeoutError) as error:
            told = str(getattr(error, "orig", error)).strip().partition("\n")[0]
            raise LedgerError(f"{self.told} cannot be {what}: {told}") from error


def now(connection: sa.Connection) -> datetime:
    """The time on the one clock that all processes share: this machine's for SQLite, the server's for Postgres."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    return connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one().astimezone(UTC)


def insert(connection: sa.Connection, table: sa.Table) -> Any:
    """An INSERT that knows ON CONFLICT, in the connection's dialect."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def _leave_transactions_to_us(engine: sa.Engine) -> None:
    """Keep Python's driver from beginning transactions of its own, late and without a lock."""

    @event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _(connection: sa.Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
