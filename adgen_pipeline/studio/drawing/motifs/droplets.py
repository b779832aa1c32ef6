"""Drops of water on cold glass and metal: each a small lens that turns the light upside down."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.curves import shape
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE
from adgen_pipeline.studio.drawing.skia_door import skia

_RUN_EVERY = 3.8  # seconds between two drops that run down

Drop = tuple[float, float, float]
"""Where a drop sits (x, y) and its radius, in units."""


def scatter(body: Turned, low: float, high: float, count: int, sizes: tuple[float, float], seed: int) -> list[Drop]:
    """About `count` drops on the front of `body` between two heights, none on another, few of them large."""
    rng = np.random.default_rng([seed, 9])
    drops: list[Drop] = []
    for _ in range(count):
        angle, height = rng.uniform(-1.35, 1.35), rng.uniform(low, high)
        size = sizes[0] + (sizes[1] - sizes[0]) * rng.beta(0.8, 5.0)
        radius = body.radius(height)
        x = radius * math.sin(angle)
        y = radius * math.cos(angle) * body.sine - height * body.cosine
        if all(math.hypot(x - u, y - v) > 1.15 * (size + r) for u, v, r in drops):
            drops.append((x, y, size))
    return drops


def draw_drop(canvas: Any, drop: Drop, stretch: float = 1.0) -> None:
    """One drop: dark where the light enters, bright where it leaves, a spark, and its shadow."""
    x, y, size = drop
    if canvas.quickReject(skia.Rect(x - 2 * size, y - 2 * size, x + 2 * size, y + 2 * size)):
        return
    wobble = 0.10 * math.sin(91 * x + 57 * y)
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(size * (1 + wobble), size * (1.06 - wobble) * stretch)
    outline = _outline(x, y)
    canvas.save()
    canvas.translate(0.10, 0.20)
    canvas.drawPath(outline, paint.fill(BLACK, 0.30, blur=0.18))
    canvas.restore()
    lens = ((0, BLACK, 0.22), (0.40, BLACK, 0.04), (0.50, WHITE, 0.03), (1, WHITE, 0.50))
    canvas.drawPath(outline, paint.ramp((-0.6, -0.9), (0.5, 0.95), *lens))
    canvas.drawPath(outline, paint.halo((0.20, 0.48), 0.62, (0, WHITE, 0.42), (1, WHITE, 0)))
    canvas.drawPath(outline, paint.ramp((0, -1), (0, 1), (0, BLACK, 0.16), (1, WHITE, 0.35), **paint.lined(0.06)))
    canvas.drawOval(skia.Rect(-0.50, -0.62, -0.14, -0.30), paint.fill(WHITE, 0.95))
    canvas.drawCircle(0.42, 0.56, 0.08, paint.fill(WHITE, 0.8))
    canvas.restore()


def draw_trail(canvas: Any, drop: Drop, top: float) -> None:
    """The wet track a drop left from `top` down to where it is."""
    x, y, size = drop
    track = paint.ramp((0, top), (0, y), (0, WHITE, 0), (0.7, WHITE, 0.10), (1, WHITE, 0.20))
    canvas.drawRoundRect(skia.Rect(x - 0.55 * size, top, x + 0.55 * size, y), size, size, track)
    edge = paint.ramp((0, top), (0, y), (0, WHITE, 0), (1, WHITE, 0.40), **paint.lined(0.10 * size))
    canvas.drawLine(x + 0.5 * size, top, x + 0.5 * size, y, edge)


def draw_running(canvas: Any, seed: int, seconds: float, way: tuple[float, float, float]) -> None:
    """One drop at a time comes loose, runs down in fits and leaves a track that dries.

    `way` is how far (units) from the middle it may run to either side, where it starts, and how far it gets.
    """
    across, top, deep = way
    turn, age = divmod(seconds + 0.37 * _RUN_EVERY * (seed % 7), _RUN_EVERY)
    age /= _RUN_EVERY
    x = across * math.sin(2.1 * turn + seed)
    y = top + deep * (age + 0.035 * math.sin(17 * age) - 0.035 * math.sin(17) * age)
    fade = min(1.0, 10 * age, 6 * (1 - age))
    canvas.saveLayerAlpha(skia.Rect(x - 0.05, top, x + 0.05, y + 0.08), round(255 * fade))
    draw_trail(canvas, (x, y, 0.022), max(top, y - 0.5))
    draw_drop(canvas, (x, y, 0.026), 1.25)
    canvas.restore()


def _outline(x: float, y: float) -> Any:
    """A round a little out of shape, another for every place."""
    turn = np.linspace(0, math.tau, 40, endpoint=False)
    radius = 1 + 0.05 * np.sin(2 * turn + 40 * x) + 0.035 * np.sin(3 * turn + 70 * y)
    return shape(np.column_stack((radius * np.cos(turn), radius * np.sin(turn))))
