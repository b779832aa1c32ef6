"""A scene put on film. Its far layer moves by less than a pixel a frame: it is drawn now and then, mixed in between."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.paint import PIXELS
from adgen_pipeline.studio.drawing.scene import Drawable, Scene
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.encoding import Frame

_STEP = 0.0023
"""Share of the short side that a corner may move from one drawn picture to the next: 2.5 pixels of 1080, and most of
the picture moves by one. In between they are mixed, as a pixel is mixed from its neighbours where a picture is drawn
half a pixel further."""

_AS_IT_IS = skia.SamplingOptions()


def film(scene: Drawable, moments: Sequence[tuple[float, View]], size: tuple[int, int]) -> Iterator[Frame]:
    """`scene` at each of the `moments` (seconds and view) in turn: a picture that the next one is drawn over."""
    frame: Frame = np.zeros((size[1], size[0], 4), np.uint8)
    surface = skia.Surface.MakeRasterDirect(skia.ImageInfo.Make(*size, PIXELS, skia.kPremul_AlphaType), frame)
    canvas = surface.getCanvas()
    ground = Ground(scene, [view for _, view in moments], size) if isinstance(scene, Scene) else None
    for number, (clock, view) in enumerate(moments):
        if ground is None:
            scene.draw(canvas, clock, view)
        else:
            ground.draw(canvas, number)
            ground.scene.draw_near(canvas, clock, view)
        yield frame


class Ground:
    """What is far behind in `scene`, for all `views` of a clip in turn."""

    def __init__(self, scene: Scene, views: Sequence[View], size: tuple[int, int]):
        self.scene, self._views = scene, views
        self._way = _way(scene, views)
        self._stops = _stops(self._way, _STEP * min(size))
        info = skia.ImageInfo.Make(*size, PIXELS, skia.kOpaque_AlphaType)
        self._surfaces = skia.Surface.MakeRaster(info), skia.Surface.MakeRaster(info)
        self._pictures: dict[int, Any] = {}
        """By the number of the stop: the one before and the one after what is drawn."""

    def draw(self, canvas: Any, frame: int) -> None:
        """Draw it for the view number `frame`, none of which may be left out; not what the product hides."""
        after = bisect_left(self._stops, frame)
        before = after if self._stops[after] == frame else after - 1
        pictures = self._picture(before), self._picture(after)
        with self.scene.behind(canvas, self._views[frame]):
            canvas.drawImage(pictures[0], 0, 0)
            if before != after:
                canvas.drawImage(pictures[1], 0, 0, _AS_IT_IS, skia.Paint(Alphaf=self._share(before, frame)))

    def _share(self, before: int, frame: int) -> float:
        """How much of the way from the stop before to the next is done."""
        start, stop = (self._way[self._stops[n]] for n in (before, before + 1))
        return (self._way[frame] - start) / (stop - start) if stop > start else 0.0

    def _picture(self, stop: int) -> Any:
        if stop not in self._pictures:
            self._pictures.pop(stop - 2, None)  # nobody looks at it any more: its surface may be drawn on again
            made = self._surfaces[stop % 2]
            self.scene.draw_far(made.getCanvas(), self._views[self._stops[stop]])
            self._pictures[stop] = made.makeImageSnapshot()
        return self._pictures[stop]


def _way(scene: Scene, views: Sequence[View]) -> list[float]:
    """How far (pixels) the corner that moves most has gone until each view."""
    corners = [scene.far_corners(view) for view in views]
    way = [0.0]
    for one, other in pairwise(corners):
        way.append(way[-1] + max(math.dist(a, b) for a, b in zip(one, other, strict=True)))
    return way


def _stops(way: Sequence[float], step: float) -> list[int]:
    """The frames to be drawn: the first, the last, and between them as few as the step (pixels) allows."""
    stops = [0]
    for frame in range(1, len(way)):
        if way[frame] - way[stops[-1]] > step and frame - 1 > stops[-1]:
            stops.append(frame - 1)
    if stops[-1] != len(way) - 1:
        stops.append(len(way) - 1)
    return stops
