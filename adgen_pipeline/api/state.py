"""What every request works with: the ledger, Dagster, and links to media."""

import time
from collections.abc import Sequence
from typing import Annotated, Any, Self

from fastapi import Depends, Request

from adgen_pipeline.api.dagster_graphql import DagsterGraphQL
from adgen_pipeline.api.errors import DagsterUnavailable
from adgen_pipeline.api.runs import LiveRuns, PastRuns, deleted, newest_state
from adgen_pipeline.errors import NotInLedger
from adgen_pipeline.ledger import Commission, open_ledger
from adgen_pipeline.reports import JobReport, RunState, report_of
from adgen_pipeline.reports.batches import BatchReport, batch_report
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.links import MediaLinks
from adgen_pipeline.storage.media import MediaStore

_CONNECTIONS = 8
"""To Postgres, kept open: requests come all the time, where an ad asks now and then."""


class Api:
    """One for an app; its parts are safe to use from all threads.

    `ledger` is the book of record, `dagster` the webserver's GraphQL, `live` the runs in progress, `past` those
    whose end the ledger does not know, `store` has our copies of media, and `links` makes URLs of them.
    """

    def __init__(self, settings: Settings):
        self.settings = settings
        self.started = time.monotonic()
        self.ledger = open_ledger(settings, connections=_CONNECTIONS)
        self.dagster = DagsterGraphQL(settings)
        self.live, self.past = LiveRuns(self.dagster), PastRuns(self.dagster)
        self.store = MediaStore.of(settings)
        self.links = MediaLinks.of(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database and of Dagster."""
        self.dagster.close()
        self.ledger.close()

    def report(self, job_id: str) -> JobReport:
        """The job as it stands. Where Dagster is out of reach, as the ledger alone knows it, with a warning.

        Raises NotInLedger, LedgerError; DagsterUnavailable for a job that Dagster alone may know.
        """
        try:
            return self.report_with(job_id, self.state(job_id))
        except DagsterUnavailable as error:
            try:
                report = self.report_with(job_id, None)
            except NotInLedger:
                raise error from None
            told = f"{error.message}. This is what the ledger knows."
            return report.model_copy(update={"warnings": [*report.warnings, told]})

    def brief(self, job_id: str) -> dict[str, Any]:
        """What was asked for, as it was written. Raises NotInLedger, LedgerError, DagsterUnavailable."""
        job = self.ledger.records.find(job_id)
        state = None if job else self.state(job_id)
        brief = job.brief if job else state.brief if state else None
        if brief is None:
            raise NotInLedger(f"there is no job {job_id} with a brief", details={"job_id": job_id})
        return brief

    def report_with(self, job_id: str, state: RunState | None) -> JobReport:
        """The job as it stands, its newest run being `state`."""
        per_scene = self.settings.keyframes == "per_scene"
        return report_of(self.ledger, job_id, state, self.links.link, per_scene=per_scene)

    def batch(self, batch_id: str) -> BatchReport:
        """The batch as it stands. Where Dagster is out of reach, as the ledger alone knows it, with a warning.

        Raises NotInLedger for a batch nobody asked for, LedgerError.
        """
        states, warnings = dict[str, RunState](), list[str]()
        try:
            states = self._states(self.ledger.commissions.of_batch(batch_id))
        except DagsterUnavailable as error:
            warnings = [f"{error.message}. This is what the ledger knows."]
        per_scene = self.settings.keyframes == "per_scene"
        report = batch_report(self.ledger, batch_id, self.links.link, states, per_scene=per_scene)
        return report.model_copy(update={"warnings": warnings})

    def _states(self, ads: Sequence[Commission]) -> dict[str, RunState]:
        """The newest runs that matter, by job id, as `state` has it; Dagster is asked once for all that are live."""
        going_on = [ad for ad in ads if not ad.error and not self._has_ended(ad.job_id)]
        try:
            live = self.live.states()
        except DagsterUnavailable:
            if not going_on:
                return {}
            raise
        others = [ad.job_id for ad in going_on if ad.job_id and ad.job_id not in live]
        asked = {job_id: state for job_id in others if (state := self.state(job_id))}
        launched = [ad.job_id for ad in ads if ad.job_id]
        return asked | {job_id: live[job_id] for job_id in launched if job_id in live}

    def _has_ended(self, job_id: str | None) -> bool:
        job = self.ledger.records.find(job_id) if job_id else None
        return job is not None and job.outcome is not None

    def state(self, job_id: str) -> RunState | None:
        """The job's newest run, where it matters: one in progress, or the last of a job whose end the ledger does not
        know. What has ended for the ledger, and is not worked on again, needs no question to Dagster."""
        try:
            live = self.live.states().get(job_id)
        except DagsterUnavailable:
            if self._has_ended(job_id):
                return None
            raise
        if live:
            return live
        job = self.ledger.records.find(job_id)
        if job and job.outcome:
            return None
        newest = newest_state(self.dagster.of_job(job_id))
        return newest or (deleted(job_id, job.created_at) if job else None)


def api_of(request: Request) -> Api:
    """The app's `Api`, for `Depends`."""
    api: Api = request.app.state.api
    return api


TheApi = Annotated[Api, Depends(api_of)]
