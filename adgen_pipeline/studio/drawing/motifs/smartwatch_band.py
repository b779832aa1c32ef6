"""The band of a smartwatch: one strip of silicone that runs from the case around the wrist and back."""

import math
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.curves import Curve, line, shape
from adgen_pipeline.studio.drawing.motifs.space import Pose
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix

_HALF_HEIGHT, _DEPTH = 1.06, 1.5
"""How far (units) the loop reaches up and down, and behind the case."""

_SLICES = 260
_OVER = 0.9
"""Share of its length by which a slice is longer than it need be."""

_LIGHT = np.array((0.0, -0.62, 0.78))
"""Where the light comes from, in the space of the band."""

Stop = tuple[float, Colour, float]
Ring = tuple[float, float, float]
"""A level line of the band: its height, its depth, half its width."""


def draw_band(canvas: Any, pose: Pose, colour: Colour, rim: Colour) -> None:
    """The whole loop, the far side first, of which one sees the inside."""
    rings = _loop()
    for k in sorted(range(_SLICES), key=lambda k: rings[k][1]):
        _draw_slice(canvas, pose, (rings[k], rings[(k + 1) % _SLICES]), colour)
    _draw_edges(canvas, pose, colour, rim)


@cache
def _loop() -> tuple[Ring, ...]:
    """The band's level lines, from the case's middle up, around, and back from below."""
    rings = []
    for turn in np.linspace(0, math.tau, _SLICES, endpoint=False):
        up, near = math.sin(turn), math.cos(turn)
        flat = abs(up) ** 0.72 * np.sign(up)
        wide = 0.36 + 0.10 * max(0.0, near) ** 2
        rings.append((-_HALF_HEIGHT * flat, _DEPTH / 2 * (near - 1), wide))
    return tuple(rings)


def _draw_slice(canvas: Any, pose: Pose, rings: tuple[Ring, Ring], colour: Colour) -> None:
    """The strip between two level lines, a little longer than it is, so that no seam shows."""
    (y, z, wide), (next_y, next_z, next_wide) = rings
    end_y, end_z = next_y + _OVER * (next_y - y), next_z + _OVER * (next_z - z)
    ends = ((-wide, y, z), (wide, y, z), (next_wide, end_y, end_z), (-next_wide, end_y, end_z))
    corners = [pose.seen(at) for at in ends]
    normal = np.array((0.0, next_z - z, y - next_y)) / math.hypot(next_z - z, next_y - y)
    outward = normal if normal @ np.array((0, y, z + _DEPTH / 2)) >= 0 else -normal
    (ax, ay), (bx, by), _, (dx, dy) = corners
    turned_away = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax) > 0
    paints = _inside(colour, outward) if turned_away else _outside(colour, outward)
    canvas.drawPath(shape(np.array(corners)), paint.ramp(corners[0], corners[1], *paints))


def _outside(colour: Colour, outward: Any) -> tuple[Stop, ...]:
    """Matte silicone across the band, its edges round: a soft light from above left."""
    lit = max(0.0, float(outward @ _LIGHT))
    tone = mix(mix(colour, BLACK, 0.62), colour, 0.25 + 0.75 * lit)
    sheen, edge = mix(tone, WHITE, 0.05 + 0.22 * lit**6), mix(tone, BLACK, 0.45)
    return (
        (0, edge, 1), (0.045, mix(tone, WHITE, 0.30), 1), (0.10, tone, 1), (0.32, sheen, 1), (0.62, tone, 1),
        (0.90, mix(tone, BLACK, 0.18), 1), (0.955, mix(tone, WHITE, 0.12), 1), (1, edge, 1),
    )  # fmt: skip


def _inside(colour: Colour, outward: Any) -> tuple[Stop, ...]:
    """The same in the shadow of the loop."""
    tone = mix(colour, BLACK, 0.78 - 0.10 * abs(float(outward[1])))
    return (0, mix(tone, BLACK, 0.5), 1), (0.5, tone, 1), (1, mix(tone, WHITE, 0.06), 1)


def _draw_edges(canvas: Any, pose: Pose, colour: Colour, rim: Colour) -> None:
    """Both edges of the near half: their roundness, and the light from behind along them."""
    near = [ring for ring in _loop() if ring[1] > -0.36 * _DEPTH and abs(ring[0]) > 0.5]
    for side, strength in ((-1, 0.85), (1, 0.45)):
        for half in (-1, 1):
            run: Curve = np.array([pose.seen((side * w, y, z)) for y, z, w in near if y * half > 0])
            run = run[np.argsort(run[:, 1])]
            canvas.drawPath(line(run), paint.stroke(mix(colour, BLACK, 0.5), 0.016))
            canvas.drawPath(line(run), paint.stroke(rim, 0.006, strength))
