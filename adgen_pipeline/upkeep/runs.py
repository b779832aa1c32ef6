"""Dagster's runs with their events, what their steps handed on, and the ticks of schedules and sensors."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from dagster import DagsterInstance

from adgen_pipeline.defs import keeping
from adgen_pipeline.ledger import Expired
from adgen_pipeline.storage.folders import Folder, Stored
from adgen_pipeline.upkeep.kinds import Gone, files_measured

RUNS, OUTPUTS, TICKS = "runs with their events", "steps' outputs", "ticks"


@dataclass(frozen=True)
class OldRuns:
    """The runs of `instance` that ended `before`, with their `outputs`; `open_jobs` (ids) are left alone."""

    instance: DagsterInstance
    outputs: Folder
    open_jobs: Collection[str]
    before: datetime
    now: datetime

    def found(self) -> dict[str, Expired]:
        """What would go, by kind."""
        known = keeping.known_runs(self.instance)
        runs = keeping.expired_runs(self.instance, self.before, self.open_jobs)
        left = keeping.left_behind(self.instance, known, self.before)
        files = [file for its in self._outputs(known, runs).values() for file in its]
        return {
            RUNS: keeping.measured(self.instance, runs, left),
            OUTPUTS: files_measured(files, self.now),
            TICKS: keeping.expired_ticks(self.instance, self.before),
        }

    def delete(self) -> Gone:
        """Delete it: of each run first what its steps handed on, so that nothing is left without a run."""
        known = keeping.known_runs(self.instance)
        runs = keeping.expired_runs(self.instance, self.before, self.open_jobs)
        outputs = self._outputs(known, runs)
        for run in [*runs, *(outputs.keys() - set(runs))]:
            if run in outputs:
                self.outputs.clear(run)
                yield OUTPUTS, len(outputs[run])
            if run in known:
                keeping.delete_run(self.instance, run)
                yield RUNS, 1
        left = keeping.left_behind(self.instance, known, self.before)
        for file in left:
            file.unlink(missing_ok=True)
        yield RUNS, len({file.stem for file in left})
        yield TICKS, keeping.delete_ticks(self.instance, self.before)

    def _outputs(self, known: Collection[str], runs: Collection[str]) -> dict[str, list[Stored]]:
        """What the steps of `runs`, and of runs that nobody knows any more, handed on long ago."""
        going, seconds = set(runs), (self.now - self.before).total_seconds()
        found = {}
        for run in self.outputs.folders():
            if run in going or run not in known:
                files = list(self.outputs.names(run))
                if files and (run in going or all(file.age > seconds for file in files)):
                    found[run] = files
        return found
