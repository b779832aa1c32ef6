"""The four stages in their order: names, progress and default limits, as the contract fixes them."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Stage:
    """One stage: `progress` is the percentage reached when it is done, `timeout` seconds of one HTTP exchange."""

    name: str
    service: str
    title: str
    path: str
    timeout: float
    max_call_cost: Decimal
    progress: int


PARSING = Stage("prompt_parsing", "prompt_parser", "Prompt parser", "/parse", 10, Decimal("0.10"), 20)
IMAGES = Stage("image_generation", "image_gen", "Image generation", "/generate-image", 15, Decimal("0.30"), 35)
CLIPS = Stage("video_generation", "video_gen", "Video generation", "/generate-video", 90, Decimal("0.60"), 85)
COMPOSITION = Stage("composition", "composition", "Composition", "/compose", 30, Decimal("0.20"), 100)

STAGES: tuple[Stage, ...] = (PARSING, IMAGES, CLIPS, COMPOSITION)


def progress_after(stage: Stage, done: int, of: int) -> float:
    """Percent of the whole ad when `done` of a stage's `of` calls are through."""
    before = max((s.progress for s in STAGES if s.progress < stage.progress), default=0)
    return before + (stage.progress - before) * done / of
