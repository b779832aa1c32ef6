"""What one ad leaves behind and takes on the way, on Postgres: rows, bytes, files, CPU, memory, connections.

Two batches of equal ads are made, and the second is counted: what the first finds empty (tables, pages, processes) is
no ad's share. Dagster's runs and the ledger lie in one database, as DATABASE_URL has it.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2  # type: ignore[import-untyped]

from adgen_pipeline_tests.postgres import new_database, running_postgres
from benchmarks import fakes, instances, rivals
from benchmarks.instances import ADS, Home
from benchmarks.profiles import SHORT, prompt_for
from benchmarks.watch import Watch

SCENES = 4
_TABLES = "SELECT relname FROM pg_stat_user_tables ORDER BY relname"
_SIZE = "SELECT coalesce(sum(pg_total_relation_size(relid)), 0) FROM pg_stat_user_tables"
_CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


@dataclass(frozen=True)
class Footprint:
    """One ad's, on average over `ads`.

    `rows` by table, `database` and `files` in bytes, `cpu` in seconds of all of Dagster and the runs, `memory` in MB of
    the run's own process, `connections` to Postgres while all `ads` ran, those of the deployment itself (`standing`)
    left out.
    """

    ads: int
    rows: dict[str, float]
    database: float
    files: float
    cpu: float
    memory: float
    connections: float
    standing: int


def measured(ads: int) -> Footprint:
    """Make two batches of `ads` on a Postgres of the benchmark's own."""
    with (
        TemporaryDirectory(prefix="adgen-bench-", ignore_cleanup_errors=True) as name,
        fakes.running(SHORT) as services,
        running_postgres(durable=True) as server,
    ):
        url = new_database(server)
        setting, storage = instances.on_postgres(url)
        room = {"MAX_CONCURRENT_JOBS": str(ads)}
        home = Home.made(Path(name, "home"), rivals.settings(services) | room | setting, **storage)
        with instances.deployed(home, ADS) as deployment, _asking(url) as ask:
            standing = int(ask(_CONNECTIONS)[0][0])
            _make(deployment, range(ads))
            before = _state(ask, home.folder)
            with Watch(deployment.process.pid, every=0.5, memory_every=1.0) as watch:
                most = _make(deployment, range(ads, 2 * ads), lambda: int(ask(_CONNECTIONS)[0][0]))
            after = _state(ask, home.folder)
    rows = {table: (after[0][table] - before[0].get(table, 0)) / ads for table in after[0]}
    return Footprint(
        ads=ads,
        rows={table: round(count, 2) for table, count in rows.items() if count},
        database=(after[1] - before[1]) / ads,
        files=(after[2] - before[2]) / ads,
        cpu=watch.usage.cpu / ads,
        memory=watch.usage.peaks.get("run", 0.0) / ads,
        connections=(most - standing) / ads,
        standing=standing,
    )


def _make(deployment: instances.Deployment, numbers: range, look: Callable[[], int] = lambda: 0) -> int:
    """Launch them all, and wait; the most that `look` saw on the way."""
    runs = [deployment.launch(ADS, rivals.brief(prompt_for(number, SCENES))) for number in numbers]
    most = 0
    while True:
        records = deployment.instance.get_run_records(limit=len(runs))
        most = max(most, look())
        if all(record.dagster_run.is_finished for record in records):
            break
    for record in deployment.wait(*runs):
        instances.length_of(record)  # ends the benchmark where one has failed
    return most


def _state(ask: "Ask", folder: Path) -> tuple[dict[str, int], int, int]:
    """Rows by table, bytes of the database, bytes of files."""
    tables = [str(name) for (name,) in ask(_TABLES)]
    rows = {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in tables}
    files = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return rows, int(ask(_SIZE)[0][0]), files


class Ask:
    """Queries over one connection."""

    def __init__(self, connection: object):
        self._connection = connection

    def __call__(self, query: str) -> list[tuple[object, ...]]:
        with self._connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(query)
            return list(cursor.fetchall())


@contextmanager
def _asking(url: str) -> Iterator[Ask]:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        yield Ask(connection)
