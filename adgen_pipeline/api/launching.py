"""From a brief to its one run, whatever is killed on the way.

The ad is written down under the key of the request before it is launched. Who asks again under that key, at the same
moment or after a crash, gets the same job: its run is found by the tag it carries. Should a run be launched twice all
the same, because an answer of Dagster's was lost and its run came late, the ledger gives the commission to the first,
and the other ends before it has bought anything.
"""

import hashlib
import threading
import time
import uuid
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from adgen_pipeline.api.dagster_graphql import (
    BATCH_TAG,
    COMMISSION_TAG,
    JOB_TAG,
    LAUNCH_SECONDS,
    ORIGIN_TAG,
    RUN_KEY_TAG,
    Run,
)
from adgen_pipeline.api.errors import DagsterRefused, DagsterUnavailable, Refused
from adgen_pipeline.api.runs import state_of
from adgen_pipeline.api.state import Api
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.errors import ErrorCode, NotInLedger
from adgen_pipeline.ledger import Commission, Job, Record
from adgen_pipeline.studio.logos import check_address
from adgen_pipeline.webhooks import check_receiver

ORIGIN = "REST"

_LOOKS = (0.2, 0.5, 1.0, 2.0)
"""Seconds between looks for a run whose launch was not answered."""

_LOCKS = [threading.Lock() for _ in range(256)]
"""One job or key at a time; each has one of these."""


def create(api: Api, brief: Brief, key: str | None, client: str, origin: str = ORIGIN) -> tuple[str, bool]:
    """Launch the ad, or find the one that was launched under this `key` of the `client`; its job id, and whether it
    was known. `origin` says where it comes from. Raises Refused for a key that belongs to another brief, InvalidBrief
    for a `callback_url` that would never be called or a logo that would never be fetched, DagsterUnavailable,
    DagsterRefused."""
    check_address(brief, api.settings)
    if brief.callback_url:
        check_receiver(str(brief.callback_url), api.settings)
    data = brief.model_dump(mode="json", exclude_unset=True, exclude_none=True)
    wanted = Commission(key=_digest(client, key), origin=origin, launched_by="api", brief=data)
    with _alone(wanted.key):
        if api.ledger.commissions.add([wanted]):
            return _launch(api, wanted, brief), False
        known = api.ledger.commissions.get(wanted.key)
        if known.brief != data:
            told = "this Idempotency-Key was used for another brief: take a new one for a new ad"
            raise Refused(422, told, details={"job_id": known.job_id} if known.job_id else None)
        return known.job_id or _found(api, known) or _launch(api, known, brief), True


def retry(api: Api, job_id: str, max_cost: Decimal | None) -> None:
    """Let a job go on that failed or was cancelled; what is paid is kept.

    `max_cost` (USD) is a new limit. Raises NotInLedger, Refused (409) for a job that stands otherwise,
    DagsterUnavailable.
    """
    with _alone(job_id):
        record = api.ledger.records.record(job_id)
        if record is None or record.job.brief is None:
            raise NotInLedger(f"there is no job {job_id} with a brief to go on from", details={"job_id": job_id})
        if max_cost is None and (record.job.error or {}).get("code") == ErrorCode.QUALITY_CHECK_FAILED:
            raise Refused(409, _WOULD_FAIL_AGAIN.format(job_id=job_id), details={"job_id": job_id})
        runs = _at_rest(api, record.job)
        _refuse_to_go_on(api, job_id, runs)
        brief = record.job.brief | ({"max_cost": float(max_cost)} if max_cost is not None else {})
        _launch_again(api, record, brief, runs)
        limit = Decimal(str(brief.get("max_cost") or api.settings.max_cost_per_video))
        now = api.ledger.records.find(job_id)
        if now and now.ended_by == record.job.ended_by:  # else the run has ended already, and that is what is true
            api.ledger.begin_job(job_id, limit, brief, source=record.job.source)
        api.live.forget()


def cancel(api: Api, job_id: str) -> None:
    """Stop the runs that work on the job. Raises NotInLedger, Refused (409) where there is nothing to stop."""
    runs = api.dagster.of_job(job_id)
    at_work = _at_work(runs, api.ledger.records.find(job_id))
    for run in at_work:
        if run.status == "CANCELING":
            continue
        try:
            api.dagster.terminate(run.run_id)
        except DagsterRefused as error:
            raise Refused(409, error.message) from error
    api.live.forget()
    if at_work:
        return
    if runs and state_of(runs[0]).goes_on:
        raise Refused(409, _BETWEEN, headers={"Retry-After": "5"})
    status = api.report(job_id).status
    if status != "cancelled":
        raise Refused(409, f"the job {job_id} has ended ({status}): there is nothing to cancel")


_WOULD_FAIL_AGAIN = (
    "the ad of the job {job_id} exists, and all of it would be taken as it is: its checks would fail again. Create "
    'another with the same brief and "reuse": {{"refresh": ["composition"], "of": "{job_id}"}}, or name a scene there'
)
_BETWEEN = "the job's run has crashed, and goes on by itself in a few seconds: ask again then"


def _launch(api: Api, wanted: Commission, brief: Brief) -> str:
    """Launch it; its job id. What stands in the way is written down, and told."""
    tags = {COMMISSION_TAG: wanted.tag, RUN_KEY_TAG: wanted.key, ORIGIN_TAG: wanted.origin}
    try:
        job_id = api.dagster.launch(wanted.brief, tags)
    except DagsterUnavailable as error:
        found = _look_for(api, wanted) if error.sent else None
        if found is None:
            raise _not_launched(api, wanted, error) from error
        job_id = found
    except DagsterRefused as error:
        api.ledger.commissions.refused(wanted.key, error.message)
        raise
    return _written_down(api, wanted, brief, job_id)


def _written_down(api: Api, wanted: Commission, brief: Brief, run_id: str) -> str:
    """The commission became this job, or the one it had become before; the job is listed from now on."""
    job_id = api.ledger.commissions.launched(wanted.key, run_id).job_id or run_id
    limit = brief.max_cost or api.settings.max_cost_per_video
    api.ledger.enlist_job(job_id, limit, wanted.brief, source=brief.source)
    api.live.forget()
    return job_id


def _not_launched(api: Api, wanted: Commission, error: DagsterUnavailable) -> DagsterUnavailable:
    if error.sent:
        error.add("; the ad may be launched all the same: ask again with the same Idempotency-Key to find it")
    else:
        api.ledger.commissions.refused(wanted.key, error.message)
    return error


def _found(api: Api, known: Commission) -> str | None:
    """The job of an ad that was written down before, by its run; None where it is to be launched now.

    Raises Refused while another process may be launching it.
    """
    job_id = _look_for(api, known, once=known.error is not None or _is_old(known))
    if job_id:
        return _written_down(api, known, Brief.model_validate(known.brief), job_id)
    if known.error is None and not _is_old(known):
        told = "another request with this Idempotency-Key is launching the ad: ask again"
        raise Refused(409, told, code=ErrorCode.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"})
    return None


def _look_for(api: Api, wanted: Commission, *, once: bool = False) -> str | None:
    """The job of a run that carries the commission's tag; looked for again and again, as it may come late."""
    for pause in (0.0, *(() if once else _LOOKS)):
        time.sleep(pause)
        try:
            runs = api.dagster.tagged(COMMISSION_TAG, wanted.tag)
        except DagsterUnavailable:
            continue
        if runs:
            return runs[-1].job_id
    return None


def _is_old(known: Commission) -> bool:
    """Whether whoever wrote it down would have launched it by now, if it still lived."""
    waited = datetime.now(UTC) - known.created_at if known.created_at else None
    return waited is not None and waited.total_seconds() > LAUNCH_SECONDS + sum(_LOOKS)


def _at_work(runs: list[Run], job: Job | None) -> list[Run]:
    """The runs that have not ended; but one whose end the ledger knows already has nothing left to do but end."""
    ended_at = job.ended_at.timestamp() if job and job.ended_at else 0.0
    return [run for run in runs if not run.is_finished and run.created > ended_at]


def _at_rest(api: Api, job: Job) -> list[Run]:
    """The job's runs, once those have ended whose end the ledger knows: that takes them a second or two."""
    for pause in (*_LOOKS, 0.0):
        runs = api.dagster.of_job(job.job_id)
        if all(run.is_finished for run in runs) or _at_work(runs, job):
            break
        time.sleep(pause)
    return runs


def _refuse_to_go_on(api: Api, job_id: str, runs: list[Run]) -> None:
    """Raise Refused unless the job has ended without an ad."""
    at_work = next((run for run in runs if not run.is_finished), None)
    if at_work:
        told = f"the run {at_work.run_id} works on the job ({at_work.status}): wait for it, or cancel it first"
        raise Refused(409, told, details={"run_id": at_work.run_id})
    if runs and state_of(runs[0]).goes_on:
        raise Refused(409, _BETWEEN, headers={"Retry-After": "5"})
    if api.report_with(job_id, state_of(runs[0]) if runs else None).status == "completed":
        raise Refused(409, f"the job {job_id} is completed: create another one for another ad")


def _launch_again(api: Api, record: Record, brief: dict[str, Any], runs: list[Run]) -> None:
    """One more run of the job. Where the answer is lost, a run that is newer than the others is it."""
    batch = record.commission.batch if record.commission else None
    tags = {JOB_TAG: record.job.job_id} | ({BATCH_TAG: batch} if batch else {})
    group: dict[str, Any] = {}
    if runs:
        group = {"root_run_id": runs[-1].root_run_id or runs[-1].run_id, "parent_run_id": runs[0].run_id}
    try:
        api.dagster.launch(brief, tags, **group)
    except DagsterUnavailable as error:
        known = {run.run_id for run in runs}
        if not error.sent or all(run.run_id in known for run in api.dagster.of_job(record.job.job_id)):
            raise


def _digest(client: str, key: str | None) -> str:
    """The commission's key: nobody sees another client's keys, and none is too long for a tag."""
    named = f"{client}\n{key}" if key is not None else uuid.uuid4().hex
    return f"rest:{hashlib.sha256(named.encode()).hexdigest()[:40]}"


def _alone(name: str) -> threading.Lock:
    return _LOCKS[hash(name) % len(_LOCKS)]
