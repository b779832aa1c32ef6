"""The sensor that launches the ads that are wanted, and what holds each of them to one job.

Dagster launches a request of a sensor at least once. The ledger makes it exactly once: a run begins by taking up its
commission there, and one that comes second ends before it has bought anything.
"""

from typing import Any, cast

import dagster as dg
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter

from adgen_pipeline.contracts.brief import read_brief
from adgen_pipeline.defs.jobs import generate_ad
from adgen_pipeline.defs.recovery import ad_of
from adgen_pipeline.defs.retrying import ROOT_TAG
from adgen_pipeline.defs.stamping import MAX_RETRIES_TAG
from adgen_pipeline.errors import AlreadyMade, InvalidBrief
from adgen_pipeline.ledger import RUN_PATIENCE, Commission, Ledger, open_ledger
from adgen_pipeline.settings import Settings

COMMISSION_TAG, BATCH_TAG, ORIGIN_TAG = "adgen/commission", "adgen/batch", "adgen/origin"
RUN_KEY_TAG = "dagster/run_key"
KEY_TAG = "adgen/commission-key"
"""On a retry of ours: the commission's key, as the daemon gives each run it launches a run key of its own."""

DUPLICATE_TAG = "adgen/duplicate-of"
"""On a run that came second to its commission: the job that came first. The run itself is no ad."""

AT_ONCE = 50
"""Runs asked for in one look: creating them takes the daemon some seconds, in which no other sensor has its turn."""


@dg.sensor(
    job=generate_ad,
    minimum_interval_seconds=5,  # the daemon looks no more often
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Launches the ads that the inbox, campaigns and batches want made, each exactly once.",
)
def launch_commissions(context: dg.SensorEvaluationContext) -> list[dg.RunRequest] | dg.SkipReason:
    """How many of them run at once is left to Dagster's queue."""
    with open_ledger(Settings.read()) as ledger:
        waiting = _not_launched(context.instance, ledger)
        told = _refuse(context, ledger, waiting)
    for line in told.values():
        context.log.warning(line)
    requests = [_request(each) for each in waiting if each.key not in told]
    return requests or dg.SkipReason("\n".join(told.values()) or "No ad is waiting.")


def take_up(instance: DagsterInstance, run: DagsterRun) -> None:
    """Before a run's first step: its commission becomes this ad, whatever becomes of the run later.

    Raises AlreadyMade for a second launch of a commission, which is not retried either. Not asked of a run that a
    person launched with another's tags: the UI leaves Dagster's own among them out.
    """
    key, ad = key_of(run), ad_of(run)
    if key is None:
        return
    with open_ledger(Settings.read(), patience=RUN_PATIENCE) as ledger:
        job_id = ledger.commissions.launched(key, ad).job_id
    if job_id != ad:
        instance.add_run_tags(run.run_id, {MAX_RETRIES_TAG: "0", DUPLICATE_TAG: str(job_id)})
        raise AlreadyMade(f"{run.tags.get(ORIGIN_TAG, key)} was launched as the job {job_id} already; nothing is paid")


def key_of(run: DagsterRun) -> str | None:
    """The key of the commission that the run was launched for; None for one that has none."""
    if COMMISSION_TAG not in run.tags:
        return None
    of_a_retry = run.tags.get(KEY_TAG) if ROOT_TAG in run.tags else None
    return of_a_retry or run.tags.get(RUN_KEY_TAG)


def _not_launched(instance: DagsterInstance, ledger: Ledger) -> list[Commission]:
    """The oldest without a run; what has one is launched, and that is written down."""
    while waiting := ledger.commissions.waiting(AT_ONCE):
        ads = _ads(instance, waiting)
        for each in waiting:
            if each.tag in ads:
                ledger.commissions.launched(each.key, ads[each.tag])
        if not ads:
            break
    return waiting


def _ads(instance: DagsterInstance, wanted: list[Commission]) -> dict[str, str]:
    """The job ids of those that have runs, by tag.

    A run that was created and not launched yet, as a killed daemon leaves it, is launched by being asked for again.
    """
    runs = instance.get_runs(RunsFilter(tags={COMMISSION_TAG: [each.tag for each in wanted]}))
    return {run.tags[COMMISSION_TAG]: ad_of(run) for run in runs if run.status != DagsterRunStatus.NOT_STARTED}


def _refuse(context: dg.SensorEvaluationContext, ledger: Ledger, waiting: list[Commission]) -> dict[str, str]:
    """What is to be told of those that Dagster would not launch, by key: one of them would hold up all others."""
    job = _job(context)
    told = {}
    for each in waiting:
        try:
            read_brief(each.brief)
            dg.validate_run_config(job, each.brief)
        except (InvalidBrief, dg.DagsterInvalidConfigError) as error:
            why = error.message
            ledger.commissions.refused(each.key, why)
            told[each.key] = f"{each.origin} is not made: {why}"
    return told


def _job(context: dg.SensorEvaluationContext) -> dg.JobDefinition:
    """The job as it stands in the code location that looks."""
    repository: Any = context.repository_def
    return cast(dg.JobDefinition, repository.get_job(generate_ad.name))


def tags_of(wanted: Commission) -> dict[str, str]:
    """What each run of it carries."""
    batch = {BATCH_TAG: wanted.batch} if wanted.batch else {}
    return {COMMISSION_TAG: wanted.tag, ORIGIN_TAG: wanted.origin} | batch


def _request(wanted: Commission) -> dg.RunRequest:
    return dg.RunRequest(run_key=wanted.key, run_config=wanted.brief, tags=tags_of(wanted))
