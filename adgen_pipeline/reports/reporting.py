"""From the ledger and the state of its runs to the report of a job."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.stages import COMPOSITION, STAGES
from adgen_pipeline.errors import NotInLedger, dollars
from adgen_pipeline.ledger import Call, Job, Ledger, Record, State, Totals
from adgen_pipeline.reports.ending import problem_of, result_of
from adgen_pipeline.reports.experience import expected_end, usual_seconds
from adgen_pipeline.reports.progress import Counts, counts_of, percentage_of, progress_of
from adgen_pipeline.reports.report import BriefReport, Cost, JobReport
from adgen_pipeline.reports.runs import JobStatus, RunState
from adgen_pipeline.reports.scenes import Link, newest, scenes_of, storyboard_of
from adgen_pipeline.reports.status import ended_at, last_change, status_of

_NOTHING = Decimal(0)


def report_of(ledger: Ledger, job_id: str, state: RunState | None, link: Link, *, per_scene: bool = True) -> JobReport:
    """The job as it stands. `state` is its newest run, None where Dagster was not asked; `link` makes URLs of files.

    `per_scene` is whether KEYFRAMES asks for a keyframe a scene. Raises NotInLedger for a job that neither knows, and
    LedgerError when the ledger is out of reach.
    """
    record = ledger.records.record(job_id)
    if record:
        return _Told(ledger, record, state, link, per_scene).report()
    if state is None:
        raise NotInLedger(f"there is no job {job_id}", details={"job_id": job_id})
    return _unbegun(ledger, job_id, state)


class _Told:
    """One job that the ledger knows, put together."""

    def __init__(self, ledger: Ledger, record: Record, state: RunState | None, link: Link, per_scene: bool):
        self._ledger = ledger
        self._record = record
        self._state = state
        self._link = link
        self._job, self._calls = record.job, record.calls
        self._storyboard = storyboard_of(self._job.job_id, self._job.brief, self._calls)
        self._counts = counts_of(self._storyboard, self._calls, per_scene=per_scene)
        self._status = status_of(self._job, bool(self._calls), self._has_ad(), state)
        self._live = self._status in ("queued", "processing")

    def report(self) -> JobReport:
        """All of it."""
        scenes = self._storyboard.scenes if self._storyboard else []
        completed = self._status == "completed"
        progress = progress_of(self._counts, completed=completed, expected_end=self._expected_end())
        ended = None if self._live else ended_at(self._job, self._state)
        by = self._record.commission
        return JobReport(
            job_id=self._job.job_id,
            status=self._status,
            progress=progress,
            cost=_cost(self._record.totals),
            result=None if self._live else result_of(self._job, self._calls, len(scenes), self._link),
            error=problem_of(self._job, self._status, self._state, self._calls, progress.current_stage),
            created_at=self._job.created_at,
            updated_at=last_change(self._job, self._calls, self._state),
            **_moments(self._status, ended),
            max_cost=self._job.max_cost,
            saved=self._record.totals.saved,
            brief=_brief(self._job.brief),
            batch=by.batch if by else None,
            variant=by.variant if by else None,
            origin=by.origin if by else None,
            scenes=scenes_of(self._storyboard, self._calls, self._link, live=self._live) if self._storyboard else [],
            media_deleted_at=self._job.media_deleted_at,
            warnings=[*_warnings(self._record.totals, self._calls), *self._notes(), *_deleted(self._job)],
        )

    def _notes(self) -> list[str]:
        return self._storyboard.notes if self._storyboard else []

    def _has_ad(self) -> bool:
        composed = newest(self._calls, COMPOSITION)
        return composed is not None and composed.state == State.SETTLED

    def _expected_end(self) -> datetime | None:
        if not self._live:
            return None
        usual = usual_seconds(self._job.brief or {}, self._ledger.records.made())
        began_at = min((call.created_at for call in self._calls), default=None)
        percentage = percentage_of(self._counts, completed=False)
        return expected_end(usual, began_at, percentage, self._record.read_at)


def _unbegun(ledger: Ledger, job_id: str, state: RunState) -> JobReport:
    """A job that Dagster knows and the ledger does not: launched by hand, and not begun."""
    usual = usual_seconds(state.brief or {}, ledger.records.made()) if state.is_live else None
    end = expected_end(usual, None, 0.0, state.updated_at)
    status: JobStatus = "processing" if state.goes_on else state.status
    nothing: Counts = dict.fromkeys(STAGES, (0, 0))
    progress = progress_of(nothing, completed=status == "completed", expected_end=end)
    return JobReport(
        job_id=job_id,
        status=status,
        progress=progress,
        cost=Cost(**dict.fromkeys(Cost.model_fields, _NOTHING)),
        result=None,
        error=problem_of(None, status, state, [], progress.current_stage),
        created_at=state.created_at,
        updated_at=state.updated_at,
        **_moments(status, state.ended_at),
        max_cost=None,
        saved=_NOTHING,
        brief=_brief(state.brief),
        batch=state.batch,
        origin=state.origin,
        scenes=[],
        warnings=[],
    )


def _moments(status: JobStatus, ended: datetime | None) -> dict[str, datetime | None]:
    """When it was completed, failed or cancelled: one of them at most."""
    return {f"{end}_at": ended if status == end else None for end in ("completed", "failed", "cancelled")}


def _cost(totals: Totals) -> Cost:
    by_stage = {stage.name: totals.by_stage.get(stage.name, _NOTHING) for stage in STAGES}
    return Cost(**by_stage, total=totals.spent, unknown=totals.unknown)


def _brief(brief: Mapping[str, Any] | None) -> BriefReport | None:
    try:
        return BriefReport.model_validate(Brief.model_validate(brief).model_dump()) if brief else None
    except ValidationError:  # an earlier version of this package took it
        return None


def _deleted(job: Job) -> list[str]:
    if job.media_deleted_at is None:
        return []
    told = f"Files of this ad were deleted on {job.media_deleted_at:%Y-%m-%d}, after KEEP_MEDIA_DAYS"
    return [f"{told}; `adgen resume {job.job_id}` makes the ad again, and pays for what is gone."]


def _warnings(totals: Totals, calls: Sequence[Call]) -> list[str]:
    """What the one who pays should know."""
    found = []
    if totals.warning:
        found.append(
            f"{dollars(totals.spent)} are spent, more than COST_WARNING; the limit is {dollars(totals.max_cost)}."
        )
    if totals.unknown:
        found.append(f"Up to {dollars(totals.unknown)} more may have been billed: answers were lost on the way.")
    above = [f"{call.stage} ({call.scene})" if call.scene else call.stage for call in calls if call.over_ceiling]
    if above:
        found.append(f"Billed above its ceiling: {', '.join(above)}.")
    return found
