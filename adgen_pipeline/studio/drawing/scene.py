"""A recipe as a scene in layers: the world's backdrop, the product, what floats in the air, calm for the words."""

from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

import numpy as np

from adgen_pipeline.studio.drawing.backdrop import backdrop
from adgen_pipeline.studio.drawing.calm import calm_mask, veil
from adgen_pipeline.studio.drawing.dark import darken
from adgen_pipeline.studio.drawing.layout import CLOSE, Placement, body_of, framing, place
from adgen_pipeline.studio.drawing.motifs import MOTIFS, STANDING
from adgen_pipeline.studio.drawing.motifs.base import Look, Motif
from adgen_pipeline.studio.drawing.paint import SMOOTH, surface
from adgen_pipeline.studio.drawing.palette import BLACK, Colour, palette
from adgen_pipeline.studio.drawing.product import Base, Product
from adgen_pipeline.studio.drawing.recipe import Recipe, Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.view import View, corners, hidden_by, layer
from adgen_pipeline.studio.drawing.worlds import WORLDS
from adgen_pipeline.studio.drawing.worlds.base import Air, Room, Tones, World
from adgen_pipeline.studio.frame import words_zone

_FAR, _PRODUCT = 0.35, 1.0
"""Depths of backdrop and product, as `layer` takes them."""

_BEFORE, _KEPT_CLEAR = (0.16, 0.42), (0.06, 1.0)
"""How softly the calm for words ends (shares of the short side) and how strong it is: before a product that leaves
room for words, and in that product itself."""

_BEFORE_CLOSE, _BEFORE_CLOSE_LIGHT = (0.36, 0.90), (0.36, 1.0)
"""The same before a product that fills the picture: on pale paper not even a shade of it is left, it would look worn.
"""

_GLINT_EVERY, _GLINT_TAKES, _GLINT_AT_STILL = 4.6, 2.6, 0.36

_GLINT_FOLLOWS = 6.0
"""Seconds of its way that the reflection makes when the camera swings by the picture's short side."""


class Drawable(Protocol):
    """Something a camera can be pointed at."""

    def draw(self, canvas: Any, clock: float, view: View) -> None:
        """Draw it at `clock` seconds (0 is the keyframe's moment) from `view`."""


class Scene:
    """All layers of one recipe at one size, drawn once; `draw` puts them together for a moment and a view."""

    def __init__(self, recipe: Recipe, size: tuple[int, int]):
        self._size = size
        world, light = WORLDS[recipe.style.family], recipe.style.light
        colours = list(recipe.palette) or list(world.colours)
        tones = world.tones(colours, light)
        rng = np.random.default_rng([recipe.seed, *recipe.shot.encode()])
        motif, standing = MOTIFS[recipe.motif](), recipe.motif in STANDING
        at = place(motif, recipe.shot, recipe.words, recipe.ratio, size, upright=standing, light=light)
        if standing and recipe.shot not in CLOSE:
            at = _raised(at, motif, world.lift)
        look = Look(palette(world.product_colours(colours)), recipe.brand, recipe.seed, light)
        zone = words_zone(recipe.words, recipe.ratio, card=recipe.shot == "end")
        close = recipe.shot in CLOSE or recipe.words == "center"

        def calm(tone: Colour, extent: tuple[float, float]) -> Any:
            return veil(calm_mask(recipe.words, zone, size, extent[0]), tone, extent[1])

        body = at.box(body_of(motif))
        self._pivot = _inside(body.centre, size)
        base = Base(world.shadow(tones, light), partial(world.stand, tones=tones) if standing and not close else None)
        kept_clear = None if close else calm(BLACK, _KEPT_CLEAR)
        self.framing, self._silent = framing(motif, recipe.shot, recipe.words, recipe.ratio, size, at), recipe.silent
        beyond = self.framing.beyond(size)
        self._product = Product(motif, look, at, size, base, beyond, keep_clear=kept_clear)
        room = Room(size, self._pivot, body, self._product.floor, recipe.shot, recipe.words, zone, beyond)
        self._backdrop = backdrop(world, room, tones, recipe.style, rng)
        self._air = world.air(room, tones, recipe.style, rng)
        before_close = _BEFORE_CLOSE_LIGHT if light and recipe.words != "center" else _BEFORE_CLOSE
        self._veil = calm(self._backdrop.paper, before_close if close else _BEFORE)
        self._unveiled = _front(world, room, tones, recipe.style)
        self._front = _front(world, room, tones, recipe.style, self._veil)

    def draw(self, canvas: Any, clock: float, view: View) -> None:
        """Draw the scene at `clock` seconds (0 is the keyframe's moment) from `view`; fills the canvas."""
        with self.behind(canvas, view):
            self.draw_far(canvas, view)
        self.draw_near(canvas, clock, view)

    def behind(self, canvas: Any, view: View) -> AbstractContextManager[None]:
        """Draw only where the product does not hide it."""
        view = self._seen(view)
        solid = self._product.solid if view.focus >= 1 else None
        return hidden_by(canvas, solid, view, self._size, self._pivot, _PRODUCT)

    def draw_far(self, canvas: Any, view: View) -> None:
        """Draw what does not move by itself; it fills the canvas."""
        with layer(canvas, self._seen(view), self._size, self._pivot, _FAR):
            canvas.drawImage(self._backdrop.image, -self._backdrop.left, -self._backdrop.top, SMOOTH)

    def far_corners(self, view: View) -> list[tuple[float, float]]:
        """Where `draw_far` shows what is in the frame's corners in the keyframe (pixels)."""
        return corners(self._seen(view), self._size, self._pivot, _FAR)

    def draw_near(self, canvas: Any, clock: float, view: View) -> None:
        """Draw all the rest over it."""
        view = self._seen(view)
        self._draw_air(canvas, clock, view, [each for each in self._air if each[0] < _PRODUCT])
        with layer(canvas, view, self._size, self._pivot, _PRODUCT):
            self._product.draw(canvas, clock, _glint(clock, view.swing), view.focus, view.veiled)
        self._draw_air(canvas, clock, view, [each for each in self._air if each[0] >= _PRODUCT])
        self._draw_front(canvas, view.veiled)
        darken(canvas, view.light, self._backdrop.paper, self._size, self._pivot)

    def _seen(self, view: View) -> View:
        """`view`, with the whole frame for the picture where no words will stand."""
        return replace(view, framing=self.framing, framed=1.0) if self._silent else view

    def _draw_front(self, canvas: Any, veiled: float) -> None:
        canvas.drawImage(self._front if veiled >= 1 else self._unveiled, 0, 0)
        if 0 < veiled < 1:
            canvas.drawImage(self._veil, 0, 0, skia.SamplingOptions(), skia.Paint(Alphaf=veiled))

    def _draw_air(self, canvas: Any, clock: float, view: View, airs: list[tuple[float, Air]]) -> None:
        for depth, air in airs:
            with layer(canvas, view, self._size, self._pivot, depth):
                air.draw(canvas, clock)


def _raised(at: Placement, motif: Motif, lift: float) -> Placement:
    """`at`, made smaller by what a stand of `lift` units below the product needs."""
    before = at.box(body_of(motif))
    share = before.height / (before.height + lift * at.scale)
    smaller = replace(at, scale=share * at.scale)
    after = smaller.box(body_of(motif))
    return replace(smaller, x=at.x + before.centre[0] - after.centre[0], y=at.y + before.top - after.top)


def _front(world: World, room: Room, tones: Tones, style: Style, calm: Any = None) -> Any:
    """What lies over the whole picture, and over that the calm for the words, as one picture."""
    made = surface(*room.size)
    world.front(made.getCanvas(), room, tones, style)
    if calm:
        made.getCanvas().drawImage(calm, 0, 0)
    return made.makeImageSnapshot()


def _glint(clock: float, swing: float) -> float:
    """How far the reflection has travelled over the product; beyond 1 it waits for its next round.

    It follows the camera around the product.
    """
    start = _GLINT_AT_STILL * _GLINT_TAKES
    return (clock + start + _GLINT_FOLLOWS * swing) % _GLINT_EVERY / _GLINT_TAKES


def _inside(point: tuple[float, float], size: tuple[int, int]) -> tuple[float, float]:
    """`point`, or the nearest one well inside the frame."""
    x, y = (float(np.clip(value, 0.2 * side, 0.8 * side)) for value, side in zip(point, size, strict=True))
    return x, y
