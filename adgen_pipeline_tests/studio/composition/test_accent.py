"""The colour that leads."""

import numpy as np

from adgen_pipeline.studio.composition.accent import accent
from adgen_pipeline.studio.drawing.palette import from_hex
from adgen_pipeline_tests.studio.composition.conftest import plain


def test_the_brand_decides() -> None:
    """A given colour is taken as it is, whatever the pictures show."""
    assert (accent(("#112233", None), [plain((255, 0, 0))]) == from_hex("#112233")).all()


def test_else_the_pictures_do() -> None:
    """The saturated colour wins over the larger grey ground, in a tone fit for a button."""
    frame = plain((60, 62, 60))
    frame[:150, :, :3] = (30, 40, 200)
    red, green, blue = accent((None, None), [frame])
    assert red > 0.6 and red > 2 * green and red > 2 * blue


def test_grey_pictures_give_a_quiet_accent() -> None:
    """Without any colour there is still one to draw a button in."""
    tone = accent((None, None), [plain((120, 120, 120))])
    assert np.ptp(tone) < 0.4 and tone.mean() > 0.6


def test_a_colour_that_would_vanish_gives_way() -> None:
    """A white button on pale pictures takes the brand's other colour; on dark ones it stays white."""
    brand = ("#FFFFFF", "#2E7D32")
    assert (accent(brand, [plain((240, 245, 240))]) == from_hex("#2E7D32")).all()
    assert (accent(brand, [plain((20, 30, 20))]) == from_hex("#FFFFFF")).all()
