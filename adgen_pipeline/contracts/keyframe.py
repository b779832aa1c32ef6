"""The keyframe: one still a scene, the reference for its clip."""

from typing import Any

from pydantic import Field

from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.contracts.storyboard import VisualDirection


class ImageRequest(Frozen):
    """Body of `POST /generate-image`; all from `aspect_ratio` on are extras that other services may ignore.

    `resolution` is "1080x1920": width and height in pixels.
    """

    prompt: str = Field(min_length=1, max_length=2000)
    style: str | None = None
    visual_direction: VisualDirection = VisualDirection()
    aspect_ratio: AspectRatio = "9:16"
    resolution: str | None = Field(None, pattern=r"^\d{2,4}x\d{2,4}$")
    seed: int | None = None
    reference_image_url: str | None = None
    negative_prompt: str | None = None


class ImageResult(Frozen):
    """Result of `POST /generate-image`."""

    image_url: str
    seed: int
    model: str | None = None


class Keyframe(Frozen):
    """A bought keyframe."""

    scene: str
    seed: int
    artifact: Artifact
    receipt: Receipt


class Keyframes(Frozen):
    """All keyframes of one ad, in the scenes' order; with one for all, each scene has the same."""

    job_id: str
    items: list[Keyframe]

    def of(self, scene: str) -> Keyframe:
        """The keyframe of `scene`. Raises KeyError."""
        return {keyframe.scene: keyframe for keyframe in self.items}[scene]


def as_pixels(resolution: str) -> tuple[int, int]:
    """`"1080x1920"` as (1080, 1920)."""
    width, height = resolution.split("x")
    return int(width), int(height)


def as_resolution(size: tuple[int, int]) -> str:
    """(1080, 1920) as `"1080x1920"`."""
    return f"{size[0]}x{size[1]}"


def known_fields(model: Frozen) -> dict[str, Any]:
    """`model` as a JSON body without the fields nobody set: what is optional for the other side stays away."""
    return model.model_dump(mode="json", exclude_none=True)
