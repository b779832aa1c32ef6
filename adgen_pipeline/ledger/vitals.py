"""How the work stands just now, for monitoring: what waits, what fails, how long calls take. Reads only.

Everything here is bounded, however long the ledger is: tables that are short, and the newest rows of long ones.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.ledger.database import Database, now
from adgen_pipeline.ledger.revisions import revision
from adgen_pipeline.ledger.schema import REVISION, breakers, calls, commissions, deliveries, jobs

CALL_SECONDS, JOB_SECONDS = 900.0, 3600.0
"""How far back recent calls and recently failed jobs go."""

_NEWEST_CALLS = 5000
_LONGEST_JOB = timedelta(days=2)
"""Jobs created before that are not looked through for one that failed just now."""


class RecentCall(Frozen):
    """A call that was written about lately. `seconds` it took, None where nothing was answered or paid; `code` of its
    failure."""

    service: str
    state: str
    reused: bool
    seconds: float | None
    code: str | None


class Circuit(Frozen):
    """A service that failed at least once since it last answered; `open_for` so many seconds more."""

    service: str
    failures: int
    open_for: float


class Waiting(Frozen):
    """How many wait for something, and how many seconds the first of them has waited."""

    number: int
    oldest: float


class Size(Frozen):
    """The database: bytes, its connections and how many it admits (None on SQLite), its schema's revision."""

    size: int
    connections: int | None
    most_connections: int | None
    revision: str
    wanted_revision: str


class Vital(Frozen):
    """All of it, of one moment."""

    circuits: list[Circuit]
    recent_calls: list[RecentCall]
    failed_jobs: dict[str, int]
    commissions: Waiting
    webhooks: Waiting
    webhooks_given_up: int
    size: Size


class Vitals:
    """Reads what others wrote. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database):
        self._database = database

    def read(self) -> Vital:
        """As of now."""
        with self._database.read() as connection:
            moment = now(connection)
            given_up = deliveries.c.due_at.is_(None), deliveries.c.delivered_at.is_(None)
            lost = sa.select(sa.func.count()).select_from(deliveries).where(*given_up)
            wanted = commissions.c.launched_at.is_(None), commissions.c.error.is_(None)
            return Vital(
                circuits=_circuits(connection, moment),
                recent_calls=_recent_calls(connection, moment),
                failed_jobs=_failed_jobs(connection, moment),
                commissions=_waiting(connection, moment, commissions.c.created_at, *wanted),
                webhooks=_waiting(connection, moment, deliveries.c.created_at, deliveries.c.due_at.is_not(None)),
                webhooks_given_up=connection.scalar(lost) or 0,
                size=_size(connection, self._database.is_sqlite),
            )


def _circuits(connection: sa.Connection, moment: datetime) -> list[Circuit]:
    return [
        Circuit(service=row.service, failures=row.failures, open_for=_until(row.open_until, moment))
        for row in connection.execute(sa.select(breakers))
    ]


def _recent_calls(connection: sa.Connection, moment: datetime) -> list[RecentCall]:
    """Of the newest calls, those that were written about lately."""
    newest = (connection.scalar(sa.select(sa.func.max(calls.c.id))) or 0) - _NEWEST_CALLS
    told = calls.c.response["seconds"].as_float(), calls.c.error["code"].as_string()
    query = sa.select(calls.c.service, calls.c.state, calls.c.reused_from, *told)
    lately = calls.c.updated_at > moment - timedelta(seconds=CALL_SECONDS)
    return [
        RecentCall(
            service=service,
            state=state,
            reused=reused_from is not None,
            seconds=None if reused_from else seconds,
            code=code if state in ("failed", "unknown") else None,
        )
        for service, state, reused_from, seconds, code in connection.execute(query.where(calls.c.id > newest, lately))
    ]


def _failed_jobs(connection: sa.Connection, moment: datetime) -> dict[str, int]:
    """Jobs that failed within JOB_SECONDS, by the code of their error."""
    code = sa.func.coalesce(jobs.c.error["code"].as_string(), "INTERNAL_ERROR")
    lately = jobs.c.ended_at > moment - timedelta(seconds=JOB_SECONDS), jobs.c.created_at > moment - _LONGEST_JOB
    query = sa.select(code, sa.func.count()).where(jobs.c.outcome == "failed", *lately)
    return dict(connection.execute(query.group_by(code)).tuples().all())


def _waiting(
    connection: sa.Connection, moment: datetime, since: sa.Column[Any], *conditions: sa.ColumnElement[bool]
) -> Waiting:
    query = sa.select(sa.func.count(), sa.func.min(since)).where(*conditions)
    number, first = connection.execute(query).one()
    return Waiting(number=number, oldest=max(0.0, (moment - first).total_seconds()) if first else 0.0)


def _size(connection: sa.Connection, is_sqlite: bool) -> Size:
    known: dict[str, Any] = {"revision": revision(connection) or "none", "wanted_revision": REVISION}
    if is_sqlite:
        pages, page = (
            connection.exec_driver_sql(f"PRAGMA {what}").scalar_one() for what in ("page_count", "page_size")
        )
        return Size(size=pages * page, connections=None, most_connections=None, **known)
    size, used, most = _scalars(
        connection,
        "SELECT pg_database_size(current_database())",
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
        "SELECT setting::int FROM pg_settings WHERE name = 'max_connections'",
    )
    return Size(size=size, connections=used, most_connections=most, **known)


def _scalars(connection: sa.Connection, *queries: str) -> Sequence[int]:
    return [int(connection.execute(sa.text(query)).scalar_one()) for query in queries]


def _until(until: datetime | None, moment: datetime) -> float:
    return max(0.0, (until - moment).total_seconds()) if until else 0.0
