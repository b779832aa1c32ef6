"""One ad in words: how it stands, its scenes, what it cost."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_UP, Decimal
from functools import cached_property

from adgen_pipeline.api.pages.words import ago, here, money, span
from adgen_pipeline.contracts.brief import Refresh
from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.reports import JobReport, Result, SceneReport
from adgen_pipeline.reports.report import BriefReport

_STAGES = {
    "prompt_parsing": ("Storyboard", "Writing the storyboard"),
    "image_generation": ("Keyframes", "Drawing the keyframes"),
    "video_generation": ("Clips", "Filming the scenes"),
    "composition": ("Cut", "Cutting the ad"),
}
"""By stage: what it makes, and what it does."""

_STATES = {"queued": "Waiting for its turn", "completed": "Ready", "failed": "Failed", "cancelled": "Cancelled"}
_SCENES = {"waiting": "", "processing": "In the making", "completed": "", "failed": "Failed"}
_FAILURES = {
    "COST_LIMIT_EXCEEDED": "It would have cost more than its limit.",
    "PROMPT_PARSING_FAILED": "The storyboard could not be written.",
    "IMAGE_GENERATION_FAILED": "A keyframe could not be drawn.",
    "VIDEO_GENERATION_FAILED": "A scene could not be filmed.",
    "COMPOSITION_FAILED": "The ad could not be cut.",
    "QUALITY_CHECK_FAILED": "The ad is there, but a check of it failed.",
    "SERVICE_UNAVAILABLE": "A service could not be reached.",
    "TIMEOUT": "A service took too long.",
    "INVALID_INPUT": "The brief does not fit.",
}
ORIGIN = "the pages"
"""Where an ad of their form comes from, for the ledger."""

SHAPES = {"9:16": "r9x16", "1:1": "r1x1", "16:9": "r16x9"}
"""The class that gives a picture its aspect ratio."""

_DOORS = {ORIGIN: "this page", None: "the Dagster UI or the command line"}

_CENT = Decimal("0.01")


@dataclass(frozen=True)
class ShownStage:
    """A stage: `place` is done, now or next."""

    name: str
    place: str
    cost: Decimal


@dataclass(frozen=True)
class ShownScene:
    """A scene: `start` and `end` in seconds of the ad."""

    number: int
    start: float
    end: float
    keyframe: str | None
    state: str
    told: str
    is_working: bool
    words: list[str]
    narration: str | None
    prompt: str
    cost: Decimal


def _of_brief(brief: BriefReport) -> list[tuple[str, str]]:
    """What was asked for, as far as it was given."""
    brand = brief.brand_guidelines
    given = {
        "Length": f"{brief.duration} s{', a draft' if brief.draft else ''}",
        "Shape": brief.aspect_ratio,
        "Brand": brand.name,
        "Tagline": brand.tagline,
        "Call to action": brief.words.call_to_action or brand.call_to_action,
        "Headline": brief.words.headline,
        "Style": brand.style,
        "Logo": str(brand.logo_url) if brand.logo_url else None,
        "Captions": "in the picture" if brief.captions == "burned" else None,
        "Seed": None if brief.seed is None else str(brief.seed),
    }
    return [(name, value) for name, value in given.items() if value]


class ShownAd:
    """The ad of `report` as pages show it."""

    def __init__(self, report: JobReport):
        self.report = report
        self.job_id = report.job_id
        self.status = report.status
        self.created_at = report.created_at
        self.total = report.cost.total
        self.live = report.status in ("queued", "processing")
        self.percentage = f"{report.progress.percentage:g}"

    @property
    def title(self) -> str:
        """What it advertises."""
        return self.report.brief.prompt if self.report.brief else f"Ad {self.job_id[:8]}"

    @property
    def shape(self) -> str:
        """The class of its aspect ratio."""
        return SHAPES[self.report.brief.aspect_ratio if self.report.brief else "9:16"]

    @property
    def result(self) -> Result | None:
        """The files of the ad, while they are kept."""
        return None if self.report.media_deleted_at else self.report.result

    @property
    def poster(self) -> str | None:
        """Its poster, or the newest keyframe while it has none."""
        if self.result:
            return here(self.result.thumbnail_url)
        return next((scene.keyframe for scene in self.scenes[::-1] if scene.keyframe), None)

    @property
    def blank(self) -> str:
        """What stands where there is no picture."""
        if self.report.media_deleted_at:
            return f"Deleted on {self.report.media_deleted_at:%d %B %Y}"
        return f"{self.state} …" if self.live else "Nothing to see"

    @property
    def state(self) -> str:
        """How it stands."""
        if self.status != "processing":
            return _STATES[self.status]
        stage = self.report.progress.current_stage
        return _STAGES[stage][1] if stage in _STAGES else "Beginning"

    @property
    def more(self) -> str:
        """What there is to say beside it: how far, until when, in what time."""
        if self.live:
            return ", ".join(filter(None, (f"{self.percentage} %", self._left())))
        ended = self.report.completed_at or self.report.failed_at or self.report.cancelled_at
        took = f"after {span((ended - self.created_at).total_seconds())}" if ended else ""
        return ", ".join(filter(None, (took, money(self.total))))

    @property
    def badge(self) -> str:
        """How it stands, in a word or two; nothing for an ad that is ready."""
        if self.status == "processing":
            return f"{self.state}, {self.percentage} %"
        return {"queued": "Waiting", "failed": "Failed", "cancelled": "Cancelled", "completed": ""}[self.status]

    @property
    def length(self) -> str:
        """How long it is to be."""
        return f"{self.report.brief.duration} s" if self.report.brief else ""

    @property
    def when(self) -> str:
        """When it was asked for."""
        return ago(self.created_at, datetime.now(UTC))

    @property
    def failure(self) -> str:
        """What went wrong, before it is explained."""
        return _FAILURES.get(self.report.error.code if self.report.error else "", "Something went wrong.")

    @property
    def may_go_on(self) -> bool:
        """Whether a retry could end otherwise: one of an ad that failed its checks would take all of it as it is."""
        return self.report.error is not None and self.report.error.code != "QUALITY_CHECK_FAILED"

    @property
    def is_over_budget(self) -> bool:
        """Whether a higher limit lets it go on."""
        return bool(self.report.error and self.report.error.code == "COST_LIMIT_EXCEEDED")

    @property
    def raised_limit(self) -> str:
        """A limit to propose: half as much again, in USD."""
        return str(((self.report.max_cost or self.total) * Decimal("1.5")).quantize(_CENT, ROUND_UP))

    @cached_property
    def stages(self) -> list[ShownStage]:
        """The four of them."""
        return [self._stage(stage.name) for stage in STAGES]

    @cached_property
    def scenes(self) -> list[ShownScene]:
        """The storyboard."""
        return [self._scene(number, scene) for number, scene in enumerate(self.report.scenes, 1)]

    @property
    def is_draft(self) -> bool:
        """Whether it is to be small and quick."""
        return self.report.brief is not None and self.report.brief.draft

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What was asked for, and by whom."""
        asked = ("Asked for", f"{self.created_at:%d %B %Y, %H:%M} UTC")
        brief = _of_brief(self.report.brief) if self.report.brief else []
        return [asked, *brief, ("Came by", self._door()), ("Job", self.job_id)]

    @property
    def colours(self) -> list[str]:
        """The brand's, as #RRGGBB."""
        brand = self.report.brief.brand_guidelines if self.report.brief else None
        return [colour for colour in (brand.primary_color, brand.secondary_color) if colour] if brand else []

    def _door(self) -> str:
        """How it was asked for."""
        reuse = self.report.brief.reuse if self.report.brief else None
        if isinstance(reuse, Refresh) and reuse.of:
            again = ", ".join(name.replace("scene_0", "scene ").replace("_", " ") for name in reuse.refresh)
            return f"{self.report.origin + ', ' if self.report.origin else ''}remade from {reuse.of[:8]} ({again})"
        return _DOORS.get(self.report.origin, self.report.origin or "")

    def _left(self) -> str:
        end = self.report.progress.estimated_completion_time
        left = (end - datetime.now(UTC)).total_seconds() if end else 0
        return f"about {span(max(5, round(left / 5) * 5))} left" if left > 0 else ""

    def _stage(self, name: str) -> ShownStage:
        progress = self.report.progress
        done = name in progress.stages_completed
        place = "done" if done else "now" if name == progress.current_stage and self.live else "next"
        return ShownStage(_STAGES[name][0], place, getattr(self.report.cost, name))

    def _scene(self, number: int, scene: SceneReport) -> ShownScene:
        return ShownScene(
            number=number,
            start=scene.start_time,
            end=scene.start_time + scene.seconds,
            keyframe=here(scene.keyframe_url) if scene.keyframe_url and not self.report.media_deleted_at else None,
            state=scene.state,
            told=_SCENES[scene.state],
            is_working=scene.state == "processing",
            words=scene.words,
            narration=scene.narration,
            prompt=scene.prompt,
            cost=scene.cost,
        )
