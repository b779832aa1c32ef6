"""Skia on the memory of a frame: nothing is copied on the way in or out."""

from typing import Any

from adgen_pipeline.studio.drawing.paint import PIXELS
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.encoding import Frame


def surface_on(frame: Frame) -> Any:
    """A surface that draws into `frame` (height x width x BGRA, contiguous). Keep it while its canvas is used."""
    height, width = frame.shape[:2]
    return skia.Surface.MakeRasterDirect(skia.ImageInfo.Make(width, height, PIXELS, skia.kOpaque_AlphaType), frame)


def image_of(frame: Frame) -> Any:
    """`frame` as a picture to draw elsewhere; opaque, which is what makes it quick."""
    return surface_on(frame).makeImageSnapshot()
