"""The cup of coffee: what its drawing promises to scenes and cameras."""

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.motifs.coffee import Coffee
from adgen_pipeline_tests.studio.drawing.motifs import drawn

SURFACE = (-0.30, -0.28, 0.30, -0.10)
CUP = (-0.66, -0.02, 0.66, 0.36)


def test_the_extent_holds_cup_and_saucer_closely() -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    assert drawn.fits_closely(Coffee(), drawn.still(Coffee(), drawn.look(brand="AURUM")))


def test_close_ups_look_at_the_cup() -> None:
    """Every point named for a close-up lies on the product, which is solid there."""
    picture = drawn.still(Coffee(), drawn.look())
    assert all(drawn.alpha_at(Coffee(), picture, x, y) == 255 for x, y in Coffee().focus)


@pytest.mark.parametrize("colours", [drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_is_the_glaze(colours: list[str]) -> None:
    """Cup and saucer carry the hue of the brand's leading colour."""
    assert drawn.share_near_hue(drawn.still(Coffee(), drawn.look(colours)), colours[0]) > 0.4


def test_coffee_keeps_its_colour() -> None:
    """Whatever the brand's colour, the surface is the same milk and crema."""
    blue, coral = (
        drawn.part(Coffee(), drawn.still(Coffee(), drawn.look(c)), SURFACE) for c in (drawn.BLUE, drawn.CORAL)
    )
    assert np.array_equal(blue, coral)
    red, green, brown = (float(blue[..., k].mean()) for k in range(3))
    assert red > green > brown


def test_the_brand_is_printed_on_the_cup_only_if_given() -> None:
    """With a brand, only letters on the front of the cup change, also when it is long."""
    for brand in ("AURUM", "A brand of forty letters, to be sure, ok"):
        assert drawn.written_within(Coffee(), brand, CUP)


def test_steam_rises_from_the_cup() -> None:
    """Time moves the steam, which begins at the coffee and stays above the saucer; `glint` lights the glaze."""
    early, late = (drawn.moving(Coffee(), drawn.look(), seconds, 0.0) for seconds in (0.4, 1.9))
    assert (early != late).any()
    assert drawn.units(Coffee(), early | late)[3] < 0.1
    assert (early != drawn.moving(Coffee(), drawn.look(), 0.4, 0.5)).any()


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte; another seed pours another rosetta."""
    assert drawn.repeats(Coffee())
    surfaces = [drawn.part(Coffee(), drawn.still(Coffee(), drawn.look(seed=s)), SURFACE) for s in (7, 8)]
    assert (np.abs(surfaces[0].astype(int) - surfaces[1]).max(axis=2) > 60).mean() > 0.05
