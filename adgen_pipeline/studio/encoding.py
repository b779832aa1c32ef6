"""The one door to the video and audio codecs: frames in, frames out, sound in."""

import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import chain, pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from av.codec.context import Flags as ContextFlags
from av.video.frame import PictureType
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, VideoReformatter
from numpy.typing import NDArray

from adgen_pipeline.errors import RenderError

Frame = NDArray[np.uint8]
"""Height x width x 4 bytes: blue, green, red, alpha."""

SAMPLE_RATE = 48_000

GOP_SECONDS = 0.5
"""From one IDR picture to the next, in all we encode: the grain in which composition copies. Against one in 2.5 s
it costs half as many bytes again (2.9 to 4.5 Mb/s for 1080x1920 at 30 fps) and 4 % of the time."""

MOST_PIXELS = 4096 * 4096
"""A picture beyond this is refused before it is decoded: no clip of an ad is that large."""

_ONE_SLICE = 1
"""Threads of a colour conversion. With more, each converts a slice of rows, and where the width is no multiple of 8 the
end of one slice is written over the start of the next, sooner or later: equal ads would not be equal to the byte."""

REORDER_DELAY = 2
"""Pictures by which decoding is ahead of showing: x264's B-frames, of which one in the middle may be referred to."""

_AAC_FRAME = 1024  # samples in one packet
_LEEWAY = 0.25  # of a picture: times in files are rounded


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
            threads=_ONE_SLICE,
        )
        picture.pts, picture.time_base = self._count, self._context.time_base
        picture.pict_type = PictureType.I if is_key else PictureType.NONE
        self._count += 1
        return picture

    def encoded(self, picture: Any) -> list[av.Packet]:
        """The packets that are ready with this picture; with None, all that are left."""
        packets: list[av.Packet] = self._context.encode(picture)
        return packets


@dataclass(frozen=True)
class EncodedSound:
    """AAC packets, and the n x 2 `samples` at 48 kHz, from -1 to 1, that they were made of."""

    samples: NDArray[np.float32]
    packets: list[av.Packet]
    extradata: bytes

    def heard(self) -> NDArray[np.float32]:
        """The n x 2 samples that a player makes of it: AAC moves peaks by up to some dB."""
        decoder = av.CodecContext.create("aac", "r")
        decoder.extradata = self.extradata
        frames = [frame for packet in (*self.packets, None) for frame in decoder.decode(packet)]
        parts = [frame.to_ndarray() for frame in frames]
        return np.asarray(np.concatenate(parts, axis=1).T[_AAC_FRAME:][: len(self.samples)], np.float32)


def encoded_sound(samples: NDArray[np.float32]) -> EncodedSound:
    """`samples` (n x 2) as the ad's sound."""
    encoder: Any = _set_up_sound(av.CodecContext.create("aac", "w"))
    encoder.flags |= int(ContextFlags.global_header)
    sides = np.ascontiguousarray(samples.T, np.float32)
    frames = (_sound_frame(sides, first) for first in range(0, sides.shape[1], _AAC_FRAME))
    packets = [packet for frame in chain(frames, [None]) for packet in encoder.encode(frame)]
    return EncodedSound(samples, packets, bytes(encoder.extradata or b""))


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
            _set_up_sound(self._sound.codec_context)
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


def _set_up_sound(context: Any) -> Any:
    context.sample_rate, context.layout, context.format = SAMPLE_RATE, "stereo", "fltp"
    context.bit_rate, context.time_base = 192_000, Fraction(1, SAMPLE_RATE)
    return context


def _sound_frame(samples: NDArray[np.float32], first: int) -> Any:
    """The packet's worth of 2 x n `samples` from `first` on."""
    part = np.ascontiguousarray(samples[:, first : first + _AAC_FRAME])
    frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = SAMPLE_RATE, first
    return frame


def encoded(frames: Iterable[Frame], begins: Sequence[bool], size: tuple[int, int], fps: int) -> list[av.Packet]:
    """`frames` as packets of an ad, to be appended to a writer: whole GOPs, each from a frame on that `begins` one."""
    encoder = PictureEncoder(av.CodecContext.create("libx264", "w"), size, fps, AD, len(begins))
    pictures = (encoder.converted(frame, is_key=key) for frame, key in zip(frames, begins, strict=True))
    packets = [packet for picture in pictures for packet in encoder.encoded(picture)]
    return packets + encoder.encoded(None)


def read_frames(path: Path, size: tuple[int, int], fps: int | None = None, first: int = 0) -> Iterator[Frame]:
    """The pictures of the MP4 at `path` as BGRA, filling `size` (scaled, cropped around the middle).

    With `fps` they are resampled in time: the nth is what the clip shows at n / fps, to the end of its last picture,
    and they may begin with the one of number `first`: what is before is not decoded but from the last keyframe on.
    Raises RenderError if it is not a video.
    """
    with opened(path) as (container, stream):
        stream.codec_context.thread_count = 1  # each holds pictures, and both cores have clips to read
        pictures = _decoded_from(container, stream, first / fps if fps else 0.0)
        if fps is not None:
            pictures = _resampled(pictures, _picture_time(stream), fps, first)
        convert = VideoReformatter()
        picture = None
        for _, picture in pictures:
            yield _covering(convert, picture, size)
        if picture is None and not first:
            raise RenderError(f"{path.name} holds no picture")


def sample_frames(path: Path, size: tuple[int, int], every: float) -> Iterator[tuple[float, Frame]]:
    """Pictures of the MP4 at `path` about `every` seconds apart, with their seconds: quicker than reading all.

    Only keyframes are decoded where there is one every 2 x `every` seconds, else all that others build on. Raises
    RenderError if it is not a video.
    """
    with opened(path) as (container, stream):
        keys = [_seconds(packet) for packet in container.demux(stream) if packet.is_keyframe and packet.size]
        is_dense = all(b - a <= 2 * every for a, b in pairwise([*keys, _start(stream) + _length(stream)]))
        stream.codec_context.skip_frame = "NONKEY" if keys and is_dense else "NONREF"
        container.seek(0)
        due, convert = 0.0, VideoReformatter()
        for picture in container.decode(stream):
            if (now := _seconds(picture) - _start(stream)) >= due - 1e-6:
                due = now + every
                yield now, _covering(convert, picture, size)


def length_in_frames(path: Path, fps: int) -> int:
    """How many pictures `read_frames(path, size, fps)` gives, read from the packets' times without decoding."""
    with opened(path) as (container, stream):
        times = [_seconds(packet) for packet in container.demux(stream) if packet.pts is not None]
        if not times:
            raise RenderError(f"{path.name} holds no picture")
        return _frames_in(max(times) - _start(stream) + _picture_time(stream), fps)


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


@contextmanager
def opened(path: Path) -> Iterator[tuple[Any, Any]]:
    """The demuxer is forced: other formats can name files to be opened beside them."""
    try:
        with av.open(str(path), format="mov", options={"protocol_whitelist": "file"}) as container:
            stream = container.streams.video[0]
            if stream.width * stream.height > MOST_PIXELS:
                raise RenderError(f"{path.name} has pictures of {stream.width}x{stream.height}: too large")
            stream.thread_type = "AUTO"
            yield container, stream
    except (av.FFmpegError, IndexError) as error:
        raise RenderError(f"{path.name} is not a video that can be read ({error})") from error


def _seconds(picture: Any) -> float:
    return float(picture.pts * picture.time_base)


def _length(stream: Any) -> float:
    """Seconds of the whole, as the container tells."""
    return float((stream.duration or 0) * stream.time_base)


def _picture_time(stream: Any) -> float:
    """Seconds for which one picture stands."""
    return float(1 / (stream.average_rate or stream.base_rate or 30))


def _frames_in(seconds: float, fps: int) -> int:
    return max(1, round(seconds * fps))


def _start(stream: Any) -> float:
    """Seconds at which the first picture is shown."""
    return float((stream.start_time or 0) * stream.time_base)


def _decoded_from(container: Any, stream: Any, seconds: float) -> Iterator[tuple[float, Any]]:
    """Pictures and their seconds, counted from the first picture's: from the last keyframe before `seconds` on."""
    start, keyframe = _start(stream), -math.inf
    packets = container.demux(stream)
    if seconds > 0:
        keyframe, packets = _wound_to(container, stream, start + seconds)
    for picture in (picture for packet in packets for picture in packet.decode()):
        if (now := _seconds(picture)) >= keyframe - 1e-6:  # what an open GOP shows before its keyframe is broken
            yield now - start, picture


def _wound_to(container: Any, stream: Any, seconds: float) -> tuple[float, Iterator[Any]]:
    """When the last keyframe before `seconds` is shown, and the packets from there on; all where none can be found."""
    container.seek(int(seconds / stream.time_base), stream=stream)
    packets = container.demux(stream)
    packet = next(packets)
    if packet.pts is None or not packet.is_keyframe or _seconds(packet) > seconds + 1e-6:
        container.seek(0)
        return -math.inf, container.demux(stream)
    return _seconds(packet), chain([packet], packets)


def _resampled(
    pictures: Iterator[tuple[float, Any]], stands: float, fps: int, first: int
) -> Iterator[tuple[float, Any]]:
    """Each picture as often as ticks of `fps` from number `first` on fall from it to the next."""
    count, current, last = first, None, 0.0
    for now, picture in pictures:
        while current is not None and (count + _LEEWAY) / fps < now:
            yield count / fps, current
            count += 1
        last, current = now, picture
    while current is not None and count < _frames_in(last + stands, fps):
        yield count / fps, current
        count += 1


def _covering(convert: VideoReformatter, picture: Any, size: tuple[int, int]) -> Frame:
    """`picture` as BGRA, scaled until it covers `size`, the rest cropped evenly."""
    width, height = size
    scale = max(width / picture.width, height / picture.height)
    wide, high = max(width, round(picture.width * scale)), max(height, round(picture.height * scale))
    matrix = Colorspace.ITU601 if picture.colorspace in (5, 6) else Colorspace.ITU709
    scaled = convert.reformat(picture, wide, high, "bgra", src_colorspace=matrix, threads=_ONE_SLICE)
    pixels = _pixels(scaled.planes[0])
    left, top = (wide - width) // 2, (high - height) // 2
    return np.ascontiguousarray(pixels[top : top + height, left : left + width])


def _pixels(plane: Any) -> Frame:
    """The plane's own memory as height x width x 4 bytes; it lives as long as they do."""
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width * 4].reshape(plane.height, plane.width, 4)
