"""Shadows of branches and windows that daylight throws on a wall, and petals."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.paint import fill, ramp, stroke
from adgen_pipeline.studio.drawing.palette import WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia


def branch(canvas: Any, root: tuple[float, float], angle: float, long: float, paint: Any, rng: np.random.Generator,
           slim: float = 0.30) -> None:  # fmt: skip
    """A bent twig with leaves on both sides, from `root` toward `angle` (radians), `long` pixels."""
    bend, points = rng.uniform(-0.7, 0.7), []
    x, y = root
    steps = 14
    for k in range(steps):
        points.append((x, y))
        way = angle + bend * k / steps
        x, y = x + long / steps * math.cos(way), y + long / steps * math.sin(way)
    line = skia.Path()
    line.addPoly([skia.Point(*point) for point in points], False)
    twig = skia.Paint(paint)
    twig.setStyle(skia.Paint.kStroke_Style)
    twig.setStrokeWidth(0.012 * long)
    canvas.drawPath(line, twig)
    for k, (u, v) in enumerate(points[2:]):
        side = 1 if k % 2 else -1
        size = long * (0.26 - 0.10 * abs(k / steps - 0.35)) * rng.uniform(0.8, 1.2)
        canvas.save()
        canvas.translate(u, v)
        canvas.rotate(math.degrees(angle + bend * k / steps + side * rng.uniform(0.5, 1.0)))
        canvas.drawPath(leaf(size, slim * rng.uniform(0.8, 1.2)), paint)
        canvas.restore()


def palm(
    canvas: Any, root: tuple[float, float], angle: float, long: float, paint: Any, rng: np.random.Generator
) -> None:
    """A frond: long narrow leaves along a bent rib."""
    bend, steps = rng.uniform(-0.5, 0.5), 15
    x, y = root
    for k in range(steps):
        way, share = angle + bend * k / steps, k / steps
        x, y = x + long / steps * math.cos(way), y + long / steps * math.sin(way)
        for side in (-1, 1):
            canvas.save()
            canvas.translate(x, y)
            canvas.rotate(math.degrees(way + side * (1.05 - 0.6 * share)))
            canvas.drawPath(leaf(long * (0.46 - 0.30 * abs(share - 0.3)), 0.11), paint)
            canvas.restore()


def leaf(long: float, slim: float) -> Any:
    """A pointed leaf from (0, 0) to (long, 0)."""
    half, path = 0.5 * slim * long, skia.Path()
    path.moveTo(0, 0)
    path.cubicTo(0.25 * long, -1.3 * half, 0.7 * long, -1.1 * half, long, 0)
    path.cubicTo(0.7 * long, 1.1 * half, 0.25 * long, 1.3 * half, 0, 0)
    return path


def petal(canvas: Any, colour: Colour, shade: Colour) -> None:
    """A cupped petal within -1..1, lit on one side."""
    path = skia.Path()
    path.moveTo(-0.15, 0.85)
    path.cubicTo(-0.95, 0.30, -0.75, -0.75, 0.0, -0.85)
    path.cubicTo(0.80, -0.70, 0.80, 0.35, -0.15, 0.85)
    lit, dark = mix(colour, WHITE, 0.4), mix(colour, shade, 0.3)
    canvas.drawPath(path, ramp((-0.8, -0.6), (0.7, 0.6), (0, lit, 1), (0.55, colour, 1), (1, dark, 1)))
    canvas.drawLine(-0.12, 0.8, 0.05, -0.5, stroke(dark, 0.04, 0.35, blur=0.03))


def window(canvas: Any, centre: tuple[float, float], size: tuple[float, float], lean: float, light: Colour,
           strength: float, blur: float) -> None:  # fmt: skip
    """Daylight through a window of two by three panes, thrown aslant on a wall."""
    (x, y), (wide, high) = centre, size
    canvas.save()
    canvas.translate(x, y)
    canvas.skew(-lean, 0.45 * lean)
    pane = fill(light, strength, blur=blur)
    for column in range(2):
        for row in range(3):
            left, top = (column - 1) * wide / 2, (row - 1.5) * high / 3
            canvas.drawRect(
                skia.Rect(left + 0.03 * wide, top + 0.03 * wide, left + 0.47 * wide, top + high / 3 - 0.03 * wide), pane
            )
    canvas.restore()
