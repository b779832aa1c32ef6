"""A glass flacon: tinted liquid behind thick walls, on a cut base."""

import math
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.bottle_fittings import draw_cap, draw_collar, draw_label, draw_pump
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, Palette, mix
from adgen_pipeline.studio.drawing.skia_door import skia

Point = tuple[float, float]
Stop = tuple[float, Colour, float]

_HALF = 0.55  # half the width of the body
_SHOULDER, _FOOT = -0.40, 1.00
_CAVITY = skia.Rect(-0.46, -0.285, 0.46, 0.70)
_SURFACE = -0.115  # where the liquid ends
_CUT = 0.752  # where the facets of the base begin
_FACETS = 7  # pairs of cuts across the base


class Bottle:
    """A perfume bottle seen from the front. The brand stands on a small plate, if there is one."""

    extent = (-0.62, -1.10, 0.62, 1.04)
    focus = ((0.0, -0.50), (0.14, 0.70), (-0.16, 0.12))

    def still(self, canvas: Any, look: Look) -> None:
        """The whole flacon, back to front."""
        tones = look.palette
        self._draw_body(canvas, tones)
        self._draw_liquid(canvas, tones)
        self._draw_meniscus(canvas, tones)
        draw_pump(canvas, look, _SHOULDER, _SURFACE)
        self._draw_base(canvas, tones)
        self._draw_walls(canvas, tones)
        self._draw_reflections(canvas)
        if look.brand:
            draw_label(canvas, look, look.brand)
        draw_collar(canvas, look)
        draw_cap(canvas, look)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Light that plays in the liquid, and one streak that `glint` carries over the glass."""
        self._draw_shimmer(canvas, look.palette, seconds)
        self._draw_streak(canvas, glint)

    def _draw_body(self, canvas: Any, tones: Palette) -> None:
        """Clear glass: nearly nothing in the middle, darker where it turns away from the eye."""
        edge, clear = mix(tones.ground, tones.low, 0.5), mix(tones.glow, tones.high, 0.2)
        across = ((0, edge, 0.95), (0.05, edge, 0.85), (0.09, clear, 0.34), (0.5, clear, 0.10))
        canvas.drawPath(_body(), _mirrored(_HALF, *across))
        down = ((0, tones.high, 0.34), (0.3, tones.high, 0.08), (1, tones.high, 0))
        canvas.drawPath(_body(), paint.ramp((0, _SHOULDER), (0, -0.1), *down))

    def _draw_liquid(self, canvas: Any, tones: Palette) -> None:
        """Tinted liquid: luminous where light comes through, deep toward its walls and its floor."""
        accent, high = tones.accent, tones.high
        lit, half, deep = mix(accent, high, 0.5), mix(tones.low, accent, 0.55), mix(tones.low, accent, 0.10)
        body = ((0, lit, 0.96), (0.26, accent, 0.96), (0.58, half, 0.97), (1, deep, 0.98))
        walls = (
            (0, deep, 1), (0.035, deep, 0.9), (0.05, lit, 0.5), (0.075, deep, 0.7), (0.26, deep, 0), (0.5, deep, 0),
        )  # fmt: skip
        depth = ((0, high, 0.6), (0.09, high, 0.1), (0.12, deep, 0), (0.5, deep, 0), (1, deep, 0.85))
        spark = ((0, mix(high, WHITE, 0.3), 0.95), (0.25, high, 0.6), (0.55, accent, 0.4), (1, accent, 0))
        canvas.save()
        canvas.clipPath(_liquid(), True)
        _glow(canvas, (0.04, 0.16), (0.56, 0.78), *body)
        canvas.drawPaint(_mirrored(_CAVITY.right(), *walls))
        canvas.drawPaint(paint.ramp((0, _SURFACE), (0, _CAVITY.bottom()), *depth))
        _glow(canvas, (0.06, 0.70), (0.38, 0.26), *spark)
        canvas.restore()

    def _draw_meniscus(self, canvas: Any, tones: Palette) -> None:
        """The surface, seen a little from above."""
        accent, high = tones.accent, tones.high
        top = skia.Rect(_CAVITY.left() + 0.006, _SURFACE - 0.024, _CAVITY.right() - 0.006, _SURFACE + 0.024)
        sheen = ((0, high, 0.9), (0.12, accent, 0.8), (0.32, high, 0.85), (0.5, accent, 0.75))
        canvas.drawOval(top, _mirrored(_CAVITY.right(), *sheen))
        canvas.drawArc(top, 5, 170, False, paint.stroke(tones.low, 0.008, 0.6))
        canvas.drawArc(top.makeOffset(0, -0.005), 8, 164, False, paint.stroke(WHITE, 0.004, 0.85))
        canvas.drawArc(top, 190, 160, False, paint.stroke(high, 0.003, 0.6))

    def _draw_base(self, canvas: Any, tones: Palette) -> None:
        """A block of glass below the liquid, cut into facets that each catch another light."""
        block = skia.Rect(-_HALF, _CUT, _HALF, _FOOT)
        dark, spark = mix(tones.low, BLACK, 0.5), mix(tones.high, WHITE, 0.4)
        foot = (
            (0, tones.high, 0.45), (0.1, dark, 0), (0.6, dark, 0), (0.84, dark, 0.8),
            (0.92, tones.accent, 0.6), (0.96, spark, 1), (1, tones.accent, 0.5),
        )  # fmt: skip
        canvas.save()
        canvas.clipPath(_body(), True)
        canvas.clipPath(_cavity(), skia.ClipOp.kDifference, True)
        canvas.drawRect(block, paint.fill(mix(tones.low, tones.ground, 0.5), 0.95))
        for k in range(2 * _FACETS):
            self._draw_facet(canvas, tones, k)
        canvas.drawRect(block, paint.ramp((0, _CUT), (0, _FOOT), *foot))
        canvas.drawLine(-_HALF, _CUT, _HALF, _CUT, paint.stroke(spark, 0.006, 0.9))
        canvas.restore()
        echoes = ((0, 0.007, spark, 0.9), (0.012, 0.012, BLACK, 0.45), (0.024, 0.004, tones.accent, 0.8))
        for drop, width, colour, alpha in echoes:
            faded = paint.ramp((0, 0.55), (0, 0.64), (0, colour, 0), (1, colour, alpha), **paint.lined(width))
            canvas.drawPath(_floor(drop), faded)

    def _draw_facet(self, canvas: Any, tones: Palette, k: int) -> None:
        """One triangle of the zigzag cut, split along its height into a lit and a shaded plane."""
        tip, foot = (_CUT, _FOOT) if k % 2 else (_FOOT, _CUT)
        left, middle, right = (_around(k + step) for step in range(3))
        light = (0.5 + 0.5 * math.cos(k * 2.4 + 0.6)) ** 2
        dark, spark = mix(tones.low, BLACK, 0.4), mix(tones.high, WHITE, 0.45)
        for side, share in ((left, light), (right, 0.75 - 0.7 * light)):
            plane = skia.Path()
            plane.addPoly([skia.Point(side, foot), skia.Point(middle, foot), skia.Point(middle, tip)], True)
            half = mix(dark, tones.accent, 0.2 + 0.6 * share)
            sheen = ((0, dark, 0.95), (0.4, half, 0.95), (1, mix(tones.accent, spark, share), 0.1 + 0.85 * share))
            canvas.drawPath(plane, paint.ramp((side, foot), (middle, tip), *sheen))
        canvas.drawLine(left, foot, middle, tip, paint.stroke(spark, 0.0035, 0.3 + 0.6 * light))

    def _draw_walls(self, canvas: Any, tones: Palette) -> None:
        """The thickness of the glass: bright where it meets air, dark and bright again at the liquid."""
        canvas.drawPath(_cavity(), paint.stroke(mix(tones.low, BLACK, 0.5), 0.014, 0.6))
        canvas.drawPath(_cavity(-0.009), _lit(mix(tones.high, WHITE, 0.3), 0.005, 0.85))
        canvas.save()
        canvas.clipPath(_body(), True)
        for width, alpha in ((0.09, 0.10), (0.045, 0.16)):
            canvas.drawPath(_body(), _lit(tones.high, width, alpha))
        canvas.drawPath(_body(), _lit(mix(tones.high, WHITE, 0.6), 0.018, 1.0))
        canvas.restore()
        canvas.drawPath(_body(0.013), paint.stroke(mix(tones.ground, BLACK, 0.5), 0.007, 0.6))
        canvas.drawPath(_body(0.045), _lit(tones.accent, 0.004, 0.6))
        canvas.drawPath(_body(-0.001), paint.stroke(mix(tones.ground, BLACK, 0.3), 0.003, 0.7))

    def _draw_reflections(self, canvas: Any) -> None:
        """Softboxes mirrored in the front of the glass, and the light that gathers on the shoulders."""
        for left, right, strength in ((-0.405, -0.300, 0.6), (-0.284, -0.272, 0.4), (0.380, 0.415, 0.4)):
            box = skia.RRect.MakeRectXY(skia.Rect(left, -0.23, right, 0.62), 0.012, 0.02)
            fade = ((0, WHITE, strength), (0.4, WHITE, strength * 0.36), (1, WHITE, 0))
            canvas.drawRRect(box, paint.ramp((left, -0.23), (right + 0.08, 0.62), *fade))
        for side, strength in ((-1, 0.95), (1, 0.6)):
            corner = (side * 0.47, _SHOULDER + 0.08)
            gather = ((0, WHITE, strength), (0.3, WHITE, strength * 0.4), (1, WHITE, 0))
            canvas.drawPath(_body(0.050), paint.halo(corner, 0.30, *gather, **paint.lined(0.026)))

    def _draw_shimmer(self, canvas: Any, tones: Palette, seconds: float) -> None:
        """Caustics: soft lights that drift through the lower liquid, only ever adding light."""
        light, added = mix(tones.accent, tones.high, 0.3), {"BlendMode": skia.BlendMode.kPlus}
        canvas.save()
        canvas.clipRect(skia.Rect(-0.44, _SURFACE + 0.03, 0.44, 0.66))
        for k in range(5):
            phase = seconds * (0.55 + 0.13 * k) + k * 1.9
            strength = 0.15 + 0.09 * math.sin(phase * 1.6)
            canvas.save()
            canvas.translate(0.24 * math.sin(phase), 0.50 + 0.09 * math.sin(phase * 0.7 + k))
            canvas.scale(0.20, 0.035 + 0.02 * math.sin(phase * 0.9))
            canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, (0, light, strength), (1, light, 0), **added))
            canvas.restore()
        canvas.restore()

    def _draw_streak(self, canvas: Any, glint: float) -> None:
        """A slanted band of light; at 0 and 1 it is outside the glass."""
        x, reach = -1.2 + 2.4 * glint, 0.14
        band = ((0, WHITE, 0), (0.5, WHITE, 0.28), (0.58, WHITE, 0.06), (0.66, WHITE, 0.13), (1, WHITE, 0))
        canvas.save()
        canvas.clipPath(_body(), True)
        canvas.rotate(18)
        streak = skia.Rect(x - reach, -0.6, x + reach, 1.15)
        canvas.drawRect(streak, paint.ramp((x - reach, 0), (x + reach, 0), *band))
        canvas.restore()


@cache
def _body(inset: float = 0.0) -> Any:
    """The outside of the glass: soft shoulders, tighter corners at the foot."""
    rect = skia.Rect(-_HALF, _SHOULDER, _HALF, _FOOT).makeInset(inset, inset)
    return _rounded(rect, 0.17 - inset, 0.085 - inset)


def _cavity(inset: float = 0.0) -> Any:
    """The inside of the glass."""
    return _rounded(_CAVITY.makeInset(inset, inset), 0.13 - inset, 0.15 - inset)


def _liquid() -> Any:
    """The part of the cavity below the surface."""
    below = skia.Path()
    below.addRect(skia.Rect(-1, _SURFACE, 1, 1))
    return skia.Op(_cavity(), below, skia.PathOp.kIntersect_PathOp)


def _rounded(rect: Any, top: float, bottom: float) -> Any:
    """`rect` with one radius for its upper corners and one for its lower ones."""
    shape = skia.RRect()
    shape.setRectRadii(rect, [skia.Point(r, r) for r in (top, top, bottom, bottom)])
    path = skia.Path()
    path.addRRect(shape)
    return path


def _floor(drop: float) -> Any:
    """The line where the liquid ends below, `drop` units lower where the base mirrors it."""
    radius, bottom, half = 0.15, _CAVITY.bottom() + drop, _CAVITY.right()
    path = skia.Path()
    path.moveTo(-half, bottom - radius)
    path.cubicTo(-half, bottom - 0.06, -half + 0.06, bottom, -half + radius, bottom)
    path.lineTo(half - radius, bottom)
    path.cubicTo(half - 0.06, bottom, half, bottom - 0.06, half, bottom - radius)
    return path


def _around(step: float) -> float:
    """Where corner `step` (0 to 2 * _FACETS + 1) of the zigzag stands, as on the face of a cylinder."""
    return _HALF * 1.04 * math.sin(math.pi / 2 * (step / (_FACETS + 0.5) - 1))


def _glow(canvas: Any, centre: Point, radii: Point, *stops: Stop) -> None:
    """An elliptic gradient that fills the clip."""
    canvas.save()
    canvas.translate(*centre)
    canvas.scale(*radii)
    canvas.drawPaint(paint.halo((0, 0), 1, *stops))
    canvas.restore()


def _mirrored(half: float, *stops: Stop) -> Any:
    """A gradient across -half..half, given from the left edge (0) to the middle (0.5)."""
    back = [(1 - at, colour, alpha) for at, colour, alpha in reversed(stops[:-1])]
    return paint.ramp((-half, 0), (half, 0), *stops, *back)


def _lit(colour: Colour, width: float, alpha: float) -> Any:
    """A line lit from the upper left and, weaker, from the lower right."""
    strengths = ((0, 1.0), (0.35, 0.45), (0.62, 0.3), (1, 0.9))
    stops = [(at, colour, alpha * strength) for at, strength in strengths]
    return paint.ramp((-_HALF, _SHOULDER), (_HALF, _FOOT), *stops, **paint.lined(width))
