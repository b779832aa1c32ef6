"""The one door to the video and audio codecs: frames in, frames out, sound in."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc
from numpy.typing import NDArray

from adgen_pipeline.errors import RenderError

Frame = NDArray[np.uint8]
"""Height x width x 4 bytes: blue, green, red, alpha."""

SAMPLE_RATE = 48_000


class VideoWriter:
    """Writes an H.264 High, yuv420p, Rec. 709 MP4 with its index in front; used as a context manager.

    `preset` and `crf` are x264's: `veryfast` and 18 for what people watch, `superfast` and 14 for what is decoded
    once more. `threads` 0 leaves the number to the encoder.
    """

    def __init__(
        self, path: Path, size: tuple[int, int], fps: int, *, preset: str, crf: int, threads: int = 0, audio: bool = False
    ):
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        options = {"preset": preset, "crf": str(crf), "profile": "high", "x264-params": "aq-mode=3"}
        self._video: Any = self._container.add_stream("libx264", rate=fps, options=options)
        self._video.width, self._video.height = size
        self._video.pix_fmt = "yuv420p"
        context = self._video.codec_context
        context.thread_count = threads
        context.time_base = Fraction(1, fps)
        context.color_range = ColorRange.MPEG
        context.color_primaries = ColorPrimaries.BT709
        context.color_trc = ColorTrc.BT709
        context.colorspace = Colorspace.ITU709
        self._sound: Any = None
        if audio:
            self._sound = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
            self._sound.codec_context.bit_rate = 192_000
        self._count = 0

    def write(self, frame: Frame) -> None:
        """Append one picture."""
        picture = av.VideoFrame.from_ndarray(frame, format="bgra")
        picture = picture.reformat(
            format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
        )
        picture.pts = self._count
        picture.time_base = self._video.codec_context.time_base
        self._count += 1
        self._container.mux(self._video.encode(picture))

    def write_sound(self, samples: NDArray[np.float32]) -> None:
        """Append the whole sound: n x 2 samples at 48 kHz, from -1 to 1."""
        sound = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T, np.float32), format="fltp", layout="stereo")
        sound.sample_rate = SAMPLE_RATE
        sound.pts = 0
        self._container.mux(self._sound.encode(sound))
        self._container.mux(self._sound.encode(None))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._container.mux(self._video.encode(None))
        self._container.close()


def read_frames(path: Path, size: tuple[int, int]) -> Iterator[Frame]:
    """All pictures of the MP4 at `path`, scaled to `size`, as BGRA. Raises RenderError if it is not a video.

    The demuxer is forced: other formats can name files to be opened beside them.
    """
    try:
        with av.open(str(path), format="mov", options={"protocol_whitelist": "file"}) as container:
            stream = container.streams.video[0]
            stream.thread_type = "AUTO"
            for picture in container.decode(stream):
                yield _as_bgra(picture, size)
    except (av.FFmpegError, IndexError) as error:
        raise RenderError(f"{path.name} is not a video that can be read ({error})") from error


def _as_bgra(picture: Any, size: tuple[int, int]) -> Frame:
    return picture.reformat(width=size[0], height=size[1], format="bgra", src_colorspace=Colorspace.ITU709).to_ndarray()
