"""Deleting and copying exclude each other: a back-up names only files that are there."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager

import sqlalchemy as sa

from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.settings import Settings

_ADVISORY_LOCK = 0x7570_6B65  # "upke"


class UnderWay(AdgenError):
    """Another `adgen retention --delete` or `adgen backup` is at work on the same state."""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Be the only one at work on this state: on this machine by a file lock, on Postgres on all machines.

    Raises UnderWay where somebody else is, LedgerError where the server is out of reach.
    """
    told = "another `adgen retention --delete` or `adgen backup` is at work: wait until it has ended"
    with (settings.make_home() / "upkeep.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UnderWay(told) from None
        with _on_server(settings) as mine:
            if not mine:
                raise UnderWay(f"{told}, maybe on another machine")
            yield


@contextmanager
def _on_server(settings: Settings) -> Iterator[bool]:
    """Whether the server, if there is one, gave the lock; it is let go of when the connection ends, however it does."""
    if not settings.on_postgres:
        yield True
        return
    with closing(open_database(settings)) as database, database.outside_of_transactions() as connection:
        yield bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_ADVISORY_LOCK))))
