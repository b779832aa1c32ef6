"""How far an installation has come: `python -m adgen_pipeline.deployment.bookmark` prints one line, such as

    0005 jobs=12/9f86d081 calls=48/60303ae2 pins=0/e3b0c442 ... inbox=3/ab12cd34

The revision of the tables, or `none`; then, of each thing that is bought or taken in, how many there are and a digest
of what became of them. Two bookmarks of one release are equal, but for the revision, only if nothing was bought, ended
or taken in between: only then may an update bring back the state of before. It reads what any version wrote, and
changes nothing.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import sqlalchemy as sa

from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger.database import Database
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.revisions import revision
from adgen_pipeline.settings import Settings

_ROWS = MappingProxyType(
    {
        "jobs": ("ledger_jobs", ("job_id", "outcome", "ended_at")),
        "calls": ("ledger_calls", ("id", "job_id", "state", "attempts", "updated_at")),
        "pins": ("ledger_pins", ("name", "updated_at")),
        "commissions": ("ledger_commissions", ("key", "job_id", "launched_at")),
        "intakes": ("ledger_intakes", ("key", "moved_at")),
    }
)
"""By name, the table and the columns looked at, the first of which is its key. What an older version does not have yet
is left out."""

_RUNS = "runs", ("id", "run_id")
"""Dagster's: an ad that was launched in its UI is nowhere else yet."""

_AT_ONCE = 1000


def bookmark(settings: Settings) -> tuple[str | None, dict[str, str]]:
    """The revision of the ledger's tables (None: there are none yet), and of each thing `<how many>/<digest>`.

    Raises LedgerError where the database cannot be reached.
    """
    with closing(open_database(settings)) as database:
        found, marks = _of_ledger(database)
        runs = _digest(_rows(database, *_RUNS)) if settings.on_postgres else _of_runs(settings)
    inbox = settings.inbox_place
    files = {"campaigns": settings.campaigns_folder} | ({} if "://" in inbox else {"inbox": Path(inbox)})
    return found, marks | {"runs": runs} | {kind: _digest(_files(folder)) for kind, folder in files.items()}


def _of_ledger(database: Database) -> tuple[str | None, dict[str, str]]:
    found = None
    if _is_there(database):
        with database.read() as connection:
            found = revision(connection)
    return found, {name: _digest(_rows(database, *looked_at)) for name, looked_at in _ROWS.items()}


def _of_runs(settings: Settings) -> str:
    file = settings.home / "dagster" / "history" / "runs.db"
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(file)))
    with closing(Database(engine, "Dagster's runs")) as database:
        return _digest(_rows(database, *_RUNS))


def _rows(database: Database, table: str, columns: tuple[str, ...]) -> Iterator[object]:
    """By key, those of the columns that there are."""
    if not _is_there(database):
        return
    with database.read() as connection:
        if not sa.inspect(connection).has_table(table):
            return
        there = {column["name"] for column in sa.inspect(connection).get_columns(table)}
        known: list[sa.ColumnClause[object]] = [sa.column(name) for name in columns if name in there]
        query = sa.select(*known).select_from(sa.table(table)).order_by(known[0])
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
            yield tuple(map(str, row))


def _files(folder: Path) -> Iterator[object]:
    """With sizes (bytes) and times of writing (ns)."""
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            yield str(file.relative_to(folder)), file.stat().st_size, file.stat().st_mtime_ns


def _digest(things: Iterable[object]) -> str:
    count, digest = 0, hashlib.sha256()
    for thing in things:
        count += 1
        digest.update(f"{thing!r}\n".encode())
    return f"{count}/{digest.hexdigest()[:16]}"


def _is_there(database: Database) -> bool:
    return database.file is None or database.file.is_file()


def main() -> None:
    """Exit code 1, and the reason on stderr, where the database, or a folder, cannot be reached."""
    try:
        found, marks = bookmark(Settings.read())
    except AdgenError as error:
        sys.exit(error.message)
    except OSError as error:
        sys.exit(f"INBOX or CAMPAIGNS cannot be looked through: {error}")
    print(found or "none", *(f"{name}={mark}" for name, mark in marks.items()))


if __name__ == "__main__":
    main()
