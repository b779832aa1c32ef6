"""A picture that carries no recipe, brought to life: the camera moves over it, light and dust pass before it."""

import math
from pathlib import Path
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.dark import darken
from adgen_pipeline.studio.drawing.paint import SMOOTH, ramp
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE
from adgen_pipeline.studio.drawing.particles import Particles
from adgen_pipeline.studio.drawing.picture import covering
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.view import View, layer

_OVERSCAN = 1.18
"""The picture is drawn this much larger than the frame, so that no move shows its edge."""

_DEPTH = 0.75
"""How much of a camera's way the picture follows."""

_SWEEP = 3.2
"""Seconds the light takes across the picture."""


class Photo:
    """A foreign picture as a scene of layers: itself, a sweep of light, dust, near lights."""

    def __init__(self, path: Path, size: tuple[int, int], seed: int):
        width, height = self._size = size
        rng, short = np.random.default_rng(seed), min(size)
        self._picture = covering(path, (math.ceil(width * _OVERSCAN), math.ceil(height * _OVERSCAN)))
        self._pivot = (width / 2, height / 2)
        self._dust = Particles(
            size, rng, WHITE, count=56, radii=(0.003 * short, 0.011 * short),
            speed=(0.014 * short, 0.055 * short), alpha=0.7,
        )  # fmt: skip
        self._near = Particles(
            size, rng, WHITE, count=9, radii=(0.04 * short, 0.10 * short),
            speed=(0.03 * short, 0.08 * short), alpha=0.16, discs=True,
        )  # fmt: skip

    def draw(self, canvas: Any, clock: float, view: View) -> None:
        """Draw the picture at `clock` seconds from `view`; fills the canvas."""
        width, height = self._size
        with layer(canvas, view, self._size, self._pivot, _DEPTH):
            canvas.drawImage(self._picture, -(_OVERSCAN - 1) / 2 * width, -(_OVERSCAN - 1) / 2 * height, SMOOTH)
        self._light(canvas, clock)
        with layer(canvas, view, self._size, self._pivot, 1.3):
            self._dust.draw(canvas, clock)
        with layer(canvas, view, self._size, self._pivot, 1.9):
            self._near.draw(canvas, clock)
        darken(canvas, view.light, BLACK, self._size, self._pivot)

    def _light(self, canvas: Any, clock: float) -> None:
        """A broad slanting band of light, coming round again and again."""
        span = sum(self._size)
        middle, reach = ((clock / _SWEEP + 0.3) % 1.4 - 0.2) * span, 0.16 * span
        across = (middle - reach, 0.0), (middle + reach, 0.7 * reach)
        band = ramp(*across, (0, WHITE, 0), (0.5, WHITE, 0.13), (1, WHITE, 0), BlendMode=skia.BlendMode.kPlus)
        canvas.drawPaint(band)
