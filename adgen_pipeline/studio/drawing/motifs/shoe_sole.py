"""The sole of a running shoe: foam, the plate between its layers, rubber and lugs."""

from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import beside, line, moved, points, shape, smooth
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, Palette, mix
from adgen_pipeline.studio.drawing.skia_door import skia

JOIN = smooth(
    (-1.265, 0.075), (-1.15, 0.15), (-0.92, 0.195), (-0.5, 0.245), (-0.1, 0.262), (0.3, 0.285),
    (0.75, 0.315), (1.08, 0.322), (1.28, 0.298), (1.375, 0.27),
)  # fmt: skip
"""Where foam and upper meet, from heel to toe."""

_GROUND = smooth(
    (1.375, 0.27), (1.412, 0.272), (1.425, 0.315), (1.35, 0.42), (1.12, 0.525), (0.8, 0.592), (0.42, 0.622),
    (0.1, 0.612), (-0.2, 0.598), (-0.5, 0.606), (-0.85, 0.626), (-1.03, 0.60), (-1.17, 0.52), (-1.29, 0.37),
    (-1.34, 0.22), (-1.33, 0.11), (-1.30, 0.068), (-1.265, 0.075),
)  # fmt: skip
_PLATE = smooth(
    (-1.42, 0.36), (-1.1, 0.425), (-0.7, 0.405), (-0.2, 0.385), (0.3, 0.445), (0.8, 0.482), (1.2, 0.43), (1.45, 0.33)
)
_LUG = ((-0.043, -0.045), (0.043, -0.045), (0.038, 0.026), (-0.040, 0.026))
_ROUND = {"StrokeCap": skia.Paint.kRound_Cap}


@cache
def foam() -> Any:
    """The outline of the midsole."""
    return shape(JOIN, _GROUND)


def draw_sole(canvas: Any, look: Look) -> None:
    """The whole sole; its foam bears the brand, if there is one."""
    tones = look.palette
    _draw_lugs(canvas, tones)
    canvas.save()
    canvas.clipPath(foam(), True)
    _draw_foam(canvas, tones, look.seed)
    edge = ((0, WHITE, 0.95), (0.12, WHITE, 0.5), (0.9, WHITE, 0.4), (1, WHITE, 0.9))
    canvas.drawPath(foam(), paint.ramp((-1.36, 0.1), (1.42, 0.5), *edge, **paint.lined(0.016)))
    _draw_rubber(canvas, tones)
    canvas.restore()
    canvas.drawPath(foam(), paint.stroke(mix(tones.ground, BLACK, 0.4), 0.003, 0.6))
    if look.brand:
        _draw_brand(canvas, tones, look.brand.upper())


def _draw_foam(canvas: Any, tones: Palette, seed: int) -> None:
    """Pale foam with the fine beads it is pressed from, and its cuts."""
    white, shade = mix(WHITE, tones.accent, 0.03), _shade(tones)
    turn = mix(shade, BLACK, 0.35)
    down = ((0, white, 1), (0.45, mix(white, shade, 0.12), 1), (0.7, mix(white, shade, 0.5), 1), (1, shade, 1))
    across = (
        (0, turn, 0.8), (0.08, turn, 0), (0.35, turn, 0), (0.48, turn, 0.34),
        (0.62, turn, 0), (0.93, turn, 0), (1, turn, 0.7),
    )  # fmt: skip
    canvas.drawPaint(paint.ramp((0, 0.10), (0, 0.64), *down))
    canvas.drawPaint(paint.ramp((-1.4, 0), (1.42, 0), *across))
    beads = points(np.random.default_rng(seed).uniform((-1.4, 0.06), (1.43, 0.64), (9000, 2)))
    dots = skia.Canvas.PointMode.kPoints_PointMode
    canvas.drawPoints(dots, beads[::2], paint.stroke(turn, 0.0045, 0.28, **_ROUND))
    canvas.drawPoints(dots, beads[1::2], paint.stroke(WHITE, 0.0045, 0.5, **_ROUND))
    _draw_plate(canvas, tones)
    _draw_heel_cuts(canvas, shade)
    _draw_flex_notches(canvas, shade)


def _draw_plate(canvas: Any, tones: Palette) -> None:
    """The coloured plate between the two layers of foam."""
    lit = mix(tones.accent, tones.high, 0.5)
    along = ((0, mix(tones.accent, tones.low, 0.5), 1), (0.4, tones.accent, 1), (0.7, lit, 1), (1, tones.accent, 1))
    canvas.drawPath(line(moved(_PLATE, 0, -0.016)), paint.stroke(_shade(tones), 0.026, 0.9, blur=0.006))
    canvas.drawPath(line(_PLATE), paint.ramp((-1.4, 0), (1.4, 0), *along, **paint.lined(0.024)))
    canvas.drawPath(line(moved(_PLATE, 0, 0.017)), paint.stroke(WHITE, 0.008, 0.8))


def _draw_heel_cuts(canvas: Any, shade: Colour) -> None:
    """Long grooves that leave the heel and run out along the side."""
    for k in range(5):
        cut, end = moved(JOIN[: 84 - 7 * k], 0, 0.055 + 0.021 * k), -0.42 - 0.11 * k
        for drop, colour, width in ((0, shade, 0.008), (0.0065, WHITE, 0.005)):
            fade = ((0, colour, 0.9), (0.5, colour, 0.75), (1, colour, 0))
            canvas.drawPath(line(moved(cut, 0, drop)), paint.ramp((-1.3, 0), (end, 0), *fade, **paint.lined(width)))


def _draw_flex_notches(canvas: Any, shade: Colour) -> None:
    """Short cuts where the forefoot bends."""
    for x in np.arange(0.36, 1.0, 0.085):
        y = _height(float(x))
        notch = smooth((x, y), (x + 0.012, y - 0.055), (x + 0.035, y - 0.092))
        canvas.drawPath(line(notch), paint.stroke(shade, 0.012, 0.8, **_ROUND))
        canvas.drawPath(line(moved(notch, 0.008, 0)), paint.stroke(WHITE, 0.005, 0.8))


def _draw_rubber(canvas: Any, tones: Palette) -> None:
    """The outsole, bonded under the foam and thinning out toward heel and toe."""
    edge = _GROUND[44:272]
    top = beside(edge, 0.050 * np.sin(np.linspace(0, np.pi, len(edge))) ** 0.45)
    rubber, lit = mix(tones.ground, BLACK, 0.3), mix(tones.ground, WHITE, 0.30)
    canvas.drawPath(shape(edge, top[::-1]), paint.ramp((0, 0.55), (0, 0.64), (0, lit, 1), (1, rubber, 1)))
    canvas.drawPath(line(top), paint.stroke(mix(tones.accent, tones.low, 0.2), 0.007))


def _draw_lugs(canvas: Any, tones: Palette) -> None:
    """The tread, half hidden behind the rubber it grows from."""
    rubber, lit = mix(tones.ground, WHITE, 0.13), mix(tones.ground, WHITE, 0.42)
    for x in (float(at) for at in np.arange(-0.98, 1.1, 0.092)):
        y = _height(x)
        slope = (_height(x + 0.03) - _height(x - 0.03)) / 0.06
        lug = skia.Path()
        lug.addPoly([skia.Point(x + dx - slope * dy, y + dy + slope * dx) for dx, dy in _LUG], True)
        sheen = ((0, lit, 1), (0.5, rubber, 1), (1, mix(rubber, BLACK, 0.4), 1))
        soft = {"PathEffect": skia.CornerPathEffect.Make(0.010)}
        canvas.drawPath(lug, paint.ramp((x - 0.03, y), (x + 0.03, y + 0.03), *sheen, **soft))
        canvas.drawLine(x, y + 0.004, x - 0.002, y + 0.022, paint.stroke(lit, 0.004, 0.7))


def _draw_brand(canvas: Any, tones: Palette, word: str) -> None:
    """The brand pressed into the foam below the arch."""
    face = paint.font("sans-bold", 100)
    width = face.measureText(word)
    scale = min(0.00085, 0.62 / width)
    canvas.save()
    canvas.translate(-0.16 - width * scale / 2, 0.543)
    canvas.scale(scale, scale)
    canvas.drawString(word, 0, 4, face, paint.fill(WHITE, 0.8))
    canvas.drawString(word, 0, 0, face, paint.fill(mix(tones.accent, tones.low, 0.35)))
    canvas.restore()


def _shade(tones: Palette) -> Colour:
    """White foam in shadow, with a breath of the brand's colour."""
    return mix(WHITE * 0.54, tones.accent, 0.10)


def _height(x: float) -> float:
    """How low the sole reaches at `x`."""
    under = _GROUND[40:-60]
    return float(np.interp(-x, -under[:, 0], under[:, 1]))
