"""The bodywork of a car: paint that mirrors a studio, creases, arches, sill."""

from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs import car_lines as lines
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.car_paint import Lacquer, lacquer
from adgen_pipeline.studio.drawing.motifs.car_trim import (
    draw_brand,
    draw_gaps,
    draw_glass,
    draw_handles,
    draw_lamps,
    draw_mirror,
    draw_rim_light,
)
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, shape, smooth
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials, materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia


def draw_body(canvas: Any, look: Look) -> None:
    """Everything but the wheels."""
    coat, made = lacquer(look), materials(look)
    canvas.save()
    canvas.clipPath(lines.body(), True)
    _lacquer(canvas, coat)
    _creases(canvas, coat)
    _flanks(canvas, coat)
    _sill(canvas, coat, made)
    canvas.restore()
    _arches(canvas, coat)
    draw_glass(canvas, look, coat, made)
    draw_gaps(canvas, coat)
    draw_handles(canvas, coat, made)
    draw_mirror(canvas, coat)
    draw_lamps(canvas, made)
    draw_rim_light(canvas, coat)
    if look.brand:
        draw_brand(canvas, look.brand, coat)


def _lacquer(canvas: Any, coat: Lacquer) -> None:
    """From the roof to the sill: lamps above, the horizon, the floor that shines back from below."""
    down = (
        (0, mix(coat.plain, coat.sky, 0.45), 1), (0.14, coat.plain, 1), (0.33, mix(coat.plain, coat.sky, 0.30), 1),
        (0.44, coat.plain, 1), (0.60, mix(coat.plain, coat.under, 0.5), 1), (0.80, coat.under, 1), (1, coat.deep, 1),
    )  # fmt: skip
    canvas.drawPaint(paint.ramp((0, -0.54), (0, 0.46), *down))
    along = (
        (0, BLACK, 0.55),
        (0.07, BLACK, 0.1),
        (0.3, WHITE, 0.05),
        (0.62, BLACK, 0.0),
        (0.88, BLACK, 0.18),
        (1, BLACK, 0.6),
    )
    canvas.drawPaint(paint.ramp((-1.82, 0), (1.80, 0), *along))


def _creases(canvas: Any, coat: Lacquer) -> None:
    """Above each crease the metal faces the lamps, below it it turns away."""
    _shade(canvas, lines.SHOULDER, -0.085, mix(coat.sky, WHITE, 0.35), 0.75)
    _shade(canvas, lines.SHOULDER, 0.115, coat.deep, 0.85)
    _shade(canvas, lines.LOWER, -0.10, coat.deep, 0.55)
    _shade(canvas, lines.LOWER, 0.12, coat.sky, 0.62)
    canvas.drawPath(line(lines.SHOULDER), _fading(mix(coat.sky, WHITE, 0.6), 0.008))
    canvas.drawPath(line(lines.LOWER), _fading(mix(coat.sky, WHITE, 0.4), 0.004, 0.7))


def _shade(canvas: Any, run: Curve, reach: float, colour: Colour, strength: float) -> None:
    """`colour` beside `run` (above it if `reach` is negative), strongest at the line: ever wider strips."""
    steps = 30
    taper = np.sin(np.linspace(0.02, np.pi - 0.02, len(run))) ** 0.5
    each = 1 - (1 - strength) ** (1 / steps)
    for k in range(steps):
        far = beside(run, reach * ((k + 1) / steps) ** 2.2 * taper)
        canvas.drawPath(shape(run, far[::-1]), paint.fill(colour, each))


def _fading(colour: Colour, width: float, strength: float = 1.0) -> Any:
    """A line that is brightest ahead of the door and fades toward both ends."""
    stops = (
        (0, colour, 0.25),
        (0.25, colour, strength),
        (0.5, colour, 0.55 * strength),
        (0.75, colour, strength),
        (1, colour, 0.3),
    )
    return paint.ramp((-1.72, 0), (1.76, 0), *stops, **paint.lined(width))


def _flanks(canvas: Any, coat: Lacquer) -> None:
    """Broad lights: on the wings over the wheels, on hood and rear deck."""
    for x, y, wide, high, strength in (
        (-1.12, -0.045, 0.42, 0.075, 0.70), (1.16, -0.115, 0.50, 0.080, 0.75), (-0.25, 0.02, 0.55, 0.05, 0.25),
        (0.30, 0.335, 0.62, 0.05, 0.30), (-1.70, 0.20, 0.16, 0.20, 0.30), (1.62, 0.06, 0.22, 0.16, 0.22),
    ):  # fmt: skip
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(wide, high)
        lit = mix(coat.sky, WHITE, 0.3)
        canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, (0, lit, strength), (0.5, lit, 0.4 * strength), (1, lit, 0)))
        canvas.restore()


def _sill(canvas: Any, coat: Lacquer, made: Materials) -> None:
    """The dark skirt below the doors with a blade of metal, the openings in both bumpers."""
    black = WHITE * 0.018
    skirt = shape(smooth((-0.85, 0.40), (-0.2, 0.415), (0.5, 0.408), (0.90, 0.39)), smooth((0.95, 0.52), (-0.95, 0.52)))
    canvas.drawPath(skirt, paint.fill(black))
    blade = smooth((-0.80, 0.425), (-0.2, 0.437), (0.5, 0.430), (0.84, 0.418))
    sheen = ((0, made.shade, 1), (0.4, made.lit, 1), (1, made.shade, 1))
    canvas.drawPath(line(blade), paint.ramp((-0.8, 0), (0.84, 0), *sheen, **paint.lined(0.010)))
    intake = shape(smooth((-1.83, 0.245), (-1.70, 0.262), (-1.60, 0.30)), smooth((-1.62, 0.36), (-1.83, 0.355)))
    diffuser = shape(smooth((1.46, 0.36), (1.60, 0.335), (1.82, 0.315)), smooth((1.82, 0.5), (1.40, 0.5)))
    splitter = shape(smooth((-1.84, 0.405), (-1.6, 0.425), (-1.30, 0.43)), smooth((-1.30, 0.5), (-1.84, 0.5)))
    for part in (intake, diffuser, splitter):
        canvas.drawPath(part, paint.fill(black))
        canvas.drawPath(part, paint.stroke(coat.sky, 0.004, 0.35))
    for k in range(4):
        fin = 0.275 + 0.022 * k
        canvas.drawLine(-1.82, fin, -1.66, fin + 0.006, paint.stroke(WHITE, 0.003, 0.14))


def _arches(canvas: Any, coat: Lacquer) -> None:
    """The rolled edges of the metal around the wheels, and the shade where the wings turn toward them."""
    soft = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.008)
    for x, y in lines.HUBS:
        box = skia.Rect(x - lines.ARCH, y - lines.ARCH, x + lines.ARCH, y + lines.ARCH)
        lit = ((0, mix(coat.sky, WHITE, 0.5), 0.95), (0.6, coat.plain, 0.6), (1, coat.plain, 0))
        edge = paint.ramp((0, y - lines.ARCH), (0, y), *lit, **paint.lined(0.008))
        canvas.drawArc(box.makeOutset(0.006, 0.006), 180, 180, False, edge)
        dark = ((0, coat.deep, 0.35), (0.5, coat.deep, 0.2), (1, coat.deep, 0))
        shade = paint.ramp((0, y - lines.ARCH), (0, y), *dark, **paint.lined(0.022), MaskFilter=soft)
        canvas.drawArc(box.makeOutset(0.022, 0.022), 180, 180, False, shade)
