"""Smooth lines as arrays of points, for silhouettes that other lines must follow: seams, edges, threads."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing.skia_door import skia

Curve = NDArray[np.float64]
"""Points along a line, one (x, y) a row."""

_STEPS = 20  # points between two knots: at 1100 pixels a unit their chords stay within a fifth of a pixel


def smooth(*knots: tuple[float, float]) -> Curve:
    """A Catmull-Rom curve through `knots`, finely sampled."""
    ends = np.array([knots[0], *knots, knots[-1]], float)
    t = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    pieces = [
        b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
        for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False)
    ]
    return np.vstack([*pieces, ends[-1:]])


def beside(curve: Curve, distance: Any) -> Curve:
    """`curve` shifted by `distance` (one, or one a point) to its right as it runs, on a canvas whose y grows down."""
    along = np.gradient(curve, axis=0)
    along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
    across = np.column_stack((-along[:, 1], along[:, 0]))
    return curve + np.asarray(distance, float).reshape(-1, 1) * across


def moved(curve: Curve, right: float, down: float) -> Curve:
    """`curve` shifted by `right` and `down`."""
    return curve + np.array((right, down))


def shape(*runs: Curve) -> Any:
    """The closed path along `runs`."""
    return _path(runs, closed=True)


def line(*runs: Curve) -> Any:
    """The open path along `runs`."""
    return _path(runs, closed=False)


def points(rows: Curve) -> list[Any]:
    """`rows` as skia's points."""
    return [skia.Point(float(x), float(y)) for x, y in rows]


def _path(runs: tuple[Curve, ...], closed: bool) -> Any:
    path = skia.Path()
    path.addPoly(points(np.vstack(runs)), closed)
    return path
