"""What Dagster says of a job's runs, in the job's own words."""

from datetime import datetime
from typing import Any, Literal

from adgen_pipeline.contracts.frozen import Frozen

JobStatus = Literal["queued", "processing", "completed", "failed", "cancelled"]


class RunState(Frozen):
    """The newest run of an ad. Times in UTC.

    `status` is that of the run. `goes_on`: the run has crashed, and another one is to follow by itself. `error` is
    what it failed with ({code, message, failed_stage, details}), where that is known. `brief` is what it was launched
    with, `batch` what it belongs to and `origin` who wanted it, for a run that the ledger does not know yet.
    """

    run_id: str
    status: JobStatus
    goes_on: bool = False
    error: dict[str, Any] | None = None
    brief: dict[str, Any] | None = None
    batch: str | None = None
    origin: str | None = None
    created_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    updated_at: datetime

    @property
    def is_live(self) -> bool:
        """Whether the run, or one that follows it by itself, is still to end."""
        return self.goes_on or self.status in ("queued", "processing")
