"""What every request works with: the ledger, Dagster, and links to media."""

import time
from typing import Annotated, Self

from fastapi import Depends, Request

from adgen_pipeline.api.dagster_graphql import DagsterGraphQL
from adgen_pipeline.api.runs import LiveRuns, newest_state
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.reports import JobReport, RunState, report_of
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.links import MediaLinks
from adgen_pipeline.storage.media import MediaStore


class Api:
    """One for an app; its parts are safe to use from all threads.

    `ledger` is the book of record, `dagster` the webserver's GraphQL, `live` the runs in progress, `store` has our
    copies of media, and `links` makes URLs of them.
    """

    def __init__(self, settings: Settings):
        self.settings = settings
        self.started = time.monotonic()
        self.ledger = open_ledger(settings)
        self.dagster = DagsterGraphQL(settings)
        self.live = LiveRuns(self.dagster)
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
        """The job as it stands. Raises NotInLedger, LedgerError, DagsterUnavailable."""
        return self.report_with(job_id, self.state(job_id))

    def report_with(self, job_id: str, state: RunState | None) -> JobReport:
        """The job as it stands, its newest run being `state`."""
        per_scene = self.settings.keyframes == "per_scene"
        return report_of(self.ledger, job_id, state, self.links.link, per_scene=per_scene)

    def state(self, job_id: str) -> RunState | None:
        """The job's newest run, where it matters: one in progress, or the last of a job whose end the ledger does not
        know. What has ended for the ledger, and is not worked on again, needs no question to Dagster."""
        live = self.live.states().get(job_id)
        if live:
            return live
        return None if self.ledger.records.has_ended(job_id) else newest_state(self.dagster.of_job(job_id))


def api_of(request: Request) -> Api:
    """The app's `Api`, for `Depends`."""
    api: Api = request.app.state.api
    return api


TheApi = Annotated[Api, Depends(api_of)]
