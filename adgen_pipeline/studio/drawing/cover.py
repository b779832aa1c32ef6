"""Which parts of a picture show anything, and which hide all that is behind them: what need not be drawn is not."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing.picture import as_pixels
from adgen_pipeline.studio.drawing.skia_door import skia

_CELL = 24
"""Pixels of a cell's side: small ones follow the outline, large ones are quick to clip to."""

_AROUND = 3
"""Pixels around a cell that count with it: a pixel that is drawn larger or smaller mixes its neighbours."""

_WORTH = 0.12
"""Share of the whole that must be solid: below it, clipping takes longer than drawing what is hidden."""

Grid = NDArray[np.bool_]


@dataclass(frozen=True)
class Cover:
    """Two paths around cells of a picture, for clipping.

    `shown` holds every pixel that is not empty and its neighbours. Within `solid`, which is None where too
    little is solid, every pixel and its neighbours are opaque.
    """

    shown: Any
    solid: Any

    @classmethod
    def of(cls, image: Any, left: float, top: float) -> "Cover":
        """The cover of a skia image whose corner is drawn at (`left`, `top`)."""
        alpha = as_pixels(image)[..., 3]
        shown, solid = _cells(255 - alpha, 255) < 255, _cells(alpha, 0) == 255
        return cls(_path(shown, left, top), _path(solid, left, top) if solid.mean() > _WORTH else None)


def _cells(alpha: NDArray[np.uint8], beyond: int) -> NDArray[np.uint8]:
    """The lowest value in and right around each cell; `beyond` is what lies past the picture's edge."""
    for axis in (0, 1):
        count = -(-alpha.shape[axis] // _CELL)
        after = count * _CELL - alpha.shape[axis] + _AROUND + 1
        room = [(0, 0), (0, 0)]
        room[axis] = (_AROUND, after)
        starts = np.arange(count) * _CELL
        spans = np.column_stack([starts, starts + _CELL + 2 * _AROUND]).ravel()
        alpha = np.minimum.reduceat(np.pad(alpha, room, constant_values=beyond), spans, axis)
        alpha = alpha[::2] if axis == 0 else alpha[:, ::2]
    return alpha


def _path(cells: Grid, left: float, top: float) -> Any:
    """Rectangles of equal runs of cells in rows below each other."""
    path, begun = skia.Path(), dict[tuple[int, int], int]()
    for row in range(len(cells) + 1):
        runs = _runs(cells[row]) if row < len(cells) else set()
        for run in [run for run in begun if run not in runs]:
            path.addRect(skia.Rect(run[0] * _CELL, begun.pop(run) * _CELL, run[1] * _CELL, row * _CELL))
        for run in runs:
            begun.setdefault(run, row)
    path.offset(left, top)
    return path


def _runs(row: Grid) -> set[tuple[int, int]]:
    """First cell and the one after the last of each run."""
    edges = np.flatnonzero(np.diff(np.pad(row, 1).astype(np.int8)))
    return set(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
