"""The brand's own picture: opened with suspicion, shown untouched."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from adgen_pipeline.studio.drawing.paint import PIXELS, surface
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.logos import decoded


def open_logo(path: Path, width: float, height: float) -> Any:
    """The picture at `path` as a skia image no larger than `width` x `height` pixels, its shape kept.

    Raises RenderError if it is none of PNG, JPEG and WEBP, is broken, or has more than 24 million pixels.
    """
    picture = decoded(path)
    scale = min(width / picture.width, height / picture.height)
    size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    pixels = np.array(picture.resize(size, Image.Resampling.LANCZOS))
    return _premultiplied(pixels)


def _premultiplied(pixels: NDArray[np.uint8]) -> Any:
    source = skia.Image.fromarray(np.ascontiguousarray(pixels[..., [2, 1, 0, 3]]), colorType=PIXELS)
    target = surface(source.width(), source.height())
    target.getCanvas().drawImage(source, 0, 0)
    return target.makeImageSnapshot()
