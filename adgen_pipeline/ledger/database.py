"""One database, reached by transactions that either read or write; SQLite and Postgres behave alike behind it."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from adgen_pipeline.errors import LedgerError, LedgerRefused, LedgerUnavailable

BUSY_SECONDS = 30.0
"""How long a SQLite writer waits for the others."""

STILL_SECONDS = 15.0
"""How long a transaction on a server may stand still: that of a process that is frozen, or gone with its machine."""

_PAUSE_SECONDS = 0.5
"""Between two tries to reach a server that is away."""

_COLLISIONS = ("40P01", "40001")
"""By Postgres' codes: transactions that waited for each other (a deadlock), or that could not have been in turn."""

_COLLISIONS_IN_A_ROW = 5
"""After so many, it is no accident."""

_REFUSALS = ("password authentication failed", "no password supplied", "does not exist", "no pg_hba.conf entry")
"""By the words of Postgres: the driver tells no code of a connection that was not made."""

_log = logging.getLogger(__name__)


class _Number(sa.types.UserDefinedType[str]):
    """Of a transaction in Postgres (13 and later): 64 bits that never come again."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Its name there."""
        return "xid8"


class Cut(LedgerUnavailable):
    """The server ended the connection in the middle of a transaction, of which nothing holds."""


class Collided(LedgerUnavailable):
    """The server broke off a transaction, of which nothing holds, to let another one go on."""


class InDoubt(LedgerUnavailable):
    """The server went as a transaction was to hold, and cannot be asked whether it does: it is not to be done anew."""


class Database:
    """Transactions over an engine. Raises LedgerError where the database cannot be read or written: LedgerUnavailable
    where its server cannot be reached, LedgerRefused where that lets nobody in by DATABASE_URL.

    `patience` is how many seconds a server that is away is waited for, one that restarts or has no connection to
    spare. `holds` says what is kept in the database, where something goes wrong.
    """

    def __init__(self, engine: sa.Engine, holds: str = "the ledger", patience: float = 0.0):
        self.engine = engine
        self._holds, self._patience = holds, patience
        self._reader = self._writer = engine
        if self.is_sqlite:
            _leave_transactions_to_us(engine)
            # A writer that began by reading could not be let in later: it would have read what is no longer true.
            self._writer = engine.execution_options(begin="BEGIN IMMEDIATE")
        else:
            # A writer is to see what others wrote while it waited for them; a reader, the same from first to last.
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")

    @property
    def is_sqlite(self) -> bool:
        """SQLite, or else Postgres."""
        return self.engine.dialect.name == "sqlite"

    @property
    def file(self) -> Path | None:
        """Its SQLite file; None on a server."""
        return Path(self.engine.url.database or "") if self.is_sqlite else None

    @property
    def where(self) -> str:
        """Its URL, for people: without its password."""
        return self.engine.url.set(query={}).render_as_string(hide_password=True)

    @property
    def told(self) -> str:
        """What it holds and where it is, for people."""
        return f"{self._holds} {self.where}"

    def close(self) -> None:
        """Let go of its connections."""
        self.engine.dispose()

    def use_write_ahead_log(self) -> None:
        """Let readers of a SQLite file go on while one writes. The file remembers; changing it waits for nobody."""
        with self._said_plainly("opened"), self.engine.connect() as connection:
            connection.connection.cursor().execute("PRAGMA journal_mode = WAL").close()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of things."""
        with self._said_plainly("read"), self._transaction(self._reader) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that holds whole or not at all; on SQLite the only one that writes at the time."""
        with self._said_plainly("written"), self._transaction(self._writer) as connection:
            end_when_still(connection)
            yield connection

    def again(self, action: Callable[[], Any]) -> Any:
        """`action`, done anew where the server broke it off before it held: as long as there is patience where it went,
        and at once where it let another transaction go on."""
        for _ in self._waits():
            with suppress(Cut):
                return _in_turn(action)
        return _in_turn(action)

    @contextmanager
    def _transaction(self, engine: sa.Engine) -> Iterator[sa.Connection]:
        number = None
        with self._connected(engine) as connection:
            try:
                with connection.begin():
                    yield connection
                    number = self._number_of(connection) if engine is self._writer else None
            except DBAPIError as error:
                if getattr(error.orig, "pgcode", None) in _COLLISIONS:
                    raise Collided(self._plainly("written beside others", error)) from error
                if not error.connection_invalidated:
                    raise
                if number is None or not self._was_committed(number):
                    raise Cut(self._plainly("reached any more", error)) from error

    def _number_of(self, connection: sa.Connection) -> str | None:
        """The transaction's, where it has written on a server; None else."""
        if self.is_sqlite:
            return None
        number = sa.cast(sa.func.pg_current_xact_id_if_assigned(), sa.Text)
        return connection.scalar(sa.select(number))

    def _was_committed(self, number: str) -> bool:
        """Whether the transaction `number` was committed, where the server went before it could say so.

        Who has patience asks until the server answers, however long it is away: a guess would book twice, or lose.
        """
        told = self._status_of(number)
        if told is None:
            in_doubt = f"{self.told}: the server went as a transaction was to hold, and may have kept it"
            if not self._patience:
                raise InDoubt(f"{in_doubt}; look before it is done again")
            _log.warning("%s; asking until the server answers", in_doubt)
        while told is None:
            time.sleep(_PAUSE_SECONDS)
            told = self._status_of(number)
        return told

    def _status_of(self, number: str) -> bool | None:
        """Whether the transaction `number` holds; None where that is not known yet."""
        status = sa.func.pg_xact_status(sa.cast(sa.literal(number), _Number))
        try:
            with self.engine.connect() as connection:
                told = connection.scalar(sa.select(status))
        except DataError:  # "is in the future": of a server that took over before it had heard of the transaction
            return False
        except (DBAPIError, PoolTimeoutError):
            return None
        return told == "committed" if told in ("committed", "aborted") else None

    def _connected(self, engine: sa.Engine) -> sa.Connection:
        for _ in self._waits():
            with suppress(OperationalError):
                return engine.connect()
        return engine.connect()

    def _waits(self) -> Iterator[None]:
        """One for each try but the last, with a pause after it."""
        until = time.monotonic() + self._patience
        while time.monotonic() < until:
            yield
            time.sleep(_PAUSE_SECONDS)

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
            raise self._kind_of(error)(self._plainly(what, error)) from error

    def _kind_of(self, error: Exception) -> type[LedgerError]:
        if self.is_sqlite or not isinstance(error, OperationalError | PoolTimeoutError):
            return LedgerError
        return LedgerRefused if any(words in str(error) for words in _REFUSALS) else LedgerUnavailable

    def _plainly(self, what: str, error: Exception) -> str:
        told = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        way_out = "" if self.is_sqlite else "; check DATABASE_URL: `adgen doctor` says more"
        return f"{self.told} cannot be {what}: {told}{way_out}"


def _in_turn(action: Callable[[], Any]) -> Any:
    for _ in range(_COLLISIONS_IN_A_ROW):
        with suppress(Collided):
            return action()
    return action()


_C = TypeVar("_C", bound=type)


def patient(book: _C) -> _C:
    """Let each method of a class over `_database` be done anew where the server broke it off (see `Database.again`)."""
    for name, method in list(vars(book).items()):
        if isinstance(method, FunctionType) and not name.startswith("_"):
            setattr(book, name, _done_anew(method))
    return book


def _done_anew(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def patiently(self: Any, *given: Any, **named: Any) -> Any:
        return self._database.again(lambda: method(self, *given, **named))

    return patiently


def now(connection: sa.Connection) -> datetime:
    """The time on the one clock that all processes share: this machine's for SQLite, the server's for Postgres."""
    if connection.dialect.name == "sqlite":
        return datetime.now(UTC)
    return connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one().astimezone(UTC)


def end_when_still(transaction: sa.Connection) -> None:
    """Have the server end the transaction where it stands still for `STILL_SECONDS`: others wait for what it holds.

    Of this transaction alone: a proxy may give the next one to somebody else. What waits in the server, for a lock or
    for a long statement to end, does not stand still.
    """
    if transaction.dialect.name == "postgresql":
        milliseconds = round(STILL_SECONDS * 1000)
        transaction.execute(sa.text(f"SET LOCAL idle_in_transaction_session_timeout = {milliseconds}"))


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
