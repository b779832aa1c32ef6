"""Brings a back-up into an empty installation.

Everything is looked through before anything is written. The ledger comes last, so that what was broken off can be
begun anew. What was made and paid between the back-up and the loss is unknown to it: what was under way then does not
go on by itself, unless that is wished for.
"""

import tempfile
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dagster import DagsterInstance, RunsFilter

from adgen_pipeline.defs.database.upgrading import upgrade
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.keeping import cancel_unfinished, events_folder, sqlite_files
from adgen_pipeline.errors import ErrorCode
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.ledger.opening import database_url, ledger_file, open_database
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.outputs import outputs_of
from adgen_pipeline.storage.remote import RemoteFolder
from adgen_pipeline.upkeep.alone import alone
from adgen_pipeline.upkeep.backup import places
from adgen_pipeline.upkeep.backup.creating import Tell
from adgen_pipeline.upkeep.backup.databases import load
from adgen_pipeline.upkeep.backup.manifest import BackupError, Entry, Manifest, UnfitPlace
from adgen_pipeline.upkeep.backup.vault import Vault

_SEEN_BEFORE = (
    "was under way when the back-up of {moment} was made, which was restored; it may have been finished since"
)

_RESTORED = "restored"


@dataclass(frozen=True)
class Outcome:
    """What a restore did: `ended` are the jobs (ids) that were under way, `refused` ads that waited to be launched,
    `in_doubt` calls whose price is held back, as they may have been billed since."""

    manifest: Manifest
    ended: list[str]
    refused: int
    in_doubt: int


def restore(settings: Settings, source: str, tell: Tell, *, name: str | None = None, go_on: bool = False) -> Outcome:
    """Restore the back-up that is `name`d, or the newest, into the installation of `settings`.

    `go_on`: what was under way or waiting is launched again, under the same keys as before; what happened since is
    paid a second time at services that do not honour them. Raises BackupError where the installation is not empty,
    the back-up is damaged, of another kind of database, or of a newer version.
    """
    vault = Vault(source, settings)
    manifest = vault.read(name)
    _check(manifest, settings)
    _look_through(vault, manifest, tell)
    with alone(settings), tempfile.TemporaryDirectory(prefix="adgen-restore-") as work:
        _bring_files(vault, manifest, settings, Path(work), tell)
        for entry in manifest.of(places.INBOX):
            vault.get(entry, places.place_of(entry if go_on else _out_of_reach(entry), settings))
        _bring_databases(vault, manifest, settings, Path(work), tell)
    if (manifest.ledger_revision, manifest.dagster_version) != (REVISION, version("dagster")):
        upgrade(settings, lambda told: None)
    return _settle(settings, manifest, go_on=go_on)


def _check(manifest: Manifest, settings: Settings) -> None:
    here = "postgres" if settings.on_postgres else "sqlite"
    if manifest.ledger_revision > REVISION:
        made = f"it was made by adgen-pipeline {manifest.version}, whose ledger is at {manifest.ledger_revision}"
        raise BackupError(f"{made}; this one knows {REVISION}: update the package, and restore then")
    if manifest.database != here:
        way_out = "set DATABASE_URL to an empty Postgres" if here == "sqlite" else "unset DATABASE_URL"
        raise UnfitPlace(f"DATABASE_URL: the back-up is of {manifest.database}, and here is {here}; {way_out}")
    found = _found(settings)
    if found:
        told = f"{found}: a back-up is restored into an empty installation alone"
        raise UnfitPlace(f"{told}; set ADGEN_HOME (and DATABASE_URL) to new places, or move the old ones away")


def _found(settings: Settings) -> str | None:
    """What is here already, if anything."""
    with closing(open_database(settings)) as database:
        if database.file:
            return f"{database.file} is there" if database.file.is_file() else None
        with database.read() as connection:
            tables = sa.inspect(connection).get_table_names()
        return f"the database {database.engine.url.database} has {len(tables)} tables" if tables else None


def _look_through(vault: Vault, manifest: Manifest, tell: Tell) -> None:
    wrong = []
    for _, problem in vault.damaged(manifest):
        tell("looked through", 1)
        wrong += [problem] if problem else []
    if wrong:
        more = f" (and {len(wrong) - 1} more files)" if len(wrong) > 1 else ""
        raise BackupError(f"{wrong[0]}{more}; nothing was restored")


def _bring_files(vault: Vault, manifest: Manifest, settings: Settings, work: Path, tell: Tell) -> None:
    for entry in manifest.of(places.MEDIA):
        _bring_media(vault, entry, settings, work)
        tell(places.MEDIA, 1)
    outputs = outputs_of(settings)
    for entry in manifest.of(places.OUTPUTS):
        vault.get(entry, work / "output")
        outputs.write(entry.path.partition("/")[2], (work / "output").read_bytes())
        tell(places.OUTPUTS, 1)
    for kind in (places.STATE, places.CAMPAIGNS):
        for entry in manifest.of(kind):
            vault.get(entry, places.place_of(entry, settings))
            tell(kind, 1)


def _out_of_reach(entry: Entry) -> Entry:
    """A brief that lay in the inbox may have been taken in since: it waits in a folder aside."""
    kind, _, name = entry.path.partition("/")
    return entry if "/" in name else entry.model_copy(update={"path": f"{kind}/{_RESTORED}/{name}"})


def _bring_media(vault: Vault, entry: Entry, settings: Settings, work: Path) -> None:
    """One that is there is left alone: a bucket may well have outlived the machine."""
    name = entry.path.partition("/")[2]
    key = f"{name[:2]}/{name}"
    if settings.media_remote:
        store = RemoteFolder(settings.media_remote, settings.storage_options)
        if not store.holds(key, entry.size):
            vault.get(entry, work / "media")
            store.put(work / "media", key)
        return
    target = settings.media_folder / key
    if not target.is_file() or target.stat().st_size != entry.size:
        vault.get(entry, target)


def _bring_databases(vault: Vault, manifest: Manifest, settings: Settings, work: Path, tell: Tell) -> None:
    for entry in manifest.of(places.DUMP):
        vault.get(entry, work / "database.dump")
        load(work / "database.dump", database_url(settings))
        tell(places.DUMP, 1)
    if manifest.of(places.DUMP):
        return  # what an older version dumped is not opened before it is upgraded
    with open_instance() as instance:
        where = _dagsters(instance)
        if instance.get_runs_count(RunsFilter()):
            raise UnfitPlace("Dagster has runs here: a back-up is restored into an empty installation alone")
    for entry in (*manifest.of(places.EVENTS), *manifest.of(places.DAGSTER)):
        kind, _, name = entry.path.partition("/")
        target = where[kind] / name if kind == places.EVENTS else where[name]
        vault.get(entry, target)
        _drop_beside(target)
        tell(kind, 1)
    if book := ledger_file(settings):
        for entry in manifest.of(places.LEDGER):
            vault.get(entry, book)
            tell(places.LEDGER, 1)


def _dagsters(instance: DagsterInstance) -> dict[str, Path]:
    """Where Dagster's SQLite files belong, by name, and the folder of the runs' events."""
    folder = events_folder(instance)
    return {file.name: file for file in sqlite_files(instance)} | ({places.EVENTS: folder} if folder else {})


def _drop_beside(file: Path) -> None:
    """What a journal of the empty database says must not be applied to the one that took its place."""
    for ending in ("-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


def _settle(settings: Settings, manifest: Manifest, *, go_on: bool) -> Outcome:
    told = _SEEN_BEFORE.format(moment=f"{manifest.created_at:%Y-%m-%d %H:%M:%S} UTC")
    with open_instance() as instance, open_ledger(settings) as ledger:
        in_doubt = ledger.restored.put_in_doubt()
        if go_on:
            return Outcome(manifest, [], 0, in_doubt)
        message = f"The ad {told}. Going on with it takes what was paid, and buys the rest."
        error: dict[str, Any] = {
            "code": str(ErrorCode.INTERNAL_ERROR),
            "message": message,
            "failed_stage": None,
            "details": {},
        }
        runs = cancel_unfinished(instance, f"It {told}.")
        refused = ledger.restored.refuse_waiting(f"It {told}. Ask for it anew if it is missing.")
        return Outcome(manifest, ledger.restored.end_open(error, runs), refused, in_doubt)
