"""Ads that failed by a fault of ours, told to those who mend it."""

from collections.abc import Mapping
from typing import Any

from dagster import DagsterEventType, DagsterInstance, DagsterRun

from adgen_pipeline.errors import ErrorCode
from adgen_pipeline.observability import Failed, flush, report_failed_ad


def report(instance: DagsterInstance, run: DagsterRun, job_id: str, error: Mapping[str, Any]) -> None:
    """Report how the job ended, if an engineer is to look at it, and wait until that is sent: a run's process ends."""
    if error["code"] != ErrorCode.INTERNAL_ERROR:
        return
    kind, traceback = _in_pythons_words(instance, run)
    scene = error["details"].get("scene")
    known = {"stage": error["failed_stage"], "scene": scene, "kind": kind, "traceback": traceback}
    report_failed_ad(Failed(job_id, run.run_id, error["message"], error["code"], **known))
    flush()


def _in_pythons_words(instance: DagsterInstance, run: DagsterRun) -> tuple[str | None, str | None]:
    """The class of the first error that no code of ours foresaw, and its traceback."""
    for record in instance.get_records_for_run(run.run_id, of_type=DagsterEventType.STEP_FAILURE).records:
        event = record.event_log_entry.dagster_event
        error = event.step_failure_data.error if event else None
        while error and error.cause:
            error = error.cause
        if error:
            return error.cls_name, error.to_string()
    return None, None
