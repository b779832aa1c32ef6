"""What is in the database: `adgen db status`."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from adgen_pipeline.defs.database.upgrading import Tables, found
from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.sizes import bytes_by_table
from adgen_pipeline.settings import Settings


@dataclass(frozen=True)
class Size:
    """One table: how many rows it has, and bytes with its indexes (None in a SQLite file, which tells no more)."""

    table: str
    rows: int
    bytes: int | None


@dataclass(frozen=True)
class Status:
    """`where` is the database, without its password; `bytes` is all of it."""

    where: str
    parts: list[Tables]
    sizes: list[Size]
    bytes: int

    @property
    def fits(self) -> bool:
        """Whether this installation can work with it."""
        return not any(part.mismatch for part in self.parts)

    def as_data(self) -> dict[str, Any]:
        """For programs."""
        parts = [
            {"of": part.of, "found": part.found, "wanted": part.wanted, "problem": _told(part)} for part in self.parts
        ]
        return {"database": self.where, "fits": self.fits, "bytes": self.bytes, "revisions": parts} | {
            "tables": [vars(size) for size in self.sizes]
        }


def look(settings: Settings) -> Status:
    """Look, and change nothing. Raises LedgerError where the database cannot be reached."""
    parts = found(settings)
    with closing(open_database(settings)) as database:
        if database.file is None:
            return Status(database.where, parts, _tables(database), _all_bytes(database))
        files = [database.file, *(settings.home / "dagster").rglob("*.db")]
        rows = _rows(database) if database.file.is_file() else []
        return Status(database.where, parts, rows, sum(map(_bytes_of, files)))


def _told(part: Tables) -> str | None:
    return part.mismatch.message if part.mismatch else None


def _all_bytes(database: Database) -> int:
    with database.read() as connection:
        return int(connection.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0)


def _tables(database: Database) -> list[Size]:
    """Of a Postgres, the largest first."""
    with database.read() as connection:
        sizes = [Size(name, _count(connection, name), size) for name, size in bytes_by_table(connection).items()]
    return sorted(sizes, key=lambda size: (-(size.bytes or 0), size.table))


def _rows(database: Database) -> list[Size]:
    """Of a SQLite file, by name."""
    with database.read() as connection:
        names = sorted(sa.inspect(connection).get_table_names())
        return [Size(name, _count(connection, name), None) for name in names]


def _count(connection: sa.Connection, name: str) -> int:
    return int(connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0)


def _bytes_of(file: Path) -> int:
    return file.stat().st_size if file.is_file() else 0
