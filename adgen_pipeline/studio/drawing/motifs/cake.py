"""A cake with berries on a stand, seen a little from above."""

import math
from functools import partial
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs import berries, morsels
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.cake_body import CAKE, TILT, TOP, draw_cake
from adgen_pipeline.studio.drawing.motifs.ceramic import draw_brand, draw_outside, gilded, gilding
from adgen_pipeline.studio.drawing.motifs.heap import Heap
from adgen_pipeline.studio.drawing.motifs.plate import draw_plate, draw_resting_shadow
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix

_PLATE_AT, _FOOT_AT = 0.27, 0.85  # heights on the canvas of the plate's middle and of the foot's
_THICK = 0.105
_PLATE = Turned(((0.88, -0.01), (0.88, 0.01)), TILT)
_EDGE = Turned(((0.865, 0.0), (0.878, 0.02), (0.88, 0.06), (0.88, _THICK)), TILT)
_FOOT = Turned(((0.38, 0.0), (0.378, 0.04), (0.315, 0.12), (0.250, 0.24), (0.212, 0.36), (0.20, 0.52)), TILT, 24)
_PILE = 0.60  # radius of what lies on the cake
_FALL = 3.2  # seconds that sugar takes to fall


class Cake:
    """A layer cake under chocolate. The brand is printed on the edge of the stand, if there is one."""

    extent = (-0.94, -0.95, 0.94, 1.08)
    body = (-0.89, -0.90, 0.89, 1.05)
    face = (-0.72, -0.88, 0.72, 0.45)
    focus = ((-0.05, -0.46), (-0.30, -0.14), (0.24, -0.40))

    def still(self, canvas: Any, look: Look) -> None:
        """Stand, cake, berries."""
        _draw_stand(canvas, look)
        canvas.save()
        canvas.translate(0, _PLATE_AT)
        draw_resting_shadow(canvas, CAKE.radius(0.0), CAKE.sine)
        draw_cake(canvas, look)
        canvas.translate(0, -TOP * CAKE.cosine)
        _draw_pile(canvas, look)
        canvas.restore()

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Sugar that is sifted onto the berries, and light that travels along the edge of the stand."""
        if 0 < glint < 1:
            _draw_gleam(canvas, glint)
        for k in range(26):
            age = (seconds / _FALL + 0.618 * k + 0.37 * look.seed) % 1
            x = 0.46 * math.sin(12.9 * k + look.seed) + 0.02 * math.sin(6 * age + k)
            y = -0.90 + 0.46 * age
            alpha = 0.75 * math.sin(math.pi * age)
            canvas.drawCircle(x, y, 0.0045 + 0.004 * ((0.37 * k) % 1), paint.fill(WHITE, alpha))


def _draw_stand(canvas: Any, look: Look) -> None:
    """Foot, edge with the brand, plate."""
    canvas.save()
    canvas.translate(0, _FOOT_AT)
    _draw_turned(canvas, _FOOT, look)
    canvas.restore()
    canvas.save()
    canvas.translate(0, _PLATE_AT)
    canvas.save()
    canvas.translate(0, _THICK * CAKE.cosine)
    _draw_turned(canvas, _EDGE, look)
    if look.brand:
        draw_brand(canvas, _EDGE, look, look.brand, 0.46 * _THICK, 0.060, 30)
    canvas.restore()
    draw_plate(canvas, look, _PLATE, 0.0)
    canvas.restore()


def _draw_turned(canvas: Any, body: Turned, look: Look) -> None:
    """A part of the stand: glazed, or of gold for metallic brands, darker toward its foot."""
    if not gilded(look):
        draw_outside(canvas, body, look, 0.05)
        return
    outline, reach = body.outline(), body.radius(0.0)
    canvas.drawPath(outline, paint.ramp((-reach, 0), (reach, 0), *gilding(look)))
    canvas.drawPath(outline, paint.ramp((0, -0.30), (0, 0.25), (0, BLACK, 0), (1, BLACK, 0.5)))


def _draw_pile(canvas: Any, look: Look) -> None:
    """Berries in a heap, mint, sugar on them."""
    rng = np.random.default_rng([look.seed, 59])
    canvas.save()
    canvas.scale(_PILE, _PILE)
    canvas.drawOval(_shade(), paint.fill(BLACK, 0.45, blur=0.06))
    heap = Heap(CAKE.sine, CAKE.cosine, rng)
    for k in range(5):
        whole = partial(berries.draw_strawberry, size=rng.uniform(0.235, 0.265))
        heap.put(72 * k + 20 + rng.uniform(-8, 8), 0.42, whole, lift=0.10, turn=-90 + rng.uniform(-38, 38))
    for k, (degrees, r, lift) in enumerate(((40, 0.66, 0), (95, 0.70, 0), (150, 0.66, 0), (210, 0.6, 0.02),
                                            (330, 0.6, 0.02), (80, 0.20, 0.26), (250, 0.22, 0.24))):  # fmt: skip
        drupes = partial(berries.draw_raspberry, size=rng.uniform(0.135, 0.15))
        heap.put(degrees + rng.uniform(-6, 6), r, drupes, lift=lift + 0.05)
        blue = partial(berries.draw_blueberry, size=rng.uniform(0.10, 0.12), seed=rng.uniform(0, 1), crown=k % 3 != 1)
        heap.put(degrees + 26 + rng.uniform(-5, 5), r + 0.04, blue, lift=0.8 * lift + 0.04)
    green = WHITE * (0.20, 0.52, 0.16)
    for degrees in (205, 318, 265):
        leaf = partial(morsels.draw_leaf, long=0.30, wide=0.095, bend=0.05, tone=mix(green, WHITE, 0.12))
        heap.put(degrees, 0.10, leaf, lift=0.30, turn=degrees + rng.uniform(-10, 10))
    heap.draw(canvas)
    for _ in range(120):
        x, y = rng.normal(0, 0.30), rng.normal(-0.26, 0.14)
        canvas.drawCircle(x, y, rng.uniform(0.004, 0.010), paint.fill(WHITE, rng.uniform(0.3, 0.8)))
    canvas.restore()


def _shade() -> Any:
    return CAKE.ring(0.0).makeOffset(0.04, 0.06)


def _draw_gleam(canvas: Any, glint: float) -> None:
    """A soft light on the edge of the stand, from left to right."""
    angle = math.radians(170 - 160 * glint)
    edge, strength = _PLATE.radius(0.0), 0.7 * math.sin(math.pi * glint)
    canvas.save()
    canvas.translate(edge * math.cos(angle), _PLATE_AT + edge * math.sin(angle) * CAKE.sine + 0.02)
    canvas.rotate(math.degrees(math.atan2(-CAKE.sine * math.cos(angle), math.sin(angle))))
    canvas.scale(0.17, 0.05)
    fade = ((0, WHITE, strength), (0.35, WHITE, 0.4 * strength), (1, WHITE, 0))
    canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, *fade))
    canvas.restore()
