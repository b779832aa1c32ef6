"""The wrapped box: what its drawing promises to scenes and cameras."""

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.motifs.abstract import Abstract
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.palette import palette
from adgen_pipeline_tests.studio.drawing.motifs import drawn


def test_the_extent_holds_everything_closely() -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    box = Abstract()
    left, top, right, bottom = drawn.units(box, drawn.still(box, drawn.look()))
    assert box.extent[0] <= left < box.extent[0] + 0.15
    assert box.extent[1] <= top < box.extent[1] + 0.15
    assert box.extent[2] - 0.15 < right <= box.extent[2]
    assert box.extent[3] - 0.15 < bottom <= box.extent[3]


def test_it_stands_flat() -> None:
    """Its lower edge is one straight line from corner to corner."""
    box = Abstract()
    picture = drawn.still(box, drawn.look())
    assert all(drawn.alpha_at(box, picture, x, 0.985) == 255 for x in np.linspace(-0.84, 0.84, 20))


def test_close_ups_look_at_something() -> None:
    """Every point named for a close-up lies on the box or its bow."""
    box = Abstract()
    picture = drawn.still(box, drawn.look())
    assert all(drawn.alpha_at(box, picture, x, y) == 255 for x, y in box.focus)


@pytest.mark.parametrize("colours", [drawn.GOLD, drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_is_its_ribbon(colours: list[str]) -> None:
    """In a light scene the paper is pale and the ribbon alone carries the brand's hue."""
    picture = drawn.still(Abstract(), Look(palette(colours), None, 7, light=True))
    assert 0.08 < drawn.share_near_hue(picture, colours[0]) < 0.4


def test_a_brand_is_stamped_on_the_paper_only_if_given() -> None:
    """With a brand, only its letters beside the ribbon change, also when it is long."""
    box = Abstract()
    plain = drawn.still(box, drawn.look()).astype(int)
    for brand in ("AURUM", "A brand of forty letters, to be sure, ok"):
        changed = np.abs(drawn.still(box, drawn.look(brand=brand)).astype(int) - plain)
        left, top, right, bottom = drawn.units(box, (changed > 0).astype(np.uint8))
        assert left > -0.2 and right < 0.85
        assert 0.3 < top < bottom < 0.6
        assert (changed.max(axis=2) > 20).sum() > 60


def test_light_crosses_the_paper_and_stays_on_it() -> None:
    """Time and glint each change what moves, and nothing is lit beside the box."""
    box, seen = Abstract(), drawn.look()
    early, late = drawn.moving(box, seen, 0.4, 0.5), drawn.moving(box, seen, 1.9, 0.5)
    solid = drawn.still(box, seen)[..., 3] > 0
    assert not (early | late)[~solid].any()
    assert (early != late).any()
    assert (early != drawn.moving(box, seen, 0.4, 0.7)).any()


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte."""
    assert np.array_equal(drawn.still(Abstract(), drawn.look()), drawn.still(Abstract(), drawn.look()))
