"""Why a run failed, as callers of the pipeline see it: code, message, failed_stage, details."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster import DagsterEvent, DagsterEventType, DagsterInstance, DagsterRun

from adgen_pipeline.contracts.stages import COMPOSITION, STAGES
from adgen_pipeline.defs.jobs import ASSETS
from adgen_pipeline.defs.recovery import last_stage
from adgen_pipeline.defs.stamping import process_of, retry_number
from adgen_pipeline.errors import ErrorCode

_STAGES = {asset: stage.name for asset, stage in zip(ASSETS, STAGES, strict=True)}
_COUNTED = {"attempts", "status", "call"}
_REASON_TAG = "dagster/failure_reason"
_KEPT = "What was paid for is kept: run it again to go on."


def error_of(instance: DagsterInstance, run: DagsterRun) -> dict[str, Any]:
    """The first failure that says something, else the checks that were not passed, else how the run ended.

    The message is for people: what Python says of an error that nobody foresaw stays in the run's log.
    """
    failures = list(_events(instance, run, DagsterEventType.STEP_FAILURE))
    told = next((error for error in map(_told, failures) if error), None)
    return told or _refused_by_checks(instance, run) or _without_a_word(instance, run, failures)


def cancelled_error(instance: DagsterInstance, run: DagsterRun) -> dict[str, Any]:
    """That, and where, it was cancelled."""
    stage = last_stage(instance, run)
    where = f"at {stage}" if stage else "before it began"
    return _error(ErrorCode.CANCELLED, f"The ad was cancelled {where}: no further call was made. {_KEPT}", stage)


def _told(failure: DagsterEvent) -> dict[str, Any] | None:
    """What `reporting.clear_failures` put into a step's failure, if it came by that."""
    told = failure.step_failure_data.user_failure_data
    if told is None or not told.description or "code" not in told.metadata:
        return None
    details: dict[str, Any] = {name: value.value for name, value in told.metadata.items()}
    code, _ = details.pop("code"), details.pop("cost_usd", None)
    details |= {name: int(details[name]) for name in _COUNTED & details.keys() if str(details[name]).isdigit()}
    unfit = COMPOSITION.name if code == ErrorCode.QUALITY_CHECK_FAILED else None
    stage = details.get("stage") or _stage_of(failure) or unfit
    return _error(ErrorCode(code), told.description, stage, details | _scene_of(failure))


def _refused_by_checks(instance: DagsterInstance, run: DagsterRun) -> dict[str, Any] | None:
    """The blocking checks of the finished ad that were not passed. The ad is there, and so is what it cost."""
    evaluations = [
        event.asset_check_evaluation_data for event in _events(instance, run, DagsterEventType.ASSET_CHECK_EVALUATION)
    ]
    failed = [
        each
        for each in evaluations
        if each.blocking and not each.passed and each.severity == dg.AssetCheckSeverity.ERROR
    ]
    if not failed:
        return None
    found = [{"check": each.check_name, "found": each.description or "not passed"} for each in failed]
    told = "; ".join(f"{each['check']}: {each['found']}" for each in found)
    message = f"The ad is made, and did not pass its checks: {told}"
    return _error(ErrorCode.QUALITY_CHECK_FAILED, message, COMPOSITION.name, {"checks": found})


def _without_a_word(instance: DagsterInstance, run: DagsterRun, failures: list[DagsterEvent]) -> dict[str, Any]:
    """An error of nobody's making: where it was, and where more is said of it."""
    stage = last_stage(instance, run)
    more = f"the log of the run {run.run_id} says more. {_KEPT}"
    if failures:
        stage, error = _stage_of(failures[0]) or stage, failures[0].step_failure_data.error
        while error and error.cause:
            error = error.cause
        kind = error.cls_name if error else None
        return _error(
            ErrorCode.INTERNAL_ERROR, f"{failures[0].step_key} failed ({kind or 'without a word'}); {more}", stage
        )
    if process_of(run) and run.tags.get(_REASON_TAG) not in ("RUN_EXCEPTION", "JOB_INITIALIZATION_FAILURE"):
        again = f", and so did retry {retry_number(run)} of it" if retry_number(run) else ""
        told = f"The process that made the ad ended without a word (killed, or the machine went down){again}"
        return _error(ErrorCode.INTERNAL_ERROR, f"{told}; {more}", stage)
    return _error(ErrorCode.INTERNAL_ERROR, f"The run failed outside of its steps; {more}", stage)


def _error(
    code: ErrorCode, message: str, stage: str | None, details: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    return {"code": code.value, "message": message, "failed_stage": stage, "details": dict(details or {})}


def _events(instance: DagsterInstance, run: DagsterRun, kind: DagsterEventType) -> Iterator[DagsterEvent]:
    for record in instance.get_records_for_run(run.run_id, of_type=kind).records:
        if record.event_log_entry.dagster_event:
            yield record.event_log_entry.dagster_event


def _stage_of(event: DagsterEvent) -> str | None:
    return _STAGES.get(str(event.step_key).partition(".")[0])


def _scene_of(event: DagsterEvent) -> dict[str, str]:
    """`scene_02` of a mapped step."""
    scene = str(event.step_key).partition("[")[2].rstrip("]")
    return {"scene": scene} if scene else {}
