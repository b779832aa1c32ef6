"""A scene whose light is not all on: a pool of light grows from the product over the dark."""

from typing import Any

from adgen_pipeline.studio.drawing.paint import SMOOTH, halo, surface
from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia

_COARSE = 12
"""The dark is drawn so many times smaller than the picture: it has no detail."""


def darken(canvas: Any, light: float, tone: Colour, size: tuple[int, int], centre: tuple[float, float]) -> None:
    """Cover a picture of `size` by `tone` except where `light` (0 to 1) falls around `centre` (pixels)."""
    if light >= 1:
        return
    made = surface(size[0] / _COARSE, size[1] / _COARSE)
    reach = (0.25 + 1.6 * light) * max(size) / _COARSE
    inner, rim = 1 - light**0.5, 1 - light**3
    stops = ((0, tone, inner), (0.35, tone, 0.5 * (inner + rim)), (1, tone, rim))
    made.getCanvas().drawPaint(halo((centre[0] / _COARSE, centre[1] / _COARSE), reach, *stops))
    canvas.drawImageRect(made.makeImageSnapshot(), skia.Rect(*size), SMOOTH)
