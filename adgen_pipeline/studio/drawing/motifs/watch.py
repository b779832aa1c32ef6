"""A chronograph on a leather strap."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.watch_dial import RADIUS, SUBDIALS, Materials, dial, materials, sweep
from adgen_pipeline.studio.drawing.paint import fill, linear, radial, ramp, rgba, shaded, stroke
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_STRAP_END = 2.3
_LEATHER: Colour = np.array([0.24, 0.185, 0.15])
_BRUSHING = [0, 0.08, 0.17, 0.23, 0.33, 0.45, 0.55, 0.63, 0.74, 0.85, 1.0]


class Watch:
    """Case of radius 1, crown to the right; the strap fades out above and below."""

    extent = (-1.25, -_STRAP_END, 1.25, _STRAP_END)
    body = (-1.06, -1.10, 1.20, 1.14)
    focus = ((0.30, 0.16), (-0.40, -0.42))

    def still(self, canvas: Any, look: Look) -> None:
        """Strap, case, bezel, dial."""
        made = materials(look)
        for side in (-1, 1):
            _strap(canvas, look, made, side)
        for across in (-1, 1):
            for down in (-1, 1):
                _lug(canvas, made, across, down)
        _crown_and_pushers(canvas, made)
        _case(canvas, made)
        dial(canvas, look, made)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Hands at ten past ten, the seconds hand sweeping; one reflection on the glass."""
        made = materials(look)
        for (x, y), pace, start in zip(SUBDIALS, (6, -24, 60), (40, 200, 310), strict=True):
            canvas.save()
            canvas.translate(x, y)
            _small_hand(canvas, made, start + pace * seconds)
            canvas.restore()
        _hand(canvas, made, 304 + 0.05 * seconds, 0.47, 0.036)
        _hand(canvas, made, 54 + 0.1 * seconds, 0.69, 0.030)
        _seconds_hand(canvas, look, made, 212 + 6 * seconds)
        _reflection(canvas, glint)


def _strap(canvas: Any, look: Look, made: Materials, side: int) -> None:
    path = skia.Path()
    path.moveTo(-0.60, side * 0.70)
    path.quadTo(-0.53, side * 1.5, -0.50, side * _STRAP_END)
    path.lineTo(0.50, side * _STRAP_END)
    path.quadTo(0.53, side * 1.5, 0.60, side * 0.70)
    path.close()
    leather = mix(_LEATHER, look.palette.ground, 0.25)
    dark, edge = mix(leather, BLACK, 0.62), mix(leather, BLACK, 0.8)
    canvas.saveLayer(None, None)
    stops = ((0, rgba(edge)), (0.16, rgba(leather)), (0.5, rgba(dark)), (0.84, rgba(leather)), (1, rgba(edge)))
    canvas.drawPath(path, shaded(linear((-0.58, 0), (0.58, 0), *stops)))
    _grain(canvas, path, leather)
    for across in (-1, 1):
        _stitches(canvas, made, across, side)
    canvas.drawPath(path, _fading(linear, side))
    canvas.restore()


def _fading(gradient: Any, side: int) -> Any:
    """Leaves the strap whole at the case and erases it toward its end."""
    fade = gradient(
        (0, side * 1.02), (0, side * 2.22), (0, rgba(BLACK, 0.05)), (0.55, rgba(BLACK, 0.6)), (1, rgba(BLACK, 1))
    )
    return shaded(fade, BlendMode=skia.BlendMode.kDstOut)


def _grain(canvas: Any, path: Any, leather: Colour) -> None:
    """The pores of the leather."""
    noise = skia.PerlinNoiseShader.MakeFractalNoise(60, 60, 2, 5.0)
    grey = skia.ColorFilters.Matrix([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2.2, 0, 0, 0, -0.85])
    canvas.save()
    canvas.clipPath(path, True)
    canvas.drawPath(path, shaded(noise, ColorFilter=grey, Alphaf=0.16))
    canvas.restore()


def _stitches(canvas: Any, made: Materials, across: int, side: int) -> None:
    seam = skia.Path()
    seam.moveTo(across * 0.495, side * 0.98)
    seam.quadTo(across * 0.44, side * 1.5, across * 0.415, side * _STRAP_END)
    dashes = skia.DashPathEffect.Make([0.07, 0.045], 0)
    canvas.drawPath(seam, stroke(BLACK, 0.034, 0.45, blur=0.008))
    thread = mix(made.metal, made.shade, 0.25)
    canvas.drawPath(seam, stroke(thread, 0.017, 0.85, PathEffect=dashes, StrokeCap=skia.Paint.kRound_Cap))


def _lug(canvas: Any, made: Materials, across: int, down: int) -> None:
    path = skia.Path()
    path.moveTo(0.52, 0.78)
    path.lineTo(0.565, 1.10)
    path.quadTo(0.58, 1.17, 0.65, 1.155)
    path.quadTo(0.735, 1.13, 0.745, 1.05)
    path.quadTo(0.77, 0.86, 0.87, 0.50)
    path.close()
    canvas.save()
    canvas.scale(across, down)
    lit = mix(made.metal, made.lit, 0.75 if across * down < 0 else 0.4)
    ridge = mix(made.metal, made.shade, 0.35)
    around = ((0, made.shade), (0.22, lit), (0.34, lit), (0.40, ridge), (0.62, made.metal), (1, made.shade))
    canvas.drawPath(path, ramp((0.54, 0), (0.80, 0), *((at, tone, 1.0) for at, tone in around)))
    canvas.drawPath(path, shaded(linear((0, 0.74), (0, 1.18), (0, rgba(BLACK, 0.6)), (0.6, rgba(BLACK, 0)))))
    canvas.drawPath(path, stroke(made.lit, 0.006, 0.35))
    canvas.restore()


def _crown_and_pushers(canvas: Any, made: Materials) -> None:
    for angle, length, half in ((0, 0.175, 0.115), (-30, 0.13, 0.07), (30, 0.13, 0.07)):
        canvas.save()
        canvas.rotate(angle)
        stem = linear(
            (0, -half * 0.7), (0, half * 0.7), (0, rgba(made.shade)), (0.5, rgba(made.metal)), (1, rgba(made.shade))
        )
        canvas.drawRect(skia.Rect(0.95, -half * 0.6, 1.05, half * 0.6), shaded(stem))
        stops = (
            (0, rgba(made.shade)),
            (0.25, rgba(made.lit)),
            (0.42, rgba(made.metal)),
            (0.8, rgba(made.shade)),
            (1, rgba(mix(made.shade, BLACK, 0.5))),
        )
        head = skia.Rect(1.02, -half, 1.02 + length, half)
        canvas.drawRoundRect(head, 0.028, 0.028, shaded(linear((0, -half), (0, half), *stops)))
        if angle == 0:
            for groove in range(-5, 6):
                y = groove * 0.0205
                canvas.drawLine(1.035, y, 1.178, y, stroke(BLACK, 0.007, 0.5))
                canvas.drawLine(1.035, y + 0.006, 1.178, y + 0.006, stroke(made.lit, 0.003, 0.4))
        canvas.restore()


def _case(canvas: Any, made: Materials) -> None:
    """Polished case, brushed bezel, a step down to the dial."""
    canvas.drawCircle(0, 0, 1.0, shaded(_metal(made)))
    canvas.drawCircle(0, 0, 0.994, stroke(made.lit, 0.012, 0.7))
    canvas.drawCircle(0, 0, 0.962, stroke(BLACK, 0.016, 0.45, blur=0.006))
    canvas.drawCircle(0, 0, 0.955, shaded(_metal(made, 140)))
    for ring in range(16):
        canvas.drawCircle(0, 0, 0.882 + 0.0045 * ring, stroke(made.lit if ring % 2 else BLACK, 0.0018, 0.07))
    canvas.drawCircle(0, 0, 0.953, stroke(made.lit, 0.005, 0.55))
    canvas.drawCircle(0, 0, 0.874, stroke(BLACK, 0.012, 0.5, blur=0.004))
    canvas.drawCircle(0, 0, 0.868, shaded(_metal(made, 205)))
    canvas.drawCircle(0, 0, 0.847, fill(mix(made.deep, made.shade, 0.3)))


def _metal(made: Materials, turn: float = 0.0) -> Any:
    """Light and dark around a polished ring."""
    plain, lit, shade = made.metal, made.lit, made.shade
    around = [plain, shade, plain, lit, plain, shade, mix(plain, lit, 0.4), plain, shade, lit, plain]
    return sweep(around, _BRUSHING, turn)


def _hand(canvas: Any, made: Materials, degrees: float, length: float, half: float, tail: float = 0.14) -> None:
    """A dauphine hand: one facet in the light, one in the shade, its shadow on the dial."""
    canvas.save()
    turn = math.radians(-degrees)
    dx, dy = 0.014, 0.024
    canvas.rotate(degrees)
    offset = (dx * math.cos(turn) - dy * math.sin(turn), dx * math.sin(turn) + dy * math.cos(turn))
    canvas.save()
    canvas.translate(*offset)
    canvas.drawPath(_blade(-half, half, length, tail), fill(BLACK, 0.42))
    canvas.restore()
    canvas.drawPath(_blade(-half, 0, length, tail), fill(made.lit))
    canvas.drawPath(_blade(0, half, length, tail), fill(mix(made.shade, made.metal, 0.35)))
    canvas.restore()


def _blade(left: float, right: float, length: float, tail: float) -> Any:
    path = skia.Path()
    path.moveTo(0, -length)
    path.lineTo(right, 0)
    path.lineTo(0, tail)
    path.lineTo(left, 0)
    path.close()
    return path


def _small_hand(canvas: Any, made: Materials, degrees: float) -> None:
    canvas.rotate(degrees)
    canvas.drawLine(0.006, 0.05, 0.006, -0.150, stroke(BLACK, 0.014, 0.35))
    canvas.drawLine(0, 0.045, 0, -0.155, stroke(made.lit, 0.011))
    canvas.drawCircle(0, 0, 0.019, fill(made.metal))
    canvas.drawCircle(0, 0, 0.007, fill(made.shade))


def _seconds_hand(canvas: Any, look: Look, made: Materials, degrees: float) -> None:
    canvas.save()
    canvas.rotate(degrees)
    canvas.drawLine(0.012, 0.2, 0.012, -0.76, stroke(BLACK, 0.012, 0.35))
    tone = mix(look.palette.accent, WHITE, 0.12) if look.light or made.metal is not look.palette.accent else made.print
    canvas.drawLine(0, 0.21, 0, -0.775, stroke(tone, 0.011))
    canvas.drawRoundRect(skia.Rect(-0.011, 0.12, 0.011, 0.24), 0.01, 0.01, fill(tone))
    canvas.restore()
    cap = radial((-0.012, -0.012), 0.05, (0, rgba(made.lit)), (1, rgba(made.metal)))
    canvas.drawCircle(0, 0, 0.036, shaded(cap))
    canvas.drawCircle(0, 0, 0.013, fill(made.shade))


def _reflection(canvas: Any, glint: float) -> None:
    """A band of light travelling over the glass."""
    if not 0 <= glint <= 1:
        return
    glass = skia.Path()
    glass.addCircle(0, 0, RADIUS + 0.015)
    canvas.save()
    canvas.clipPath(glass, True)
    canvas.rotate(-32)
    middle = -1.5 + 3.0 * glint
    stops = (
        (0, rgba(WHITE, 0)),
        (0.42, rgba(WHITE, 0.17)),
        (0.60, rgba(WHITE, 0.05)),
        (0.63, rgba(WHITE, 0.10)),
        (1, rgba(WHITE, 0)),
    )
    band = skia.Rect(middle - 0.5, -1.2, middle + 0.5, 1.2)
    canvas.drawRect(band, shaded(linear((band.left(), 0), (band.right(), 0), *stops)))
    canvas.restore()
