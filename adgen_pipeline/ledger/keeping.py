"""Deletes from the ledger what need not be kept any longer, a few jobs a transaction, and says which files are needed.

What a job cost is added to the totals of the past in the transaction that deletes it. Who is interrupted has deleted
whole jobs, and goes on from there.
"""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.ledger import expiry
from adgen_pipeline.ledger.claiming import lock_request
from adgen_pipeline.ledger.database import Database, now
from adgen_pipeline.ledger.expiry import JOB_PIN, LOOK_PIN, Expired, content, measured
from adgen_pipeline.ledger.past import add_to_past
from adgen_pipeline.ledger.schema import calls, commissions, deliveries, intakes, jobs, pins

AT_ONCE = 50
"""Jobs a transaction: on SQLite nobody else writes while it lasts, some hundredths of a second."""

_OTHERS_SECONDS = 0.1
"""Between two of them: a writer who waits for SQLite looks every tenth of a second whether it is free."""


class Keeping:
    """The ledger's keeping. `before`: what came to its end before that moment need not be kept.

    Raises LedgerError when the database is out of reach.
    """

    def __init__(self, database: Database):
        self._database = database

    def expired(self, before: datetime) -> dict[str, Expired]:
        """What would go, by kind. Nothing is changed."""
        with self._database.read() as connection:
            going = expiry.expired_jobs(connection, before)
            looks = expiry.unused_looks(connection, before, going)
            return {
                "jobs": _of(connection, going, _JOB, jobs.c.job_id, jobs.c.created_at),
                "calls": _of(connection, going, _CALL, calls.c.job_id, calls.c.created_at),
                "looks": _of(connection, looks, content(pins.c.artifact), pins.c.name, pins.c.updated_at),
                "commissions": expiry.together(
                    (
                        _of(connection, going, _COMMISSION, commissions.c.job_id, commissions.c.created_at),
                        measured(
                            connection, _COMMISSION, commissions.c.created_at, [expiry.refused_commissions(before)]
                        ),
                    )
                ),
                "intakes": measured(connection, _INTAKE, intakes.c.created_at, [expiry.moved_intakes(before)]),
                "deliveries": measured(
                    connection, _DELIVERY, deliveries.c.created_at, [expiry.told_deliveries(before)]
                ),
            }

    def delete(self, before: datetime) -> Iterator[tuple[str, int]]:
        """Delete it; yields a kind and how many rows of it each time that some are gone for good."""
        with self._database.read() as connection:
            going = expiry.expired_jobs(connection, before)
        all_going = frozenset(going)
        for some in in_portions(going, AT_ONCE):
            yield from self._delete_jobs(some, all_going, before).items()
            if self._database.is_sqlite:
                time.sleep(_OTHERS_SECONDS)
        rest = (
            ("commissions", commissions, expiry.refused_commissions(before)),
            ("intakes", intakes, expiry.moved_intakes(before)),
            ("deliveries", deliveries, expiry.told_deliveries(before)),
        )
        for kind, table, condition in rest:
            with self._database.write() as connection:
                gone = connection.execute(sa.delete(table).where(condition)).rowcount
            yield kind, gone
        with self._database.write() as connection:
            looks = expiry.unused_looks(connection, before)
            for names in in_portions(looks, AT_ONCE * 10):
                connection.execute(sa.delete(pins).where(pins.c.name.in_(names)))
        yield "looks", len(looks)

    def files_kept(self, before: datetime) -> set[str]:
        """The SHA-256 of every file that a job needs which is open or ended later, or that a look is taken from."""
        kept = sa.select(jobs.c.job_id).where(~expiry.has_ended(before))
        with self._database.read() as connection:
            of_calls = connection.scalars(sa.select(calls.c.files).where(calls.c.job_id.in_(kept)))
            found = {file["sha256"] for files in of_calls for file in files.values()}
            delivered = sa.select(jobs.c.delivered).where(~expiry.has_ended(before), jobs.c.delivered.is_not(None))
            found |= {file["sha256"] for files in connection.scalars(delivered) for file in (files or {}).values()}
            ids = set(connection.scalars(kept))
            pinned = connection.execute(sa.select(pins.c.name, pins.c.artifact)).all()
        return found | {pin.artifact["sha256"] for pin in pinned if _is_kept(pin.name, ids)}

    def files_taken_since(self, moment: datetime) -> set[str]:
        """The SHA-256 of files that calls, ads or looks may have come to since `moment`, from earlier ones too."""
        lately = sa.or_(jobs.c.outcome.is_(None), jobs.c.ended_at >= moment), jobs.c.delivered.is_not(None)
        with self._database.read() as connection:
            of_calls = connection.scalars(sa.select(calls.c.files).where(calls.c.updated_at >= moment)).all()
            delivered = connection.scalars(sa.select(jobs.c.delivered).where(*lately)).all()
            pinned = connection.scalars(sa.select(pins.c.artifact).where(pins.c.updated_at >= moment)).all()
        return {file["sha256"] for files in (*of_calls, *delivered) for file in files.values()} | {
            picture["sha256"] for picture in pinned
        }

    def forget_files(self, going: Collection[str], before: datetime) -> int:
        """Write down of each job that ended before that files of it, among those `going` (SHA-256), are deleted; how
        many jobs. Their pinned pictures are forgotten: who goes on with such a job brings another. One that goes on
        already keeps its own."""
        with self._database.read() as connection:
            losing = set(_jobs_with(connection, going, before))
            pinned = connection.execute(sa.select(pins.c.name, pins.c.artifact)).all()
            names = [p.name for p in pinned if p.name.startswith(JOB_PIN) and p.artifact["sha256"] in going]
        for some in in_portions(sorted(losing), AT_ONCE * 10):
            with self._database.write() as connection:
                mark = sa.update(jobs).where(jobs.c.job_id.in_(some), expiry.has_ended(before))
                connection.execute(mark.values(media_deleted_at=now(connection)))
        for some in in_portions(names, AT_ONCE * 10):
            with self._database.write() as connection:
                goes_on = sa.select(sa.literal(JOB_PIN) + jobs.c.job_id).where(~expiry.has_ended(before))
                connection.execute(sa.delete(pins).where(pins.c.name.in_(some), pins.c.name.not_in(goes_on)))
        return len(losing)

    def open_jobs(self) -> set[str]:
        """The jobs that have not ended."""
        with self._database.read() as connection:
            return set(connection.scalars(sa.select(jobs.c.job_id).where(jobs.c.outcome.is_(None))))

    def now(self) -> datetime:
        """The time on the clock that all processes share."""
        with self._database.read() as connection:
            return now(connection)

    def _delete_jobs(self, some: Sequence[str], going: Set[str], before: datetime) -> dict[str, int]:
        """Those of `some` that may still go: in the meantime a person may have gone on with one, or an ad have taken
        an answer of it."""
        with self._database.write() as connection:
            mine = sa.select(jobs.c.job_id).where(jobs.c.job_id.in_(some), expiry.has_ended(before))
            ids = list(connection.scalars(mine.with_for_update(of=jobs, skip_locked=True)))
            hashes = sa.select(calls.c.request_hash).where(calls.c.job_id.in_(ids)).distinct()
            for request_hash in sorted(connection.scalars(hashes)):
                lock_request(connection, request_hash)  # whoever looks for such an answer waits, and finds none
            ids = sorted(set(ids) - expiry.outside_takers(connection, ids, going))
            add_to_past(connection, ids)
            return _delete_rows(connection, ids)


def _delete_rows(connection: sa.Connection, ids: Sequence[str]) -> dict[str, int]:
    its_calls = sa.select(calls.c.id).where(calls.c.job_id.in_(ids))
    # Only of jobs that go as well, a moment later: see `outside_takers`.
    connection.execute(sa.update(calls).where(calls.c.reused_from.in_(its_calls)).values(reused_from=None))
    connection.execute(sa.delete(pins).where(pins.c.name.in_([f"{JOB_PIN}{job_id}" for job_id in ids])))
    tables = {"deliveries": deliveries, "calls": calls, "commissions": commissions, "jobs": jobs}
    return {
        kind: connection.execute(sa.delete(table).where(table.c.job_id.in_(ids))).rowcount
        for kind, table in tables.items()
    }


def _jobs_with(connection: sa.Connection, going: Collection[str], before: datetime) -> Iterator[str]:
    """The ended jobs, not written about yet, that one of the files belongs to."""
    unmarked = expiry.has_ended(before), jobs.c.media_deleted_at.is_(None)
    of_calls = sa.select(calls.c.job_id, calls.c.files).join(jobs, jobs.c.job_id == calls.c.job_id)
    delivered = sa.select(jobs.c.job_id, jobs.c.delivered)
    for query in (of_calls, delivered):
        for job_id, files in connection.execute(query.where(*unmarked)):
            if any(file["sha256"] in going for file in (files or {}).values()):
                yield job_id


def _is_kept(pin: str, ids: Collection[str]) -> bool:
    return pin.startswith(LOOK_PIN) or pin.removeprefix(JOB_PIN) in ids


def _of(connection: sa.Connection, ids: Sequence[str], size: Any, among: Any, moment: Any) -> Expired:
    """The rows of these jobs (or pins)."""
    portions = in_portions(ids, AT_ONCE * 10)
    return expiry.together(measured(connection, size, moment, [among.in_(some)]) for some in portions)


def in_portions(ids: Sequence[str], most: int) -> Iterable[Sequence[str]]:
    """`ids`, so many at a time."""
    return (ids[start : start + most] for start in range(0, len(ids), most))


_JOB = content(jobs.c.job_id, jobs.c.brief, jobs.c.error, jobs.c.delivered)
_CALL = content(calls.c.body, calls.c.response, calls.c.files, calls.c.error, calls.c.key, calls.c.owner)
_COMMISSION = content(commissions.c.key, commissions.c.origin, commissions.c.brief)
_INTAKE = content(intakes.c.key, intakes.c.name, intakes.c.problems)
_DELIVERY = content(deliveries.c.id, deliveries.c.url, deliveries.c.error)
