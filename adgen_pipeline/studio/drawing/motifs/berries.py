"""Fruit, nuts and flakes, one at a time, drawn around (0, 0) and lit from above left."""

import math
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.curves import line, shape, smooth
from adgen_pipeline.studio.drawing.motifs.morsels import draw_ball, draw_shadow
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_BLUE, _BLOOM = WHITE * (0.085, 0.10, 0.25), WHITE * (0.36, 0.42, 0.66)
_RASPBERRY: Colour = np.array([0.80, 0.06, 0.17])
_STRAWBERRY: Colour = np.array([0.86, 0.06, 0.07])
_ALMOND: Colour = np.array([0.80, 0.47, 0.21])


def draw_blueberry(canvas: Any, size: float, seed: float, crown: bool) -> None:
    """A blueberry with the bloom on its skin; its `crown` shows if it is turned so."""
    draw_ball(canvas, size, mix(_BLUE, _BLOOM, 0.35), _BLUE, gloss=0.38, bumps=0.03, seed=seed)
    canvas.save()
    canvas.scale(size, size)
    haze = ((0, _BLOOM, 0.75), (0.6, _BLOOM, 0.25), (1, _BLOOM, 0))
    canvas.drawCircle(-0.25, -0.32, 0.62, paint.halo((-0.25, -0.32), 0.62, *haze))
    if crown:
        canvas.rotate(360 * seed)
        canvas.translate(0.22, 0.10)
        canvas.drawPath(_star(), paint.fill(mix(_BLUE, BLACK, 0.55)))
        canvas.drawPath(_star(), paint.stroke(_BLOOM, 0.055, 0.75))
        canvas.drawCircle(0, 0, 0.15, paint.fill(mix(_BLUE, BLACK, 0.75), 0.9, blur=0.03))
    canvas.restore()


@cache
def _star() -> Any:
    angles = np.linspace(0, math.tau, 10, endpoint=False)
    reach = np.where(np.arange(10) % 2, 0.20, 0.42)
    return shape(np.column_stack((reach * np.cos(angles), reach * np.sin(angles))))


def draw_raspberry(canvas: Any, size: float) -> None:
    """A raspberry on its side: drupes in rings, each with its own light."""
    draw_shadow(canvas, size, size)
    canvas.save()
    canvas.scale(size, size)
    canvas.drawCircle(0, 0.04, 0.95, paint.fill(mix(_RASPBERRY, BLACK, 0.72)))
    for tip, count, drupe in ((78, 17, 0.20), (52, 13, 0.225), (26, 7, 0.24), (0, 1, 0.25)):
        for k in range(count):
            angle, out = math.tau * (k + 0.5 * (tip == 52)) / count, 0.86 * math.sin(math.radians(tip))
            _draw_drupe(canvas, out * math.cos(angle), out * math.sin(angle), drupe)
    canvas.restore()


def _draw_drupe(canvas: Any, x: float, y: float, size: float) -> None:
    lit = 0.5 - 0.42 * (x + 1.2 * y) / 1.5
    deep, pale = mix(_RASPBERRY, BLACK, 0.70 - 0.35 * lit), mix(_RASPBERRY, WHITE * (1.0, 0.55, 0.55), 0.55 * lit)
    body = ((0, pale, 1), (0.55, mix(_RASPBERRY, BLACK, 0.30 - 0.25 * lit), 1), (1, deep, 1))
    canvas.drawCircle(x, y, size, paint.halo((x - 0.3 * size, y - 0.35 * size), 1.25 * size, *body))
    spark = skia.Rect(x - 0.50 * size, y - 0.62 * size, x - 0.08 * size, y - 0.30 * size)
    canvas.drawOval(spark, paint.fill(WHITE, 0.30 + 0.45 * lit))


def draw_strawberry_half(canvas: Any, long: float) -> None:
    """Half a strawberry, its point to the right: skin, flesh, a pale heart."""
    outline = shape(_berry(1.0))
    skin, flesh = mix(_STRAWBERRY, BLACK, 0.10), WHITE * (0.97, 0.42, 0.34)
    draw_shadow(canvas, 0.9 * long, 0.75 * long)
    canvas.save()
    canvas.scale(long, long)
    canvas.save()
    canvas.translate(0.02, 0.10)
    canvas.drawPath(outline, paint.fill(mix(skin, BLACK, 0.55)))
    canvas.restore()
    canvas.drawPath(outline, paint.ramp((-0.6, -0.8), (0.5, 0.8), (0, mix(skin, WHITE, 0.12), 1), (1, skin, 1)))
    inside = ((0, WHITE * (1.0, 0.90, 0.84), 1), (0.45, flesh, 1), (0.85, mix(flesh, skin, 0.75), 1), (1, skin, 1))
    canvas.drawPath(shape(_berry(0.86)), paint.halo((-0.12, 0), 0.95, *inside))
    for k in range(-4, 5):
        far = np.array(((-0.25, 0.02 * k), (0.55 - 0.09 * abs(k), 0.155 * k)))
        canvas.drawPath(line(far), paint.stroke(WHITE * (1.0, 0.86, 0.80), 0.030, 0.42, blur=0.012))
    canvas.drawOval(skia.Rect(-0.50, -0.14, 0.15, 0.14), paint.fill(WHITE * (1.0, 0.93, 0.88), 0.75, blur=0.07))
    canvas.drawOval(skia.Rect(-0.45, -0.60, 0.05, -0.40), paint.fill(WHITE, 0.60, blur=0.05))
    canvas.drawOval(skia.Rect(0.20, 0.22, 0.40, 0.30), paint.fill(WHITE, 0.45, blur=0.03))
    canvas.restore()


def draw_strawberry(canvas: Any, size: float) -> None:
    """A whole strawberry, its point to the right, wet, with its seeds."""
    outline = shape(_berry(1.0))
    draw_shadow(canvas, 0.9 * size, 0.8 * size, 0.6)
    canvas.save()
    canvas.scale(size, size)
    canvas.save()
    canvas.clipPath(outline, True)
    pale, deep = mix(_STRAWBERRY, WHITE * (1.0, 0.5, 0.3), 0.40), mix(_STRAWBERRY, BLACK, 0.62)
    canvas.drawPaint(paint.halo((0.10, -0.34), 1.25, (0, pale, 1), (0.45, _STRAWBERRY, 1), (1, deep, 1)))
    for row in range(6):
        for k in range(-3, 4):
            x = -0.72 + 0.27 * row
            y = (0.26 * k + 0.13 * (row % 2)) * (1 - 0.10 * row)
            canvas.drawOval(
                skia.Rect(x - 0.055, y - 0.038, x + 0.060, y + 0.042), paint.fill(mix(deep, BLACK, 0.2), 0.8)
            )
            canvas.drawOval(
                skia.Rect(x - 0.035, y - 0.022, x + 0.040, y + 0.024), paint.fill(WHITE * (0.96, 0.80, 0.42))
            )
    canvas.drawOval(skia.Rect(-0.15, -0.56, 0.38, -0.34), paint.fill(WHITE, 0.70, blur=0.06))
    canvas.drawPath(outline, paint.stroke(WHITE * (1.0, 0.6, 0.5), 0.05, 0.30, blur=0.03))
    canvas.restore()
    canvas.restore()


@cache
def _berry(grow: float) -> Any:
    """The outline of a strawberry whose point lies at (1, 0)."""
    upper = smooth(
        (-0.78, 0.0),
        (-0.80, -0.28),
        (-0.62, -0.62),
        (-0.25, -0.72),
        (0.20, -0.60),
        (0.62, -0.34),
        (0.92, -0.12),
        (1, 0),
    )
    return grow * np.vstack((upper, upper[::-1] * (1, -1)))


def draw_banana(canvas: Any, size: float) -> None:
    """A slice of banana: pale, a little glassy, three rays of seeds in the middle."""
    pale, edge, seed = WHITE * (0.99, 0.93, 0.72), WHITE * (0.87, 0.73, 0.42), WHITE * (0.42, 0.28, 0.14)
    draw_shadow(canvas, size, 0.8 * size, 0.5)
    canvas.save()
    canvas.scale(size, 0.86 * size)
    canvas.drawCircle(0.02, 0.16, 1, paint.fill(mix(edge, BLACK, 0.38)))
    body = ((0, WHITE * (0.97, 0.86, 0.58), 1), (0.42, WHITE * (0.98, 0.90, 0.66), 1), (0.52, pale, 1), (1, pale, 1))
    canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, *body))
    canvas.drawCircle(0, 0, 0.96, paint.stroke(edge, 0.06, 0.75))
    for k in range(3):
        canvas.save()
        canvas.rotate(20 + 120 * k)
        canvas.drawLine(0.06, 0, 0.36, 0, paint.stroke(edge, 0.07, 0.6, blur=0.02))
        for x, y in ((0.15, 0.05), (0.24, -0.05), (0.33, 0.03)):
            canvas.drawOval(skia.Rect(x - 0.035, y - 0.018, x + 0.035, y + 0.018), paint.fill(seed, 0.85))
        canvas.restore()
    canvas.drawOval(skia.Rect(-0.66, -0.70, -0.12, -0.40), paint.fill(WHITE, 0.60, blur=0.06))
    canvas.restore()


def draw_almond(canvas: Any, long: float, shade: float) -> None:
    """An almond in its skin, pointed to the right, with the furrows along it."""
    tone = mix(_ALMOND, WHITE * (0.56, 0.27, 0.10), shade)
    draw_shadow(canvas, long, 0.55 * long)
    canvas.save()
    canvas.scale(long, long)
    outline = _almond()
    canvas.save()
    canvas.translate(0.02, 0.10)
    canvas.drawPath(outline, paint.fill(mix(tone, BLACK, 0.7)))
    canvas.restore()
    canvas.save()
    canvas.clipPath(outline, True)
    pale, dark = mix(tone, WHITE * (1.0, 0.80, 0.52), 0.50), mix(tone, BLACK, 0.50)
    canvas.drawPaint(paint.ramp((-0.3, -0.55), (0.2, 0.58), (0, pale, 1), (0.45, tone, 1), (1, dark, 1)))
    for k in range(-4, 5):
        furrow = smooth((-0.95, 0.04 * k), (-0.3, 0.115 * k), (0.4, 0.085 * k), (0.98, 0.0))
        canvas.drawPath(line(furrow), paint.stroke(dark if k % 2 else pale, 0.020, 0.40, blur=0.008))
    canvas.drawOval(skia.Rect(-0.52, -0.36, 0.10, -0.20), paint.fill(WHITE, 0.40, blur=0.05))
    canvas.restore()
    canvas.restore()


@cache
def _almond() -> Any:
    upper = smooth((-0.92, 0.0), (-0.84, -0.24), (-0.45, -0.48), (0.05, -0.46), (0.55, -0.24), (1.0, 0.0))
    return shape(upper, upper[::-1] * (1, -1))


def draw_flake(canvas: Any, size: float, shade: float) -> None:
    """A rolled oat, toasted by `shade` (0 to 1): flat and uneven, a short crease in its middle, its rim lit."""
    tone = mix(WHITE * (0.97, 0.84, 0.60), WHITE * (0.74, 0.43, 0.16), shade)
    outline, bran = _flake(int(1000 * shade) % 4), mix(tone, WHITE * (0.50, 0.24, 0.06), 0.6)
    canvas.save()
    canvas.scale(size, size)
    for down, colour, alpha in ((0.26, BLACK, 0.42), (0.10, mix(tone, BLACK, 0.45), 1.0)):
        canvas.translate(0, down)
        canvas.drawPath(outline, paint.fill(colour, alpha))
        canvas.translate(0, -down)
    sides = ((0, mix(tone, WHITE, 0.45), 1), (0.5, tone, 1), (1, mix(tone, bran, 0.5), 1))
    canvas.drawPath(outline, paint.ramp((-0.5, -0.7), (0.5, 0.7), *sides))
    canvas.drawPath(outline, paint.stroke(mix(tone, WHITE, 0.55), 0.07, 0.45))
    canvas.drawLine(-0.42, 0.03, 0.40, -0.03, paint.stroke(bran, 0.13, 0.55))
    canvas.drawLine(-0.40, 0.12, 0.36, 0.07, paint.stroke(mix(tone, WHITE, 0.6), 0.07, 0.5))
    for x, y in ((-0.55, 0.30), (0.25, -0.40), (0.52, 0.24)):
        canvas.drawCircle(x, y, 0.07, paint.fill(bran, 0.45))
    canvas.restore()


@cache
def _flake(which: int) -> Any:
    angle = np.linspace(0, math.tau, 40, endpoint=False)
    reach = 1 + 0.07 * np.sin(3 * angle + 2 * which) + 0.05 * np.sin(5 * angle + 4.1 * which)
    return shape(np.column_stack((reach * np.cos(angle), 0.74 * reach * np.sin(angle))))
