"""Scenes put on film: the far layer is drawn now and then, and nobody can tell."""

import itertools
from typing import Any

import numpy as np
import pytest

from adgen_pipeline.studio.drawing.paint import PIXELS
from adgen_pipeline.studio.drawing.recipe import Recipe, Style
from adgen_pipeline.studio.drawing.scene import Scene
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.families import Family
from adgen_pipeline.studio.video_gen.camera import MOVES, views
from adgen_pipeline.studio.video_gen.film import film
from adgen_pipeline.studio.video_gen.pace import PACES

SIZE = (108, 192)


class Counted(Scene):
    """A scene that counts how often its far layer is drawn."""

    drawn = 0

    def draw_far(self, canvas: Any, view: View) -> None:
        self.drawn += 1
        super().draw_far(canvas, view)


def scene(family: Family) -> Counted:
    """A small scene with sharp shapes behind its product."""
    style = Style(family=family, light=True)
    palette = ("#2B6CB0", "#E8B04A")
    recipe = Recipe(motif="bottle", palette=palette, style=style, ratio="9:16", shot="hero", words="bottom", seed=3)
    return Counted(recipe, SIZE)


def alone(scene: Scene, clock: float, view: View) -> np.ndarray:
    """The picture drawn by itself."""
    frame = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    canvas = skia.Surface.MakeRasterDirect(skia.ImageInfo.Make(*SIZE, PIXELS, skia.kPremul_AlphaType), frame)
    scene.draw(canvas.getCanvas(), clock, view)
    return frame.astype(float)


@pytest.mark.parametrize(("family", "move"), [("retro", "push_in"), ("sport", "pan_left"), ("playful", "orbit")])
def test_film_shows_each_view(family: Family, move: str) -> None:
    """Each picture looks like the scene drawn for its own view, and not like its neighbour's; fewer were drawn."""
    filmed, moments = scene(family), views(MOVES[move], PACES[family], 90, 30)[30:60]
    pictures = [frame.astype(float) for frame in film(filmed, moments, SIZE)]
    assert filmed.drawn < 20
    exact = [alone(filmed, clock, view) for clock, view in moments]
    off = [float(np.abs(one - other).mean()) for one, other in zip(pictures, exact, strict=True)]
    assert max(off) < 0.3
    steps = [float(np.abs(after - before).mean()) for before, after in itertools.pairwise(pictures)]
    assert min(steps) > 0.03 and np.median(steps) > 3 * np.median(off)


def test_film_is_exact_where_the_camera_leaps() -> None:
    """Where the far layer moves by more than the step from frame to frame, all of it is drawn for each."""
    leaps = [(n / 30, View(x=0.08 * (n % 2))) for n in range(6)]
    filmed = scene("retro")
    for frame, (clock, view) in zip(film(filmed, leaps, SIZE), leaps, strict=True):
        assert np.abs(frame - alone(scene("retro"), clock, view)).max() <= 1
    assert filmed.drawn == 6
