"""What a run has to tell Dagster waits for a database server that restarts.

Dagster tries to connect for six seconds, and tries nothing anew that was under way when the server went: the step
whose event could not be stored would fail, and with it an ad that has nothing wrong with it. Here, the run waits as
long as it does for the ledger, stores the event then, and no event twice.

This module rests on internals of Dagster's storage; they are used here and nowhere else.
"""

import inspect
import logging
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import sqlalchemy as sa
from dagster._core.events import ASSET_CHECK_EVENTS, ASSET_EVENTS
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log import SqlEventLogStorageTable
from dagster._serdes import serialize_value
from sqlalchemy.exc import DBAPIError, OperationalError

from adgen_pipeline.ledger import RUN_PATIENCE

_PAUSE_SECONDS = 1.0

_log = logging.getLogger(__name__)


@contextmanager
def patient(storage: Any) -> Iterator[None]:
    """All that is asked of this one storage waits as long as this lasts; another run of the process shares it."""
    connect = "_connect" if hasattr(storage, "_connect") else "connect"
    if connect in vars(storage):
        yield
        return
    ours = {name: partial(_again, getattr(storage, name)) for name in _public_methods(storage)}
    ours |= {connect: partial(_connected, storage)}
    if hasattr(storage, "store_event"):
        ours["store_event"] = partial(_store, storage, storage.store_event)
    vars(storage).update(ours)
    try:
        yield
    finally:
        for name in ours:
            delattr(storage, name)


def _public_methods(storage: Any) -> list[str]:
    """That do something when called; those that hand out a connection do nothing yet."""
    found = inspect.getmembers(type(storage), inspect.isfunction)
    return [name for name, method in found if not name.startswith("_") and not hasattr(method, "__wrapped__")]


@contextmanager
def _connected(storage: Any) -> Iterator[sa.Connection]:
    connection: sa.Connection = _again(lambda: storage._engine.connect())
    try:
        yield connection
    finally:
        connection.close()


def _store(log: Any, store: Callable[[EventLogEntry], None], event: EventLogEntry) -> None:
    """Dagster's own way; where it was broken off, what is missing of it."""
    try:
        store(event)
    except DBAPIError as error:
        _wait_for(error, until=math.inf)
        _again(_complete, log, store, event)


def _complete(log: Any, store: Callable[[EventLogEntry], None], event: EventLogEntry) -> None:
    number = _number_of(log, event)
    if number is None:
        store(event)
    else:
        _index(log, event, number)


def _again(method: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """The method's answer, asked for anew where the server broke it off."""
    until = time.monotonic() + RUN_PATIENCE
    while True:
        try:
            return method(*given, **named)
        except DBAPIError as error:
            _wait_for(error, until)


def _wait_for(error: DBAPIError, until: float) -> None:
    """A moment, for a server that is away; an `error` of another kind, or one that comes too late, is raised."""
    reached = isinstance(error, OperationalError) and error.statement is None
    if not (error.connection_invalidated or reached) or time.monotonic() > until:
        raise error
    _log.warning("Dagster's storage is away; waiting for it: %s", str(error.orig).strip().partition("\n")[0])
    time.sleep(_PAUSE_SECONDS)


def _number_of(log: Any, event: EventLogEntry) -> int | None:
    """Under which number the event was stored, if it was: Dagster does so first, and by itself."""
    events = SqlEventLogStorageTable.c
    query = sa.select(events.id).where(events.run_id == event.run_id, events.event == serialize_value(event))
    with log._connect() as connection:
        return connection.scalar(query)


def _index(log: Any, event: EventLogEntry, number: int) -> None:
    """What Dagster stores of an event beside it: for the asset's pages, and for those of its checks."""
    told = event.dagster_event
    if told is None:
        return
    if told.event_type in ASSET_EVENTS and told.asset_key:
        with log.index_transaction() as connection:
            log._store_asset_event_tags(connection, [event], [number])
            log._store_asset_event(connection, event, number)
    if told.event_type in ASSET_CHECK_EVENTS:
        log.store_asset_check_event(event, number)
