"""The back of a phone: satin glass, and the lenses in their raised window."""

import math
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.grain import grain
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials, sweep
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_LENSES = ((0.16, -0.775), (0.16, -0.50), (0.355, -0.640))
_WINDOW = skia.Rect(0.015, -0.93, 0.455, -0.345)


def draw_back(canvas: Any, look: Look, made: Materials, outline: Any) -> None:
    """Glass within `outline` in the brand's colour, and the camera at its upper right."""
    accent = look.palette.accent
    lit, deep = mix(accent, look.palette.high, 0.30), mix(accent, look.palette.low, 0.62)
    sheen = (
        (0, mix(lit, WHITE, 0.25), 1),
        (0.3, accent, 1),
        (0.62, deep, 1),
        (0.85, mix(accent, deep, 0.4), 1),
        (1, deep, 1),
    )
    canvas.drawRRect(outline, paint.ramp((0.5, -1.0), (-0.3, 1.0), *sheen))
    _frost(canvas, outline)
    canvas.drawRRect(outline, paint.ramp((0.5, -1), (-0.3, 1), (0, WHITE, 0.8), (0.4, WHITE, 0.15), (1, WHITE, 0.5),
                                         **paint.lined(0.006)))  # fmt: skip
    _window(canvas, accent, lit, deep)
    for x, y in _LENSES:
        canvas.save()
        canvas.translate(x, y)
        _lens(canvas, made, accent)
        canvas.restore()
    _flash(canvas)


def _frost(canvas: Any, outline: Any) -> None:
    """The fine grain of etched glass."""
    canvas.drawRRect(outline, grain(canvas, (260, 260), 0.9, seed=3.0))


def _window(canvas: Any, accent: Colour, lit: Colour, deep: Colour) -> None:
    """The raised plate the lenses are set into."""
    radius = 0.12
    canvas.drawRoundRect(_WINDOW.makeOffset(-0.012, 0.022), radius, radius, paint.fill(BLACK, 0.55, blur=0.022))
    corners = (_WINDOW.right(), _WINDOW.top()), (_WINDOW.left(), _WINDOW.bottom())
    polished = ((0, mix(lit, WHITE, 0.3), 1), (0.45, mix(accent, deep, 0.25), 1), (1, mix(deep, BLACK, 0.2), 1))
    canvas.drawRoundRect(_WINDOW, radius, radius, paint.ramp(*corners, *polished))
    edge = ((0, WHITE, 0.95), (0.35, WHITE, 0.2), (0.7, BLACK, 0.2), (1, WHITE, 0.35))
    canvas.drawRoundRect(_WINDOW, radius, radius, paint.ramp(*corners, *edge, **paint.lined(0.008)))


def _lens(canvas: Any, made: Materials, accent: Colour) -> None:
    """A metal ring, black glass, coated elements deeper and deeper, two reflections."""
    canvas.drawCircle(-0.006, 0.014, 0.108, paint.fill(BLACK, 0.6, blur=0.012))
    around = [made.lit, made.metal, made.shade, made.metal, made.lit, made.shade, made.metal, made.lit]
    canvas.drawCircle(0, 0, 0.106, paint.shaded(sweep(around, [0, 0.12, 0.28, 0.4, 0.55, 0.72, 0.88, 1], 200)))
    canvas.drawCircle(0, 0, 0.104, paint.stroke(made.lit, 0.003, 0.8))
    canvas.drawCircle(0, 0, 0.089, paint.fill(BLACK))
    canvas.drawCircle(
        0, 0, 0.087, paint.halo((0, 0), 0.087, (0.6, WHITE * 0.02, 1), (0.93, WHITE * 0.12, 1), (1, WHITE * 0.3, 1))
    )
    for k in range(30):
        angle = k * math.tau / 30
        cos, sin = math.cos(angle), math.sin(angle)
        canvas.drawLine(0.072 * cos, 0.072 * sin, 0.079 * cos, 0.079 * sin, paint.stroke(WHITE, 0.0015, 0.35))
    for radius, shine in ((0.064, 0.16), (0.050, 0.05), (0.038, 0.22), (0.024, 0.02)):
        tone = mix(WHITE * shine, accent, 0.25)
        canvas.drawCircle(0, 0, radius, paint.ramp((-radius, -radius), (radius, radius), (0, tone, 1), (1, BLACK, 1)))
        canvas.drawCircle(0, 0, radius, paint.stroke(WHITE, 0.0015, 0.22))
    coated = mix(accent, WHITE, 0.25)
    canvas.drawCircle(
        0.018, 0.02, 0.034, paint.halo((0.018, 0.02), 0.034, (0, coated, 0.75), (0.5, coated, 0.25), (1, coated, 0))
    )
    canvas.drawCircle(
        -0.026, -0.03, 0.030, paint.halo((-0.03, -0.034), 0.032, (0, WHITE, 0.9), (0.3, WHITE, 0.5), (1, WHITE, 0))
    )
    canvas.drawCircle(0.030, 0.034, 0.006, paint.fill(WHITE, 0.7))


def _flash(canvas: Any) -> None:
    """The light beside the lenses, and the microphone."""
    x, y = 0.355, -0.830
    glow = ((0, WHITE, 1), (0.5, WHITE * 0.92, 1), (0.8, WHITE * 0.65, 1), (1, WHITE * 0.35, 1))
    canvas.drawCircle(x, y, 0.036, paint.halo((x, y), 0.036, *glow))
    canvas.drawCircle(x, y, 0.037, paint.stroke(BLACK, 0.005, 0.5))
    canvas.drawCircle(0.355, -0.455, 0.010, paint.fill(BLACK, 0.9))
