"""Palettes: from a brand's colours to tones."""

import pytest

from adgen_pipeline.studio.drawing.palette import from_hex, is_light, light_palette, luminance, palette


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


def test_light_palette_has_pale_backdrop_and_dark_ink() -> None:
    """In an airy scene words are dark on pale paper; in a dark scene the other way round."""
    airy, dark = light_palette(["#2563EB", "#FFFFFF"]), palette(["#2563EB", "#0B1020"])
    assert luminance(airy.paper) - luminance(airy.ink) > 0.7
    assert luminance(dark.ink) - luminance(dark.paper) > 0.7


def test_dark_lead_colour_stays_visible_on_dark_ground() -> None:
    """A navy brand without a second colour is lightened where it would drown."""
    assert luminance(palette(["#0A1F44"]).accent) > luminance(from_hex("#0A1F44")) + 0.1
