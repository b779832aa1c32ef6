"""The clips' pictures along the timeline: decoded once, in order, a few in memory at a time."""

from collections.abc import Iterator
from pathlib import Path

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.timeline import Slot, Timeline
from adgen_pipeline.studio.composition.transitions import changed
from adgen_pipeline.studio.decoding import length_in_frames, read_frames
from adgen_pipeline.studio.encoding import Frame

SPARE_FRAMES = 2
"""By so many frames a clip may fall short of its slot (rounding of its seconds): its last picture is held."""


def check_lengths(plan: Timeline, clips: list[Path]) -> None:
    """Raise RenderError naming the first scene whose clip is too short, before anything is drawn."""
    for slot, clip in zip(plan.slots, clips, strict=True):
        _check(slot, length_in_frames(clip, plan.fps), plan.fps)


def footage(plan: Timeline, clips: list[Path], size: tuple[int, int], first: int, stop: int) -> Iterator[Frame]:
    """The frames `first` to `stop` - 1 of the ad without words, each a picture that may be drawn on."""
    reels: dict[int, _Reel] = {}
    for frame in range(first, stop):
        layers = plan.layers(frame)
        reels = {
            layer.scene: reels.get(layer.scene)
            or _Reel(plan.slots[layer.scene], clips[layer.scene], size, plan.fps, layer.frame)
            for layer in layers
        }
        picture = reels[layers[0].scene].at(layers[0].frame)
        for layer in layers[1:]:
            picture = changed(layer.change, picture, reels[layer.scene].at(layer.frame), layer.progress)
        yield picture


class _Reel:
    """One clip from picture `first` on, wound forward only; past its slot or its end it stands still."""

    def __init__(self, slot: Slot, clip: Path, size: tuple[int, int], fps: int, first: int):
        self._slot, self._fps = slot, fps
        self._length = min(slot.length, length_in_frames(clip, fps))
        self._read = min(first, self._length - 1)
        self._pictures = read_frames(clip, size, fps, self._read)
        self._picture: Frame | None = None

    def at(self, frame: int) -> Frame:
        """Its picture `frame`, which may be drawn on."""
        while self._read <= min(frame, self._slot.length - 1):
            picture = next(self._pictures, None)
            if picture is None:
                _check(self._slot, self._read, self._fps)
                break
            self._picture = picture
            self._read += 1
        assert self._picture is not None
        return self._picture if self._read < self._length else self._picture.copy()  # it may be asked for again


def _check(slot: Slot, frames: int, fps: int) -> None:
    if frames == 0 or slot.length - frames > SPARE_FRAMES:
        raise RenderError(
            f"{slot.name}: its clip has {frames} frames ({frames / fps:.2f} s at {fps} fps), "
            f"its slot needs {slot.length} ({slot.length / fps:.2f} s)",
            details={"scene": slot.name, "frames": frames, "needed": slot.length},
        )
