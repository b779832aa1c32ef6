"""The files that were taken in, each written down together with the ads it asks for, before it is moved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from pydantic import Field

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.ledger.commissions import write_down
from adgen_pipeline.ledger.database import Database, insert, now, patient
from adgen_pipeline.ledger.entries import Commission
from adgen_pipeline.ledger.schema import intakes


class Intake(Frozen):
    """A file as it was taken in.

    `key` stands for its name and content. `ads` is how many it asked for that were new; `known` the origins of those
    that were wanted before; `problems` what was not made, and why. `moved_at`: it has left the inbox.
    """

    key: str = Field(max_length=300)
    name: str
    ads: int = 0
    known: list[str] = []
    problems: list[dict[str, str]] = []
    created_at: datetime | None = None
    moved_at: datetime | None = None


@patient
class Intakes:
    """What was taken in. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database):
        self._database = database

    def take_in(self, file: Intake, wanted: Sequence[Commission]) -> Intake:
        """Write the file and its ads down, all or nothing; one that is known by its key stays as it was, and its ads
        too."""
        with self._database.write() as connection:
            moment, itself = now(connection), intakes.c.key == file.key
            row = file.model_dump() | {"created_at": moment}
            # First of all: who takes it in at the same moment waits here until this is done, and finds it known.
            if connection.execute(insert(connection, intakes).values(row).on_conflict_do_nothing()).rowcount:
                new = {each.key for each in wanted if write_down(connection, each, moment)}
                found = {"ads": len(new), "known": [each.origin for each in wanted if each.key not in new]}
                connection.execute(sa.update(intakes).where(itself).values(found))
            return _read(connection, itself)[0]

    def still_there(self) -> list[Intake]:
        """Those that were not seen to leave the inbox, oldest first."""
        with self._database.read() as connection:
            return _read(connection, intakes.c.moved_at.is_(None))

    def moved(self, key: str) -> None:
        """It has left the inbox."""
        with self._database.write() as connection:
            there = intakes.c.key == key, intakes.c.moved_at.is_(None)
            connection.execute(sa.update(intakes).where(*there).values(moved_at=now(connection)))

    def newest(self, limit: int = 20) -> list[Intake]:
        """The newest, newest first."""
        query = sa.select(intakes).order_by(intakes.c.created_at.desc(), intakes.c.key).limit(limit)
        with self._database.read() as connection:
            return [Intake.model_validate(dict(row)) for row in connection.execute(query).mappings()]


def _read(connection: sa.Connection, condition: Any) -> list[Intake]:
    query = sa.select(intakes).where(condition).order_by(intakes.c.created_at, intakes.c.key)
    return [Intake.model_validate(dict(row)) for row in connection.execute(query).mappings()]
