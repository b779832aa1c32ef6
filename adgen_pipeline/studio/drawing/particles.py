"""What floats between camera and product: dust in the light, and lights too near to be in focus."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.paint import SMOOTH, radial, rgba, shaded, surface
from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia

_SPRITE = 96

_BEYOND = 0.16
"""Share of the frame that they float beyond each of its edges: a camera that draws back sees none come or go."""

_SPECK = ((0, 0.95), (0.25, 0.55), (0.6, 0.14), (1, 0))
_DISC = ((0, 0.30), (0.75, 0.38), (0.90, 0.55), (1, 0))


class Particles:
    """`count` of them with radii in pixels, rising at `speed` pixels a second and swaying; seeded by `rng`."""

    def __init__(
        self,
        size: tuple[int, int],
        rng: np.random.Generator,
        tone: Colour,
        *,
        count: int,
        radii: tuple[float, float],
        speed: tuple[float, float],
        alpha: float,
        discs: bool = False,
    ):
        self._size, self._sprite = size, _sprite(tone, _DISC if discs else _SPECK)
        width, height = size
        self._room = _BEYOND * height
        self._at = rng.uniform((-_BEYOND * width, 0), ((1 + _BEYOND) * width, height + 2 * self._room), (count, 2))
        self._radius = radii[0] + (radii[1] - radii[0]) * rng.uniform(0, 1, count) ** 3
        self._speed = rng.uniform(*speed, count)
        self._phase = rng.uniform(0, math.tau, count)
        self._pace = rng.uniform(0.4, 1.6, count)
        self._alpha = alpha * rng.uniform(0.3, 1, count)

    def draw(self, canvas: Any, seconds: float) -> None:
        """Draw all of them as they are at `seconds`."""
        _, height = self._size
        sway = 0.013 * min(self._size) * np.sin(self._phase + self._pace * seconds)
        across = self._at[:, 0] + sway
        way = height + 2 * (self._room + self._radius)
        down = (self._at[:, 1] - self._speed * seconds) % way - self._room - self._radius
        shine = self._alpha * (0.55 + 0.45 * np.sin(3 * self._phase + 2.1 * self._pace * seconds))
        for x, y, radius, alpha in zip(across, down, self._radius, shine, strict=True):
            if alpha > 0.02:
                box = skia.Rect(x - radius, y - radius, x + radius, y + radius)
                canvas.drawImageRect(self._sprite, box, SMOOTH, skia.Paint(Alphaf=float(alpha)))


def _sprite(tone: Colour, stops: tuple[tuple[float, float], ...]) -> Any:
    made, middle = surface(_SPRITE, _SPRITE), _SPRITE / 2
    tones = [(at, rgba(tone, alpha)) for at, alpha in stops]
    made.getCanvas().drawPaint(shaded(radial((middle, middle), middle, *tones)))
    return made.makeImageSnapshot()
