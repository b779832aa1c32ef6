"""Jobs in lists: what has ended by the ledger's word, the others by their runs."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from adgen_pipeline.api.answers import JobLine, JobList
from adgen_pipeline.api.errors import DagsterUnavailable
from adgen_pipeline.api.state import Api
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.ledger import Line
from adgen_pipeline.reports import JobStatus, RunState, status_of

_LIVE = ("queued", "processing")


class Wanted(Frozen):
    """Which jobs are asked for; None: any."""

    status: JobStatus | None = None
    batch: str | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None
    text: str | None = None
    limit: int = 20
    offset: int = 0


def listed(api: Api, wanted: Wanted) -> JobList:
    """One page of jobs, newest first. Runs that were launched by hand and have not begun stand before all others.

    Where Dagster is out of reach, jobs that have not ended stand as far as the ledger knows them.
    """
    states = _live(api)
    standing, strangers = _standing(api, states)
    unbegun = [_line_of(state) for job_id, state in states.items() if job_id in strangers and _fits(state, wanted)]
    first = unbegun[wanted.offset : wanted.offset + wanted.limit]
    lines, total = _of_ledger(api, wanted, standing, wanted.limit - len(first), max(0, wanted.offset - len(unbegun)))
    return JobList(
        jobs=[*first, *(_line(line, standing) for line in lines)],
        total=total + len(unbegun),
        limit=wanted.limit,
        offset=wanted.offset,
    )


def _live(api: Api) -> Mapping[str, RunState]:
    try:
        return api.live.states()
    except DagsterUnavailable:
        return {}


def _standing(api: Api, states: Mapping[str, RunState]) -> tuple[dict[str, JobStatus], set[str]]:
    """How the jobs stand that have not ended for the ledger or are worked on, by id; and the ids of runs in progress
    that it does not know."""
    found = api.ledger.records.unended(states.keys())
    left = {each.job.job_id: each.job.created_at for each in found if each.job.job_id not in states}
    try:
        past = api.past.states(left)
    except DagsterUnavailable:
        past = {}
    known = {**past, **states}
    standing = {
        each.job.job_id: status_of(each.job, each.begun, each.composed, known.get(each.job.job_id)) for each in found
    }
    return standing, set(states) - set(standing)


def _of_ledger(
    api: Api, wanted: Wanted, standing: Mapping[str, JobStatus], limit: int, offset: int
) -> tuple[Sequence[Line], int]:
    which: dict[str, Any] = {}
    if wanted.status:
        which["ids"] = [job_id for job_id, status in standing.items() if status == wanted.status]
        if wanted.status not in _LIVE:
            which |= {"outcome": wanted.status, "but": list(standing)}
    filters: dict[str, Any] = {"batch": wanted.batch, "after": wanted.created_after, "before": wanted.created_before}
    return api.ledger.records.lines(**which, **filters, text=wanted.text, limit=limit, offset=offset)


def _line(line: Line, standing: Mapping[str, JobStatus]) -> JobLine:
    job = line.job
    return JobLine(
        job_id=job.job_id,
        status=standing.get(job.job_id) or job.outcome or "processing",
        created_at=job.created_at,
        cost_total=line.spent,
        prompt=(job.brief or {}).get("prompt"),
        batch=line.batch,
    )


def _line_of(state: RunState) -> JobLine:
    """A run that the ledger does not know yet: its first run, so its id is the job's."""
    return JobLine(
        job_id=state.run_id,
        status=state.status,
        created_at=state.created_at,
        cost_total=0,
        prompt=(state.brief or {}).get("prompt"),
        batch=state.batch,
    )


def _fits(state: RunState, wanted: Wanted) -> bool:
    """Whether such a run is asked for."""
    after, before = wanted.created_after, wanted.created_before
    prompt = str((state.brief or {}).get("prompt", "")).lower()
    return (
        wanted.status in (None, state.status)
        and wanted.batch in (None, state.batch)
        and (after is None or state.created_at >= after)
        and (before is None or state.created_at < before)
        and (wanted.text or "").lower() in prompt
    )
