"""Decodes an ad once, from the first frame to the last, and keeps what was measured; no frame outlives its turn."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Interpolation
from numpy.typing import NDArray

from adgen_pipeline.inspection.colour import share_near
from adgen_pipeline.inspection.sound import LoudnessMeter, Sound
from adgen_pipeline.inspection.stretches import StillPicture, Stretch, Stretches, is_black
from adgen_pipeline.storage.probe import MAX_FRAMES, open_video

BLACK_SECONDS, STILL_SECONDS = 1.0, 2.0
"""Stretches shorter than these are a transition or a held picture: see `judging`."""

COLOUR_DISTANCE = 18.0
"""CIE 1976 ΔE. A just noticeable difference is 2.3; the rest allows for light and shade, gradients and compression."""

_THREADS = 2
_SAMPLES_A_SIDE = 135
_COLOURS_A_SECOND = 2
_PLAIN = ("yuv420p", "yuvj420p", "nv12", "yuv422p", "yuv444p")
"""Pixel formats whose first plane is brightness, a byte a pixel."""


@dataclass(frozen=True)
class Watched:
    """An ad as it was seen. Sizes in pixels as displayed, times in seconds of the ad.

    `promised` is the number of frames the file says it has (0: it does not say). `damaged` tells where the file could
    not be decoded. `gaps` are the shortest and the longest time from one frame to the next. `brand_share` is the
    largest share of a picture that had the brand's colour, `brand_seconds` when.
    """

    size: tuple[int, int]
    frames: int
    promised: int
    damaged: tuple[float, ...]
    seconds: float
    gaps: tuple[float, float]
    black: tuple[Stretch, ...] = ()
    frozen: tuple[Stretch, ...] = ()
    sound: Sound | None = None
    brand_share: float = 0.0
    brand_seconds: float = 0.0

    @property
    def fps(self) -> float:
        """Frames a second on the average."""
        return round(self.frames / self.seconds, 3) if self.seconds else 0.0


def watch(path: Path, colour: str | None = None) -> Watched:
    """Watch the MP4 at `path` to its end; `colour` ("#D4AF37") is looked for.

    What cannot be decoded is told in the answer. Raises av.FFmpegError or OSError for what is no MP4 with a picture.
    """
    with open_video(path) as container:
        stream = container.streams.video[0]
        stream.thread_type, stream.codec_context.thread_count = "AUTO", _THREADS
        sound = container.streams.audio[0] if container.streams.audio else None
        meter = LoudnessMeter(sound) if sound else None
        eyes = _Eyes(colour, float(stream.sample_aspect_ratio or 1))
        for frame in _decoded(container, [part for part in (stream, sound) if part], eyes.damaged):
            if isinstance(frame, VideoFrame):
                eyes.see(frame)
            elif meter and isinstance(frame, AudioFrame):
                meter.hear(frame)
            if eyes.frames > MAX_FRAMES:
                raise av.InvalidDataError(0, f"more than {MAX_FRAMES} frames")
        return eyes.close(stream.frames, meter.close() if meter else None)


def _decoded(container: Any, streams: list[Any], damaged: list[float]) -> Iterator[Any]:
    """Every frame that can be decoded; `damaged` hears the seconds at which one cannot."""
    packets = container.demux(*streams)
    for _ in itertools.count():
        try:
            packet = next(packets)
        except StopIteration:
            return
        except (av.FFmpegError, OSError):
            damaged.append(-1.0)  # the file ends within a packet: `close` knows how far it came
            return
        try:
            yield from packet.decode()
        except av.FFmpegError:
            damaged.append(float((packet.pts or 0) * (packet.time_base or 0)))


@dataclass
class _Eyes:
    """What is seen so far."""

    colour: str | None
    pixel_shape: float
    frames: int = 0
    damaged: list[float] = field(default_factory=list)
    _size: tuple[int, int] = (0, 0)
    _first: float | None = None
    _last: float = 0.0
    _gaps: tuple[float, float] = (float("inf"), 0.0)
    _black: Stretches = field(default_factory=lambda: Stretches(BLACK_SECONDS))
    _still: StillPicture = field(default_factory=lambda: StillPicture(STILL_SECONDS))
    _brand: tuple[float, float] = (0.0, 0.0)
    _look_at: float = 0.0

    def see(self, frame: VideoFrame) -> None:
        """Take in one frame."""
        seconds = float(frame.time or 0.0)
        if self._first is None:
            self._first, self._size = seconds, _shown_size(frame, self.pixel_shape)
        else:
            gap = seconds - self._first - self._last
            self._gaps = min(self._gaps[0], gap), max(self._gaps[1], gap)
        self._last = seconds - self._first
        self.frames += 1
        if frame.is_corrupt:
            self.damaged.append(self._last)
        luma = _luma(frame)
        self._black.hear(is_black(luma, full_range=frame.color_range == ColorRange.JPEG), self._last)
        self._still.see(luma, self._last)
        if self.colour and self._last >= self._look_at:
            self._look_at = self._last + 1 / _COLOURS_A_SECOND
            self._brand = max(self._brand, (share_near(_rgb(frame), self.colour, COLOUR_DISTANCE), self._last))

    def close(self, promised: int, sound: Sound | None) -> Watched:
        """All that was seen; the last frame stays as long as the others on the average."""
        end = self._last + (self._last / (self.frames - 1) if self.frames > 1 else 0.0)
        return Watched(
            size=self._size,
            frames=self.frames,
            promised=promised,
            damaged=tuple(round(end if at < 0 else at, 2) for at in self.damaged),
            seconds=round(end, 3),
            gaps=self._gaps if self.frames > 1 else (0.0, 0.0),
            black=tuple(self._black.close(end)),
            frozen=tuple(self._still.close(end)),
            sound=sound,
            brand_share=self._brand[0],
            brand_seconds=round(self._brand[1], 2),
        )


def _shown_size(frame: VideoFrame, pixel_shape: float) -> tuple[int, int]:
    """Width and height as a player shows them: `pixel_shape` times as wide as high, and turned as the file says."""
    width, height = round(frame.width * pixel_shape), frame.height
    return (height, width) if frame.rotation % 180 else (width, height)


def _luma(frame: VideoFrame) -> NDArray[np.uint8]:
    """The brightness of about 135 pixels along the short side: enough for what lasts a second, and no copy."""
    if frame.format.name not in _PLAIN:
        frame = frame.reformat(format="yuv420p")
    plane: Any = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    step = max(1, min(frame.width, frame.height) // _SAMPLES_A_SIDE)
    return rows[: frame.height : step, : frame.width : step]


def _rgb(frame: VideoFrame) -> NDArray[np.uint8]:
    shrink = max(1, min(frame.width, frame.height) // _SAMPLES_A_SIDE)
    size = {"width": frame.width // shrink, "height": frame.height // shrink}
    pixels: Any = frame.reformat(**size, format="rgb24", interpolation=Interpolation.POINT).to_ndarray()
    return np.asarray(pixels, np.uint8)
