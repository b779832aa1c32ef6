"""Which scene is on screen in which frame: seconds of the request become frames, exactly."""

import math
from dataclasses import dataclass
from itertools import pairwise

from adgen_pipeline.contracts.ad import ComposeRequest, ComposeScene
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.transitions import TRANSITIONS

CHANGE_SECONDS = 0.5
"""How long a transition runs where scenes do not overlap and the request names no duration."""


@dataclass(frozen=True)
class Slot:
    """A scene's place: on screen in frames `first` to `stop` - 1, then its last picture is held for `held` more."""

    name: str
    first: int
    stop: int
    change: str
    held: int = 0

    @property
    def length(self) -> int:
        """Frames of its own clip."""
        return self.stop - self.first


@dataclass(frozen=True)
class Layer:
    """One scene in one frame: picture `frame` of its clip; `change`, at `progress` 0..1, brings it in over the last."""

    scene: int
    frame: int
    change: str = "cut"
    progress: float = 1.0


@dataclass(frozen=True)
class Timeline:
    """The ad in frames."""

    fps: int
    frames: int
    slots: tuple[Slot, ...]

    @property
    def seconds(self) -> float:
        """Length of the ad."""
        return self.frames / self.fps

    @property
    def changes(self) -> tuple[float, ...]:
        """When one scene gives way to the next, in seconds: at the cut, or in the middle of the transition."""
        return tuple(
            (after.first if before.change == "cut" else (after.first + before.stop + before.held) / 2) / self.fps
            for before, after in pairwise(self.slots)
        )

    def layers(self, frame: int) -> list[Layer]:
        """What is seen in `frame`, the scene that came first at the bottom."""
        shown = [n for n, slot in enumerate(self.slots) if slot.first <= frame < slot.stop + slot.held]
        bottom = Layer(shown[0], frame - self.slots[shown[0]].first)
        return [bottom, *(self._over(self.slots[n - 1], n, frame) for n in shown[1:])]

    def prevailing(self, frame: int) -> Slot:
        """The scene that is seen most in `frame`."""
        return [self.slots[layer.scene] for layer in self.layers(frame) if layer.progress >= 0.5][-1]

    def _over(self, outgoing: Slot, scene: int, frame: int) -> Layer:
        begin = self.slots[scene].first
        progress = (frame - begin + 0.5) / max(1, outgoing.stop + outgoing.held - begin)
        return Layer(scene, frame - begin, outgoing.change, min(1.0, progress))


def timeline(request: ComposeRequest, fps: int) -> Timeline:
    """The timeline of `request`: round(last end x fps) frames, a scene on screen while its [start, end) holds n / fps.

    Raises RenderError naming the scene where times leave a gap or run backwards, or a transition is unknown.
    """
    slots: list[Slot] = []
    for number, scene in enumerate(request.scenes, 1):
        slots.append(_slot(number, scene, fps, is_last=number == len(request.scenes)))
        _check_joint(slots, scene)
    joined = [_joined(a, b, s, fps) for a, b, s in zip(slots, slots[1:], request.scenes, strict=False)]
    return Timeline(fps, slots[-1].stop, (*joined, slots[-1]))


def _slot(number: int, scene: ComposeScene, fps: int, *, is_last: bool) -> Slot:
    name = f"scene {number}"
    if scene.transition.type not in TRANSITIONS:
        known = ", ".join(TRANSITIONS)
        raise RenderError(f"{name}: there is no transition {scene.transition.type!r}; the studio knows {known}")
    stop = round(scene.end_time * fps) if is_last else _first_frame_at(scene.end_time, fps)
    slot = Slot(name, _first_frame_at(scene.start_time, fps), stop, scene.transition.type)
    if slot.length < 1:
        raise RenderError(f"{name} ends at {scene.end_time} s, before it was on screen (from {scene.start_time} s)")
    return slot


def _first_frame_at(seconds: float, fps: int) -> int:
    return math.ceil(seconds * fps - 1e-6)


def _check_joint(slots: list[Slot], scene: ComposeScene) -> None:
    """Every frame shows a scene, and scenes come and go in order."""
    earlier, slot = slots[-2] if len(slots) > 1 else None, slots[-1]
    begins = earlier.stop if earlier else 0
    if slot.first > begins:
        raise RenderError(
            f"{slot.name} starts at {scene.start_time} s: {slot.first - begins} frames before it are empty"
        )
    if earlier and (slot.first <= earlier.first or slot.stop <= earlier.stop):
        raise RenderError(f"{slot.name} starts or ends no later than {earlier.name}: list scenes in playing order")


def _joined(slot: Slot, following: Slot, scene: ComposeScene, fps: int) -> Slot:
    """`slot` with the change into `following` settled: cut off at once, overlapping, or held while it is drawn."""
    if slot.change == "cut":
        return Slot(slot.name, slot.first, following.first, "cut")
    if slot.stop > following.first:
        return slot
    asked = CHANGE_SECONDS if scene.transition.duration is None else scene.transition.duration
    return Slot(slot.name, slot.first, slot.stop, slot.change, min(round(asked * fps), following.length - 1))
