"""A hiking boot from its outer side, toe to the right: nubuck, rubber toe, hooks and round laces."""

import math
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.boot_laces import draw_bow, draw_ends, draw_lacing, lacing
from adgen_pipeline.studio.drawing.motifs.boot_panels import draw_panels
from adgen_pipeline.studio.drawing.motifs.boot_sole import JOIN, draw_sole, sole
from adgen_pipeline.studio.drawing.motifs.curves import beside, line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.leather import hide
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, Palette, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

# The silhouette of the upper, in runs that meet in corners.
_HEEL = smooth(
    (-1.08, 0.50), (-1.105, 0.32), (-1.075, 0.10), (-1.02, -0.12), (-0.995, -0.34), (-1.005, -0.56),
    (-1.045, -0.76), (-1.085, -0.92), (-1.06, -0.975), (-1.00, -0.985),
)  # fmt: skip
_COLLAR = smooth((-1.00, -0.985), (-0.88, -0.935), (-0.70, -0.915), (-0.52, -0.935), (-0.38, -1.00), (-0.31, -1.015))
_INSTEP = smooth(
    (-0.31, -1.015), (-0.265, -0.82), (-0.215, -0.62), (-0.14, -0.43), (0.0, -0.25), (0.18, -0.11), (0.38, -0.005),
    (0.50, 0.035),
)  # fmt: skip
_TOE = smooth((0.50, 0.035), (0.66, 0.045), (0.84, 0.085), (1.00, 0.16), (1.13, 0.26), (1.205, 0.38), (1.215, 0.48))
_TONGUE = smooth(
    (-0.48, -0.95), (-0.485, -1.10), (-0.43, -1.165), (-0.32, -1.16), (-0.215, -1.09), (-0.165, -0.86),
    (-0.115, -0.65), (-0.045, -0.48), (0.085, -0.315), (0.25, -0.18), (0.43, -0.075), (0.60, 0.02), (0.50, 0.10),
)  # fmt: skip
_LINING = smooth((-1.03, -0.97), (-0.90, -1.045), (-0.72, -1.075), (-0.54, -1.07), (-0.42, -1.03))
_TAB = smooth((-1.045, -0.90), (-1.155, -0.93), (-1.165, -1.06), (-1.09, -1.085), (-1.00, -1.04), (-0.965, -0.95))
_PATCH = (-0.885, -0.515, -0.535, -0.335)
_TAN: Colour = np.array([0.60, 0.36, 0.17])


class Boot:
    """An ankle-high boot seen from the side. The brand stands on a patch at the ankle, if there is one."""

    extent = (-1.22, -1.20, 1.30, 0.92)
    face = (-0.95, -0.85, 1.15, 0.60)
    focus = ((0.02, -0.12), (0.90, 0.36), (-0.72, -0.42))

    def still(self, canvas: Any, look: Look) -> None:
        """The whole boot, back to front."""
        tones, dye, dark = look.palette, nubuck_of(look), _trim(look)
        rim = mix(tones.high, WHITE, 0.35)
        _draw_tab(canvas, tones)
        _draw_lining(canvas, tones, dark)
        _draw_tongue(canvas, dye, dark, rim)
        canvas.save()
        canvas.clipPath(_upper(), True)
        _draw_base(canvas, dye, rim)
        draw_panels(canvas, look, dye, dark, rim, (_INSTEP, _TOE))
        _draw_volume(canvas, tones)
        canvas.restore()
        _draw_patch(canvas, look)
        draw_sole(canvas, tones, look.seed)
        draw_lacing(canvas, lacing(_INSTEP), look, materials(look))
        draw_bow(canvas, look)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The ends of the laces sway, hooks sparkle, and `glint` carries light over the leather."""
        if 0 < glint < 1:
            _draw_sheen(canvas, look, glint)
        draw_ends(canvas, look, seconds)
        for k, (edge, _, out) in enumerate(lacing(_INSTEP)):
            spark = max(0.0, math.sin(1.3 * seconds - 0.9 * k)) ** 8
            if spark < 0.02:
                continue
            x, y = (float(v) for v in edge - 0.085 * out)
            canvas.drawCircle(x, y, 0.04, paint.halo((x, y), 0.04, (0, WHITE, 0.9 * spark), (1, WHITE, 0)))


def nubuck_of(look: Look) -> Colour:
    """Wheat for a metallic brand, else leather dyed in the brand's colour."""
    accent = look.palette.accent
    if materials(look).metal is accent:
        return 1.15 * mix(accent, _TAN, 0.40)
    return np.minimum(1.2 * mix(mix(accent, WHITE * luminance(accent), 0.14), WHITE, 0.05), 1.0)


def _trim(look: Look) -> Colour:
    """The dark leather and rubber around it."""
    return mix(mix(look.palette.ground, WHITE, 0.12), WHITE * 0.14, 0.5)


@cache
def _upper() -> Any:
    """All of the boot above the sole, without its tongue."""
    return shape(_HEEL, _COLLAR, _INSTEP, _TOE, moved(JOIN[::-1], 0, 0.06))


@cache
def _leather_alone() -> Any:
    """What the light sweeps over."""
    return skia.Op(_upper(), sole(), skia.PathOp.kDifference_PathOp)


def _draw_tab(canvas: Any, tones: Palette) -> None:
    """The loop at the heel, of woven tape."""
    canvas.drawPath(line(_TAB), paint.stroke(mix(tones.accent, BLACK, 0.55), 0.058))
    canvas.drawPath(line(_TAB), paint.stroke(tones.accent, 0.044))
    weave = {"PathEffect": skia.DashPathEffect.Make([0.007, 0.009], 0)}
    canvas.drawPath(line(_TAB), paint.stroke(mix(tones.accent, BLACK, 0.4), 0.036, 0.45, **weave))
    canvas.drawPath(line(beside(_TAB, -0.018)), paint.stroke(mix(tones.high, WHITE, 0.4), 0.006, 0.8))


def _draw_lining(canvas: Any, tones: Palette, dark: Colour) -> None:
    """The inside of the far collar, in shadow, its edge in the light."""
    lit = mix(dark, WHITE, 0.16)
    canvas.drawPath(shape(_LINING, _COLLAR[::-1]), paint.ramp((0, -1.07), (0, -0.93), (0, lit, 1), (1, BLACK, 1)))
    canvas.drawPath(line(_LINING), paint.stroke(mix(tones.accent, tones.high, 0.3), 0.014, 0.85))


def _draw_tongue(canvas: Any, dye: Colour, dark: Colour, rim: Colour) -> None:
    """The padded tongue that stands out above, and the lining beside it."""
    body = shape(_TONGUE, beside(_INSTEP, 0.12)[::-1])
    canvas.drawPath(
        body,
        hide(mix(mix(dark, WHITE, 0.10), dye, 0.30), rim, (-0.62, -1.25, 0.30, 0.2), grain=0.3, gloss=0.25, size=0.6),
    )
    canvas.save()
    canvas.clipPath(body, True)
    for k in range(3):
        channel = moved(smooth((-0.52, -1.02), (-0.36, -1.06), (-0.16, -1.03)), 0.02 * k, 0.085 * k)
        canvas.drawPath(line(channel), paint.stroke(BLACK, 0.020, 0.6, blur=0.006))
        canvas.drawPath(line(moved(channel, 0, 0.018)), paint.stroke(WHITE, 0.010, 0.16, blur=0.004))
    canvas.restore()
    edge = ((0, rim, 0.95), (0.5, rim, 0.6), (1, rim, 0.25))
    canvas.drawPath(line(_TONGUE[12:-30]), paint.ramp((-0.5, -1.15), (0.6, 0), *edge, **paint.lined(0.009)))


def _draw_base(canvas: Any, dye: Colour, rim: Colour) -> None:
    """The vamp and the shaft, nubuck: matte, with a short nap."""
    canvas.drawPaint(hide(dye, rim, (-1.35, -1.45, 2.3, 1.3), grain=0.26, gloss=0.10, round_=0.9, size=0.42))


def _draw_volume(canvas: Any, tones: Palette) -> None:
    """Shade where the boot turns away, light from above on toe and ankle, the rim from behind."""
    rim = mix(tones.high, WHITE, 0.45)
    for run, width, strength in ((JOIN, 0.20, 0.6), (_HEEL, 0.20, 0.55), (_TOE[70:], 0.09, 0.4)):
        canvas.drawPath(line(run), paint.stroke(BLACK, width, strength, blur=0.3 * width))
    for x, y, wide, high, strength in ((0.80, 0.16, 0.40, 0.10, 0.35), (-0.62, -0.30, 0.26, 0.42, 0.12)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(16)
        canvas.scale(wide, high)
        canvas.drawPaint(paint.halo((0, 0), 1, (0, rim, strength), (1, rim, 0)))
        canvas.restore()
    heel = ((0, rim, 0.95), (1, rim, 0.45))
    canvas.drawPath(line(_HEEL), paint.ramp((0, -1.0), (0, 0.4), *heel, **paint.lined(0.016)))
    canvas.drawPath(line(_COLLAR), paint.stroke(rim, 0.012, 0.7))
    canvas.drawPath(line(_TOE), paint.ramp((0.5, 0), (1.2, 0.4), (0, rim, 0.9), (1, rim, 0.5), **paint.lined(0.013)))


def _draw_patch(canvas: Any, look: Look) -> None:
    """A woven patch sewn to the ankle, with the brand."""
    canvas.save()
    canvas.rotate(-2.5)
    box = skia.RRect.MakeRectXY(skia.Rect(*_PATCH), 0.020, 0.020)
    canvas.drawRRect(box.makeOffset(0.008, 0.014), paint.fill(BLACK, 0.6, blur=0.012))
    tone = look.palette.accent
    sheen = ((0, mix(tone, WHITE, 0.22), 1), (0.5, tone, 1), (1, mix(tone, BLACK, 0.35), 1))
    canvas.drawRRect(box, paint.ramp(_PATCH[:2], _PATCH[2:], *sheen))
    dashes = {"PathEffect": skia.DashPathEffect.Make([0.016, 0.010], 0)}
    ink = mix(tone, BLACK, 0.75) if luminance(tone) > 0.5 else mix(tone, WHITE, 0.9)
    inner = skia.RRect.MakeRectXY(skia.Rect(*_PATCH).makeInset(0.016, 0.016), 0.010, 0.010)
    canvas.drawRRect(inner, paint.stroke(ink, 0.005, 0.8, **dashes))
    middle = 0.5 * (_PATCH[0] + _PATCH[2])
    if look.brand:
        draw_wordmark(canvas, look.brand.upper(), (middle, -0.402), 0.072, 0.27, paint.fill(ink), spacing=0.08)
    else:
        peaks = np.array(((-0.09, 0.04), (-0.03, -0.045), (0.005, 0.0), (0.04, -0.03), (0.09, 0.04)))
        canvas.drawPath(shape(moved(peaks, middle, -0.425)), paint.fill(ink))
    canvas.restore()


def _draw_sheen(canvas: Any, look: Look, glint: float) -> None:
    """A wide band of light over the upper; at 0 and 1 it is outside."""
    x, reach, lit = -1.8 + 3.5 * glint, 0.20, mix(look.palette.high, WHITE, 0.5)
    band = ((0, lit, 0), (0.3, lit, 0.08), (0.5, lit, 0.24), (0.7, lit, 0.08), (1, lit, 0))
    canvas.save()
    canvas.clipPath(_leather_alone(), True)
    canvas.rotate(20)
    canvas.drawRect(skia.Rect(x - reach, -1.3, x + reach, 1.0), paint.ramp((x - reach, 0), (x + reach, 0), *band))
    canvas.restore()
