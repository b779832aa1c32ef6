"""Headphones from the front and the side: one cup shows its outer plate, the other its cushion."""

import math
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, smooth
from adgen_pipeline.studio.drawing.motifs.headphones_cup import FACE, YOKE_TOP, draw_cup, plane_across
from adgen_pipeline.studio.drawing.motifs.headphones_faces import Stuff, draw_plate_light, stuff
from adgen_pipeline.studio.drawing.motifs.space import Pose, on_plane
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_POSE = Pose(at=(-0.02, 0.0, 0.0), yaw=-40, pitch=9)
_ARCH = smooth(
    (-0.845, -0.16), (-0.855, -0.36), (-0.80, -0.62), (-0.62, -0.88), (-0.34, -1.03), (0.0, -1.075),
    (0.34, -1.03), (0.62, -0.88), (0.80, -0.62), (0.855, -0.36), (0.845, -0.16),
)  # fmt: skip
_STEM = smooth((0.83, YOKE_TOP + 0.03), (0.836, -0.02), (0.845, -0.20))
_WIDE, _SLICES = 0.135, 54  # half the width of the band, and the slices it is drawn as


class Headphones:
    """Over-ear, with yokes of metal. The brand stands on the plate of the near cup, if there is one."""

    extent = (-1.0, -1.18, 1.0, 1.17)
    face = (0.08, -0.05, 0.96, 1.13)
    focus = ((0.72, 0.62), (-0.46, 0.44), (0.62, 0.10), (0.42, 0.55))

    def still(self, canvas: Any, look: Look) -> None:
        """Far cup, band, near cup."""
        made = stuff(look)
        draw_cup(canvas, _POSE, look, made, side=-1)
        for side in (-1, 1):
            _stem(canvas, made, side)
        _band(canvas, made)
        _sleeves(canvas, made)
        draw_cup(canvas, _POSE, look, made, side=1)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The ring of light around the plate breathes, the plate catches light, and light runs over the band."""
        made = stuff(look)
        with on_plane(canvas, plane_across(_POSE, FACE)):
            draw_plate_light(canvas, made, seconds, glint)
        _band_light(canvas, glint)


def _stem(canvas: Any, made: Stuff, side: int) -> None:
    """The bar of brushed metal that slides into the band."""
    run = _STEM * (side, 1)
    for k in range(19):
        z = 0.045 * (k / 9 - 1)
        light = 0.25 + 0.55 * (k / 18) ** 2 + 0.35 * math.exp(-(((k - 16) / 1.2) ** 2))
        tone = mix(made.metal_shade, made.metal_lit, min(1.0, light))
        with on_plane(canvas, _POSE.face(z)):
            canvas.drawPath(line(run), paint.stroke(tone, 0.034))
    with on_plane(canvas, _POSE.face(0.046)):
        _marks(canvas, made, run)


def _marks(canvas: Any, made: Stuff, run: Curve) -> None:
    """The notches the bar clicks into."""
    for k in range(10, len(run) - 16, 4):
        (x, y), dark = run[k], mix(made.metal_shade, BLACK, 0.5)
        canvas.drawLine(float(x) - 0.008, float(y), float(x) + 0.008, float(y), paint.stroke(dark, 0.004, 0.8))


def _band(canvas: Any, made: Stuff) -> None:
    """Leather outside, a soft pad inside, drawn slice by slice from the far edge to the near one."""
    for k in range(_SLICES + 1):
        along = 2 * k / _SLICES - 1
        full = math.sqrt(max(0.0, 1 - abs(along) ** 5))
        with on_plane(canvas, _POSE.face(_WIDE * along)):
            _slice(canvas, made, full, along)
    thread = {"PathEffect": skia.DashPathEffect.Make([0.026, 0.016], 0), "StrokeCap": skia.Paint.kRound_Cap}
    for run in (beside(_ARCH[10:-10], -0.020), beside(_ARCH[28:-28], 0.034)):
        seam = line(run)
        with on_plane(canvas, _POSE.face(0.955 * _WIDE)):
            canvas.drawPath(seam, paint.stroke(BLACK, 0.012, 0.5))
            canvas.drawPath(seam, paint.stroke(made.thread, 0.006, 0.9, **thread))


def _sleeves(canvas: Any, made: Stuff) -> None:
    """The ends of the band, held in polished metal."""
    for k in range(2 * _SLICES + 1):
        along = k / _SLICES - 1
        full = math.sqrt(max(0.0, 1 - abs(along) ** 7))
        light = 0.42 + 0.22 * along + 0.5 * math.exp(-(((along - 0.84) / 0.10) ** 2)) + 0.2 * math.sin(5 * along)
        metal = paint.stroke(mix(made.metal_shade, made.metal_lit, min(1.0, light)), 0.040 + 0.038 * full)
        with on_plane(canvas, _POSE.face(1.03 * _WIDE * along)):
            canvas.drawPath(_ends(), metal)


def _slice(canvas: Any, made: Stuff, full: float, along: float) -> None:
    light = 0.30 + 0.28 * along + 0.45 * math.exp(-(((along - 0.86) / 0.10) ** 2))
    lit, skin, dark = made.skin_lit, made.skin, mix(made.skin, BLACK, 0.72)
    low, high = mix(dark, skin, light), mix(skin, lit, max(0.0, 1.1 * light - 0.15))
    sheen = ((0, low, 1), (0.25, high, 1), (0.40, mix(high, WHITE, 0.18), 1), (0.6, high, 1), (1, low, 1))
    outer = paint.ramp((-0.85, -0.2), (0.7, -1.0), *sheen, **paint.lined(0.054 * full + 0.004))
    canvas.drawPath(_outer_line(), outer)
    pad = mix(mix(made.leather, BLACK, 0.55), made.leather_lit, max(0.0, light - 0.1))
    canvas.drawPath(_inner_line(), paint.stroke(pad, 0.060 * full + 0.004, StrokeCap=skia.Paint.kRound_Cap))


@cache
def _outer_line() -> Any:
    return line(beside(_ARCH, -0.022))


@cache
def _ends() -> Any:
    """The sleeves of metal at both ends of the band."""
    ends = line(beside(_ARCH[:7], -0.012))
    ends.addPath(line(beside(_ARCH[-7:], -0.012)))
    return ends


@cache
def _inner_line() -> Any:
    return line(beside(_ARCH[26:-26], 0.030))


def _band_light(canvas: Any, glint: float) -> None:
    """A streak on the near edge of the band, from left to right."""
    x = -1.25 + 2.5 * glint
    band = ((0, WHITE, 0), (0.5, WHITE, 0.55), (1, WHITE, 0))
    streak = paint.ramp((x - 0.28, 0), (x + 0.28, 0), *band, **paint.lined(0.014))
    edge = line(beside(_ARCH, -0.044))
    with on_plane(canvas, _POSE.face(0.93 * _WIDE)):
        canvas.drawPath(edge, streak)
