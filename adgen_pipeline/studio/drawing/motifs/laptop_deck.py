"""The deck of a laptop: keys with light below them, trackpad, speakers, in blasted aluminium."""

from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import moved, points
from adgen_pipeline.studio.drawing.motifs.grain import grain
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

HALF, DEPTH = 1.09, 1.50
_WELL = skia.Rect(-0.925, 0.135, 0.925, 0.865)
_PAD = skia.Rect(-0.39, 0.935, 0.39, 1.43)
_GAP = 0.016

# Each row: its height, then its keys as (legend, width in keys).
_ROWS: tuple[tuple[float, tuple[tuple[str, float], ...]], ...] = (
    (0.62, tuple(("", 1.0) for _ in range(14))),
    (1.0, (*((c, 1.0) for c in "`1234567890-="), ("", 1.0))),
    (1.0, (("", 1.5), *((c, 1.0) for c in "QWERTYUIOP"), ("[", 0.85), ("]", 0.85), ("", 0.8))),
    (1.0, (("", 1.75), *((c, 1.0) for c in "ASDFGHJKL;'"), ("", 1.25))),
    (1.0, (("", 2.25), *((c, 1.0) for c in "ZXCVBNM,./"), ("", 1.75))),
    (1.0, (("", 1.0), ("", 1.0), ("", 1.0), ("", 1.25), ("", 5.5), ("", 1.25), ("", 1.0), ("", 1.0), ("", 1.0))),
)


def draw_deck(canvas: Any, look: Look, made: Materials) -> None:
    """The whole deck; u is across, v runs from the hinge toward the eye."""
    plate = skia.RRect.MakeRectXY(skia.Rect(-HALF, 0, HALF, DEPTH), 0.085, 0.085)
    canvas.save()
    canvas.clipRRect(plate, skia.ClipOp.kIntersect, True)
    _aluminium(canvas, look, made)
    _hinge(canvas, made)
    _speakers(canvas, made)
    _keyboard(canvas, look)
    _trackpad(canvas, made)
    canvas.restore()
    edge = ((0, made.lit, 0.9), (0.5, WHITE, 0.8), (1, made.lit, 0.9))
    canvas.drawRRect(plate, paint.ramp((-HALF, 0), (HALF, DEPTH), *edge, **paint.lined(0.006)))


def _aluminium(canvas: Any, look: Look, made: Materials) -> None:
    """Fine grain in a broad light, and what the screen throws on it."""
    tone = mix(made.metal, made.lit, 0.25) if look.light else mix(made.metal, made.shade, 0.38)
    lit, dark = mix(tone, made.lit, 0.65), mix(tone, made.shade, 0.28 if look.light else 0.55)
    sheen = ((0, tone, 1), (0.22, lit, 1), (0.38, tone, 1), (0.62, dark, 1), (0.82, tone, 1), (1, lit, 1))
    canvas.drawPaint(paint.ramp((-1.0, 0.1), (0.9, 1.5), *sheen))
    canvas.drawPaint(grain(canvas, (190, 190), 1.0, seed=5.0))
    glow = mix(look.palette.accent, WHITE, 0.35)
    thrown = ((0, glow, 0.55), (0.4, glow, 0.2), (1, glow, 0))
    canvas.drawRect(skia.Rect(-HALF, 0, HALF, 0.7), paint.ramp((0, 0), (0, 0.7), *thrown))


def _hinge(canvas: Any, made: Materials) -> None:
    """The dark gap below the lid, with a round bar in it."""
    canvas.drawRect(skia.Rect(-HALF, 0, HALF, 0.02), paint.fill(BLACK, 0.8))
    bar = ((0, mix(made.shade, BLACK, 0.4), 1), (0.4, made.metal, 1), (1, mix(made.shade, BLACK, 0.6), 1))
    canvas.drawRect(skia.Rect(-0.82, 0.0, 0.82, 0.045), paint.ramp((0, 0), (0, 0.045), *bar))
    canvas.drawRect(
        skia.Rect(-HALF, 0.045, HALF, 0.12), paint.ramp((0, 0.045), (0, 0.12), (0, BLACK, 0.4), (1, BLACK, 0))
    )


def _speakers(canvas: Any, made: Materials) -> None:
    """Fields of fine holes left and right of the keys."""
    v, u = np.meshgrid(np.arange(0.16, 0.86, 0.017), np.arange(0.955, 1.045, 0.017))
    spots = np.column_stack((u.ravel(), v.ravel() + 0.0085 * (np.round(u.ravel() / 0.017) % 2)))
    round_ends = {"StrokeCap": skia.Paint.kRound_Cap}
    for side in (-1, 1):
        holes = spots * (side, 1)
        mode = skia.Canvas.PointMode.kPoints_PointMode
        canvas.drawPoints(mode, points(moved(holes, 0.001, 0.002)), paint.stroke(made.lit, 0.0095, 0.6, **round_ends))
        canvas.drawPoints(mode, points(holes), paint.stroke(BLACK, 0.0085, 0.75, **round_ends))


def _keyboard(canvas: Any, look: Look) -> None:
    """A sunken tray, the light in it, and every key."""
    canvas.drawRoundRect(_WELL.makeOutset(0.006, 0.006), 0.03, 0.03, paint.stroke(WHITE, 0.005, 0.5))
    canvas.drawRoundRect(_WELL, 0.028, 0.028, paint.fill(mix(BLACK, look.palette.ground, 0.4)))
    glow = mix(look.palette.accent, WHITE, 0.15)
    backlight = ((0, glow, 0.75), (0.7, glow, 0.45), (1, glow, 0.2))
    canvas.drawRoundRect(_WELL, 0.028, 0.028, paint.halo((0, 0.5), 1.0, *backlight))
    unit = (_WELL.height() - _GAP * (len(_ROWS) + 1)) / sum(height for height, _ in _ROWS)
    top = _WELL.top() + _GAP
    for height, keys in _ROWS:
        _row(canvas, look, keys, top, top + height * unit)
        top += height * unit + _GAP


def _row(canvas: Any, look: Look, keys: tuple[tuple[str, float], ...], top: float, bottom: float) -> None:
    room = _WELL.width() - _GAP * (len(keys) + 1)
    unit, left = room / sum(width for _, width in keys), _WELL.left() + _GAP
    for legend, width in keys:
        _key(canvas, look, skia.Rect(left, top, left + width * unit, bottom), legend)
        left += width * unit + _GAP


def _key(canvas: Any, look: Look, cap: Any, legend: str) -> None:
    """A cap, dished a little, its rim lit from the screen, its legend lit from below."""
    accent, body = look.palette.accent, mix(WHITE * 0.085, look.palette.ground, 0.25)
    canvas.drawRoundRect(cap.makeOffset(0, 0.007), 0.018, 0.018, paint.fill(BLACK, 0.95))
    dish = ((0, mix(body, WHITE, 0.13), 1), (0.5, body, 1), (1, mix(body, WHITE, 0.05), 1))
    canvas.drawRoundRect(cap, 0.018, 0.018, paint.ramp((0, cap.top()), (0, cap.bottom()), *dish))
    rim = ((0, mix(accent, WHITE, 0.6), 0.75), (0.35, WHITE, 0.12), (1, WHITE, 0.05))
    edge = paint.ramp((0, cap.top()), (0, cap.bottom()), *rim, **paint.lined(0.004))
    canvas.drawRoundRect(cap.makeInset(0.002, 0.002), 0.016, 0.016, edge)
    ink: Colour = mix(WHITE, accent, 0.12)
    if legend:
        at = (cap.centerX(), cap.centerY() + 0.018)
        draw_wordmark(canvas, legend, at, 0.052, 0.05, paint.fill(ink, 0.92), face="sans")
    elif cap.width() < 0.4 and cap.height() > 0.08:
        sign = skia.Rect(cap.left() + 0.02, cap.bottom() - 0.032, cap.left() + 0.062, cap.bottom() - 0.022)
        canvas.drawRoundRect(sign, 0.004, 0.004, paint.fill(ink, 0.7))
    elif cap.height() <= 0.08:
        canvas.drawCircle(cap.centerX(), cap.centerY(), 0.008, paint.stroke(ink, 0.0035, 0.7))


def _trackpad(canvas: Any, made: Materials) -> None:
    """Glass, flush with the deck: only its seam shows, and another light on it."""
    sheen = ((0, made.lit, 0.34), (0.45, made.lit, 0.06), (1, made.shade, 0.22))
    canvas.drawRoundRect(_PAD, 0.035, 0.035, paint.ramp((-0.39, 0.93), (0.3, 1.43), *sheen))
    canvas.drawRoundRect(_PAD, 0.035, 0.035, paint.stroke(BLACK, 0.005, 0.5))
    lit = ((0, WHITE, 0.1), (1, WHITE, 0.6))
    canvas.drawRoundRect(
        _PAD.makeOffset(0, 0.005), 0.035, 0.035, paint.ramp((0, 0.9), (0, 1.43), *lit, **paint.lined(0.003))
    )
    notch = ((0, mix(made.shade, BLACK, 0.3), 1), (1, made.lit, 1))
    canvas.drawRoundRect(skia.Rect(-0.17, 1.472, 0.17, 1.52), 0.02, 0.02, paint.ramp((0, 1.47), (0, 1.5), *notch))
