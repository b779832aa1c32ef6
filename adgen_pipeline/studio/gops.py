"""The groups of pictures of a clip that can be copied into an ad as they are, without being decoded.

A GOP begins with an IDR picture and refers to nothing outside itself. Whether a clip was encoded as we encode is read
from its bytes, not from where it came: what differs in any way has to be decoded and encoded again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
from av.bitstream import BitStreamFilterContext

from adgen_pipeline.studio.decoding import opened
from adgen_pipeline.studio.encoding import REORDER_DELAY, header

_SLICE, _IDR, _SEI = 1, 5, 6
_NAL_UNIT = re.compile(b"\0\0\1(.)", re.DOTALL)


@dataclass(frozen=True)
class Gop:
    """Pictures `first` to `ends[-1]` - 1 of a clip, or, cut off where nothing refers to what follows, to another of
    `ends` less one. Two pictures are the least, so that no IDR picture follows another one."""

    first: int
    ends: tuple[int, ...]


def copyable(path: Path, size: tuple[int, int], fps: int) -> list[Gop]:
    """The GOPs of the MP4 at `path` that fit into an ad of this size and rate; none of a clip that was encoded
    otherwise. Raises RenderError if it is not a video."""
    orders = (_order(group, fps) for group in _groups(path, header(size, fps)))
    return [Gop(int(order[0]), ends) for order in orders if (ends := _ends(order))]


def copied(path: Path, size: tuple[int, int], fps: int, first: int, stop: int) -> list[av.Packet]:
    """The packets of pictures `first` to `stop` - 1 in the order of decoding, their pts being those numbers. GOPs and
    ends have to be `copyable`'s."""
    packets = []
    for group in _groups(path, header(size, fps)):
        for number, packet in zip(_order(group, fps), group, strict=True):
            if first <= number < stop:
                packet.pts, packet.dts, packet.time_base = int(number), None, Fraction(1, fps)
                packets.append(packet)
    return packets


def _groups(path: Path, header: bytes) -> Iterator[list[av.Packet]]:
    """The clip's packets from one IDR picture to the next, where they depend on `header` (SPS and PPS) alone; their pts
    are counted from the clip's first picture, which need not be shown at 0."""
    with opened(path) as (container, stream):
        if stream.codec_context.name != "h264" or not stream.codec_context.extradata:
            return
        in_line = BitStreamFilterContext("h264_mp4toannexb", stream)  # puts SPS and PPS before every IDR picture
        group: list[av.Packet] = []
        for packet in (ready for read in container.demux(stream) for ready in in_line.filter(read)):
            packet.pts = (packet.pts or 0) - (stream.start_time or 0)
            if packet.is_keyframe and group:
                yield from _sound(group, header)
                group = []
            group.append(packet)
        yield from _sound(group, header)


def _sound(group: list[av.Packet], header: bytes) -> Iterator[list[av.Packet]]:
    """The group, its SPS and PPS left out, if they are `header` bit by bit and no others come with its pictures."""
    bare = [_bare(packet, header) for packet in group]
    kinds = [{unit[0] & 31 for unit in _NAL_UNIT.findall(bytes(packet))} - {_SEI} for packet in bare]
    is_closed = kinds[:1] == [{_IDR}] and all(kind == {_SLICE} for kind in kinds[1:])
    is_whole = not any(packet.is_corrupt or packet.is_discard for packet in group)
    if is_closed and is_whole and header in bytes(group[0]):
        yield bare


def _bare(packet: av.Packet, header: bytes) -> av.Packet:
    bare = av.Packet(bytes(packet).replace(header, b"", 1))
    bare.pts, bare.dts, bare.time_base, bare.is_keyframe = packet.pts, packet.dts, packet.time_base, packet.is_keyframe
    return bare


def _order(group: list[av.Packet], fps: int) -> list[Fraction]:
    """The numbers of the pictures in the clip, in the order of decoding."""
    return [Fraction(packet.pts or 0) * (packet.time_base or 0) * fps for packet in group]


def _ends(order: list[Fraction]) -> tuple[int, ...]:
    """Where the pictures decoded so far are those shown so far, each number once; none if one is decoded too late."""
    first = order[0]
    if first.denominator > 1 or any(number - first < n - REORDER_DELAY for n, number in enumerate(order)):
        return ()
    lengths = range(2, len(order) + 1)
    ends = [int(first) + n for n in lengths if set(order[:n]) == set(range(int(first), int(first) + n))]
    return tuple(ends) if ends and ends[-1] == first + len(order) else ()
