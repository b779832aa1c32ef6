"""What a service is asked for: good requests as the pipeline sends them, and broken ones."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.clients.composition import Composition
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.conformance.sources import CLIP_SECONDS
from adgen_pipeline.contracts.ad import ComposeRequest, ComposeScene
from adgen_pipeline.contracts.brief import DRAFT_FPS, FPS, BrandGuidelines
from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.keyframe import ImageRequest, known_fields
from adgen_pipeline.contracts.storyboard import Audio, Music, ParseRequest, TextOverlay, Transition, VisualDirection

_TOO_LARGE = 2_000_000
_DRAFT: dict[str, Any] = {"resolution": "540x960", "fps": DRAFT_FPS}
_FULL: dict[str, Any] = {"resolution": "1080x1920", "fps": FPS}
_SEED = 7


@dataclass(frozen=True)
class Requests:
    """The requests for one service.

    `good` is a draft, the least to pay for; `other` asks for something that must have another answer; `slow` for the
    most work. `own` names the contract's own fields: all others are the pipeline's additions.
    `required` is a field that no call can do without. `flood` is 2 MB more. `source` is a URL that it must fetch.
    `additions` says whether the pipeline's are sent.
    """

    good: Frozen
    other: Frozen
    slow: Frozen
    own: tuple[str, ...]
    required: str
    flood: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None
    additions: bool = True

    def body(self, request: Frozen) -> bytes:
        """`request` as it is sent: canonical JSON, by which equal calls are equal to the byte."""
        return _canonical(self._fields(request))

    def plainly(self) -> "Requests":
        """The same without the pipeline's additions."""
        return replace(self, additions=False)

    @property
    def without_a_field(self) -> bytes:
        """The good body without its most needed field."""
        return _canonical({name: value for name, value in self._fields(self.good).items() if name != self.required})

    @property
    def with_a_wrong_type(self) -> bytes:
        """The good body with an object where text or a list belongs."""
        return _canonical({**self._fields(self.good), self.required: {"not": "what was asked for"}})

    @property
    def not_json(self) -> bytes:
        """The beginning of a body."""
        return self.body(self.good)[:-10]

    @property
    def too_large(self) -> bytes:
        """Good JSON of more than 2 MB."""
        return _canonical({**self._fields(self.good), **self.flood})

    def _fields(self, request: Frozen) -> dict[str, Any]:
        return {name: value for name, value in known_fields(request).items() if self.additions or name in self.own}


def parser_requests(media: Mapping[str, str]) -> Requests:
    """For `POST /parse`."""
    good = ParseRequest(
        prompt="Create an ad for the Aurum steel watch with sapphire glass, 10% off until Sunday",
        duration=15,
        aspect_ratio="9:16",
        brand_guidelines=BrandGuidelines(primary_color="#D4AF37", name="Aurum"),
        seed=_SEED,
    )
    longer = good.model_copy(update={"duration": 20})
    flood = {"prompt": "a watch " * (_TOO_LARGE // 8)}
    return Requests(good, longer, good, ("prompt", "duration", "aspect_ratio", "brand_guidelines"), "prompt", flood)


def image_requests(media: Mapping[str, str]) -> Requests:
    """For `POST /generate-image`."""
    good = ImageRequest(
        prompt="Hero shot of a gold wristwatch on black stone, clear space at the bottom",
        style="elegant",
        visual_direction=VisualDirection(
            style="elegant", palette=["#D4AF37", "#101010"], mood="calm", product="watch", keywords=["gold", "watch"]
        ),
        aspect_ratio="9:16",
        resolution=_DRAFT["resolution"],
        seed=_SEED,
        negative_prompt="text, logos",
    )
    other = good.model_copy(update={"prompt": "A red running shoe on wet asphalt at night", "seed": _SEED + 1})
    slow = good.model_copy(update={"resolution": _FULL["resolution"]})
    flood = {"prompt": "a watch " * (_TOO_LARGE // 8)}
    return Requests(good, other, slow, ("prompt", "style", "visual_direction"), "prompt", flood)


def video_requests(media: Mapping[str, str]) -> Requests:
    """For `POST /generate-video`; the reference is `media["picture.jpg"]`."""
    good = ClipRequest(
        scene_prompt="The camera moves slowly towards a gold wristwatch on black stone",
        reference_image_url=media["picture.jpg"],
        duration=4,
        aspect_ratio="9:16",
        camera_movement="push_in",
        seed=_SEED,
        **_DRAFT,
    )
    other = good.model_copy(update={"duration": 5.0, "scene_prompt": "The camera circles a gold watch"})
    own = ("scene_prompt", "reference_image_url", "duration", "aspect_ratio")
    flood = {"scene_prompt": "a watch " * (_TOO_LARGE // 8)}
    return Requests(good, other, good.model_copy(update=_FULL), own, "scene_prompt", flood, media["picture.jpg"])


def composition_requests(media: Mapping[str, str]) -> Requests:
    """For `POST /compose`; each scene's clip is `media["clip.mp4"]`."""
    fade = Transition(type="fade", duration=0.5)
    first = ComposeScene(video_url=media["clip.mp4"], start_time=0, end_time=CLIP_SECONDS, transition=fade)
    last = ComposeScene(video_url=media["clip.mp4"], start_time=CLIP_SECONDS - 0.5, end_time=2 * CLIP_SECONDS - 0.5)
    words = TextOverlay(text="Own your time", start_time=0.5, duration=2)
    good = ComposeRequest(
        scenes=[first, last],
        audio=Audio(music=Music(mood="elegant")),
        text_overlays=[words],
        aspect_ratio="9:16",
        brand_guidelines=BrandGuidelines(name="Aurum"),
        seed=_SEED,
        **_DRAFT,
    )
    shorter = good.model_copy(update={"scenes": [first.model_copy(update={"transition": Transition()})]})
    flood = {"text_overlays": [words.model_copy(update={"text": "watch " * (_TOO_LARGE // 6)}).model_dump(mode="json")]}
    own = ("scenes", "audio", "text_overlays")
    return Requests(good, shorter, good.model_copy(update=_FULL), own, "scenes", flood, media["clip.mp4"])


@dataclass(frozen=True)
class Kind:
    """One kind of service: its client, its requests, and whether they name media that it must fetch."""

    client: type[ServiceClient[Any, Any]]
    requests: Callable[[Mapping[str, str]], Requests]
    fetches: bool = False


KINDS: dict[str, Kind] = {
    "parser": Kind(PromptParser, parser_requests),
    "image": Kind(ImageGen, image_requests),
    "video": Kind(VideoGen, video_requests, fetches=True),
    "composition": Kind(Composition, composition_requests, fetches=True),
}
"""The four services by the names that `adgen check-service` takes."""


def _canonical(data: object) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
