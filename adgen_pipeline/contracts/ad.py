"""The finished ad."""

from decimal import Decimal

from pydantic import Field, NonNegativeFloat, PositiveFloat, TypeAdapter

from adgen_pipeline.contracts.brief import MOST_SCENES, AspectRatio, BrandGuidelines
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.contracts.storyboard import Audio, TextOverlay, Transition


class ComposeScene(Frozen):
    """One clip on the ad's timeline. Where the next one starts before `end_time`, both are on screen."""

    video_url: str
    start_time: NonNegativeFloat
    end_time: PositiveFloat
    transition: Transition = Transition()


class ComposeRequest(Frozen):
    """Body of `POST /compose`; all from `aspect_ratio` on are extras that other services may ignore."""

    scenes: list[ComposeScene] = Field(min_length=1, max_length=MOST_SCENES)
    audio: Audio = Audio()
    text_overlays: list[TextOverlay] = []
    aspect_ratio: AspectRatio = "9:16"
    resolution: str | None = Field(None, pattern=r"^\d{2,4}x\d{2,4}$")
    fps: int | None = Field(None, ge=1, le=60)
    brand_guidelines: BrandGuidelines = BrandGuidelines()
    captions: str = "off"
    seed: int | None = None


class ComposeResult(Frozen):
    """Result of `POST /compose`: seconds, "1080x1920", and megabytes of 1,000,000 bytes.

    `captions_url` (WebVTT) is an extra of ours: the spoken words as they are timed in the finished sound.
    """

    video_url: str
    thumbnail_url: str
    duration: PositiveFloat
    resolution: str
    file_size_mb: NonNegativeFloat
    captions_url: str | None = None


class TextBox(Frozen):
    """Where words stand in the finished ad: pixels from the left and from the top, `start_time` and `end_time` in
    seconds. Composition may tell them as `metadata.text_boxes` of its answer; others need not."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    start_time: NonNegativeFloat
    end_time: NonNegativeFloat


class StageCost(Frozen):
    """What one stage came to: USD, calls (and how many of them were reused), seconds of wall time over its calls."""

    stage: str
    cost: Decimal
    calls: int
    reused: int = 0
    seconds: float


class FinishedAd(Frozen):
    """The ad, its poster, and what it cost: `saved` (USD) by reusing, `unknown` (USD) perhaps billed beside it.

    `video` carries content credentials, `composed` is as composition gave it; `captions` (WebVTT) are there where
    anything is said; `manifest` (JSON) tells what each scene was made from. `notes` are the parser's: what it could
    not do as asked. `warnings` are what its checks, which come after it, say of it: told by whoever waited for them.
    """

    job_id: str
    video: Artifact
    composed: Artifact
    thumbnail: Artifact
    captions: Artifact | None = None
    manifest: Artifact | None = None
    duration: PositiveFloat
    resolution: str
    scenes: int
    receipt: Receipt
    costs: list[StageCost]
    saved: Decimal = Decimal(0)
    unknown: Decimal = Decimal(0)
    notes: list[str] = []
    warnings: list[str] = []

    @property
    def total_cost(self) -> Decimal:
        """USD over all stages."""
        return sum((stage.cost for stage in self.costs), Decimal(0))

    @property
    def text_boxes(self) -> list[TextBox] | None:
        """Where composition says the words stand; None where it does not tell. Raises ValueError for something else."""
        told = self.receipt.metadata.get("text_boxes")
        return None if told is None else _TEXT_BOXES.validate_python(told)

    @property
    def note(self) -> str | None:
        """Says so when this is an earlier ad once more, and how to get another one."""
        if self.receipt.reused_from is None:
            return None
        return (
            f"This is the ad of the job {self.receipt.reused_from} again: its clips and words are equal. "
            "Set another `seed` for a different ad, or `reuse: off` to have it made anew."
        )


_TEXT_BOXES = TypeAdapter(list[TextBox])
