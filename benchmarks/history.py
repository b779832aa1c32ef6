"""The past: thousands of finished ads, as a real one leaves them, in a state folder on SQLite.

One ad's rows in every database of the folder (Dagster's runs, events and assets, the ledger) are written again with an
id of their own, times going back a minute an ad. Files and folders that carry the ad's id, such as its own event
database, are linked, not copied: they are never opened again, and 10,000 of them would take 5 GB. Media stay one ad's.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

_STEM = 24
"""Characters of an id that all copies share; the rest counts up."""

_HASHES = {"key", "request_hash"}
"""Digests that must differ from ad to ad although nothing in them names it."""


@dataclass(frozen=True)
class Past:
    """Copies number `first` to `last` (not counted in) of the ad `model`."""

    model: str
    first: int
    last: int

    def id_of(self, number: int) -> str:
        """The copy's id."""
        return f"{self.model[:_STEM]}{number:012x}"

    def write_into(self, folder: Path) -> None:
        """All of it; nobody else may have the folder's databases open."""
        for path in sorted(folder.rglob("*.db")):
            if not path.name.startswith(self.model[:_STEM]):
                with closing(sqlite3.connect(path)) as connection, connection:
                    self._copy_rows(connection)
        for path in sorted(folder.rglob(f"{self.model}*")):
            for number in range(self.first, self.last):
                _link(path, path.with_name(path.name.replace(self.model, self.id_of(number))))

    def _copy_rows(self, connection: sqlite3.Connection) -> None:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        shifts = {table: _Ids.of(connection, table, self.model) for table in tables if _marks(connection, table)}
        for table in sorted(shifts, key=lambda name: name.startswith("asset_event_tags")):  # they point at events
            rows = shifts[table]
            if rows:
                self._multiply(connection, table, rows, shifts.get("event_logs"))

    def _multiply(self, connection: sqlite3.Connection, table: str, rows: "_Ids", events: "_Ids | None") -> None:
        columns = _columns(connection, table)
        written = [self._expression(name, kind, rows, events) for name, kind in columns.items()]
        names = ", ".join(f'"{name}"' for name in columns)
        span = {"first": self.first, "last": self.last, "model": self.model, "stem": self.model[:_STEM]}
        connection.execute(f'CREATE TEMP TABLE of_model AS SELECT * FROM "{table}" WHERE rowid IN ({rows.where})', span)
        connection.execute(
            f"WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :last) "
            f'INSERT INTO "{table}" ({names}) SELECT {", ".join(written)} FROM n CROSS JOIN of_model t',
            span,
        )
        connection.execute("DROP TABLE of_model")

    @staticmethod
    def _expression(name: str, kind: str, rows: "_Ids", events: "_Ids | None") -> str:
        """What a copy has in this column."""
        column, copy = f't."{name}"', ":stem || printf('%012x', n.i)"
        if name == "id":
            return rows.moved(column)
        if name == "event_id" and events:
            return events.moved(column)
        if name in _HASHES:
            return f"substr({column}, 1, 40) || printf('%012x', n.i)"
        if name == "name":  # a pin's: of the ad, or of a look that has a digest
            own = f"substr({column}, 1, 40) || printf('%012x', n.i)"
            return f"CASE WHEN instr({column}, :model) THEN replace({column}, :model, {copy}) ELSE {own} END"
        if kind in ("DATETIME", "TIMESTAMP"):
            return f"strftime('%Y-%m-%d %H:%M:%f', {column}, '-' || (n.i - :first + 1) || ' minutes')"
        if name in ("start_time", "end_time"):
            return f"{column} - 60 * (n.i - :first + 1)"
        if kind.startswith(("VARCHAR", "TEXT", "JSON")):
            return f"replace({column}, :model, {copy})"
        return column


@dataclass(frozen=True)
class _Ids:
    """The rows of the model in one table: which, and how their ids are moved for the copy n.i."""

    where: str
    lowest: int
    span: int
    next: int

    @classmethod
    def of(cls, connection: sqlite3.Connection, table: str, model: str) -> "_Ids | None":
        """None where the table has nothing of the model."""
        where = f'SELECT rowid FROM "{table}" WHERE {_marks(connection, table)}'
        query = (
            f'SELECT min(rowid), max(rowid), (SELECT max(rowid) FROM "{table}") FROM "{table}" WHERE rowid IN ({where})'
        )
        lowest, highest, newest = connection.execute(query, {"model": model}).fetchone()
        return None if lowest is None else cls(where, lowest, highest - lowest + 1, newest + 1)

    def moved(self, column: str) -> str:
        """The id of the copy, behind all that are there."""
        return f"{self.next} + (n.i - :first) * {self.span} + ({column} - {self.lowest})"


def _marks(connection: sqlite3.Connection, table: str) -> str | None:
    """How the rows of one ad are told in this table; None where there are none of an ad."""
    columns = _columns(connection, table)
    for name in ("run_id", "job_id"):
        if name in columns:
            return f"{name} = :model"
    if "event_id" in columns:
        return "event_id IN (SELECT id FROM event_logs WHERE run_id = :model)"
    if table == "ledger_pins":
        newest = "SELECT rowid FROM ledger_pins WHERE name NOT LIKE 'job %' ORDER BY rowid DESC LIMIT 1"
        return f"(name = 'job ' || :model OR rowid IN ({newest}))"
    return None


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    return {row[1]: row[2].upper() for row in connection.execute(f'PRAGMA table_info("{table}")')}


def _link(path: Path, target: Path) -> None:
    """Another name for a file, or for all files of a folder."""
    for file, linked in _pairs(path, target):
        linked.parent.mkdir(exist_ok=True)
        os.link(file, linked)


def _pairs(path: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    if path.is_dir():
        yield from ((file, target / file.name) for file in path.iterdir())
    else:
        yield path, target
