"""What of the ledger may go when its keeping is over, and what stays whatever its age.

A job goes whole, with its calls, its deliveries, its pin and its commission. It stays while it has not ended, a call of
it is under way or in doubt, news of it wait for their receiver, or a job that stays took an answer from it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Set
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.ledger.entries import State
from adgen_pipeline.ledger.schema import calls, commissions, deliveries, intakes, jobs, pins

JOB_PIN, LOOK_PIN = "job ", "look "
"""How the names of `Looks` begin."""


class Expired(Frozen):
    """Rows whose keeping is over: how many, their content's `size` in bytes (indices come on top), and their age."""

    count: int = 0
    size: int = 0
    oldest: datetime | None = None
    newest: datetime | None = None


ended_at = sa.func.coalesce(jobs.c.ended_at, jobs.c.created_at)


def has_ended(before: datetime) -> sa.ColumnElement[bool]:
    """Jobs that came to their end before, and of which nothing is open: no call, no doubt, no news to be told."""
    call, news = calls.alias("open_call"), deliveries.alias("untold")
    unsure = sa.or_(call.c.state.in_((State.CLAIMED, State.UNKNOWN)), call.c.doubted > 0, call.c.reserved > 0)
    open_call = sa.exists().where(call.c.job_id == jobs.c.job_id, unsure)
    untold = sa.exists().where(news.c.job_id == jobs.c.job_id, news.c.due_at.is_not(None))
    return sa.and_(jobs.c.outcome.is_not(None), ended_at < before, ~open_call, ~untold)


def expired_jobs(connection: sa.Connection, before: datetime) -> list[str]:
    """The jobs that go, oldest first: those that ended, and whose answers no job that stays has taken."""
    rows = connection.scalars(sa.select(jobs.c.job_id).where(has_ended(before)).order_by(jobs.c.created_at))
    ended = dict.fromkeys(rows)
    takers = _takers(connection, has_ended(before))
    needed = [source for source, taken_by in takers.items() if taken_by - ended.keys()]
    sources = _sources(takers)
    while needed:
        stays = needed.pop()
        if stays in ended:
            del ended[stays]
            needed += sources[stays]
    return list(ended)


def outside_takers(connection: sa.Connection, ids: Collection[str], going: Set[str]) -> set[str]:
    """Those of the jobs `ids` whose answers were taken by a job that is not `going`."""
    takers = _takers(connection, jobs.c.job_id.in_(ids))
    return {source for source, taken_by in takers.items() if not taken_by <= going}


def _takers(connection: sa.Connection, of_jobs: sa.ColumnElement[bool]) -> dict[str, set[str]]:
    """By job, the other jobs that took an answer of it."""
    source = calls.alias("source")
    pairs = sa.select(source.c.job_id, calls.c.job_id).join_from(calls, source, calls.c.reused_from == source.c.id)
    among = source.c.job_id.in_(sa.select(jobs.c.job_id).where(of_jobs))
    found: dict[str, set[str]] = defaultdict(set)
    for giver, taker in connection.execute(pairs.where(among, source.c.job_id != calls.c.job_id).distinct()):
        found[giver].add(taker)
    return found


def _sources(takers: dict[str, set[str]]) -> dict[str, list[str]]:
    """The other way round: by job, those that it took answers of."""
    found: dict[str, list[str]] = defaultdict(list)
    for source, taken_by in takers.items():
        for taker in taken_by:
            found[taker].append(source)
    return found


def refused_commissions(before: datetime) -> sa.ColumnElement[bool]:
    """Commissions without a job that goes on: refused, or launched and forgotten since."""
    known = sa.exists().where(jobs.c.job_id == commissions.c.job_id)
    refused = sa.and_(
        commissions.c.job_id.is_(None), commissions.c.error.is_not(None), commissions.c.created_at < before
    )
    orphaned = sa.and_(commissions.c.job_id.is_not(None), commissions.c.launched_at < before, ~known)
    return sa.or_(refused, orphaned)


def moved_intakes(before: datetime) -> sa.ColumnElement[bool]:
    """Files that left the inbox; one that still lies there is known until it has."""
    return intakes.c.moved_at < before


def told_deliveries(before: datetime) -> sa.ColumnElement[bool]:
    """Delivered or given up."""
    return sa.and_(deliveries.c.due_at.is_(None), deliveries.c.created_at < before)


def unused_looks(connection: sa.Connection, before: datetime, going: Collection[str] = ()) -> list[str]:
    """The pins of looks that no job has but those `going`."""
    rows = connection.execute(sa.select(pins)).all()
    gone = {f"{JOB_PIN}{job_id}" for job_id in going}
    used = {row.artifact["sha256"] for row in rows if row.name.startswith(JOB_PIN) and row.name not in gone}
    looks = (row for row in rows if row.name.startswith(LOOK_PIN) and row.updated_at < before)
    return [row.name for row in looks if row.artifact["sha256"] not in used]


def measured(
    connection: sa.Connection,
    size: sa.ColumnElement[int],
    moment: sa.ColumnElement[datetime],
    where: Iterable[sa.ColumnElement[bool]],
) -> Expired:
    """The rows that fit `where`."""
    query = sa.select(sa.func.count(), sa.func.sum(size), sa.func.min(moment), sa.func.max(moment)).where(*where)
    count, total, oldest, newest = connection.execute(query).one()
    return Expired(count=count, size=int(total or 0), oldest=oldest, newest=newest)


def together(found: Iterable[Expired]) -> Expired:
    """All of them as one."""
    some = [each for each in found if each.count]
    return Expired(
        count=sum(each.count for each in some),
        size=sum(each.size for each in some),
        oldest=min((each.oldest for each in some if each.oldest), default=None),
        newest=max((each.newest for each in some if each.newest), default=None),
    )


def content(*columns: Any) -> sa.ColumnElement[int]:
    """Bytes (or characters) that the columns of a row hold."""
    lengths = [sa.func.coalesce(sa.func.length(_plain(column)), 0) for column in columns]
    return sum(lengths[1:], start=lengths[0])


def _plain(column: Any) -> Any:
    return sa.cast(column, sa.Text) if isinstance(column.type, sa.JSON) else column
