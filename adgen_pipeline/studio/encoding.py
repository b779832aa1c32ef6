"""Pictures into H.264, and pictures and sound into a file."""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from av.codec.context import Flags as ContextFlags
from av.video.frame import PictureType
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from numpy.typing import NDArray

from adgen_pipeline.studio.aac import SAMPLE_RATE, EncodedSound, set_up_sound

Frame = NDArray[np.uint8]
"""Height x width x 4 bytes: blue, green, red, alpha."""

GOP_SECONDS = 0.5
"""From one IDR picture to the next, in all we encode: the grain in which composition copies. Against one in 2.5 s
it costs half as many bytes again (2.9 to 4.5 Mb/s for 1080x1920 at 30 fps) and 4 % of the time."""

ONE_SLICE = 1
"""Threads of a colour conversion. With more, each converts a slice of rows, and where the width is no multiple of 8 the
end of one slice is written over the start of the next, sooner or later: equal ads would not be equal to the byte."""

REORDER_DELAY = 2
"""Pictures by which decoding is ahead of showing: x264's B-frames, of which one in the middle may be referred to."""


@dataclass(frozen=True)
class Quality:
    """x264's `preset` and `crf`. Its threads are a fixed number: they show in the bytes, and each holds pictures."""

    preset: str
    crf: int
    threads: int = 1


_LOOKAHEAD = 5
"""Pictures that x264 looks ahead, of the preset's ten: each is held in 7 MB at 1080x1920. With crf 17 it makes as many
bytes as with ten and crf 18, 0.2 dB worse."""

AD = Quality("veryfast", 17)
"""What people watch: 47 dB PSNR on our scenes at 4.5 Mb/s (1080x1920, 30 fps), 38 pictures a second on one core.
`superfast` reaches the same 1.7 times as quickly with 1.7 times the bytes; `faster` is half as quick for 0.5 dB."""

CLIP = AD
"""Clips are made as the ad is, for most of their pictures are copied into it: both have the same SPS and PPS."""


class PictureEncoder:
    """Pictures in, H.264 packets out: the first is an IDR picture, and picture n has the time n / fps."""

    def __init__(self, context: Any, size: tuple[int, int], fps: int, quality: Quality, gop: int | None = None):
        _set_up(context, size, fps, quality, gop or gop_length(fps))
        context.flags |= int(ContextFlags.global_header)
        self._context, self._convert, self._count = context, VideoReformatter(), 0

    def converted(self, frame: Frame, *, is_key: bool = False) -> Any:
        """The next picture as the encoder takes it, an IDR picture if `is_key`; then `frame` may be drawn over."""
        shared = av.VideoFrame.from_numpy_buffer(np.ascontiguousarray(frame), format="bgra")
        picture = self._convert.reformat(
            shared,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            threads=ONE_SLICE,
        )
        picture.pts, picture.time_base = self._count, self._context.time_base
        picture.pict_type = PictureType.I if is_key else PictureType.NONE
        self._count += 1
        return picture

    def encoded(self, picture: Any) -> list[av.Packet]:
        """The packets that are ready with this picture; with None, all that are left."""
        packets: list[av.Packet] = self._context.encode(picture)
        return packets


class VideoWriter:
    """Writes an H.264 High, yuv420p, Rec. 709 MP4 with its index in front; used as a context manager.

    It takes pictures to encode (`write`) or pictures that are encoded (`append`), not both.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: int, quality: Quality, *, audio: bool = False):
        self._container = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})
        self._video: Any = self._container.add_stream("libx264", rate=fps)
        self._pictures = PictureEncoder(self._video.codec_context, size, fps, quality)
        self._sound: Any = None
        if audio:
            self._sound = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="stereo")
            set_up_sound(self._sound.codec_context)
        self._encoder = ThreadPoolExecutor(1, "encoder")
        self._ahead: Future[None] | None = None
        self._fps, self._count = fps, 0
        self._packets: deque[av.Packet] = deque()

    def write(self, frame: Frame) -> None:
        """Append one picture. It is encoded while the caller draws the next; an error in it is raised by then."""
        picture = self._pictures.converted(frame)
        self._await_encoder()
        self._ahead = self._encoder.submit(self._encode, picture)

    def append(self, packets: list[Any]) -> None:
        """Append encoded pictures as they are: GOPs with our headers, in the order of decoding, pts in pictures.

        Their times are rewritten: they follow what is there, and the nth is decoded REORDER_DELAY before picture n.
        """
        first = min(packet.pts for packet in packets)
        start = self._count
        for packet in packets:
            packet.pts, packet.dts = packet.pts - first + start, self._count - REORDER_DELAY
            packet.time_base, packet.duration = Fraction(1, self._fps), 1
            packet.stream = self._video
            self._container.mux(packet)
            self._count += 1
            self._sound_until(self._count)

    def write_sound(self, sound: EncodedSound) -> None:
        """Give the whole sound. Before the first frame is best: the file holds both side by side."""
        self._packets.extend(sound.packets)

    def _encode(self, picture: Any) -> None:
        self._container.mux(self._pictures.encoded(picture))
        self._sound_until(picture.pts + 1)

    def _await_encoder(self) -> None:
        if self._ahead is not None:
            self._ahead.result()

    def _sound_until(self, pictures: float) -> None:
        """Put down the sound to half a second after so many pictures."""
        stop = (pictures / self._fps + 0.5) * SAMPLE_RATE
        while self._packets and (self._packets[0].pts or 0) < stop:
            packet = self._packets.popleft()
            packet.stream = self._sound
            self._container.mux(packet)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._encoder.shutdown()
            self._container.close()

    def _finish(self) -> None:
        self._await_encoder()
        self._sound_until(math.inf)
        if not self._count:
            self._container.mux(self._pictures.encoded(None))


def encoded(frames: Iterable[Frame], begins: Sequence[bool], size: tuple[int, int], fps: int) -> list[av.Packet]:
    """`frames` as packets of an ad, to be appended to a writer: whole GOPs, each from a frame on that `begins` one."""
    encoder = PictureEncoder(av.CodecContext.create("libx264", "w"), size, fps, AD, len(begins))
    pictures = (encoder.converted(frame, is_key=key) for frame, key in zip(frames, begins, strict=True))
    packets = [packet for picture in pictures for packet in encoder.encoded(picture)]
    return packets + encoder.encoded(None)


def gop_length(fps: int) -> int:
    """Pictures from one IDR picture to the next."""
    return max(2, round(fps * GOP_SECONDS))


@cache
def header(size: tuple[int, int], fps: int) -> bytes:
    """SPS and PPS (Annex B) of whatever we encode in this size and rate."""
    context = av.CodecContext.create("libx264", "w")
    PictureEncoder(context, size, fps, AD)
    context.open()
    return bytes(context.extradata or b"")


def _set_up(context: Any, size: tuple[int, int], fps: int, quality: Quality, gop: int) -> None:
    """Closed GOPs of one length, and headers that depend on size and rate alone, whatever is encoded."""
    grid = f"keyint={gop}:scenecut=0:open-gop=0:stitchable=1:rc-lookahead={_LOOKAHEAD}"
    context.options = {
        "preset": quality.preset,
        "crf": str(quality.crf),
        "profile": "high",
        "forced-idr": "1",
        "x264-params": f"aq-mode=3:{grid}{_steady_asm()}",
    }
    context.width, context.height = size
    context.pix_fmt = "yuv420p"
    context.thread_count = quality.threads
    context.time_base, context.framerate = Fraction(1, fps), Fraction(fps)
    context.color_range = ColorRange.MPEG
    context.color_primaries = ColorPrimaries.BT709
    context.color_trc = ColorTrc.BT709
    context.colorspace = Colorspace.ITU709


@cache
def _steady_asm() -> str:
    """x264's AVX-512 code takes memory it has not set into account: one encode in three differed in its bits where the
    width is no multiple of 64 (measured with x264 165). Where there is AVX-512 there is AVX2, whose code does not.
    """
    cpu = Path("/proc/cpuinfo")
    return ":asm=avx2" if cpu.is_file() and "avx512" in cpu.read_text() else ""
