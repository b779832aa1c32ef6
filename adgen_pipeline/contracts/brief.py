"""The brief: what a person asks for. One model for the command line, run config and every later door."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, PlainSerializer, model_validator

from adgen_pipeline.contracts.forms import Form
from adgen_pipeline.contracts.frozen import Strict
from adgen_pipeline.contracts.stages import STAGES

AspectRatio = Literal["16:9", "9:16", "1:1"]
SceneRole = Literal["hook", "product", "benefit", "proof", "call_to_action"]

SIZES: dict[str, tuple[int, int]] = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
"""Width and height of the finished ad in pixels, by aspect ratio."""

DRAFT_SHORT_SIDE = 540
FPS, DRAFT_FPS = 30, 15

MOST_SCENES = 24
"""Scenes of one ad, as many as composition takes."""

LENGTH_TOLERANCE = 0.05
"""Seconds by which scenes may miss the ad's duration: services and people round to tenths."""

_YAML_RATIOS = {969: "16:9", 556: "9:16", 61: "1:1"}


def _unquoted_ratio(value: Any) -> Any:
    """YAML 1.1 reads an unquoted 9:16 as the base-60 number 556; people who leave the quotes out mean the ratio."""
    return _YAML_RATIOS.get(value, value) if isinstance(value, int) else value


Ratio = Annotated[AspectRatio, BeforeValidator(_unquoted_ratio)]
"""An aspect ratio, also as YAML reads one without its quotes."""


def _on_or_off(value: Any) -> Any:
    """YAML 1.1 reads an unquoted on and off as true and false."""
    return ("on" if value else "off") if isinstance(value, bool) else value


def not_blank(text: str) -> str:
    """The text without the blanks around it. Raises ValueError where nothing is left."""
    if not text.strip():
        raise ValueError("is blank")
    return text.strip()


def _scene_or_stage(name: str) -> str:
    """A scene's key (also written scene_3) or a stage's name."""
    scene = re.fullmatch(r"scene_(\d{1,2})", name.strip())
    if scene and int(scene[1]):
        return f"scene_{int(scene[1]):02d}"
    if name.strip() not in {stage.name for stage in STAGES}:
        raise ValueError("names no scene and no stage")
    return name.strip()


def _finite(value: Any) -> Any:
    return str(value) if isinstance(value, float) else value


Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Money = Annotated[Decimal, BeforeValidator(_finite), PlainSerializer(float, when_used="json")]
Line = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(not_blank)]


class BrandGuidelines(Strict):
    """How the brand looks and speaks; all of it optional."""

    primary_color: Colour | None = Field(None, description="The accent, as #RRGGBB.")
    secondary_color: Colour | None = Field(None, description="The ground it stands on, as #RRGGBB.")
    style: str | None = Field(None, max_length=100, description="The look in a few words, at most 100 characters.")
    name: Line | None = Field(None, description="The brand's name, for the end card; at most 100 characters.")
    tagline: Line | None = Field(None, description="A line under the name; at most 100 characters.")
    call_to_action: Line | None = Field(None, description="The words on the button; at most 100 characters.")
    logo_url: HttpUrl | None = Field(None, description="An http(s) URL of the logo.")


class Words(Strict):
    """Words that stand in the ad in place of the planned ones: changing them changes no picture and no clip."""

    headline: Line | None = Field(None, description="In place of the first scene's headline; at most 100 characters.")
    call_to_action: Line | None = Field(None, description="In place of the button's words; at most 100 characters.")


class SceneBrief(Strict):
    """One hand-written scene, or, with `index`, the parts of a planned scene to replace."""

    index: int | None = Field(None, ge=1, description="Which planned scene this overrides, counted from 1.")
    prompt: str | None = Field(None, min_length=3, max_length=1000, description="What is seen; 3 to 1000 characters.")
    duration: float | None = Field(None, gt=0, le=60, description="Seconds on screen, above 0, at most 60.")
    transition: Literal["cut", "fade", "slide", "wipe", "zoom"] | None = Field(
        None, description="How the scene ends: cut, fade, slide, wipe or zoom."
    )
    role: SceneRole | None = Field(
        None, description="Its part in the story: hook, product, benefit, proof or call_to_action."
    )
    camera_movement: str | None = Field(None, max_length=100, description="Such as push_in, pan_left or static.")
    shot_type: str | None = Field(None, max_length=100, description="Such as wide, hero, close_up or detail.")
    headline: Line | None = Field(None, description="The words on screen; at most 100 characters.")
    narration: str | None = Field(None, max_length=300, description="The words spoken; at most 300 characters.")
    negative_prompt: str | None = Field(None, max_length=300, description="What must not be seen.")


class Refresh(Strict):
    """What to buy again although an equal answer is at hand."""

    refresh: list[Annotated[str, AfterValidator(_scene_or_stage)]] = Field(
        min_length=1,
        max_length=30,
        description=f"Scenes (scene_03) or stages ({', '.join(stage.name for stage in STAGES)}) to buy again.",
    )
    of: str | None = Field(
        None, max_length=100, description="The job whose ad everything else is taken from; default: the newest."
    )


_BRAND = (
    "How the brand looks and speaks, each field optional: primary_color, secondary_color, style, name, tagline, "
    "call_to_action, logo_url."
)


class Brief(Strict):
    """What the ad is to be. Same brief and same seed give the same ad."""

    prompt: Annotated[str, AfterValidator(not_blank)] = Field(
        min_length=10, max_length=500, description="What to advertise, in plain words; 10 to 500 characters."
    )
    duration: int = Field(30, ge=15, le=60, description="Length of the ad: whole seconds from 15 to 60.")
    aspect_ratio: Ratio = Field(
        "9:16", description='Shape of the picture: "16:9", "9:16" or "1:1" (in YAML with the quotes).'
    )
    brand_guidelines: BrandGuidelines = Field(default=BrandGuidelines(), description=_BRAND)
    max_cost: Money | None = Field(
        None,
        gt=0,
        le=10_000,
        description="Most this ad may cost, in USD, above 0; default MAX_COST_PER_VIDEO.",
    )
    seed: int | None = Field(
        None,
        ge=0,
        le=2**31 - 1,
        description="A whole number from 0 to 2147483647; same brief + seed = same ad.",
    )
    scenes: list[SceneBrief] | None = Field(
        None,
        min_length=1,
        max_length=MOST_SCENES,
        description=f"A hand-written storyboard, or, with `index`, single scenes to override; 1 to {MOST_SCENES}.",
    )
    words: Words = Field(
        default=Words(),
        description=(
            "Words in place of the planned ones, each optional: headline (of the first scene), call_to_action. The "
            "parser is not asked again for them: pictures and clips stay as they are."
        ),
    )
    reuse: Annotated[Literal["on", "off"] | Refresh, BeforeValidator(_on_or_off)] = Field(
        "on",
        description="What may be taken from earlier ads: on, off, or {refresh: [scene_03, composition]}.",
    )
    captions: Annotated[Literal["off", "burned"], BeforeValidator(_on_or_off)] = Field(
        "off", description="Spoken words as captions: off or burned."
    )
    draft: bool = Field(False, description="A quick look: 540 px on the short side, 15 fps.")
    callback_url: HttpUrl | None = Field(None, description="An http(s) URL that hears when the job ends.")

    @model_validator(mode="after")
    def _scenes_are_a_storyboard_or_overrides(self) -> Self:
        for problem in _scene_problems(self.scenes or [], self.duration):
            raise ValueError(problem)
        return self

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the finished ad in pixels."""
        width, height = SIZES[self.aspect_ratio]
        if not self.draft:
            return width, height
        scale = DRAFT_SHORT_SIDE / min(width, height)
        return round(width * scale), round(height * scale)

    @property
    def fps(self) -> int:
        """Frames per second of the finished ad."""
        return DRAFT_FPS if self.draft else FPS

    def takes_earlier(self, stage: str, scene: str | None = None) -> bool:
        """Whether a call of `stage` (for `scene`) may take an earlier ad's answer."""
        if isinstance(self.reuse, Refresh):
            return not {stage, scene} & set(self.reuse.refresh)
        return self.reuse == "on"

    @property
    def source(self) -> str | None:
        """The job whose ad this one is made from, if it is to be a certain one."""
        return self.reuse.of if isinstance(self.reuse, Refresh) else None

    @property
    def brand_as_shown(self) -> BrandGuidelines:
        """The guidelines with the call to action that stands in the ad."""
        shown = self.words.call_to_action
        return self.brand_guidelines.model_copy(update={"call_to_action": shown}) if shown else self.brand_guidelines

    @property
    def is_hand_written(self) -> bool:
        """True when `scenes` is a whole storyboard, not a set of overrides."""
        return bool(self.scenes) and all(scene.index is None for scene in self.scenes or [])


def read_brief(data: Any) -> Brief:
    """The brief in `data` (a mapping as YAML, JSON or the command line give it).

    Raises InvalidBrief naming every field that breaks a rule, its value and the way out.
    """
    brief: Brief = _FORM.read(data)
    return brief


def _scene_problems(scenes: list[SceneBrief], duration: int) -> list[str]:
    indexed = [scene.index for scene in scenes if scene.index is not None]
    if not indexed:
        bare = [n for n, scene in enumerate(scenes, 1) if scene.prompt is None or scene.duration is None]
        return [f"scene {n} of a hand-written storyboard needs both prompt and duration" for n in bare] or (
            _length_problems([scene.duration or 0.0 for scene in scenes], duration)
        )
    if len(indexed) < len(scenes):
        return ["give every scene an index (overrides) or none of them (a whole storyboard), not a mix"]
    if len(set(indexed)) < len(indexed):
        return ["each index may be overridden once"]
    return []


def _length_problems(lengths: list[float], duration: int) -> list[str]:
    if not lengths or abs(sum(lengths) - duration) <= LENGTH_TOLERANCE:
        return []
    each = " + ".join(f"{length:g}" for length in lengths)
    total = f"{each} = {sum(lengths):g} s"
    return [f"the hand-written scenes last {total}, not {duration} s: change their durations or the brief's"]


PARTS: dict[str, type[Strict]] = {
    "brand_guidelines": BrandGuidelines,
    "words": Words,
    "scenes": SceneBrief,
    "reuse": Refresh,
}
"""The models of a brief's fields that have fields of their own."""

_FORM = Form(
    "brief",
    {"": Brief} | PARTS,
    example='prompt: "A watch ad"',
    about_all="scenes",
)


def way_out(detail: Any) -> str:
    """What would fit in place of what pydantic's error `detail` is about, its `loc` counted from the brief."""
    return _FORM.way_out(detail)
