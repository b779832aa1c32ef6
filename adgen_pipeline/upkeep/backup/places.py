"""Which files a back-up holds beside databases and media, and where each belongs in an installation."""

from collections.abc import Iterator
from pathlib import Path

from adgen_pipeline.settings import Settings
from adgen_pipeline.upkeep.backup.manifest import BackupError, Entry

MEDIA, OUTPUTS, LEDGER, DAGSTER, EVENTS, DUMP = "media", "outputs", "ledger", "dagster", "events", "database"
STATE, CAMPAIGNS, INBOX = "state", "campaigns", "inbox"
_DATABASES = (".db", ".db-wal", ".db-shm", ".lock")


def plain_files(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Each file with the path that the manifest gives it: keys and certificates in ADGEN_HOME (secrets, all of
    them), campaigns, and the inbox with what was set aside there, where they are folders of this machine."""
    for file in _in(settings.home, "*"):
        if not file.name.endswith(_DATABASES):
            yield f"{STATE}/{file.name}", file
    for kind, folder in _folders(settings).items():
        for file in _in(folder, "**/*"):
            yield f"{kind}/{file.relative_to(folder).as_posix()}", file


def place_of(entry: Entry, settings: Settings) -> Path:
    """Where a plain file belongs. Raises BackupError for a path that leads elsewhere."""
    kind, _, name = entry.path.partition("/")
    folder = (_folders(settings) | {STATE: settings.home}).get(kind)
    if folder is None or not name or ".." in Path(name).parts or Path(name).is_absolute():
        raise BackupError(f"{entry.path} of the back-up belongs nowhere in this installation: it was tampered with")
    return folder / name


def stamp_of(file: Path) -> str:
    """What changes whenever the file is written."""
    found = file.stat()
    return f"{found.st_size}/{found.st_mtime_ns}/{found.st_ino}"


def _folders(settings: Settings) -> dict[str, Path]:
    """A remote inbox is on a store of its own."""
    inbox = {INBOX: Path(settings.inbox_place)} if "://" not in settings.inbox_place else {}
    return {CAMPAIGNS: settings.campaigns_folder} | inbox


def _in(folder: Path, pattern: str) -> list[Path]:
    return sorted(file for file in folder.glob(pattern) if file.is_file() and not file.is_symlink())
