"""A mound of things in a bowl, one in front of the other."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.skia_door import skia

_HEAPED = 0.30  # how high the middle stands above the rim, in radii of the bowl

Placed = tuple[float, Callable[[Any], None]]
"""How far toward the eye something lies, and what draws it at its place."""


_ROOM = skia.Rect(-0.5, -0.5, 0.5, 0.5)  # more than anything put into the bowl takes


class Heap:
    """A mound in a bowl of radius 1: things are put at angle and distance, and drawn from the far side to the near."""

    def __init__(self, sine: float, cosine: float, rng: np.random.Generator):
        self.sine, self._cosine, self.rng = sine, cosine, rng
        self._placed: list[Placed] = []

    def put(self, degrees: float, r: float, draw: Callable[[Any], None], lift: float = 0.0, turn: float = 0.0) -> None:
        """Have `draw` draw around the point at `degrees` and distance `r`, `lift` above the mound, turned by `turn`."""
        x, z = r * math.cos(math.radians(degrees)), r * math.sin(math.radians(degrees))
        high = heap_height(r) + lift
        y = z * self.sine - high * self._cosine

        def placed(canvas: Any) -> None:
            canvas.save()
            canvas.translate(x, y)
            canvas.rotate(turn)
            if not canvas.quickReject(_ROOM):
                draw(canvas)
            canvas.restore()

        self._placed.append((z + 0.8 * lift, placed))

    def outward(self, degrees: float) -> float:
        """The direction on the screen (degrees) that leads outward at the angle `degrees`."""
        angle = math.radians(degrees)
        return math.degrees(math.atan2(self.sine * math.sin(angle), math.cos(angle)))

    def draw(self, canvas: Any) -> None:
        """Draw all that was put."""
        for _, placed in sorted(self._placed, key=lambda entry: entry[0]):
            placed(canvas)


def heap_height(r: float) -> float:
    """The height of the heap at distance `r`, above the rim."""
    return _HEAPED * (1 - r * r) - 0.07
