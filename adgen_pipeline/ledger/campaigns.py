"""Up to when each standing campaign was looked at: what was due since is what is due."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.ledger.commissions import write_down
from adgen_pipeline.ledger.database import Database, insert, now, patient
from adgen_pipeline.ledger.entries import Commission
from adgen_pipeline.ledger.schema import campaigns, commissions


class Seen(Frozen):
    """A campaign as it was last seen: no tick up to `looked_at` is due any more."""

    name: str
    file: str
    schedule: str
    looked_at: datetime


@patient
class Campaigns:
    """The campaigns that stand. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database):
        self._database = database

    def seen(self) -> dict[str, Seen]:
        """All of them, by name."""
        with self._database.read() as connection:
            return {row["name"]: Seen.model_validate(dict(row)) for row in connection.execute(_all).mappings()}

    def look(self, seen: Seen, wanted: Sequence[Commission] = ()) -> list[Commission]:
        """Write down how it was seen, with the ads of one tick: all of them, or none if the tick is known.

        The first ad's key stands for the tick. Returns what is new.
        """
        values = seen.model_dump()
        with self._database.write() as connection:
            row = insert(connection, campaigns).values(values)
            connection.execute(row.on_conflict_do_update(index_elements=[campaigns.c.name], set_=values))
            moment = now(connection)
            if not wanted or not write_down(connection, wanted[0], moment):
                return []
            return [wanted[0], *(each for each in wanted[1:] if write_down(connection, each, moment))]

    def forget(self, names: Collection[str]) -> None:
        """These stand no more; should one come back, it begins anew."""
        if not names:
            return
        with self._database.write() as connection:
            connection.execute(sa.delete(campaigns).where(campaigns.c.name.in_(names)))

    def last_ads(self, keys_begin: str) -> list[Commission]:
        """The ads of the newest tick among those whose keys begin so."""
        begun = commissions.c.key.startswith(keys_begin, autoescape=True)
        newest = sa.select(commissions).where(begun).order_by(commissions.c.created_at.desc(), commissions.c.key.desc())
        with self._database.read() as connection:
            last = connection.execute(newest.limit(1)).mappings().first()
            if last is None:
                return []
            tick = commissions.c.key.startswith(last["key"].rpartition("/")[0] + "/", autoescape=True)
            rows = connection.execute(sa.select(commissions).where(tick).order_by(commissions.c.key)).mappings()
            return [Commission.model_validate(dict(row)) for row in rows]


_all = sa.select(campaigns).order_by(campaigns.c.name)
