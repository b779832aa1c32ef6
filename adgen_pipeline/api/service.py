"""The service itself: its health, its front door, what an ad would cost, and the figures of a time."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Query, Response

from adgen_pipeline.api.access import authorised
from adgen_pipeline.api.answers import (
    BAD_INPUT,
    BODY,
    BRIEF_EXAMPLES,
    UNAUTHORISED,
    UNAVAILABLE,
    Health,
    Metrics,
    Running,
)
from adgen_pipeline.api.errors import LOG
from adgen_pipeline.api.prometheus import Figures
from adgen_pipeline.api.state import Api, TheApi
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.estimates import Estimate, estimate

SERVICE = "ai-video-orchestrator"
VERSION = version("adgen-pipeline")

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"
_Range = Annotated[
    str, Query(pattern=r"^([1-9]\d{0,3}[mhd]|all)$", description="Such as 30m, 24h or 7d; or all.", examples=["24h"])
]


def service_routes(figures: Figures) -> APIRouter:
    """The routes; /health and / are open to everybody."""
    router = APIRouter(tags=["service"])
    guard: Any = [Depends(authorised)]

    @router.get("/health", responses={503: {"model": Health, "description": "Database or Dagster is out of reach."}})
    def health(api: TheApi, response: Response) -> Health:
        """Whether ads can be asked for just now. Needs no token."""
        found = _health(api)
        response.status_code = 200 if found.status == "healthy" else 503
        return found

    @router.get(
        "/metrics", response_class=Response, responses=UNAUTHORISED | UNAVAILABLE | _AS_TEXT, dependencies=guard
    )
    def prometheus() -> Response:
        """For Prometheus."""
        return Response(figures.text(), media_type=_PROMETHEUS)

    @router.get("/api/v1/metrics", responses=UNAUTHORISED | UNAVAILABLE | BAD_INPUT, dependencies=guard)
    def metrics(api: TheApi, time_range: _Range = "24h") -> Metrics:
        """What became of the jobs created within a time, and what they cost."""
        return _metrics(api, time_range)

    @router.post("/api/v1/estimate", responses=UNAUTHORISED | UNAVAILABLE | BAD_INPUT | BODY, dependencies=guard)
    def estimated(brief: Annotated[Brief, Body(openapi_examples=BRIEF_EXAMPLES)], api: TheApi) -> Estimate:
        """What an ad of this brief would cost now. Nothing is called, and nothing is spent."""
        return estimate(brief, api.settings)

    return router


def running() -> Running:
    """The front door's answer to a program."""
    return Running(service=SERVICE, version=VERSION)


_AS_TEXT: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "The figures."}
}


def _health(api: Api) -> Health:
    database = _trouble("database", api.ledger.records.check)
    dagster = _trouble("dagster", api.dagster.check)
    troubles = [told for told in (database, dagster) if told]
    return Health(
        status="unhealthy" if troubles else "healthy",
        service=SERVICE,
        version=VERSION,
        database="disconnected" if database else "connected",
        dagster="disconnected" if dagster else "connected",
        uptime_seconds=round(time.monotonic() - api.started, 1),
        timestamp=datetime.now(UTC),
        error="; ".join(troubles) or None,
    )


def _trouble(part: str, check: Callable[[], None]) -> str | None:
    """What is wrong, without what only the log should say: everybody may read it."""
    try:
        check()
    except AdgenError as error:
        LOG.error("%s", error.message)
        return f"the {part} is out of reach; the server's log says more"
    return None


def _metrics(api: Api, time_range: str) -> Metrics:
    span = _span(time_range)
    since = datetime.now(UTC) - span if span else None
    found = api.ledger.records.figures(since)
    completed, failed = found.outcomes.get("completed", 0), found.outcomes.get("failed", 0)
    hours = _hours(span, found.first_at)
    return Metrics(
        time_range=time_range,
        total_jobs=found.total,
        completed_jobs=completed,
        failed_jobs=failed,
        cancelled_jobs=found.outcomes.get("cancelled", 0),
        success_rate=round(completed / (completed + failed), 4) if completed + failed else None,
        average_cost_usd=round(float(found.spent) / found.total, 6) if found.total else None,
        average_duration_seconds=None if found.seconds is None else round(found.seconds, 1),
        total_cost_usd=float(found.spent),
        jobs_per_hour=round(found.total / hours, 4) if hours else 0.0,
    )


def _span(time_range: str) -> timedelta | None:
    """How far it goes back; None: to the first job."""
    told = re.fullmatch(r"(\d+)([mhd])", time_range)
    return timedelta(**{_UNITS[told[2]]: int(told[1])}) if told else None


def _hours(span: timedelta | None, first_at: datetime | None) -> float:
    """Of the time asked for; of all times, since the first job."""
    if span is None and first_at:
        span = datetime.now(UTC) - first_at
    return max(span.total_seconds(), 60.0) / 3600 if span else 0.0
