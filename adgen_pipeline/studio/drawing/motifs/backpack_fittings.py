"""What is mounted on a backpack: straps and their ends, a patch for the brand, the pull of a zip."""

from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.fabric import (
    draw_buckle,
    draw_slider,
    draw_webbing,
)
from adgen_pipeline.studio.drawing.motifs.leather import hide
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

STRAPS = (-0.335, 0.335)
"""How far (units) from the middle the two straps run."""

_PULL = (0.335, 0.297)
_LABEL = skia.Rect(-0.245, -0.505, 0.245, -0.315)
_TAN: Colour = np.array([0.50, 0.285, 0.13])


def draw_straps(canvas: Any, look: Look, made: Materials, trim: Colour, rim: Colour) -> None:
    """Two straps over the lid down to their buckles, and the webbing that comes up from the pocket."""
    for x in STRAPS:
        upper = smooth((1.02 * x, -0.80), (1.01 * x, -0.55), (x, -0.25), (x, -0.02))
        draw_webbing(canvas, upper, 0.092, mix(trim, WHITE, 0.05), rim)
        _draw_tip(canvas, look, x, rim)
        draw_webbing(canvas, smooth((x, 0.04), (x, 0.12), (x, 0.215)), 0.092, mix(trim, WHITE, 0.03), rim)
        draw_buckle(canvas, x, 0.020, 0.135, mix(trim, WHITE, 0.06))
        canvas.drawCircle(
            x, -0.745, 0.022, paint.halo((x - 0.006, -0.752), 0.028, (0, made.lit, 1), (1, made.shade, 1))
        )


def _draw_tip(canvas: Any, look: Look, x: float, rim: Colour) -> None:
    """The leather that sews a strap to the lid."""
    box = (x - 0.066, -0.835, x + 0.066, -0.640)
    tip = skia.RRect.MakeRectXY(skia.Rect(*box), 0.030, 0.030)
    canvas.drawRRect(tip.makeOffset(0.006, 0.014), paint.fill(BLACK, 0.6, blur=0.012))
    canvas.drawRRect(tip, hide(_leather(look), rim, box, grain=0.4, size=0.6))
    canvas.drawRRect(tip, paint.stroke(mix(_leather(look), BLACK, 0.6), 0.006, 0.9))


def _leather(look: Look) -> Colour:
    """Tan, with a breath of the brand's colour."""
    return mix(_TAN, look.palette.accent, 0.08)


def draw_label(canvas: Any, look: Look, trim: Colour, rim: Colour) -> None:
    """A patch of leather in the middle of the lid, the brand burnt into it."""
    patch = skia.RRect.MakeRectXY(_LABEL, 0.026, 0.026)
    canvas.drawRRect(patch.makeOffset(0.008, 0.016), paint.fill(BLACK, 0.55, blur=0.014))
    box = (_LABEL.left(), _LABEL.top(), _LABEL.right(), _LABEL.bottom())
    canvas.drawRRect(patch, hide(mix(_leather(look), WHITE, 0.24), rim, box, grain=0.3, round_=0.3, size=0.5))
    canvas.drawRRect(patch, paint.stroke(mix(_leather(look), BLACK, 0.6), 0.006, 0.9))
    dashes = {"PathEffect": skia.DashPathEffect.Make([0.018, 0.011], 0)}
    inner = skia.RRect.MakeRectXY(_LABEL.makeInset(0.018, 0.018), 0.014, 0.014)
    canvas.drawRRect(inner, paint.stroke(WHITE * (0.95, 0.86, 0.70), 0.006, 0.85, **dashes))
    ink, middle = mix(_leather(look), BLACK, 0.80), _LABEL.centerY()
    if look.brand:
        for drop, brush in ((0.004, paint.fill(WHITE, 0.25)), (0.0, paint.fill(ink))):
            draw_wordmark(canvas, look.brand.upper(), (0, middle + 0.032 + drop), 0.096, 0.40, brush, spacing=0.12)
        return
    peaks = np.array(((-0.10, 0.042), (-0.035, -0.048), (0.005, 0.005), (0.045, -0.030), (0.10, 0.042)))
    canvas.drawPath(shape(moved(peaks, 0, middle)), paint.fill(ink))


def draw_end(canvas: Any, x: float, trim: Colour, degrees: float) -> None:
    """The loose end of a strap below its buckle."""
    run = smooth((0, 0.0), (0.003, 0.06), (0.008, 0.128))
    tone = mix(trim, WHITE, 0.10)
    canvas.save()
    canvas.translate(x + 0.020, 0.095)
    canvas.rotate(degrees)
    canvas.drawPath(line(moved(run, 0.012, 0.014)), paint.stroke(BLACK, 0.070, 0.4))
    canvas.drawPath(line(run), paint.stroke(mix(tone, BLACK, 0.5), 0.076))
    canvas.drawPath(line(run), paint.stroke(tone, 0.066))
    canvas.drawPath(line(moved(run, -0.026, 0)), paint.stroke(WHITE, 0.005, 0.35))
    canvas.drawLine(-0.026, 0.112, 0.042, 0.112, paint.stroke(mix(tone, WHITE, 0.35), 0.010))
    canvas.restore()


def draw_pull(canvas: Any, look: Look, made: Materials, degrees: float) -> None:
    """The slider of the zip, and its pull of cord in the brand's colour."""
    canvas.save()
    canvas.translate(*_PULL)
    draw_slider(canvas, made)
    canvas.rotate(degrees)
    tone = mix(look.palette.accent, WHITE, 0.30)
    loop = skia.Rect(-0.017, 0.010, 0.017, 0.205)
    canvas.drawRoundRect(loop.makeOffset(0.008, 0.012), 0.017, 0.017, paint.stroke(BLACK, 0.016, 0.45))
    canvas.drawRoundRect(loop, 0.017, 0.017, paint.stroke(mix(tone, BLACK, 0.5), 0.017))
    canvas.drawRoundRect(loop, 0.017, 0.017, paint.stroke(tone, 0.011))
    grip = skia.Rect(-0.029, 0.120, 0.029, 0.225)
    canvas.drawRoundRect(grip, 0.020, 0.020, paint.fill(WHITE * 0.10))
    canvas.drawRoundRect(grip.makeInset(0.006, 0.006), 0.016, 0.016, paint.stroke(WHITE, 0.004, 0.35))
    canvas.restore()
