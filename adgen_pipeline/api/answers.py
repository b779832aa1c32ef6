"""What the API is asked and what it answers, beside the report of a job. Money in USD, as JSON numbers."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from adgen_pipeline.contracts.brief import Money
from adgen_pipeline.contracts.frozen import Frozen, Strict
from adgen_pipeline.reports import JobStatus, Problem

BRIEF_EXAMPLES: dict[str, Any] = {
    "one line": {"summary": "One line", "value": {"prompt": "Create a 30 second luxury watch ad"}},
    "brand": {
        "summary": "With a brand, a limit and a webhook",
        "value": {
            "prompt": "Create a luxury watch ad with elegant gold aesthetics",
            "duration": 15,
            "aspect_ratio": "1:1",
            "brand_guidelines": {"name": "Aurum", "primary_color": "#D4AF37", "call_to_action": "Shop now"},
            "max_cost": 3.5,
            "seed": 7,
            "callback_url": "https://shop.example.com/hooks/ads",
        },
    },
    "draft": {"summary": "A quick look", "value": {"prompt": "A running shoe for the city at night", "draft": True}},
}


class Created(Frozen):
    """A job that waits for its turn."""

    job_id: str
    status: JobStatus
    created_at: datetime
    estimated_completion_time: datetime | None = Field(
        description="From how long such ads have taken; null while there is no experience."
    )


class JobLine(Frozen):
    """A job in a list."""

    job_id: str
    status: JobStatus
    created_at: datetime
    cost_total: Money
    prompt: str | None
    batch: str | None


class JobList(Frozen):
    """One page of jobs, newest first; `total` counts all that fit the filters."""

    jobs: list[JobLine]
    total: int
    limit: int
    offset: int


class Metrics(Frozen):
    """The jobs created within `time_range`."""

    time_range: str
    total_jobs: int
    completed_jobs: int
    failed_jobs: int
    cancelled_jobs: int
    success_rate: float | None = Field(description="Completed over completed and failed, 0 to 1; null without any.")
    average_cost_usd: float | None = Field(description="Over all jobs; null without any.")
    average_duration_seconds: float | None = Field(
        description="From creation to end, over completed jobs; null without any."
    )
    total_cost_usd: float
    jobs_per_hour: float


class Health(Frozen):
    """Whether database and Dagster webserver are within reach."""

    status: Literal["healthy", "unhealthy"]
    service: str
    version: str
    database: Literal["connected", "disconnected"]
    dagster: Literal["connected", "disconnected"]
    uptime_seconds: float
    timestamp: datetime
    error: str | None = None


class Running(Frozen):
    """The front door's answer to a program."""

    service: str
    status: Literal["running"] = "running"
    version: str
    docs: str = "/docs"


class Retry(Strict):
    """How a job goes on."""

    max_cost: Money | None = Field(
        None, gt=0, le=10_000, description="A new limit in USD for the whole job, what is spent included."
    )


class ErrorAnswer(Frozen):
    """Every error but a bad field's has this shape."""

    error: Problem


class FieldProblem(Frozen):
    """One field that breaks a rule: where it stands, and in `msg` what would fit."""

    loc: list[str | int]
    msg: str
    type: str


class BadInput(Frozen):
    """As FastAPI answers bad input."""

    detail: list[FieldProblem]


class BadBrief(Frozen):
    """Bad input, as FastAPI answers it; or, where only the pipeline could tell, an error."""

    detail: list[FieldProblem] | None = None
    error: Problem | None = None


def _errors(status: int, told: str) -> dict[int | str, dict[str, Any]]:
    return {status: {"model": ErrorAnswer, "description": told}}


UNAUTHORISED = _errors(401, "The bearer token is missing or wrong.") | _errors(403, "A host or origin not let in.")
UNKNOWN_JOB = _errors(404, "There is no such job.")
UNKNOWN_BATCH = _errors(404, "There is no such batch.")
UNAVAILABLE = _errors(503, "The ledger or Dagster is out of reach: `Retry-After` says when to ask again.")
TOO_MANY = _errors(429, "More than this client may create in a minute: `Retry-After` says when to ask again.")
NOT_NOW = _errors(409, "It cannot be done as things stand; the message says how they do.")
BODY = (
    _errors(400, "The body is no text in UTF-8.")
    | _errors(413, "The body is too long.")
    | _errors(415, "The body is not said to be `application/json`.")
)
BAD_INPUT: dict[int | str, dict[str, Any]] = {422: {"model": BadBrief, "description": "A field breaks a rule."}}
