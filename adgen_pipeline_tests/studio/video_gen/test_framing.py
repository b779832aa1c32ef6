"""Scenes framed anew: the picture fills the frame where no words stand."""

import pytest

from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.drawing.paint import surface
from adgen_pipeline.studio.drawing.picture import as_pixels
from adgen_pipeline.studio.drawing.recipe import MotifName, Recipe, Shot, Style
from adgen_pipeline.studio.drawing.scene import Scene
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.families import FAMILIES, Family
from adgen_pipeline.studio.video_gen.camera import MOVES, Reframing, views
from adgen_pipeline.studio.video_gen.pace import PACES


@pytest.mark.parametrize("family", FAMILIES)
def test_no_edge_shows_where_the_picture_fills_the_frame(family: Family) -> None:
    """What is behind the product is drawn as far as the camera sees once words have left, whatever its own move."""
    cases: list[tuple[Shot, Position, AspectRatio]] = [
        ("hero", "bottom", "9:16"), ("macro", "top", "9:16"), ("detail", "bottom", "9:16"), ("wide", "left", "16:9"),
        ("macro", "right", "16:9"), ("hero", "top", "1:1"),
    ]  # fmt: skip
    for (shot, words, ratio), motif in zip(cases, ("shoe", "phone", "watch", "bottle", "car", "bag"), strict=True):
        size = {"9:16": (72, 128), "16:9": (128, 72), "1:1": (96, 96)}[ratio]
        scene = Scene(_recipe(family, motif, shot, words, ratio), size)
        change = Reframing.planned(scene.framing, 1.0, 3.0)
        made = surface(*size)
        for move in MOVES.values():
            for _, view in views(move, PACES[family], 16, 5, change)[7::4]:
                made.getCanvas().clear(0)
                scene.draw_far(made.getCanvas(), view)
                assert as_pixels(made.makeImageSnapshot())[..., 3].min() == 255


def test_a_scene_without_words_fills_its_keyframe() -> None:
    """Its keyframe shows what another scene comes to once its words have left: the product in the middle, no veil."""
    spoken = _recipe("minimal", "watch", "hero", "bottom", "1:1")
    silent = Scene(spoken.model_copy(update={"silent": True}), (96, 96))
    scene = Scene(spoken, (96, 96))
    pictures = []
    for each, view in ((silent, View()), (scene, View(framing=scene.framing, framed=1.0)), (scene, View())):
        made = surface(96, 96)
        each.draw(made.getCanvas(), 0.0, view)
        pictures.append(as_pixels(made.makeImageSnapshot()).astype(int))
    assert (pictures[0] == pictures[1]).all()
    low = [picture[60:90, :, :3].std() for picture in pictures]
    assert low[0] > 2 * low[2], "the product is where words would stand"


def _recipe(family: Family, motif: MotifName, shot: Shot, words: Position, ratio: AspectRatio) -> Recipe:
    style = Style(family=family)
    return Recipe(motif=motif, palette=("#D4AF37",), style=style, ratio=ratio, shot=shot, words=words, seed=7)
