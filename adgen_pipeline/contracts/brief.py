"""The brief: what a person asks for. One model for the command line, run config and every later door."""

import re
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, PlainSerializer, ValidationError, model_validator

from adgen_pipeline.contracts.frozen import Strict
from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.errors import InvalidBrief

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


def _on_or_off(value: Any) -> Any:
    """YAML 1.1 reads an unquoted on and off as true and false."""
    return ("on" if value else "off") if isinstance(value, bool) else value


def _not_blank(text: str) -> str:
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
Line = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_not_blank)]


class BrandGuidelines(Strict):
    """How the brand looks and speaks; all of it optional."""

    primary_color: Colour | None = Field(None, description="The accent, as #RRGGBB.")
    secondary_color: Colour | None = Field(None, description="The ground it stands on, as #RRGGBB.")
    style: str | None = Field(None, max_length=100, description="The look in a few words, at most 100 characters.")
    name: Line | None = Field(None, description="The brand's name, for the end card; at most 100 characters.")
    tagline: Line | None = Field(None, description="A line under the name; at most 100 characters.")
    call_to_action: Line | None = Field(None, description="The words on the button; at most 100 characters.")
    logo_url: HttpUrl | None = Field(None, description="An http(s) URL of the logo.")


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

    prompt: Annotated[str, AfterValidator(_not_blank)] = Field(
        min_length=10, max_length=500, description="What to advertise, in plain words; 10 to 500 characters."
    )
    duration: int = Field(30, ge=15, le=60, description="Length of the ad: whole seconds from 15 to 60.")
    aspect_ratio: Annotated[AspectRatio, BeforeValidator(_unquoted_ratio)] = Field(
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
    def is_hand_written(self) -> bool:
        """True when `scenes` is a whole storyboard, not a set of overrides."""
        return bool(self.scenes) and all(scene.index is None for scene in self.scenes or [])


def read_brief(data: Any) -> Brief:
    """The brief in `data` (a mapping as YAML, JSON or the command line give it).

    Raises InvalidBrief naming every field that breaks a rule, its value and the way out.
    """
    if not isinstance(data, dict):
        shape = "is empty" if data is None else f"is a {type(data).__name__}, not fields and their values"
        raise InvalidBrief([("brief", data or "", f'{shape}; write at least one line such as prompt: "A watch ad"')])
    empty = [(field, "", _EMPTY) for field in _empty_fields(data)]
    if empty:
        raise InvalidBrief(empty)
    try:
        return Brief.model_validate(data)
    except ValidationError as error:
        raise InvalidBrief([_problem(detail) for detail in _without_union_noise(error)]) from None


_EMPTY = "is empty: leave the field out, or give it a value (in YAML, # begins a comment: put colours in quotes)"


def _empty_fields(data: dict[str, Any], within: str = "") -> list[str]:
    """The paths of fields that are there without a value."""
    found = []
    for name, value in data.items():
        path = f"{within}{name}"
        if value is None:
            found.append(path)
        elif isinstance(value, dict):
            found += _empty_fields(value, f"{path}.")
        elif isinstance(value, list):
            for n, item in enumerate(value, 1):
                found += _empty_fields(item, f"{path}[{n}].") if isinstance(item, dict) else []
    return found


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


def _without_union_noise(error: ValidationError) -> list[Any]:
    """One problem a field: pydantic reports each branch of a union apart."""
    seen: dict[str, Any] = {}
    for detail in error.errors(include_url=False):
        seen.setdefault(_field_path(detail["loc"]), detail)
    return list(seen.values())


def _problem(detail: Any) -> tuple[str, Any, str]:
    field = _field_path(detail["loc"]) or "scenes"
    value = detail["input"] if detail["loc"] else ""
    rule = _rule(field)
    match detail["type"]:
        case "extra_forbidden":
            return field, value, f"is not a field of a brief; use one of: {', '.join(_siblings(field))}"
        case "missing":
            return field, "", f"is missing: {rule}"
        case "value_error":
            return (
                field,
                value,
                f"{detail['ctx']['error']}: {rule}" if detail["loc"] else f"{detail['ctx']['error']}",
            )
        case "string_too_short" | "string_too_long":
            return field, value, f"has {len(value)} characters: {rule}"
        case _:
            return field, value, f"does not fit: {rule}"


def way_out(detail: Any) -> str:
    """What would fit in place of what pydantic's error `detail` is about, its `loc` counted from the brief."""
    return _problem(detail)[2]


def _field_path(location: tuple[Any, ...]) -> str:
    """`("scenes", 1, "duration")` as `scenes[2].duration`: counted from 1, as people count scenes."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part + 1}]"
        elif not re.fullmatch(r"[a-z_]+", str(part)):
            continue  # the name of a union's branch
        else:
            path += f".{part}" if path else str(part)
    return path


def _models() -> dict[str, type[Strict]]:
    return {"": Brief, "brand_guidelines": BrandGuidelines, "scenes": SceneBrief, "reuse": Refresh}


def _siblings(field: str) -> list[str]:
    head, _, tail = field.partition(".")
    return list(_models()[re.sub(r"\[.*", "", head) if tail else ""].model_fields)


def _rule(field: str) -> str:
    """The field's own description: it says what is allowed."""
    head, _, tail = field.partition(".")
    model = _models()[re.sub(r"\[.*", "", head) if tail else ""]
    name = re.sub(r"\[.*", "", tail or head)
    known = model.model_fields.get(name)
    return (known.description or "") if known else ""
