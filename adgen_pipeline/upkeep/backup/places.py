"""Which files a back-up holds beside databases and media, and where each belongs in an installation."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from adgen_pipeline.settings import Settings
from adgen_pipeline.upkeep.backup.manifest import BackupError, Entry

MEDIA, OUTPUTS, LEDGER, DAGSTER, EVENTS, DUMP = "media", "outputs", "ledger", "dagster", "events", "database"
STATE, CAMPAIGNS, INBOX = "state", "campaigns", "inbox"
VITAL = (LEDGER, DAGSTER, DUMP, STATE)
"""Without these an installation would not be what it was; what is missing of others is made anew, or told."""

_BESIDE = ("-wal", "-shm", "-journal")
_LEFT_OUT = (".db", ".lock", *(f".db{ending}" for ending in _BESIDE))
_RESTORED = "restored"


def plain_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Each file with the path that the manifest gives it: keys and certificates in ADGEN_HOME (secrets, all of
    them), campaigns, and the inbox with what was set aside there, where they are folders of this machine."""
    for file in _in(settings.home, "*"):
        if not file.name.endswith(_LEFT_OUT):
            yield _path(STATE, Path(file.name)), file
    for kind, folder in _folders(settings).items():
        for file in _in(folder, "**/*"):
            yield _path(kind, file.relative_to(folder)), file


def place_of(entry: Entry, settings: Settings) -> Path:
    """Where a plain file belongs. Raises BackupError for a path that leads elsewhere."""
    kind, _, escaped = entry.path.partition("/")
    folder = (_folders(settings) | {STATE: settings.home}).get(kind)
    name = Path(os.fsdecode(unquote_to_bytes(escaped)))
    if folder is None or not name.parts or ".." in name.parts or name.is_absolute():
        raise BackupError(f"{entry.path} of the back-up belongs nowhere in this installation: it was tampered with")
    return folder / name


def place_aside(entry: Entry, settings: Settings) -> Path:
    """Where a file of the inbox waits for a person: a brief that lay there may have been taken in since."""
    place = place_of(entry, settings)
    return place if "/" in entry.path.partition("/")[2] else place.parent / _RESTORED / place.name


def stamp_of(file: Path) -> str:
    """What changes whenever the file is written."""
    found = file.stat()
    return f"{found.st_size}/{found.st_mtime_ns}/{found.st_ino}"


def beside(database: Path) -> list[Path]:
    """Where SQLite keeps what is not yet in the file itself; applied to another file, it would spoil that one."""
    return [database.with_name(database.name + ending) for ending in _BESIDE]


def _path(kind: str, name: Path) -> str:
    """Names are bytes of any kind, and a manifest is text."""
    return f"{kind}/{quote(os.fsencode(name.as_posix()), safe='/ ')}"


def _folders(settings: Settings) -> dict[str, Path]:
    """A remote inbox is on a store of its own."""
    inbox = {INBOX: Path(settings.inbox_place)} if "://" not in settings.inbox_place else {}
    return {CAMPAIGNS: settings.campaigns_folder} | inbox


def _in(folder: Path, pattern: str) -> list[Path]:
    return sorted(file for file in folder.glob(pattern) if file.is_file() and not file.is_symlink())
