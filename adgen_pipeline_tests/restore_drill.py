"""A machine is lost, and its back-up restored elsewhere: on SQLite and on a real Postgres.

    python -m adgen_pipeline_tests.restore_drill --jobs 300 --json restore.json

One ad is made by the pipeline and copied. A back-up is made, and a second one after one more ad; then everything is
restored into another home and another database. Jobs, runs, files and money have to be what they were, and the brief
that was made before costs nothing: else the exit code is 1.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.upkeep.backup.creating import create
from adgen_pipeline.upkeep.backup.restoring import restore
from adgen_pipeline.upkeep.backup.vault import Vault
from adgen_pipeline_tests.defs.runs import make
from adgen_pipeline_tests.upkeep.crowd import crowd
from adgen_pipeline_tests.upkeep.drilling import run
from adgen_pipeline_tests.upkeep.installations import elsewhere, installation


@dataclass(frozen=True)
class State:
    """What an installation holds."""

    jobs: int
    calls: int
    spent: str
    runs: int
    events: int
    files: int
    file_bytes: int


@dataclass(frozen=True)
class Drill:
    """`before` and `after` the loss; what the back-ups took (seconds, bytes written), and what the old brief cost."""

    database: str
    before: State
    after: State
    first_seconds: float
    first_bytes: int
    second_seconds: float
    second_bytes: int
    verify_seconds: float
    restore_seconds: float
    same_brief_cost: str

    @property
    def ok(self) -> bool:
        """Whether nothing was lost, and nothing is paid twice."""
        return self.after == self.before and float(self.same_brief_cost) == 0

    def table(self) -> str:
        """For people."""
        after = vars(self.after)
        rows = [f"{self.database}: {'':14} {'before':>14} {'restored':>14}"]
        rows += [f"  {name:22} {value!s:>14} {after[name]!s:>14}" for name, value in vars(self.before).items()]
        rows += [
            f"  first back-up  {self.first_seconds:6.1f} s {self.first_bytes:>14,} bytes",
            f"  second         {self.second_seconds:6.1f} s {self.second_bytes:>14,} bytes, one ad later",
            f"  looked through {self.verify_seconds:6.1f} s",
            f"  restored       {self.restore_seconds:6.1f} s",
            f"  the same brief costs ${self.same_brief_cost}",
        ]
        return "\n".join(rows)


def drill(kind: str, jobs: int) -> Drill:
    """On one kind of database."""
    with installation(kind) as folder:
        vault, settings = folder / "vault", Settings.read()
        with open_instance() as instance:
            crowd(settings, instance, make().job_id, jobs)
        first, first_bytes = _timed(lambda: create(settings, str(vault), _quietly)), _bytes(vault)
        make(prompt="Create an ad for a bicycle that folds")
        second, second_bytes = _timed(lambda: create(settings, str(vault), _quietly)), _bytes(vault) - first_bytes
        before = _state(settings)
        looked = _timed(lambda: list(Vault(str(vault), settings).damaged(Vault(str(vault), settings).read())))
        with elsewhere(kind, folder):
            restored = _timed(lambda: restore(Settings.read(), str(vault), _quietly))
            after = _state(Settings.read())
            cost = str(make().total_cost)
    return Drill(kind, before, after, first, first_bytes, second, second_bytes, looked, restored, cost)


def _state(settings: Settings) -> State:
    with open_ledger(settings) as ledger, open_instance() as instance:
        standing, runs = ledger.records.standing(), instance.get_run_ids()
        newest = instance.get_records_for_run(runs[0]).records
    files = [file for file in settings.media_folder.rglob("*") if file.is_file()]
    return State(
        jobs=sum(standing.jobs.values()),
        calls=sum(standing.calls.values()),
        spent=str(sum(standing.spent.values())),
        runs=len(runs),
        events=len(newest),
        files=len(files),
        file_bytes=sum(file.stat().st_size for file in files),
    )


def _timed(work: object) -> float:
    began = time.monotonic()
    assert callable(work)
    work()
    return time.monotonic() - began


def _bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _quietly(kind: str, count: int) -> None:
    return None


if __name__ == "__main__":
    run(__doc__, drill, jobs=300)
