"""The app on a phone: shapes only, no words but the brand's."""

import math
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.interface import (
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
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

SCREEN = skia.Rect(-0.455, -0.97, 0.455, 0.97)
SCREEN_RADIUS = 0.122
_LEFT, _RIGHT = -0.405, 0.405
_CHART = (_LEFT, -0.60, _RIGHT, -0.06)
_LIST_TOP, _ROW, _ROWS = 0.40, 0.215, 4
_NEXT_EVERY, _NEXT_TAKES = 3.4, 1.1
_NEWS_EVERY, _NEWS_STAYS = 7.0, 2.6


def draw_screen(canvas: Any, look: Look) -> None:
    """All that stands still."""
    tones = tones_of(look)
    wallpaper(canvas, (SCREEN.left(), SCREEN.top(), SCREEN.right(), SCREEN.bottom()), tones, 0.55)
    _status(canvas, tones)
    _greeting(canvas, look, tones)
    _chart_card(canvas, look, tones)
    _small_cards(canvas, tones)


def draw_live(canvas: Any, look: Look, seconds: float) -> None:
    """The list and what floats over it, the reading of the chart, and news from time to time."""
    tones = tones_of(look)
    _list(canvas, tones, seconds)
    _menu(canvas, tones)
    _reading(canvas, look, seconds)
    _news(canvas, tones, (seconds + 4.0) % _NEWS_EVERY)


def _status(canvas: Any, tones: Tones) -> None:
    """Clock, signal, battery, and the window of the camera."""
    bar(canvas, -0.375, -0.875, 0.10, 0.026, paint.fill(tones.ink))
    for k in range(4):
        panel(canvas, (0.215 + 0.021 * k, -0.868 - 0.008 * k, 0.228 + 0.021 * k, -0.860), 0.003, paint.fill(tones.ink))
    canvas.drawRoundRect(skia.Rect(0.315, -0.893, 0.378, -0.860), 0.010, 0.010, paint.stroke(tones.ink, 0.004, 0.6))
    panel(canvas, (0.320, -0.888, 0.360, -0.865), 0.006, paint.fill(tones.ink))
    panel(canvas, (-0.13, -0.912, 0.13, -0.840), 0.036, paint.fill(BLACK))
    lens = ((0, WHITE * 0.05, 1), (0.55, WHITE * 0.10, 1), (0.8, WHITE * 0.03, 1), (1, WHITE * 0.20, 1))
    canvas.drawCircle(0.088, -0.876, 0.022, paint.halo((0.088, -0.876), 0.022, *lens))
    canvas.drawCircle(0.082, -0.882, 0.006, paint.fill(mix(tones.accent, WHITE, 0.5), 0.8))


def _greeting(canvas: Any, look: Look, tones: Tones) -> None:
    """Who is there, and the name of the app if it has one."""
    avatar(canvas, -0.335, -0.725, 0.068, tones.accent, mix(tones.accent, WHITE, 0.78))
    if look.brand:
        draw_wordmark(canvas, look.brand, (-0.235, -0.700), 0.082, 0.44, paint.fill(tones.ink), middle=False)
    else:
        bar(canvas, -0.235, -0.748, 0.22, 0.022, paint.fill(tones.faint))
        bar(canvas, -0.235, -0.702, 0.36, 0.036, paint.fill(tones.ink))
    canvas.drawCircle(0.345, -0.725, 0.060, paint.fill(tones.card))
    for k in range(3):
        bar(canvas, 0.322, -0.743 + 0.018 * k, 0.046 - 0.012 * (k == 2), 0.007, paint.fill(tones.ink))


def _chart_card(canvas: Any, look: Look, tones: Tones) -> None:
    """The largest card, in the brand's colour: a figure, its growth, its line."""
    left, top, right, bottom = _CHART
    lifted(canvas, _CHART, 0.07)
    deep = mix(tones.accent, BLACK, 0.30)
    sheen = ((0, tones.second, 1), (0.5, tones.accent, 1), (1, deep, 1))
    panel(canvas, _CHART, 0.07, paint.ramp((left, top), (right, bottom), *sheen))
    ink = ink_on_accent(tones)
    bar(canvas, left + 0.06, top + 0.085, 0.20, 0.020, paint.fill(ink, 0.7))
    bar(canvas, left + 0.06, top + 0.155, 0.34, 0.056, paint.fill(ink))
    panel(canvas, (right - 0.20, top + 0.060, right - 0.055, top + 0.125), 0.033, paint.fill(ink, 0.24))
    bar(canvas, right - 0.165, top + 0.093, 0.075, 0.016, paint.fill(ink, 0.95))
    for k in range(4):
        y = top + 0.25 + 0.075 * k
        canvas.drawLine(left + 0.05, y, right - 0.05, y, paint.stroke(ink, 0.0025, 0.20))
    canvas.save()
    canvas.clipRRect(skia.RRect.MakeRectXY(skia.Rect(*_CHART), 0.07, 0.07), skia.ClipOp.kIntersect, True)
    draw_trend(canvas, _line_of(look), bottom, ink, 0.012)
    canvas.restore()
    rim = ((0, WHITE, 0.55), (0.4, WHITE, 0.05), (1, WHITE, 0.15))
    edge = paint.ramp((0, top), (0, bottom), *rim, **paint.lined(0.004))
    canvas.drawRoundRect(skia.Rect(*_CHART).makeInset(0.002, 0.002), 0.07, 0.07, edge)


def _small_cards(canvas: Any, tones: Tones) -> None:
    """Two cards side by side: what is reached, and the days of a week."""
    for left, right in ((_LEFT, -0.022), (0.022, _RIGHT)):
        lifted(canvas, (left, 0.0, right, 0.36), 0.055)
        panel(canvas, (left, 0.0, right, 0.36), 0.055, paint.fill(tones.card))
        bar(canvas, left + 0.045, 0.052, 0.16, 0.020, paint.fill(tones.faint))
    ring(canvas, -0.213, 0.205, 0.090, 0.72, tones)
    bar(canvas, -0.248, 0.205, 0.07, 0.026, paint.fill(tones.ink))
    columns(canvas, (0.06, 0.11, 0.367, 0.315), [0.42, 0.62, 0.5, 0.96, 0.7, 0.34, 0.55], tones, marked=3)


def _list(canvas: Any, tones: Tones, seconds: float) -> None:
    """Rows that move up by one from time to time, fading in from below and out above."""
    passed = math.floor(seconds / _NEXT_EVERY)
    moved = _ROW * paint.ease_in_out((seconds - passed * _NEXT_EVERY - 1.2) / _NEXT_TAKES)
    for k in range(_ROWS):
        top = _LIST_TOP + _ROW * k - moved
        shown = min(1.0, max(0.0, (0.86 - top) / 0.22), max(0.0, 1 - (_LIST_TOP - top) / 0.06))
        if shown > 0:
            _row(canvas, tones, passed + k, top, shown)


def _row(canvas: Any, tones: Tones, k: int, top: float, shown: float) -> None:
    """One row: a sign, two lines, a mark at its end; `shown` is how solid it is."""
    middle, tone = top + 0.092, (tones.accent, tones.second)[k % 2]
    panel(canvas, (_LEFT, top, _RIGHT, top + 0.185), 0.05, paint.fill(tones.card, shown))
    panel(canvas, (-0.365, middle - 0.056, -0.253, middle + 0.056), 0.032, paint.fill(tone, shown))
    _glyph(canvas, k, -0.309, middle, mix(tone, WHITE, 0.82), shown)
    bar(canvas, -0.205, middle - 0.026, (0.30, 0.22, 0.26)[k % 3], 0.030, paint.fill(tones.ink, 0.92 * shown))
    bar(canvas, -0.205, middle + 0.030, (0.18, 0.27, 0.15)[k % 3], 0.019, paint.fill(tones.faint, shown))
    bar(canvas, 0.255, middle, 0.105, 0.030, paint.fill(tone, shown))


def _glyph(canvas: Any, k: int, x: float, y: float, ink: Colour, shown: float = 1.0) -> None:
    """A small sign, another one on each row."""
    if k % 3 == 0:
        canvas.drawCircle(x, y, 0.026, paint.stroke(ink, 0.011, shown))
    elif k % 3 == 1:
        panel(canvas, (x - 0.026, y - 0.026, x + 0.026, y + 0.026), 0.010, paint.stroke(ink, 0.011, shown))
    else:
        for step in (-1, 0, 1):
            bar(
                canvas,
                x + 0.02 * step - 0.005,
                y + 0.006 - 0.006 * step,
                0.010,
                0.034 + 0.012 * step,
                paint.fill(ink, shown),
            )


def _menu(canvas: Any, tones: Tones) -> None:
    """The round bar that floats over the list."""
    panel(canvas, (-0.33, 0.775, 0.33, 0.905), 0.065, paint.fill(mix(tones.card, tones.ink, 0.06)))
    canvas.drawRoundRect(skia.Rect(-0.33, 0.775, 0.33, 0.905), 0.065, 0.065, paint.stroke(WHITE, 0.003, 0.22))
    for k, x in enumerate((-0.24, -0.08, 0.08, 0.24)):
        if k == 0:
            canvas.drawCircle(x, 0.84, 0.05, paint.fill(tones.accent))
        _glyph(canvas, k, x, 0.84, mix(tones.accent, WHITE, 0.85) if k == 0 else tones.faint)
    bar(canvas, -0.12, 0.943, 0.24, 0.011, paint.fill(tones.ink, 0.85))


def _reading(canvas: Any, look: Look, seconds: float) -> None:
    """A point that wanders along the chart's line, with a ring that opens around it."""
    run, ink = _line_of(look), ink_on_accent(tones_of(look))
    at = run[int((0.74 + 0.12 * math.sin(0.8 * seconds)) * (len(run) - 1))]
    x, y = float(at[0]), float(at[1])
    pulse = (0.7 * seconds) % 1
    canvas.drawLine(x, y, x, _CHART[3] - 0.004, paint.stroke(ink, 0.004, 0.5))
    canvas.drawCircle(x, y, 0.022 + 0.045 * pulse, paint.fill(ink, 0.35 * (1 - pulse)))
    canvas.drawCircle(x, y, 0.023, paint.fill(ink))
    canvas.drawCircle(x, y, 0.012, paint.fill(mix(look.palette.accent, BLACK, 0.2)))


def _news(canvas: Any, tones: Tones, clock: float) -> None:
    """A card that comes down from the upper edge, waits and leaves."""
    shown = paint.ease_out(clock / 0.6) - paint.ease_in_out((clock - _NEWS_STAYS) / 0.5)
    if shown <= 0.001:
        return
    canvas.save()
    canvas.clipRect(skia.Rect(-0.45, SCREEN.top(), 0.45, -0.6), doAntiAlias=True)
    top = -1.16 + 0.345 * shown
    panel(canvas, (-0.425, top, 0.425, top + 0.185), 0.07, paint.fill(mix(tones.card, WHITE, 0.10), 0.97))
    canvas.drawRoundRect(skia.Rect(-0.425, top, 0.425, top + 0.185), 0.07, 0.07, paint.stroke(WHITE, 0.003, 0.3))
    panel(canvas, (-0.385, top + 0.037, -0.275, top + 0.147), 0.032, paint.fill(tones.accent))
    canvas.drawCircle(-0.33, top + 0.092, 0.026, paint.fill(mix(tones.accent, WHITE, 0.82)))
    bar(canvas, -0.235, top + 0.066, 0.30, 0.030, paint.fill(tones.ink))
    bar(canvas, -0.235, top + 0.121, 0.46, 0.020, paint.fill(tones.faint))
    canvas.restore()


def _line_of(look: Look) -> Any:
    left, _, right, bottom = _CHART
    return trend((left, _CHART[1] + 0.20, right, bottom), look.seed)
