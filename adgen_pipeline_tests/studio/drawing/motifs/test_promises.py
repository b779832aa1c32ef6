"""What scenes and cameras rely on, whatever the product is."""

from itertools import pairwise

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.motifs import MOTIFS
from adgen_pipeline.studio.drawing.recipe import MotifName
from adgen_pipeline_tests.studio.drawing.motifs import drawn

PRODUCTS: tuple[MotifName, ...] = (
    "phone", "laptop", "book", "headphones", "car", "pizza", "smartwatch", "boot", "can", "wine", "backpack",
    "burger", "cake", "granola",
)  # fmt: skip

every_product = pytest.mark.parametrize("name", PRODUCTS)


@every_product
def test_the_extent_holds_everything_closely(name: MotifName) -> None:
    """A camera that frames the extent cuts nothing off and leaves no empty border."""
    motif, seen = MOTIFS[name](), drawn.look(brand="AURUM")
    found = drawn.units(motif, drawn.still(motif, seen) | drawn.moving(motif, seen, 0.0, 0.5))
    for edge, seen, outward in zip(motif.extent, found, (-1, -1, 1, 1), strict=True):
        assert 0 <= outward * (edge - seen) < 0.12


@every_product
def test_close_ups_look_at_the_product(name: MotifName) -> None:
    """Three points or more are worth a close-up, and the product is solid at each."""
    motif = MOTIFS[name]()
    picture = drawn.still(motif, drawn.look())
    assert len(motif.focus) >= 3
    assert all(drawn.alpha_at(motif, picture, x, y) == 255 for x, y in motif.focus)


@every_product
def test_the_face_lies_on_the_product(name: MotifName) -> None:
    """What words may never cover is part of what is drawn."""
    motif = MOTIFS[name]()
    face = getattr(motif, "face", motif.extent)
    assert motif.extent[0] <= face[0] < face[2] <= motif.extent[2]
    assert motif.extent[1] <= face[1] < face[3] <= motif.extent[3]


@every_product
def test_the_brand_is_written_only_if_given(name: MotifName) -> None:
    """With a brand its letters appear and little else changes; a long one takes no more room than a short one."""
    motif = MOTIFS[name]()
    plain, short, long = (
        drawn.still(motif, drawn.look(brand=brand)).astype(int)
        for brand in (None, "AURUM", "A brand of forty letters, to be sure, ok")
    )
    written = (np.abs(short - plain).max(axis=2) > 20).sum()
    assert 20 < written < 0.08 * (plain[..., 3] > 0).sum()
    assert 20 < (np.abs(long - short).max(axis=2) > 20).sum() < 0.08 * (plain[..., 3] > 0).sum()


@every_product
@pytest.mark.parametrize("colours", [drawn.GOLD, drawn.BLUE, drawn.CORAL])
def test_the_brand_colour_is_on_the_product(name: MotifName, colours: list[str]) -> None:
    """A part of it that nobody overlooks carries the hue of the brand's leading colour."""
    assert drawn.share_near_hue(drawn.still(MOTIFS[name](), drawn.look(colours)), colours[0]) > 0.10


@every_product
def test_time_and_light_move_on_the_product(name: MotifName) -> None:
    """Two frames of a second never look alike, the glint travels, and nothing is drawn outside the extent."""
    motif, seen = MOTIFS[name](), drawn.look()
    frames = [drawn.moving(motif, seen, seconds, 0.5) for seconds in (-0.4, 0.0, 0.4, 2.0, 3.7)]
    assert all((now != then).any() for now, then in pairwise(frames))
    swept = [drawn.moving(motif, seen, 0.0, glint) for glint in (0.1, 0.35, 0.6, 0.9)]
    assert all((now != then).any() for now, then in pairwise(swept))
    left, top, right, bottom = drawn.units(motif, np.maximum.reduce(frames + swept))
    assert motif.extent[0] <= left and motif.extent[1] <= top
    assert right <= motif.extent[2] and bottom <= motif.extent[3]


@every_product
def test_the_same_look_is_the_same_picture(name: MotifName) -> None:
    """Drawn twice, byte for byte."""
    motif, seen = MOTIFS[name], drawn.look(brand="AURUM")
    assert drawn.still(motif(), seen).tobytes() == drawn.still(motif(), seen).tobytes()
    assert drawn.moving(motif(), seen, 1.3, 0.4).tobytes() == drawn.moving(motif(), seen, 1.3, 0.4).tobytes()


@every_product
def test_a_light_scene_still_shows_it_whole(name: MotifName) -> None:
    """Light or dark, the silhouette is the same: only materials answer the scene."""
    motif, dark = MOTIFS[name](), drawn.look()
    light = type(dark)(dark.palette, dark.brand, dark.seed, light=True)
    solid = [drawn.still(motif, seen)[..., 3] > 200 for seen in (dark, light)]
    assert (solid[0] != solid[1]).mean() < 0.02
