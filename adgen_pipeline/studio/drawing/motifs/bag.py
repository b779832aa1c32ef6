"""A leather handbag: flap, turn lock, rolled handles, a tag that swings from one of them."""

import math
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.bag_metal import draw_feet, draw_foil, draw_lock, draw_rings, draw_tag
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.leather import draw_cord, draw_seam, hide
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_COGNAC: Colour = np.array([0.56, 0.265, 0.11])
_LEFT = smooth((-0.72, -0.30), (-0.765, -0.05), (-0.83, 0.30), (-0.868, 0.60), (-0.855, 0.72), (-0.80, 0.775))
_BASE = smooth((-0.80, 0.775), (-0.45, 0.80), (0.0, 0.808), (0.45, 0.80), (0.80, 0.775))
_TOP = smooth((0.72, -0.30), (0.40, -0.335), (0.0, -0.345), (-0.40, -0.335), (-0.72, -0.30))
_FLAP_TOP = smooth((-0.735, -0.24), (-0.72, -0.33), (-0.64, -0.372), (-0.3, -0.392), (0.0, -0.396))
_FLAP_SIDE = smooth(
    (-0.735, -0.24), (-0.755, -0.08), (-0.742, 0.07), (-0.66, 0.165), (-0.45, 0.215), (-0.20, 0.248), (0.0, 0.256)
)
_HANDLE = smooth(
    (-0.40, -0.30), (-0.405, -0.48), (-0.40, -0.66), (-0.34, -0.88), (-0.20, -1.015), (0.0, -1.06), (0.20, -1.015),
    (0.34, -0.88), (0.40, -0.66), (0.405, -0.48), (0.40, -0.30),
)  # fmt: skip


class Bag:
    """A structured bag seen from the front. The brand is stamped in foil below the lock, if there is one."""

    extent = (-0.98, -1.17, 0.98, 0.88)
    face = (-0.62, -0.20, 0.62, 0.60)
    focus = ((-0.10, 0.10), (0.40, -0.30), (-0.62, 0.36))

    def still(self, canvas: Any, look: Look) -> None:
        """Far handle, body, flap, near handle, metal."""
        made, dye = materials(look), leather_of(look)
        rim = mix(look.palette.high, WHITE, 0.35)
        _draw_far_handle(canvas, dye, rim)
        draw_feet(canvas, made)
        _draw_gusset(canvas, dye, rim)
        _draw_front(canvas, look, dye, rim)
        if look.brand:
            draw_foil(canvas, look.brand, made, 0.50)
        _draw_flap(canvas, look, dye, rim)
        _draw_tabs(canvas, look, dye, rim)
        draw_rings(canvas, made)
        draw_cord(canvas, _HANDLE[17:-17], 0.046, dye, rim)
        _draw_sleeves(canvas, dye, rim)
        draw_lock(canvas, made)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The tag swings, the lock sparkles, and `glint` carries soft light over the leather."""
        if 0 < glint < 1:
            _draw_sheen(canvas, look, glint)
        _draw_spark(canvas, (-0.045, 0.155), max(0.0, math.sin(1.1 * seconds)) ** 10)
        _draw_spark(canvas, (0.385, -0.405), max(0.0, math.sin(1.1 * seconds - 1.7)) ** 10)
        draw_tag(canvas, look, leather_of(look), 7 * math.sin(1.7 * seconds) + 2 * math.sin(2.9 * seconds))


def leather_of(look: Look) -> Colour:
    """Cognac for a metallic brand, else leather dyed in the brand's colour, deep as dyes are."""
    made, accent = materials(look), look.palette.accent
    if made.metal is accent:
        return _COGNAC
    return mix(mix(accent, WHITE * luminance(accent), 0.14), BLACK, 0.08)


def _mirrored(run: Curve) -> Curve:
    """`run` on the other side, from its end back to its start."""
    return run[::-1] * (-1, 1)


@cache
def _body() -> Any:
    return shape(_LEFT, _BASE, _mirrored(_LEFT), _TOP)


@cache
def _flap() -> Any:
    return shape(_FLAP_TOP[::-1], _FLAP_SIDE, _mirrored(_FLAP_SIDE), _FLAP_TOP * (-1, 1))


def _draw_far_handle(canvas: Any, dye: Colour, rim: Colour) -> None:
    """The handle on the far side, in shadow."""
    far = _HANDLE * (0.93, 0.965) + (0.035, -0.055)
    draw_cord(canvas, far, 0.042, mix(dye, BLACK, 0.62), mix(rim, BLACK, 0.35))


def _draw_gusset(canvas: Any, dye: Colour, rim: Colour) -> None:
    """The sides, folding out behind the front."""
    for side, shade in ((-1, 0.45), (1, 0.68)):
        fold = smooth(
            (0.66, -0.31), (0.80, -0.28), (0.845, -0.10), (0.885, 0.15), (0.935, 0.45), (0.945, 0.66), (0.90, 0.765),
            (0.78, 0.77),
        )  # fmt: skip
        path = shape(fold * (side, 1))
        canvas.drawPath(path, hide(mix(dye, BLACK, shade), rim, (0.5 * side - 0.45, -0.4, 0.5 * side + 0.45, 0.8)))
        edge = ((0, rim, 0.1), (0.5, rim, 0.75), (1, rim, 0.5))
        canvas.drawPath(line(fold[30:-10] * (side, 1)), paint.ramp((0, -0.3), (0, 0.8), *edge, **paint.lined(0.010)))
        crease = smooth((0.77, -0.20), (0.82, 0.15), (0.885, 0.50), (0.885, 0.70)) * (side, 1)
        canvas.drawPath(line(crease), paint.stroke(BLACK, 0.03, 0.55, blur=0.012))


def _draw_front(canvas: Any, look: Look, dye: Colour, rim: Colour) -> None:
    """The front panel: swelling leather, a seam around it, rolled edges."""
    canvas.drawPath(_body(), hide(dye, rim, (-0.88, -0.55, 0.88, 0.83)))
    canvas.save()
    canvas.clipPath(_body(), True)
    canvas.drawPath(line(_BASE), paint.stroke(BLACK, 0.16, 0.5, blur=0.05))
    for x, lean, strength in ((-0.46, 0.10, 0.16), (0.38, -0.12, 0.2), (0.62, -0.05, 0.16)):
        fold = smooth((x, 0.20), (x + 0.4 * lean, 0.40), (x + lean, 0.66))
        canvas.drawPath(line(fold), paint.stroke(BLACK, 0.05, strength, blur=0.03))
        canvas.drawPath(line(moved(fold, -0.045, 0)), paint.stroke(WHITE, 0.035, 0.45 * strength, blur=0.02))
    canvas.restore()
    border = np.vstack((_LEFT, _BASE, _mirrored(_LEFT)))
    _draw_rolled(canvas, border, dye, rim)
    draw_seam(canvas, beside(border, -0.060), _thread(look, dye))


def _draw_rolled(canvas: Any, border: Curve, dye: Colour, rim: Colour) -> None:
    """A piped edge: a thin roll of leather with light along it."""
    canvas.drawPath(line(border), paint.stroke(mix(dye, BLACK, 0.72), 0.030))
    canvas.drawPath(line(beside(border, -0.002)), paint.stroke(mix(dye, WHITE, 0.10), 0.016, 0.9, blur=0.003))
    light = ((0, mix(rim, WHITE, 0.3), 0.9), (0.45, rim, 0.25), (1, rim, 0.55))
    canvas.drawPath(line(beside(border, -0.003)), paint.ramp((-0.9, 0), (0.9, 0), *light, **paint.lined(0.005)))


def _draw_flap(canvas: Any, look: Look, dye: Colour, rim: Colour) -> None:
    """The flap, its shadow on the front, its lining at the edge, its seam."""
    canvas.save()
    canvas.clipPath(_body(), True)
    canvas.translate(0.012, 0.035)
    canvas.drawPath(_flap(), paint.fill(BLACK, 0.75, blur=0.030))
    canvas.restore()
    lining = np.vstack((_FLAP_SIDE, _mirrored(_FLAP_SIDE)))
    canvas.drawPath(line(moved(lining, 0, 0.010)), paint.stroke(_lining(look), 0.016))
    canvas.drawPath(_flap(), hide(mix(dye, WHITE, 0.03), rim, (-0.78, -0.44, 0.78, 0.30), round_=0.62))
    canvas.save()
    canvas.clipPath(_flap(), True)
    roll = ((0, WHITE, 0.16), (0.35, WHITE, 0.05), (0.6, BLACK, 0.0), (1, BLACK, 0.10))
    canvas.drawPaint(paint.ramp((0, -0.39), (0, -0.16), *roll))
    canvas.restore()
    _draw_rolled(canvas, lining, dye, rim)
    canvas.drawPath(line(_FLAP_TOP), paint.stroke(mix(rim, WHITE, 0.3), 0.006, 0.8))
    canvas.drawPath(line(_FLAP_TOP * (-1, 1)), paint.stroke(rim, 0.006, 0.5))
    draw_seam(canvas, beside(lining[6:-6], -0.050), _thread(look, dye))


def _draw_tabs(canvas: Any, look: Look, dye: Colour, rim: Colour) -> None:
    """The leather tabs on which the rings of the near handle hang."""
    for side in (-1, 1):
        x = 0.40 * side
        half = smooth(
            (0.0, -0.43), (0.050, -0.425), (0.058, -0.39), (0.060, -0.25), (0.066, -0.08), (0.055, -0.03), (0.0, 0.0)
        )
        tab = shape(moved(half, x, 0), moved(_mirrored(half), x, 0))
        canvas.save()
        canvas.translate(0.008, 0.014)
        canvas.drawPath(tab, paint.fill(BLACK, 0.6, blur=0.014))
        canvas.restore()
        canvas.drawPath(tab, hide(dye, rim, (x - 0.075, -0.5, x + 0.075, 0.06), grain=0.5))
        canvas.drawPath(tab, paint.stroke(mix(dye, BLACK, 0.6), 0.008, 0.9))
        inner = moved(half * (0.66, 0.94), x, -0.018)[40:]
        around = np.vstack((inner, moved(_mirrored(moved(inner, -x, 0)), x, 0)))
        draw_seam(canvas, around, _thread(look, dye), 0.028)


def _draw_sleeves(canvas: Any, dye: Colour, rim: Colour) -> None:
    """What binds the near handle to its rings."""
    for side in (-1, 1):
        x = 0.403 * side
        box = (x - 0.056, -0.60, x + 0.056, -0.455)
        sleeve = skia.RRect.MakeRectXY(skia.Rect(*box), 0.022, 0.022)
        canvas.drawRRect(sleeve.makeOffset(0.006, 0.012), paint.fill(BLACK, 0.5, blur=0.010))
        canvas.drawRRect(sleeve, hide(dye, rim, box, grain=0.4))
        across = ((0, BLACK, 0.25), (0.3, WHITE, 0.22), (0.5, BLACK, 0.0), (1, BLACK, 0.6))
        canvas.drawRRect(sleeve, paint.ramp((box[0], 0), (box[2], 0), *across))
        canvas.drawRRect(sleeve, paint.stroke(mix(dye, BLACK, 0.7), 0.005, 0.9))
        for y in (-0.575, -0.48):
            canvas.drawLine(box[0], y, box[2], y, paint.stroke(BLACK, 0.006, 0.45))


def _thread(look: Look, dye: Colour) -> Colour:
    """Waxed thread: pale on dark leather, dark on pale."""
    return mix(WHITE * (0.93, 0.87, 0.76), look.palette.accent, 0.12) if luminance(dye) < 0.5 else mix(dye, BLACK, 0.5)


def _lining(look: Look) -> Colour:
    return mix(look.palette.accent, look.palette.high, 0.2)


def _draw_sheen(canvas: Any, look: Look, glint: float) -> None:
    """A wide, soft band of light over front and flap; at 0 and 1 it is outside."""
    x, reach, lit = -1.45 + 2.9 * glint, 0.20, mix(look.palette.high, WHITE, 0.6)
    band = ((0, lit, 0), (0.3, lit, 0.07), (0.5, lit, 0.19), (0.7, lit, 0.07), (1, lit, 0))
    canvas.save()
    canvas.clipPath(_body(), True)
    canvas.rotate(18)
    canvas.drawRect(skia.Rect(x - reach, -0.9, x + reach, 1.1), paint.ramp((x - reach, 0), (x + reach, 0), *band))
    canvas.restore()


def _draw_spark(canvas: Any, at: tuple[float, float], strength: float) -> None:
    """A point of light on polished metal."""
    if strength < 0.02:
        return
    canvas.drawCircle(
        *at, 0.075, paint.halo(at, 0.075, (0, WHITE, strength), (0.2, WHITE, 0.45 * strength), (1, WHITE, 0))
    )
    for dx, dy in ((0.11, 0), (0, 0.11)):
        ends = (at[0] - dx, at[1] - dy), (at[0] + dx, at[1] + dy)
        ray = ((0, WHITE, 0), (0.5, WHITE, 0.9 * strength), (1, WHITE, 0))
        canvas.drawLine(*ends[0], *ends[1], paint.ramp(*ends, *ray, **paint.lined(0.006)))
