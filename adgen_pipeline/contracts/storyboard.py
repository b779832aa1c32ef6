"""The storyboard: what is seen, said and read, and when. Answer of the prompt parser, plan of the ad."""

from typing import Any, Literal

from pydantic import Field, NonNegativeFloat, PositiveFloat, field_validator, model_validator

from adgen_pipeline.contracts.brief import AspectRatio, BrandGuidelines, Brief, SceneRole
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.purchase import Receipt

OverlayRole = Literal["headline", "caption", "offer", "call_to_action", "legal"]
Position = Literal["top", "topRight", "right", "bottomRight", "bottom", "bottomLeft", "left", "topLeft", "center"]


class Transition(Frozen):
    """How a scene gives way to the next; it stands at the end of its scene.

    A service may answer a bare name such as "fade": then the scenes do not overlap (`duration` None) and the
    outgoing picture is held while the change is drawn.
    """

    type: str = "cut"
    duration: NonNegativeFloat | None = Field(None, le=3, description="Seconds both scenes are on screen.")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, data: Any) -> Any:
        return {"type": data} if isinstance(data, str) else data

    @property
    def overlap(self) -> float:
        """Seconds during which this scene and the next run together."""
        return 0.0 if self.type == "cut" else (self.duration or 0.0)


class Scene(Frozen):
    """One scene as the parser plans it. `duration` counts the overlap of its transition."""

    prompt: str = Field(min_length=1)
    duration: PositiveFloat
    transition: Transition = Transition()
    role: SceneRole | None = None
    camera_movement: str | None = None
    shot_type: str | None = None
    narration: str | None = None
    negative_prompt: str | None = None

    @field_validator("transition", mode="before")
    @classmethod
    def _none_is_cut(cls, value: Any) -> Any:
        return "cut" if value is None else value


class VisualDirection(Frozen):
    """The look all scenes share. A service may say more (it is kept) or less."""

    model_config = {"extra": "allow"}

    style: str | None = None
    palette: list[str] = []
    lighting: str | None = None
    mood: str | None = None
    product: str | None = None
    product_category: str | None = None
    keywords: list[str] = []


class Music(Frozen):
    """`tempo` in beats a minute, `volume` 0 to 1, fades in seconds, `ducking` under the voice on or off."""

    mood: str = "neutral"
    tempo: PositiveFloat = Field(96, ge=40, le=200)
    volume: NonNegativeFloat = Field(0.6, le=1)
    fade_in: NonNegativeFloat = 0.3
    fade_out: NonNegativeFloat = 1.5
    ducking: bool = True


class VoiceSegment(Frozen):
    """Words that are spoken from `start_time` (seconds of the ad) on."""

    text: str = Field(min_length=1)
    start_time: NonNegativeFloat


class Voiceover(Frozen):
    """Which voice says what, and when."""

    voice: str = "default"
    segments: list[VoiceSegment] = []


class Audio(Frozen):
    """What is heard."""

    music: Music | None = None
    voiceover: Voiceover | None = None
    sfx: list[Any] = []


class TextOverlay(Frozen):
    """Words on screen: `start_time` and `duration` in seconds of the ad."""

    text: str = Field(min_length=1)
    role: OverlayRole = "headline"
    start_time: NonNegativeFloat
    duration: PositiveFloat
    position: Position = "bottom"
    style: str | None = None


class ParseRequest(Frozen):
    """Body of `POST /parse`. `seed` is an extra that other parsers may ignore."""

    prompt: str = Field(min_length=10, max_length=500)
    duration: int = Field(ge=15, le=60)
    aspect_ratio: AspectRatio
    brand_guidelines: BrandGuidelines = BrandGuidelines()
    seed: int | None = None


class ParseResult(Frozen):
    """Result of `POST /parse`. `notes` (an extra of ours) tell people what the parser could not do as asked."""

    scenes: list[Scene]
    visual_direction: VisualDirection
    audio: Audio
    text_overlays: list[TextOverlay]
    notes: list[str] = []


class PlannedScene(Scene):
    """A scene with its place in the ad. Seconds of the ad; the next scene starts at `end_time` less the overlap."""

    key: str = Field(description="scene_01, scene_02, ...: names the scene in steps, files and costs.")
    index: int = Field(ge=1)
    start_time: NonNegativeFloat
    end_time: PositiveFloat


class Storyboard(Frozen):
    """The whole plan of one ad: everything the later stages need, so that none of them reads the brief's config.

    `notes` tell people what the parser could not do as asked.
    """

    job_id: str
    brief: Brief
    receipt: Receipt
    scenes: list[PlannedScene]
    visual_direction: VisualDirection
    audio: Audio
    text_overlays: list[TextOverlay]
    notes: list[str] = []

    @property
    def is_spoken(self) -> bool:
        """Whether anything is said in it."""
        return bool(self.audio.voiceover and self.audio.voiceover.segments)

    def words_of(self, scene: PlannedScene) -> list[str]:
        """What is on screen while it is shown; where two scenes overlap, the words belong to the later one."""
        following = self.scenes[scene.index] if scene.index < len(self.scenes) else None
        until = following.start_time if following else scene.end_time
        return [words.text for words in self.text_overlays if scene.start_time <= words.start_time < until]
