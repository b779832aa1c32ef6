"""What need not be kept any longer, by KEEP_RUNS_DAYS, KEEP_MEDIA_DAYS and KEEP_LEDGER_DAYS: told, or deleted."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from dagster import DagsterInstance

from adgen_pipeline.defs.instance import home_is_ours, open_instance
from adgen_pipeline.defs.keeping import sqlite_files
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.ledger.opening import ledger_file, open_database
from adgen_pipeline.ledger.sizes import bytes_by_table
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.storage.outputs import outputs_of
from adgen_pipeline.upkeep import media, renders
from adgen_pipeline.upkeep.alone import alone
from adgen_pipeline.upkeep.kinds import Gone, Kind, files_measured
from adgen_pipeline.upkeep.runs import OldRuns
from adgen_pipeline.upkeep.shrinking import bytes_on_disk, shrink_sqlite, vacuum_postgres

RUNS, MEDIA, LEDGER = "KEEP_RUNS_DAYS", "KEEP_MEDIA_DAYS", "KEEP_LEDGER_DAYS"
_NAMES = {
    "jobs": "jobs in the ledger",
    "calls": "their calls",
    "looks": "pinned looks",
    "commissions": "commissions",
    "intakes": "intakes",
    "deliveries": "deliveries",
}


@dataclass(frozen=True)
class Retention:
    """The retention of one installation, as of now."""

    settings: Settings
    instance: DagsterInstance
    ledger: Ledger
    store: MediaStore
    now: datetime

    @classmethod
    @contextmanager
    def opened(cls, settings: Settings) -> Iterator[Self]:
        """As the settings say. Raises InvalidSetting where none of the three is set, and LedgerError."""
        if not any((settings.keep_runs_days, settings.keep_media_days, settings.keep_ledger_days)):
            told = f"{RUNS}, {MEDIA}, {LEDGER}: none is set, so everything is kept for good"
            raise InvalidSetting(f"{told}; set how many days each is to be kept, in the environment or in .env")
        with open_instance() as instance, open_ledger(settings) as ledger:
            yield cls(settings, instance, ledger, MediaStore.of(settings), ledger.keeping.now())

    def found(self) -> list[Kind]:
        """What would go. Nothing is changed."""
        return [*self._runs(), *self._files(), *self._rows()]

    def delete(self) -> Gone:
        """Delete it; then give the room back. Safe beside ads that are being made, and to be broken off at any time.

        Raises UnderWay where another is at work, LedgerError and ArtifactUnavailable where something is out of reach.
        """
        with alone(self.settings):
            yield from self._delete()
            self._shrink()

    def bytes(self) -> dict[str, int]:
        """What the databases take, in bytes: by file of SQLite, or by table of Postgres."""
        of_files = {str(file): bytes_on_disk([file]) for file in self._sqlite_files()}
        if not self.settings.on_postgres:
            return of_files
        with closing(open_database(self.settings)) as database, database.read() as connection:
            return of_files | bytes_by_table(connection)

    def _runs(self) -> list[Kind]:
        before = self._before(self.settings.keep_runs_days)
        found = self._old_runs(before).found().items() if before else ()
        return [Kind(name, RUNS, before, rows) for name, rows in found if before]

    def _files(self) -> list[Kind]:
        before = self._before(self.settings.keep_media_days)
        if before is None:
            return []
        files = {
            renders.CACHE: renders.old_cache(self.settings, self._seconds(before)),
            media.NAME: media.expired_media(self.store, self.ledger, before),
            renders.RENDERS: [
                file for its in renders.old_renders(self.settings, self._seconds(before)).values() for file in its
            ],
        }
        return [Kind(name, MEDIA, before, files_measured(its, self.now)) for name, its in files.items()]

    def _rows(self) -> list[Kind]:
        before = self._before(self.settings.keep_ledger_days)
        found = self.ledger.keeping.expired(before).items() if before else ()
        return [Kind(_NAMES[name], LEDGER, before, rows) for name, rows in found if before]

    def _delete(self) -> Gone:
        if before := self._before(self.settings.keep_runs_days):
            yield from self._old_runs(before).delete()
        if before := self._before(self.settings.keep_media_days):
            yield from renders.delete_cache(self.settings, self._seconds(before))
            yield from media.delete_media(self.store, self.ledger, before)
            yield from renders.delete_renders(self.settings, self._seconds(before))
        if before := self._before(self.settings.keep_ledger_days):
            for name, count in self.ledger.keeping.delete(before):
                yield _NAMES[name], count

    def _shrink(self) -> None:
        for file in self._sqlite_files():
            if home_is_ours() or file == ledger_file(self.settings):
                shrink_sqlite(file)
        if self.settings.on_postgres:
            with closing(open_database(self.settings)) as database:
                vacuum_postgres(database)

    def _sqlite_files(self) -> list[Path]:
        ledger = ledger_file(self.settings)
        return [*([ledger] if ledger else []), *sqlite_files(self.instance)]

    def _old_runs(self, before: datetime) -> OldRuns:
        outputs, open_jobs = outputs_of(self.settings), self.ledger.keeping.open_jobs()
        return OldRuns(self.instance, outputs, open_jobs, before, self.now)

    def _before(self, days: int | None) -> datetime | None:
        return self.now - timedelta(days=days) if days else None

    def _seconds(self, before: datetime) -> float:
        return (self.now - before).total_seconds()
