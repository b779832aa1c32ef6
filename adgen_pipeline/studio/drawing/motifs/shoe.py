"""A running shoe from its outer side, toe to the right: foam sole, knitted upper, laces."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, Palette, mix
from adgen_pipeline.studio.drawing.skia_door import skia

Curve = NDArray[np.float64]
"""Points along a line, one (x, y) a row."""


def _smooth(*points: tuple[float, float]) -> Curve:
    """A Catmull-Rom curve through `points`, finely sampled."""
    knots = np.array([points[0], *points, points[-1]], float)
    t = np.linspace(0, 1, 20, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        pieces.append(b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))))
    return np.vstack([*pieces, knots[-1:]])


# The silhouette, in runs that meet in corners.
_JOIN = _smooth((-1.265, 0.075), (-1.15, 0.15), (-0.92, 0.195), (-0.5, 0.245), (-0.1, 0.262), (0.3, 0.285), (0.75, 0.315), (1.08, 0.322), (1.28, 0.298), (1.375, 0.27))  # fmt: skip
_GROUND = _smooth((1.375, 0.27), (1.412, 0.272), (1.425, 0.315), (1.35, 0.42), (1.12, 0.525), (0.8, 0.592), (0.42, 0.622), (0.1, 0.612), (-0.2, 0.598), (-0.5, 0.606), (-0.85, 0.626), (-1.03, 0.60), (-1.17, 0.52), (-1.29, 0.37), (-1.34, 0.22), (-1.33, 0.11), (-1.30, 0.068), (-1.265, 0.075))  # fmt: skip
_HEEL = _smooth((-1.20, 0.24), (-1.245, 0.06), (-1.225, -0.12), (-1.185, -0.28), (-1.195, -0.42), (-1.245, -0.55), (-1.25, -0.60), (-1.20, -0.625), (-1.135, -0.58))  # fmt: skip
_COLLAR = _smooth((-1.135, -0.58), (-1.03, -0.42), (-0.89, -0.31), (-0.73, -0.275), (-0.58, -0.31), (-0.45, -0.41), (-0.37, -0.50), (-0.30, -0.53))  # fmt: skip
_INSTEP = _smooth((-0.30, -0.53), (-0.10, -0.385), (0.12, -0.235), (0.34, -0.105), (0.52, -0.02))
_TOE = _smooth((0.52, -0.02), (0.68, -0.022), (0.86, -0.005), (1.04, 0.036), (1.20, 0.10), (1.315, 0.185), (1.372, 0.28), (1.36, 0.34))  # fmt: skip
_TONGUE = _smooth((-0.40, -0.36), (-0.49, -0.54), (-0.545, -0.67), (-0.515, -0.735), (-0.43, -0.725), (-0.28, -0.60), (-0.07, -0.44), (0.15, -0.285), (0.37, -0.15), (0.58, -0.035), (0.56, 0.02))  # fmt: skip
_LINING = _smooth((-1.15, -0.58), (-1.02, -0.49), (-0.86, -0.405), (-0.70, -0.375), (-0.56, -0.41), (-0.46, -0.52), (-0.40, -0.45))  # fmt: skip
_COUNTER = _smooth((-0.52, 0.30), (-0.66, 0.12), (-0.84, -0.03), (-0.99, -0.18), (-1.09, -0.36), (-1.15, -0.52))
_GUARD = _smooth((0.60, 0.36), (0.80, 0.265), (1.0, 0.215), (1.16, 0.198), (1.32, 0.20))  # fmt: skip
_EYESTAY = _smooth((-0.435, -0.425), (-0.30, -0.345), (-0.12, -0.215), (0.08, -0.075), (0.30, 0.035), (0.52, 0.085), (0.66, 0.06), (0.70, 0.01))  # fmt: skip


class Shoe:
    """A sneaker seen from the side. The brand stands on the foam of the heel, if there is one."""

    extent = (-1.44, -0.78, 1.46, 0.72)
    focus = ((0.12, -0.16), (0.95, 0.25), (-0.98, 0.15))

    def still(self, canvas: Any, look: Look) -> None:
        """The whole shoe, back to front."""
        tones, grain = look.palette, np.random.default_rng(look.seed)
        self._draw_lining(canvas, tones)
        self._draw_tongue(canvas, tones)
        self._draw_tab(canvas, tones)
        self._draw_tread(canvas, tones)
        canvas.save()
        canvas.clipPath(_upper(), True)
        self._draw_knit(canvas, tones)
        self._draw_ribs(canvas, tones)
        self._draw_volume(canvas, tones)
        self._draw_panels(canvas, tones)
        canvas.restore()
        self._draw_rims(canvas, tones)
        self._draw_foam(canvas, tones, grain)
        if look.brand:
            self._draw_brand(canvas, tones, look.brand)
        self._draw_laces(canvas, tones)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """A soft sweep of light over the upper, which `glint` carries from heel to toe."""
        canvas.save()
        canvas.clipPath(_upper(), True)
        canvas.clipPath(_path(_JOIN, _GROUND), skia.ClipOp.kDifference, True)
        canvas.rotate(20)
        x, reach = -1.75 + 3.5 * glint, 0.17
        lit = mix(look.palette.high, WHITE, 0.5)
        band = ((0, lit, 0), (0.5, lit, 0.34), (0.6, lit, 0.10), (0.7, lit, 0.16), (1, lit, 0))
        canvas.drawRect(skia.Rect(x - reach, -1, x + reach, 1), paint.ramp((x - reach, 0), (x + reach, 0), *band))
        canvas.restore()

    def _draw_lining(self, canvas: Any, tones: Palette) -> None:
        """The padded inside of the far collar, in shadow."""
        inside = _path(_LINING, _COLLAR[::-1])
        soft = mix(tones.ground, tones.ink, 0.20)
        canvas.drawPath(inside, paint.ramp((0, -0.58), (0, -0.30), (0, soft, 1), (1, mix(tones.ground, BLACK, 0.5), 1)))
        canvas.drawPath(_path(_LINING, closed=False), paint.stroke(mix(tones.accent, tones.high, 0.3), 0.012, 0.8))

    def _draw_tongue(self, canvas: Any, tones: Palette) -> None:
        """The tongue behind the laces, with a bound edge."""
        shape = _path(_TONGUE)
        dark, lit = mix(tones.ground, BLACK, 0.2), mix(tones.ground, tones.ink, 0.34)
        canvas.drawPath(shape, paint.ramp((-0.5, -0.7), (-0.2, -0.3), (0, lit, 1), (0.5, mix(dark, lit, 0.5), 1), (1, dark, 1)))
        canvas.drawPath(_path(_beside(_TONGUE, 0.022), closed=False), paint.stroke(tones.accent, 0.006, 0.8, PathEffect=_dash()))
        canvas.drawPath(_path(_TONGUE, closed=False), paint.ramp((-0.55, -0.7), (0.6, 0), (0, tones.high, 0.95), (1, tones.high, 0.4), **_line(0.008)))

    def _draw_tread(self, canvas: Any, tones: Palette) -> None:
        """Rubber lugs under the foam, missing below the arch."""
        rubber, lit = mix(tones.ground, BLACK, 0.2), mix(tones.ground, tones.ink, 0.38)
        corners = ((-0.043, -0.04), (0.043, -0.04), (0.037, 0.030), (-0.039, 0.030))
        for at in np.arange(-1.10, 1.20, 0.096):
            x = float(at)
            y = _height(_GROUND, x)
            slope = (_height(_GROUND, x + 0.03) - _height(_GROUND, x - 0.03)) / 0.06
            lug = skia.Path()
            lug.addPoly([skia.Point(x + dx - slope * dy, y + dy + slope * dx) for dx, dy in corners], True)
            soft = {"PathEffect": skia.CornerPathEffect.Make(0.012)}
            canvas.drawPath(lug, paint.ramp((x - 0.03, y), (x + 0.03, y + 0.03), (0, lit, 1), (0.4, rubber, 1), (1, rubber, 1), **soft))
            canvas.drawLine(x, y + 0.006, x - 0.002, y + 0.026, paint.stroke(lit, 0.004, 0.8))

    def _draw_foam(self, canvas: Any, tones: Palette, grain: np.random.Generator) -> None:
        """The midsole: pale foam, sculpted by grooves, with the fine beads it is pressed from."""
        white, shade = mix(tones.ink, WHITE, 0.6), mix(mix(WHITE, BLACK, 0.46), tones.accent, 0.10)
        canvas.save()
        canvas.clipPath(_path(_JOIN, _GROUND), True)
        canvas.drawPaint(paint.ramp((0, 0.10), (0, 0.64), (0, white, 1), (0.45, mix(white, shade, 0.12), 1), (0.7, mix(white, shade, 0.5), 1), (1, shade, 1)))
        turn = mix(shade, BLACK, 0.35)
        canvas.drawPaint(paint.ramp((-1.4, 0), (1.42, 0), (0, turn, 0.8), (0.08, turn, 0), (0.35, turn, 0), (0.48, turn, 0.34), (0.62, turn, 0), (0.93, turn, 0), (1, turn, 0.7)))
        beads = [skia.Point(x, y) for x, y in grain.uniform((-1.4, 0.08), (1.42, 0.66), (9000, 2))]
        dots = skia.Canvas.PointMode.kPoints_PointMode
        canvas.drawPoints(dots, beads[::2], paint.stroke(turn, 0.0045, 0.28, StrokeCap=skia.Paint.kRound_Cap))
        canvas.drawPoints(dots, beads[1::2], paint.stroke(WHITE, 0.0045, 0.5, StrokeCap=skia.Paint.kRound_Cap))
        self._draw_grooves(canvas, tones, shade)
        self._draw_rubber(canvas, tones)
        canvas.drawPath(_path(_JOIN, _GROUND), paint.ramp((-1.36, 0.1), (1.42, 0.5), (0, WHITE, 0.95), (0.12, WHITE, 0.5), (0.9, WHITE, 0.4), (1, WHITE, 0.9), **_line(0.016)))
        canvas.restore()

    def _draw_rubber(self, canvas: Any, tones: Palette) -> None:
        """The outsole, bonded under the foam and thinning out toward heel and toe."""
        edge = _GROUND[50:270]
        depth = 0.050 * np.sin(np.linspace(0, np.pi, len(edge))) ** 0.45
        top = _beside(edge, 1.0)
        top = edge + (top - edge) * depth[:, None]
        rubber, lit = mix(tones.ground, BLACK, 0.3), mix(tones.ground, tones.ink, 0.30)
        canvas.drawPath(_path(edge, top[::-1]), paint.ramp((0, 0.55), (0, 0.64), (0, lit, 1), (1, rubber, 1)))
        canvas.drawPath(_path(top, closed=False), paint.stroke(mix(tones.accent, tones.low, 0.2), 0.007))

    def _draw_grooves(self, canvas: Any, tones: Palette, shade: Colour) -> None:
        """Long cuts along the foam, and the coloured plate that shows between its layers."""
        plate = _smooth((-1.42, 0.36), (-1.1, 0.425), (-0.7, 0.405), (-0.2, 0.385), (0.3, 0.445), (0.8, 0.482), (1.2, 0.43), (1.45, 0.33))
        along = ((0, mix(tones.accent, tones.low, 0.5), 1), (0.4, tones.accent, 1), (0.7, mix(tones.accent, tones.high, 0.5), 1), (1, tones.accent, 1))
        canvas.drawPath(_path(plate - (0, 0.016), closed=False), paint.stroke(shade, 0.026, 0.9, blur=0.006))
        canvas.drawPath(_path(plate, closed=False), paint.ramp((-1.4, 0), (1.4, 0), *along, **_line(0.024)))
        canvas.drawPath(_path(plate + (0, 0.017), closed=False), paint.stroke(WHITE, 0.008, 0.8))
        for k in range(5):
            cut, end = _JOIN[: 84 - 7 * k] + (0, 0.055 + 0.021 * k), (-0.42 - 0.11 * k, 0)
            for drop, colour, width in ((0, shade, 0.008), (0.0065, WHITE, 0.005)):
                fade = ((0, colour, 0.9), (0.5, colour, 0.75), (1, colour, 0))
                canvas.drawPath(_path(cut + (0, drop), closed=False), paint.ramp((-1.3, 0), end, *fade, **_line(width)))
        for x in np.arange(0.36, 1.2, 0.085):
            y = _height(_GROUND, float(x))
            notch = _smooth((x, y), (x + 0.012, y - 0.05), (x + 0.035, y - 0.085))
            canvas.drawPath(_path(notch, closed=False), paint.stroke(shade, 0.012, 0.8, StrokeCap=skia.Paint.kRound_Cap))
            canvas.drawPath(_path(notch + (0.008, 0), closed=False), paint.stroke(WHITE, 0.005, 0.8))

    def _draw_brand(self, canvas: Any, tones: Palette, brand: str) -> None:
        """The brand pressed into the foam below the arch."""
        face, room = paint.font("sans-bold", 100), 0.62
        letters = brand.upper()
        scale = min(0.00085, room / face.measureText(letters))
        canvas.save()
        canvas.translate(-0.16 - face.measureText(letters) * scale / 2, 0.545)
        canvas.scale(scale, scale)
        canvas.drawString(letters, 0, 4, face, paint.fill(WHITE, 0.8))
        canvas.drawString(letters, 0, 0, face, paint.fill(mix(tones.accent, tones.low, 0.35)))
        canvas.restore()

    def _draw_knit(self, canvas: Any, tones: Palette) -> None:
        """Coloured knit, open where the foot needs air: rows of holes that run along the sole."""
        dark = mix(tones.low, tones.ground, 0.35)
        canvas.drawPaint(paint.ramp((-1.2, 0), (1.3, 0.2), (0, dark, 1), (0.18, mix(dark, tones.accent, 0.35), 1), (0.5, tones.accent, 1), (1, mix(tones.accent, tones.high, 0.22), 1)))
        lines = skia.Canvas.PointMode.kLines_PointMode
        for row in range(36):
            x = np.arange(-1.25, 1.36, 0.027) + 0.0135 * (row % 2)
            y = np.interp(x, _JOIN[:, 0], _JOIN[:, 1]) - 0.03 - 0.0235 * row
            ends = np.column_stack((x - 0.004, y, x + 0.004, y - 0.002)).reshape(-1, 2)
            width = 0.0125 - 0.0055 * abs(row / 12 - 0.75)
            round_ends = {"StrokeCap": skia.Paint.kRound_Cap}
            canvas.drawPoints(lines, _points(ends + (0, 0.0035)), paint.stroke(tones.high, width, 0.40, **round_ends))
            canvas.drawPoints(lines, _points(ends), paint.stroke(mix(tones.low, BLACK, 0.55), width, 0.85, **round_ends))
            thread = np.column_stack((x, y + 0.0118 + 0.004 * (np.arange(len(x)) % 2)))
            canvas.drawPath(_path(thread, closed=False), paint.stroke(tones.high, 0.0022, 0.35))

    def _draw_ribs(self, canvas: Any, tones: Palette) -> None:
        """Welded cables that rise from the sole, leaning forward, to each eyelet, and hold the foot."""
        pale, lit, deep = mix(tones.high, WHITE, 0.4), mix(tones.accent, tones.high, 0.7), mix(tones.accent, tones.low, 0.4)
        for k, (edge, _, out) in enumerate(_lacing()):
            end = edge - 0.11 * out
            foot = end * (1, 0) + (-0.36 + 0.035 * k, 0.34)
            rib = _smooth(tuple(foot), tuple(0.55 * foot + 0.45 * end + (0.025, 0.03)), tuple(end))
            widths = np.linspace(0.024, 0.007, len(rib))[:, None]
            sides = (_beside(rib, 1.0) - rib) * widths
            blade = _path(rib + sides, (rib - sides)[::-1])
            canvas.save()
            canvas.translate(0.008, 0.010)
            canvas.drawPath(blade, paint.fill(BLACK, 0.55, blur=0.008))
            canvas.restore()
            left, right = tuple(map(float, rib[20] - (0.02, 0.01))), tuple(map(float, rib[20] + (0.02, 0.01)))
            canvas.drawPath(blade, paint.ramp(left, right, (0, lit, 1), (1, deep, 1)))
            canvas.drawPath(_path(rib - sides, closed=False), paint.stroke(pale, 0.004, 0.8))

    def _draw_volume(self, canvas: Any, tones: Palette) -> None:
        """Light from above the toe, shade where the upper turns under and meets the foam."""
        for x, y, wide, high, strength in ((0.86, 0.07, 0.50, 0.14, 0.55), (0.15, -0.02, 0.55, 0.30, 0.20), (-0.80, -0.12, 0.35, 0.22, 0.22)):
            canvas.save()
            canvas.translate(x, y)
            canvas.rotate(16)
            canvas.scale(wide, high)
            canvas.drawPaint(paint.halo((0, 0), 1, (0, mix(tones.high, WHITE, 0.5), strength), (1, tones.high, 0)))
            canvas.restore()
        shade = mix(tones.low, BLACK, 0.7)
        canvas.drawPath(_path(_JOIN, closed=False), paint.stroke(shade, 0.16, 0.65, blur=0.05))
        canvas.drawPath(_path(_HEEL, closed=False), paint.stroke(shade, 0.16, 0.55, blur=0.05))
        canvas.drawPath(_path(_TOE[70:], closed=False), paint.stroke(shade, 0.08, 0.5, blur=0.03))

    def _draw_panels(self, canvas: Any, tones: Palette) -> None:
        """What is laid over the knit: heel counter, toe guard, the band of the eyelets; each with its seam."""
        dark, lit = mix(tones.ground, BLACK, 0.25), mix(tones.ground, tones.ink, 0.42)
        counter = _path(_COUNTER, _smooth((-1.15, -0.52), (-1.32, -0.3), (-1.32, 0.3)))
        canvas.drawPath(counter, paint.fill(BLACK, 0.6, blur=0.018))
        canvas.drawPath(counter, paint.ramp((-1.26, -0.1), (-0.6, 0.2), (0, dark, 1), (0.12, lit, 1), (0.4, mix(dark, lit, 0.4), 1), (1, dark, 1)))
        guard = _path(_GUARD, _smooth((1.30, 0.225), (1.5, 0.4), (0.62, 0.5)))
        canvas.drawPath(guard, paint.fill(BLACK, 0.5, blur=0.012))
        canvas.drawPath(guard, paint.ramp((0, 0.2), (0, 0.34), (0, mix(dark, lit, 0.75), 1), (0.35, mix(dark, lit, 0.4), 1), (1, dark, 1)))
        band = _path(_INSTEP, _TOE[:24], _EYESTAY[::-1], _COLLAR[-40:])
        canvas.drawPath(band, paint.fill(BLACK, 0.6, blur=0.014))
        canvas.drawPath(band, paint.ramp((-0.1, -0.42), (0.02, -0.10), (0, lit, 1), (0.5, mix(dark, lit, 0.45), 1), (1, dark, 1)))
        for seam, inside in ((_COUNTER, 0.02), (_GUARD, -0.016), (_EYESTAY, -0.018)):
            canvas.drawPath(_path(seam, closed=False), paint.stroke(tones.high, 0.004, 0.55))
            stitches = _beside(seam, inside)
            canvas.drawPath(_path(stitches + (0, 0.003), closed=False), paint.stroke(BLACK, 0.008, 0.7, PathEffect=_dash()))
            canvas.drawPath(_path(stitches, closed=False), paint.stroke(tones.accent, 0.006, 1, PathEffect=_dash()))

    def _draw_rims(self, canvas: Any, tones: Palette) -> None:
        """The padded collar, and the light that draws the silhouette."""
        rim, pad = mix(tones.high, WHITE, 0.5), mix(tones.ground, tones.ink, 0.20)
        collar = np.vstack((_HEEL[-50:], _COLLAR))
        canvas.save()
        canvas.clipPath(_upper(), True)
        canvas.drawPath(_path(collar, closed=False), paint.stroke(BLACK, 0.19, 0.5, blur=0.012))
        for width, light in ((0.17, 0.0), (0.13, 0.12), (0.09, 0.24), (0.05, 0.38)):
            canvas.drawPath(_path(collar, closed=False), paint.stroke(mix(pad, tones.ink, light), width, 0.6, blur=0.010))
        canvas.drawPath(_path(_beside(_COLLAR, 0.082), closed=False), paint.stroke(tones.accent, 0.006, 1, PathEffect=_dash()))
        canvas.drawPath(_path(_COLLAR, closed=False), paint.stroke(rim, 0.012, 0.9))
        canvas.drawPath(_path(_TOE, closed=False), paint.ramp((0.5, 0), (1.35, 0.3), (0, rim, 0.9), (0.7, rim, 0.8), (1, rim, 0.4), **_line(0.014)))
        canvas.drawPath(_path(_HEEL, closed=False), paint.ramp((0, -0.6), (0, 0.2), (0, rim, 0.95), (1, rim, 0.5), **_line(0.016)))
        canvas.restore()

    def _draw_tab(self, canvas: Any, tones: Palette) -> None:
        """The loop to pull the shoe on by."""
        loop = _smooth((-1.19, -0.60), (-1.285, -0.565), (-1.315, -0.45), (-1.275, -0.33), (-1.18, -0.24))
        canvas.drawPath(_path(loop, closed=False), paint.stroke(mix(tones.accent, tones.low, 0.5), 0.040))
        canvas.drawPath(_path(loop, closed=False), paint.stroke(tones.accent, 0.026))
        canvas.drawPath(_path(_beside(loop, 0.016), closed=False), paint.stroke(mix(tones.high, WHITE, 0.4), 0.005, 0.9))

    def _draw_laces(self, canvas: Any, tones: Palette) -> None:
        """Flat laces that cross over the tongue: the strands from the far side first, then those on top."""
        pale = mix(tones.ink, WHITE, 0.3)
        for edge, along, out in _lacing():
            self._draw_lace(canvas, edge + 0.005 * out + 0.02 * along, edge + 0.066 * out + 0.10 * along, mix(pale, tones.ground, 0.42), tones)
        for edge, along, out in _lacing():
            hole = edge - 0.058 * out + 0.012 * along
            x, y = (float(v) for v in hole)
            canvas.drawCircle(x, y, 0.027, paint.halo((x - 0.006, y - 0.01), 0.036, (0, tones.high, 1), (0.6, tones.accent, 1), (1, tones.low, 1)))
            canvas.drawCircle(x, y, 0.017, paint.fill(BLACK, 0.9))
            self._draw_lace(canvas, hole, edge + 0.076 * out - 0.055 * along, pale, tones)

    def _draw_lace(self, canvas: Any, start: Curve, end: Curve, pale: Colour, tones: Palette) -> None:
        """One woven strand, narrow where it leaves the eyelet, turning away at the ridge of the tongue."""
        run = end - start
        side = np.array((-run[1], run[0])) / np.hypot(*run) * 0.033
        lace = _path(np.array((start - side * 0.45, start + run * 0.3 - side, end - side, end + side, start + run * 0.3 + side, start + side * 0.45)))
        soft = {"PathEffect": skia.CornerPathEffect.Make(0.032)}
        shade = mix(pale, tones.ground, 0.6)
        canvas.save()
        canvas.translate(0.006, 0.012)
        canvas.drawPath(lace, paint.fill(BLACK, 0.6, blur=0.010))
        canvas.restore()
        here, there = tuple(map(float, start)), tuple(map(float, end))
        canvas.drawPath(lace, paint.ramp(here, there, (0, shade, 1), (0.3, pale, 1), (0.75, pale, 1), (1, shade, 1), **soft))
        canvas.save()
        canvas.clipPath(lace, True)
        for step in np.linspace(0, 1, 22):
            middle, lead = start + step * run, run * 0.10
            for flank in (side, -side):
                canvas.drawLine(*map(float, (*middle, *(middle + flank + lead))), paint.stroke(shade, 0.0025, 0.45))
        canvas.restore()


def _lacing() -> list[tuple[Curve, Curve, Curve]]:
    """For each lace: a point on the edge of its band, the direction toward the toe, and the one out of the shoe."""
    rows = []
    for at in np.linspace(0.06, 0.93, 6):
        k = int(at * (len(_INSTEP) - 2))
        along = _INSTEP[k + 1] - _INSTEP[k]
        along = along / np.hypot(*along)
        rows.append((_INSTEP[k], along, np.array((along[1], -along[0]))))
    return rows


def _upper() -> Any:
    """The shell of the foot, without the tongue; the foam hides where it ends below."""
    return _path(_HEEL, _COLLAR, _INSTEP, _TOE)


def _path(*runs: Curve, closed: bool = True) -> Any:
    """One outline along `runs`."""
    path = skia.Path()
    path.addPoly(_points(np.vstack(runs)), closed)
    return path


def _points(rows: Curve) -> list[Any]:
    return [skia.Point(float(x), float(y)) for x, y in rows]


def _beside(curve: Curve, distance: float) -> Curve:
    """`curve` shifted sideways, to the right of its direction when `distance` is positive."""
    along = np.gradient(curve, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    return curve + distance * np.column_stack((-along[:, 1], along[:, 0]))


def _height(curve: Curve, x: float) -> float:
    """The lower side of `curve` at `x`."""
    lower = curve[(curve[:, 1] > 0.3)]
    order = np.argsort(lower[:, 0])
    return float(np.interp(x, lower[order, 0], lower[order, 1]))


def _line(width: float) -> dict[str, Any]:
    """What makes a gradient's paint draw a line."""
    return {"Style": skia.Paint.kStroke_Style, "StrokeWidth": width}


def _dash() -> Any:
    return skia.DashPathEffect.Make([0.020, 0.012], 0)
