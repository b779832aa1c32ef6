"""Each transition leads from one picture to the other in its own way."""

import numpy as np
import pytest

from adgen_pipeline.studio.composition.transitions import TRANSITIONS, changed
from adgen_pipeline.studio.encoding import Frame
from adgen_pipeline_tests.studio.composition.conftest import plain

RED, BLUE = (220, 0, 0), (0, 0, 220)
SMALL = (108, 192)
SOFT = [name for name in TRANSITIONS if name != "cut"]


def shares(name: str, progress: float) -> np.ndarray:
    """How much of the incoming blue there is in each pixel, 0 to 1."""
    return changed(name, plain(RED, SMALL), plain(BLUE, SMALL), progress)[..., 0] / 220.0


def ball(x: int, y: int, radius: int, tone: int = 255) -> Frame:
    """A green disc with a fine pattern on black."""
    scene = plain((0, 0, 0), SMALL)
    down, across = np.mgrid[: SMALL[1], : SMALL[0]]
    inside = np.hypot(across - x, down - y) < radius
    scene[..., 1] = np.where(inside, tone * (0.5 + 0.5 * (across % 2)), 0)
    return scene


def middle(picture: Frame) -> tuple[float, float]:
    """Where the green is, across and down (pixels)."""
    green = picture[..., 1].astype(float)
    down, across = np.mgrid[: SMALL[1], : SMALL[0]]
    return float((green * across).sum() / green.sum()), float((green * down).sum() / green.sum())


@pytest.mark.parametrize("name", SOFT)
def test_it_goes_from_one_picture_to_the_other(name: str) -> None:
    """Near 0 all is the outgoing picture, near 1 all is the incoming one, and both have their part in the middle."""
    assert shares(name, 0.005).mean() < 0.03
    assert 0.2 < shares(name, 0.5).mean() < 0.8
    assert shares(name, 0.995).mean() > 0.97


@pytest.mark.parametrize("name", SOFT)
def test_it_goes_steadily(name: str) -> None:
    """In half a second's frames the incoming picture never loses ground, and never takes a third at once."""
    parts = [shares(name, (n + 0.5) / 15).mean() for n in range(15)]
    gains = np.diff([0.0, *parts, 1.0])
    assert gains.min() > -0.005 and gains.max() < 0.34


def test_each_has_its_own_way() -> None:
    """Half way, a fade mixes every pixel alike, a slide has one picture beside the other, a wipe leans and is soft, and
    a match begins in the middle."""
    fade, slide, wipe, match = (shares(name, 0.5) for name in ("fade", "slide", "wipe", "match"))
    assert np.ptp(fade) < 0.02 and abs(fade.mean() - 0.5) < 0.02
    assert slide[0, -1] > 0.95 and slide[0, 0] < 0.05 and np.ptp(slide[:, 30]) < 0.05
    assert wipe[96, 0] > 0.9 and wipe[96, -1] < 0.05 and wipe[-1].mean() > wipe[0].mean() + 0.1
    assert np.unique(wipe[96].round(2)).size > 8
    assert match[96, 54] > 0.95 and match[0, 0] < 0.05


@pytest.mark.parametrize("name", ["fade", "slide", "zoom"])
def test_two_products_are_never_sharp_at_once(name: str) -> None:
    """Half way, the fine pattern of both has gone in the blur of a change of focus or of speed."""
    halfway = changed(name, ball(54, 60, 30), ball(54, 130, 30), 0.5)[..., 1].astype(float)
    assert (
        np.abs(np.diff(halfway, axis=1)).mean() < 0.15 * np.abs(np.diff(ball(54, 60, 30)[..., 1].astype(float))).mean()
    )


def test_a_zoom_comes_nearer() -> None:
    """A thing in the outgoing picture grows and moves away from the middle."""
    later = changed("zoom", ball(54, 70, 8), plain((0, 0, 0), SMALL), 0.35)
    assert (later[..., 1] > 60).sum() > 1.1 * (ball(54, 70, 8)[..., 1] > 60).sum()
    assert middle(later)[1] < 69


def test_a_match_keeps_the_subject_in_place() -> None:
    """The subject goes steadily from its old place to its new one: one thing in the picture, not two."""
    before, after = ball(54, 60, 22), ball(54, 110, 16)
    heights = [middle(changed("match", before, after, progress))[1] for progress in np.linspace(0.02, 0.98, 25)]
    assert abs(heights[0] - 60) < 2 and abs(heights[-1] - 110) < 2
    assert np.diff(heights).min() > -0.5 and np.diff(heights).max() < 8
    halfway = changed("match", before, after, 0.5)[..., 1] > 60
    assert np.flatnonzero(halfway.any(axis=1)).size < 70


def test_a_match_covers_the_frame() -> None:
    """However far apart subjects are, no transition shows a picture's edge."""
    for name in SOFT:
        for progress in (0.2, 0.5, 0.8):
            bright, other = ball(20, 30, 12), ball(90, 160, 30)
            bright[..., 0], other[..., 0] = 200, 200
            assert changed(name, bright, other, progress)[..., 0].min() > 150


def test_the_pictures_themselves_stay_as_they_are() -> None:
    """A held picture is drawn again and again: the change must not paint on it."""
    before = plain(RED, SMALL)
    for name in TRANSITIONS:
        changed(name, before, plain(BLUE, SMALL), 0.6)
    assert (before == plain(RED, SMALL)).all()
