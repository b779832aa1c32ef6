"""The face of a smartwatch: the hour, the pulse, what is reached today; shapes and digits, no words but the brand's."""

import math
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import line
from adgen_pipeline.studio.drawing.motifs.interface import Tones, bar, tones_of, wallpaper
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

SCREEN = skia.Rect(-0.475, -0.585, 0.475, 0.585)
SCREEN_RADIUS = 0.185
_TRACK = skia.Rect(-0.435, -0.545, 0.435, 0.545)
_TRACK_RADIUS = 0.15
_MINUTE = 24.0  # seconds in which the light runs once around the edge: an ad is short
_PULSE = (-0.335, 0.335, 0.085, 0.115)  # left, right, middle, height of a beat
_BEAT = 1.1  # beats a second
_RINGS = ((-0.235, 0.78), (0.0, 0.62), (0.235, 0.90))
_RINGS_Y = 0.345
_ROUND = {"StrokeCap": skia.Paint.kRound_Cap, "StrokeJoin": skia.Paint.kRound_Join}


def draw_screen(canvas: Any, look: Look) -> None:
    """All that stands still: the ground, the track of the seconds, the hour, the grid behind the pulse."""
    tones = screen_tones(look)
    canvas.drawRect(SCREEN, paint.fill(BLACK))
    wallpaper(canvas, (SCREEN.left(), SCREEN.top(), SCREEN.right(), SCREEN.bottom()), tones, 0.34)
    _ticks(canvas, tones)
    if look.brand:
        draw_wordmark(canvas, look.brand.upper(), (0, -0.385), 0.070, 0.50, paint.fill(tones.ink, 0.92), spacing=0.16)
    else:
        bar(canvas, -0.10, -0.41, 0.20, 0.024, paint.fill(tones.faint))
    draw_wordmark(canvas, "10:09", (0, -0.115), 0.31, 0.68, paint.fill(WHITE), face="tech", spacing=0.0)
    left, right, middle, height = _PULSE
    for k in range(3):
        y = middle + (k - 1) * 0.75 * height
        canvas.drawLine(left, y, right, y, paint.stroke(tones.ink, 0.0022, 0.13))
    for x, _ in _RINGS:
        canvas.drawCircle(x, _RINGS_Y, 0.082, paint.stroke(mix(tones.faint, BLACK, 0.3), 0.030, 0.55))


def draw_live(canvas: Any, look: Look, seconds: float) -> None:
    """The light that runs around, the pulse, and the rings that breathe as they close."""
    tones = screen_tones(look)
    _running_light(canvas, tones, seconds)
    _pulse(canvas, tones, seconds)
    for k, (x, share) in enumerate(_RINGS):
        _ring(canvas, tones, (x, _RINGS_Y), share + 0.07 * math.sin(0.7 * seconds + 2.1 * k), k)


def screen_tones(look: Look) -> Tones:
    """A watch's screen is dark by day, too: that saves its battery."""
    return tones_of(replace(look, light=False))


@cache
def _track() -> Any:
    """The line around the edge, from its top middle clockwise."""
    path, r = skia.Path(), 2 * _TRACK_RADIUS
    left, top, right, bottom = _TRACK.left(), _TRACK.top(), _TRACK.right(), _TRACK.bottom()
    path.moveTo(0, top)
    path.arcTo(skia.Rect(right - r, top, right, top + r), -90, 90, False)
    path.arcTo(skia.Rect(right - r, bottom - r, right, bottom), 0, 90, False)
    path.arcTo(skia.Rect(left, bottom - r, left + r, bottom), 90, 90, False)
    path.arcTo(skia.Rect(left, top, left + r, top + r), 180, 90, False)
    path.close()
    return path


def _ticks(canvas: Any, tones: Tones) -> None:
    """Sixty strokes around the edge, every fifth of them bright."""
    measure = skia.PathMeasure(_track(), False)
    step = measure.getLength() / 60
    for k in range(60):
        spot, along = measure.getPosTan(k * step)
        x, y, dx, dy = spot.x(), spot.y(), -along.y(), along.x()
        long = 0.034 if k % 5 == 0 else 0.020
        ink = paint.stroke(tones.ink, 0.008 if k % 5 == 0 else 0.005, 0.75 if k % 5 == 0 else 0.35, **_ROUND)
        canvas.drawLine(x, y, x + long * dx, y + long * dy, ink)


def _running_light(canvas: Any, tones: Tones, seconds: float) -> None:
    """The part of the minute that has passed, in the brand's colour, its head in white."""
    measure = skia.PathMeasure(_track(), False)
    length = measure.getLength()
    head = ((seconds / _MINUTE + 0.42) % 1) * length
    passed = skia.Path()
    measure.getSegment(0, head, passed, True)
    canvas.drawPath(passed, paint.stroke(mix(tones.accent, WHITE, 0.12), 0.020, **_ROUND))
    spot, _ = measure.getPosTan(head)
    canvas.drawCircle(spot.x(), spot.y(), 0.036, paint.fill(tones.accent, 0.35))
    canvas.drawCircle(spot.x(), spot.y(), 0.018, paint.fill(WHITE))


def _pulse(canvas: Any, tones: Tones, seconds: float) -> None:
    """A trace that is written from left to right, its oldest part fading."""
    left, right, middle, height = _PULSE
    x = np.linspace(left, right, 80)
    when = seconds * _BEAT - (right - x) / (right - left) * 2.6
    run = np.column_stack((x, middle - height * _heartbeat(when % 1)))
    tone = mix(tones.second, WHITE, 0.25)
    fade = ((0, tone, 0.0), (0.35, tone, 0.6), (1, tone, 1.0))
    canvas.drawPath(line(run), paint.ramp((left, 0), (right, 0), *fade, **paint.lined(0.015), **_ROUND))
    end = float(run[-1, 1])
    canvas.drawCircle(right, end, 0.040, paint.fill(tone, 0.25))
    canvas.drawCircle(right, end, 0.017, paint.fill(WHITE))


def _heartbeat(phase: Any) -> Any:
    """One beat, from phase 0 to 1: a small wave, the sharp one, a round one after it."""
    waves = ((0.18, 0.030, 0.14), (0.275, 0.012, -0.20), (0.31, 0.016, 1.0), (0.35, 0.014, -0.36), (0.56, 0.050, 0.24))
    return sum(tall * np.exp(-(((phase - at) / wide) ** 2)) for at, wide, tall in waves)


def _ring(canvas: Any, tones: Tones, at: tuple[float, float], share: float, k: int) -> None:
    """What is reached of one aim, and a sign in its middle."""
    (x, y), radius = at, 0.082
    tone = mix((tones.accent, tones.second, WHITE)[k], WHITE, 0.12)
    arc = skia.Rect(x - radius, y - radius, x + radius, y + radius)
    canvas.drawArc(arc, -90, 360 * min(share, 0.999), False, paint.stroke(tone, 0.030, **_ROUND))
    for step in range(3 if k == 1 else 1):
        tall = 0.026 + 0.014 * step if k == 1 else 0.030
        bar(
            canvas,
            x - 0.015 + (0.020 * step - 0.012 if k == 1 else 0),
            y,
            0.012 if k == 1 else 0.030,
            tall,
            paint.fill(tone),
        )
