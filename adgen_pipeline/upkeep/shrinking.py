"""Gives back the room of rows that were deleted.

A SQLite file shrinks. Its first time, it is written anew, and writers wait meanwhile; from then on some pages at a time
are given back. Postgres is told to reuse the room for rows to come: its files shrink only by `VACUUM FULL`, for which
everybody would have to wait.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from adgen_pipeline.errors import LedgerError
from adgen_pipeline.ledger.database import BUSY_SECONDS, Database

_PAGES = 1000
"""Given back at a time, of 4 KiB each: nobody writes in these few hundredths of a second."""

_INCREMENTAL = 2


def shrink_sqlite(file: Path) -> None:
    """Give the free pages of the database in `file` back to the disk. Raises LedgerError when it is locked for long."""
    if not file.is_file():
        return
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS, isolation_level=None)) as database:
            if _number(database, "PRAGMA auto_vacuum") != _INCREMENTAL:
                database.execute(f"PRAGMA auto_vacuum = {_INCREMENTAL}")
                database.execute("VACUUM")
            while free := _number(database, "PRAGMA freelist_count"):
                database.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
                if _number(database, "PRAGMA freelist_count") >= free:
                    break
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.Error as error:
        told = f"{file} could not be shrunk ({error}); what is deleted is deleted"
        raise LedgerError(f"{told}, and the next `adgen retention --delete` gives the room back") from error


def vacuum_postgres(database: Database) -> None:
    """Let all tables of the database reuse the room of deleted rows, and let the planner know how many are left."""
    with database.outside_of_transactions() as connection:
        quote = connection.dialect.identifier_preparer.quote
        for table in sa.inspect(connection).get_table_names():
            connection.execute(sa.text(f"VACUUM (ANALYZE) {quote(table)}"))


def bytes_on_disk(files: Sequence[Path]) -> int:
    """Of SQLite files with what lies beside them."""
    beside = (file.with_name(file.name + ending) for file in files for ending in ("", "-wal", "-shm"))
    return sum(file.stat().st_size for file in beside if file.is_file())


def _number(database: sqlite3.Connection, pragma: str) -> int:
    return int(database.execute(pragma).fetchone()[0])
