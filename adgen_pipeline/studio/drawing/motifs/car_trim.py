"""What is set into the bodywork of a car: glass, seams, handles, mirror, lamps, its name."""

from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs import car_lines as lines
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.car_paint import RED, Lacquer
from adgen_pipeline.studio.drawing.motifs.curves import beside, line, shape, smooth
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia


def draw_glass(canvas: Any, look: Look, coat: Lacquer, made: Materials) -> None:
    """Tinted windows: sky in their upper half, a horizon, seats behind it; pillars; bright trim."""
    tint = mix(WHITE * 0.05, look.palette.accent, 0.10)
    canvas.drawPath(
        lines.windscreen(), paint.ramp((-0.75, -0.15), (-0.1, -0.48), (0, tint, 1), (1, mix(tint, WHITE, 0.5), 1))
    )
    canvas.drawPath(lines.glass(), paint.fill(WHITE * 0.02))
    canvas.save()
    canvas.clipPath(lines.glass(), True)
    pane = (
        (0, mix(tint, WHITE, 0.55), 1),
        (0.40, mix(tint, WHITE, 0.22), 1),
        (0.52, tint, 1),
        (1, mix(tint, BLACK, 0.5), 1),
    )
    canvas.drawPaint(paint.ramp((0.1, -0.50), (0.16, -0.16), *pane))
    for x in (0.03, 0.60):
        seat = shape(
            smooth(
                (x, -0.10),
                (x + 0.02, -0.24),
                (x + 0.045, -0.325),
                (x + 0.10, -0.330),
                (x + 0.115, -0.26),
                (x + 0.13, -0.10),
            )
        )
        canvas.drawPath(seat, paint.fill(BLACK, 0.45))
    for left, right, shine in ((-0.46, -0.20, 0.16), (-0.15, -0.11, 0.12), (0.74, 0.86, 0.14)):
        slant = skia.Path()
        slant.addPoly([skia.Point(*at) for at in ((left + 0.20, -0.55), (right + 0.20, -0.55), (right - 0.04, -0.1),
                                                  (left - 0.04, -0.1))], True)  # fmt: skip
        canvas.drawPath(slant, paint.ramp((0, -0.5), (0, -0.15), (0, WHITE, shine), (1, WHITE, 0.2 * shine)))
    for pillar in (
        ((0.215, -0.50), (0.285, -0.50), (0.275, -0.14), (0.225, -0.14)),
        ((0.90, -0.50), (0.925, -0.5), (1.0, -0.14), (0.965, -0.14)),
    ):
        post = skia.Path()
        post.addPoly([skia.Point(*at) for at in pillar], True)
        canvas.drawPath(post, paint.fill(WHITE * 0.012))
    canvas.restore()
    trim = ((0, made.shade, 1), (0.3, made.lit, 1), (0.55, made.metal, 1), (0.8, made.lit, 1), (1, made.shade, 1))
    canvas.drawPath(lines.glass(), paint.ramp((-0.7, 0), (1.3, 0), *trim, **paint.lined(0.011)))
    canvas.drawPath(lines.glass(), paint.stroke(BLACK, 0.003, 0.6))


def draw_gaps(canvas: Any, coat: Lacquer) -> None:
    """Seams, each with the light that its far edge catches."""
    canvas.save()
    canvas.clipPath(lines.body(), True)
    canvas.drawPath(lines.seams(), paint.stroke(mix(coat.deep, BLACK, 0.5), 0.0075, 0.9))
    canvas.translate(0.005, 0.002)
    canvas.drawPath(lines.seams(), paint.stroke(mix(coat.sky, WHITE, 0.3), 0.0025, 0.55))
    canvas.restore()


def draw_handles(canvas: Any, coat: Lacquer, made: Materials) -> None:
    """Flush door handles and the lid of the socket."""
    for x, y in ((0.06, 0.022), (0.66, 0.004)):
        grip = skia.Rect(x, y, x + 0.150, y + 0.026)
        canvas.drawRoundRect(grip.makeOutset(0.006, 0.006), 0.018, 0.018, paint.fill(coat.deep, 0.75))
        sheen = ((0, made.lit, 1), (0.45, made.metal, 1), (1, made.shade, 1))
        canvas.drawRoundRect(grip, 0.013, 0.013, paint.ramp((0, y), (0, y + 0.026), *sheen))
    canvas.drawRoundRect(skia.Rect(1.385, -0.060, 1.475, 0.035), 0.02, 0.02, paint.stroke(coat.deep, 0.005, 0.8))


def draw_mirror(canvas: Any, coat: Lacquer) -> None:
    """The wing mirror on its foot."""
    shell = shape(
        smooth(
            (-0.60, -0.172), (-0.585, -0.225), (-0.52, -0.252), (-0.44, -0.240), (-0.43, -0.185), (-0.50, -0.165),
            (-0.60, -0.172),
        )
    )  # fmt: skip
    foot = shape(smooth((-0.55, -0.17), (-0.55, -0.13), (-0.47, -0.135), (-0.46, -0.18)))
    canvas.drawPath(foot, paint.fill(WHITE * 0.02))
    canvas.save()
    canvas.translate(0.02, 0.03)
    canvas.drawPath(shell, paint.fill(BLACK, 0.4, blur=0.015))
    canvas.restore()
    light = ((0, mix(coat.sky, WHITE, 0.4), 1), (0.4, coat.plain, 1), (1, coat.deep, 1))
    canvas.drawPath(shell, paint.ramp((0, -0.25), (0, -0.165), *light))
    canvas.drawPath(shell, paint.stroke(mix(coat.sky, WHITE, 0.5), 0.003, 0.5))


def draw_lamps(canvas: Any, made: Materials) -> None:
    """Clear glass over dark housings, with the lamps' lines of light in them."""
    for lamp, start, end, glow in (
        (lines.headlamp(), (0, -0.04), (0, 0.10), mix(WHITE, np.array([0.75, 0.88, 1.0]), 0.5)),
        (lines.tail_lamp(), (0, -0.15), (0, -0.07), RED),
    ):
        canvas.drawPath(
            lamp, paint.ramp(start, end, (0, WHITE * 0.22, 1), (0.5, WHITE * 0.05, 1), (1, WHITE * 0.10, 1))
        )
        canvas.save()
        canvas.clipPath(lamp, True)
        canvas.drawPath(lamp, paint.fill(glow, 0.16))
        canvas.restore()
        canvas.drawPath(lamp, paint.stroke(made.lit, 0.004, 0.55))
    for x, y, size in ((-1.668, 0.030, 0.020), (-1.612, 0.010, 0.018), (-1.562, -0.006, 0.015)):
        _projector(canvas, x, y, size)
    for run, glow in (
        (lines.daylight(), mix(WHITE, np.array([0.75, 0.88, 1.0]), 0.3)),
        (lines.brake_light(), mix(RED, WHITE, 0.25)),
    ):
        ends = {"StrokeCap": skia.Paint.kRound_Cap}
        canvas.drawPath(line(run), paint.stroke(glow, 0.020, 0.5, blur=0.008, **ends))
        canvas.drawPath(line(run), paint.stroke(mix(glow, WHITE, 0.5), 0.0085, 1, **ends))


def _projector(canvas: Any, x: float, y: float, size: float) -> None:
    """One lens of the headlamp in its bezel."""
    canvas.drawCircle(x, y, 1.18 * size, paint.fill(WHITE * 0.02))
    canvas.drawCircle(x, y, 1.18 * size, paint.stroke(WHITE * 0.7, 0.0022, 0.8))
    cold = mix(WHITE, np.array([0.70, 0.86, 1.0]), 0.6)
    lens = (
        (0, WHITE, 1),
        (0.28, cold, 1),
        (0.5, cold * 0.45, 1),
        (0.75, cold * 0.16, 1),
        (0.9, cold * 0.7, 1),
        (1, cold * 0.1, 1),
    )
    canvas.drawCircle(x, y, size, paint.halo((x, y), size, *lens))
    canvas.drawCircle(x - 0.35 * size, y - 0.4 * size, 0.22 * size, paint.fill(WHITE, 0.9))


def draw_rim_light(canvas: Any, coat: Lacquer) -> None:
    """The light from above that draws the silhouette."""
    lit = mix(coat.sky, WHITE, 0.7)
    roof = ((0, lit, 0.35), (0.3, lit, 1), (0.6, lit, 0.9), (1, lit, 0.4))
    canvas.drawPath(line(beside(lines.ROOF, 0.004)), paint.ramp((-0.74, 0), (1.46, 0), *roof, **paint.lined(0.009)))
    hood = ((0, lit, 0.2), (0.5, lit, 0.9), (1, lit, 0.5))
    canvas.drawPath(line(beside(lines.HOOD, 0.003)), paint.ramp((-1.78, 0), (-0.74, 0), *hood, **paint.lined(0.007)))
    ends = paint.ramp((0, -0.22), (0, 0.36), (0, lit, 0.6), (0.6, lit, 0.35), (1, lit, 0), **paint.lined(0.007))
    for end in (lines.TAIL, lines.NOSE):
        canvas.drawPath(line(beside(end, 0.003)), ends)


def draw_brand(canvas: Any, brand: str, coat: Lacquer) -> None:
    """The name on the front door, in letters of the light that the paint mirrors."""
    ink = mix(coat.sky, WHITE, 0.55)
    canvas.save()
    canvas.translate(0.002, 0.003)
    draw_wordmark(canvas, brand.upper(), (-0.25, 0.195), 0.072, 0.62, paint.fill(coat.deep, 0.9), spacing=0.30)
    canvas.restore()
    draw_wordmark(canvas, brand.upper(), (-0.25, 0.195), 0.072, 0.62, paint.fill(ink, 0.95), spacing=0.30)
