"""What a file really is, read from its content and never from its name.

Limits are read from the headers before anything is decoded, and hold in the decoder too.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.video.stream import VideoStream
from PIL import Image, UnidentifiedImageError

from adgen_pipeline.errors import ArtifactError
from adgen_pipeline.storage.claims import AbsurdClaimError, check_claims

MAX_PIXELS = 50_000_000
MAX_SECONDS = 600.0
"""Ten times the longest ad."""

MAX_FRAMES = 72_000
"""MAX_SECONDS at 120 a second."""

MAX_TEXT_BYTES = 1_000_000

_IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_FORMATS = _IMAGE_TYPES | {"MPO": "image/jpeg"}  # a JPEG with a second one behind it, as phones take them

# No protocol may be opened, and no other file a MOV names: all there is, is the file that is handed over.
_CLOSED = {
    "protocol_whitelist": "",
    "enable_drefs": "0",
    "use_absolute_path": "0",
    "max_pixels": str(MAX_PIXELS),
}
_KINDS = (
    (rb"\s*#EXTM3U", "an HLS playlist"),
    (rb"\s*ffconcat", "an ffconcat list of other files"),
    (rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg", "an SVG drawing"),
    (rb"\s*<(!doctype html|html|head|body)", "an HTML page"),
    (rb"\s*<\?xml", "an XML text"),
    (rb"\s*[{\[]", "a JSON text"),
    (rb"GIF8", "a GIF picture"),
    (rb"\x89PNG", "a PNG picture, or the beginning of one"),
    (rb"\xff\xd8\xff", "a JPEG picture, or the beginning of one"),
    (rb"RIFF....WEBP", "a WebP picture, or the beginning of one"),
    (rb".{4}ftyp(heic|heix|mif1|avif)", "a HEIF or AVIF picture"),
    (rb".{4}ftyp", "an MP4 video, or the beginning of one"),
    (rb"\x1a\x45\xdf\xa3", "a WebM or Matroska video"),
    (rb"RIFF....AVI ", "an AVI video"),
    (rb"%PDF", "a PDF document"),
    (rb"\x1f\x8b|PK\x03\x04", "a packed archive"),
)


def probe(path: Path, expected: str, shown: str) -> dict[str, Any]:
    """The facts of the "image", "video", "captions" or "manifest" at `path`, as the fields of an Artifact.

    Raises ArtifactError naming `shown` (where it came from) when it is something else, or larger than any ad's.
    """
    return _PROBES[expected](path, shown)


@contextmanager
def open_video(path: Path) -> Iterator[InputContainer]:
    """The MP4 at `path`, whatever it says: nothing else is opened, and no picture beyond MAX_PIXELS is decoded.

    Raises av.FFmpegError, OSError or ValueError for what is no MP4.
    """
    # The demuxer is forced: others follow file names found inside the file.
    with path.open("rb") as file, av.open(file, "r", format="mov", options=_CLOSED) as container:
        for stream in container.streams.video:
            stream.codec_context.options = {"max_pixels": str(MAX_PIXELS)}
        yield container


def _image(path: Path, shown: str) -> dict[str, Any]:
    try:
        with Image.open(path, formats=list(_IMAGE_TYPES)) as image:
            width, height, kind = *image.size, str(image.format)
            _check_pixels(width, height, shown)
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ArtifactError(f"{shown} has more than {MAX_PIXELS / 1e6:.0f} million pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ArtifactError(f"{shown} is not a JPEG, PNG or WebP picture: it {_seems(path)}") from error
    return {"media_type": _FORMATS[kind], "width": width, "height": height}


def _video(path: Path, shown: str) -> dict[str, Any]:
    try:
        check_claims(path)
        with open_video(path) as container:
            stream = container.streams.video[0]
            facts = _facts(container, stream)
            _check_video(facts, shown)
            next(container.decode(stream))
    except AbsurdClaimError as error:
        raise ArtifactError(f"{shown} is not a video that can be trusted: it {error}") from error
    except (av.FFmpegError, OSError, IndexError, StopIteration, ValueError) as error:
        raise ArtifactError(f"{shown} is not an MP4 video that can be played: it {_seems(path)}") from error
    return facts


def _facts(container: InputContainer, stream: VideoStream) -> dict[str, Any]:
    duration = stream.duration * stream.time_base if stream.duration and stream.time_base else None
    return {
        "media_type": "video/mp4",
        "width": stream.width,
        "height": stream.height,
        "duration": round(float(duration if duration is not None else (container.duration or 0) / av.time_base), 3),
        "fps": round(float(stream.average_rate or 0), 3),
        "frames": stream.frames,
    }


def _check_video(facts: dict[str, Any], shown: str) -> None:
    _check_pixels(facts["width"], facts["height"], shown)
    if not 0 < facts["duration"] <= MAX_SECONDS:
        raise ArtifactError(f"{shown} says it lasts {facts['duration']:,} s; 0 to {MAX_SECONDS:g} are possible")
    if not 0 <= facts["frames"] <= MAX_FRAMES:
        raise ArtifactError(f"{shown} says it has {facts['frames']:,} frames; {MAX_FRAMES:,} are the most")


def _check_pixels(width: int, height: int, shown: str) -> None:
    if width * height > MAX_PIXELS:
        raise ArtifactError(f"{shown} has {width}x{height} pixels, more than {MAX_PIXELS / 1e6:.0f} million")
    if width <= 0 or height <= 0:
        raise ArtifactError(f"{shown} has {width}x{height} pixels")


def _seems(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(512)
    for pattern, kind in _KINDS:
        if re.match(pattern, head, re.DOTALL | re.IGNORECASE):
            return f"seems to be {kind}"
    return f"begins with {head[:32]!r}" if head else "is empty"


def _captions(path: Path, shown: str) -> dict[str, Any]:
    if not re.match(r"\ufeff?WEBVTT(?=[ \t\r\n]|$)", _text(path, shown)):
        raise ArtifactError(f"{shown} is not a WebVTT file: it {_seems(path)}")
    return {"media_type": "text/vtt", "width": 0, "height": 0}


def _manifest(path: Path, shown: str) -> dict[str, Any]:
    try:
        json.loads(_text(path, shown))
    except ValueError as error:
        raise ArtifactError(f"{shown} is not a JSON text: it {_seems(path)}") from error
    return {"media_type": "application/json", "width": 0, "height": 0}


def _text(path: Path, shown: str) -> str:
    if path.stat().st_size > MAX_TEXT_BYTES:
        raise ArtifactError(f"{shown} has more than {MAX_TEXT_BYTES:,} bytes: no ad says so much")
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArtifactError(f"{shown} is not UTF-8 text: it {_seems(path)}") from error


_PROBES = {"image": _image, "video": _video, "captions": _captions, "manifest": _manifest}
