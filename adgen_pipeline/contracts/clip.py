"""The clip: one moving scene."""

from pydantic import Field, PositiveFloat

from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.purchase import Artifact, Receipt


class ClipRequest(Frozen):
    """Body of `POST /generate-video`; all from `camera_movement` on are extras that other services may ignore."""

    scene_prompt: str = Field(min_length=1, max_length=2000)
    reference_image_url: str
    duration: PositiveFloat = Field(le=60)
    aspect_ratio: AspectRatio
    camera_movement: str | None = None
    resolution: str | None = Field(None, pattern=r"^\d{2,4}x\d{2,4}$")
    fps: int | None = Field(None, ge=1, le=60)
    seed: int | None = None
    negative_prompt: str | None = None


class ClipResult(Frozen):
    """Result of `POST /generate-video`: seconds, and "1080x1920"."""

    video_url: str
    duration: PositiveFloat
    resolution: str


class Clip(Frozen):
    """A bought clip."""

    scene: str
    seed: int | None
    artifact: Artifact
    receipt: Receipt


class Clips(Frozen):
    """All clips of one ad, in the scenes' order."""

    job_id: str
    items: list[Clip]
