"""Palettes: from a brand's colours to tones."""

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.palette import from_hex, is_light, luminance, palette


@pytest.mark.parametrize(
    ("colours", "light"),
    [
        (["#D4AF37", "#000000"], False),
        (["#2563EB", "#FFFFFF"], True),
        (["#0A1F44", "#FFFFFF"], True),
        (["#C9A227", "#0E0B08", "#F3E7C4"], False),
        ([], False),
    ],
)
def test_light_brands_are_recognised(colours: list[str], light: bool) -> None:
    """A light colour makes a light scene, unless another colour is meant as dark ground for the lead."""
    assert is_light(colours) is light


def test_the_first_coloured_one_leads() -> None:
    """A primary colour is the accent though the secondary is fuller; black, white and grey never lead a colour."""
    assert np.allclose(palette(["#2E7D32", "#FF6B00"]).accent, from_hex("#2E7D32"))
    assert np.allclose(palette(["#111111", "#F5F0E6", "#FF6B00"]).accent, from_hex("#FF6B00"))


def test_dark_lead_colour_stays_visible_on_dark_ground() -> None:
    """A navy brand without a second colour is lightened where it would drown."""
    assert luminance(palette(["#0A1F44"]).accent) > luminance(from_hex("#0A1F44")) + 0.1
