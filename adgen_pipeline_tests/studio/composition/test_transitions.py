"""Each transition is a mixture of both pictures in its own way."""

import numpy as np
import pytest

from adgen_pipeline.studio.composition.transitions import TRANSITIONS, changed
from adgen_pipeline_tests.studio.composition.conftest import plain

RED, BLUE = (220, 0, 0), (0, 0, 220)


def shares(name: str, progress: float) -> np.ndarray:
    """How much of the incoming blue there is in each pixel, 0 to 1."""
    return changed(name, plain(RED), plain(BLUE), progress)[..., 0] / 220.0


@pytest.mark.parametrize("name", [name for name in TRANSITIONS if name != "cut"])
def test_it_goes_from_one_picture_to_the_other(name: str) -> None:
    """Near 0 all is the outgoing picture, near 1 all is the incoming one, and both have their part in the middle."""
    assert shares(name, 0.005).mean() < 0.03
    assert 0.2 < shares(name, 0.5).mean() < 0.8
    assert shares(name, 0.995).mean() > 0.97


def test_each_has_its_own_way() -> None:
    """Half way, a fade mixes every pixel, a slide none, and a wipe goes softly from the left to the right."""
    fade, slide, wipe = (shares(name, 0.5) for name in ("fade", "slide", "wipe"))
    assert np.ptp(fade) < 0.02 and abs(fade.mean() - 0.5) < 0.02
    assert set(np.unique(slide.round(1))) == {0.0, 1.0} and slide[0, -1] == 1 and slide[0, 0] == 0
    assert wipe[0, 0] > 0.95 and wipe[0, -1] < 0.05 and np.ptp(wipe[0]) > 0.9
    assert np.unique(wipe[0].round(2)).size > 20


def test_a_zoom_comes_nearer() -> None:
    """A small thing in the outgoing picture grows and moves away from the middle."""
    scene = plain((0, 0, 0))
    scene[200:220, 120:140, 2] = 255
    later = changed("zoom", scene, plain((0, 0, 0)), 0.25)
    assert (later[..., 2] > 60).sum() > 430 and np.argwhere(later[..., 2] > 60)[:, 0].min() < 199


def test_the_pictures_themselves_stay_as_they_are() -> None:
    """A held picture is drawn again and again: the change must not paint on it."""
    before = plain(RED)
    for name in TRANSITIONS:
        changed(name, before, plain(BLUE), 0.6)
    assert (before == plain(RED)).all()
