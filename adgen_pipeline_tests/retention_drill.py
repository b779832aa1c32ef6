"""What retention gives back: bytes by kind, before and after, on SQLite and on a real Postgres.

    python -m adgen_pipeline_tests.retention_drill --jobs 300 --old 250 --json retention.json

One ad is made by the pipeline and copied, `--old` of the copies are aged by 40 days, and everything older than 30 days
is deleted. What was spent has to be the same before and after. Then as many ads come again: a database that reuses its
room does not grow.
"""

import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from dagster import DagsterInstance

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.upkeep.retention import Retention
from adgen_pipeline_tests.defs.runs import make
from adgen_pipeline_tests.upkeep.aging import age
from adgen_pipeline_tests.upkeep.crowd import crowd
from adgen_pipeline_tests.upkeep.drilling import run
from adgen_pipeline_tests.upkeep.installations import installation

_KEEP = {"KEEP_RUNS_DAYS": "30", "KEEP_MEDIA_DAYS": "30", "KEEP_LEDGER_DAYS": "30"}


@dataclass(frozen=True)
class Drill:
    """What came of it: `gone` by kind, bytes by place (before, after, and after as many ads came again), USD."""

    database: str
    jobs: int
    old: int
    gone: dict[str, int]
    before: dict[str, int]
    after: dict[str, int]
    refilled: dict[str, int]
    spent_before: str
    spent_after: str
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether no dollar was forgotten, and all old ads are gone."""
        return self.spent_before == self.spent_after and self.gone["jobs in the ledger"] == self.old

    def table(self) -> str:
        """For people."""
        rows = [f"{self.database}: {self.old} of {self.jobs} jobs deleted in {self.seconds:.1f} s"]
        rows += [f"  {kind:24} {count:>12,} gone" for kind, count in self.gone.items() if count]
        rows.append(f"  {'bytes':24} {'before':>12} {'after':>12} {'refilled':>12}")
        for place in self.before:
            sizes = (self.before[place], self.after[place], self.refilled[place])
            rows.append(f"  {place:24} " + " ".join(f"{size:>12,}" for size in sizes))
        return "\n".join([*rows, f"  spent: ${self.spent_before} before, ${self.spent_after} after"])


def drill(kind: str, jobs: int, old: int) -> Drill:
    """On one kind of database."""
    with installation(kind, **_KEEP), open_instance() as instance:
        settings, gone = Settings.read(), Counter[str]()
        first = make().job_id
        ids = crowd(settings, instance, first, jobs)
        age(settings, instance, 40, ids[:old])
        spent, before = _spent(settings), _sizes(settings)
        began = time.monotonic()
        with Retention.opened(settings) as upkeep:
            for name, count in upkeep.delete():
                gone[name] += count
        seconds, after = time.monotonic() - began, _sizes(settings)
        spent_after = _spent(settings)
        refilled = _refill(settings, instance, first, old)
        return Drill(kind, jobs, old, dict(gone), before, after, refilled, spent, spent_after, seconds)


def _refill(settings: Settings, instance: DagsterInstance, first: str, ads: int) -> dict[str, int]:
    crowd(settings, instance, first, ads)
    return _sizes(settings)


def _spent(settings: Settings) -> str:
    with open_ledger(settings) as ledger:
        return str(sum(ledger.records.standing().spent.values()))


def _sizes(settings: Settings) -> dict[str, int]:
    """Bytes on disk: of the ledger, of Dagster's tables or files, of media and of steps' outputs."""
    found = Counter[str]()
    with Retention.opened(settings) as upkeep:
        for place, size in upkeep.bytes().items():
            found["ledger" if "ledger" in Path(place).name else "Dagster"] += size
    if settings.database_url is None:
        found["events, a file a run"] = _bytes(settings.home / "dagster", but="index.db")
    return dict(found) | {"media": _bytes(settings.media_folder), "steps' outputs": _bytes(settings.home / "runs")}


def _bytes(folder: Path, but: str = "") -> int:
    files = (file for file in folder.rglob("*") if file.is_file() and not (but and _is_shared(file)))
    return sum(file.stat().st_size for file in files)


def _is_shared(file: Path) -> bool:
    """Of all runs together: counted by `Retention.bytes` already."""
    return file.name.startswith(("index.db", "runs.db", "schedules.db"))


if __name__ == "__main__":
    run(__doc__, drill, jobs=300, old=250)
