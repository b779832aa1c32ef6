"""Brings the files of a back-up to where they belong; what is there of an earlier try is written over."""

from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from dagster import DagsterInstance

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.keeping import events_folder, sqlite_files
from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.opening import database_url
from adgen_pipeline.ledger.restoring import Restored
from adgen_pipeline.ledger.schema import VERSION_TABLE
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.outputs import outputs_of
from adgen_pipeline.storage.remote import RemoteFolder
from adgen_pipeline.upkeep.backup import places
from adgen_pipeline.upkeep.backup.creating import Tell
from adgen_pipeline.upkeep.backup.databases import copy_sqlite, load
from adgen_pipeline.upkeep.backup.manifest import Entry, Manifest
from adgen_pipeline.upkeep.backup.vault import Vault


@dataclass(frozen=True)
class Bringing:
    """One restore, with room for files on their way in the `work` folder."""

    settings: Settings
    vault: Vault
    manifest: Manifest
    work: Path
    tell: Tell

    def files(self, *, inbox_too: bool) -> None:
        """All that is in no database. `inbox_too`: briefs into the inbox itself, where they are taken in."""
        for entry in self.manifest.of(places.MEDIA):
            self._media(entry)
            self.tell(places.MEDIA, 1)
        outputs = outputs_of(self.settings)
        for entry in self.manifest.of(places.OUTPUTS):
            outputs.write(entry.path.partition("/")[2], self._fetched(entry).read_bytes())
            self.tell(places.OUTPUTS, 1)
        for kind in (places.STATE, places.CAMPAIGNS, places.INBOX):
            place = places.place_aside if kind == places.INBOX and not inbox_too else places.place_of
            for entry in self.manifest.of(kind):
                self.vault.get(entry, place(entry, self.settings))
                self.tell(kind, 1)

    def databases(self, ledger: Database) -> None:
        """Dagster's and the `ledger`, which is shut, and stays so."""
        self._dagsters()
        for entry in self.manifest.of(places.DUMP):
            Restored(ledger).clear()
            load(self._fetched(entry), database_url(self.settings), without=VERSION_TABLE)
            self.tell(places.DUMP, 1)
        for entry in self.manifest.of(places.LEDGER):
            assert ledger.file
            book = self._fetched(entry)
            Restored(Database(sa.create_engine(sa.URL.create("sqlite", database=str(book))))).shut()
            copy_sqlite(book, ledger.file)  # as one transaction: the file is shut before it, and after it
            self.tell(places.LEDGER, 1)

    def _media(self, entry: Entry) -> None:
        """One that is there is left alone: a bucket may well have outlived the machine."""
        name = entry.path.partition("/")[2]
        key = f"{name[:2]}/{name}"
        if self.settings.media_remote:
            store = RemoteFolder(self.settings.media_remote, self.settings.storage_options)
            if not store.holds(key, entry.size):
                store.put(self._fetched(entry), key)
            return
        target = self.settings.media_folder / key
        if not target.is_file() or target.stat().st_size != entry.size:
            self.vault.get(entry, target)

    def _dagsters(self) -> None:
        entries = [*self.manifest.of(places.EVENTS), *self.manifest.of(places.DAGSTER)]
        if not entries:
            return  # in the dump, or none of ours
        with open_instance() as instance:
            where = dagsters_files(instance)
        for entry in entries:
            kind, _, name = entry.path.partition("/")
            target = where[kind] / name if kind == places.EVENTS else where[name]
            for file in places.beside(target):
                file.unlink(missing_ok=True)
            self.vault.get(entry, target)
            self.tell(kind, 1)

    def _fetched(self, entry: Entry) -> Path:
        file = self.work / "file"
        self.vault.get(entry, file)
        return file


def dagsters_files(instance: DagsterInstance) -> dict[str, Path]:
    """Where Dagster's SQLite files belong, by name, and the folder of the runs' events; nothing on a server."""
    folder = events_folder(instance)
    return {file.name: file for file in sqlite_files(instance)} | ({places.EVENTS: folder} if folder else {})
