"""Whether an ad goes on by itself after one of its runs has ended."""

from dagster import DagsterEventType, DagsterInstance, DagsterRun, RunRecord, RunsFilter

from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.defs.recovery import ad_of, brief_in, brief_of
from adgen_pipeline.defs.stamping import may_be_retried, process_of

PARENT_TAG, ROOT_TAG = "dagster/parent_run_id", "dagster/root_run_id"
_REASON_TAG, _WILL_RETRY_TAG = "dagster/failure_reason", "dagster/will_retry"


def goes_on(instance: DagsterInstance, ended: RunRecord) -> bool:
    """Whether a later run works on the same ad, or a daemon is about to start one after this failed one.

    Where Dagster's own retries are on, it says in the run's tags what it will do; before that, and else, ours would.
    """
    if is_continued(instance, ended):
        return True
    run = ended.dagster_run
    if not run.is_failure:
        return False
    if instance.run_retries_enabled and _WILL_RETRY_TAG in run.tags:
        return run.tags[_WILL_RETRY_TAG] == "true"
    return will_go_on(instance, ended)


def will_go_on(instance: DagsterInstance, record: RunRecord) -> bool:
    """Whether a run that failed is a crash that `resume_crashed_ads` lets go on."""
    run = record.dagster_run
    ours = process_of(run) is not None or brief_in(run) is not None
    if not ours or run.tags.get(_REASON_TAG) == "STEP_FAILURE" or not may_be_retried(run):
        return False
    return not was_cancelled(instance, run) and not is_continued(instance, record) and bool(brief_of(instance, run))


def was_cancelled(instance: DagsterInstance, run: DagsterRun) -> bool:
    """Whether somebody asked for its end: a run that is killed on the way to it counts as failed for Dagster."""
    return bool(instance.get_records_for_run(run.run_id, of_type=DagsterEventType.RUN_CANCELING, limit=1).records)


def is_continued(instance: DagsterInstance, crashed: RunRecord) -> bool:
    """Whether a later run already works on the same ad."""
    ad = ad_of(crashed.dagster_run)
    runs = [run for tag in (JOB_TAG, ROOT_TAG) for run in instance.get_run_records(RunsFilter(tags={tag: ad}))]
    return any(run.create_timestamp > crashed.create_timestamp for run in runs)
