"""What is written into a ledger that was restored from a back-up: nobody knows what happened since."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.ledger.database import Database, now
from adgen_pipeline.ledger.entries import State
from adgen_pipeline.ledger.revisions import RESTORING, found_in, migrate, set_revision
from adgen_pipeline.ledger.schema import REVISION, VERSION_TABLE, calls, campaigns, commissions, jobs


class Restored:
    """To be asked before anything else works with the ledger. Raises LedgerError when the database is out of reach."""

    def __init__(self, database: Database):
        self._database = database

    def is_shut(self) -> bool:
        """Whether a restore has begun here, and was not ended."""
        file = self._database.file
        return (file is None or file.is_file()) and found_in(self._database) == RESTORING

    def shut(self) -> None:
        """Let nobody in from now on, until `open`: with an empty ledger or half of one, money would be spent twice."""
        if self._database.file:
            self._database.file.parent.mkdir(parents=True, exist_ok=True)
        with self._database.write() as connection:
            set_revision(connection, RESTORING)
        self._database.close()

    def clear(self) -> None:
        """Drop what a restore that was broken off has brought; it stays shut."""
        with self._database.write() as connection:
            quoted = connection.dialect.identifier_preparer.quote
            for table in set(sa.inspect(connection).get_table_names()) - {VERSION_TABLE}:
                connection.execute(sa.text(f"DROP TABLE {quoted(table)} CASCADE"))

    def bring_up_to_date(self, revision: str) -> None:
        """The tables, which came at `revision`, to this version's; it stays shut."""
        with self._database.write() as connection:
            set_revision(connection, revision)
            if revision != REVISION:
                migrate(connection)
            set_revision(connection, RESTORING)

    def open(self) -> None:
        """Let everybody in."""
        with self._database.write() as connection:
            set_revision(connection, REVISION)

    def put_in_doubt(self) -> int:
        """Calls that were under way may have been answered and billed since: their price is held back; how many."""
        with self._database.write() as connection:
            begun = calls.c.state == State.CLAIMED, calls.c.response.is_(None)
            values = {"state": State.UNKNOWN, "lost": True, "lease_until": None, "updated_at": now(connection)}
            return connection.execute(sa.update(calls).where(*begun).values(values)).rowcount

    def end_open(self, error: Mapping[str, Any], by: Mapping[str, str]) -> list[str]:
        """End the jobs that had not ended, for `error` (code, message, failed_stage, details); their ids.

        `by` names the run that each ended by. Nobody is told: some may well have been finished since.
        """
        with self._database.write() as connection:
            ids = list(connection.scalars(sa.select(jobs.c.job_id).where(jobs.c.outcome.is_(None))))
            for job_id in ids:
                values = {"outcome": "failed", "error": dict(error), "ended_at": now(connection)}
                values |= {"ended_by": by.get(job_id, "restore")}
                connection.execute(sa.update(jobs).where(jobs.c.job_id == job_id).values(values))
        return ids

    def refuse_waiting(self, told: str) -> int:
        """Ads that waited to be launched may have been made since: they are not launched; how many. Nor are those of
        campaigns whose time has come since."""
        waits = commissions.c.job_id.is_(None), commissions.c.error.is_(None)
        with self._database.write() as connection:
            connection.execute(sa.update(campaigns).values(looked_at=now(connection)))
            return connection.execute(sa.update(commissions).where(*waits).values(error=told)).rowcount
