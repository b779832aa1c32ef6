"""What is behind the product: a world's ground and shapes as one picture, larger than the frame."""

from typing import Any, NamedTuple

import numpy as np

from adgen_pipeline.studio.drawing.calm import clear_for_words
from adgen_pipeline.studio.drawing.paint import surface
from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.picture import as_image, as_pixels
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.worlds.base import Room, Tones, World

_GRAIN = 1.1
"""Levels (of 255) of still noise: enough to break the bands of a slow gradient, too little to be seen."""

_CLEARED = (0.24, 0.90)
"""How softly a world's shapes end before the words (share of the short side), and how much of them goes."""


class Backdrop(NamedTuple):
    """The picture, the pixels it begins left of and above the frame, and its tone where words will stand."""

    image: Any
    left: int
    top: int
    paper: Colour


def backdrop(world: World, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> Backdrop:
    """The backdrop of `room`: ground everywhere, shapes where no words will stand."""
    left, top = round(-room.reach.left), round(-room.reach.top)
    made = surface(room.reach.width, room.reach.height)
    canvas = made.getCanvas()
    canvas.translate(left, top)
    world.ground(canvas, room, tones, style)
    paper = _tone_behind_words(made, room, left, top)
    canvas.saveLayer(None, None)
    world.shapes(canvas, room, tones, style, rng)
    clear_for_words(canvas, room.words, room.zone, room.size, *_CLEARED)
    canvas.restore()
    pixels = _grained(as_pixels(made.makeImageSnapshot()), rng)
    return Backdrop(as_image(pixels), left, top, paper)


def _grained(pixels: Any, rng: np.random.Generator) -> Any:
    noise = rng.standard_normal(pixels.shape[:2], np.float32) * _GRAIN
    return np.clip(pixels[..., :3] + noise[..., None] + 0.5, 0, 255).astype(np.uint8)


def _tone_behind_words(made: Any, room: Room, left: int, top: int) -> Colour:
    """The ground's own tone where words will stand: a veil in it calms what is there and does not tint it."""
    x, y, right, bottom = (round(side) for side in room.zone.pixels(*room.size))
    behind = as_pixels(made.makeImageSnapshot(skia.IRect(x + left, y + top, right + left, bottom + top)))
    return np.asarray(behind.mean((0, 1))[2::-1] / 255)
