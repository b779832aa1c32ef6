"""Pictures out of a video file, at the size and rate that is asked for."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.video.reformatter import Colorspace, VideoReformatter

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.encoding import ONE_SLICE, Frame

MOST_PIXELS = 4096 * 4096
"""A picture beyond this is refused before it is decoded: no clip of an ad is that large."""

_LEEWAY = 0.25  # of a picture: times in files are rounded


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
    scaled = convert.reformat(picture, wide, high, "bgra", src_colorspace=matrix, threads=ONE_SLICE)
    pixels = _pixels(scaled.planes[0])
    left, top = (wide - width) // 2, (high - height) // 2
    return np.ascontiguousarray(pixels[top : top + height, left : left + width])


def _pixels(plane: Any) -> Frame:
    """The plane's own memory as height x width x 4 bytes; it lives as long as they do."""
    rows = np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
    return rows[:, : plane.width * 4].reshape(plane.height, plane.width, 4)
