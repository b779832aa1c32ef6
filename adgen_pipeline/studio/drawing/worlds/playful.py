"""Playful: a seamless studio in candy colours, big soft solids in depth, small ones that bounce."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.oklch import tone
from adgen_pipeline.studio.drawing.paint import fill, linear, ramp, rgba, shaded
from adgen_pipeline.studio.drawing.palette import WHITE, Colour, mix
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.sprites import Sprites, drawn
from adgen_pipeline.studio.drawing.worlds.base import Air, Room, Shadow, Tones
from adgen_pipeline.studio.drawing.worlds.brand import apart, brand, visible
from adgen_pipeline.studio.drawing.worlds.lights import glow, pool
from adgen_pipeline.studio.drawing.worlds.solids import SOLIDS, ball, pill
from adgen_pipeline.studio.frame import Box

_CANDY = (8, 38, 68, 92, 165, 222, 262, 300, 348)
"""Hues that look good enough to eat: coral, peach, apricot, lemon, mint, sky, periwinkle, lilac, pink."""


_GROUNDS = ((30, 348.0), (112, 322.0), (180, 278.0))
"""Up to which hue of the brand (degrees) a dark ground has which other hue: warm colours make no brown ones."""


class Playful:
    """Everything is soft, round and a little too large."""

    colours = ("#FF6B6B", "#FFD166")
    airy = True
    lift = 0.2

    def product_colours(self, colours: list[str]) -> list[str]:
        """As they are."""
        return colours

    def tones(self, colours: list[str], light: bool) -> Tones:
        """The brand's colour, two candies far from it, and a ground between them."""
        own = brand(colours)
        second = own.second.hue if own.second else _candy(own.lead.hue, 150)
        third = _candy(own.lead.hue, -75)
        wall = own.lead.hue if own.lead.chroma > 0.05 else 300
        if light:
            accent = visible(own.lead, 0.55, 0.82)
            lit, dim = tone(0.955, 0.035, wall), tone(0.885, 0.062, wall)
            return Tones(accent, tone(0.82, 0.13, second), tone(0.85, 0.11, third), lit, dim,
                         tone(0.50, 0.12, wall), WHITE)  # fmt: skip
        ground = next((to for upto, to in _GROUNDS if wall < upto), wall)
        lit, dim = tone(0.40, 0.115, ground), tone(0.25, 0.080, ground)
        accent = visible(own.lead, 0.66, 0.86)
        return Tones(accent, tone(0.74, 0.14, second), tone(0.78, 0.13, third), lit, dim, tone(0.12, 0.05, ground),
                     WHITE)  # fmt: skip

    def ground(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Coloured paper that bends from the wall into the floor."""
        (width, height), (x, y) = room.size, room.light
        pool(canvas, (x - 0.12 * width, y - 0.22 * room.short), 1.15 * max(room.size), tones.lit, tones.dim)
        bend = room.floor if room.floor is not None else y + 0.42 * room.short
        floor = mix(tones.lit, WHITE, 0.35 if style.light else 0.06)
        fade = linear((0, bend - 0.10 * room.short), (0, bend + 0.5 * room.short), (0, rgba(floor, 0)),
                      (0.3, rgba(floor, 0.55)), (1, rgba(tones.dim, 0.4)))  # fmt: skip
        canvas.drawRect(skia.Rect(-width, bend - 0.10 * room.short, 2 * width, 2 * height), shaded(fade))

    def shapes(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """Solids around the product: larger and further away in the back, smaller in front; each with its shadow."""
        glow(canvas, room.light, 0.8 * room.short, WHITE, (0.35 if style.light else 0.10) * (0.5 + style.glow))
        count = {"wide": 13, "hero": 10, "end": 9}.get(room.shot, 6) + round(6 * (style.bokeh - 0.5))
        kinds, colours = list(SOLIDS), (tones.accent, tones.second, tones.third, mix(tones.lit, WHITE, 0.75))
        for number, (x, y, size) in enumerate(_places(room, count, rng)):
            canvas.save()
            canvas.translate(x, y)
            canvas.scale(size, size)
            SOLIDS[kinds[(number + int(rng.integers(3))) % len(kinds)]](
                canvas, colours[number % len(colours)], tones.shade, float(rng.uniform(-50, 50))
            )
            canvas.restore()

    def stand(self, canvas: Any, foot: Box, scale: float, tones: Tones) -> None:
        """A low round podium."""
        half, deep, lip = 0.5 * foot.width + 0.16 * scale, 0.12 * scale, 0.055 * scale
        x, y = foot.centre[0], foot.bottom - 0.25 * lip
        side = tones.second
        canvas.drawOval(skia.Rect(x - 1.1 * half, y + deep - lip, x + 1.15 * half, y + deep + 2.4 * lip),
                        fill(tones.shade, 0.45, blur=0.05 * scale))  # fmt: skip
        body = skia.Path()
        body.addRect(skia.Rect(x - half, y, x + half, y + deep))
        body.addOval(skia.Rect(x - half, y + deep - lip, x + half, y + deep + lip))
        stops = (
            (0, mix(side, tones.shade, 0.30), 1),
            (0.3, mix(side, WHITE, 0.12), 1),
            (1, mix(side, tones.shade, 0.45), 1),
        )
        canvas.drawPath(body, ramp((x - half, 0), (x + half, 0), *stops))
        canvas.drawOval(skia.Rect(x - half, y - lip, x + half, y + lip), fill(mix(side, WHITE, 0.30)))

    def front(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Nothing: this world has no dark corners."""

    def shadow(self, tones: Tones, light: bool) -> Shadow:
        """Coloured like the ground, to the lower right."""
        return Shadow((0.10, 0.16), 0.13, 0.42 if light else 0.6, 0.6, 0.0, tones.shade)

    def air(self, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> list[tuple[float, Air]]:
        """Balls and sweets that bounce on an unseen floor, each in a rhythm of its own."""
        return [(1.35, _bouncing(room, tones, round(9 + 8 * style.bokeh), rng))]


def _candy(hue: float, away: float) -> float:
    """The candy nearest to the hue that many degrees further round."""
    wanted = apart(hue, away)
    return min(_CANDY, key=lambda each: abs((each - wanted + 180) % 360 - 180))


def _places(room: Room, count: int, rng: np.random.Generator) -> list[tuple[float, float, float]]:
    """Middles and sizes around the product, from the largest to the smallest: none hides it, few touch."""
    (width, height), short = room.size, room.short
    found: list[tuple[float, float, float]] = []
    x, y = room.body.centre[0], room.body.centre[1] + 0.06 * short
    words = Box(*room.zone.pixels(width, height))
    for attempt in range(400):
        if len(found) == count:
            break
        done = max(len(found) / count, attempt / 400)
        size = short * (0.20 - 0.15 * done) * float(rng.uniform(0.85, 1.15))
        at = float(rng.uniform(-0.06, 1.06) * width), float(rng.uniform(-0.04, 1.04) * height)
        clear = math.hypot((at[0] - x) / (0.5 * room.body.width + size), (at[1] - y) / (0.5 * room.body.height + size))
        apart = all(math.hypot(at[0] - u, at[1] - v) > 0.95 * (size + other) for u, v, other in found)
        near = 0.9 * size + 0.13 * short
        in_words = words.left - near < at[0] < words.right + near and words.top - near < at[1] < words.bottom + near
        if apart and not in_words and (room.close or clear > 1.02):
            found.append((*at, size))
    return found


def _bouncing(room: Room, tones: Tones, count: int, rng: np.random.Generator) -> Sprites:
    short = room.short
    colours: tuple[Colour, ...] = (tones.accent, tones.second, tones.third)
    pictures = [_sprite(kind, colour, tones.shade) for kind in (ball, pill) for colour in colours]
    x, floor = room.beside_words(count, rng)
    high, beat = rng.uniform(0.10, 0.34, count) * short, rng.uniform(0.9, 1.5, count)
    start, size = rng.uniform(0, 1, count), rng.uniform(0.030, 0.075, count) * short
    walk = rng.uniform(-0.03, 0.03, count) * short
    spin = rng.uniform(-90, 90, count)

    def at(seconds: float) -> Any:
        flight = (start + seconds / beat) % 1.0
        y = floor - high * 4 * flight * (1 - flight)
        across = x + walk * seconds
        return across, y, size, spin * seconds + 360 * start, np.full(count, 1.0)

    return Sprites(pictures, rng.integers(0, len(pictures), count), at, room.clear_of_words)


def _sprite(kind: Any, colour: Colour, shade: Colour) -> Any:
    def paint(canvas: Any) -> None:
        canvas.scale(0.9, 0.9)
        kind(canvas, colour, shade, 0.0, cast=False)

    return drawn(paint)
