"""The cards of a service: what their drawing promises to scenes and cameras."""

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.motifs.service import Service
from adgen_pipeline_tests.studio.drawing.motifs import drawn


def test_the_extent_holds_everything_closely() -> None:
    """A camera that frames the extent cuts nothing off, no shadow either, and leaves no empty border."""
    cards = Service()
    left, top, right, bottom = drawn.units(cards, drawn.still(cards, drawn.look()))
    assert cards.extent[0] <= left < cards.extent[0] + 0.1
    assert cards.extent[1] <= top < cards.extent[1] + 0.1
    assert cards.extent[2] - 0.1 < right <= cards.extent[2]
    assert cards.extent[3] - 0.1 < bottom <= cards.extent[3]


def test_close_ups_look_at_something() -> None:
    """Every point named for a close-up lies on a card."""
    cards = Service()
    picture = drawn.still(cards, drawn.look())
    assert all(drawn.alpha_at(cards, picture, x, y) > 200 for x, y in cards.focus)


@pytest.mark.parametrize("colours", [drawn.GOLD, drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_is_an_accent_on_paper(colours: list[str]) -> None:
    """A good part carries the brand's hue, and most of it does not."""
    assert 0.15 < drawn.share_near_hue(drawn.still(Service(), drawn.look(colours)), colours[0]) < 0.6


def test_the_signs_depend_on_the_seed() -> None:
    """Another seed bears other signs; the same one is the same picture."""
    first, again, other = (drawn.still(Service(), drawn.look(seed=seed)).astype(int) for seed in (1, 1, 4))
    assert np.array_equal(first, again)
    assert 200 < (np.abs(first - other).max(axis=2) > 60).sum() < 0.1 * (first[..., 3] > 0).sum()


def test_it_bears_no_words() -> None:
    """A brand leaves the picture as it is."""
    assert np.array_equal(drawn.still(Service(), drawn.look()), drawn.still(Service(), drawn.look(brand="AURUM")))


def test_light_moves_on_the_cards() -> None:
    """The sheen and the ring around the badge stay on the cards, and time and glint each change them."""
    cards, seen = Service(), drawn.look()
    early, late = drawn.moving(cards, seen, 0.4, 0.5), drawn.moving(cards, seen, 1.9, 0.5)
    solid = drawn.still(cards, seen)[..., 3] > 100
    assert not (early | late)[~solid].any()
    assert (early != late).any()
    assert (early != drawn.moving(cards, seen, 0.4, 0.7)).any()
