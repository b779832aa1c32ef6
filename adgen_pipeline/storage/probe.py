"""What a file really is, read from its content and never from its name."""

from pathlib import Path
from typing import Any

import av
from PIL import Image, UnidentifiedImageError

from adgen_pipeline.errors import ArtifactError

MAX_PIXELS = 50_000_000
_IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}


def probe(path: Path, expected: str, shown: str) -> dict[str, Any]:
    """The facts of the "image" or "video" at `path`, as the fields of an Artifact.

    Raises ArtifactError naming `shown` (where it came from) when it is something else.
    """
    return _image(path, shown) if expected == "image" else _video(path, shown)


def _image(path: Path, shown: str) -> dict[str, Any]:
    try:
        with Image.open(path, formats=list(_IMAGE_TYPES)) as image:
            width, height, kind = *image.size, str(image.format)
            if width * height > MAX_PIXELS:
                raise ArtifactError(f"{shown} has {width}x{height} pixels, more than {MAX_PIXELS / 1e6:.0f} million")
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ArtifactError(f"{shown} is not a JPEG, PNG or WebP picture; it {_begins(path)}") from error
    return {"media_type": _IMAGE_TYPES[kind], "width": width, "height": height}


def _video(path: Path, shown: str) -> dict[str, Any]:
    # The demuxer is forced: others follow file names found inside the file.
    try:
        with av.open(str(path), format="mov", options={"protocol_whitelist": "file"}) as container:
            stream = container.streams.video[0]
            frames = stream.frames
            duration = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
            next(container.decode(stream))
    except (av.FFmpegError, IndexError, StopIteration, ValueError) as error:
        raise ArtifactError(f"{shown} is not an MP4 video that can be played; it {_begins(path)}") from error
    if duration <= 0 or stream.width * stream.height > MAX_PIXELS:
        raise ArtifactError(f"{shown} is a video of {duration} s and {stream.width}x{stream.height} pixels")
    return {
        "media_type": "video/mp4",
        "width": stream.width,
        "height": stream.height,
        "duration": round(duration, 3),
        "fps": round(float(stream.average_rate or 0), 3),
        "frames": frames,
    }


def _begins(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(32)
    return f"begins with {head!r}" if head else "is empty"
