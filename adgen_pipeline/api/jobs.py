"""Ads over HTTP: create one, look at it, list them, stop one, let one go on."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import AwareDatetime, BeforeValidator

from adgen_pipeline.api.access import Client, Creates, Owner, authorised
from adgen_pipeline.api.answers import (
    BAD_INPUT,
    BODY,
    BRIEF_EXAMPLES,
    NOT_NOW,
    TOO_MANY,
    UNAUTHORISED,
    UNAVAILABLE,
    UNKNOWN_JOB,
    Created,
    JobList,
    Retry,
)
from adgen_pipeline.api.launching import cancel, create, retry
from adgen_pipeline.api.listing import Wanted, listed
from adgen_pipeline.api.state import TheApi
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.reports import JobReport, JobStatus

JobId = Annotated[str, Path(max_length=100, pattern=r"^[\w-]+$", description="As creating the job answered it.")]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        description="Same key and same brief: the same job or batch, however often it is sent. Else take a new one.",
    ),
]


def _iso(value: object) -> object:
    """Pydantic would take a bare number for seconds since 1970, which the description does not offer."""
    if isinstance(value, str) and "T" not in value.upper():
        raise ValueError("must be a moment such as 2026-05-01T12:00:00Z")
    return value


_Moment = Annotated[AwareDatetime | None, BeforeValidator(_iso), Query(description="ISO 8601 with a time zone.")]
_RETRY_EXAMPLES: dict[str, Any] = {
    "go on": {"summary": "As it was", "value": {}},
    "more": {"summary": "With a higher limit", "value": {"max_cost": 5.0}},
}


def _only_filters(request: Request) -> None:
    """A filter that is misspelt would answer with jobs that nobody asked for."""
    strangers = [name for name in request.query_params if name not in Wanted.model_fields]
    told = f"is no filter; use one of: {', '.join(Wanted.model_fields)}"
    if strangers:
        raise RequestValidationError([{"type": "extra_forbidden", "loc": ("query", n), "msg": told} for n in strangers])


def job_routes(creates: Creates) -> APIRouter:
    """The routes under /api/v1; `creates` counts what each client launches."""
    router = APIRouter(
        prefix="/api/v1",
        tags=["jobs"],
        dependencies=[Depends(authorised)],
        responses=UNAUTHORISED | BAD_INPUT | UNAVAILABLE,
    )

    @router.post("/generate-ad", status_code=201, responses=TOO_MANY | BODY | NOT_NOW)
    def generate_ad(
        brief: Annotated[Brief, Body(openapi_examples=BRIEF_EXAMPLES)],
        api: TheApi,
        client: Client,
        owner: Owner,
        response: Response,
        key: Key = None,
    ) -> Created:
        """Launch an ad. It is made by itself from here on: poll the job, hear its events, or name a `callback_url`."""
        creates.count(client)
        job_id, known = create(api, brief, key, owner)
        if known:
            response.headers["Idempotent-Replayed"] = "true"
        report = api.report(job_id) if known else api.report_with(job_id, None)
        response.headers["Location"] = f"/api/v1/jobs/{job_id}"
        return Created(
            job_id=job_id,
            status=report.status if known else "queued",
            created_at=report.created_at,
            estimated_completion_time=report.progress.estimated_completion_time,
        )

    @router.get("/jobs/{job_id}", responses=UNKNOWN_JOB)
    def job(job_id: JobId, api: TheApi) -> JobReport:
        """A job as it stands: status, progress, cost, storyboard, and the ad or the error."""
        return api.report(job_id)

    @router.get("/jobs", dependencies=[Depends(_only_filters)])
    def jobs(
        api: TheApi,
        status: JobStatus | None = None,
        batch: Annotated[str | None, Query(min_length=1, max_length=100, description="Of one batch.")] = None,
        created_after: _Moment = None,
        created_before: _Moment = None,
        text: Annotated[str | None, Query(min_length=1, max_length=100, description="Words of the prompt.")] = None,
        limit: Annotated[int, Query(ge=1, le=100)] = 20,
        offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    ) -> JobList:
        """Jobs, newest first."""
        filters = {"created_after": created_after, "created_before": created_before, "text": text}
        return listed(api, Wanted(status=status, batch=batch, **filters, limit=limit, offset=offset))

    @router.post("/jobs/{job_id}/cancel", status_code=202, responses=UNKNOWN_JOB | NOT_NOW | BODY)
    def cancel_job(job_id: JobId, api: TheApi) -> JobReport:
        """Stop a job: no further call is paid for, and services that can be told are told. What is paid is kept."""
        cancel(api, job_id)
        return api.report(job_id)

    @router.post("/jobs/{job_id}/retry", status_code=202, responses=UNKNOWN_JOB | NOT_NOW | BODY | TOO_MANY)
    def retry_job(
        job_id: JobId,
        api: TheApi,
        client: Client,
        wanted: Annotated[Retry | None, Body(openapi_examples=_RETRY_EXAMPLES)] = None,
    ) -> JobReport:
        """Let a failed or cancelled job go on, with a higher limit if need be. Nothing that is paid is paid again."""
        creates.count(client)
        retry(api, job_id, wanted.max_cost if wanted else None)
        return api.report(job_id)

    return router
