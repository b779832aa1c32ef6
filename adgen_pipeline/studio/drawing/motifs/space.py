"""Flat things turned in space: where the faces of a box, a lid or a cover come to lie on the canvas."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing.skia_door import skia

Point3 = tuple[float, float, float]
"""x to the right, y down, z toward the eye, in a motif's units."""

_EYE = 7.0
"""Units from the eye to the plane z = 0: a long lens, as products are photographed with."""


def pixels_a_unit(canvas: Any) -> float:
    """The scale that `canvas` draws at around its (0, 0): how fine a detail can be and still be seen."""
    middle, right, below = canvas.getTotalMatrix().mapPoints([skia.Point(0, 0), skia.Point(0.1, 0), skia.Point(0, 0.1)])
    area = (right.x() - middle.x()) * (below.y() - middle.y()) - (right.y() - middle.y()) * (below.x() - middle.x())
    return 10 * math.sqrt(abs(area))


@contextmanager
def on_plane(canvas: Any, plane: Any) -> Iterator[None]:
    """Draw on `plane`, a matrix from a pose."""
    canvas.save()
    canvas.concat(plane)
    try:
        yield
    finally:
        canvas.restore()


@dataclass(frozen=True)
class Pose:
    """How a thing stands: its middle `at`, then turned about the upright (`yaw`), the level (`pitch`) and the line of
    sight (`roll`), in degrees. A positive yaw shows its left side, a positive pitch its upper side."""

    at: Point3 = (0.0, 0.0, 0.0)
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0

    def plane(self, origin: Point3, right: Point3, down: Point3) -> Any:
        """The matrix that draws (u, v) where `origin` + u `right` + v `down` (in the thing's space) is seen."""
        (ox, oy, oz), (rx, ry, rz), (dx, dy, dz) = (
            self._placed(origin), self._turned @ np.array(right), self._turned @ np.array(down),
        )  # fmt: skip
        rows = (_EYE * rx, _EYE * dx, _EYE * ox, _EYE * ry, _EYE * dy, _EYE * oy, -rz, -dz, _EYE - oz)
        return skia.Matrix.MakeAll(*(float(value) for value in rows))

    def face(self, depth: float = 0.0) -> Any:
        """The matrix of the plane z = `depth`, on which u is x and v is y."""
        return self.plane((0, 0, depth), (1, 0, 0), (0, 1, 0))

    def seen(self, point: Point3) -> tuple[float, float]:
        """Where `point` of the thing is on the canvas."""
        x, y, z = self._placed(point)
        return float(_EYE * x / (_EYE - z)), float(_EYE * y / (_EYE - z))

    def _placed(self, point: Point3) -> NDArray[np.float64]:
        return self._turned @ np.array(point, float) + np.array(self.at)

    @cached_property
    def _turned(self) -> NDArray[np.float64]:
        (cy, sy), (cp, sp), (cr, sr) = (
            (math.cos(math.radians(angle)), math.sin(math.radians(angle)))
            for angle in (self.yaw, self.pitch, self.roll)
        )
        about_upright = np.array(((cy, 0, sy), (0, 1, 0), (-sy, 0, cy)))
        about_level = np.array(((1, 0, 0), (0, cp, sp), (0, -sp, cp)))
        about_sight = np.array(((cr, -sr, 0), (sr, cr, 0), (0, 0, 1)))
        turned: NDArray[np.float64] = about_sight @ about_level @ about_upright
        return turned
