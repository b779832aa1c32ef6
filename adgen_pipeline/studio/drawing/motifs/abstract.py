"""Metal rings, silk and glass around a luminous core: what the studio shows of a product it cannot draw."""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, Palette, mix
from adgen_pipeline.studio.drawing.skia_door import skia

Vectors = NDArray[np.float64]
"""One (x, y, z) a row; x to the right, y down, z toward the eye."""

Piece = tuple[float, Callable[[Any], None]]
"""How near it is (z), and how to draw it."""

# Radius, width of the band, and how it is tilted about x, then about z (degrees).
_RINGS = ((1.02, 0.085, 72, -24), (0.80, 0.065, 58, 38), (0.60, 0.050, 79, 84))
_CORE = 0.30

# Where the spheres float: x, y, z, radius.
_GLASS = ((-0.72, -0.56, 0.55, 0.20), (0.74, 0.50, 0.70, 0.155), (0.50, -0.78, -0.4, 0.10), (-0.42, 0.80, 0.35, 0.075))
_METAL = (
    (0.83, -0.34, 0.3, 0.085),
    (-0.86, 0.34, 0.45, 0.062),
    (0.16, 0.98, 0.2, 0.042),
    (-0.18, -0.98, -0.3, 0.05),
    (1.02, 0.12, -0.2, 0.03),
)

_CUTS = 240  # pieces a ring is drawn in
_THREADS = 22  # lines in the veil
_LIGHTS = 6  # small lights that orbit the core


class Abstract:
    """An armillary of light. It bears no brand."""

    extent = (-1.16, -1.16, 1.16, 1.16)
    focus = ((0.0, 0.0), (-0.66, -0.50), (0.70, 0.42))

    def still(self, canvas: Any, look: Look) -> None:
        """All parts, from the farthest to the nearest."""
        tones = look.palette
        self._draw_aura(canvas, tones)
        pieces = [*self._rings(tones), *self._veil(tones, look.light), *self._spheres(tones)]
        pieces.append((0.0, partial(self._draw_core, tones=tones, seed=look.seed)))
        for _, draw in sorted(pieces, key=lambda piece: piece[0]):
            draw(canvas)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The core breathes, small lights orbit it, and `glint` runs once round the outer ring."""
        tones = look.palette
        breath = 0.16 + 0.12 * math.sin(seconds * 1.7)
        reach = 0.7 * _CORE
        canvas.drawCircle(0, 0, reach, paint.halo((0, 0), reach, (0, WHITE, breath), (1, WHITE, 0)))
        for k in range(_LIGHTS):
            radius, _, about_x, about_z = _RINGS[k % len(_RINGS)]
            angle = seconds * (0.5 + 0.11 * k) + k * 2.1
            self._draw_light(canvas, tones, _turned(_circle(radius, np.array([angle])), about_x, about_z)[0], 0.05)
        radius, _, about_x, about_z = _RINGS[0]
        for lag in range(5):
            place = _turned(_circle(radius, np.array([2 * math.pi * glint - 0.05 * lag])), about_x, about_z)[0]
            self._draw_light(canvas, tones, place, 0.075 - 0.012 * lag)

    def _draw_light(self, canvas: Any, tones: Palette, place: Vectors, radius: float) -> None:
        """A point of light, fainter when it is far, hidden behind the core."""
        x, y, z = (float(v) for v in place)
        if z < 0 and math.hypot(x, y) < _CORE + radius:
            return
        strength = 0.55 + 0.4 * z
        stops = (
            (0, WHITE, strength),
            (0.16, WHITE, strength * 0.9),
            (0.3, tones.high, strength * 0.4),
            (1, tones.accent, 0),
        )
        canvas.drawCircle(x, y, radius, paint.halo((x, y), radius, *stops))

    def _draw_aura(self, canvas: Any, tones: Palette) -> None:
        """The light of the core in the air."""
        stops = ((0, tones.high, 0.75), (0.22, tones.accent, 0.42), (0.5, tones.accent, 0.12), (1, tones.accent, 0))
        canvas.drawCircle(0, 0, 1.15, paint.halo((0, 0), 1.15, *stops))

    def _draw_core(self, canvas: Any, tones: Palette, seed: int) -> None:
        """A sphere of light, spun from fine threads."""
        halo = ((0, WHITE, 0.9), (0.45, tones.high, 0.6), (1, tones.accent, 0))
        canvas.drawCircle(0, 0, _CORE * 1.7, paint.halo((0, 0), _CORE * 1.7, *halo))
        body = (
            (0, WHITE, 1),
            (0.34, mix(tones.high, WHITE, 0.45), 1),
            (0.72, mix(tones.accent, tones.high, 0.35), 1),
            (0.94, tones.accent, 1),
            (1, mix(tones.accent, tones.low, 0.5), 1),
        )
        canvas.drawCircle(0, 0, _CORE, paint.halo((-0.05, -0.07), _CORE * 1.25, *body))
        canvas.save()
        canvas.clipPath(_disc(0, 0, _CORE), True)
        turns = np.random.default_rng(seed).uniform(0, 360, (90, 2))
        angles = np.linspace(0, math.pi, 48)
        for about_x, about_z in turns:
            thread = _turned(_circle(_CORE, angles), about_x, about_z)
            canvas.drawPath(_line_through(thread), paint.stroke(WHITE, 0.0022, 0.30))
        canvas.restore()
        canvas.drawCircle(0, 0, _CORE - 0.003, paint.stroke(mix(tones.high, WHITE, 0.5), 0.006, 0.8))

    def _rings(self, tones: Palette) -> Iterator[Piece]:
        """Polished bands, cut into short pieces, so that each can pass behind and before the core."""
        angles = np.linspace(0, 2 * math.pi, _CUTS + 1)
        for radius, width, about_x, about_z in _RINGS:
            out = _turned(_circle(1, angles), about_x, about_z)
            half = _turned(np.array([[0.0, 0.0, width / 2]]), about_x, about_z)[0]
            for k in range(_CUTS):
                around = out[[k, k + 1, (k + 2) % _CUTS]]
                near = float(around[1, 2]) * radius
                yield near, partial(self._draw_face, tones=tones, around=around, radius=radius, half=half)
                # A little nearer than its face, so that the face of the next piece cannot cover it.
                marked = 0.55 if k % 10 == 0 else 0.25 if k % 2 == 0 else 0.0
                edges = partial(self._draw_edges, tones=tones, middle=around * radius, half=half, mark=marked)
                yield near + 0.03, edges

    def _draw_face(self, canvas: Any, tones: Palette, around: Vectors, radius: float, half: Vectors) -> None:
        """One piece of a ring; `around` holds the directions in which it points away from the middle."""
        start, end = (_metal(tones, point) for point in around[[0, 2]])
        middle = around * radius
        here, there = ((float(x), float(y)) for x, y, _ in middle[[0, 2]])
        face = paint.ramp(here, there, (0, start, 1), (1, end, 1))
        canvas.drawPath(_line_through(np.vstack((middle + half, (middle - half)[::-1])), closed=True), face)

    def _draw_edges(self, canvas: Any, tones: Palette, middle: Vectors, half: Vectors, mark: float) -> None:
        """The two bright edges of one piece, and a graduation of `mark` of half its width."""
        bright = mix(mix(tones.high, WHITE, 0.3), tones.accent, 0.35 if middle[0, 2] > 0 else 0.75)
        for rim in (middle + half, middle - half):
            canvas.drawPath(_line_through(rim), paint.stroke(bright, 0.006))
        if mark:
            notch = np.vstack((middle[0] + half * 0.80, middle[0] + half * (0.80 - mark)))
            canvas.drawPath(_line_through(notch), paint.stroke(mix(tones.low, BLACK, 0.6), 0.0035, 0.8))

    def _veil(self, tones: Palette, light: bool) -> Iterator[Piece]:
        """A ribbon of fine threads that winds round the core, turning over on its way."""
        t = np.linspace(0, 2 * math.pi, 241)
        edge = tones.low if light else mix(tones.high, WHITE, 0.3)
        for share in np.linspace(0, 1, _THREADS):
            roll = 2 * t + 1.25 * share
            reach = 0.86 + 0.17 * np.cos(roll)
            thread = np.column_stack((reach * np.cos(t), reach * np.sin(t), 0.21 * np.sin(roll)))
            placed = _turned(thread, 64, 12)
            tone = mix(tones.accent, edge, abs(2 * share - 1) ** 2)
            width = 0.0055 if share in (0, 1) else 0.0028
            for k in range(0, 240, 6):
                yield self._thread(placed[k : k + 7], tone, width)

    def _thread(self, points: Vectors, tone: Colour, width: float) -> Piece:
        near = float(points[:, 2].mean())
        line = paint.stroke(tone, width, 0.42 + 0.38 * near)
        return near, lambda canvas: canvas.drawPath(_line_through(points), line)

    def _spheres(self, tones: Palette) -> Iterator[Piece]:
        for x, y, z, radius in _GLASS:
            yield z, partial(self._draw_glass, tones=tones, x=x, y=y, radius=radius)
        for x, y, z, radius in _METAL:
            yield z, partial(self._draw_metal, tones=tones, x=x, y=y, radius=radius)

    def _draw_glass(self, canvas: Any, tones: Palette, x: float, y: float, radius: float) -> None:
        """Clear glass: bright at its edge, the core's light gathered on the far side."""
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(radius, radius)
        edge, dark = mix(tones.high, WHITE, 0.4), mix(tones.ground, tones.low, 0.6)
        body = (
            (0, tones.high, 0.05),
            (0.6, tones.accent, 0.12),
            (0.84, dark, 0.55),
            (0.94, mix(tones.low, tones.accent, 0.6), 0.7),
            (0.985, edge, 0.95),
            (1, edge, 0.75),
        )
        canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, *body))
        away = math.atan2(y, x)
        canvas.clipPath(_disc(0, 0, 1), True)
        gx, gy = 0.62 * math.cos(away), 0.62 * math.sin(away)
        canvas.drawCircle(
            gx, gy, 0.6, paint.halo((gx, gy), 0.6, (0, WHITE, 0.75), (0.2, tones.high, 0.5), (1, tones.accent, 0))
        )
        toward = math.degrees(away) + 180
        canvas.drawArc(
            skia.Rect(-0.9, -0.9, 0.9, 0.9), toward - 48, 96, False, paint.stroke(edge, 0.05, 0.8, blur=0.035)
        )
        canvas.save()
        canvas.rotate(-38)
        window = skia.RRect.MakeRectXY(skia.Rect(-0.26, -0.80, 0.26, -0.54), 0.13, 0.12)
        canvas.drawRRect(window, paint.ramp((0, -0.8), (0, -0.5), (0, WHITE, 0.95), (1, WHITE, 0.10)))
        canvas.restore()
        canvas.restore()

    def _draw_metal(self, canvas: Any, tones: Palette, x: float, y: float, radius: float) -> None:
        """A polished sphere that mirrors a bright sky, a dark horizon and the light below it."""
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(radius, radius)
        canvas.clipPath(_disc(0, 0, 1), True)
        lit, dark = mix(tones.high, WHITE, 0.5), mix(tones.low, BLACK, 0.55)
        mirrored = (
            (0, lit, 1),
            (0.24, mix(tones.accent, tones.high, 0.5), 1),
            (0.46, tones.accent, 1),
            (0.66, tones.low, 1),
            (0.80, dark, 1),
            (0.90, tones.low, 1),
            (0.99, tones.accent, 1),
            (1, lit, 1),
        )
        canvas.drawPaint(paint.halo((-0.30, -0.40), 1.48, *mirrored))
        canvas.drawCircle(
            0,
            0,
            0.98,
            paint.ramp(
                (0, -1), (0, 1), (0, lit, 0.9), (0.3, lit, 0), (0.8, lit, 0), (1, lit, 0.7), **paint.lined(0.05)
            ),
        )
        canvas.drawCircle(
            -0.36, -0.42, 0.34, paint.halo((-0.36, -0.42), 0.34, (0, WHITE, 1), (0.35, WHITE, 0.7), (1, WHITE, 0))
        )
        canvas.restore()


def _metal(tones: Palette, out: Vectors) -> Colour:
    """What the polished inside or outside of a ring mirrors where it points to `out`.

    Softboxes to the left and the right, a dark room between; the inside lies in half shade.
    """
    normal, bright = (out, 1.0) if out[2] > 0 else (-out, 0.5)
    x, y = 2 * normal[2] * normal[0], 2 * normal[2] * normal[1]
    light = 0.16 + 0.85 * math.exp(-(((x + 0.55) / 0.26) ** 2)) + 0.55 * math.exp(-(((x - 0.72) / 0.20) ** 2))
    light += 0.35 * math.exp(-(((y + 0.6) / 0.35) ** 2))
    scale = np.array([mix(tones.low, BLACK, 0.45), tones.low, tones.accent, tones.high, mix(tones.high, WHITE, 0.6)])
    at = np.array([0, 0.18, 0.5, 0.85, 1.2])
    return np.array([np.interp(light * bright, at, scale[:, channel]) for channel in range(3)])


def _circle(radius: float, angles: Vectors) -> Vectors:
    """Points of a circle in the plane of the picture."""
    return radius * np.column_stack((np.cos(angles), np.sin(angles), np.zeros_like(angles)))


def _turned(points: Vectors, about_x: float, about_z: float) -> Vectors:
    """`points` turned about x, then about z (degrees)."""
    a, b = math.radians(about_x), math.radians(about_z)
    tilt = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    spin = np.array([[math.cos(b), -math.sin(b), 0], [math.sin(b), math.cos(b), 0], [0, 0, 1]])
    return points @ (spin @ tilt).T


def _line_through(points: Vectors, closed: bool = False) -> Any:
    path = skia.Path()
    path.addPoly([skia.Point(float(x), float(y)) for x, y, _ in points], closed)
    return path


def _disc(x: float, y: float, radius: float) -> Any:
    path = skia.Path()
    path.addCircle(x, y, radius)
    return path
