"""A backpack from its front: woven cloth, a lid with two straps, a pocket, zips whose pulls swing."""

import math
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.backpack_fittings import STRAPS, draw_end, draw_label, draw_pull, draw_straps
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.fabric import (
    cloth,
    draw_piece,
    draw_webbing,
    draw_zip,
    mirrored,
    symmetric,
)
from adgen_pipeline.studio.drawing.motifs.leather import draw_seam, hide
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

# The left half of each outline, from its upper middle down to its lower middle.
_BODY = smooth(
    (0.0, -0.865), (-0.28, -0.86), (-0.46, -0.81), (-0.57, -0.68), (-0.625, -0.45), (-0.655, -0.10), (-0.675, 0.30),
    (-0.68, 0.66), (-0.655, 0.83), (-0.56, 0.915), (-0.30, 0.945), (0.0, 0.95),
)  # fmt: skip
_LID = smooth(
    (0.0, -0.895), (-0.30, -0.89), (-0.49, -0.83), (-0.60, -0.69), (-0.645, -0.48), (-0.655, -0.30), (-0.60, -0.215),
    (-0.40, -0.175), (-0.18, -0.155), (0.0, -0.15),
)  # fmt: skip
_POCKET = smooth(
    (0.0, 0.20), (-0.34, 0.20), (-0.47, 0.225), (-0.535, 0.30), (-0.55, 0.46), (-0.545, 0.68), (-0.505, 0.80),
    (-0.38, 0.835), (0.0, 0.845),
)  # fmt: skip
_SIDE_POCKET = smooth(
    (-0.645, 0.30), (-0.745, 0.315), (-0.775, 0.42), (-0.785, 0.66), (-0.765, 0.82), (-0.70, 0.895), (-0.62, 0.90)
)
_SHOULDER = smooth(
    (-0.26, -0.86), (-0.46, -0.875), (-0.62, -0.79), (-0.695, -0.56), (-0.725, -0.20), (-0.725, 0.12), (-0.70, 0.40)
)
_GRIP = smooth(
    (-0.155, -0.84), (-0.165, -0.955), (-0.12, -1.045), (0.0, -1.075), (0.12, -1.045), (0.165, -0.955), (0.155, -0.84)
)
_ZIP = smooth((-0.475, 0.36), (-0.44, 0.315), (-0.30, 0.295), (0.0, 0.29), (0.30, 0.295), (0.44, 0.315), (0.475, 0.36))


class Backpack:
    """A backpack that stands; the brand is on the patch of its lid, if there is one."""

    extent = (-0.84, -1.15, 0.84, 0.99)
    face = (-0.62, -0.62, 0.62, 0.82)
    focus = ((0.20, -0.30), (-0.335, 0.02), (0.15, 0.46))

    def still(self, canvas: Any, look: Look) -> None:
        """What lies behind, the body, the pocket, the lid, straps and buckles."""
        made, dye, trim = materials(look), cloth_of(look), trim_of(look)
        rim = mix(look.palette.high, WHITE, 0.35)
        _draw_behind(canvas, dye, trim, rim)
        _draw_body(canvas, dye, trim, rim)
        _draw_pocket(canvas, look, dye, trim, rim)
        _draw_lid(canvas, look, dye, trim, rim)
        draw_straps(canvas, look, made, trim, rim)
        draw_label(canvas, look, trim, rim)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The zip's pull and the ends of the straps swing; `glint` carries soft light over the cloth."""
        if 0 < glint < 1:
            _draw_sheen(canvas, look, glint)
        made, trim = materials(look), trim_of(look)
        for side, x in zip((-1, 1), STRAPS, strict=True):
            draw_end(canvas, x, trim, 4 * math.sin(1.3 * seconds + side) + 1.5 * math.sin(2.3 * seconds))
        draw_pull(canvas, look, made, 9 * math.sin(1.7 * seconds) + 3 * math.sin(2.9 * seconds))


def cloth_of(look: Look) -> Colour:
    """Canvas in the brand's colour; a metallic one is dyed deeper, as waxed canvas is."""
    accent = look.palette.accent
    if materials(look).metal is accent:
        return mix(accent, WHITE * (0.50, 0.38, 0.20), 0.35)
    return mix(mix(accent, WHITE * luminance(accent), 0.14), WHITE, 0.04)


def trim_of(look: Look) -> Colour:
    """The dark webbing and base."""
    return mix(mix(look.palette.ground, WHITE, 0.12), WHITE * 0.15, 0.5)


def _draw_behind(canvas: Any, dye: Colour, trim: Colour, rim: Colour) -> None:
    """Padded shoulder straps that come round both sides, and the grip on top."""
    for side in (-1, 1):
        run = _SHOULDER * (side, 1)
        strap = shape(beside(run, 0.075), beside(run, -0.075)[::-1])
        box = (-0.95, -0.95, -0.55, 0.6) if side < 0 else (0.55, -0.95, 0.95, 0.6)
        canvas.drawPath(strap, cloth(canvas, mix(trim, dye, 0.25), rim, box, weave=0.4, folds=0.3, size=1.3))
        canvas.drawPath(line(beside(run, 0.066 * side)), paint.stroke(rim, 0.008, 0.55))
        draw_seam(canvas, beside(run, 0.045 * side), mix(dye, WHITE, 0.2), 0.026)
    draw_webbing(canvas, _GRIP, 0.082, mix(trim, WHITE, 0.06), rim)


def _draw_body(canvas: Any, dye: Colour, trim: Colour, rim: Colour) -> None:
    """The main bag, its side pockets of mesh, its base of coated cloth."""
    for side in (-1, 1):
        pocket = shape(_SIDE_POCKET * (side, 1))
        box = (-0.82, 0.25, -0.58, 0.95) if side < 0 else (0.58, 0.25, 0.82, 0.95)
        canvas.drawPath(pocket, cloth(canvas, mix(dye, BLACK, 0.5), rim, box, weave=0.9, folds=0.5, size=1.8))
        canvas.drawPath(line(_SIDE_POCKET[4:-8] * (side, 1)), paint.stroke(rim, 0.008, 0.55))
    canvas.drawPath(symmetric(_BODY), cloth(canvas, dye, rim, (-0.72, -0.95, 0.72, 1.0)))
    canvas.save()
    canvas.clipPath(symmetric(_BODY), True)
    base = smooth((-0.75, 0.735), (-0.4, 0.765), (0.0, 0.775), (0.4, 0.765), (0.75, 0.735))
    floor = shape(base, np.array(((0.8, 1.1), (-0.8, 1.1))))
    canvas.drawPath(floor, hide(trim, rim, (-0.75, 0.68, 0.75, 1.0), grain=0.3, gloss=0.35, size=0.5))
    canvas.drawPath(line(base), paint.stroke(mix(trim, WHITE, 0.35), 0.006, 0.7))
    draw_seam(canvas, moved(base, 0, 0.030), mix(dye, WHITE, 0.25), 0.030)
    for side in (-1, 1):
        fold = smooth((0.60, -0.05), (0.565, 0.15), (0.585, 0.40), (0.60, 0.70)) * (side, 1)
        canvas.drawPath(line(fold), paint.stroke(BLACK, 0.05, 0.35, blur=0.025))
    canvas.restore()
    edge = np.vstack((_BODY[40:], mirrored(_BODY)[:-40]))
    light = ((0, rim, 0.85), (0.5, rim, 0.15), (1, rim, 0.6))
    canvas.drawPath(line(edge), paint.ramp((-0.7, 0), (0.7, 0), *light, **paint.lined(0.010)))


def _draw_pocket(canvas: Any, look: Look, dye: Colour, trim: Colour, rim: Colour) -> None:
    """The pocket in front: it swells, and closes with a zip below a flap of piping."""
    brush = cloth(canvas, mix(dye, WHITE, 0.05), rim, (-0.60, 0.10, 0.60, 0.90), round_=0.9)
    draw_piece(canvas, symmetric(_POCKET), brush, trim, 0.034)
    around = np.vstack((_POCKET, mirrored(_POCKET)))
    draw_seam(canvas, beside(around, -0.038), _thread(dye), 0.030)
    draw_zip(canvas, _ZIP, mix(trim, BLACK, 0.1), materials(look))
    shine = ((0, WHITE, 0.0), (0.5, WHITE, 0.10), (1, WHITE, 0.0))
    lift = smooth((-0.46, 0.42), (-0.2, 0.375), (0.2, 0.375), (0.46, 0.42))
    canvas.drawPath(line(lift), paint.ramp((-0.46, 0), (0.46, 0), *shine, MaskFilter=_SOFT, **paint.lined(0.05)))


_SOFT = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.02)


def _draw_lid(canvas: Any, look: Look, dye: Colour, trim: Colour, rim: Colour) -> None:
    """The lid that hangs over the opening."""
    lid = symmetric(_LID)
    canvas.save()
    canvas.clipPath(symmetric(_BODY), True)
    canvas.translate(0.012, 0.055)
    canvas.drawPath(lid, paint.fill(BLACK, 0.7, blur=0.045))
    canvas.restore()
    brush = cloth(canvas, mix(dye, WHITE, 0.03), rim, (-0.72, -1.0, 0.72, -0.08), round_=0.85)
    draw_piece(canvas, lid, brush, trim, 0.020)
    lower = np.vstack((_LID, mirrored(_LID)))
    canvas.drawPath(line(lower), paint.stroke(mix(trim, BLACK, 0.2), 0.030))
    canvas.drawPath(line(beside(lower, -0.006)), paint.stroke(mix(trim, WHITE, 0.32), 0.008, 0.8))
    draw_seam(canvas, beside(np.vstack((_LID[60:], mirrored(_LID)[:-60])), -0.042), _thread(dye), 0.030)
    top = ((0, rim, 0.9), (0.5, rim, 0.6), (1, rim, 0.5))
    crown = np.vstack((_LID[:100][::-1], _LID[:100] * (-1, 1)))
    canvas.drawPath(line(crown), paint.ramp((-0.65, 0), (0.65, 0), *top, **paint.lined(0.010)))


def _thread(dye: Colour) -> Colour:
    """Pale on dark cloth, dark on pale."""
    return mix(dye, WHITE, 0.42) if luminance(dye) < 0.6 else mix(dye, BLACK, 0.4)


def _draw_sheen(canvas: Any, look: Look, glint: float) -> None:
    """A wide, soft band of light over the cloth; at 0 and 1 it is outside."""
    x, reach, tone = -1.45 + 2.9 * glint, 0.13, mix(look.palette.high, WHITE, 0.6)
    band = ((0, tone, 0), (0.3, tone, 0.06), (0.5, tone, 0.20), (0.7, tone, 0.07), (1, tone, 0))
    canvas.save()
    canvas.clipPath(_outline(), True)
    canvas.rotate(18)
    canvas.drawRect(skia.Rect(x - reach, -1.2, x + reach, 1.3), paint.ramp((x - reach, 0), (x + reach, 0), *band))
    canvas.restore()


@cache
def _outline() -> Any:
    body: Curve = np.vstack((_BODY[::4], mirrored(_BODY)[::4]))
    return shape(body)
