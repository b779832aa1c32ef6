"""Pictures from files, and pictures as skia draws them fast."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.drawing.paint import PIXELS, surface
from adgen_pipeline.studio.drawing.skia_door import skia

_FORMATS = ("JPEG", "PNG", "WEBP")
_MAX_PIXELS = 40_000_000


@contextmanager
def open_picture(path: Path) -> Iterator[Image.Image]:
    """The picture at `path`, not decoded yet. Raises RenderError if it is none, or larger than 40 megapixels."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=_FORMATS) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise RenderError(f"{path.name} has {picture.width}x{picture.height} pixels, more than 40 million")
            yield picture
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise RenderError(f"{path.name} is not a JPEG, PNG or WebP picture that can be read ({error})") from error


def covering(path: Path, size: tuple[int, int]) -> Any:
    """The picture at `path` as a skia image of exactly `size`, cut where its shape differs."""
    with open_picture(path) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    fitted = ImageOps.fit(upright, size, Image.Resampling.LANCZOS)
    return as_image(np.asarray(fitted)[..., ::-1])


def as_image(pixels: NDArray[np.uint8]) -> Any:
    """Opaque BGR(A) `pixels` (height x width x 3 or 4) as a skia image.

    It is drawn onto a surface first: images made from arrays are unpremultiplied, and many times slower to draw.
    """
    height, width = pixels.shape[:2]
    opaque = np.full((height, width, 4), 255, np.uint8)
    opaque[..., :3] = pixels[..., :3]
    made = surface(width, height)
    made.getCanvas().drawImage(skia.Image.fromarray(opaque, colorType=PIXELS), 0, 0)
    return made.makeImageSnapshot()


def as_pixels(image: Any) -> NDArray[np.uint8]:
    """A skia image as BGRA, height x width x 4."""
    return np.asarray(image.toarray(colorType=PIXELS))
