"""Makes a back-up of an installation that is at work.

The order matters. Dagster's state is copied first, then the ledger, so that no run is restored whose money the ledger
does not know. Files come last: the ledger speaks of a file only once it is stored, so all that its copy speaks of are
there, unless they were deleted before; retention waits meanwhile. On Postgres both are in one dump, of one moment.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import sqlalchemy as sa
from dagster import DagsterInstance

from adgen_pipeline.defs.instance import home_is_ours, open_instance
from adgen_pipeline.defs.keeping import events_folder, sqlite_files
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.ledger.opening import database_url, ledger_file
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.storage.outputs import outputs_of
from adgen_pipeline.storage.remote import RemoteFolder
from adgen_pipeline.upkeep.alone import alone
from adgen_pipeline.upkeep.backup import places
from adgen_pipeline.upkeep.backup.databases import copy_sqlite, dump
from adgen_pipeline.upkeep.backup.manifest import Entry, Manifest, UnfitPlace
from adgen_pipeline.upkeep.backup.vault import Vault

Tell = Callable[[str, int], None]
"""Called with a kind of files, and how many more of it are done."""


@dataclass
class Creating:
    """One back-up, as it is made in the `work` folder."""

    settings: Settings
    vault: Vault
    work: Path
    tell: Tell
    entries: list[Entry] = field(default_factory=list)
    problems: list[str] = field(init=False)
    earlier: dict[str, Entry] = field(init=False)
    """The files of the last back-up, by their paths."""

    def __post_init__(self) -> None:
        last, self.problems = self.vault.newest()
        self.earlier = {entry.path: entry for entry in last.entries} if last else {}

    def add(self, entry: Entry) -> None:
        """One more file."""
        self.entries.append(entry)
        self.tell(entry.path.partition("/")[0], 1)

    def database(self, file: Path, path: str) -> None:
        """A SQLite file, unless nothing was written to it since the last back-up."""
        if not file.is_file() or self._is_known(file, path):
            return
        stamp, copy = places.stamp_of(file), self.work / "copy.db"
        copy.unlink(missing_ok=True)
        copy_sqlite(file, copy)
        self.add(self.vault.put(copy, path, stamp))

    def plain(self, file: Path, path: str) -> None:
        """Any other file; one that goes away meanwhile is left out, one that cannot be read is told."""
        try:
            if not self._is_known(file, path):
                self.add(self.vault.put(file, path, places.stamp_of(file)))
        except FileNotFoundError:
            return
        except OSError as error:
            self.problems.append(f"{path} is not in it: it cannot be read ({error.strerror})")

    def _is_known(self, file: Path, path: str) -> bool:
        """Whether it is as it was at the last back-up; then it is in this one, too."""
        before = self.earlier.get(path)
        beside = file.with_name(f"{file.name}-wal")
        unchanged = before is not None and before.stamp == places.stamp_of(file) and not _has_content(beside)
        if before and unchanged and self.vault.holds(before.sha256, before.size):
            self.add(before)
            return True
        return False


@dataclass(frozen=True)
class Created:
    """A back-up's `name` and manifest, and how many files were `dropped` with older ones."""

    name: str
    manifest: Manifest
    dropped: int


def create(settings: Settings, target: str, tell: Tell, *, media: bool = True, keep: int | None = None) -> Created:
    """Back everything up to `target`; what is there already is not copied again. Of all back-ups `keep` stay.

    Raises BackupError and ArtifactUnavailable where something cannot be copied, UnderWay beside another one. Nothing
    that was broken off counts as a back-up.
    """
    vault = Vault(target, settings)
    _refuse_own_folder(vault, settings)
    with alone(settings), tempfile.TemporaryDirectory(prefix="adgen-backup-") as work:
        making = Creating(settings, vault, Path(work), tell)
        with open_instance() as instance, open_ledger(settings) as ledger:
            moment, figures = _copy_databases(making, instance, ledger)
        if media:
            _copy_media(making)
        _copy_outputs(making)
        for path, file in places.plain_files(settings):
            making.plain(file, path)
        manifest = _manifest(making, moment, figures)
        name = vault.write(manifest)
        return Created(name, manifest, vault.drop(keep, name) if keep else 0)


@dataclass(frozen=True)
class _Figures:
    jobs: int
    calls: int
    spent: str


def _copy_databases(making: Creating, instance: DagsterInstance, ledger: Ledger) -> tuple[datetime, _Figures]:
    """The moment of the ledger's copy, and what it holds."""
    for file in sqlite_files(instance):
        making.database(file, f"{places.DAGSTER}/{file.name}")
    folder = events_folder(instance)
    for file in sorted(folder.glob("*.db")) if folder else ():
        if file.stem != "index":
            making.database(file, f"{places.EVENTS}/{file.name}")
    making.problems += _left_out(making.settings, instance)
    book, moment, figures = ledger_file(making.settings), datetime.now(UTC), _figures(ledger)
    if book:
        making.database(book, f"{places.LEDGER}/ledger.db")
    else:
        file = making.work / "database.dump"
        dump(database_url(making.settings), file)
        making.add(making.vault.put(file, f"{places.DUMP}/database.dump"))
    return moment, figures


def _left_out(settings: Settings, instance: DagsterInstance) -> list[str]:
    """A team's own Dagster on a server of its own."""
    if home_is_ours() or sqlite_files(instance):
        return []
    url = getattr(instance.run_storage, "postgres_url", None)
    if url and settings.on_postgres and _database(sa.make_url(url)) == _database(database_url(settings)):
        return []
    config = f"{instance.root_directory}/dagster.yaml"
    return [f"Dagster's runs and events are not in it: {config} keeps them on another server; back that up by itself"]


def _database(url: sa.URL) -> tuple[str | None, int, str | None]:
    return url.host, url.port or 5432, url.database


def _figures(ledger: Ledger) -> _Figures:
    standing = ledger.records.standing()
    return _Figures(sum(standing.jobs.values()), sum(standing.calls.values()), str(sum(standing.spent.values())))


def _copy_media(making: Creating) -> None:
    """By their names, which are their hashes: what is there is not even read."""
    store = MediaStore.of(making.settings)
    for file in store.names():
        sha256, path = file.name.partition(".")[0], f"{places.MEDIA}/{file.name}"
        if making.vault.holds(sha256, file.size):
            making.add(Entry(path=path, sha256=sha256, size=file.size))
            continue
        copy = _local(making, file.name)
        entry = making.vault.put(copy, path) if copy else None
        if entry is None or entry.sha256 != sha256:
            making.problems.append(f"{file.name} is {'damaged' if entry else 'gone'} in MEDIA_STORE, and not in it")
        else:
            making.add(entry)


def _local(making: Creating, name: str) -> Path | None:
    """The file itself, or a copy of what lies in a remote store, which is not kept."""
    remote, key = making.settings.media_remote, f"{name[:2]}/{name}"
    if remote is None:
        file = making.settings.media_folder / key
        return file if file.is_file() else None
    copy = making.work / "copy"
    return copy if RemoteFolder(remote, making.settings.storage_options).get(key, copy) else None


def _copy_outputs(making: Creating) -> None:
    """Written once each, and never again: one that the last back-up has is not read."""
    outputs, copy = outputs_of(making.settings), making.work / "output"
    for file in outputs.names():
        path = f"{places.OUTPUTS}/{file.name}"
        before = making.earlier.get(path)
        if before and before.size == file.size and making.vault.holds(before.sha256, before.size):
            making.add(before)
        elif (content := outputs.read(file.name)) is not None:
            copy.write_bytes(content)
            making.add(making.vault.put(copy, path))


def _manifest(making: Creating, moment: datetime, figures: _Figures) -> Manifest:
    return Manifest.model_validate(
        {
            "created_at": moment,
            "version": version("adgen-pipeline"),
            "database": "postgres" if making.settings.on_postgres else "sqlite",
            "ledger_revision": REVISION,
            "dagster_version": version("dagster"),
            "entries": making.entries,
            "problems": making.problems,
        }
        | vars(figures)
    )


def _refuse_own_folder(vault: Vault, settings: Settings) -> None:
    if vault.folder and vault.folder.is_relative_to(settings.home):
        told = f"{vault.folder} lies in ADGEN_HOME, whose loss a back-up is for"
        raise UnfitPlace(f"{told}: choose another disk, or a store such as s3://bucket/backups")


def _has_content(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0
