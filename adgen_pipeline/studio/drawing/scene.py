"""A recipe as a scene in layers: backdrop, product, dust, near lights, and calm ground for the words."""

from typing import Any, Protocol

import numpy as np

from adgen_pipeline.studio.drawing.backdrop import Room, backdrop
from adgen_pipeline.studio.drawing.calm import calm_mask, veil
from adgen_pipeline.studio.drawing.layout import CLOSE, body_of, place
from adgen_pipeline.studio.drawing.motifs import MOTIFS, STANDING
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.paint import SMOOTH, fill
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, light_palette, mix, palette
from adgen_pipeline.studio.drawing.particles import Particles
from adgen_pipeline.studio.drawing.product import Product
from adgen_pipeline.studio.drawing.recipe import Recipe
from adgen_pipeline.studio.drawing.view import View, layer

_FAR, _PRODUCT, _DUST, _NEAR = 0.35, 1.0, 1.3, 1.9
"""Depths of the layers, as `layer` takes them."""

_BEHIND, _BEFORE, _KEPT_CLEAR = (0.55, 0.60), (0.16, 0.42), (0.06, 1.0)
"""How softly the calm for words ends (shares of the short side) and how strong it is: in the backdrop, before a
product that leaves room for words, and in that product itself."""

_BEFORE_CLOSE, _BEFORE_CLOSE_LIGHT = (0.36, 0.90), (0.36, 1.0)
"""The same before a product that fills the picture: on pale paper not even a shade of it is left, it would look worn.
"""

_GLINT_EVERY, _GLINT_TAKES, _GLINT_AT_STILL = 4.6, 2.6, 0.36


class Drawable(Protocol):
    """Something a camera can be pointed at."""

    def draw(self, canvas: Any, clock: float, view: View) -> None:
        """Draw it at `clock` seconds (0 is the keyframe's moment) from `view`."""


class Scene:
    """All layers of one recipe at one size, drawn once; `draw` puts them together for a moment and a view."""

    def __init__(self, recipe: Recipe, size: tuple[int, int]):
        self._size = size
        colours, light = list(recipe.palette), recipe.style.light
        tones = light_palette(colours) if light else palette(colours)
        rng = np.random.default_rng([recipe.seed, *recipe.shot.encode()])
        motif, standing = MOTIFS[recipe.motif](), recipe.motif in STANDING
        at = place(motif, recipe.shot, recipe.words, recipe.ratio, size, upright=standing, light=light)
        look = Look(palette(colours), recipe.brand, recipe.seed, light)
        close = recipe.shot in CLOSE or recipe.words == "center"

        def calm(tone: Colour, extent: tuple[float, float]) -> Any:
            return veil(calm_mask(recipe.words, recipe.ratio, size, extent[0]), tone, extent[1])

        self._unlit = tones.paper
        self._pivot = _inside(at.box(body_of(motif)).centre, size)
        kept_clear = None if close else calm(BLACK, _KEPT_CLEAR)
        self._product = Product(motif, look, at, size, standing=standing and not close, keep_clear=kept_clear)
        room = Room(size, self._pivot, self._product.floor, calm(tones.paper, _BEHIND))
        self._backdrop = backdrop(room, tones, recipe.style, rng)
        self._dust, self._near = _floating(size, rng, recipe, tones.accent, tones.high)
        before_close = _BEFORE_CLOSE_LIGHT if light else _BEFORE_CLOSE
        self._veil = calm(tones.paper, before_close if close else _BEFORE)

    def draw(self, canvas: Any, clock: float, view: View) -> None:
        """Draw the scene at `clock` seconds (0 is the keyframe's moment) from `view`; fills the canvas."""
        with layer(canvas, view, self._size, self._pivot, _FAR):
            image, left, top = self._backdrop
            canvas.drawImage(image, -left, -top, SMOOTH)
        with layer(canvas, view, self._size, self._pivot, _PRODUCT):
            self._product.draw(canvas, clock, _glint(clock))
        with layer(canvas, view, self._size, self._pivot, _DUST):
            self._dust.draw(canvas, clock)
        with layer(canvas, view, self._size, self._pivot, _NEAR):
            self._near.draw(canvas, clock)
        canvas.drawImage(self._veil, 0, 0)
        if view.light < 1:
            canvas.drawPaint(fill(self._unlit, 1 - view.light))


def _floating(
    size: tuple[int, int], rng: np.random.Generator, recipe: Recipe, accent: Any, high: Any
) -> tuple[Particles, Particles]:
    """Dust, and lights near the camera."""
    short, light = min(size), recipe.style.light
    tone = WHITE if light else mix(accent, high, 0.5)
    dust = Particles(
        size, rng, tone, count=46, radii=(0.003 * short, 0.012 * short), speed=(0.014 * short, 0.055 * short), alpha=0.8
    )
    near = Particles(
        size, rng, tone, count=round(3 + 10 * recipe.style.bokeh), radii=(0.04 * short, 0.11 * short),
        speed=(0.03 * short, 0.08 * short), alpha=0.30, discs=True,
    )  # fmt: skip
    return dust, near


def _glint(clock: float) -> float:
    """How far the reflection has travelled over the product; beyond 1 it waits for its next round."""
    start = _GLINT_AT_STILL * _GLINT_TAKES
    return (clock + start) % _GLINT_EVERY / _GLINT_TAKES


def _inside(point: tuple[float, float], size: tuple[int, int]) -> tuple[float, float]:
    """`point`, or the nearest one well inside the frame."""
    x, y = (float(np.clip(value, 0.2 * side, 0.8 * side)) for value, side in zip(point, size, strict=True))
    return x, y
