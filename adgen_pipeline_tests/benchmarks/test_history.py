"""The past that growth is measured against is one that Dagster and the ledger take for real."""

from pathlib import Path

import dagster as dg
import pytest

from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.defs.runs import instance, make
from adgen_pipeline_tests.lab import Lab
from benchmarks.history import Past


@pytest.mark.sqlite_files("the past is written into files")
def test_finished_ads_are_written_as_a_real_one_leaves_them(lab: Lab, home: Path) -> None:
    """Runs, materialisations, jobs, calls and pins of their own; and the next ad is made as ever."""
    real = make()
    past = Past(real.job_id, 0, 3)
    past.write_into(home)
    with instance() as opened, open_ledger(Settings.read()) as ledger:
        assert {run.run_id for run in opened.get_runs()} == {real.job_id, *(past.id_of(n) for n in range(3))}
        made = opened.fetch_materializations(dg.AssetKey("final_ad"), limit=10).records
        assert len({record.run_id for record in made}) == len(made) == 4
        [record] = opened.get_run_records(dg.RunsFilter(run_ids=[past.id_of(2)]))
        assert record.start_time and record.dagster_run.is_success
        calls = {job: ledger.calls(job) for job in (real.job_id, past.id_of(2))}
        assert len(calls[real.job_id]) == len(calls[past.id_of(2)]) > 0
        assert ledger.totals(past.id_of(2)).spent == ledger.totals(real.job_id).spent
        assert ledger.looks.of_job(past.id_of(2)) is not None
    Past(real.job_id, 3, 5).write_into(home)
    assert make(reuse="off").scenes == real.scenes
    with instance() as opened:
        assert opened.get_runs_count() == 7
