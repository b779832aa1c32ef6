"""Databases are copied without a trace: neither files beside them, nor a password among a program's arguments."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from adgen_pipeline.upkeep.backup.databases import copy_sqlite, dump

_PROGRAM = '#!/bin/sh\necho "$@" "as $PGPASSWORD" > "$0.said"\n'


def test_nothing_is_left_beside_a_file(tmp_path: Path) -> None:
    """One with a write-ahead log, as each run's events: what reads it alone would leave that log behind."""
    file, copy = tmp_path / "a run? 100% #1.db", tmp_path / "copy"
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE events (event)")
    copy_sqlite(file, copy)
    assert sorted(tmp_path.iterdir()) == sorted([file, copy])


@pytest.mark.parametrize("url", ["postgresql://me:secret@db/ads", "postgresql://me:old@db/ads?password=secret"])
def test_a_password_is_no_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Wherever it stands in DATABASE_URL; what the program says of it comes from the environment."""
    program = tmp_path / "pg_dump"
    program.write_text(_PROGRAM)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    dump(sa.make_url(url), tmp_path / "dump")
    arguments, _, password = (tmp_path / "pg_dump.said").read_text().strip().partition(" as ")
    assert password == "secret" and "postgresql://me@db/ads" in arguments
    assert "secret" not in arguments and "old" not in arguments
