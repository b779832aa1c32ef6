"""Where the camera stands, and what that does to layers near and far."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from adgen_pipeline.studio.drawing.framing import Framing
from adgen_pipeline.studio.drawing.skia_door import skia

_UNVEILED = 0.7
"""Share of the way to another framing after which no veil is left."""


@dataclass(frozen=True)
class View:
    """The camera against its place in the keyframe, which is `View()`.

    `x` and `y` move the camera (shares of the short side), `zoom` its focal length, `swing` turns it around the
    product (shares of the short side). `light` is the share of the scene's light that is on, `focus` how sharp the
    product is: 1 is sharp, 0 as soft as it gets. `framed` is the share of the way to `framing`, in which the picture
    has the words' place, too: their veil fades on the way.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    swing: float = 0.0
    light: float = 1.0
    focus: float = 1.0
    framing: Framing | None = None
    framed: float = 0.0

    def scale(self, depth: float) -> float:
        """How much larger than in the keyframe a layer at `depth` is seen."""
        return 1 + (self.zoom - 1) * depth

    def shift(self, depth: float) -> tuple[float, float]:
        """How far right and down a layer at `depth` is seen, as shares of the short side."""
        return -self.x * depth - self.swing * (depth - 1), -self.y * depth

    @property
    def veiled(self) -> float:
        """How much of the veil for words is left: none well before the picture has come to rest."""
        return max(0.0, 1 - self.framed / _UNVEILED)


@contextmanager
def layer(canvas: Any, view: View, size: tuple[int, int], pivot: tuple[float, float], depth: float) -> Iterator[None]:
    """Draw one layer as `view` shows it. `depth` 0 is infinitely far, 1 the product, above 1 in front of it.

    `pivot` (pixels) is the point a zoom grows from.
    """
    canvas.save()
    canvas.concat(_matrix(view, size, pivot, depth))
    try:
        yield
    finally:
        canvas.restore()


@contextmanager
def hidden_by(
    canvas: Any, path: Any, view: View, size: tuple[int, int], pivot: tuple[float, float], depth: float
) -> Iterator[None]:
    """Draw only what a solid `path` (None: nothing solid) of a nearer layer at `depth` does not hide."""
    canvas.save()
    if path is not None:
        placed = skia.Path()
        path.transform(_matrix(view, size, pivot, depth), placed)
        canvas.clipPath(placed, skia.ClipOp.kDifference, False)
    try:
        yield
    finally:
        canvas.restore()


def corners(view: View, size: tuple[int, int], pivot: tuple[float, float], depth: float) -> list[tuple[float, float]]:
    """Where `view` shows the frame's corners in the keyframe of a layer at `depth` (pixels)."""
    matrix = _matrix(view, size, pivot, depth)
    points = matrix.mapPoints([skia.Point(x, y) for x in (0, size[0]) for y in (0, size[1])])
    return [(point.x(), point.y()) for point in points]


def _matrix(view: View, size: tuple[int, int], pivot: tuple[float, float], depth: float) -> Any:
    """From a layer's pixels in the keyframe to those in the picture."""
    scale, short = view.scale(depth), min(size)
    across, down = view.shift(depth)
    matrix = skia.Matrix.Translate(pivot[0] + across * short, pivot[1] + down * short)
    matrix.preScale(scale, scale)
    matrix.preTranslate(-pivot[0], -pivot[1])
    if view.framing and view.framed:
        scale, x, y = view.framing.at(view.framed)
        matrix.postScale(scale, scale)
        matrix.postTranslate(x, y)
    return matrix
