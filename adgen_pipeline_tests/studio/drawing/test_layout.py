"""Layouts: the product beside the words, for every ratio and position."""

from itertools import product
from typing import get_args

import pytest

from adgen_pipeline.contracts.brief import SIZES, AspectRatio
from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.drawing.layout import CLOSE, body_of, default_words, place
from adgen_pipeline.studio.drawing.motifs import MOTIFS
from adgen_pipeline.studio.drawing.recipe import Shot
from adgen_pipeline.studio.frame import Box, words_zone

RATIOS = get_args(AspectRatio)
POSITIONS = [position for position in get_args(Position) if position != "center"]


@pytest.mark.parametrize(("ratio", "words"), list(product(RATIOS, POSITIONS)))
def test_product_stands_whole_and_clear_of_the_words(ratio: AspectRatio, words: Position) -> None:
    """In hero, wide and end shots the body lies inside the frame and outside of the words' zone."""
    size, shots = SIZES[ratio], set(get_args(Shot)) - CLOSE
    zone = Box(*words_zone(words, ratio).pixels(*size))
    for motif, shot in product(MOTIFS.values(), shots):
        body = place(motif(), shot, words, ratio, size).box(body_of(motif()))
        apart = body.right <= zone.left or body.left >= zone.right or body.bottom <= zone.top or body.top >= zone.bottom
        assert apart, (motif, shot)
        assert min(body.left, body.top) >= 0, (motif, shot)
        assert body.right <= size[0], (motif, shot)
        assert body.bottom <= size[1], (motif, shot)


@pytest.mark.parametrize("ratio", RATIOS)
def test_close_shots_fill_the_picture(ratio: AspectRatio) -> None:
    """In macro and detail shots the product is larger than what the words leave free."""
    size = SIZES[ratio]
    for motif, shot in product(MOTIFS.values(), CLOSE):
        body = place(motif(), shot, default_words(ratio, shot), ratio, size).box(body_of(motif()))
        assert max(body.width, body.height) > min(size)


@pytest.mark.parametrize("ratio", RATIOS)
def test_held_back_products_stay_in_sight(ratio: AspectRatio) -> None:
    """On pale paper a close-up moves off the words, but no further than its point of interest stays in the frame."""
    width, height = SIZES[ratio]
    for motif, shot in product(MOTIFS.values(), CLOSE):
        words, drawn = default_words(ratio, shot), motif()
        at = place(drawn, shot, words, ratio, (width, height), light=True)
        spots = [at.box((x, y, x, y)) for x, y in drawn.focus]
        assert any(0 < spot.left < width and 0 < spot.top < height for spot in spots), (motif, shot)


def test_each_ratio_has_a_layout_of_its_own() -> None:
    """The same shot stands elsewhere in the frame in each ratio."""
    shot: Shot = "hero"
    spots = set()
    for ratio in RATIOS:
        at = place(MOTIFS["watch"](), shot, default_words(ratio, shot), ratio, SIZES[ratio])
        spots.add((round(at.x / SIZES[ratio][0], 2), round(at.y / SIZES[ratio][1], 2)))
    assert len(spots) == len(RATIOS)
