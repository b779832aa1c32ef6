"""A running shoe from its outer side, toe to the right: knitted upper, panels, laces."""

from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved, points, shape, smooth
from adgen_pipeline.studio.drawing.motifs.shoe_sole import JOIN, draw_sole, foam
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, Palette, mix
from adgen_pipeline.studio.drawing.skia_door import skia

# The silhouette of the upper, in runs that meet in corners; then the seams on it.
_HEEL = smooth(
    (-1.20, 0.24), (-1.245, 0.06), (-1.225, -0.12), (-1.185, -0.28), (-1.195, -0.42),
    (-1.245, -0.55), (-1.25, -0.60), (-1.20, -0.625), (-1.135, -0.58),
)  # fmt: skip
_COLLAR = smooth(
    (-1.135, -0.58), (-1.03, -0.42), (-0.89, -0.31), (-0.73, -0.275), (-0.58, -0.31), (-0.45, -0.41),
    (-0.37, -0.50), (-0.30, -0.53),
)  # fmt: skip
_INSTEP = smooth((-0.30, -0.53), (-0.10, -0.385), (0.12, -0.235), (0.34, -0.105), (0.52, -0.02))
_TOE = smooth(
    (0.52, -0.02), (0.68, -0.022), (0.86, -0.005), (1.04, 0.036), (1.20, 0.10), (1.315, 0.185),
    (1.372, 0.28), (1.36, 0.34),
)  # fmt: skip
_TONGUE = smooth(
    (-0.40, -0.36), (-0.49, -0.54), (-0.545, -0.67), (-0.515, -0.735), (-0.43, -0.725), (-0.28, -0.60),
    (-0.07, -0.44), (0.15, -0.285), (0.37, -0.15), (0.58, -0.035), (0.56, 0.02),
)  # fmt: skip
_LINING = smooth(
    (-1.15, -0.58), (-1.02, -0.49), (-0.86, -0.405), (-0.70, -0.375), (-0.56, -0.41), (-0.46, -0.52), (-0.40, -0.45)
)
_TAB = smooth((-1.19, -0.60), (-1.285, -0.565), (-1.315, -0.45), (-1.275, -0.33), (-1.18, -0.24))
_COUNTER = smooth((-0.52, 0.30), (-0.66, 0.12), (-0.84, -0.03), (-0.99, -0.18), (-1.09, -0.36), (-1.15, -0.52))
_GUARD = smooth((0.60, 0.36), (0.80, 0.265), (1.0, 0.215), (1.18, 0.198), (1.40, 0.205))
_EYESTAY = smooth(
    (-0.435, -0.425), (-0.30, -0.345), (-0.12, -0.215), (0.08, -0.075), (0.30, 0.035), (0.52, 0.085),
    (0.66, 0.06), (0.70, -0.03),
)  # fmt: skip


class Shoe:
    """A sneaker seen from the side. The brand stands on the foam below the arch, if there is one."""

    extent = (-1.40, -0.80, 1.46, 0.70)
    focus = ((0.10, -0.14), (0.95, 0.25), (-0.95, 0.12))

    def still(self, canvas: Any, look: Look) -> None:
        """The whole shoe, back to front."""
        tones = look.palette
        self._draw_lining(canvas, tones)
        self._draw_tongue(canvas, tones)
        self._draw_tab(canvas, tones)
        canvas.save()
        canvas.clipPath(_upper(), True)
        self._draw_knit(canvas, tones)
        self._draw_cables(canvas, tones)
        self._draw_volume(canvas, tones)
        self._draw_panels(canvas, tones)
        self._draw_collar(canvas, tones)
        self._draw_rim_light(canvas, tones)
        canvas.restore()
        draw_sole(canvas, look)
        self._draw_laces(canvas, tones)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """A sweep of light over the upper, which `glint` carries from heel to toe, and a spark on the eyelets."""
        x, reach = -1.75 + 3.5 * glint, 0.17
        lit = mix(look.palette.high, WHITE, 0.5)
        band = ((0, lit, 0), (0.3, lit, 0.12), (0.5, lit, 0.36), (0.7, lit, 0.12), (1, lit, 0))
        canvas.save()
        canvas.clipPath(_upper_above_foam(), True)
        canvas.rotate(20)
        canvas.drawRect(skia.Rect(x - reach, -0.7, x + reach, 0.7), paint.ramp((x - reach, 0), (x + reach, 0), *band))
        canvas.restore()
        for k, (edge, along, out) in enumerate(_lacing()):
            spark = max(0.0, np.sin(1.3 * seconds - 0.7 * k)) ** 8
            cx, cy = (float(v) for v in edge - 0.080 * out + 0.012 * along)
            glow = ((0, WHITE, 0.95 * spark), (0.25, lit, 0.5 * spark), (1, lit, 0))
            canvas.drawCircle(cx, cy, 0.035, paint.halo((cx, cy), 0.035, *glow))

    def _draw_lining(self, canvas: Any, tones: Palette) -> None:
        """The padded inside of the far collar, in shadow."""
        soft, dark = mix(tones.ground, WHITE, 0.18), mix(tones.ground, BLACK, 0.5)
        canvas.drawPath(shape(_LINING, _COLLAR[::-1]), paint.ramp((0, -0.58), (0, -0.30), (0, soft, 1), (1, dark, 1)))
        canvas.drawPath(line(_LINING), paint.stroke(mix(tones.accent, tones.high, 0.3), 0.012, 0.8))

    def _draw_tongue(self, canvas: Any, tones: Palette) -> None:
        """The tongue behind the laces, padded in channels, with a bound edge."""
        dark, lit = mix(tones.ground, BLACK, 0.2), mix(tones.ground, WHITE, 0.32)
        body = ((0, lit, 1), (0.5, mix(dark, lit, 0.5), 1), (1, dark, 1))
        canvas.drawPath(shape(_TONGUE), paint.ramp((-0.5, -0.7), (-0.2, -0.3), *body))
        canvas.save()
        canvas.clipPath(shape(_TONGUE), True)
        for k in range(4):
            channel = smooth(
                (-0.56 + 0.055 * k, -0.56 + 0.07 * k), (-0.46 + 0.055 * k, -0.60 + 0.07 * k), (-0.30, -0.72 + 0.09 * k)
            )
            canvas.drawPath(line(channel), paint.stroke(BLACK, 0.014, 0.5, blur=0.004))
            canvas.drawPath(line(moved(channel, 0.003, 0.011)), paint.stroke(WHITE, 0.006, 0.22))
        canvas.restore()
        _stitch(canvas, tones, beside(_TONGUE, 0.022))
        edge = ((0, tones.high, 0.95), (1, tones.high, 0.4))
        canvas.drawPath(line(_TONGUE), paint.ramp((-0.55, -0.7), (0.6, 0), *edge, **paint.lined(0.008)))

    def _draw_tab(self, canvas: Any, tones: Palette) -> None:
        """The loop to pull the shoe on by."""
        canvas.drawPath(line(_TAB), paint.stroke(mix(tones.accent, tones.low, 0.5), 0.040))
        canvas.drawPath(line(_TAB), paint.stroke(tones.accent, 0.026))
        canvas.drawPath(line(beside(_TAB, 0.016)), paint.stroke(mix(tones.high, WHITE, 0.4), 0.005, 0.9))

    def _draw_knit(self, canvas: Any, tones: Palette) -> None:
        """Coloured knit, open where the foot needs air: rows of holes that run along the sole."""
        dark, lit = mix(tones.low, tones.ground, 0.25), mix(tones.accent, tones.high, 0.22)
        fade = ((0, dark, 1), (0.18, mix(dark, tones.accent, 0.4), 1), (0.5, tones.accent, 1), (1, lit, 1))
        canvas.drawPaint(paint.ramp((-1.2, 0), (1.3, 0.2), *fade))
        lip, hole = mix(tones.accent, tones.high, 0.65), mix(tones.low, BLACK, 0.3)
        lines, ends = skia.Canvas.PointMode.kLines_PointMode, {"StrokeCap": skia.Paint.kRound_Cap}
        for row in range(36):
            x = np.arange(-1.25, 1.38, 0.027) + 0.0135 * (row % 2)
            y = np.interp(x, JOIN[:, 0], JOIN[:, 1]) - 0.03 - 0.0235 * row
            width = 0.0125 - 0.0055 * abs(row / 12 - 0.75)
            dashes = np.column_stack((x - 0.004, y, x + 0.004, y - 0.002)).reshape(-1, 2)
            canvas.drawPoints(lines, points(moved(dashes, 0, 0.0035)), paint.stroke(lip, width, 0.6, **ends))
            canvas.drawPoints(lines, points(dashes), paint.stroke(hole, width, 0.8, **ends))
            thread = np.column_stack((x, y + 0.0118 + 0.004 * (np.arange(len(x)) % 2)))
            canvas.drawPath(line(thread), paint.stroke(lip, 0.0022, 0.5))

    def _draw_cables(self, canvas: Any, tones: Palette) -> None:
        """Welded cables that rise from the sole, leaning forward, to each eyelet, and hold the foot."""
        lit, deep = mix(tones.accent, tones.high, 0.7), mix(tones.accent, tones.low, 0.4)
        for k, (edge, _, out) in enumerate(_lacing()):
            end = edge - 0.11 * out
            foot = end * (1, 0) + (-0.36 + 0.035 * k, 0.34)
            cable = smooth(tuple(foot), tuple(0.55 * foot + 0.45 * end + (0.025, 0.03)), tuple(end))
            half = np.linspace(0.024, 0.007, len(cable))
            blade = shape(beside(cable, half), beside(cable, -half)[::-1])
            _shadow(canvas, blade, 0.008)
            x, y = (float(v) for v in cable[20])
            canvas.drawPath(blade, paint.ramp((x - 0.02, y - 0.01), (x + 0.02, y + 0.01), (0, lit, 1), (1, deep, 1)))
            canvas.drawPath(line(beside(cable, -half)), paint.stroke(mix(tones.high, WHITE, 0.4), 0.004, 0.8))

    def _draw_volume(self, canvas: Any, tones: Palette) -> None:
        """Light from above the toe, shade where the upper turns under and meets the foam."""
        lit, shade = mix(tones.high, WHITE, 0.5), mix(tones.low, BLACK, 0.7)
        lights = ((0.90, 0.06, 0.46, 0.12, 0.6), (0.15, -0.02, 0.55, 0.30, 0.20), (-0.80, -0.12, 0.35, 0.22, 0.22))
        for x, y, wide, high, strength in lights:
            canvas.save()
            canvas.translate(x, y)
            canvas.rotate(16)
            canvas.scale(wide, high)
            canvas.drawPaint(paint.halo((0, 0), 1, (0, lit, strength), (1, tones.high, 0)))
            canvas.restore()
        for run, width, strength in ((JOIN, 0.18, 0.75), (_HEEL, 0.16, 0.55), (_TOE[80:], 0.08, 0.5)):
            canvas.drawPath(line(run), paint.stroke(shade, width, strength, blur=0.3 * width))

    def _draw_panels(self, canvas: Any, tones: Palette) -> None:
        """What is laid over the knit: heel counter, toe guard, the band of the eyelets; each with its seam."""
        dark, lit = mix(tones.ground, BLACK, 0.25), mix(tones.ground, WHITE, 0.40)
        half = mix(dark, lit, 0.4)
        counter = shape(_COUNTER, smooth((-1.15, -0.52), (-1.32, -0.3), (-1.32, 0.3)))
        guard = shape(_GUARD, smooth((1.40, 0.205), (1.5, 0.4), (0.60, 0.5)))
        band = shape(_INSTEP, _TOE[:24], _EYESTAY[::-1], _COLLAR[-40:])
        sides = (
            (counter, (-1.26, -0.1), (-0.6, 0.2), ((0, dark, 1), (0.12, lit, 1), (0.4, half, 1), (1, dark, 1))),
            (guard, (0, 0.2), (0, 0.34), ((0, mix(dark, lit, 0.8), 1), (0.35, half, 1), (1, dark, 1))),
            (band, (-0.1, -0.42), (0.02, -0.10), ((0, lit, 1), (0.5, half, 1), (1, dark, 1))),
        )
        for panel, start, end, sheen in sides:
            _shadow(canvas, panel, 0.014)
            canvas.drawPath(panel, paint.ramp(start, end, *sheen))
        for k in range(4):
            ridge = beside(_COUNTER[8:], -0.075 - 0.045 * k)
            canvas.drawPath(line(ridge), paint.stroke(BLACK, 0.014, 0.55, blur=0.003))
            canvas.drawPath(line(moved(ridge, 0.010, -0.004)), paint.stroke(lit, 0.005, 0.75))
        for seam, inside in ((_COUNTER, -0.020), (_GUARD, 0.016), (_EYESTAY, -0.018)):
            canvas.drawPath(line(seam), paint.stroke(tones.high, 0.004, 0.55))
            _stitch(canvas, tones, beside(seam, inside))

    def _draw_collar(self, canvas: Any, tones: Palette) -> None:
        """The padded edge round the ankle."""
        soft, edge = mix(tones.ground, WHITE, 0.20), np.vstack((_HEEL[-50:], _COLLAR))
        canvas.drawPath(line(edge), paint.stroke(BLACK, 0.19, 0.5, blur=0.012))
        for width, light in ((0.17, 0.0), (0.13, 0.12), (0.09, 0.24), (0.05, 0.38)):
            canvas.drawPath(line(edge), paint.stroke(mix(soft, WHITE, light), width, 0.6, blur=0.010))
        _stitch(canvas, tones, beside(_COLLAR, 0.082))

    def _draw_rim_light(self, canvas: Any, tones: Palette) -> None:
        """The light that draws the silhouette on a dark ground."""
        rim = mix(tones.high, WHITE, 0.5)
        toe, heel = ((0, rim, 0.9), (0.7, rim, 0.8), (1, rim, 0.4)), ((0, rim, 0.95), (1, rim, 0.5))
        canvas.drawPath(line(_COLLAR), paint.stroke(rim, 0.012, 0.9))
        canvas.drawPath(line(_TOE), paint.ramp((0.5, 0), (1.35, 0.3), *toe, **paint.lined(0.014)))
        canvas.drawPath(line(_HEEL), paint.ramp((0, -0.6), (0, 0.2), *heel, **paint.lined(0.016)))

    def _draw_laces(self, canvas: Any, tones: Palette) -> None:
        """Flat laces that cross over the tongue: the strands from the far side first, then those on top."""
        pale = mix(WHITE, tones.accent, 0.05)
        under = mix(pale, tones.ground, 0.42)
        for edge, along, out in _lacing():
            self._draw_lace(canvas, edge + 0.005 * out + 0.02 * along, edge + 0.066 * out + 0.10 * along, under, tones)
        for edge, along, out in _lacing():
            eyelet = edge - 0.058 * out + 0.012 * along
            x, y = (float(v) for v in eyelet)
            rim = ((0, tones.high, 1), (0.6, tones.accent, 1), (1, tones.low, 1))
            canvas.drawCircle(x, y, 0.027, paint.halo((x - 0.006, y - 0.01), 0.036, *rim))
            canvas.drawCircle(x, y, 0.017, paint.fill(BLACK, 0.9))
            self._draw_lace(canvas, eyelet, edge + 0.076 * out - 0.055 * along, pale, tones)

    def _draw_lace(self, canvas: Any, start: Curve, end: Curve, pale: Colour, tones: Palette) -> None:
        """One woven strand, narrow where it leaves the eyelet, turning away at the ridge of the tongue."""
        run, shade = end - start, mix(pale, tones.ground, 0.6)
        side = np.array((-run[1], run[0])) / np.hypot(*run) * 0.033
        outline = [
            (0, -0.45),
            (0.3, -1),
            (0.88, -1),
            (1.0, -0.6),
            (1.0, 0.6),
            (0.88, 1),
            (0.3, 1),
            (0, 0.45),
            (0, -0.45),
        ]
        strand = shape(smooth(*(tuple(start + ahead * run + across * side) for ahead, across in outline)))
        _shadow(canvas, strand, 0.010)
        sheen = ((0, shade, 1), (0.3, pale, 1), (0.75, pale, 1), (1, shade, 1))
        canvas.drawPath(strand, paint.ramp((float(start[0]), float(start[1])), (float(end[0]), float(end[1])), *sheen))
        canvas.save()
        canvas.clipPath(strand, True)
        for step in np.linspace(0, 0.92, 20):
            middle = start + step * run
            for flank in (side, -side):
                canvas.drawPath(line(np.array((middle, middle + flank + 0.1 * run))), paint.stroke(shade, 0.0025, 0.45))
        canvas.restore()


@cache
def _upper() -> Any:
    """The shell of the foot, without the tongue; the foam hides where it ends below."""
    return shape(_HEEL, _COLLAR, _INSTEP, _TOE)


@cache
def _upper_above_foam() -> Any:
    return skia.Op(_upper(), foam(), skia.PathOp.kDifference_PathOp)


@cache
def _lacing() -> list[tuple[Curve, Curve, Curve]]:
    """For each lace: a point on the edge of its band, the direction toward the toe, and the one out of the shoe."""
    rows = []
    for at in np.linspace(0.06, 0.93, 6):
        k = int(at * (len(_INSTEP) - 2))
        along = _INSTEP[k + 1] - _INSTEP[k]
        along = along / np.hypot(*along)
        rows.append((_INSTEP[k], along, np.array((along[1], -along[0]))))
    return rows


def _stitch(canvas: Any, tones: Palette, seam: Curve) -> None:
    """A row of stitches, sunk a little into what they hold."""
    dashes = {"PathEffect": skia.DashPathEffect.Make([0.020, 0.012], 0)}
    canvas.drawPath(line(moved(seam, 0, 0.003)), paint.stroke(BLACK, 0.008, 0.7, **dashes))
    canvas.drawPath(line(seam), paint.stroke(tones.accent, 0.006, 1, **dashes))


def _shadow(canvas: Any, path: Any, depth: float) -> None:
    """The shadow that `path` throws on what it lies on."""
    canvas.save()
    canvas.translate(0.5 * depth, depth)
    canvas.drawPath(path, paint.fill(BLACK, 0.6, blur=depth))
    canvas.restore()
