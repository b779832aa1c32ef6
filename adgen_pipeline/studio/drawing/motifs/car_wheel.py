"""A wheel: tyre, rim with slender spokes, brake disc and caliper behind them."""

import math
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.car_lines import ARCH, WHEEL
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials, sweep
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_RIM, _SPOKES = 0.234, 10


def draw_well(canvas: Any, hub: tuple[float, float]) -> None:
    """The dark of the arch, behind body and wheel."""
    x, y = hub
    canvas.save()
    canvas.clipRect(skia.Rect(x - 1, y - 1, x + 1, 0.462), doAntiAlias=True)
    canvas.drawCircle(x, y, ARCH + 0.004, paint.fill(BLACK))
    canvas.drawCircle(x, y, ARCH - 0.006, paint.ramp((0, y - ARCH), (0, y), (0, WHITE * 0.015, 1), (1, WHITE * 0.05, 1),
                                                     **paint.lined(0.02)))  # fmt: skip
    canvas.restore()


def draw_wheel(canvas: Any, look: Look, hub: tuple[float, float], turn: float) -> None:
    """The wheel around `hub`; `turn` (degrees) is where its first spoke points."""
    made = materials(look)
    lit, plain, dark = made.lit, made.metal, mix(made.shade, BLACK, 0.4)
    canvas.save()
    canvas.translate(*hub)
    _tyre(canvas)
    _brake(canvas, look.palette.accent)
    rim = [plain, lit, plain, dark, mix(plain, dark, 0.5), plain, lit, plain, dark, plain]
    around = sweep(rim, [0, 0.10, 0.2, 0.33, 0.45, 0.55, 0.63, 0.75, 0.9, 1], 190)
    canvas.drawCircle(0, 0, _RIM - 0.006, paint.shaded(around, **paint.lined(0.014)))
    canvas.drawCircle(0, 0, _RIM - 0.0165, paint.stroke(BLACK, 0.009, 0.75))
    canvas.drawCircle(0, 0, _RIM, paint.stroke(WHITE, 0.002, 0.6))
    for k in range(_SPOKES):
        _spoke(canvas, (lit, plain, dark), turn + 360 * k / _SPOKES)
    _cap(canvas, (lit, plain, dark), look.palette.accent)
    canvas.restore()


def _tyre(canvas: Any) -> None:
    """Rubber: a soft shoulder of light above, a raised ring, the tread's edge."""
    rubber = ((0.70, WHITE * 0.035, 1), (0.80, WHITE * 0.085, 1), (0.90, WHITE * 0.06, 1), (1, WHITE * 0.012, 1))
    canvas.drawCircle(0, 0, WHEEL, paint.halo((0, 0), WHEEL, *rubber))
    above = ((0, WHITE, 0.26), (0.35, WHITE, 0.04), (0.7, WHITE, 0), (1, WHITE, 0.06))
    canvas.drawCircle(0, 0, 0.264, paint.ramp((-0.06, -WHEEL), (0.06, WHEEL), *above, **paint.lined(0.034)))
    for radius, shine in ((0.281, 0.18), (0.256, 0.14), (0.242, 0.25)):
        canvas.drawCircle(0, 0, radius, paint.stroke(WHITE, 0.0015, shine))
    for k in range(72):
        angle = k * math.tau / 72
        cos, sin = math.cos(angle), math.sin(angle)
        canvas.drawLine(0.279 * cos, 0.279 * sin, 0.287 * cos, 0.287 * sin, paint.stroke(BLACK, 0.004, 0.8))
    canvas.drawCircle(0, 0, _RIM + 0.002, paint.fill(WHITE * 0.012))


def _brake(canvas: Any, accent: Colour) -> None:
    """A drilled disc, and the caliper in the brand's colour."""
    steel = [WHITE * value for value in (0.30, 0.52, 0.26, 0.18, 0.30, 0.50, 0.22, 0.30)]
    canvas.drawCircle(0, 0, 0.150, paint.shaded(sweep(steel, [0, 0.14, 0.3, 0.45, 0.55, 0.66, 0.85, 1], 200)))
    canvas.drawCircle(0, 0, 0.150, paint.stroke(BLACK, 0.006, 0.8))
    for k in range(30):
        angle, radius = k * math.tau / 30, 0.112 + 0.014 * (k % 3)
        canvas.drawCircle(radius * math.cos(angle), radius * math.sin(angle), 0.0042, paint.fill(BLACK, 0.85))
    canvas.drawCircle(0, 0, 0.084, paint.fill(WHITE * 0.05))
    caliper = skia.Rect(-0.135, -0.135, 0.135, 0.135)
    ends = {"StrokeCap": skia.Paint.kButt_Cap}
    tone = ((0, mix(accent, WHITE, 0.35), 1), (0.5, accent, 1), (1, mix(accent, BLACK, 0.45), 1))
    canvas.drawArc(caliper, -42, 74, False, paint.ramp((0, -0.13), (0, 0.10), *tone, **paint.lined(0.062), **ends))
    canvas.drawArc(caliper.makeInset(0.024, 0.024), -38, 66, False, paint.stroke(BLACK, 0.004, 0.5))


def _spoke(canvas: Any, metal: tuple[Colour, Colour, Colour], degrees: float) -> None:
    """One Y-shaped spoke: a lit flank, a shaded one, its shadow on the brake."""
    lit, plain, dark = metal
    canvas.save()
    canvas.rotate(degrees)
    for side in (-1, 1):
        arm = skia.Path()
        arm.addPoly([skia.Point(*at) for at in ((-0.014, -0.03), (0.014, -0.03), (side * 0.026 + 0.008, -0.222),
                                                (side * 0.026 - 0.008, -0.222))], True)  # fmt: skip
        canvas.save()
        canvas.translate(0.006, 0.008)
        canvas.drawPath(arm, paint.fill(BLACK, 0.6, blur=0.005))
        canvas.restore()
        turned = 0.5 + 0.5 * math.cos(math.radians(degrees + 40 - 30 * side))
        face = mix(mix(plain, dark, 0.55), lit, turned)
        canvas.drawPath(arm, paint.ramp((-0.02, 0), (0.02, 0), (0, face, 1), (0.5, mix(face, plain, 0.5), 1),
                                        (1, mix(face, dark, 0.6), 1)))  # fmt: skip
        canvas.drawPath(arm, paint.stroke(mix(lit, WHITE, 0.4), 0.0018, 0.25 + 0.5 * turned))
    canvas.restore()


def _cap(canvas: Any, metal: tuple[Colour, Colour, Colour], accent: Colour) -> None:
    """The hub, five bolts, the cap."""
    lit, plain, dark = metal
    canvas.drawCircle(0, 0, 0.056, paint.ramp((-0.04, -0.05), (0.04, 0.05), (0, lit, 1), (0.5, plain, 1), (1, dark, 1)))
    for k in range(5):
        angle = k * math.tau / 5 - 0.3
        x, y = 0.040 * math.cos(angle), 0.040 * math.sin(angle)
        canvas.drawCircle(x, y, 0.0065, paint.fill(BLACK, 0.85))
        canvas.drawCircle(x - 0.001, y - 0.001, 0.004, paint.fill(plain))
    canvas.drawCircle(0, 0, 0.025, paint.fill(mix(dark, BLACK, 0.5)))
    canvas.drawCircle(0, 0, 0.025, paint.stroke(lit, 0.003, 0.9))
    canvas.drawCircle(0, 0, 0.010, paint.fill(accent))
