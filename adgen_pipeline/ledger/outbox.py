"""Who is to be told what became of a job: written in the transaction that says so, and kept until it is delivered."""

import hashlib
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from adgen_pipeline.errors import NotInLedger
from adgen_pipeline.ledger.database import Database, insert, now, patient
from adgen_pipeline.ledger.entries import Delivery, Job, News
from adgen_pipeline.ledger.schema import deliveries

LEASE_SECONDS = 60.0
"""How long a delivery is one sender's: how long it waits after that one was killed."""

_MOST_NAMED = 5


@patient
class Outbox:
    """The deliveries that wait, and what became of the others. Raises LedgerError when the database is out of reach.

    Any number of processes may take from it. What is taken and not marked, as its sender was killed, is taken again
    when the lease has run out: every delivery is made at least once, under one id.
    """

    def __init__(self, database: Database, webhook_url: str | None = None):
        self._database = database
        self._webhook_url = webhook_url

    def add(
        self, connection: sa.Connection, job: Job, news: News, run: str = "", error: Mapping[str, Any] | None = None
    ) -> None:
        """In the caller's transaction: the brief's `callback_url` and WEBHOOK_URL are to hear of `job`.

        The same news of the same run are the same deliveries, and not added again.
        """
        moment = now(connection)
        known = {"job_id": job.job_id, "type": news, "error": error, "attempts": 0, "due_at": moment}
        for url in self._receivers(job):
            to = {"id": _id(job.job_id, news, run, url), "url": url, "receiver": _receiver(url)}
            row = known | to | {"created_at": moment}
            connection.execute(insert(connection, deliveries).values(row).on_conflict_do_nothing())

    def take(
        self, limit: int, *, each: int = 4, passing: Collection[str] = (), job_id: str | None = None
    ) -> list[Delivery]:
        """At most `limit` that are due, oldest first, now the caller's for LEASE_SECONDS.

        At most `each` of one receiver, and none of those `passing` over, so that a slow one does not hold up others.
        `job_id`: of this job alone.
        """
        mine = deliveries.c.job_id == job_id if job_id else sa.true()
        passed = deliveries.c.receiver.not_in(passing)
        while found := self._due(limit, each, mine, passed):
            taken = self._lease(found)
            if taken:  # else another sender took all that was found, and there may be more
                return taken
        return []

    def delivered(self, delivery: Delivery) -> None:
        """It arrived: 2xx."""
        with self._database.write() as connection:
            arrived = {"due_at": None, "delivered_at": now(connection), "last_error": None}
            self._mark(connection, delivery, **arrived)

    def failed(self, delivery: Delivery, error: str, again_in: float | None) -> None:
        """It did not arrive, for the reason `error`; it is due again in so many seconds, or given up."""
        with self._database.write() as connection:
            due = now(connection) + timedelta(seconds=again_in) if again_in is not None else None
            self._mark(connection, delivery, due_at=due, last_error=error)

    def resend(self, delivery_id: str) -> Delivery:
        """Due at once, whatever became of it, with all its attempts before it. Raises NotInLedger."""
        delivery = self.find(delivery_id)
        with self._database.write() as connection:
            anew = {"due_at": now(connection), "lease_until": None, "attempts": 0, "delivered_at": None}
            connection.execute(sa.update(deliveries).where(deliveries.c.id == delivery.id).values(anew))
        return self.find(delivery.id)

    def find(self, text: str) -> Delivery:
        """The one whose id is `text` or begins with it. Raises NotInLedger when there is none, or more than one."""
        found = self._read(deliveries.c.id.startswith(text, autoescape=True), limit=_MOST_NAMED)
        if len(found) != 1:
            told = f"several deliveries begin with {text!r}" if found else f"no delivery begins with {text!r}"
            raise NotInLedger(f"{told}; `adgen webhooks` lists the newest")
        return found[0]

    def newest(self, limit: int = 50, job_id: str | None = None) -> list[Delivery]:
        """The newest, of one job or of all, newest first."""
        return self._read(deliveries.c.job_id == job_id if job_id else sa.true(), limit=limit)

    def _receivers(self, job: Job) -> list[str]:
        callback = (job.brief or {}).get("callback_url")
        return list(dict.fromkeys(str(url) for url in (callback, self._webhook_url) if url))

    def _due(self, limit: int, each: int, *conditions: sa.ColumnElement[bool]) -> list[str]:
        turn = sa.func.row_number().over(partition_by=deliveries.c.receiver, order_by=deliveries.c.due_at)
        with self._database.read() as connection:
            free = sa.select(deliveries.c.id, deliveries.c.due_at, turn.label("turn"))
            due = free.where(_is_free(now(connection)), *conditions).subquery()
            query = sa.select(due.c.id).where(due.c.turn <= each).order_by(due.c.due_at).limit(limit)
            return list(connection.scalars(query))

    def _lease(self, ids: list[str]) -> list[Delivery]:
        """Those of `ids` that nobody else has taken in the meantime."""
        with self._database.write() as connection:
            moment = now(connection)
            still = deliveries.c.id.in_(ids), _is_free(moment)
            until = {"lease_until": moment + timedelta(seconds=LEASE_SECONDS)}
            rows = connection.execute(sa.update(deliveries).where(*still).values(until).returning(deliveries))
            taken = [Delivery.model_validate(row) for row in rows.mappings()]
        return sorted(taken, key=lambda delivery: ids.index(delivery.id))

    @staticmethod
    def _mark(connection: sa.Connection, delivery: Delivery, **values: Any) -> None:
        """Write about a delivery that is still the caller's: after its lease another may have taken it."""
        mine = deliveries.c.id == delivery.id, deliveries.c.lease_until == delivery.lease_until
        values |= {"attempts": deliveries.c.attempts + 1, "lease_until": None}
        connection.execute(sa.update(deliveries).where(*mine).values(values))

    def _read(self, condition: sa.ColumnElement[bool], limit: int) -> list[Delivery]:
        query = sa.select(deliveries).where(condition).order_by(deliveries.c.created_at.desc(), deliveries.c.id)
        with self._database.read() as connection:
            return [Delivery.model_validate(row) for row in connection.execute(query.limit(limit)).mappings()]


def _is_free(moment: Any) -> sa.ColumnElement[bool]:
    """Due, and nobody's."""
    nobodys = sa.or_(deliveries.c.lease_until.is_(None), deliveries.c.lease_until <= moment)
    return sa.and_(deliveries.c.due_at <= moment, nobodys)


def _id(*of: str) -> str:
    """The same for the same news: whoever writes it down a second time writes nothing."""
    return f"msg_{hashlib.sha256('|'.join(of).encode()).hexdigest()[:27]}"


def _receiver(url: str) -> str:
    """The server behind `url`."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()[:300]
