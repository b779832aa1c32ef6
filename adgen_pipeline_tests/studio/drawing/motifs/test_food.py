"""The bowl of food: what its drawing promises to scenes and cameras."""

import numpy as np

from adgen_pipeline.studio.drawing.motifs.food import Food
from adgen_pipeline_tests.studio.drawing.motifs import drawn

FILLING = (-0.60, -0.45, 0.60, 0.10)
WALL = (-0.60, 0.45, 0.60, 0.75)


def test_the_extent_holds_the_bowl_whatever_is_in_it() -> None:
    """A camera that frames the extent cuts nothing off: leaves stand out differently with every seed."""
    for seed in (7, 8, 9):
        assert drawn.fits_closely(Food(), drawn.still(Food(), drawn.look(brand="AURUM", seed=seed)), room=0.15)


def test_close_ups_look_at_the_food() -> None:
    """Every point named for a close-up lies on the product, which is solid there."""
    picture = drawn.still(Food(), drawn.look())
    assert all(drawn.alpha_at(Food(), picture, x, y) == 255 for x, y in Food().focus)


def test_food_keeps_its_colours_and_the_bowl_takes_the_brands() -> None:
    """For blue and coral brands the same food lies in bowls of another colour."""
    blue, coral = (drawn.still(Food(), drawn.look(colours)) for colours in (drawn.BLUE, drawn.CORAL))
    assert np.array_equal(drawn.part(Food(), blue, FILLING), drawn.part(Food(), coral, FILLING))
    walls = [drawn.part(Food(), picture, WALL).astype(int) for picture in (blue, coral)]
    assert walls[0][..., 2].mean() > 1.5 * walls[0][..., 0].mean()
    assert walls[1][..., 0].mean() > 1.5 * walls[1][..., 2].mean()


def test_every_seed_fills_the_bowl_otherwise() -> None:
    """Portions change places: most of the filling differs between two seeds."""
    one, other = (drawn.part(Food(), drawn.still(Food(), drawn.look(seed=s)), FILLING).astype(int) for s in (7, 8))
    assert (np.abs(one - other).max(axis=2) > 40).mean() > 0.4


def test_the_brand_is_printed_on_the_bowl_only_if_given() -> None:
    """With a brand, only letters on the wall of the bowl change, also when it is long."""
    for brand in ("AURUM", "A brand of forty letters, to be sure, ok"):
        assert drawn.written_within(Food(), brand, WALL)


def test_steam_rises_from_the_bowl() -> None:
    """Time moves the steam, which stays above the bowl's wall; `glint` lights the glaze."""
    early, late = (drawn.moving(Food(), drawn.look(), seconds, 0.0) for seconds in (0.4, 1.9))
    assert (early != late).any()
    assert drawn.units(Food(), early | late)[3] < 0.2
    assert (early != drawn.moving(Food(), drawn.look(), 0.4, 0.5)).any()


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte."""
    assert drawn.repeats(Food())
