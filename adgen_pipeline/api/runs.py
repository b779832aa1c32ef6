"""From Dagster's runs to how a job stands."""

import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from adgen_pipeline.api.dagster_graphql import AD_JOB, BATCH_TAG, JOB_TAG, ORIGIN_TAG, DagsterGraphQL, Run
from adgen_pipeline.api.errors import DagsterUnavailable
from adgen_pipeline.reports import JobStatus, RunState

FRESH_SECONDS, STALE_SECONDS = 0.5, 1.5
"""How old the picture of the runs in progress may be before a new one is fetched, and before it is waited for: a
change shows within 2 s."""

_RETRY_SECONDS = 300.0
"""How long after a crash a run that follows by itself is waited for: the daemon takes seconds."""

_PAST_SECONDS = 60.0
"""How long it is remembered how a past run ended: somebody may take its job up again."""

_MAX_RETRIES = 3
_STATUSES: dict[str, JobStatus] = {
    "QUEUED": "queued",
    "NOT_STARTED": "queued",
    "MANAGED": "processing",
    "STARTING": "processing",
    "STARTED": "processing",
    "SUSPENDED": "processing",
    "CANCELING": "processing",
    "SUCCESS": "completed",
    "FAILURE": "failed",
    "CANCELED": "cancelled",
}
_FIRST_ASSET = "parsed_prompt"


class LiveRuns:
    """The ads that runs work on or wait for, as Dagster said a moment ago.

    Who asks often is not kept waiting: the next answer is fetched in the background while the last is still good.
    """

    def __init__(self, dagster: DagsterGraphQL):
        self._dagster = dagster
        self._lock = threading.Lock()
        self._fetching = threading.Lock()
        self._at = float("-inf")
        self._states: Mapping[str, RunState] = {}

    def states(self) -> Mapping[str, RunState]:
        """By job id. Raises DagsterUnavailable."""
        age = time.monotonic() - self._at
        if age > STALE_SECONDS:
            return self._fetched()
        if age > FRESH_SECONDS and not self._fetching.locked():
            threading.Thread(target=self._fetch_quietly, daemon=True).start()
        return self._states

    def forget(self) -> None:
        """The next who asks gets an answer of that moment: a run was launched or stopped."""
        with self._lock:
            self._at = float("-inf")

    def _fetched(self) -> Mapping[str, RunState]:
        """An answer of now. One thread asks, the others wait for that answer."""
        waits_since = time.monotonic()
        with self._lock:
            if self._at < waits_since:
                self._fetch()
            return self._states

    def _fetch_quietly(self) -> None:
        """For later; where it fails, whoever comes when the last answer is too old hears why."""
        if self._fetching.acquire(blocking=False):
            try:
                with self._lock, suppress(DagsterUnavailable):
                    self._fetch()
            finally:
                self._fetching.release()

    def _fetch(self) -> None:
        asked = time.monotonic()
        self._states = _by_job(run for run in self._dagster.in_progress() if _makes_an_ad(run))
        self._at = asked


class PastRuns:
    """How jobs ended whose end the ledger does not know: those of early versions, and those whose run never began."""

    def __init__(self, dagster: DagsterGraphQL):
        self._dagster = dagster
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, RunState]] = {}

    def states(self, created: Mapping[str, datetime]) -> dict[str, RunState]:
        """By job id, of jobs with the time they were created. Raises DagsterUnavailable."""
        with self._lock:
            fresh = time.monotonic() - _PAST_SECONDS
            asked = [job for job in created if self._known.get(job, (0.0,))[0] < fresh]
            found = {run.run_id: state_of(run) for run in self._dagster.named(asked)}
            states = {job: found.get(job) or deleted(job, created[job]) for job in asked}
            known = {job: self._known[job][1] for job in created if job not in states}
            ended = {job: (time.monotonic(), state) for job, state in states.items() if not state.is_live}
            self._known.update(ended)
            return known | states


def deleted(job_id: str, at: datetime) -> RunState:
    """How a job stands whose runs were deleted in Dagster before the ledger knew how it ended."""
    told = "Its runs were deleted in Dagster before their end was written down; a retry goes on with what is paid."
    error = {"code": "INTERNAL_ERROR", "message": told}
    return RunState(run_id=job_id, status="failed", error=error, created_at=at, updated_at=at)


def newest_state(runs: Iterable[Run]) -> RunState | None:
    """How a job stands by its runs, newest first; None without one."""
    newest = next(iter(runs), None)
    return state_of(newest) if newest else None


def state_of(run: Run) -> RunState:
    """What the run means for its job."""
    updated = run.updated or run.ended or run.started or run.created
    return RunState(
        run_id=run.run_id,
        status=_STATUSES.get(run.status, "processing"),
        goes_on=_goes_on(run),
        brief=_brief(run.config),
        batch=run.tags.get(BATCH_TAG),
        origin=run.tags.get(ORIGIN_TAG),
        created_at=_moment(run.created),
        started_at=_moment(run.started) if run.started else None,
        ended_at=_moment(run.ended) if run.ended else None,
        updated_at=_moment(updated),
    )


def _by_job(runs: Iterable[Run]) -> dict[str, RunState]:
    """The newest run of each job, of runs newest first."""
    found: dict[str, RunState] = {}
    for run in runs:
        found.setdefault(run.job_id, state_of(run))
    return found


def _makes_an_ad(run: Run) -> bool:
    """Whether it is one of ours: other teams' runs may share the webserver."""
    ours = run.job_name in (AD_JOB, "remake_ad") or JOB_TAG in run.tags
    return ours or _FIRST_ASSET in (run.assets or ())


def _goes_on(run: Run) -> bool:
    """Whether the daemon is about to start the ad once more: a run that crashed, not one of which a step failed."""
    if run.status != "FAILURE" or run.tags.get("dagster/failure_reason") == "STEP_FAILURE":
        return False
    allowed = int(run.tags.get("dagster/max_retries", _MAX_RETRIES))
    just_now = time.time() - (run.ended or run.updated or run.created) < _RETRY_SECONDS
    return just_now and int(run.tags.get("dagster/retry_number", 0)) < allowed


def _brief(config: Mapping[str, Any]) -> dict[str, Any] | None:
    """The brief of a run's configuration: flat for `generate_ad`, nested for the UI's "Materialize all"."""
    if "prompt" in config:
        return dict(config)
    nested = config.get("ops", {}).get(_FIRST_ASSET, {}).get("config", {})
    return dict(nested) if "prompt" in nested else None


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
