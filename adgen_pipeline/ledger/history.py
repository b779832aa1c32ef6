"""What earlier calls tell of those to come: the answers at hand, and what was paid to whom."""

import sqlalchemy as sa

from adgen_pipeline.ledger.database import Database, patient
from adgen_pipeline.ledger.entries import Call, State
from adgen_pipeline.ledger.schema import calls


@patient
class History:
    """Looks back, and writes nothing. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database):
        self._database = database

    def answers(self, request_hash: str) -> list[Call]:
        """The settled calls, of any job, whose answers an equal request may take, newest first."""
        return self._bought(calls.c.request_hash == request_hash)

    def bought(self, service: str, payee: str, last: int = 50) -> list[Call]:
        """The `last` settled calls that `payee` was paid for, newest first; none that were reused."""
        return self._bought(calls.c.service == service, calls.c.payee == payee, last=last)

    def _bought(self, *conditions: sa.ColumnElement[bool], last: int = 50) -> list[Call]:
        paid = calls.c.state == State.SETTLED, calls.c.reused_from.is_(None)
        query = sa.select(calls).where(*conditions, *paid).order_by(calls.c.id.desc()).limit(last)
        with self._database.read() as connection:
            return [Call.model_validate(row) for row in connection.execute(query).mappings()]
