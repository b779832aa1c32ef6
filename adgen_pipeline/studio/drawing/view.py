"""Where the camera stands, and what that does to layers near and far."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class View:
    """The camera against its place in the keyframe, which is `View()`.

    `x` and `y` move the camera (shares of the short side), `zoom` its focal length, `swing` turns it around the
    product (shares of the short side), `light` is the share of the scene's light that is on.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float = 1.0
    swing: float = 0.0
    light: float = 1.0


@contextmanager
def layer(canvas: Any, view: View, size: tuple[int, int], pivot: tuple[float, float], depth: float) -> Iterator[None]:
    """Draw one layer as `view` shows it. `depth` 0 is infinitely far, 1 the product, above 1 in front of it.

    `pivot` (pixels) is the point a zoom grows from.
    """
    short = min(size)
    scale = 1 + (view.zoom - 1) * depth
    across = (-view.x * depth - view.swing * (depth - 1)) * short
    canvas.save()
    canvas.translate(pivot[0] + across, pivot[1] - view.y * depth * short)
    canvas.scale(scale, scale)
    canvas.translate(-pivot[0], -pivot[1])
    try:
        yield
    finally:
        canvas.restore()
