"""What one back-up consists of."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.errors import AdgenError, ErrorCode

FORMAT = 1


class BackupError(AdgenError):
    """A back-up that cannot be made, read or restored; the message says what to do."""


class UnfitPlace(BackupError):
    """Where a back-up, or an installation restored from it, was to go is no place for it: choose another."""

    code = ErrorCode.INVALID_INPUT


class NoBackup(BackupError):
    """There is none where one was asked for, or none of that name."""

    code = ErrorCode.INVALID_INPUT


class DamagedManifest(BackupError):
    """A manifest that is not what was written: it is no back-up any more."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: its `path` begins with its kind (media, outputs, ledger, ...); `stamp` changes when it is written.

    No model, which would take three times the room: a back-up has hundreds of thousands.
    """

    path: str
    sha256: str
    size: int
    stamp: str = ""


class Manifest(Frozen):
    """A back-up.

    `created_at` is the moment of the ledger's copy: calls made after it are not in it. `ledger_revision` and
    `dagster_version` are what it was made by. `spent` in USD, over all jobs that ever were. `problems` are told to
    people: files that could not be copied, and what else is not in it.
    """

    format: int = FORMAT
    created_at: datetime
    version: str
    database: Literal["sqlite", "postgres"]
    ledger_revision: str
    dagster_version: str
    jobs: int
    calls: int
    spent: Decimal
    entries: list[Entry]
    problems: list[str] = []

    def of(self, kind: str) -> list[Entry]:
        """The files of a kind."""
        return [entry for entry in self.entries if entry.path.startswith(f"{kind}/")]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(entry.size for entry in self.entries)
