"""The app on a laptop: a dashboard of shapes, no words but the brand's."""

import math
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.interface import (
    Box,
    Tones,
    avatar,
    bar,
    columns,
    draw_trend,
    ink_on_accent,
    lifted,
    panel,
    ring,
    tones_of,
    trend,
    wallpaper,
)
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

WIDE, HIGH = 2.06, 1.30
_CHART: Box = (-0.60, -0.40, 0.38, 0.16)
_WEEK: Box = (0.43, -0.40, 0.98, 0.16)
_FEED: Box = (-0.60, 0.21, 0.12, 0.60)
_GOAL: Box = (0.17, 0.21, 0.98, 0.60)
_ROW = 0.125


def draw_screen(canvas: Any, look: Look) -> None:
    """All that stands still; (0, 0) is the middle of the display."""
    tones = tones_of(look)
    wallpaper(canvas, (-WIDE / 2, -HIGH / 2, WIDE / 2, HIGH / 2), tones, 0.45)
    _sidebar(canvas, look, tones)
    _header(canvas, tones)
    _chart_card(canvas, look, tones)
    for box in (_WEEK, _FEED, _GOAL):
        _card(canvas, box, tones)
    _goals(canvas, tones)


def draw_live(canvas: Any, look: Look, seconds: float) -> None:
    """The feed scrolls, the week's columns breathe, the chart is read by a pointer that wanders."""
    tones = tones_of(look)
    week = [0.52 + 0.34 * math.sin(1.7 * k + 0.9) + 0.06 * math.sin(1.1 * seconds + k) for k in range(7)]
    columns(canvas, (_WEEK[0] + 0.05, _WEEK[1] + 0.16, _WEEK[2] - 0.05, _WEEK[3] - 0.06), week, tones, marked=4)
    _feed(canvas, tones, 0.5 * _ROW * (1 - math.cos(0.6 * seconds)))
    _reading(canvas, look, tones, seconds)


def _sidebar(canvas: Any, look: Look, tones: Tones) -> None:
    """The name of the app if it has one, and the ways into it."""
    canvas.drawRect(skia.Rect(-WIDE / 2, -HIGH / 2, -0.66, HIGH / 2), paint.fill(tones.card, 0.72))
    sheen = paint.ramp((-0.975, -0.585), (-0.905, -0.515), (0, tones.second, 1), (1, tones.accent, 1))
    panel(canvas, (-0.975, -0.585, -0.905, -0.515), 0.022, sheen)
    canvas.drawCircle(-0.94, -0.55, 0.016, paint.fill(ink_on_accent(tones)))
    if look.brand:
        draw_wordmark(canvas, look.brand, (-0.885, -0.531), 0.052, 0.205, paint.fill(tones.ink), middle=False)
    else:
        bar(canvas, -0.885, -0.55, 0.15, 0.024, paint.fill(tones.ink))
    for k in range(6):
        y = -0.39 + 0.105 * k
        if k == 1:
            panel(canvas, (-0.985, y - 0.042, -0.685, y + 0.042), 0.022, paint.fill(tones.accent, 0.22))
        ink = tones.accent if k == 1 else tones.faint
        panel(canvas, (-0.955, y - 0.017, -0.921, y + 0.017), 0.008, paint.stroke(ink, 0.008))
        bar(
            canvas,
            -0.89,
            y,
            (0.13, 0.15, 0.10, 0.14, 0.09, 0.12)[k],
            0.018,
            paint.fill(tones.ink if k == 1 else tones.faint),
        )
    avatar(canvas, -0.935, 0.53, 0.042, tones.second, mix(tones.second, WHITE, 0.8))
    bar(canvas, -0.875, 0.518, 0.14, 0.019, paint.fill(tones.ink))
    bar(canvas, -0.875, 0.548, 0.09, 0.013, paint.fill(tones.faint))


def _header(canvas: Any, tones: Tones) -> None:
    """A title, a field to search in, two round signs."""
    bar(canvas, -0.60, -0.545, 0.36, 0.044, paint.fill(tones.ink))
    bar(canvas, -0.60, -0.478, 0.24, 0.018, paint.fill(tones.faint))
    panel(canvas, (0.30, -0.575, 0.78, -0.495), 0.04, paint.fill(tones.card))
    canvas.drawCircle(0.345, -0.537, 0.013, paint.stroke(tones.faint, 0.006))
    canvas.drawLine(0.354, -0.527, 0.364, -0.517, paint.stroke(tones.faint, 0.006))
    bar(canvas, 0.39, -0.535, 0.16, 0.014, paint.fill(tones.faint))
    for x, tone in ((0.85, tones.card), (0.95, tones.accent)):
        canvas.drawCircle(x, -0.535, 0.038, paint.fill(tone))
    bar(canvas, 0.935, -0.535, 0.03, 0.007, paint.fill(ink_on_accent(tones)))
    bar(canvas, 0.9465, -0.535, 0.007, 0.03, paint.fill(ink_on_accent(tones)))


def _card(canvas: Any, box: Box, tones: Tones) -> None:
    lifted(canvas, box, 0.04)
    panel(canvas, box, 0.04, paint.fill(tones.card))
    canvas.drawRoundRect(skia.Rect(*box), 0.04, 0.04, paint.stroke(WHITE, 0.0025, 0.10))
    bar(canvas, box[0] + 0.05, box[1] + 0.06, 0.17, 0.020, paint.fill(tones.ink, 0.85))


def _chart_card(canvas: Any, look: Look, tones: Tones) -> None:
    """The largest card, in the brand's colour."""
    left, top, right, bottom = _CHART
    lifted(canvas, _CHART, 0.04)
    deep, ink = mix(tones.accent, BLACK, 0.30), ink_on_accent(tones)
    sheen = ((0, tones.second, 1), (0.5, tones.accent, 1), (1, deep, 1))
    panel(canvas, _CHART, 0.04, paint.ramp((left, top), (right, bottom), *sheen))
    bar(canvas, left + 0.05, top + 0.06, 0.15, 0.018, paint.fill(ink, 0.7))
    bar(canvas, left + 0.05, top + 0.115, 0.26, 0.044, paint.fill(ink))
    for k in range(4):
        y = top + 0.19 + 0.085 * k
        canvas.drawLine(left + 0.04, y, right - 0.04, y, paint.stroke(ink, 0.0022, 0.2))
    canvas.save()
    canvas.clipRRect(skia.RRect.MakeRectXY(skia.Rect(*_CHART), 0.04, 0.04), skia.ClipOp.kIntersect, True)
    draw_trend(canvas, _line(look.seed), bottom, ink, 0.010)
    canvas.restore()
    rim = ((0, WHITE, 0.5), (0.4, WHITE, 0.05), (1, WHITE, 0.15))
    canvas.drawRoundRect(skia.Rect(*_CHART), 0.04, 0.04, paint.ramp((0, top), (0, bottom), *rim, **paint.lined(0.003)))


def _goals(canvas: Any, tones: Tones) -> None:
    """Three rings and what they stand for."""
    for k, share in enumerate((0.82, 0.56, 0.33)):
        x = _GOAL[0] + 0.15 + 0.255 * k
        ring(canvas, x, 0.405, 0.070, share, tones)
        bar(canvas, x - 0.025, 0.405, 0.05, 0.018, paint.fill(tones.ink))
        bar(canvas, x - 0.06, 0.535, 0.12, 0.016, paint.fill(tones.faint))


def _feed(canvas: Any, tones: Tones, scrolled: float) -> None:
    """People and what they did, line by line."""
    left, top, right, bottom = _FEED
    for k in range(4):
        y = top + 0.155 + _ROW * k - scrolled
        shown = min(1.0, max(0.0, (y - top - 0.085) / 0.06), max(0.0, (bottom - 0.01 - y) / 0.07))
        if shown <= 0:
            continue
        tone = (tones.accent, tones.second)[k % 2]
        canvas.drawCircle(left + 0.09, y, 0.038, paint.fill(tone, shown))
        canvas.drawCircle(left + 0.09, y, 0.016, paint.fill(mix(tone, WHITE, 0.8), shown))
        bar(canvas, left + 0.155, y - 0.016, (0.24, 0.19, 0.28, 0.21)[k], 0.020, paint.fill(tones.ink, 0.9 * shown))
        bar(canvas, left + 0.155, y + 0.018, (0.15, 0.22, 0.13, 0.17)[k], 0.013, paint.fill(tones.faint, shown))
        bar(canvas, right - 0.13, y, 0.08, 0.022, paint.fill(tone, shown))


def _reading(canvas: Any, look: Look, tones: Tones, seconds: float) -> None:
    """The point that is read on the chart's line, its note, and the pointer."""
    run, ink = _line(look.seed), ink_on_accent(tones)
    at = run[int((0.66 + 0.14 * math.sin(0.7 * seconds)) * (len(run) - 1))]
    x, y, pulse = float(at[0]), float(at[1]), (0.7 * seconds) % 1
    canvas.drawLine(x, y, x, _CHART[3] - 0.004, paint.stroke(ink, 0.003, 0.5))
    canvas.drawCircle(x, y, 0.018 + 0.034 * pulse, paint.fill(ink, 0.35 * (1 - pulse)))
    canvas.drawCircle(x, y, 0.018, paint.fill(ink))
    canvas.drawCircle(x, y, 0.009, paint.fill(tones.accent))
    panel(canvas, (x - 0.09, y - 0.115, x + 0.09, y - 0.045), 0.018, paint.fill(tones.card))
    bar(canvas, x - 0.055, y - 0.080, 0.11, 0.020, paint.fill(tones.ink))
    canvas.save()
    canvas.translate(x + 0.035, y + 0.03)
    canvas.drawPath(_pointer(), paint.fill(WHITE))
    canvas.drawPath(_pointer(), paint.stroke(BLACK, 0.004, 0.8))
    canvas.restore()


@cache
def _pointer() -> Any:
    path = skia.Path()
    corners = ((0, 0), (0, 0.068), (0.016, 0.053), (0.027, 0.076), (0.038, 0.070), (0.028, 0.049), (0.048, 0.047))
    path.addPoly([skia.Point(*corner) for corner in corners], True)
    return path


@cache
def _line(seed: int) -> Any:
    left, top, right, bottom = _CHART
    return trend((left, top + 0.14, right, bottom), seed)
