"""What is laid over the leather of a boot: quarter, counter, padded cuff, the band of the eyelets, rubber."""

from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.leather import draw_seam, hide
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix

_EYESTAY = smooth(
    (-0.50, -0.94), (-0.46, -0.75), (-0.405, -0.55), (-0.32, -0.34), (-0.17, -0.13), (0.04, 0.04), (0.28, 0.145),
    (0.46, 0.165), (0.58, 0.12), (0.60, 0.03),
)  # fmt: skip
_CUFF = smooth((-1.04, -0.60), (-0.88, -0.585), (-0.70, -0.60), (-0.55, -0.66), (-0.40, -0.74))
_COUNTER = smooth((-0.38, 0.56), (-0.46, 0.34), (-0.60, 0.14), (-0.78, -0.02), (-0.90, -0.20), (-0.98, -0.42))
_QUARTER = smooth((-0.86, -0.16), (-0.62, -0.10), (-0.36, -0.02), (-0.12, 0.14), (0.06, 0.34), (0.14, 0.58))
_CAP = smooth((0.52, 0.60), (0.60, 0.38), (0.74, 0.25), (0.92, 0.20), (1.08, 0.205), (1.20, 0.24))
_RAND = smooth((-1.14, 0.33), (-0.9, 0.385), (-0.5, 0.42), (0.0, 0.44), (0.4, 0.445), (0.7, 0.43))


def draw_panels(canvas: Any, look: Look, dye: Colour, dark: Colour, rim: Colour, front: tuple[Curve, Curve]) -> None:
    """What is laid over it: quarter, counter, cuff, the band of the eyelets, toe cap and rand.

    `front` are the edges of the boot's opening and of its toe.
    """
    instep, toe = front
    thread = mix(look.palette.accent, look.palette.high, 0.55)
    pale = mix(dye, WHITE, 0.30) if luminance(dye) < 0.55 else mix(dye, BLACK, 0.35)
    quarter = shape(_QUARTER, smooth((0.14, 0.58), (-0.5, 0.7), (-1.2, 0.6), (-1.2, -0.2), (-0.86, -0.16)))
    counter = shape(_COUNTER, smooth((-0.98, -0.42), (-1.3, -0.3), (-1.3, 0.7), (-0.38, 0.6)))
    cuff = shape(
        _CUFF, smooth((-0.40, -0.74), (-0.20, -1.1), (-0.6, -1.2), (-1.2, -1.15), (-1.2, -0.6), (-1.04, -0.60))
    )
    band = shape(_EYESTAY, toe[:10][::-1], instep[::-1], smooth((-0.31, -1.015), (-0.5, -1.05), (-0.50, -0.94)))
    cap = shape(_CAP, smooth((1.20, 0.24), (1.4, 0.3), (1.4, 0.8), (0.52, 0.7)))
    rand = shape(_RAND, smooth((0.7, 0.43), (0.7, 0.7), (-1.3, 0.7), (-1.14, 0.33)))
    deep = mix(dye, BLACK, 0.24)
    pieces = (
        (cuff, mix(dark, WHITE, 0.05), (-1.12, -1.12, -0.28, -0.52), 0.5, 0.9, _CUFF, None, 0.0),
        (quarter, deep, (-1.2, -0.45, 0.7, 1.0), 0.22, 0.45, _QUARTER, pale, 0.030),
        (band, deep, (-0.6, -1.2, 0.7, 0.3), 0.22, 0.42, _EYESTAY, pale, 0.030),
        (counter, dark, (-1.2, -0.55, -0.3, 0.65), 0.4, 0.6, _COUNTER, thread, 0.032),
        (rand, dark, (-1.3, 0.30, 0.8, 0.62), 0.0, 0.5, _RAND, None, 0.0),
        (cap, dark, (0.45, 0.14, 1.32, 0.66), 0.0, 0.5, _CAP, None, 0.0),
    )
    for piece, tone, box, grain, size, seam, ink, inside in pieces:
        _shadow(canvas, piece, 0.016)
        canvas.drawPath(piece, hide(tone, rim, box, grain=grain, gloss=0.30 if grain == 0 else 0.16, size=size))
        canvas.drawPath(line(seam), paint.stroke(mix(tone, WHITE, 0.35), 0.006, 0.7))
        if ink is not None:
            for more in (inside, inside + 0.026):
                draw_seam(canvas, _within(piece, seam, more), ink, 0.026)
    _draw_padding(canvas, dark)
    _draw_ribs(canvas, dark)


def _within(piece: Any, seam: Curve, distance: float) -> Curve:
    """`seam` moved into the `piece` that it borders."""
    middle = beside(seam, distance)
    spot = middle[len(middle) // 2]
    return middle if piece.contains(float(spot[0]), float(spot[1])) else beside(seam, -distance)


def _draw_padding(canvas: Any, dark: Colour) -> None:
    """The cuff is padded: two soft rolls below its edge."""
    for down, wide in ((0.075, 0.14), (0.22, 0.13)):
        roll = moved(smooth((-1.09, -0.97), (-0.88, -0.925), (-0.70, -0.905), (-0.54, -0.925), (-0.47, -0.96)), 0, down)
        canvas.drawPath(line(moved(roll, 0, 0.5 * wide)), paint.stroke(BLACK, 0.030, 0.65, blur=0.010))
        for share, light in ((1.0, 0.05), (0.65, 0.12), (0.3, 0.20)):
            lit = moved(roll, 0, -0.12 * wide)
            canvas.drawPath(line(lit), paint.stroke(mix(dark, WHITE, light), share * wide, 0.5, blur=0.02))


def _draw_ribs(canvas: Any, dark: Colour) -> None:
    """Ridges in the rubber of the toe."""
    for k in range(4):
        rib = moved(_CAP[30 - 4 * k :], 0.012 * k, 0.045 + 0.042 * k)
        canvas.drawPath(line(rib), paint.stroke(BLACK, 0.015, 0.6, blur=0.003))
        canvas.drawPath(line(moved(rib, 0.002, 0.011)), paint.stroke(mix(dark, WHITE, 0.5), 0.006, 0.65))


def _shadow(canvas: Any, path: Any, depth: float) -> None:
    """The shadow that `path` throws on what it lies on."""
    canvas.save()
    canvas.translate(0.4 * depth, depth)
    canvas.drawPath(path, paint.fill(BLACK, 0.6, blur=depth))
    canvas.restore()
