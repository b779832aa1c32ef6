"""A burger on a plate, seen from a little above."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.bun import TILT, draw_crown, draw_heel
from adgen_pipeline.studio.drawing.motifs.burger_fill import draw_cheese, draw_leaves, draw_patty, draw_tomatoes
from adgen_pipeline.studio.drawing.motifs.ceramic import draw_brand, draw_outside
from adgen_pipeline.studio.drawing.motifs.plate import draw_plate, draw_resting_shadow
from adgen_pipeline.studio.drawing.motifs.steam import draw_steam
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import WHITE
from adgen_pipeline.studio.drawing.skia_door import skia

_PLATE = Turned(((1.06, -0.01), (1.06, 0.01)), TILT)
_THICK = 0.125
_EDGE = Turned(((1.03, 0.0), (1.05, 0.02), (1.06, 0.06), (1.06, _THICK)), TILT)
_AT = 0.56  # the plate's middle


class Burger:
    """A burger with all that belongs into it. The brand is printed on the edge of the plate, if there is one."""

    extent = (-1.14, -0.88, 1.14, 1.03)
    body = (-1.07, -0.62, 1.07, 1.00)
    face = (-0.84, -0.58, 0.84, 0.74)
    focus = ((-0.10, 0.10), (0.26, 0.16), (-0.24, -0.20))

    def still(self, canvas: Any, look: Look) -> None:
        """Plate, bun, all between."""
        canvas.save()
        canvas.translate(0, _AT)
        _draw_plate(canvas, look)
        draw_resting_shadow(canvas, 0.74, _PLATE.sine)
        canvas.translate(0, 0.02)
        draw_heel(canvas)
        rng = np.random.default_rng([look.seed, 67])
        canvas.translate(0, -0.17)
        draw_leaves(canvas, rng, 0.80, 0.040, 0.75)
        canvas.translate(0, -0.02)
        draw_patty(canvas)
        canvas.translate(0, -0.19)
        draw_cheese(canvas, 0.775)
        canvas.translate(0, -0.035)
        draw_tomatoes(canvas)
        canvas.translate(0, -0.085)
        draw_leaves(canvas, rng, 0.82, 0.050, 1.0)
        canvas.translate(0, -0.115)
        _draw_crown_shadow(canvas)
        draw_crown(canvas, look.seed)
        canvas.restore()

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Steam, and light that travels along the edge of the plate."""
        if 0 < glint < 1:
            _draw_gleam(canvas, glint)
        canvas.save()
        canvas.translate(0, 0.08)
        draw_steam(canvas, seconds, look.seed, 0.62, 0.86, 0.24)
        canvas.restore()


def _draw_plate(canvas: Any, look: Look) -> None:
    canvas.save()
    canvas.translate(0, _THICK * _EDGE.cosine)
    draw_outside(canvas, _EDGE, look, 0.05)
    if look.brand:
        draw_brand(canvas, _EDGE, look, look.brand, 0.46 * _THICK, 0.072, 28)
    canvas.restore()
    draw_plate(canvas, look, _PLATE, 0.0)


def _draw_crown_shadow(canvas: Any) -> None:
    """What the bun keeps from the light."""
    oval = skia.Rect(-0.74, -0.18, 0.78, 0.295)
    canvas.drawOval(oval, paint.fill(WHITE * (0.05, 0.07, 0.0), 0.60, blur=0.035))


def _draw_gleam(canvas: Any, glint: float) -> None:
    """A soft light on the edge of the plate, from left to right."""
    angle = math.radians(170 - 160 * glint)
    edge, strength = _PLATE.radius(0.0), 0.7 * math.sin(math.pi * glint)
    canvas.save()
    canvas.translate(edge * math.cos(angle), _AT + edge * math.sin(angle) * _PLATE.sine + 0.02)
    canvas.rotate(math.degrees(math.atan2(-_PLATE.sine * math.cos(angle), math.sin(angle))))
    canvas.scale(0.19, 0.05)
    fade = ((0, WHITE, strength), (0.35, WHITE, 0.4 * strength), (1, WHITE, 0))
    canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, *fade))
    canvas.restore()
