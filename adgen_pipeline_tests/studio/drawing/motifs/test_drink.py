"""The bottle of drink: what its drawing promises to scenes and cameras."""

import pytest

from adgen_pipeline.studio.drawing.motifs.drink import Drink
from adgen_pipeline_tests.studio.drawing.motifs import drawn

LABEL = (-0.44, 0.04, 0.44, 0.74)
LIQUID = (-0.25, -0.25, 0.25, 0.0)


def test_the_extent_holds_the_whole_bottle_closely() -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    assert drawn.fits_closely(Drink(), drawn.still(Drink(), drawn.look(brand="AURUM")))


def test_close_ups_look_at_the_bottle() -> None:
    """Every point named for a close-up lies on the product."""
    picture = drawn.still(Drink(), drawn.look())
    assert all(drawn.alpha_at(Drink(), picture, x, y) > 100 for x, y in Drink().focus)


@pytest.mark.parametrize("colours", [drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_is_that_of_label_and_cap(colours: list[str]) -> None:
    """A good part of the bottle carries the hue of the brand's leading colour."""
    assert drawn.share_near_hue(drawn.still(Drink(), drawn.look(colours)), colours[0]) > 0.25


def test_a_warm_brand_drinks_amber() -> None:
    """The liquid of gold and coral brands is amber: the reddest where it is deep, never the brand's own paint."""
    for colours in (drawn.GOLD, drawn.CORAL):
        red, green, blue = drawn.part(Drink(), drawn.still(Drink(), drawn.look(colours)), LIQUID).mean(axis=(0, 1))
        assert red > 1.2 * green > 1.4 * blue


def test_the_brand_stands_on_the_label_only_if_given() -> None:
    """With a brand, only the label's print changes, also when the brand is long."""
    for brand in ("AURUM", "A brand of forty letters, to be sure, ok"):
        assert drawn.written_within(Drink(), brand, LABEL)


def test_drops_run_and_bubbles_rise_on_the_bottle() -> None:
    """Time and glint each change the picture, and nothing moves beside the bottle."""
    seen = drawn.look()
    early, late = drawn.moving(Drink(), seen, 0.4, 0.5), drawn.moving(Drink(), seen, 1.9, 0.5)
    solid = drawn.still(Drink(), seen)[..., 3] > 0
    assert not (early | late)[~solid].any()
    assert (early != late).any()
    assert (early != drawn.moving(Drink(), seen, 0.4, 0.7)).any()


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte; another seed lets other drops settle."""
    assert drawn.repeats(Drink())
