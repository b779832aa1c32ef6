"""A pizza fresh from the oven on a plate, seen from above the table."""

import math
from functools import partial
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs import morsels
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.pizza_top import COSINE, SINE, TILT, draw_baked, height_at
from adgen_pipeline.studio.drawing.motifs.plate import draw_plate, draw_plate_brand, draw_resting_shadow
from adgen_pipeline.studio.drawing.motifs.steam import draw_steam
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import WHITE, Colour, mix

_PLATE = Turned(((1.19, -0.01), (1.19, 0.01)), TILT)
_THICK = 0.050
_MIDDLE = -0.03  # of the plate
_LIES = -0.06  # the pizza on the plate: a little toward the far side, so that the near rim is free
_SIZE = 1.03  # radius of the pizza
_BASIL: Colour = np.array([0.13, 0.38, 0.07])


class Pizza:
    """A round pizza with tomatoes and basil. The brand is written on the rim of the plate, if there is one."""

    extent = (-1.24, -1.00, 1.24, 0.95)
    body = (-1.19, -0.98, 1.19, 0.91)
    face = (-1.02, -0.92, 1.02, 0.70)
    focus = ((-0.22, -0.20), (0.36, 0.10), (-0.40, 0.26))

    def still(self, canvas: Any, look: Look) -> None:
        """Plate, pizza, what lies on it."""
        canvas.save()
        canvas.translate(0, _MIDDLE)
        draw_plate(canvas, look, _PLATE, _THICK)
        if look.brand:
            draw_plate_brand(canvas, look, look.brand, 1.085, TILT, 0.075)
        canvas.translate(0, _LIES)
        draw_resting_shadow(canvas, 0.98 * _SIZE, SINE)
        canvas.scale(_SIZE, _SIZE)
        draw_baked(canvas, look.seed)
        for draw in _toppings(look.seed):
            draw(canvas)
        canvas.restore()

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Steam, and light that travels along the rim of the plate with `glint`."""
        canvas.save()
        canvas.translate(0, _MIDDLE)
        if 0 < glint < 1:
            _draw_gleam(canvas, glint)
        canvas.translate(0, 0.18)
        draw_steam(canvas, seconds, look.seed, 0.48, 0.92, 0.28)
        canvas.restore()


def _toppings(seed: int) -> list[Any]:
    """What draws tomatoes and leaves, the far ones first."""
    rng = np.random.default_rng([seed, 37])
    placed = []
    for k in range(6):
        angle = math.radians(25 + 60 * k + rng.uniform(-10, 10))
        cut = partial(morsels.draw_tomato_half, size=rng.uniform(0.115, 0.135), degrees=rng.uniform(0, 120))
        placed.append((angle, rng.uniform(0.50, 0.62), cut, 0.0))
    for degrees, r in ((200, 0.10), (318, 0.14), (75, 0.16), (170, 0.50), (300, 0.52), (62, 0.46)):
        angle = math.radians(degrees + rng.uniform(-12, 12))
        tone = mix(_BASIL, WHITE * (0.40, 0.62, 0.10), rng.uniform(0, 0.3))
        long = rng.uniform(0.30, 0.38)
        leaf = partial(morsels.draw_leaf, long=long, wide=0.31 * long, bend=rng.uniform(0.03, 0.08), tone=tone)
        placed.append((angle, r, leaf, degrees + rng.uniform(-50, 50)))
    return [partial(_draw_on, seed=seed, angle=a, r=r, draw=d, turn=t) for a, r, d, t in placed]


def _draw_on(canvas: Any, seed: int, angle: float, r: float, draw: Any, turn: float) -> None:
    x, away = r * math.cos(angle), r * math.sin(angle)
    canvas.save()
    canvas.translate(x, away * SINE - (height_at(seed, x, away) + 0.02) * COSINE)
    canvas.scale(1, 0.5 + 0.5 * SINE)
    canvas.rotate(turn)
    draw(canvas)
    canvas.restore()


def _draw_gleam(canvas: Any, glint: float) -> None:
    """A soft light on the near edge of the plate, from left to right."""
    angle = math.radians(165 - 150 * glint)
    edge = _PLATE.radius(0.0) - 0.03
    fade = ((0, WHITE, 0.9 * math.sin(math.pi * glint)), (0.3, WHITE, 0.4 * math.sin(math.pi * glint)), (1, WHITE, 0))
    canvas.save()
    canvas.translate(edge * math.cos(angle), edge * math.sin(angle) * SINE)
    canvas.rotate(math.degrees(math.atan2(-SINE * math.cos(angle), math.sin(angle))))
    canvas.scale(0.20, 0.035)
    canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, *fade))
    canvas.restore()
