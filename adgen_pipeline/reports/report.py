"""The fields of a job's report. JSON as the contract's section 5 has it; what it does not name are additions.

Money is USD, times are UTC in ISO 8601, durations seconds.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from adgen_pipeline.contracts.brief import AspectRatio, BrandGuidelines, Money, Refresh, Words
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.reports.runs import JobStatus

SceneState = Literal["waiting", "processing", "completed", "failed"]


class Progress(Frozen):
    """How far the job is."""

    current_stage: str | None = Field(description="The stage at work, or the one it ended in; null once completed.")
    stages_completed: list[str]
    stages_remaining: list[str] = Field(description="Those not completed, the current one included.")
    percentage: float = Field(ge=0, le=100, description="20, 35, 85 and 100 after the stages; scene by scene between.")
    estimated_completion_time: datetime | None = Field(
        description="From how long such ads have taken; null when it has ended, or while there is no experience."
    )


class Cost(Frozen):
    """What was billed, in USD: failed and repeated attempts included."""

    prompt_parsing: Money
    image_generation: Money
    video_generation: Money
    composition: Money
    total: Money
    unknown: Money = Field(description="The most that lost answers may have cost beside `total`.")


class Result(Frozen):
    """The finished ad. The links play for a while; ask for the job again when they have run out."""

    video_url: str
    thumbnail_url: str
    duration: float = Field(description="Seconds.")
    resolution: str = Field(description="Pixels, such as 1080x1920.")
    file_size_mb: float = Field(description="Megabytes of 1,000,000 bytes.")
    scenes_generated: int
    captions_url: str | None = Field(None, description="The spoken words as WebVTT; null where nothing is said.")
    manifest_url: str | None = Field(None, description="JSON: what each scene was made from, and what it cost.")


class Problem(Frozen):
    """An error as callers see it."""

    code: str
    message: str
    failed_stage: str | None = None
    details: dict[str, Any] = {}


class SceneReport(Frozen):
    """One scene of the storyboard: `start_time` and `seconds` of the ad, the words on screen, and what is made of it.

    `keyframe_url` is also the poster of the clip at `clip_url`.
    """

    scene: str
    start_time: float
    seconds: float
    prompt: str
    words: list[str]
    narration: str | None
    state: SceneState
    keyframe_url: str | None
    clip_url: str | None
    cost: Money


class BriefReport(Frozen):
    """What was asked for."""

    prompt: str
    duration: int
    aspect_ratio: AspectRatio
    draft: bool
    seed: int | None
    brand_guidelines: BrandGuidelines
    words: Words
    captions: Literal["off", "burned"]
    reuse: Literal["on", "off"] | Refresh = Field(
        description="`{refresh, of}` for an ad of which something was bought again."
    )


class JobReport(Frozen):
    """A job as it stands."""

    job_id: str
    status: JobStatus
    progress: Progress
    cost: Cost
    result: Result | None
    error: Problem | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    failed_at: datetime | None
    cancelled_at: datetime | None
    max_cost: Money | None = Field(description="Most the job may cost, in USD; null until it is written down.")
    saved: Money = Field(description="What the calls had cost whose answers were taken from earlier ads.")
    brief: BriefReport | None
    batch: str | None
    variant: str | None = Field(None, description="What tells it from the other ads of its batch.")
    origin: str | None = Field(description="Which door asked for it; null for one launched by hand.")
    scenes: list[SceneReport] = Field(description="The storyboard; empty until the prompt is parsed.")
    media_deleted_at: datetime | None = Field(
        None, description="When files of it were deleted, after KEEP_MEDIA_DAYS: links to them answer 404."
    )
    warnings: list[str]
