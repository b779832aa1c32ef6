"""Hostile servers and hostile files: what is sent, byte by byte."""

import io
import struct
import time
import zlib
from collections.abc import Callable
from functools import cache
from socket import socket

import av
from PIL import Image

from adgen_pipeline_tests.downloads.wire import http
from adgen_pipeline_tests.lab import clip_bytes

Change = Callable[[bytes], bytes]


def endless(connection: socket) -> None:
    connection.sendall(http(Content_Length=None))
    while True:
        connection.sendall(b"x" * 65536)


def drip(before: bytes, drop: bytes) -> Callable[[socket], None]:
    """A server that takes its time: `before` at once, then a `drop` every 50 ms."""

    def answer(connection: socket) -> None:
        connection.sendall(before)
        while True:
            time.sleep(0.05)
            connection.sendall(drop)

    return answer


def huge_picture() -> bytes:
    """A PNG whose header says 30000x30000; the rest does not matter."""
    packed = io.BytesIO()
    Image.new("1", (8, 8)).save(packed, "PNG")
    data = packed.getvalue()
    ihdr = b"IHDR" + struct.pack(">II", 30_000, 30_000) + data[24:29]
    return data[:12] + ihdr + struct.pack(">I", zlib.crc32(ihdr)) + data[33:]


@cache
def huge_video() -> bytes:
    """One real frame of 7200x7200 pixels in a file of 200 kB."""
    packed = io.BytesIO()
    with av.open(packed, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=30, options={"preset": "ultrafast", "tune": "zerolatency"})
        stream.width, stream.height, stream.pix_fmt = 7200, 7200, "yuv420p"
        frame = av.VideoFrame(7200, 7200, "yuv420p")
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        for given in (frame, None):
            for packet in stream.encode(given):
                container.mux(packet)
    return packed.getvalue()


def changed_video(**boxes: Change) -> bytes:
    """A real clip with the content of some of its `boxes` changed."""
    return _rebuilt(clip_bytes(1.0), boxes)


def _rebuilt(data: bytes, boxes: dict[str, Change]) -> bytes:
    out, at = b"", 0
    while at + 8 <= len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + size]
        if kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf"):
            body = _rebuilt(body, boxes)
        body = boxes.get(kind.decode(), bytes)(body)
        out += struct.pack(">I4s", len(body) + 8, kind) + body
        at += size
    return out


def many_frames(count: int) -> dict[str, Change]:
    """Boxes that claim `count` frames of one byte each."""
    return {
        "stsz": lambda body: body[:4] + struct.pack(">II", 1, count),
        "stsc": lambda body: struct.pack(">IIIII", 0, 1, 1, count, 1),
        "stts": lambda body: struct.pack(">IIII", 0, 1, count, 1),
    }


def elsewhere(path: str) -> bytes:
    """A table of data references that names the file at `path` (QuickTime's `alis`)."""
    name = path.encode()
    alias = b"\0" * 10 + b"\x04" + b"disk".ljust(27, b"\0") + b"\0" * 12 + bytes([len(name)]) + name.ljust(63, b"\0")
    alias += b"\0" * 16 + struct.pack(">HH", 1, 1) + b"\0" * 16
    alias += struct.pack(">hH", 2, len(name)) + name + b"\0" * (len(name) % 2) + struct.pack(">hH", -1, 0)
    return struct.pack(">II", 0, 1) + struct.pack(">I4sI", len(alias) + 12, b"alis", 0) + alias


def without_edits(video: bytes) -> bytes:
    """The same without its edit list, which would correct the times of its tracks."""
    return video.replace(b"edts", b"free")


LONG = {
    "mdhd": lambda body: body[:16] + struct.pack(">I", 0x7FFFFFFF) + body[20:],
    "stts": lambda body: body[:12] + struct.pack(">I", 0x7FFFFFFF // 30),
}
NO_TIME = {"stts": lambda body: body[:12] + struct.pack(">I", 0), "mdhd": lambda body: body[:16] + bytes(4) + body[20:]}
