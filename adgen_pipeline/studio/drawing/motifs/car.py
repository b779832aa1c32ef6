"""A car from its left side, lamps on."""

import math
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs import car_lines as lines
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.car_body import draw_body
from adgen_pipeline.studio.drawing.motifs.car_paint import RED, lacquer
from adgen_pipeline.studio.drawing.motifs.car_wheel import draw_well, draw_wheel
from adgen_pipeline.studio.drawing.motifs.curves import line
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia


class Car:
    """A low saloon, nose to the left. The brand stands on its door, if there is one."""

    extent = (-1.95, -0.53, 1.92, 0.58)
    body = (-1.83, -0.53, 1.83, 0.58)
    face = (-1.83, -0.30, 1.83, 0.58)
    focus = ((-1.45, -0.01), (-1.13, 0.26), (1.50, 0.0))

    def still(self, canvas: Any, look: Look) -> None:
        """Far side and floor, body, wheels."""
        _underside(canvas)
        for hub in lines.HUBS:
            draw_well(canvas, hub)
        draw_body(canvas, look)
        for hub, turn in zip(lines.HUBS, (8.0, 23.0), strict=True):
            draw_wheel(canvas, look, hub, turn)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The lamps breathe, and light runs along shoulder, roof and glass."""
        breath = 0.75 + 0.25 * math.sin(1.4 * seconds)
        _lamp_glow(canvas, (-1.69, 0.055), 0.255, WHITE, breath)
        _lamp_glow(canvas, (1.66, -0.115), 0.255, RED, breath)
        _running_light(canvas, look, glint)
        _passing_lamp(canvas, glint)


def _underside(canvas: Any) -> None:
    """What is seen below the sill: dark, with the far wheels in it."""
    below = ((0, WHITE * 0.01, 1), (0.6, WHITE * 0.015, 1), (1, BLACK, 1))
    canvas.drawRect(skia.Rect(-1.0, 0.30, 1.0, 0.462), paint.ramp((0, 0.30), (0, 0.462), *below))


def _lamp_glow(canvas: Any, at: tuple[float, float], radius: float, tone: Colour, breath: float) -> None:
    """The light around a lamp, only ever added."""
    glow = ((0, tone, 0.55 * breath), (0.2, tone, 0.25 * breath), (0.5, tone, 0.07 * breath), (1, tone, 0))
    canvas.drawCircle(*at, radius, paint.halo(at, radius, *glow, BlendMode=skia.BlendMode.kPlus))


@cache
def _bright_lines() -> Any:
    path = line(lines.SHOULDER)
    path.addPath(line(lines.ROOF))
    path.addPath(line(lines.HOOD))
    return path


def _running_light(canvas: Any, look: Look, glint: float) -> None:
    """A spark along the creases, from nose to tail."""
    x, lit = -2.3 + 4.6 * glint, mix(lacquer(look).sky, WHITE, 0.8)
    band = ((0, lit, 0), (0.5, lit, 1), (1, lit, 0))
    canvas.drawPath(_bright_lines(), paint.ramp((x - 0.4, 0), (x + 0.4, 0), *band, **paint.lined(0.010)))


def _passing_lamp(canvas: Any, glint: float) -> None:
    """A lamp above that is mirrored in the windows as it passes."""
    x = -1.1 + 2.6 * glint
    for left, right, shine in ((-0.10, 0.10, 0.16), (-0.05, 0.05, 0.12), (0.13, 0.16, 0.14)):
        pane = skia.Path()
        corners = ((left + 0.14, -0.55), (right + 0.14, -0.55), (right - 0.10, -0.12), (left - 0.10, -0.12))
        pane.addPoly([skia.Point(x + across, down) for across, down in corners], True)
        canvas.drawPath(skia.Op(pane, lines.glass(), skia.PathOp.kIntersect_PathOp), paint.fill(WHITE, shine))
