"""Leaving out what cannot be seen changes no pixel."""

from typing import Any

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.cover import Cover
from adgen_pipeline.studio.drawing.paint import SMOOTH, fill, halo, surface
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE
from adgen_pipeline.studio.drawing.picture import as_pixels
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.view import View, hidden_by, layer

SIZE, PIVOT = (216, 384), (100.0, 150.0)


def ball() -> Any:
    """A solid disc with a soft rim, in a picture with empty corners."""
    made = surface(200, 220)
    made.getCanvas().drawCircle(100, 110, 95, halo((100, 110), 95, (0, WHITE, 1), (0.9, WHITE, 1), (1, WHITE, 0)))
    return made.makeImageSnapshot()


def noise() -> Any:
    """A backdrop in which every pixel tells."""
    made = surface(*SIZE)
    made.getCanvas().drawPaint(fill(BLACK))
    rng = np.random.default_rng(1)
    for x, y, shade in zip(*rng.uniform(0, 1, (3, 900)), strict=True):
        made.getCanvas().drawCircle(x * SIZE[0], y * SIZE[1], 6, fill(shade * WHITE))
    return made.makeImageSnapshot()


@pytest.mark.parametrize("view", [View(), View(x=0.013, y=-0.021, zoom=1.07), View(x=-0.05, zoom=0.93, swing=0.03)])
def test_clipped_layers_look_like_whole_ones(view: View) -> None:
    """Far layer without what is hidden, near layer without its empty corners: the same picture, but for rounding."""
    near, far = ball(), noise()
    cover = Cover.of(near, 10, 40)
    assert cover.solid is not None
    pictures = []
    for shown, solid in ((cover.shown, cover.solid), (None, None)):
        made = surface(*SIZE)
        canvas = made.getCanvas()
        with hidden_by(canvas, solid, view, SIZE, PIVOT, 1.0), layer(canvas, view, SIZE, PIVOT, 0.35):
            canvas.drawImage(far, 0, 0, SMOOTH)
        with layer(canvas, view, SIZE, PIVOT, 1.0):
            if shown is not None:
                canvas.clipPath(shown, skia.ClipOp.kIntersect, False)
            canvas.drawImage(near, 10, 40, SMOOTH)
        pictures.append(as_pixels(made.makeImageSnapshot()))
    apart = np.abs(pictures[0].astype(int) - pictures[1])
    assert apart.max() <= 1 and (apart > 0).sum() < 20


def test_what_is_hidden_is_not_drawn() -> None:
    """The solid path leaves a hole in the far layer, wholly inside the ball; too little that is solid gives none."""
    made, cover = surface(*SIZE), Cover.of(ball(), 10, 40)
    with hidden_by(made.getCanvas(), cover.solid, View(), SIZE, PIVOT, 1.0):
        made.getCanvas().drawPaint(fill(WHITE))
    hole = np.argwhere(as_pixels(made.makeImageSnapshot())[..., 3] == 0)
    assert len(hole) > 8000
    assert np.hypot(*(hole - [150, 110]).T).max() < 86
    assert Cover.of(noise().makeSubset(skia.IRect(10, 10)), 0, 0).solid is None
