"""The handbag: what its drawing promises to scenes and cameras."""

import pytest

from adgen_pipeline.studio.drawing.motifs.bag import Bag
from adgen_pipeline_tests.studio.drawing.motifs import drawn

STAMP = (-0.46, 0.38, 0.46, 0.62)


def test_the_extent_holds_the_whole_bag_closely() -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    assert drawn.fits_closely(Bag(), drawn.still(Bag(), drawn.look(brand="AURUM")))


def test_close_ups_look_at_the_bag() -> None:
    """Every point named for a close-up lies on leather or metal, which are solid."""
    picture = drawn.still(Bag(), drawn.look())
    assert all(drawn.alpha_at(Bag(), picture, x, y) == 255 for x, y in Bag().focus)


def test_one_sees_through_its_handle() -> None:
    """The silhouette is that of a bag: solid below, open within the handle."""
    picture = drawn.still(Bag(), drawn.look())
    assert drawn.alpha_at(Bag(), picture, 0.0, -0.75) == 0
    assert all(drawn.alpha_at(Bag(), picture, x, 0.5) == 255 for x in (-0.8, 0.0, 0.8))


@pytest.mark.parametrize("colours", [drawn.BLUE, drawn.CORAL])
def test_the_leather_is_dyed_in_the_brand_colour(colours: list[str]) -> None:
    """Most of the bag carries the hue of the brand's leading colour."""
    assert drawn.share_near_hue(drawn.still(Bag(), drawn.look(colours)), colours[0]) > 0.5


def test_the_brand_is_stamped_only_if_given() -> None:
    """With a brand, only the foil on the front changes, also when the brand is long."""
    for brand in ("AURUM", "A brand of forty letters, to be sure, ok"):
        assert drawn.written_within(Bag(), brand, STAMP)


def test_the_tag_swings_and_light_crosses_the_leather() -> None:
    """Time swings the tag within the extent; `glint` lights the leather, and at its ends leaves it as it was."""
    seen = drawn.look()
    frames = [drawn.moving(Bag(), seen, seconds, 0.0) for seconds in (0.2, 0.9)]
    left, top, right, bottom = drawn.units(Bag(), frames[0] | frames[1])
    assert Bag.extent[0] <= left and Bag.extent[1] <= top and right <= Bag.extent[2] and bottom <= Bag.extent[3]
    assert (frames[0] != frames[1]).any()
    assert (frames[0] != drawn.moving(Bag(), seen, 0.2, 0.5)).any()
    assert (frames[0] == drawn.moving(Bag(), seen, 0.2, 1.0)).all()


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte."""
    seen = drawn.look(brand="AURUM")
    assert drawn.still(Bag(), seen).tobytes() == drawn.still(Bag(), seen).tobytes()
    assert drawn.moving(Bag(), seen, 1.3, 0.4).tobytes() == drawn.moving(Bag(), seen, 1.3, 0.4).tobytes()
