"""The brand's own picture: opened with suspicion, shown untouched."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.drawing.paint import PIXELS, surface
from adgen_pipeline.studio.drawing.skia_door import skia

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 6000 * 4000


def open_logo(path: Path, width: float, height: float) -> Any:
    """The picture at `path` as a skia image no larger than `width` x `height` pixels, its shape kept.

    Raises RenderError if it is none of PNG, JPEG and WEBP, is broken, or has more than 24 million pixels.
    """
    try:
        with Image.open(path, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise RenderError(f"the logo has {opened.width}x{opened.height} pixels; {MOST_PIXELS:,} are the most")
            scale = min(width / opened.width, height / opened.height)
            size = max(1, round(opened.width * scale)), max(1, round(opened.height * scale))
            pixels = np.array(opened.convert("RGBA").resize(size, Image.Resampling.LANCZOS))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise RenderError(f"the logo is no PNG, JPEG or WEBP picture that can be read ({error})") from error
    return _premultiplied(pixels)


def _premultiplied(pixels: NDArray[np.uint8]) -> Any:
    source = skia.Image.fromarray(np.ascontiguousarray(pixels[..., [2, 1, 0, 3]]), colorType=PIXELS)
    target = surface(source.width(), source.height())
    target.getCanvas().drawImage(source, 0, 0)
    return target.makeImageSnapshot()
