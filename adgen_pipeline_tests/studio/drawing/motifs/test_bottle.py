"""The flacon: what its drawing promises to scenes and cameras."""

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.motifs.bottle import Bottle
from adgen_pipeline_tests.studio.drawing.motifs import drawn

GLASS = (-0.56, -0.41, 0.56, 1.01)
LABEL = (-0.33, 0.07, 0.34, 0.42)


def test_the_extent_holds_the_whole_bottle_closely() -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    bottle = Bottle()
    left, top, right, bottom = drawn.units(bottle, drawn.still(bottle, drawn.look(brand="AURUM")))
    assert bottle.extent[0] <= left < bottle.extent[0] + 0.1
    assert bottle.extent[1] <= top < bottle.extent[1] + 0.1
    assert bottle.extent[2] - 0.1 < right <= bottle.extent[2]
    assert bottle.extent[3] - 0.1 < bottom <= bottle.extent[3]


def test_close_ups_look_at_the_bottle() -> None:
    """Every point named for a close-up lies on the product."""
    bottle = Bottle()
    picture = drawn.still(bottle, drawn.look())
    assert all(drawn.alpha_at(bottle, picture, x, y) > 60 for x, y in bottle.focus)


@pytest.mark.parametrize("colours", [drawn.GOLD, drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_tints_the_bottle(colours: list[str]) -> None:
    """Liquid and base carry the hue of the brand's leading colour."""
    assert drawn.share_near_hue(drawn.still(Bottle(), drawn.look(colours)), colours[0]) > 0.25


def test_another_palette_is_another_picture() -> None:
    """Gold and blue differ in most of what is drawn."""
    gold, blue = (drawn.still(Bottle(), drawn.look(c)).astype(int) for c in (drawn.GOLD, drawn.BLUE))
    assert (np.abs(gold - blue).max(axis=2) > 30).sum() > 0.5 * (gold[..., 3] > 0).sum()


def test_a_metallic_brand_colour_gilds_the_cap_and_any_other_leaves_it_steel() -> None:
    """The cap is gold for a gold brand, and nearly grey for a blue one."""
    cap = (slice(drawn.MARGIN + 10, drawn.MARGIN + 50), slice(drawn.MARGIN + 60, drawn.MARGIN + 90), slice(0, 3))
    gold, blue = (drawn.still(Bottle(), drawn.look(c))[cap].astype(int) for c in (drawn.GOLD, drawn.BLUE))
    assert np.ptp(gold, axis=2).mean() > 60
    assert np.ptp(blue, axis=2).mean() < 30


def test_the_label_exists_only_for_a_brand() -> None:
    """With a brand, only the label changes; with another brand, only its words."""
    bottle = Bottle()
    plain, aurum, verde = (drawn.still(bottle, drawn.look(brand=b)).astype(int) for b in (None, "AURUM", "VERDE"))
    left, top, right, bottom = drawn.units(bottle, (np.abs(aurum - plain) > 0).astype(np.uint8))
    assert left >= LABEL[0] and top >= LABEL[1] and right <= LABEL[2] and bottom <= LABEL[3]
    assert (np.abs(aurum - plain).max(axis=2) > 20).sum() > 1500
    assert 50 < (np.abs(aurum - verde).max(axis=2) > 20).sum() < 1500


def test_a_long_brand_stays_on_its_label() -> None:
    """Forty letters are made smaller instead of running over the frame."""
    bottle = Bottle()
    short, long = (drawn.still(bottle, drawn.look(brand=b)).astype(int) for b in ("I", "Maison " * 5 + "Paris"))
    left, _, right, _ = drawn.units(bottle, (np.abs(long - short) > 0).astype(np.uint8))
    assert -0.27 < left < right < 0.27


def test_light_moves_within_the_glass() -> None:
    """Shimmer and streak stay inside the glass, and time and glint each change them."""
    bottle, seen = Bottle(), drawn.look()
    early, late = drawn.moving(bottle, seen, 0.4, 0.5), drawn.moving(bottle, seen, 1.9, 0.5)
    left, top, right, bottom = drawn.units(bottle, early | late)
    assert left >= GLASS[0] and top >= GLASS[1] and right <= GLASS[2] and bottom <= GLASS[3]
    assert (early != late).any()
    assert (early != drawn.moving(bottle, seen, 0.4, 0.7)).any()


def test_the_streak_comes_from_outside_and_leaves() -> None:
    """At both ends of `glint` nothing but the shimmer of the liquid is left."""
    bottle, seen = Bottle(), drawn.look()
    assert np.array_equal(drawn.moving(bottle, seen, 1.0, 0.0), drawn.moving(bottle, seen, 1.0, 1.0))


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte."""
    seen = drawn.look(brand="AURUM")
    assert drawn.still(Bottle(), seen).tobytes() == drawn.still(Bottle(), seen).tobytes()
    assert drawn.moving(Bottle(), seen, 1.3, 0.4).tobytes() == drawn.moving(Bottle(), seen, 1.3, 0.4).tobytes()
