"""Contrast on any ground."""

import numpy as np
import pytest

from adgen_pipeline.studio.composition.legibility import CONTRAST, contrast, ink
from adgen_pipeline.studio.drawing.palette import from_hex

GROUNDS = {
    "black": np.zeros((50, 3)),
    "white": np.ones((50, 3)),
    "grey": np.full((50, 3), 0.5),
    "orange": np.tile(from_hex("#FF8800"), (50, 1)),
    "noise": np.random.default_rng(1).uniform(0, 1, (400, 3)),
}


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("accent", ["#D4AF37", "#1133CC", "#FFFFFF", "#000000", "#808080"])
def test_words_accent_and_labels_reach_the_ratio(ground: str, accent: str) -> None:
    """With the scrim laid over, all but stray pixels are 4.5:1 or better behind the words and the accent."""
    made = ink(GROUNDS[ground], from_hex(accent))
    shown = GROUNDS[ground] * (1 - made.scrim) + made.ground * made.scrim
    for letters in (made.words, made.accent):
        assert np.mean([contrast(letters, pixel) >= CONTRAST for pixel in shown]) >= 0.95
    assert contrast(made.on_fill, made.fill) >= CONTRAST


def test_the_ink_follows_the_ground() -> None:
    """Light letters on dark, dark letters on light, and no heavy scrim for either."""
    accent = from_hex("#D4AF37")
    assert ink(GROUNDS["black"], accent).words.mean() > 0.8 and ink(GROUNDS["white"], accent).words.mean() < 0.2
    assert ink(GROUNDS["black"], accent).scrim < 0.3 and ink(GROUNDS["white"], accent).scrim < 0.3


def test_a_button_in_the_grounds_own_colour_is_set_off() -> None:
    """Mint on mint turns a deeper mint, gold on black stays as it is."""
    mint, gold = from_hex("#98D8C8"), from_hex("#D4AF37")
    deeper = ink(np.tile(mint, (50, 1)), mint).fill
    assert contrast(deeper, mint) > 1.3 and deeper.argmax() == mint.argmax() and np.ptp(deeper) > np.ptp(mint) / 2
    assert (ink(GROUNDS["black"], gold).fill == gold).all()


def test_darkened_accents_keep_their_colour() -> None:
    """A pastel on white becomes a full rose, not a brownish grey."""
    rose = ink(GROUNDS["white"], from_hex("#F4C2C2")).accent
    assert rose[0] - rose[1:].max() > 0.3


def test_the_ratio_is_wcags() -> None:
    """Black on white is 21:1, and #767676 is the lightest grey with 4.5:1 on white."""
    white = from_hex("#FFFFFF")
    assert contrast(white, from_hex("#000000")) == pytest.approx(21)
    assert contrast(white, from_hex("#767676")) > 4.5 > contrast(white, from_hex("#777777"))


def test_a_little_more_ground_saves_the_accent() -> None:
    """On a mid grey a blue accent stays blue, by a scrim; where no scrim helps, there is none for its sake."""
    made = ink(GROUNDS["grey"], from_hex("#3355EE"))
    assert made.scrim > 0 and made.accent[2] - made.accent[0] > 0.25
    assert ink(GROUNDS["white"], from_hex("#FFE9A8")).scrim == 0
