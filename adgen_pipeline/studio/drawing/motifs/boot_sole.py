"""The sole of a hiking boot: a wedge of foam, a rubber rand, deep lugs."""

from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved, points, shape, smooth
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, Palette, mix
from adgen_pipeline.studio.drawing.skia_door import skia

JOIN = smooth(
    (-1.09, 0.42), (-0.95, 0.475), (-0.65, 0.50), (-0.30, 0.515), (0.10, 0.53), (0.50, 0.535), (0.85, 0.52),
    (1.08, 0.47), (1.22, 0.39),
)  # fmt: skip
"""Where sole and upper meet, from heel to toe."""

_MIDDLE = smooth(
    (-1.15, 0.590), (-0.95, 0.615), (-0.6, 0.615), (-0.3, 0.605), (0.0, 0.62), (0.4, 0.635), (0.8, 0.615),
    (1.08, 0.555), (1.26, 0.46),
)  # fmt: skip
_TREAD = smooth(
    (1.22, 0.39), (1.258, 0.41), (1.258, 0.47), (1.19, 0.59), (1.02, 0.705), (0.75, 0.775), (0.40, 0.80),
    (0.06, 0.80), (-0.10, 0.765), (-0.28, 0.735), (-0.42, 0.755), (-0.47, 0.805), (-0.70, 0.815), (-1.00, 0.815),
    (-1.10, 0.76), (-1.15, 0.60), (-1.135, 0.46), (-1.09, 0.42),
)  # fmt: skip
_LUGS = tuple(float(x) for x in (*np.arange(-1.03, -0.50, 0.122), *np.arange(0.04, 1.12, 0.128)))
_DEEP = 0.085  # how far a lug reaches down
_ROUND = {"StrokeCap": skia.Paint.kRound_Cap}


@cache
def sole() -> Any:
    """The outline of the sole without its lugs."""
    return shape(JOIN, _TREAD)


def draw_sole(canvas: Any, tones: Palette, seed: int) -> None:
    """Lugs, rubber, foam, and the line between them in the brand's colour."""
    rubber = mix(mix(tones.ground, WHITE, 0.10), WHITE * 0.12, 0.5)
    for x in _LUGS:
        _draw_lug(canvas, x + 0.060, mix(rubber, BLACK, 0.62), -0.012)
    for x in _LUGS:
        _draw_lug(canvas, x, rubber, 0.0)
    canvas.save()
    canvas.clipPath(sole(), True)
    _draw_rubber(canvas, tones, rubber, seed)
    _draw_foam(canvas, tones, seed)
    canvas.drawPath(line(JOIN), paint.stroke(BLACK, 0.05, 0.6, blur=0.014))
    canvas.restore()
    lit = mix(tones.high, WHITE, 0.5)
    rim = ((0, lit, 0.9), (0.6, lit, 0.5), (1, lit, 0.0))
    canvas.drawPath(line(_TREAD[:64]), paint.ramp((1.3, 0.4), (1.1, 0.72), *rim, **paint.lined(0.008)))
    canvas.drawPath(line(_TREAD[-80:]), paint.stroke(lit, 0.010, 0.7))


def _draw_lug(canvas: Any, x: float, rubber: Colour, raised: float) -> None:
    """One block of the tread: a bevel that catches light, its foot worn a little lighter."""
    y, slope = _height(x), float(np.clip((_height(x + 0.03) - _height(x - 0.03)) / 0.06, -0.4, 0.2))
    corners = ((-0.050, -0.05), (0.050, -0.05), (0.040, _DEEP), (-0.046, _DEEP))
    lug = skia.Path()
    lug.addPoly([skia.Point(x + dx - slope * dy, y + raised + dy + slope * dx) for dx, dy in corners], True)
    soft = {"PathEffect": skia.CornerPathEffect.Make(0.012)}
    lit = mix(rubber, WHITE, 0.30)
    across = ((0, lit, 1), (0.22, mix(rubber, WHITE, 0.10), 1), (0.75, rubber, 1), (1, mix(rubber, BLACK, 0.6), 1))
    canvas.drawPath(lug, paint.ramp((x - 0.05, y), (x + 0.05, y + 0.02), *across, **soft))
    down = ((0, BLACK, 0.55), (0.35, BLACK, 0.0), (0.85, WHITE, 0.0), (1, WHITE, 0.16))
    canvas.drawPath(lug, paint.ramp((x, y), (x - slope * _DEEP, y + raised + _DEEP), *down, **soft))


def _draw_rubber(canvas: Any, tones: Palette, rubber: Colour, seed: int) -> None:
    """The outsole, cut between the lugs, rough as moulds leave it."""
    down = ((0, mix(rubber, WHITE, 0.20), 1), (0.45, rubber, 1), (1, mix(rubber, BLACK, 0.45), 1))
    canvas.drawPaint(paint.ramp((0, 0.58), (0, 0.82), *down))
    beads = points(np.random.default_rng(seed).uniform((-1.2, 0.55), (1.3, 0.9), (5000, 2)))
    dots = skia.Canvas.PointMode.kPoints_PointMode
    canvas.drawPoints(dots, beads[::2], paint.stroke(BLACK, 0.005, 0.35, **_ROUND))
    canvas.drawPoints(dots, beads[1::2], paint.stroke(WHITE, 0.004, 0.10, **_ROUND))
    for x in _LUGS:
        left = x - 0.064
        y = _height(left)
        cut = smooth((left, y + 0.03), (left - 0.006, y - 0.045), (left - 0.022, y - 0.085))
        canvas.drawPath(line(cut), paint.stroke(BLACK, 0.026, 0.75, **_ROUND))
        canvas.drawPath(line(moved(cut, 0.014, 0)), paint.stroke(WHITE, 0.005, 0.30, **_ROUND))


def _draw_foam(canvas: Any, tones: Palette, seed: int) -> None:
    """The wedge under the foot, grooved along its side; below it a line in the brand's colour."""
    wedge = shape(JOIN, _MIDDLE[::-1])
    pale, shade = mix(WHITE * 0.95, tones.accent, 0.04), mix(WHITE * 0.50, tones.accent, 0.12)
    canvas.save()
    canvas.clipPath(wedge, True)
    canvas.drawPaint(paint.ramp((0, 0.44), (0, 0.645), (0, pale, 1), (0.55, mix(pale, shade, 0.35), 1), (1, shade, 1)))
    across = ((0, BLACK, 0.55), (0.10, BLACK, 0.0), (0.5, BLACK, 0.12), (0.85, BLACK, 0.0), (1, BLACK, 0.5))
    canvas.drawPaint(paint.ramp((-1.16, 0), (1.28, 0), *across))
    beads = points(np.random.default_rng(seed + 1).uniform((-1.2, 0.4), (1.3, 0.7), (5000, 2)))
    canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, beads, paint.stroke(shade, 0.0045, 0.35, **_ROUND))
    for k in range(3):
        groove = moved(JOIN[: 70 - 12 * k], 0, 0.045 + 0.026 * k)
        for drop, tone, width in ((0.0, shade, 0.011), (0.009, WHITE, 0.005)):
            fade = ((0, tone, 0.9), (0.6, tone, 0.8), (1, tone, 0.0))
            ink = paint.ramp((-1.15, 0), (-0.10 - 0.14 * k, 0), *fade, **paint.lined(width))
            canvas.drawPath(line(moved(groove, 0, drop)), ink)
    canvas.restore()
    canvas.drawPath(line(moved(_MIDDLE, 0, 0.012)), paint.stroke(BLACK, 0.026, 0.6, blur=0.006))
    along = ((0, mix(tones.accent, tones.low, 0.4), 1), (0.5, tones.accent, 1), (1, mix(tones.accent, WHITE, 0.25), 1))
    canvas.drawPath(line(_MIDDLE), paint.ramp((-1.15, 0), (1.2, 0), *along, **paint.lined(0.022)))
    canvas.drawPath(line(beside(_MIDDLE, -0.010)), paint.stroke(WHITE, 0.004, 0.6))


def _height(x: float) -> float:
    """How low the tread reaches at `x`."""
    under: Curve = _TREAD[30:-60]
    return float(np.interp(-x, -under[:, 0], under[:, 1]))
