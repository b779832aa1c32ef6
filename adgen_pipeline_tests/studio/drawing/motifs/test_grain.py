"""The grain of surfaces: seen from near, lost from afar."""

from collections.abc import Callable
from typing import Any

from adgen_pipeline.studio.drawing.motifs.grain import grain, weave
from adgen_pipeline.studio.drawing.paint import fill, surface
from adgen_pipeline.studio.drawing.palette import WHITE
from adgen_pipeline.studio.drawing.picture import as_pixels


def _roughness(paint_of: Callable[[Any], Any], scale: float) -> float:
    """How much a grey ground varies under a grain, drawn at `scale` pixels a unit."""
    made = surface(64, 64)
    canvas = made.getCanvas()
    canvas.drawPaint(fill(WHITE * 0.5))
    canvas.scale(scale, scale)
    canvas.drawPaint(paint_of(canvas))
    return float(as_pixels(made.makeImageSnapshot())[..., :3].astype(float).std())


def test_grain_that_would_only_be_noise_is_held_back() -> None:
    """A product that fills the picture shows its cloth; a small one does not glitter."""
    for paint_of in (
        lambda canvas: grain(canvas, (100, 100), 1.0, seed=3.0),
        lambda canvas: grain(canvas, (100, 100), 1.0, seed=3.0, dark=True),
        lambda canvas: weave(canvas, (20, 100), 0.5, seed=3.0),
    ):
        near, far = _roughness(paint_of, 600), _roughness(paint_of, 90)
        assert near > 2 * far > 0


def test_dark_grain_stays_on_what_is_drawn() -> None:
    """Specks of shadow fall on the leather of their layer and leave the empty ground around it empty."""
    made = surface(64, 64)
    canvas = made.getCanvas()
    canvas.scale(600, 600)
    canvas.drawPaint(grain(canvas, (100, 100), 1.0, seed=3.0, dark=True))
    assert not as_pixels(made.makeImageSnapshot()).any()
