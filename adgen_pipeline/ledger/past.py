"""What is left of jobs that were deleted: how many there were, what they cost and what reuse saved them, by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

import sqlalchemy as sa

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.ledger.database import Database, insert
from adgen_pipeline.ledger.schema import calls, jobs, past_calls, past_jobs


class PastCalls(Frozen):
    """Calls of one stage, state and payee, of jobs that were created on one day (UTC) and came to one outcome.

    `cost` and `saved` in USD. `payee` is empty where it was never written down.
    """

    day: date
    outcome: str
    stage: str
    state: str
    payee: str
    calls: int
    cost: Decimal
    saved: Decimal


@dataclass(frozen=True)
class PastFigures:
    """Deleted jobs by outcome; of the `timed` ones, completed, their `seconds` from creation to end added up."""

    jobs: dict[str, int]
    timed: int
    seconds: float
    spent: Decimal
    first_at: datetime | None


class Past:
    """Reads the totals. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database):
        self._database = database

    def calls(self) -> list[PastCalls]:
        """All of them, oldest day first."""
        with self._database.read() as connection:
            return past_calls_of(connection)


def past_calls_of(connection: sa.Connection) -> list[PastCalls]:
    """The totals of all calls that were deleted."""
    rows = connection.execute(sa.select(past_calls).order_by(*past_calls.primary_key.columns)).mappings()
    return [PastCalls.model_validate(dict(row)) for row in rows]


def past_figures(connection: sa.Connection, since: datetime | None = None) -> PastFigures:
    """Of deleted jobs created on the day of `since` or later."""
    day = since.astimezone(UTC).date() if since else date.min
    found = connection.execute(sa.select(past_jobs).where(past_jobs.c.day >= day)).all()
    spent = connection.scalar(sa.select(sa.func.sum(past_calls.c.cost)).where(past_calls.c.day >= day))
    first = min((row.day for row in found), default=None)
    return PastFigures(
        jobs=added((row.outcome, row.jobs) for row in found),
        timed=sum(row.timed for row in found),
        seconds=sum(row.seconds for row in found),
        spent=spent or Decimal(0),
        first_at=datetime.combine(first, time(), UTC) if first else None,
    )


def add_to_past(connection: sa.Connection, ids: Sequence[str]) -> None:
    """Add the ended jobs `ids` and their calls to the totals: in the transaction that deletes them."""
    found = connection.execute(
        sa.select(jobs.c.job_id, jobs.c.created_at, jobs.c.outcome, jobs.c.ended_at).where(jobs.c.job_id.in_(ids))
    )
    known = {job.job_id: job for job in found}
    _add(connection, past_jobs, ((_day_of(job), _amounts_of(job)) for job in known.values()))
    by = calls.c.stage, calls.c.state, calls.c.payee
    sums = [sa.func.sum(amount).label(amount.name) for amount in (calls.c.cost, calls.c.saved)]
    query = sa.select(calls.c.job_id, *by, sa.func.count().label("calls"), *sums)
    rows = connection.execute(query.where(calls.c.job_id.in_(ids)).group_by(calls.c.job_id, *by)).all()
    _add(connection, past_calls, ((_day_of(known[row.job_id]) | _payee_of(row), _bill_of(row)) for row in rows))


def _day_of(job: sa.Row[Any]) -> dict[str, Any]:
    return {"day": job.created_at.date(), "outcome": job.outcome}


def _amounts_of(job: sa.Row[Any]) -> dict[str, Any]:
    timed = job.outcome == "completed" and job.ended_at is not None
    return {
        "jobs": 1,
        "timed": int(timed),
        "seconds": (job.ended_at - job.created_at).total_seconds() if timed else 0.0,
    }


def _payee_of(row: sa.Row[Any]) -> dict[str, Any]:
    return {"stage": row.stage, "state": row.state, "payee": row.payee or ""}


def _bill_of(row: sa.Row[Any]) -> dict[str, Any]:
    return {"calls": row.calls, "cost": row.cost, "saved": row.saved}


def _add(connection: sa.Connection, table: sa.Table, rows: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Add each row's amounts to those of its key; what has one key is added up first, as few days come together."""
    sums: dict[tuple[tuple[str, Any], ...], dict[str, Any]] = {}
    for key, amounts in rows:
        mine = sums.setdefault(tuple(key.items()), dict.fromkeys(amounts, 0))
        mine.update({name: mine[name] + amount for name, amount in amounts.items()})
    for of_key, amounts in sums.items():
        new = insert(connection, table).values(dict(of_key) | amounts)
        more = {name: table.c[name] + new.excluded[name] for name in amounts}
        connection.execute(new.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=more))


Amount = TypeVar("Amount", int, Decimal)


def added(amounts: Iterable[tuple[str, Amount]]) -> dict[str, Amount]:
    """What belongs to one name, together."""
    found: dict[str, Amount] = {}
    for name, amount in amounts:
        found[name] = found[name] + amount if name in found else amount
    return found
