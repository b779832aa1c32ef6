"""Connections to Dagster's storage that stay open while a run lasts.

Dagster opens its databases anew for every event, and closes them again: right for a web server that looks at
thousands of runs, but most of what an event of one run costs. A run writes some 150 events into the same two files, or
to the same server. Each event is still committed before the step goes on.

This module rests on internals of Dagster's storage; they are used here and nowhere else.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from typing import Any

import sqlalchemy as sa
from dagster import DagsterInstance
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.runs.sqlite.sqlite_run_storage import SqliteRunStorage

from adgen_pipeline.defs.database.waiting import patient
from adgen_pipeline.ledger.database import end_when_still

_BUSY_SECONDS = 60.0
"""How long a SQLite writer waits for the others, with tens of ads at once."""

_POOL = {"statement_timeout": 60_000, "pool_recycle": 600, "max_overflow": 20}
"""Milliseconds a statement may take, seconds a connection is used, connections for moments beside the one kept."""


@contextmanager
def kept_open(instance: DagsterInstance) -> Iterator[None]:
    """Keep `instance`'s connections open as long as this lasts: one a SQLite file; on a server, one for events.

    A server's run storage is asked a few times only, and tens of ads share its hundred connections. Where one run
    of a process keeps them already, another one shares them, and connects as Dagster does once that has ended.
    """
    with ExitStack() as stack:
        for storage in (instance.event_log_storage, instance.run_storage):
            stack.enter_context(_kept(storage))
        yield


def keep_for_a_webserver(instance: DagsterInstance, statement_timeout: int, pool_recycle: int, overflow: int) -> None:
    """Keep connections as Dagster's own webserver does (ms, s, and how many for moments), but none that is dead.

    A server that restarts cuts them. Dagster's pools find out one by one, each by a failure: a run whose first event
    meets it is left half launched.
    """
    instance.optimize_for_webserver(statement_timeout, pool_recycle, overflow)
    for storage in (instance.event_log_storage, instance.run_storage, instance.schedule_storage):
        engine = getattr(storage, "_engine", None)
        if isinstance(engine, sa.Engine) and engine.dialect.name == "postgresql":
            _watch(engine)


def _kept(storage: Any) -> AbstractContextManager[None]:
    if isinstance(storage, SqliteEventLogStorage):
        return _replaced(storage, "_connect", _events_connection)
    if isinstance(storage, SqliteRunStorage):
        return _replaced(storage, "connect", _runs_connection)
    opens_anew = isinstance(getattr(getattr(storage, "_engine", None), "pool", None), sa.NullPool)
    if isinstance(storage, SqlEventLogStorage) and opens_anew:
        return _pooled(storage)
    return patient(storage) if opens_anew else nullcontext()


@contextmanager
def _pooled(log: Any) -> Iterator[None]:
    """Dagster's own pool for a server that is asked all the time."""
    before = log._engine
    log.optimize_for_webserver(**_POOL)
    pooled = log._engine
    _watch(pooled)
    try:
        with patient(log):
            yield
    finally:
        log._engine = before
        pooled.dispose()


def _watch(engine: sa.Engine) -> None:
    """Let no dead connection out of the engine's pool, and no transaction stand still: see `end_when_still`."""
    sa.event.listen(engine, "checkout", partial(_check_that_it_lives, engine.dialect))
    sa.event.listen(engine, "begin", _end_when_still)


def _end_when_still(connection: sa.Connection) -> None:
    """Most of Dagster's statements are on their own; where it wants a transaction, it says which."""
    if "isolation_level" in connection.get_execution_options():
        end_when_still(connection)


def _check_that_it_lives(dialect: sa.Dialect, connection: Any, _record: Any, _proxy: Any) -> None:
    """A connection may have been cut while it was not used; told so, the pool makes a new one."""
    try:
        alive = dialect.do_ping(connection)
    except Exception as error:
        raise sa.exc.DisconnectionError from error
    if not alive:
        raise sa.exc.DisconnectionError


class _Engines:
    """One engine a database, all let go of at the end."""

    def __init__(self) -> None:
        self._of: dict[str, sa.Engine] = {}

    def of(self, url: str) -> sa.Engine:
        return self._of.get(url) or self._of.setdefault(url, _engine(url))

    def dispose(self) -> None:
        for engine in self._of.values():
            engine.dispose()


def _engine(url: str) -> sa.Engine:
    engine = sa.create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, max_overflow=-1)

    @sa.event.listens_for(engine, "connect")
    def _(connection: Any, _record: Any) -> None:
        # A power cut may take the last events of a run that it ended anyway; what was paid stands in the ledger.
        connection.execute("PRAGMA synchronous = NORMAL")

    return engine


@contextmanager
def _replaced(storage: Any, name: str, connection: Any) -> Iterator[None]:
    """Let this one `storage` connect by `connection` instead of its class's way."""
    if name in vars(storage):
        yield
        return
    engines = _Engines()
    setattr(storage, name, partial(connection, storage, engines))
    try:
        yield
    finally:
        delattr(storage, name)
        engines.dispose()


@contextmanager
def _events_connection(log: SqliteEventLogStorage, engines: _Engines, shard: str) -> Iterator[sa.Connection]:
    """To the file of a run, or to the index of all; made if need be, and used by one thread at a time, as ever."""
    with log._db_lock:
        engine = engines.of(log.conn_string_for_shard(shard))
        if shard not in log._initialized_dbs:
            log._initdb(engine)
            log._initialized_dbs.add(shard)
        with engine.begin() as connection:
            yield connection


@contextmanager
def _runs_connection(runs: SqliteRunStorage, engines: _Engines) -> Iterator[sa.Connection]:
    with engines.of(runs._conn_string).begin() as connection:
        yield connection
