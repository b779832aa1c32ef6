"""What became of each ad, written into the ledger with the news for those who are to be told.

The run's own process records its end; the daemon's run-status sensors record that of runs which died, never started,
or could not reach the ledger. A crash that is followed by a retry is no end. Nor is a run of some assets alone that
goes well without making the finished ad; and one that fails takes nothing from an ad that is finished.
"""

import logging
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import dagster as dg
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus

from adgen_pipeline.defs.commissions import DUPLICATE_TAG
from adgen_pipeline.defs.failures import cancelled_error, error_of
from adgen_pipeline.defs.faults import report
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.defs.recovery import Recovered, ad_of, brief_of, recover
from adgen_pipeline.defs.retrying import goes_on
from adgen_pipeline.defs.stamping import may_be_retried
from adgen_pipeline.errors import AdgenError, LedgerError
from adgen_pipeline.ledger import RUN_PATIENCE, Outcome, open_ledger
from adgen_pipeline.settings import Settings

_FINISHED = dg.AssetKey("final_ad")
_SECONDS = 5
_log = logging.getLogger(__name__)


def record_here(instance: DagsterInstance, run: DagsterRun, *, failed: bool, broken_off: bool) -> None:
    """The run ends, in this process: it succeeded, `failed` in a step, or was `broken_off`.

    Whatever goes wrong here does not fail a run that is over: the daemon's sensors record its end later.
    """
    now = instance.get_run_by_id(run.run_id) or run
    cancelled = now.status in (DagsterRunStatus.CANCELING, DagsterRunStatus.CANCELED)
    if broken_off and not cancelled and may_be_retried(now):
        return
    status = DagsterRunStatus.FAILURE if failed or broken_off else DagsterRunStatus.SUCCESS
    try:
        _record(instance, now, DagsterRunStatus.CANCELED if cancelled and (failed or broken_off) else status)
    except Exception as error:
        known = isinstance(error, AdgenError)
        told = error.message if isinstance(error, AdgenError) else type(error).__name__
        _log.warning("what became of the ad %s is not written down yet: %s", ad_of(now), told, exc_info=not known)


def end_the_dead(instance: DagsterInstance) -> list[Recovered]:
    """`recover`, and record those that no retry follows."""
    ended = recover(instance)
    for gone in ended:
        run = instance.get_run_by_id(gone.run_id)
        if run and not gone.goes_on:
            _record(instance, run, run.status)
    return ended


def end_the_dead_here() -> list[Recovered]:
    """`end_the_dead` in the instance of this process."""
    with open_instance() as instance:
        return end_the_dead(instance)


def _sensor(name: str, status: DagsterRunStatus, what: str) -> dg.SensorDefinition:
    @dg.run_status_sensor(
        run_status=status,
        name=name,
        minimum_interval_seconds=_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description=f"Records ads that {what}, where their own process could not; their receivers are told.",
    )
    def sensor(context: dg.RunStatusSensorContext) -> None:
        _record_later(context.instance, context.dagster_run.run_id)

    return sensor


def _record_later(instance: DagsterInstance, run_id: str) -> None:
    """The run has ended; whatever its own process recorded of that stays."""
    record = instance.get_run_record_by_id(run_id)
    if record is None or not record.dagster_run.is_finished or goes_on(instance, record):
        return
    try:
        _record(instance, record.dagster_run, record.dagster_run.status)
    except LedgerError as error:
        # Of any other error Dagster would go on to the next run, and this end would never be told.
        raise dg.DagsterInvariantViolationError(error.message) from error


def _record(instance: DagsterInstance, run: DagsterRun, status: DagsterRunStatus) -> None:
    brief = brief_of(instance, run)
    if (brief is None and JOB_TAG not in run.tags) or DUPLICATE_TAG in run.tags:
        return  # no ad: a team may have jobs of its own beside ours
    ended = _ending(instance, run, status)
    if ended is None:
        return
    settings, job_id = Settings.read(), ad_of(run)
    with open_ledger(settings, patience=RUN_PATIENCE) as ledger:
        if brief:
            ledger.enlist_job(job_id, _limit(brief, settings), brief)
        if ledger.end_job(job_id, ended[0], run.run_id, ended[1]) and ended[1]:
            report(instance, run, job_id, ended[1])


def _ending(
    instance: DagsterInstance, run: DagsterRun, status: DagsterRunStatus
) -> tuple[Outcome, dict[str, Any] | None] | None:
    if status == DagsterRunStatus.CANCELED:
        return "cancelled", cancelled_error(instance, run)
    if status == DagsterRunStatus.FAILURE:
        return "failed", error_of(instance, run)
    return ("completed", None) if _made_the_ad(instance, run) else None


def _made_the_ad(instance: DagsterInstance, run: DagsterRun) -> bool:
    kind = dg.DagsterEventType.ASSET_MATERIALIZATION
    events = (
        record.event_log_entry.dagster_event
        for record in instance.get_records_for_run(run.run_id, of_type=kind).records
    )
    return any(event.asset_key == _FINISHED for event in events if event)


def _limit(brief: Mapping[str, Any], settings: Settings) -> Decimal:
    return Decimal(str(brief.get("max_cost") or settings.max_cost_per_video))


record_completed = _sensor("record_completed_ads", DagsterRunStatus.SUCCESS, "are finished")
record_failed = _sensor("record_failed_ads", DagsterRunStatus.FAILURE, "failed, crashed for good or never started")
record_cancelled = _sensor("record_cancelled_ads", DagsterRunStatus.CANCELED, "were cancelled, also in the queue")
OUTCOME_SENSORS = (record_completed, record_failed, record_cancelled)
