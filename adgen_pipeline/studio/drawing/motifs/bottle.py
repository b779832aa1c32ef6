"""A glass flacon: liquid behind thick walls, a cut base, a metal collar and cap."""

import math
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
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
_COLLAR = skia.Rect(-0.205, -0.545, 0.205, -0.412)
_CAP = skia.Rect(-0.27, -1.06, 0.27, -0.56)
_LABEL = skia.Rect(-0.30, 0.10, 0.30, 0.36)


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
        self._draw_pump(canvas, tones)
        self._draw_base(canvas, tones)
        self._draw_walls(canvas, tones)
        self._draw_reflections(canvas)
        if look.brand:
            self._draw_label(canvas, tones, look.brand)
        self._draw_collar(canvas, tones)
        self._draw_cap(canvas, tones)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Light that plays in the liquid, and one streak that `glint` carries over the glass."""
        self._draw_shimmer(canvas, look.palette, seconds)
        self._draw_streak(canvas, glint)

    def _draw_body(self, canvas: Any, tones: Palette) -> None:
        """Clear glass: nearly nothing in the middle, darker where it turns away from the eye."""
        edge, clear = mix(tones.ground, tones.low, 0.5), mix(tones.glow, tones.high, 0.2)
        across = ((0, edge, 0.95), (0.05, edge, 0.85), (0.09, clear, 0.34), (0.5, clear, 0.10))
        canvas.drawPath(_body(), _mirrored(_HALF, *across))
        lit = tones.high
        canvas.drawPath(_body(), paint.ramp((0, _SHOULDER), (0, -0.1), (0, lit, 0.34), (0.3, lit, 0.08), (1, lit, 0)))

    def _draw_liquid(self, canvas: Any, tones: Palette) -> None:
        """Tinted liquid: luminous where light comes through, deep toward its walls and its floor."""
        lit, deep = mix(tones.accent, tones.high, 0.5), mix(tones.low, tones.accent, 0.10)
        half = mix(tones.low, tones.accent, 0.62)
        canvas.save()
        canvas.clipPath(_liquid(), True)
        _glow(
            canvas,
            (0.04, 0.16),
            (0.56, 0.78),
            (0, lit, 0.96),
            (0.3, tones.accent, 0.96),
            (0.6, half, 0.97),
            (1, deep, 0.98),
        )
        walls = (
            (0, deep, 1),
            (0.035, deep, 0.9),
            (0.05, lit, 0.5),
            (0.075, deep, 0.7),
            (0.26, deep, 0),
            (0.5, deep, 0),
        )
        canvas.drawPaint(_mirrored(_CAVITY.right(), *walls))
        depth = ((0, tones.high, 0.6), (0.09, tones.high, 0.1), (0.12, deep, 0), (0.5, deep, 0), (1, deep, 0.85))
        canvas.drawPaint(paint.ramp((0, _SURFACE), (0, _CAVITY.bottom()), *depth))
        spark = mix(tones.high, WHITE, 0.3)
        _glow(
            canvas,
            (0.06, 0.70),
            (0.38, 0.26),
            (0, spark, 0.95),
            (0.25, tones.high, 0.6),
            (0.55, tones.accent, 0.4),
            (1, tones.accent, 0),
        )
        canvas.restore()

    def _draw_meniscus(self, canvas: Any, tones: Palette) -> None:
        """The surface, seen a little from above."""
        top = skia.Rect(_CAVITY.left() + 0.006, _SURFACE - 0.024, _CAVITY.right() - 0.006, _SURFACE + 0.024)
        sheen = ((0, tones.high, 0.9), (0.12, tones.accent, 0.8), (0.32, tones.high, 0.85), (0.5, tones.accent, 0.75))
        canvas.drawOval(top, _mirrored(_CAVITY.right(), *sheen))
        canvas.drawArc(top, 5, 170, False, paint.stroke(tones.low, 0.008, 0.6))
        canvas.drawArc(top.makeOffset(0, -0.005), 8, 164, False, paint.stroke(WHITE, 0.004, 0.85))
        canvas.drawArc(top, 190, 160, False, paint.stroke(tones.high, 0.003, 0.6))

    def _draw_pump(self, canvas: Any, tones: Palette) -> None:
        """The pump in the neck and its tube, broken at the surface as refraction breaks it."""
        for half, top, bottom in ((0.075, _SHOULDER, -0.255), (0.045, -0.255, -0.205)):
            canvas.drawRect(skia.Rect(-half, top, half, bottom), _metal(tones, -half, half))
            canvas.drawLine(-half, bottom, half, bottom, paint.stroke(BLACK, 0.006, 0.5))
        for left, top, bottom, strength in ((-0.018, -0.205, _SURFACE, 0.6), (-0.004, _SURFACE, 0.64, 0.28)):
            right = left + 0.036
            sheen = ((0, WHITE, strength), (0.3, WHITE, 0.06), (0.75, tones.low, strength), (1, WHITE, strength * 0.8))
            canvas.drawRect(skia.Rect(left, top, right, bottom), paint.ramp((left, 0), (right, 0), *sheen))

    def _draw_base(self, canvas: Any, tones: Palette) -> None:
        """A block of glass below the liquid, cut into facets that each catch another light."""
        block, dark, spark = (
            skia.Rect(-_HALF, _CUT, _HALF, _FOOT),
            mix(tones.low, BLACK, 0.5),
            mix(tones.high, WHITE, 0.4),
        )
        canvas.save()
        canvas.clipPath(_body(), True)
        canvas.clipPath(_cavity(), skia.ClipOp.kDifference, True)
        canvas.drawRect(block, paint.fill(mix(tones.low, tones.ground, 0.5), 0.95))
        for k in range(2 * _FACETS):
            self._draw_facet(canvas, tones, k)
        foot = (
            (0, tones.high, 0.45),
            (0.1, dark, 0),
            (0.6, dark, 0),
            (0.84, dark, 0.8),
            (0.92, tones.accent, 0.6),
            (0.96, spark, 1),
            (1, tones.accent, 0.5),
        )
        canvas.drawRect(block, paint.ramp((0, _CUT), (0, _FOOT), *foot))
        canvas.drawLine(-_HALF, _CUT, _HALF, _CUT, paint.stroke(spark, 0.006, 0.9))
        canvas.restore()
        for drop, width, colour, alpha in (
            (0, 0.007, spark, 0.9),
            (0.012, 0.012, BLACK, 0.45),
            (0.024, 0.004, tones.accent, 0.8),
        ):
            canvas.drawPath(
                _floor(drop), paint.ramp((0, 0.55), (0, 0.64), (0, colour, 0), (1, colour, alpha), **_line(width))
            )

    def _draw_facet(self, canvas: Any, tones: Palette, k: int) -> None:
        """One triangle of the zigzag cut, split along its height into a lit and a shaded plane."""
        tip, foot = (_CUT, _FOOT) if k % 2 else (_FOOT, _CUT)
        left, middle, right = (_around(k + step) for step in range(3))
        light, dark, spark = (
            (0.5 + 0.5 * math.cos(k * 2.4 + 0.6)) ** 2,
            mix(tones.low, BLACK, 0.4),
            mix(tones.high, WHITE, 0.45),
        )
        for side, share in ((left, light), (right, 0.75 - 0.7 * light)):
            plane = skia.Path()
            plane.addPoly([skia.Point(side, foot), skia.Point(middle, foot), skia.Point(middle, tip)], True)
            sheen = (
                (0, dark, 0.95),
                (0.4, mix(dark, tones.accent, 0.2 + 0.6 * share), 0.95),
                (1, mix(tones.accent, spark, share), 0.1 + 0.85 * share),
            )
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
        canvas.drawPath(_body(), _lit(mix(tones.ink, tones.high, 0.4), 0.018, 1.0))
        canvas.restore()
        canvas.drawPath(_body(0.013), paint.stroke(mix(tones.ground, BLACK, 0.5), 0.007, 0.6))
        canvas.drawPath(_body(0.045), _lit(tones.accent, 0.004, 0.6))

    def _draw_reflections(self, canvas: Any) -> None:
        """Softboxes mirrored in the front of the glass, and the light that gathers on the shoulders."""
        for left, right, strength in ((-0.405, -0.300, 0.7), (-0.284, -0.272, 0.4), (0.380, 0.415, 0.4)):
            box = skia.RRect.MakeRectXY(skia.Rect(left, -0.23, right, 0.62), 0.012, 0.02)
            fade = ((0, WHITE, strength), (0.4, WHITE, strength * 0.36), (1, WHITE, 0))
            canvas.drawRRect(box, paint.ramp((left, -0.23), (right + 0.08, 0.62), *fade))
        for side, strength in ((-1, 0.95), (1, 0.6)):
            gather = ((0, WHITE, strength), (0.3, WHITE, strength * 0.4), (1, WHITE, 0))
            line = _line(0.026)
            canvas.drawPath(_body(0.050), paint.halo((side * 0.47, _SHOULDER + 0.08), 0.30, *gather, **line))

    def _draw_label(self, canvas: Any, tones: Palette, brand: str) -> None:
        """A dark plate with a double frame and the brand in foil."""
        canvas.drawRect(_LABEL.makeOffset(0.008, 0.014), paint.fill(BLACK, 0.45, blur=0.012))
        lit, dark = mix(tones.ground, tones.ink, 0.16), mix(tones.ground, BLACK, 0.3)
        corners = (_LABEL.left(), _LABEL.top()), (_LABEL.right(), _LABEL.bottom())
        canvas.drawRect(_LABEL, paint.ramp(*corners, (0, lit, 1), (0.45, dark, 1), (1, lit, 1)))
        for inset, width in ((0.016, 0.006), (0.028, 0.0025)):
            line = _line(width)
            canvas.drawRect(_LABEL.makeInset(inset, inset), _metal(tones, _LABEL.left(), _LABEL.right(), **line))
        _draw_spaced(canvas, brand, (_LABEL.centerX(), _LABEL.centerY()), 0.49, tones)

    def _draw_collar(self, canvas: Any, tones: Palette) -> None:
        """The crimped ring on the neck, and its shadow on the glass."""
        left, top, right, bottom = _COLLAR.left(), _COLLAR.top(), _COLLAR.right(), _COLLAR.bottom()
        canvas.drawRRect(skia.RRect.MakeRectXY(_COLLAR, 0.012, 0.012), _metal(tones, left, right))
        flange = skia.Rect(left - 0.035, bottom - 0.022, right + 0.035, bottom + 0.012)
        canvas.drawRRect(skia.RRect.MakeRectXY(flange, 0.01, 0.012), _metal(tones, right + 0.03, left - 0.03))
        for y, alpha in ((top + 0.065, 0.5), (bottom - 0.022, 0.7)):
            canvas.drawLine(left, y, right, y, paint.stroke(BLACK, 0.006, alpha))
            canvas.drawLine(left, y + 0.006, right, y + 0.006, paint.stroke(WHITE, 0.004, 0.5))
        shadow = paint.ramp((0, -0.56), (0, -0.49), (0, BLACK, 0.8), (1, BLACK, 0))
        canvas.drawRect(skia.Rect(left, -0.56, right, -0.49), shadow)

    def _draw_cap(self, canvas: Any, tones: Palette) -> None:
        """A turned metal cap: chamfered top, polished side, knurled grip."""
        left, top, right, bottom = _CAP.left(), _CAP.top(), _CAP.right(), _CAP.bottom()
        shape = skia.RRect.MakeRectXY(_CAP, 0.022, 0.022)
        canvas.save()
        canvas.clipRRect(shape, skia.ClipOp.kIntersect, True)
        canvas.drawRect(_CAP, _metal(tones, left, right))
        shade = ((0, WHITE, 0.2), (0.25, WHITE, 0), (0.3, BLACK, 0), (0.7, BLACK, 0.08), (1, BLACK, 0.5))
        canvas.drawRect(_CAP, paint.ramp((0, top), (0, bottom), *shade))
        self._draw_knurl(canvas, tones, bottom - 0.105, bottom - 0.022)
        canvas.drawRect(skia.Rect(left, top, right, top + 0.03), _metal(tones, right, left))
        for y in (top + 0.03, bottom - 0.115, bottom - 0.012):
            canvas.drawLine(left, y, right, y, paint.stroke(BLACK, 0.005, 0.55))
            canvas.drawLine(left, y + 0.005, right, y + 0.005, paint.stroke(tones.high, 0.004, 0.75))
        canvas.restore()
        canvas.drawRRect(shape, paint.stroke(tones.high, 0.004, 0.5))

    def _draw_knurl(self, canvas: Any, tones: Palette, top: float, bottom: float) -> None:
        """Fine upright grooves around the cap, closer together toward its sides."""
        count = 54
        for k in range(count):
            angle = math.pi * ((k + 0.5) / count - 0.5)
            x, width = _CAP.right() * math.sin(angle), 0.010 * math.cos(angle) + 0.001
            lit = x + width / 2
            canvas.drawLine(x, top, x, bottom, paint.stroke(BLACK, width * 0.6, 0.55))
            canvas.drawLine(lit, top, lit, bottom, paint.stroke(tones.high, width * 0.3, 0.7))

    def _draw_shimmer(self, canvas: Any, tones: Palette, seconds: float) -> None:
        """Caustics: soft lights that drift through the lower liquid, only ever adding light."""
        canvas.save()
        canvas.clipRect(skia.Rect(-0.44, _SURFACE + 0.03, 0.44, 0.66))
        light = mix(tones.accent, tones.high, 0.3)
        for k in range(5):
            phase = seconds * (0.55 + 0.13 * k) + k * 1.9
            canvas.save()
            canvas.translate(0.24 * math.sin(phase), 0.50 + 0.09 * math.sin(phase * 0.7 + k))
            canvas.scale(0.20, 0.035 + 0.02 * math.sin(phase * 0.9))
            strength = 0.15 + 0.09 * math.sin(phase * 1.6)
            added = {"BlendMode": skia.BlendMode.kPlus}
            canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, (0, light, strength), (1, light, 0), **added))
            canvas.restore()
        canvas.restore()

    def _draw_streak(self, canvas: Any, glint: float) -> None:
        """A slanted band of light; at 0 and 1 it is outside the glass."""
        canvas.save()
        canvas.clipPath(_body(), True)
        canvas.rotate(18)
        x, reach = -1.2 + 2.4 * glint, 0.14
        band = ((0, WHITE, 0), (0.5, WHITE, 0.28), (0.58, WHITE, 0.06), (0.66, WHITE, 0.13), (1, WHITE, 0))
        canvas.drawRect(skia.Rect(x - reach, -0.6, x + reach, 1.15), paint.ramp((x - reach, 0), (x + reach, 0), *band))
        canvas.restore()


def _body(inset: float = 0.0) -> Any:
    """The outside of the glass: soft shoulders, tighter corners at the foot."""
    rect = skia.Rect(-_HALF, _SHOULDER, _HALF, _FOOT).makeInset(inset, inset)
    return _rounded(rect, 0.17 - inset, 0.085 - inset)


def _cavity(inset: float = 0.0) -> Any:
    """The inside of the glass."""
    return _rounded(_CAVITY.makeInset(inset, inset), 0.13 - inset, 0.15 - inset)


def _liquid() -> Any:
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


def _floor(drop: float = 0.0) -> Any:
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


def _line(width: float) -> dict[str, Any]:
    """What makes a gradient's paint draw a line."""
    return {"Style": skia.Paint.kStroke_Style, "StrokeWidth": width}


def _lit(colour: Colour, width: float, alpha: float) -> Any:
    """A line lit from the upper left and, weaker, from the lower right."""
    stops = ((0, colour, alpha), (0.35, colour, alpha * 0.45), (0.62, colour, alpha * 0.3), (1, colour, alpha * 0.9))
    line = _line(width)
    return paint.ramp((-_HALF, _SHOULDER), (_HALF, _FOOT), *stops, **line)


def _metal(tones: Palette, left: float, right: float, **more: Any) -> Any:
    """Polished metal round an upright axis: a hard bright line between dark bands, as studios light it."""
    dark, lit, accent, high = mix(tones.low, BLACK, 0.25), mix(tones.high, WHITE, 0.35), tones.accent, tones.high
    bands = (
        (0, dark), (0.05, accent), (0.10, dark), (0.22, accent), (0.30, lit), (0.36, high),
        (0.46, accent), (0.62, tones.low), (0.74, dark), (0.86, accent), (0.92, high), (1, dark),
    )  # fmt: skip
    return paint.ramp((left, 0), (right, 0), *((at, colour, 1.0) for at, colour in bands), **more)


def _draw_spaced(canvas: Any, words: str, centre: Point, room: float, tones: Palette) -> None:
    """`words` in spaced serif capitals around `centre`, made smaller until `room` units hold them."""
    letters, face = words.upper(), paint.font("serif-bold", 100)
    places = [0.0]
    for letter in letters:
        places.append(places[-1] + face.measureText(letter) + 24)
    width = places[-1] - 24
    scale = min(0.00095, room / width)
    foil = ((0, tones.accent, 1), (0.3, mix(tones.high, WHITE, 0.3), 1), (0.6, tones.accent, 1), (1, tones.high, 1))
    canvas.save()
    canvas.translate(centre[0] - width * scale / 2, centre[1] + 33 * scale)
    canvas.scale(scale, scale)
    for letter, x in zip(letters, places, strict=False):
        canvas.drawString(letter, x, 0, face, paint.ramp((0, -70), (width, 10), *foil))
    canvas.restore()
