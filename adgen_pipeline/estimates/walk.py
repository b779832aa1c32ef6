"""Down the stages as the pipeline goes, looking each call up in the ledger instead of making it."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.clients.composition import Composition
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.contracts.stages import CLIPS, COMPOSITION, IMAGES, PARSING
from adgen_pipeline.contracts.storyboard import Storyboard
from adgen_pipeline.contracts.timeline import scene_key
from adgen_pipeline.ledger import Call, Ledger
from adgen_pipeline.purchases import Order, look_of
from adgen_pipeline.purchases.reach import OWN_MEDIA
from adgen_pipeline.requests import clip_request, compose_request, image_request
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.storyboards import parse_request

Q = TypeVar("Q", bound=Frozen)


@dataclass(frozen=True)
class Clients:
    """The four services that would be asked. They are looked at, and never called."""

    prompt_parser: PromptParser
    image_gen: ImageGen
    video_gen: VideoGen
    composition: Composition

    @property
    def all(self) -> tuple[ServiceClient[Any, Any], ...]:
        """In the order of their stages."""
        return self.prompt_parser, self.image_gen, self.video_gen, self.composition


@dataclass(frozen=True)
class PlannedCall:
    """A call that the pipeline would come to.

    `reused`: it would take the answer of an `earlier` one, or of an equal one of the same ad. `makes` names its file,
    by its hash where it is at hand, and else by the request.
    """

    stage: str
    scene: str | None = None
    reused: bool = False
    makes: str = ""
    earlier: Call | None = None

    @property
    def saved(self) -> Decimal:
        """USD that the answer it takes had cost."""
        return self.earlier.cost if self.reused and self.earlier else Decimal(0)


class Walk:
    """One way through the stages for `brief`, from parsing to composition."""

    def __init__(self, brief: Brief, clients: Clients, ledger: Ledger, store: MediaStore, *, per_scene: bool):
        self._brief = brief
        self._clients = clients
        self._ledger = ledger
        self._store = store
        self._per_scene = per_scene
        self._bought: set[str] = set()

    def parsing(self) -> PlannedCall:
        """The first call. `earlier` is set too where the brief wants the parser to be asked again."""
        return self._look_up(self._clients.prompt_parser, parse_request(self._brief))

    def after_parsing(self, storyboard: Storyboard) -> list[PlannedCall]:
        """The calls that make an ad of the storyboard: keyframes, clips and composition."""
        look, keyframes = self._keyframes(storyboard)
        pictures = {call.scene: call.makes for call in keyframes}
        clips = []
        for scene in storyboard.scenes:
            shown = pictures.get(scene.key, look)
            request = clip_request(storyboard, scene, _url(shown))
            clips.append(self._look_up(self._clients.video_gen, request, scene.key, [shown]))
        files = {str(clip.scene): clip.makes for clip in clips}
        composed = compose_request(storyboard, {scene: _url(file) for scene, file in files.items()})
        return [*keyframes, *clips, self._look_up(self._clients.composition, composed, files=files.values())]

    def _keyframes(self, storyboard: Storyboard) -> tuple[str, list[PlannedCall]]:
        """The picture that the later scenes' look is taken from, and the keyframes' calls."""
        first, *later = storyboard.scenes
        request, image_gen = image_request(storyboard, first, None), self._clients.image_gen
        reference = self._look_up(image_gen, request, first.key)
        look = self._pinned(request) or reference.makes
        calls = [reference]
        for scene in later if self._per_scene else []:
            request = image_request(storyboard, scene, _url(look))
            calls.append(self._look_up(image_gen, request, scene.key, [look]))
        return look, calls

    def _pinned(self, reference: ImageRequest) -> str | None:
        if not self._brief.takes_earlier(IMAGES.name):
            return None
        pinned = self._ledger.looks.of_look(look_of(self._brief, reference, self._clients.image_gen.identity))
        return pinned.sha256 if pinned else None

    def _look_up(
        self, client: ServiceClient[Q, Any], request: Q, scene: str | None = None, files: Collection[str] = ()
    ) -> PlannedCall:
        """The call as it would end: what has to be bought is named by its request, so that nothing that rests on it
        is found in the ledger, and equal calls of one ad are bought once."""
        stage = client.stage.name
        reuse = self._brief.takes_earlier(stage, scene)
        order = Order("", request, scene, {_url(file): file for file in files}, reuse)
        request_hash = order.request_hash(stage, client.identity)
        earlier = self._at_hand(request_hash)
        if reuse and earlier:
            made = next((file.sha256 for file in earlier.files.values()), request_hash)
            return PlannedCall(stage, scene, True, made, earlier)
        reused = reuse and request_hash in self._bought
        self._bought.add(request_hash)
        return PlannedCall(stage, scene, reused, request_hash, None if reuse else earlier)

    def _at_hand(self, request_hash: str) -> Call | None:
        """The earlier call whose answer would be taken: the newest whose files are all still there."""
        answers = self._ledger.history.answers(request_hash)
        return next((call for call in answers if all(self._store.has(file) for file in call.files.values())), None)


def counted(scenes: int, *, per_scene: bool) -> list[PlannedCall]:
    """The calls of an ad of which no more is known than how many scenes it has: all have to be bought."""
    keys = [scene_key(index) for index in range(1, scenes + 1)]
    images = [PlannedCall(IMAGES.name, key) for key in (keys if per_scene else keys[:1])]
    clips = [PlannedCall(CLIPS.name, key) for key in keys]
    return [PlannedCall(PARSING.name), *images, *clips, PlannedCall(COMPOSITION.name)]


def _url(file: str) -> str:
    """Stands for the file in a request; the request's hash holds `file` in its place."""
    return f"{OWN_MEDIA}/{file}"
