"""The set of jar and dropper bottle: what its drawing promises to scenes and cameras."""

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.motifs.jar import Jar
from adgen_pipeline_tests.studio.drawing.motifs import drawn

CREAM = (-0.55, -0.16, -0.05, 0.02)
PRINT = (-0.94, -0.20, 0.86, 0.72)


def test_the_extent_holds_the_whole_set_closely() -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    assert drawn.fits_closely(Jar(), drawn.still(Jar(), drawn.look(brand="AURUM")))


def test_close_ups_look_at_the_set() -> None:
    """Every point named for a close-up lies on glass, cream or metal, which are solid."""
    picture = drawn.still(Jar(), drawn.look())
    assert all(drawn.alpha_at(Jar(), picture, x, y) == 255 for x, y in Jar().focus)


@pytest.mark.parametrize("colours", [drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_is_in_lid_bulb_and_glass(colours: list[str]) -> None:
    """A good part of the set carries the hue of the brand's leading colour."""
    assert drawn.share_near_hue(drawn.still(Jar(), drawn.look(colours)), colours[0]) > 0.25


def test_cream_stays_cream() -> None:
    """Whatever the brand's colour, what is in the jar is pale and nearly without colour."""
    for colours in (drawn.GOLD, drawn.BLUE, drawn.CORAL):
        cream = drawn.part(Jar(), drawn.still(Jar(), drawn.look(colours)), CREAM).astype(int)
        assert cream.mean() > 170
        assert np.ptp(cream, axis=2).mean() < 40


def test_the_brand_is_printed_only_if_given() -> None:
    """With a brand, only the print on jar and bottle changes, also when the brand is long."""
    for brand in ("AURUM", "A brand of forty letters, to be sure, ok"):
        assert drawn.written_within(Jar(), brand, PRINT)


def test_light_moves_in_the_glass() -> None:
    """Glow and band stay on the set, and time and glint each change them."""
    seen = drawn.look()
    early, late = drawn.moving(Jar(), seen, 0.4, 0.5), drawn.moving(Jar(), seen, 1.9, 0.5)
    solid = drawn.still(Jar(), seen)[..., 3] > 0
    assert not (early | late)[~solid].any()
    assert (early != late).any()
    assert (early != drawn.moving(Jar(), seen, 0.4, 0.7)).any()


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte; another seed turns the whorl of the cream."""
    assert drawn.repeats(Jar())
