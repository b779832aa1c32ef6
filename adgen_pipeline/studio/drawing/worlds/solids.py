"""Soft solids of about one unit: a ball, a pill, a ring, a squiggle, a dome; lit from the upper left."""

from collections.abc import Callable
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.paint import fill, halo, ramp, stroke
from adgen_pipeline.studio.drawing.palette import WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

Solid = Callable[[Any, Colour, Colour, float], None]
"""Draws itself on a canvas, in a colour, with shadows toward another, turned by degrees."""


def ball(canvas: Any, colour: Colour, shade: Colour, turn: float, cast: bool = True) -> None:
    """A sphere with a matt finish."""
    if cast:
        canvas.drawCircle(0.16, 0.26, 0.98, fill(shade, 0.38, blur=0.20))
    lit, dark = mix(colour, WHITE, 0.45), mix(colour, shade, 0.42)
    stops = (
        (0, lit, 1),
        (0.30, mix(colour, WHITE, 0.14), 1),
        (0.66, colour, 1),
        (0.93, dark, 1),
        (1, mix(dark, colour, 0.35), 1),
    )
    canvas.drawCircle(0, 0, 1, halo((-0.36, -0.42), 1.55, *stops))
    canvas.drawCircle(-0.40, -0.46, 0.26, fill(WHITE, 0.42, blur=0.10))


def pill(canvas: Any, colour: Colour, shade: Colour, turn: float, cast: bool = True) -> None:
    """A capsule."""
    shape = skia.RRect.MakeRectXY(skia.Rect(-1, -0.44, 1, 0.44), 0.44, 0.44)
    if cast:
        canvas.save()
        canvas.translate(0.13, 0.22)
        canvas.rotate(turn)
        canvas.drawRRect(shape, fill(shade, 0.38, blur=0.15))
        canvas.restore()
    canvas.save()
    canvas.rotate(turn)
    canvas.drawRRect(shape, _rounded((0, -0.44), (0, 0.44), colour, shade))
    canvas.drawLine(-0.58, -0.24, 0.48, -0.24, stroke(WHITE, 0.09, 0.40, blur=0.04, StrokeCap=skia.Paint.kRound_Cap))
    canvas.restore()


def ring(canvas: Any, colour: Colour, shade: Colour, turn: float) -> None:
    """A fat ring, seen almost from the front."""
    canvas.save()
    canvas.rotate(turn)
    canvas.scale(1, 0.86)
    path = skia.Path()
    path.addCircle(0, 0, 0.70)
    _tube(canvas, path, 0.44, colour, shade)
    canvas.restore()


def squiggle(canvas: Any, colour: Colour, shade: Colour, turn: float) -> None:
    """A bent tube."""
    canvas.save()
    canvas.rotate(turn)
    path, across = skia.Path(), np.linspace(-1.0, 1.0, 60)
    path.addPoly([skia.Point(float(x), float(0.42 * np.sin(2.4 * np.pi * x))) for x in across], False)
    _tube(canvas, path, 0.34, colour, shade)
    canvas.restore()


def dome(canvas: Any, colour: Colour, shade: Colour, turn: float) -> None:
    """Half a disc with a thick edge: an arch of three bands."""
    canvas.save()
    canvas.rotate(0.4 * turn)
    for radius, share in ((0.86, 0.0), (0.50, 0.5)):
        path = skia.Path()
        path.addArc(skia.Rect(-radius, -radius + 0.35, radius, radius + 0.35), 180, 180)
        _tube(canvas, path, 0.30, mix(colour, WHITE, share), shade)
    canvas.restore()


SOLIDS: dict[str, Solid] = {"ball": ball, "ring": ring, "pill": pill, "squiggle": squiggle, "dome": dome}


def _tube(canvas: Any, path: Any, width: float, colour: Colour, shade: Colour) -> None:
    """A path as a round tube: its shadow, then ever narrower and lighter lines that move toward the light."""
    ends = {"StrokeCap": skia.Paint.kRound_Cap, "StrokeJoin": skia.Paint.kRound_Join}
    canvas.save()
    canvas.translate(0.13, 0.22)
    canvas.drawPath(path, stroke(shade, width, 0.36, blur=0.15, **ends))
    canvas.restore()
    canvas.drawPath(path, stroke(mix(colour, shade, 0.40), width, **ends))
    for share in np.linspace(0.08, 1, 9):
        canvas.save()
        canvas.translate(-0.14 * width * float(share), -0.20 * width * float(share))
        light = mix(mix(colour, shade, 0.40 * (1 - float(share)) ** 2), WHITE, 0.30 * float(share) ** 2)
        canvas.drawPath(path, stroke(light, width * (1 - 0.78 * float(share)), 0.7, blur=0.035 * width, **ends))
        canvas.restore()


def _rounded(start: tuple[float, float], end: tuple[float, float], colour: Colour, shade: Colour) -> Any:
    """Light across something round."""
    dark = mix(colour, shade, 0.45)
    return ramp(start, end, (0, mix(colour, WHITE, 0.20), 1), (0.28, mix(colour, WHITE, 0.32), 1), (0.6, colour, 1),
                (0.94, dark, 1), (1, mix(dark, colour, 0.3), 1))  # fmt: skip
