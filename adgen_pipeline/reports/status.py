"""How a job stands, where the ledger's word and Dagster's have to be brought together."""

from collections.abc import Sequence
from datetime import datetime

from adgen_pipeline.ledger import Call, Job
from adgen_pipeline.reports.runs import JobStatus, RunState


def status_of(job: Job, has_begun: bool, has_ad: bool, state: RunState | None) -> JobStatus:
    """What the ledger says of its end holds, until a later run goes on with the job. Without one it stands as its
    newest run does; between a crash and the run that follows by itself, it is being processed. A run of some assets
    alone may end well without an ad: the job was left off there, and a retry goes on with it."""
    if job.outcome and not _goes_on(job, state):
        return job.outcome
    if state is None:
        return "processing" if has_begun else "queued"
    if state.goes_on:
        return "processing"
    if state.status == "completed" and not has_ad:
        return "cancelled"
    return "processing" if state.status == "queued" and has_begun and not job.outcome else state.status


def last_change(job: Job, calls: Sequence[Call], state: RunState | None) -> datetime:
    """When anything of it has last changed."""
    moments = [job.created_at, *(call.updated_at for call in calls)]
    moments += [job.ended_at] if job.ended_at else []
    return max([*moments, state.updated_at] if state else moments)


def ended_at(job: Job, state: RunState | None) -> datetime | None:
    """When it ended, by the ledger or else by its run."""
    return job.ended_at or (state.ended_at if state else None)


def _goes_on(job: Job, state: RunState | None) -> bool:
    return bool(state and state.is_live and job.ended_at and state.created_at > job.ended_at)
