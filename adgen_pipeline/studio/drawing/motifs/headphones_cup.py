"""One cup of headphones: plate, shell, trim, leather cushion; turned from slices, hung in a yoke."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import points
from adgen_pipeline.studio.drawing.motifs.space import Pose, on_plane
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials, sweep
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

FACE, PLATE = 0.985, 0.245
"""How far from the middle the outer plate is, and its radius."""

_MIDDLE, _TALL, _BROAD = 0.52, 1.16, 0.94
"""Height of a cup's middle, and how much taller and broader than its radius it is."""

_YOKE = 0.475  # radius of the yoke
YOKE_TOP = _MIDDLE - _TALL * _YOKE
_FIRST_YOKE, _LAST_YOKE = 0.79, 0.86
_STEP = 0.0036
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


@dataclass(frozen=True)
class Stuff:
    """What headphones are made of: metal, leather and coloured skin, each plain and in light; thread, light."""

    metal: Colour
    metal_lit: Colour
    metal_shade: Colour
    leather: Colour
    leather_lit: Colour
    skin: Colour
    skin_lit: Colour
    thread: Colour
    glow: Colour


def stuff(look: Look) -> Stuff:
    """The brand's colour is the skin of band and shells; a gold brand gives the metal, on dark skin."""
    tones, made = look.palette, materials(look)
    gold = made.metal is tones.accent
    skin = mix(WHITE * 0.10, tones.low, 0.35) if gold else mix(tones.accent, BLACK, 0.08)
    skin_lit = mix(WHITE * 0.42, tones.accent, 0.35) if gold else mix(tones.accent, WHITE, 0.45)
    leather = mix(WHITE * 0.80, tones.accent, 0.06) if look.light else mix(WHITE * 0.12, tones.ground, 0.3)
    leather_lit = WHITE * 0.98 if look.light else mix(WHITE * 0.42, tones.accent, 0.12)
    thread = mix(tones.accent, WHITE, 0.35)
    return Stuff(made.metal, made.lit, made.shade, leather, leather_lit, skin, skin_lit, thread, tones.accent)


def plane_across(pose: Pose, x: float) -> Any:
    """The plane through a cup at `x`, around its middle, as it is seen from its right."""
    return pose.plane((x, _MIDDLE, 0), (0, 0, -1), (0, 1, 0))


def draw_cup(canvas: Any, pose: Pose, look: Look, made: Stuff, *, side: int) -> None:
    """The cup at the left (`side` -1: its cushion is seen) or at the right (1: its plate is seen)."""
    cushion, rest = np.arange(_STARTS[0], _STARTS[1], _STEP), np.arange(_STARTS[1], FACE, _STEP)
    if side > 0:
        _cushion(canvas, pose, made, cushion, side)
        _turned(canvas, pose, made, rest, side)
        with on_plane(canvas, plane_across(pose, FACE)):
            _plate(canvas, look, made)
    else:
        _turned(canvas, pose, made, rest[::-1], side)
        _cushion(canvas, pose, made, cushion[::-1], side)


def _cushion(canvas: Any, pose: Pose, made: Stuff, reach: NDArray[np.float64], side: int) -> None:
    """The leather, with its grain."""
    noise = skia.PerlinNoiseShader.MakeFractalNoise(120, 120, 2, 5.0)
    grey = skia.ColorFilters.Matrix([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.40, 0, 0, 0, -0.145])
    canvas.saveLayer(None, None)
    _turned(canvas, pose, made, reach, side)
    if side < 0:
        with on_plane(canvas, plane_across(pose, -_STARTS[0])):
            _opening(canvas, made)
    canvas.drawPaint(paint.shaded(noise, ColorFilter=grey, BlendMode=skia.BlendMode.kSrcATop))
    canvas.restore()


def _turned(canvas: Any, pose: Pose, made: Stuff, reach: NDArray[np.float64], side: int) -> None:
    """The slices at the distances in `reach`, the far ones first."""
    for at in reach:
        with on_plane(canvas, plane_across(pose, side * float(at))):
            _slice(canvas, made, at, side)


def _slice(canvas: Any, made: Stuff, at: float, side: int) -> None:
    """One slice of the cup and, where it hangs in it, of the yoke."""
    kind, radius = _profile(at)
    slope = (_profile(at + 0.002)[1] - _profile(at - 0.002)[1]) / 0.004 if kind in ("leather", "shell", "body") else 0
    _ring(canvas, radius, _sheen(made, kind, -slope * side), _RING)
    if abs(at - _SEAM) < _STEP / 2:
        thread = {"PathEffect": skia.DashPathEffect.Make([0.026, 0.016], 0), "StrokeCap": skia.Paint.kRound_Cap}
        _ring(canvas, radius + 0.002, ((0, BLACK, 0.7), (1, BLACK, 0.7)), 0.010)
        _ring(canvas, radius + 0.001, ((0, made.thread, 1), (1, mix(made.thread, BLACK, 0.6), 1)), 0.006, **thread)
    if _FIRST_YOKE < at < _LAST_YOKE:
        _yoke(canvas, made, (at - _FIRST_YOKE) / (_LAST_YOKE - _FIRST_YOKE), side)


def _profile(at: float) -> tuple[str, float]:
    """What a cup is made of at a distance from the middle, and its radius there."""
    k = max(0, int(np.searchsorted(_STARTS, at, "right")) - 1)
    start, kind, first, last, bulge = _PARTS[k]
    end = _STARTS[k + 1] if k + 1 < len(_PARTS) else FACE
    t = min(1.0, max(0.0, (at - start) / (end - start)))
    return kind, first + (last - first) * t + bulge * math.sqrt(max(0.0, 1 - abs(2 * t - 1) ** 2.4))


def _ring(canvas: Any, radius: float, sheen: Any, width: float, **more: Any) -> None:
    inner = radius - width / 2
    oval = skia.Rect(-_BROAD * inner, -_TALL * inner, _BROAD * inner, _TALL * inner)
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
    oval = skia.Rect(-_BROAD * _YOKE, -_TALL * _YOKE, _BROAD * _YOKE, _TALL * _YOKE)
    run = paint.ramp((-0.45, -0.3), (0.45, 0.1), *sheen, **paint.lined(0.040), StrokeCap=skia.Paint.kRound_Cap)
    canvas.drawArc(oval, 176, 188, False, run)
    for across in (-1, 1):
        x = across * _BROAD * (_YOKE - 0.01)
        canvas.drawCircle(
            x, 0.02, 0.052, paint.ramp((x, -0.05), (x, 0.07), (0, lit, 1), (1, mix(plain, BLACK, 0.4), 1))
        )
    top = skia.Rect(-0.055, -_TALL * _YOKE - 0.045, 0.055, -_TALL * _YOKE + 0.02)
    canvas.drawRoundRect(top, 0.02, 0.02, paint.ramp((-0.05, 0), (0.05, 0), (0, lit, 1), (0.5, plain, 1), (1, lit, 1)))


def _plate(canvas: Any, look: Look, made: Stuff) -> None:
    """The turned outer plate: light lies on it in fans; the brand in its middle."""
    canvas.save()
    canvas.scale(_BROAD, _TALL)
    fans = [made.metal, made.metal_lit, made.metal, made.metal_shade, mix(made.metal, made.metal_shade, 0.4),
            made.metal, made.metal_lit, made.metal, made.metal_shade, made.metal]  # fmt: skip
    canvas.drawCircle(0, 0, PLATE, paint.shaded(sweep(fans, [0, 0.09, 0.18, 0.3, 0.42, 0.5, 0.6, 0.7, 0.84, 1], 205)))
    for k in range(46):
        radius = 0.012 + 0.005 * k
        tone = WHITE if k % 2 else BLACK
        canvas.drawCircle(0, 0, radius, paint.stroke(tone, 0.0018, 0.10 + 0.05 * (k % 5 == 0)))
    canvas.drawCircle(0, 0, PLATE - 0.004, paint.stroke(made.metal_lit, 0.007, 0.9))
    canvas.drawCircle(0, 0, 0.186, paint.stroke(BLACK, 0.006, 0.5))
    canvas.drawCircle(0, 0, 0.190, paint.stroke(WHITE, 0.003, 0.6))
    canvas.restore()
    if look.brand:
        ink = mix(made.metal_shade, BLACK, 0.55)
        canvas.save()
        canvas.translate(0.0015, 0.003)
        draw_wordmark(canvas, look.brand.upper(), (0, 0.026), 0.078, 0.31, paint.fill(WHITE, 0.6), spacing=0.12)
        canvas.restore()
        draw_wordmark(canvas, look.brand.upper(), (0, 0.026), 0.078, 0.31, paint.fill(ink), spacing=0.12)


def draw_plate_light(canvas: Any, made: Stuff, seconds: float, glint: float) -> None:
    """The ring of light that breathes in the groove around the plate, and a fan that `glint` turns."""
    breath = 0.72 + 0.28 * math.sin(1.6 * seconds)
    canvas.scale(_BROAD, _TALL)
    for width, strength in ((0.060, 0.16), (0.030, 0.30), (0.011, 1.0)):
        canvas.drawCircle(0, 0, 0.262, paint.stroke(mix(made.glow, WHITE, 0.25), width, strength * breath))
    canvas.drawCircle(0, 0, 0.262, paint.stroke(WHITE, 0.004, 0.8 * breath))
    canvas.rotate(-70 + 250 * glint)
    for half, strength in ((16, 0.10), (9, 0.12), (4, 0.14)):
        fan = skia.Path()
        fan.moveTo(0, 0)
        fan.arcTo(skia.Rect(-0.236, -0.236, 0.236, 0.236), -half, 2 * half, False)
        fan.close()
        canvas.drawPath(fan, paint.fill(WHITE, strength))


def _opening(canvas: Any, made: Stuff) -> None:
    """The cushion's face: soft leather that falls into the opening, and the mesh in its depth."""
    canvas.save()
    canvas.scale(_BROAD, _TALL)
    dark, lit = mix(made.leather, BLACK, 0.75), made.leather_lit
    roll = ((0.50, dark, 1), (0.60, made.leather, 1), (0.76, mix(made.leather, lit, 0.75), 1),
            (0.90, mix(made.leather, lit, 0.25), 1), (1, mix(made.leather, BLACK, 0.25), 1))  # fmt: skip
    canvas.drawCircle(0, 0, 0.328, paint.halo((0, 0), 0.328, *roll))
    shade = ((0, lit, 0.35), (0.45, BLACK, 0.0), (1, BLACK, 0.55))
    canvas.drawCircle(0, 0, 0.328, paint.ramp((-0.2, -0.3), (0.2, 0.3), *shade))
    _mesh(canvas, made)
    for k in range(44):
        angle = k * math.tau / 44
        cos, sin = math.cos(angle), math.sin(angle)
        crease = paint.stroke(BLACK, 0.0035, 0.22 + 0.1 * (k % 3), StrokeCap=skia.Paint.kRound_Cap)
        canvas.drawLine(
            0.178 * cos, 0.178 * sin, (0.20 + 0.014 * (k * 7 % 5)) * cos, (0.20 + 0.014 * (k * 7 % 5)) * sin, crease
        )
    canvas.restore()


def _mesh(canvas: Any, made: Stuff) -> None:
    """Cloth over the driver, deep in the cushion."""
    well = ((0, WHITE * 0.10, 1), (0.7, WHITE * 0.04, 1), (1, BLACK, 1))
    canvas.drawCircle(0, 0, 0.178, paint.halo((0.03, 0.03), 0.2, *well))
    canvas.save()
    ring = skia.Path()
    ring.addCircle(0, 0, 0.176)
    canvas.clipPath(ring, True)
    u, v = np.meshgrid(np.arange(-0.18, 0.18, 0.016), np.arange(-0.18, 0.18, 0.014))
    spots = np.column_stack(((u + 0.008 * (np.arange(len(u)) % 2)[:, None]).ravel(), v.ravel()))
    holes = paint.stroke(mix(made.glow, WHITE, 0.3), 0.0075, 0.30, StrokeCap=skia.Paint.kRound_Cap)
    canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, points(spots), holes)
    canvas.restore()
    fall = ((0.55, BLACK, 0), (1, BLACK, 0.9))
    canvas.drawCircle(0, 0, 0.180, paint.halo((0.02, 0.03), 0.185, *fall))
