"""One cup of headphones: shell, trim, leather cushion; turned from slices, hung in a yoke."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.grain import grain
from adgen_pipeline.studio.drawing.motifs.headphones_faces import (
    BROAD,
    PLATE,
    TALL,
    Stuff,
    draw_opening,
    draw_plate,
)
from adgen_pipeline.studio.drawing.motifs.space import Pose, on_plane, pixels_a_unit
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

FACE = 0.985
"""How far from the middle the outer plate is."""

_MIDDLE = 0.52  # height of a cup's middle
_YOKE = 0.475  # radius of the yoke
YOKE_TOP = _MIDDLE - TALL * _YOKE
_FIRST_YOKE, _LAST_YOKE = 0.79, 0.86
_THIN, _THICK, _PIXELS = 0.0030, 0.0090, 2.0  # how thin slices are: as near to two pixels as these bounds allow
_SEAM = 0.520  # where the two halves of the cushion's leather are sewn together
_RING = 0.07

# From the cushion's face outward: where a part begins and what it is made of, its radius there and where it ends, and
# how much it bulges in between.
_PARTS = (
    (0.430, "leather", 0.318, 0.382, 0.085), (0.655, "gap", 0.382, 0.382, 0.0), (0.675, "body", 0.388, 0.412, 0.006),
    (0.772, "metal", 0.417, 0.417, 0.0), (0.795, "shell", 0.414, 0.288, 0.050), (0.960, "gap", 0.280, 0.268, 0.0),
    (0.967, "metal", 0.268, PLATE, 0.004),
)  # fmt: skip
_STARTS = [part[0] for part in _PARTS]


def plane_across(pose: Pose, x: float) -> Any:
    """The plane through a cup at `x`, around its middle, as it is seen from its right."""
    return pose.plane((x, _MIDDLE, 0), (0, 0, -1), (0, 1, 0))


def draw_cup(canvas: Any, pose: Pose, look: Look, made: Stuff, *, side: int) -> None:
    """The cup at the left (`side` -1: its cushion is seen) or at the right (1: its plate is seen)."""
    step = min(_THICK, max(_THIN, _PIXELS / pixels_a_unit(canvas)))
    cushion, rest = np.arange(_STARTS[0], _STARTS[1], step), np.arange(_STARTS[1], FACE, step)
    if side > 0:
        _cushion(canvas, pose, made, cushion, side)
        _turned(canvas, pose, made, rest, side)
        with on_plane(canvas, plane_across(pose, FACE)):
            draw_plate(canvas, look, made)
    else:
        _turned(canvas, pose, made, rest[::-1], side)
        _cushion(canvas, pose, made, cushion[::-1], side)


def _cushion(canvas: Any, pose: Pose, made: Stuff, reach: NDArray[np.float64], side: int) -> None:
    """The leather, with its grain."""
    canvas.saveLayer(None, None)
    _turned(canvas, pose, made, reach, side)
    if side < 0:
        with on_plane(canvas, plane_across(pose, -_STARTS[0])):
            draw_opening(canvas, made)
    canvas.drawPaint(grain(canvas, (190, 190), 0.36, seed=5.0, dark=True))
    canvas.restore()


def _turned(canvas: Any, pose: Pose, made: Stuff, reach: NDArray[np.float64], side: int) -> None:
    """The slices at the distances in `reach`, the far ones first, and the seam in the one that is nearest to it."""
    sewn = int(np.abs(reach - _SEAM).argmin())
    for k, at in enumerate(reach):
        with on_plane(canvas, plane_across(pose, side * float(at))):
            _slice(canvas, made, float(at), side)
            if k == sewn and reach.min() < _SEAM < reach.max():
                _sew(canvas, made, _profile(_SEAM)[1])


def _slice(canvas: Any, made: Stuff, at: float, side: int) -> None:
    """One slice of the cup and, where it hangs in it, of the yoke."""
    kind, radius = _profile(at)
    slope = (_profile(at + 0.002)[1] - _profile(at - 0.002)[1]) / 0.004 if kind in ("leather", "shell", "body") else 0
    _ring(canvas, radius, _sheen(made, kind, -slope * side), _RING)
    if _FIRST_YOKE < at < _LAST_YOKE:
        _yoke(canvas, made, (at - _FIRST_YOKE) / (_LAST_YOKE - _FIRST_YOKE), side)


def _sew(canvas: Any, made: Stuff, radius: float) -> None:
    """Stitches around the cushion, in the fold between its two pieces of leather."""
    thread = {"PathEffect": skia.DashPathEffect.Make([0.026, 0.016], 0), "StrokeCap": skia.Paint.kRound_Cap}
    _ring(canvas, radius + 0.002, ((0, BLACK, 0.7), (1, BLACK, 0.7)), 0.010)
    _ring(canvas, radius + 0.001, ((0, made.thread, 1), (1, mix(made.thread, BLACK, 0.6), 1)), 0.006, **thread)


def _profile(at: float) -> tuple[str, float]:
    """What a cup is made of at a distance from the middle, and its radius there."""
    k = max(0, int(np.searchsorted(_STARTS, at, "right")) - 1)
    start, kind, first, last, bulge = _PARTS[k]
    end = _STARTS[k + 1] if k + 1 < len(_PARTS) else FACE
    t = min(1.0, max(0.0, (at - start) / (end - start)))
    return kind, first + (last - first) * t + bulge * math.sqrt(max(0.0, 1 - abs(2 * t - 1) ** 2.4))


def _ring(canvas: Any, radius: float, sheen: Any, width: float, **more: Any) -> None:
    inner = radius - width / 2
    oval = skia.Rect(-BROAD * inner, -TALL * inner, BROAD * inner, TALL * inner)
    run = paint.ramp((-0.30, -0.40), (0.27, 0.42), *sheen, **paint.lined(width), **more)
    canvas.drawOval(oval, run)


def _sheen(made: Stuff, kind: str, facing: float) -> tuple[tuple[float, Colour, float], ...]:
    """Light around a slice, from its top to its foot. `facing` is how much its rim turns to the eye."""
    turned = float(np.clip(0.5 + 0.45 * math.tanh(0.9 * facing), 0, 1))
    if kind == "gap":
        return ((0, BLACK, 1), (1, BLACK, 1))
    if kind == "metal":
        lit, plain, dark = made.metal_lit, made.metal, made.metal_shade
        tones = (plain, lit, dark, plain, lit, dark, plain, dark)
    else:
        plain, lit = {
            "leather": (made.leather, made.leather_lit),
            "body": (
                mix(made.leather, BLACK, 0.35) if luminance(made.leather) < 0.5 else WHITE * 0.30,
                made.leather_lit,
            ),
            "shell": (made.skin, made.skin_lit),
        }[kind]
        dark, bright = mix(plain, BLACK, 0.74), mix(plain, lit, 0.10 + 0.50 * turned)
        base = mix(dark, plain, 0.40 + 0.60 * turned)
        hot = mix(bright, mix(lit, WHITE, 0.6 if kind == "shell" else 0.0), 0.75 * turned)
        tones = (base, bright, hot, bright, base, mix(base, dark, 0.5), dark, mix(dark, lit, 0.45))
    return tuple((k / 7, tone, 1.0) for k, tone in enumerate(tones))


def _yoke(canvas: Any, made: Stuff, along: float, side: int) -> None:
    """The fork of metal over the cup, from one pivot to the other, and the lug that its bar grows from."""
    nearness = along if side > 0 else 1 - along
    light = 0.3 + 0.4 * nearness + 0.5 * math.exp(-(((nearness - 0.9) / 0.08) ** 2))
    plain = mix(made.metal_shade, made.metal, min(1.0, 0.3 + light))
    lit = mix(plain, made.metal_lit, min(1.0, light))
    sheen = ((0, lit, 1), (0.2, plain, 1), (0.35, lit, 1), (0.6, mix(plain, made.metal_shade, 0.6), 1), (1, plain, 1))
    oval = skia.Rect(-BROAD * _YOKE, -TALL * _YOKE, BROAD * _YOKE, TALL * _YOKE)
    run = paint.ramp((-0.45, -0.3), (0.45, 0.1), *sheen, **paint.lined(0.040), StrokeCap=skia.Paint.kRound_Cap)
    canvas.drawArc(oval, 176, 188, False, run)
    for across in (-1, 1):
        x = across * BROAD * (_YOKE - 0.01)
        canvas.drawCircle(
            x, 0.02, 0.052, paint.ramp((x, -0.05), (x, 0.07), (0, lit, 1), (1, mix(plain, BLACK, 0.4), 1))
        )
    top = skia.Rect(-0.055, -TALL * _YOKE - 0.045, 0.055, -TALL * _YOKE + 0.02)
    canvas.drawRoundRect(top, 0.02, 0.02, paint.ramp((-0.05, 0), (0.05, 0), (0, lit, 1), (0.5, plain, 1), (1, lit, 1)))
