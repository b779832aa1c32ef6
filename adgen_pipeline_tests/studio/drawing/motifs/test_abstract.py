"""The armillary of light: what its drawing promises to scenes and cameras."""

import math

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.motifs.abstract import Abstract
from adgen_pipeline_tests.studio.drawing.motifs import drawn


def test_the_extent_holds_everything_closely() -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    abstract = Abstract()
    left, top, right, bottom = drawn.units(abstract, drawn.still(abstract, drawn.look()))
    assert abstract.extent[0] <= left < abstract.extent[0] + 0.15
    assert abstract.extent[1] <= top < abstract.extent[1] + 0.15
    assert abstract.extent[2] - 0.15 < right <= abstract.extent[2]
    assert abstract.extent[3] - 0.15 < bottom <= abstract.extent[3]


def test_close_ups_look_at_something() -> None:
    """Every point named for a close-up lies on a part of the scene."""
    abstract = Abstract()
    picture = drawn.still(abstract, drawn.look())
    assert all(drawn.alpha_at(abstract, picture, x, y) > 15 for x, y in abstract.focus)


def test_the_core_shines() -> None:
    """The middle is the brightest part, and the light falls off into nothing at the edge."""
    abstract = Abstract()
    picture = drawn.still(abstract, drawn.look()).astype(int)
    middle = picture[picture.shape[0] // 2 - 15 : picture.shape[0] // 2 + 15, picture.shape[1] // 2 - 5 :][:, :20]
    assert middle[..., :3].mean() > 200
    assert drawn.alpha_at(abstract, picture.astype(np.uint8), -1.1, -1.1) == 0


@pytest.mark.parametrize("colours", [drawn.GOLD, drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_is_its_light(colours: list[str]) -> None:
    """Rings, spheres and glow carry the hue of the brand's leading colour."""
    assert drawn.share_near_hue(drawn.still(Abstract(), drawn.look(colours)), colours[0]) > 0.4


def test_another_palette_is_another_picture() -> None:
    """Gold and blue differ wherever something solid is drawn."""
    gold, blue = (drawn.still(Abstract(), drawn.look(c)).astype(int) for c in (drawn.GOLD, drawn.BLUE))
    solid = gold[..., 3] > 128
    assert (np.abs(gold - blue).max(axis=2) > 30)[solid].mean() > 0.5


def test_it_bears_no_words() -> None:
    """A brand leaves the picture as it is."""
    abstract = Abstract()
    assert np.array_equal(drawn.still(abstract, drawn.look()), drawn.still(abstract, drawn.look(brand="AURUM")))


def test_lights_orbit_within_the_extent() -> None:
    """Over two turns nothing leaves the extent; time and glint each change the picture."""
    abstract, seen = Abstract(), drawn.look()
    frames = [drawn.moving(abstract, seen, seconds, seconds / 25) for seconds in np.linspace(0, 25, 40)]
    left, top, right, bottom = drawn.units(abstract, np.maximum.reduce(frames))
    assert abstract.extent[0] <= left and abstract.extent[1] <= top
    assert right <= abstract.extent[2] and bottom <= abstract.extent[3]
    assert (frames[0] != frames[1]).any()
    assert (drawn.moving(abstract, seen, 1.0, 0.3) != drawn.moving(abstract, seen, 1.0, 0.6)).any()


def test_the_core_breathes() -> None:
    """Its glow grows and shrinks with time."""
    abstract, seen = Abstract(), drawn.look()
    glow = [
        drawn.alpha_at(abstract, drawn.moving(abstract, seen, math.pi / 1.7 * turn, 0.0), 0.0, 0.0)
        for turn in (0.5, 1.5)
    ]
    assert glow[0] > glow[1] + 30


def test_the_same_look_is_the_same_picture() -> None:
    """Drawn twice, byte for byte; another seed spins the threads of the core otherwise."""
    seen = drawn.look()
    assert drawn.still(Abstract(), seen).tobytes() == drawn.still(Abstract(), seen).tobytes()
    assert drawn.still(Abstract(), seen).tobytes() != drawn.still(Abstract(), drawn.look(seed=8)).tobytes()
    assert drawn.moving(Abstract(), seen, 1.3, 0.4).tobytes() == drawn.moving(Abstract(), seen, 1.3, 0.4).tobytes()
