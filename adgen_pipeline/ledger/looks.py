"""The pictures that the look of others is taken from, pinned by their hash."""

import sqlalchemy as sa

from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.ledger.claiming import lock_request
from adgen_pipeline.ledger.database import Database, insert, now, patient
from adgen_pipeline.ledger.schema import jobs, pins


@patient
class Looks:
    """Pinned looks. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database):
        self._database = database

    def pin(self, job_id: str, look: str, artifact: Artifact, *, replace: bool = False) -> Artifact:
        """The picture that the look of a job's others is taken from; the job keeps it for good.

        The first job of a `look` (any text) brings it, or one that wants to `replace` it; the others get that one. A
        job made from another one gets that one's, and leaves the look to later jobs as it was.
        """
        with self._database.write() as connection:
            lock_request(connection, look)
            mine = _of_job(connection, job_id)
            if mine:
                return mine
            earlier = None if replace else _of_source(connection, job_id) or _of_look(connection, look)
            _write(connection, f"job {job_id}", earlier or artifact)
            if earlier is None:
                _write(connection, f"look {look}", artifact)
            return earlier or artifact

    def of_job(self, job_id: str) -> Artifact | None:
        """The picture pinned for the job, if any."""
        with self._database.read() as connection:
            return _of_job(connection, job_id)

    def of_look(self, look: str) -> Artifact | None:
        """The picture that the next job of `look` would get, if any."""
        with self._database.read() as connection:
            return _of_look(connection, look)


def _of_job(connection: sa.Connection, job_id: str) -> Artifact | None:
    return _read(connection, f"job {job_id}")


def _of_look(connection: sa.Connection, look: str) -> Artifact | None:
    return _read(connection, f"look {look}")


def _of_source(connection: sa.Connection, job_id: str) -> Artifact | None:
    source = connection.scalar(sa.select(jobs.c.source).where(jobs.c.job_id == job_id))
    return _of_job(connection, source) if source else None


def _read(connection: sa.Connection, name: str) -> Artifact | None:
    found = connection.scalar(sa.select(pins.c.artifact).where(pins.c.name == name))
    return Artifact.model_validate(found) if found else None


def _write(connection: sa.Connection, name: str, artifact: Artifact) -> None:
    values = {"artifact": artifact.model_dump(mode="json"), "updated_at": now(connection)}
    row = insert(connection, pins).values({"name": name} | values)
    connection.execute(row.on_conflict_do_update(index_elements=[pins.c.name], set_=values))
