"""Circuit breakers: a service that failed five times in a row is left alone for a minute, by all processes at once."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from adgen_pipeline.ledger.database import Database, insert, now, patient
from adgen_pipeline.ledger.schema import breakers

FAILURES = 5
"""Failures in a row that open the circuit, by the contract."""

OPEN_SECONDS = 60.0
"""How long it stays open before one probe is let through, by the contract."""


@patient
class Breaker:
    """The breakers of all services, in the ledger's database. Raises LedgerError when that is out of reach."""

    def __init__(self, database: Database, open_seconds: float = OPEN_SECONDS):
        self._database = database
        self._pause = timedelta(seconds=open_seconds)

    def blocked_for(self, service: str) -> float:
        """Seconds for which the service must not be called; 0: call it now, and `record` how that went.

        When the pause is over, exactly one who asks gets the 0: the probe. Should it never be recorded, there is
        another probe after another pause.
        """
        with self._database.read() as connection:
            until = self._open_until(connection, service)
            if until is None:
                return 0.0
            left = (until - now(connection)).total_seconds()
        if left > 0:
            return left
        with self._database.write() as connection:
            again = now(connection) + self._pause
            mine = sa.update(breakers).where(breakers.c.service == service, breakers.c.open_until == until)
            won = connection.execute(mine.values(open_until=again)).rowcount == 1
            return 0.0 if won or self._open_until(connection, service) is None else self._pause.total_seconds()

    def record(self, service: str, ok: bool) -> None:
        """A call ended. `ok`: the service is there, also when it said no (4xx, refusals); that closes the circuit."""
        if ok and not self._has_failed(service):
            return
        with self._database.write() as connection:
            if ok:
                connection.execute(sa.delete(breakers).where(breakers.c.service == service))
                return
            row = insert(connection, breakers).values(service=service, failures=1, open_until=None)
            more = row.on_conflict_do_update(
                index_elements=[breakers.c.service], set_={"failures": breakers.c.failures + 1}
            )
            if connection.execute(more.returning(breakers.c.failures)).scalar_one() >= FAILURES:
                opened = sa.update(breakers).where(breakers.c.service == service)
                connection.execute(opened.values(open_until=now(connection) + self._pause))

    def _has_failed(self, service: str) -> bool:
        with self._database.read() as connection:
            return bool(connection.scalar(sa.select(breakers.c.failures).where(breakers.c.service == service)))

    @staticmethod
    def _open_until(connection: sa.Connection, service: str) -> datetime | None:
        return connection.scalar(sa.select(breakers.c.open_until).where(breakers.c.service == service))
