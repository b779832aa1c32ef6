"""Simple signs within -1..1: a tick, a heart, a clock, a pin, a spark. They belong to nobody."""

import math
from collections.abc import Callable
from typing import Any

from adgen_pipeline.studio.drawing.paint import fill, stroke
from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia

Glyph = Callable[[Any, Colour, Colour], None]
"""Draws itself on a canvas in a colour; the second colour is that of what it lies on."""

_ROUND = {"StrokeCap": skia.Paint.kRound_Cap, "StrokeJoin": skia.Paint.kRound_Join}


def tick(canvas: Any, colour: Colour, _: Colour) -> None:
    """Done."""
    path = skia.Path()
    path.addPoly([skia.Point(-0.58, 0.06), skia.Point(-0.16, 0.48), skia.Point(0.62, -0.42)], False)
    canvas.drawPath(path, stroke(colour, 0.26, **_ROUND))


def heart(canvas: Any, colour: Colour, _: Colour) -> None:
    """Care."""
    path = skia.Path()
    path.moveTo(0, 0.72)
    path.cubicTo(-1.25, -0.10, -0.62, -0.92, 0, -0.36)
    path.cubicTo(0.62, -0.92, 1.25, -0.10, 0, 0.72)
    canvas.drawPath(path, fill(colour))


def clock(canvas: Any, colour: Colour, _: Colour) -> None:
    """Time."""
    canvas.drawCircle(0, 0, 0.68, stroke(colour, 0.17))
    canvas.drawLine(0, 0, 0, -0.36, stroke(colour, 0.15, **_ROUND))
    canvas.drawLine(0, 0, 0.26, 0.16, stroke(colour, 0.15, **_ROUND))


def pin(canvas: Any, colour: Colour, ground: Colour) -> None:
    """A place."""
    path = skia.Path()
    path.moveTo(0, 0.86)
    path.cubicTo(-0.22, 0.40, -0.60, 0.14, -0.60, -0.26)
    path.arcTo(skia.Rect(-0.60, -0.86, 0.60, 0.34), 180, 180, False)
    path.cubicTo(0.60, 0.14, 0.22, 0.40, 0, 0.86)
    canvas.drawPath(path, fill(colour))
    canvas.drawCircle(0, -0.26, 0.23, fill(ground))


def spark(canvas: Any, colour: Colour, _: Colour) -> None:
    """Something new."""
    for x, y, size in ((-0.10, 0.06, 0.82), (0.62, -0.58, 0.32)):
        path = skia.Path()
        path.moveTo(x, y - size)
        for k in range(1, 5):
            turn = math.pi / 2 * k - math.pi / 2
            path.quadTo(x, y, x + size * math.cos(turn), y + size * math.sin(turn))
        canvas.drawPath(path, fill(colour))


GLYPHS: tuple[Glyph, ...] = (tick, heart, clock, pin, spark)
