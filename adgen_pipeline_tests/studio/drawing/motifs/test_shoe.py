"""The running shoe: what its drawing promises to scenes and cameras."""

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.motifs.shoe import Shoe
from adgen_pipeline_tests.studio.drawing.motifs import drawn

WORDS = (-0.49, 0.45, 0.17, 0.60)


def test_the_extent_holds_the_whole_shoe_closely() -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    shoe = Shoe()
    left, top, right, bottom = drawn.units(shoe, drawn.still(shoe, drawn.look(brand="AURUM")))
    assert shoe.extent[0] <= left < shoe.extent[0] + 0.1
    assert shoe.extent[1] <= top < shoe.extent[1] + 0.1
    assert shoe.extent[2] - 0.1 < right <= shoe.extent[2]
    assert shoe.extent[3] - 0.1 < bottom <= shoe.extent[3]


def test_close_ups_look_at_the_shoe() -> None:
    """Every point named for a close-up lies on the product, which is solid there."""
    shoe = Shoe()
    picture = drawn.still(shoe, drawn.look())
    assert all(drawn.alpha_at(shoe, picture, x, y) == 255 for x, y in shoe.focus)


def test_the_silhouette_is_that_of_a_shoe() -> None:
    """Open at the ankle, empty above the toe, closed from the heel to the toe at the sole."""
    shoe = Shoe()
    picture = drawn.still(shoe, drawn.look())
    assert drawn.alpha_at(shoe, picture, -0.75, -0.55) == 0
    assert drawn.alpha_at(shoe, picture, 0.9, -0.3) == 0
    assert all(drawn.alpha_at(shoe, picture, x, 0.42) == 255 for x in np.linspace(-1.2, 1.25, 30))


@pytest.mark.parametrize("colours", [drawn.GOLD, drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_is_knitted_into_the_upper(colours: list[str]) -> None:
    """A good part of the shoe carries the hue of the brand's leading colour."""
    assert drawn.share_near_hue(drawn.still(Shoe(), drawn.look(colours)), colours[0]) > 0.2


def test_another_palette_is_another_picture() -> None:
    """Gold and blue differ in a good part of what is drawn; the foam stays pale in both."""
    gold, blue = (drawn.still(Shoe(), drawn.look(c)).astype(int) for c in (drawn.GOLD, drawn.BLUE))
    assert (np.abs(gold - blue).max(axis=2) > 30).sum() > 0.3 * (gold[..., 3] > 0).sum()


def test_the_brand_is_pressed_into_the_foam_only_if_given() -> None:
    """With a brand, only its letters below the arch change, also when it is long."""
    shoe = Shoe()
    plain = drawn.still(shoe, drawn.look()).astype(int)
    for brand in ("AURUM", "A brand of forty letters, to be sure, ok"):
        changed = np.abs(drawn.still(shoe, drawn.look(brand=brand)).astype(int) - plain)
        left, top, right, bottom = drawn.units(shoe, (changed > 0).astype(np.uint8))
        assert left >= WORDS[0] and top >= WORDS[1] and right <= WORDS[2] and bottom <= WORDS[3]
        assert (changed.max(axis=2) > 20).sum() > 100


def test_light_moves_on_the_shoe() -> None:
    """Sweep and sparks stay on the product, and time and glint each change them."""
    shoe, seen = Shoe(), drawn.look()
    early, late = drawn.moving(shoe, seen, 0.4, 0.5), drawn.moving(shoe, seen, 1.9, 0.5)
    solid = drawn.still(shoe, seen)[..., 3] > 0
    assert not (early | late)[~solid].any()
    assert (early != late).any()
    assert (early != drawn.moving(shoe, seen, 0.4, 0.7)).any()


def test_the_sweep_leaves_the_foam_alone() -> None:
    """The light is clipped to the upper: knit and leather answer it, foam does not."""
    shoe = Shoe()
    swept = [drawn.moving(shoe, drawn.look(), 0.0, glint) for glint in np.linspace(0.2, 0.8, 9)]
    lit = np.maximum.reduce(swept)
    assert drawn.alpha_at(shoe, lit, 0.6, 0.15) > 0
    assert drawn.alpha_at(shoe, lit, 0.6, 0.40) == 0


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte; another seed lays the beads of the foam otherwise."""
    seen = drawn.look(brand="AURUM")
    assert drawn.still(Shoe(), seen).tobytes() == drawn.still(Shoe(), seen).tobytes()
    assert drawn.still(Shoe(), seen).tobytes() != drawn.still(Shoe(), drawn.look(brand="AURUM", seed=8)).tobytes()
    assert drawn.moving(Shoe(), seen, 1.3, 0.4).tobytes() == drawn.moving(Shoe(), seen, 1.3, 0.4).tobytes()
