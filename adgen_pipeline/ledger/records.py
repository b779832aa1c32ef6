"""What is written of whole jobs, for those who show them: one by one, in lists, and in figures. Reads only."""

import time
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.stages import CLIPS, COMPOSITION
from adgen_pipeline.ledger.database import Database, now, patient
from adgen_pipeline.ledger.entries import Call, Commission, Job, Outcome, State, Totals
from adgen_pipeline.ledger.past import added, past_calls_of, past_figures
from adgen_pipeline.ledger.schema import calls, commissions, jobs
from adgen_pipeline.ledger.totals import totals

_MOST_OPEN = 2000
"""Jobs that are looked through for their state."""


class Record(Frozen):
    """All that is written of one job: its calls, newest first, its money, and who wanted it made."""

    job: Job
    calls: list[Call]
    totals: Totals
    commission: Commission | None
    read_at: datetime


class Line(Frozen):
    """A job in a list: `spent` in USD."""

    job: Job
    spent: Decimal
    batch: str | None


class Unended(Frozen):
    """A job that is not over, or may not be; `begun`: it has come to its first call; `composed`: there is an ad."""

    job: Job
    begun: bool
    composed: bool


class Made(Frozen):
    """An ad that was completed: its brief, seconds from its first call to its end, and how many of its clips were
    `bought`, not taken from earlier ads."""

    brief: dict[str, Any]
    seconds: float
    bought: int


class Standing(Frozen):
    """All that was ever done, in numbers: jobs by outcome, calls by state, USD by stage, `unknown` and `saved`."""

    jobs: dict[str, int]
    calls: dict[str, int]
    spent: dict[str, Decimal]
    unknown: Decimal
    saved: Decimal


class Figures(Frozen):
    """What became of the jobs of a time, their mean seconds from creation to end, and their cost in USD."""

    total: int
    outcomes: dict[str, int]
    seconds: float | None
    spent: Decimal
    first_at: datetime | None


_MADE_SECONDS = 5.0


@patient
class Records:
    """Reads what others wrote. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database, cost_warning: Decimal):
        self._database = database
        self._cost_warning = cost_warning
        self._made: dict[int, tuple[float, list[Made]]] = {}

    def check(self) -> None:
        """Raise LedgerError unless the database answers."""
        with self._database.read() as connection:
            connection.execute(sa.select(sa.literal(1))).scalar_one()

    def record(self, job_id: str) -> Record | None:
        """All about one job, or None where the ledger does not know it."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(jobs).where(jobs.c.job_id == job_id)).mappings().first()
            if row is None:
                return None
            job = Job.model_validate(dict(row))
            found = connection.execute(sa.select(calls).where(calls.c.job_id == job_id).order_by(calls.c.id.desc()))
            wanted = connection.execute(sa.select(commissions).where(commissions.c.job_id == job_id).limit(1))
            by = wanted.mappings().first()
            return Record(
                job=job,
                calls=[Call.model_validate(dict(call)) for call in found.mappings()],
                totals=totals(connection, job, self._cost_warning),
                commission=Commission.model_validate(dict(by)) if by else None,
                read_at=now(connection),
            )

    def find(self, job_id: str) -> Job | None:
        """The job alone, or None where the ledger does not know it."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(jobs).where(jobs.c.job_id == job_id)).mappings().first()
            return Job.model_validate(dict(row)) if row else None

    def unended(self, also: Collection[str] = ()) -> list[Unended]:
        """The newest jobs whose end the ledger does not know, and those of `also` that it has."""
        begun = sa.exists().where(calls.c.job_id == jobs.c.job_id)
        mine = sa.or_(jobs.c.outcome.is_(None), jobs.c.job_id.in_(also)) if also else jobs.c.outcome.is_(None)
        done = calls.c.stage == COMPOSITION.name, calls.c.state == State.SETTLED
        states = begun.label("begun"), begun.where(*done).label("composed")
        query = sa.select(jobs, *states).where(mine).order_by(jobs.c.created_at.desc()).limit(_MOST_OPEN)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
        return [
            Unended(job=Job.model_validate(dict(row)), begun=row["begun"], composed=row["composed"]) for row in rows
        ]

    def lines(
        self,
        *,
        outcome: Outcome | None = None,
        ids: Collection[str] | None = None,
        but: Collection[str] = (),
        batch: str | None = None,
        after: datetime | None = None,
        before: datetime | None = None,
        text: str | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> tuple[list[Line], int]:
        """Jobs, newest first, and how many there are in all.

        Those that came to `outcome` and are not in `but`, and those of `ids`; all of them where neither is given. Of a
        batch; created from `after` and before `before`; with `text` in what they advertise, whatever the case.
        """
        conditions = [_chosen(outcome, ids, but)]
        conditions += [jobs.c.created_at >= after] if after else []
        conditions += [jobs.c.created_at < before] if before else []
        conditions += [jobs.c.brief["prompt"].as_string().icontains(text, autoescape=True)] if text else []
        if batch is not None:
            its = sa.select(commissions.c.job_id).where(commissions.c.batch == batch)
            conditions.append(jobs.c.job_id.in_(its))
        query = sa.select(jobs).where(*conditions).order_by(jobs.c.created_at.desc(), jobs.c.job_id)
        with self._database.read() as connection:
            total = connection.scalar(sa.select(sa.func.count()).select_from(jobs).where(*conditions)) or 0
            rows = connection.execute(query.limit(limit).offset(offset)).mappings()
            return _lines(connection, [Job.model_validate(dict(row)) for row in rows]), total

    def figures(self, since: datetime | None = None) -> Figures:
        """Of the jobs created from `since` on; of those that retention has deleted, from the beginning of that day."""
        recent = jobs.c.created_at >= since if since else sa.true()
        ended = sa.select(jobs.c.outcome, sa.func.count()).where(recent).group_by(jobs.c.outcome)
        spent = sa.select(sa.func.sum(calls.c.cost)).join(jobs, jobs.c.job_id == calls.c.job_id).where(recent)
        lengths = jobs.c.outcome == "completed", jobs.c.ended_at.is_not(None), recent
        with self._database.read() as connection:
            rows = connection.execute(ended).all()
            cost = connection.execute(spent).scalar()
            first = connection.execute(sa.select(sa.func.min(jobs.c.created_at)).where(recent)).scalar()
            seconds = connection.scalar(sa.select(sa.func.avg(self._seconds_of_job())).where(*lengths))
            timed = connection.scalar(sa.select(sa.func.count()).select_from(jobs).where(*lengths)) or 0
            past = past_figures(connection, since)
        summed = float(seconds or 0) * timed + past.seconds
        return Figures(
            total=sum(count for _, count in rows) + sum(past.jobs.values()),
            outcomes=added([*((outcome, count) for outcome, count in rows if outcome), *past.jobs.items()]),
            seconds=summed / (timed + past.timed) if timed + past.timed else None,
            spent=(cost or Decimal(0)) + past.spent,
            first_at=min((at for at in (first, past.first_at) if at), default=None),
        )

    def standing(self) -> Standing:
        """Of all jobs that ever were, deleted ones too; those that have not ended stand as `open`."""
        amounts = (calls.c.cost, calls.c.doubted, calls.c.reserved, calls.c.saved)
        sums = [sa.func.sum(amount).label(amount.name) for amount in amounts]
        of_calls = sa.select(calls.c.stage, calls.c.state, sa.func.count().label("number"), *sums)
        of_jobs = sa.select(jobs.c.outcome, sa.func.count()).group_by(jobs.c.outcome)
        with self._database.read() as connection:
            rows = connection.execute(of_calls.group_by(calls.c.stage, calls.c.state)).all()
            ended = connection.execute(of_jobs).tuples().all()
            past = past_calls_of(connection)
            past_jobs = past_figures(connection).jobs
        lost = (row.doubted + (row.reserved if row.state == State.UNKNOWN else 0) for row in rows)
        return Standing(
            jobs=added([*((outcome or "open", number) for outcome, number in ended), *past_jobs.items()]),
            calls=added([*((row.state, row.number) for row in rows), *((each.state, each.calls) for each in past)]),
            spent=added([*((row.stage, row.cost) for row in rows), *((each.stage, each.cost) for each in past)]),
            unknown=sum(lost, Decimal(0)),
            saved=sum([*(row.saved for row in rows), *(each.saved for each in past)], Decimal(0)),
        )

    def made(self, last: int = 30) -> list[Made]:
        """The `last` ads that were completed, newest first. Every report asks: where there are that many, as of some
        seconds ago."""
        at, made = self._made.get(last, (0.0, []))
        if len(made) < last or time.monotonic() - at > _MADE_SECONDS:
            made = self._read_made(last)
            self._made[last] = time.monotonic(), made
        return made

    def _read_made(self, last: int) -> list[Made]:
        ended = jobs.c.outcome == "completed", jobs.c.ended_at.is_not(None)
        newest = sa.select(jobs.c.job_id, jobs.c.brief, jobs.c.ended_at).where(*ended)
        is_bought = sa.and_(calls.c.stage == CLIPS.name, calls.c.reused_from.is_(None))
        counted = sa.func.sum(sa.case((is_bought, 1), else_=0))
        with self._database.read() as connection:
            ads = connection.execute(newest.order_by(jobs.c.created_at.desc()).limit(last)).all()
            of_them = calls.c.job_id.in_([job_id for job_id, _, _ in ads])
            query = sa.select(calls.c.job_id, sa.func.min(calls.c.created_at), counted).where(of_them)
            work = {job_id: rest for job_id, *rest in connection.execute(query.group_by(calls.c.job_id))}
        return [_made(brief, ended_at, *work[job_id]) for job_id, brief, ended_at in ads if job_id in work]

    def _seconds_of_job(self) -> sa.ColumnElement[float]:
        """From a job's creation to its end, in the database's own dialect."""
        if self._database.is_sqlite:
            days = sa.func.julianday(jobs.c.ended_at) - sa.func.julianday(jobs.c.created_at)
            return days * 86_400.0
        return sa.cast(sa.extract("epoch", jobs.c.ended_at - jobs.c.created_at), sa.Float)


def _chosen(outcome: Outcome | None, ids: Collection[str] | None, but: Collection[str]) -> sa.ColumnElement[bool]:
    """See `Records.lines`."""
    if outcome is None:
        return sa.true() if ids is None else jobs.c.job_id.in_(ids)
    came = sa.and_(jobs.c.outcome == outcome, jobs.c.job_id.not_in(but))
    return sa.or_(came, jobs.c.job_id.in_(ids)) if ids else came


def _lines(connection: sa.Connection, found: Sequence[Job]) -> list[Line]:
    """The jobs with what they have spent and the batch they belong to."""
    ids = [job.job_id for job in found]
    sums = sa.select(calls.c.job_id, sa.func.sum(calls.c.cost)).where(calls.c.job_id.in_(ids)).group_by(calls.c.job_id)
    spent = dict(connection.execute(sums).tuples().all())
    batched = sa.select(commissions.c.job_id, commissions.c.batch).where(commissions.c.job_id.in_(ids))
    batches = dict(connection.execute(batched).tuples().all())
    return [Line(job=job, spent=spent.get(job.job_id, Decimal(0)), batch=batches.get(job.job_id)) for job in found]


def _made(brief: dict[str, Any] | None, ended_at: datetime, began: datetime, bought: int) -> Made:
    return Made(brief=brief or {}, seconds=(ended_at - began).total_seconds(), bought=bought)
