"""How pieces come and go."""

from typing import get_args

import numpy as np
import pytest
from numpy.typing import NDArray

from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.composition.motions import Picture, move
from adgen_pipeline.studio.composition.pieces import Piece
from adgen_pipeline.studio.composition.typography import Motion
from adgen_pipeline.studio.drawing.paint import fill, surface
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE
from adgen_pipeline.studio.drawing.picture import as_pixels
from adgen_pipeline.studio.drawing.skia_door import skia

INK = Ink(words=WHITE, accent=WHITE, fill=BLACK, on_fill=WHITE, ground=BLACK, on_words=BLACK, scrim=0.0)
MOTIONS: tuple[Motion, ...] = get_args(Motion)


def shown(motion: Motion, since: float, leaving: float = 0.0) -> NDArray[np.uint8]:
    """How much of a bar of 60 x 20 pixels, at home at (80, 50) in a picture of 220 x 120, is where."""
    piece = Piece(
        80, 50, 60, 20, bleed=6, delay=0, motion=motion, travel=70,
        paint=lambda canvas, ink: canvas.drawRect(skia.Rect(0, 0, 60, 20), fill(ink.words)),
    )  # fmt: skip
    made = surface(220, 120)
    made.getCanvas().translate(80, 50)
    move(made.getCanvas(), Picture(piece, INK), since, leaving)
    return as_pixels(made.makeImageSnapshot())[..., 3]


HOME = np.zeros((120, 220), np.uint8)
HOME[50:70, 80:140] = 255


@pytest.mark.parametrize("motion", MOTIONS)
def test_every_motion_comes_to_rest_where_it_belongs(motion: Motion) -> None:
    """Two seconds on, the piece stands on its pixels, sharp, and does not stir; a button alone breathes."""
    at_rest = [shown(motion, seconds) for seconds in (2.0, 2.5, 3.0)]
    if motion == "button":
        assert len({picture.tobytes() for picture in at_rest}) == 3
        assert np.mean(np.abs(at_rest[0].astype(int) - HOME)) < 3
    else:
        assert all((picture == HOME).all() for picture in at_rest)


@pytest.mark.parametrize("motion", MOTIONS)
def test_every_motion_comes_and_goes(motion: Motion) -> None:
    """Early on there is less of it, or it is elsewhere; at the end of leaving nothing is left."""
    if motion != "type":
        assert np.mean(np.abs(shown(motion, 0.08).astype(int) - HOME)) > 2
    assert shown(motion, 2.0, leaving=1.0).max() <= 2
    assert shown(motion, 2.0, leaving=0.5).sum() < HOME.sum()


def test_families_move_unlike_each_other() -> None:
    """A tenth of a second in, every motion shows another picture."""
    assert len({shown(motion, 0.1).tobytes() for motion in MOTIONS}) == len(MOTIONS)
