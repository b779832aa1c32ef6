"""What came of a job: the ad, or the error."""

import re
import unicodedata
from collections.abc import Sequence

from pydantic import ValidationError

from adgen_pipeline.contracts.ad import ComposeResult
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.contracts.stages import COMPOSITION
from adgen_pipeline.errors import ErrorCode
from adgen_pipeline.ledger import Call, Job, State
from adgen_pipeline.reports.report import Problem, Result
from adgen_pipeline.reports.runs import JobStatus, RunState
from adgen_pipeline.reports.scenes import Link, newest

_CANCELLED = "The job was cancelled: no further call was made."
_WORDS_OF_NAME, _USUAL_SHAPE = 6, Brief.model_fields["aspect_ratio"].default
_LEFT_OFF = "A run made some of its assets alone, and no finished ad: a retry makes the rest, with what is paid."


def result_of(job: Job, calls: Sequence[Call], scenes: int, link: Link) -> Result | None:
    """The ad with links to our own copies: as it was delivered, or as composition gave it; None where there is none."""
    call = newest(calls, COMPOSITION)
    if call is None or call.state != State.SETTLED or not {"video_url", "thumbnail_url"} <= call.files.keys():
        return None
    try:
        made = ComposeResult.model_validate((call.response or {})["result"])
    except (ValidationError, KeyError):
        return None
    composed = {name.removesuffix("_url"): artifact for name, artifact in call.files.items()}
    delivered = _delivered(job, composed["video"])
    files = delivered or composed
    urls = {name: link(artifact, called=file_name(job)) for name, artifact in files.items()}
    return Result(
        video_url=urls["video"],
        thumbnail_url=urls["thumbnail"],
        captions_url=urls.get("captions"),
        manifest_url=urls.get("manifest"),
        duration=made.duration,
        resolution=made.resolution,
        file_size_mb=round(delivered["video"].size / 1e6, 3) if delivered else made.file_size_mb,
        scenes_generated=scenes,
    )


def _delivered(job: Job, composed: Artifact) -> dict[str, Artifact] | None:
    """The files that left, if they are of this composition."""
    files = job.delivered or {}
    return files if files.get("composed") == composed else None


def file_name(job: Job) -> str:
    """What the ad is called where it is saved, without an ending: running-shoe-for-the-city-9x16."""
    brief = job.brief or {}
    plain = unicodedata.normalize("NFKD", str(brief.get("prompt", ""))).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)[:_WORDS_OF_NAME] or ["ad", job.job_id[:8]]
    shape = str(brief.get("aspect_ratio", _USUAL_SHAPE)).replace(":", "x")
    return "-".join([*(word[:20] for word in words), shape, *(["draft"] if brief.get("draft") else [])])


def problem_of(
    job: Job | None, status: JobStatus, state: RunState | None, calls: Sequence[Call], stage: str | None
) -> Problem | None:
    """Why it failed or was cancelled: as the ledger has it, else as its run says, else by its last call that failed."""
    if status not in ("failed", "cancelled"):
        return None
    told = (job.error if job and job.outcome == status else None) or (state.error if state else None)
    if told:
        return Problem.model_validate({"failed_stage": stage} | told)
    if status == "cancelled":
        left_off = state is not None and state.status == "completed"
        return Problem(code=ErrorCode.CANCELLED, message=_LEFT_OFF if left_off else _CANCELLED, failed_stage=stage)
    failed = next((call for call in calls if call.error and call.state in (State.FAILED, State.UNKNOWN)), None)
    if failed:
        return Problem.model_validate({"failed_stage": failed.stage} | (failed.error or {}))
    run = f" {state.run_id}" if state else ""
    why = f"The run{run} failed outside of its calls; its log in the Dagster UI says of what."
    return Problem(code=ErrorCode.INTERNAL_ERROR, message=why, failed_stage=stage)
