"""Small pictures on paths of their own: what each family has in its air instead of dust."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing.paint import SMOOTH, halo, ramp, surface
from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia

Row = NDArray[np.float64]
Path = Callable[[float], tuple[Row, Row, Row, Row, Row]]
"""From seconds to x, y (pixels), length (pixels), degrees turned and opacity (0 to 1) of every sprite."""

SIDE = 96
"""Pixels of a sprite's side as it is drawn once."""

_LEAST = 0.02


class Sprites:
    """Each sprite i is `pictures[which[i]]`, scaled to its length, where `path` says.

    `clear` tells from x and y how much of a sprite may be seen there (0 to 1).
    """

    def __init__(self, pictures: list[Any], which: NDArray[np.int_], path: Path, clear: Callable[[Row, Row], Row]):
        self._pictures, self._which, self._path, self._clear = pictures, which, path, clear

    def draw(self, canvas: Any, seconds: float) -> None:
        """Draw all of them as they are at `seconds`."""
        x, y, length, turn, alpha = self._path(seconds)
        for each in zip(self._which, x, y, length, turn, alpha * self._clear(x, y), strict=True):
            self._draw_one(canvas, *each)

    def _draw_one(self, canvas: Any, which: int, x: float, y: float, length: float, turn: float, alpha: float) -> None:
        if alpha < _LEAST:
            return
        picture, half = self._pictures[which], float(length) / 2
        wide = half * picture.width() / picture.height()
        canvas.save()
        canvas.translate(float(x), float(y))
        if turn:
            canvas.rotate(float(turn))
        box = skia.Rect(-wide, -half, wide, half)
        canvas.drawImageRect(picture, box, SMOOTH, skia.Paint(Alphaf=float(min(alpha, 1.0))))
        canvas.restore()


def drawn(paint: Callable[[Any], None], width: int = SIDE, height: int = SIDE) -> Any:
    """A sprite of what `paint` draws, from -1 to 1 in both directions."""
    made = surface(width, height)
    canvas = made.getCanvas()
    canvas.translate(width / 2, height / 2)
    canvas.scale(width / 2, height / 2)
    paint(canvas)
    return made.makeImageSnapshot()


def speck(colour: Colour) -> Any:
    """A grain with a soft rim."""
    stops = ((0, colour, 0.95), (0.25, colour, 0.55), (0.6, colour, 0.14), (1, colour, 0))
    return drawn(lambda canvas: canvas.drawPaint(halo((0, 0), 1, *stops)))


def streak(colour: Colour) -> Any:
    """A line that is bright at its upper end and fades away below."""
    stops = ((0, colour, 0), (0.04, colour, 1), (0.3, colour, 0.5), (1, colour, 0))
    return drawn(lambda canvas: canvas.drawPaint(ramp((0, -1), (0, 1), *stops)), 6, 160)
