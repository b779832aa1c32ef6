"""What an MP4 says of itself, read from its boxes (ISO 14496-12) before a demuxer believes it.

A header of two kilobytes may claim a hundred million frames, and a demuxer makes room for them all: 62 bytes each.
"""

import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

MAX_SAMPLES = 5_000_000
"""Frames and packets of sound of all tracks; single samples too where the sound is PCM (48,000 a second)."""

_MAX_BOXES = 50_000
_PARENTS = frozenset(b"moov trak mdia minf stbl dinf edts udta mvex moof traf tref sinf schi wave iprp meta".split())
_COUNT_AT = {b"stsz": 8, b"stz2": 8, b"trun": 4}  # bytes into the box's content
_IN_AN_ENTRY = re.compile(rb"(?:stsz|stz2).{8}(.{4})|trun.{4}(.{4})", re.DOTALL)
_READ = 1 << 16


class AbsurdClaimError(ValueError):
    """A file that claims what no video has. The text says what, for people."""


def check_claims(path: Path) -> None:
    """Look through the file at `path`, whatever it is. Raises AbsurdClaimError if it is a trap."""
    samples = 0
    with path.open("rb") as file:
        for number, (kind, content) in enumerate(_boxes(file, path.stat().st_size), 1):
            samples += sum(_counts(kind, content))
            if samples > MAX_SAMPLES:
                raise AbsurdClaimError(f"claims {samples:,} frames in {path.stat().st_size:,} bytes")
            if kind == b"cmov":
                raise AbsurdClaimError("has a compressed header, whose claims cannot be checked")
            if number > _MAX_BOXES:
                raise AbsurdClaimError(f"is cut into more than {_MAX_BOXES:,} boxes")


def _counts(kind: bytes, content: bytes) -> list[int]:
    if kind in _COUNT_AT:
        return [int.from_bytes(content[_COUNT_AT[kind] :][:4])]
    # Demuxers look for boxes inside the sample entries too, wherever those begin.
    return [int.from_bytes(found[1] or found[2]) for found in _IN_AN_ENTRY.finditer(content)]


def _boxes(file: IO[bytes], size: int) -> Iterator[tuple[bytes, bytes]]:
    """All boxes, one inside the other: the kind, and the beginning of what could hold a claim.

    Sizes that do not fit are cut to what is there, as demuxers do.
    """
    spans = [(0, size)]
    while spans:
        start, end = spans.pop()
        if start + 8 > end:
            continue
        kind, head, stop = _head(file, start, end)
        if stop < start + head:
            continue
        wanted = kind in _COUNT_AT or kind == b"stsd"
        yield kind, file.read(min(stop - start - head, _READ)) if wanted else b""
        spans.append((stop, end))
        if kind in _PARENTS:
            spans.append((start + head, stop))


def _head(file: IO[bytes], start: int, end: int) -> tuple[bytes, int, int]:
    """The kind of the box at `start`, how long its head is, and where it ends; the file stands behind the head."""
    file.seek(start)
    size, kind = struct.unpack(">I4s", file.read(8))
    head = 8
    if size == 1:
        size, head = int.from_bytes(file.read(8)), 16
    if kind == b"meta":
        head += 4  # version and flags
    return kind, head, min(start + size, end) if size else end
