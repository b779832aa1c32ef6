"""The sensor that lets crashed ads go on, also under an instance that knows nothing of retries."""

import time
from datetime import UTC, datetime

import dagster as dg
from dagster import DagsterInstance, DagsterRunStatus, RunRecord, RunsFilter

from adgen_pipeline.defs.commissions import KEY_TAG, key_of
from adgen_pipeline.defs.jobs import ASSETS, generate_ad
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.defs.outcomes import end_the_dead
from adgen_pipeline.defs.recovery import ad_of, brief_of
from adgen_pipeline.defs.retrying import PARENT_TAG, ROOT_TAG, will_go_on
from adgen_pipeline.defs.stamping import MAX_RETRIES_TAG, PROCESS_TAG, RETRY_NUMBER_TAG, retry_number

_OVERLAP_SECONDS = 60.0
"""Each look goes back behind the one before: an end may be written a little after the time it carries."""

_JOBS = {job.name: job for job in (generate_ad,)}
_KEPT = {MAX_RETRIES_TAG, "dagster/priority", "dagster/max_runtime"}
"""Those of Dagster's tags that a person sets."""


@dg.sensor(
    jobs=list(_JOBS.values()),
    minimum_interval_seconds=5,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Ends runs whose process died, and lets crashed ads go on with what is paid.",
)
def resume_crashed_ads(context: dg.SensorEvaluationContext) -> list[dg.RunRequest] | dg.SkipReason:
    """Where Dagster's own retries are on, they do the second half."""
    instance, now = context.instance, time.time()
    ended = [run.told for run in end_the_dead(instance)]
    since = max(float(context.cursor or now), context.last_sensor_start_time or 0.0) - _OVERLAP_SECONDS
    crashed = [] if instance.run_retries_enabled else _crashed(context, since)
    context.update_cursor(str(now))
    return [_again(instance, run) for run in crashed] or dg.SkipReason("\n".join(ended) or "No ad has crashed.")


def _crashed(context: dg.SensorEvaluationContext, since: float) -> list[dg.DagsterRun]:
    """The runs of ours and of this code location that crashed after `since` (epoch seconds) and should go on."""
    changed = RunsFilter(statuses=[DagsterRunStatus.FAILURE], updated_after=datetime.fromtimestamp(since, UTC))
    records = context.instance.get_run_records(changed)
    return [r.dagster_run for r in records if _is_from_here(context, r) and will_go_on(context.instance, r)]


def _is_from_here(context: dg.SensorEvaluationContext, record: RunRecord) -> bool:
    """Whether this code location launched it: several may hold these definitions, and one of them is enough."""
    launched, here = record.dagster_run.remote_job_origin, context.code_location_origin
    return launched is not None and here is not None and launched.location_name == here.location_name


def _again(instance: DagsterInstance, run: dg.DagsterRun) -> dg.RunRequest:
    """The same ad once more: all of it, or the assets that the run had selected.

    A run of no job of ours, such as the UI's "Materialize all", goes on as `generate_ad`.
    """
    everything = not run.asset_selection or {key.to_user_string() for key in run.asset_selection} >= set(ASSETS)
    return dg.RunRequest(
        run_key=f"after {run.run_id}",
        job_name=run.job_name if run.job_name in _JOBS else generate_ad.name,
        run_config=run.run_config if run.job_name in _JOBS else brief_of(instance, run),
        asset_selection=None if everything else sorted(run.asset_selection or ()),
        tags=_tags(run, everything),
    )


def _tags(run: dg.DagsterRun, everything: bool) -> dict[str, str]:
    """What people had set, and whose retry it is. A run of some assets that had not chosen its ad yet chooses anew."""
    kept = {name: value for name, value in run.tags.items() if "dagster/" not in name or name in _KEPT}
    kept.pop(PROCESS_TAG, None)
    ad = {JOB_TAG: ad_of(run)} if everything or JOB_TAG in run.tags else {}
    group = {PARENT_TAG: run.run_id, ROOT_TAG: run.tags.get(ROOT_TAG, run.run_id)}
    key = key_of(run)
    of = {KEY_TAG: key} if key else {}
    return kept | of | ad | group | {RETRY_NUMBER_TAG: str(retry_number(run) + 1)}
