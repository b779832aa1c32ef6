"""Runs the job as the command line does, and reads back what Dagster kept of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import dagster as dg
from dagster import DagsterEventType, DagsterInstance

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.contracts.brief import read_brief
from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.launch import make_ad
from adgen_pipeline.defs.lineage import JOB_TAG

PROMPT = "Create an ad for a luxury watch"


def make(**brief: Any) -> FinishedAd:
    """One ad of 15 s, made here and now."""
    return make_ad(read_brief({"prompt": PROMPT, "duration": 15} | brief), lambda progress: None)


@contextmanager
def instance() -> Iterator[DagsterInstance]:
    """The instance the ads are kept in."""
    with open_instance() as opened:
        yield opened


def materialise(*assets: str, job_id: str | None = None) -> dg.ExecuteInProcessResult:
    """Some assets alone, as a person chooses them in the UI; `job_id` names the ad."""
    defs = build_defs()
    job = defs.resolve_implicit_global_asset_job_def()
    with open_instance() as opened:
        return job.execute_in_process(
            instance=opened,
            asset_selection=[dg.AssetKey(asset) for asset in assets],
            tags={JOB_TAG: job_id} if job_id else None,
            raise_on_error=False,
        )


def metadata(opened: DagsterInstance, run_id: str, kind: DagsterEventType) -> dict[str, dict[str, Any]]:
    """The metadata of a run's events of `kind`, by asset or step."""
    found = {}
    for record in opened.get_records_for_run(run_id, of_type=kind).records:
        event = record.event_log_entry.dagster_event
        assert event is not None
        if kind == DagsterEventType.ASSET_MATERIALIZATION:
            made = event.step_materialization_data.materialization
            found[made.asset_key.to_user_string()] = {k: v.value for k, v in made.metadata.items()}
        else:
            found[str(event.step_key)] = {k: v.value for k, v in event.step_output_data.metadata.items()}
    return found
