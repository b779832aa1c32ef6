"""The ads that are wanted, each written down under a key of its own before it is launched."""

from collections.abc import Iterable

import sqlalchemy as sa

from adgen_pipeline.errors import LedgerError, NotInLedger
from adgen_pipeline.ledger.database import Database, insert, now, patient
from adgen_pipeline.ledger.entries import Commission
from adgen_pipeline.ledger.schema import commissions

_waiting = sa.and_(commissions.c.launched_at.is_(None), commissions.c.error.is_(None))

_MOST_NAMED = 5


@patient
class Commissions:
    """What is wanted, by whom, and which job it became. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database):
        self._database = database

    def add(self, wanted: Iterable[Commission]) -> list[Commission]:
        """Write down those whose keys are new, all or none of them, and return these; the others are known already."""
        with self._database.write() as connection:
            moment = now(connection)
            return [each for each in wanted if write_down(connection, each, moment)]

    def add_together(self, wanted: Iterable[Commission]) -> bool:
        """Write down all of them, whose keys are new together or known together; whether they were new.

        Of two who ask at the same moment with the same keys, one writes all of its own, and the other none.
        """
        with self._database.write() as connection:
            moment = now(connection)
            return all(write_down(connection, each, moment) for each in wanted)

    def waiting(self, limit: int = 100) -> list[Commission]:
        """Those that the daemon is to launch, oldest first."""
        mine = commissions.c.launched_by == "daemon"
        query = sa.select(commissions).where(_waiting, mine).order_by(commissions.c.created_at, commissions.c.key)
        return self._read(query.limit(limit))

    def launched(self, key: str, job_id: str) -> Commission:
        """It became the job `job_id`; a job it has become before stays."""
        with self._database.write() as connection:
            values = {"job_id": job_id, "launched_at": now(connection), "error": None}
            unknown = commissions.c.key == key, commissions.c.job_id.is_(None)
            connection.execute(sa.update(commissions).where(*unknown).values(values))
        return self.get(key)

    def refused(self, key: str, error: str) -> None:
        """It cannot be launched, for the reason `error`."""
        with self._database.write() as connection:
            connection.execute(sa.update(commissions).where(commissions.c.key == key, _waiting).values(error=error))

    def get(self, key: str) -> Commission:
        """The one with this key. Raises LedgerError when there is none."""
        found = self._read(sa.select(commissions).where(commissions.c.key == key))
        if not found:
            raise LedgerError(f"nothing was commissioned as {key!r}")
        return found[0]

    def of_job(self, job_id: str) -> Commission | None:
        """The one that became the job, or None for an ad that was launched by hand."""
        found = self._read(sa.select(commissions).where(commissions.c.job_id == job_id).limit(1))
        return found[0] if found else None

    def of_batch(self, batch: str) -> list[Commission]:
        """Those of a batch, in the order they were written down."""
        query = sa.select(commissions).where(commissions.c.batch == batch)
        return self._read(query.order_by(commissions.c.created_at, commissions.c.key))

    def batch_named(self, text: str) -> str:
        """The id of the batch that is `text`, or the one that begins with it. Raises NotInLedger."""
        begins = commissions.c.batch.startswith(text, autoescape=True)
        query = sa.select(commissions.c.batch).where(begins).distinct().order_by(commissions.c.batch).limit(_MOST_NAMED)
        with self._database.read() as connection:
            found = [str(batch) for batch in connection.scalars(query)]
        if text in found or len(found) == 1:
            return text if text in found else found[0]
        told = f"several batches begin with {text!r}: {', '.join(found)}" if found else f"there is no batch {text!r}"
        raise NotInLedger(told, details={"batch": text})

    def _read(self, query: sa.Select[tuple[object, ...]]) -> list[Commission]:
        with self._database.read() as connection:
            return [Commission.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def write_down(connection: sa.Connection, wanted: Commission, moment: object) -> bool:
    """Whether it is new: a known key stays as it is."""
    row = wanted.model_dump() | {"created_at": moment}
    statement = insert(connection, commissions).values(row).on_conflict_do_nothing()
    return bool(connection.execute(statement).rowcount)
