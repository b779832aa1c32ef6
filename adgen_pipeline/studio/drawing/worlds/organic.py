"""Organic: daylight on plaster, shadows of leaves that sway, stone to stand on, petals and pollen."""

import math
from functools import partial
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.oklch import tone
from adgen_pipeline.studio.drawing.paint import fill, linear, ramp, rgba, shaded
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.sprites import Sprites, drawn, speck
from adgen_pipeline.studio.drawing.texture import clouds, relief
from adgen_pipeline.studio.drawing.worlds.base import Air, Room, Shadow, Tones
from adgen_pipeline.studio.drawing.worlds.brand import brand, visible
from adgen_pipeline.studio.drawing.worlds.foliage import petal, window
from adgen_pipeline.studio.drawing.worlds.leaves import Leaves
from adgen_pipeline.studio.drawing.worlds.lights import pool, vignette
from adgen_pipeline.studio.frame import Box


class Organic:
    """A quiet place by a window."""

    colours = ("#6B8F5A", "#F5F0E6")
    airy = True
    lift = 0.2

    def product_colours(self, colours: list[str]) -> list[str]:
        """As they are."""
        return colours

    def tones(self, colours: list[str], light: bool) -> Tones:
        """Plaster: warm white, or a dark wash; the brand's colour is in the petals and on the product."""
        own = brand(colours)
        green = 90 < own.lead.hue < 200
        if light:
            warm = own.pale.hue if own.pale and own.pale.chroma > 0.006 else 78
            accent = visible(own.lead, 0.45, 0.80)
            lit, dim = tone(0.935, 0.016, warm), tone(0.855, 0.024, warm)
            return Tones(accent, tone(0.80, 0.06, own.lead.hue), tone(0.88, 0.03, warm), lit, dim,
                         tone(0.40, 0.030, 130 if green else 70), tone(0.99, 0.012, 95))  # fmt: skip
        wash = 215 if green else 250 if own.lead.hue > 200 else 165
        lit, dim = tone(0.43, 0.030, wash), tone(0.27, 0.026, wash)
        return Tones(visible(own.lead, 0.62, 0.88), tone(0.62, 0.06, own.lead.hue), tone(0.46, 0.03, wash), lit, dim,
                     tone(0.09, 0.015, wash), tone(0.93, 0.05, 92))  # fmt: skip

    def ground(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Light from a window on the left; a table, if something stands."""
        (width, height), (x, y) = room.size, room.light
        pool(canvas, (x - 0.35 * width, y - 0.30 * room.short), 1.2 * max(room.size), tones.lit, tones.dim)
        if room.floor is not None:
            edge = room.floor - 0.12 * room.short
            near = mix(tones.third, WHITE if style.light else BLACK, 0.25 if style.light else 0.30)
            table = linear(
                (0, edge),
                (0, height),
                (0, rgba(mix(tones.dim, tones.shade, 0.16))),
                (0.05, rgba(near)),
                (1, rgba(near)),
            )
            canvas.drawRect(skia.Rect(-width, edge, 2 * width, 2 * height), shaded(table))

    def shapes(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """Trowel marks, and the panes of a window in light."""
        width, height = room.size
        size, box = (width // 2, height // 2), skia.Rect(*room.reach)
        plaster = clouds(size, 4, 5, rng)
        plaster = 0.6 * plaster + 3.0 * (np.roll(plaster, 2, 1) - plaster) + 0.25 * rng.standard_normal(plaster.shape)
        relief(canvas, plaster, box, 0.034 if style.light else 0.060, WHITE, tones.shade)
        strength = (0.30 + 0.75 * style.rays) * (1.0 if style.light else 0.26)
        x, y = room.light
        reach = 0.62 * room.short * (0.8 if room.shot == "wide" else 1.0)
        at = (x + rng.uniform(-0.12, 0.12) * room.short, y - rng.uniform(0.05, 0.2) * room.short)
        window(canvas, at, (reach, 1.45 * reach), rng.uniform(0.18, 0.34), tones.spark, strength, 0.012 * room.short)

    def stand(self, canvas: Any, foot: Box, scale: float, tones: Tones) -> None:
        """A slab of stone with a rough front and a soft shadow."""
        half, deep, lip = 0.5 * foot.width + 0.20 * scale, 0.13 * scale, 0.045 * scale
        x, y = foot.centre[0], foot.bottom + 0.2 * lip
        stone = mix(tones.third, WHITE, 0.25)
        canvas.drawOval(skia.Rect(x - 0.95 * half, y + deep - lip, x + 1.22 * half, y + deep + 2.2 * lip),
                        fill(tones.shade, 0.55, blur=0.045 * scale))  # fmt: skip
        body = skia.Path()
        body.addRRect(
            skia.RRect.MakeRectXY(skia.Rect(x - half, y - lip, x + half, y + deep), 0.03 * scale, 0.03 * scale)
        )
        front = ((0, mix(stone, WHITE, 0.15), 1), (0.35, stone, 1), (1, mix(stone, tones.shade, 0.42), 1))
        canvas.drawPath(body, ramp((x - half, y), (x + half, y + deep), *front))
        canvas.save()
        canvas.clipPath(body, True)
        grit = np.random.default_rng(5).standard_normal((60, 240)) ** 3
        relief(canvas, grit, skia.Rect(x - half, y - lip, x + half, y + deep), 0.035, WHITE, tones.shade)
        top = skia.Rect(x - half, y - lip, x + half, y + 0.5 * lip)
        canvas.drawRect(
            top, ramp((0, y - lip), (0, y + 0.5 * lip), (0, WHITE, 0.5), (0.8, WHITE, 0.28), (1, WHITE, 0.0))
        )
        canvas.restore()

    def front(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """The far corners of the room, in shade."""
        vignette(canvas, room, tones.shade, 0.12 if style.light else 0.5, 0.55)

    def shadow(self, tones: Tones, light: bool) -> Shadow:
        """Long, soft, away from the window."""
        return Shadow((0.20, 0.16), 0.09, 0.36 if light else 0.6, 0.5 if light else 0.8, 0.0, tones.shade)

    def air(self, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> list[tuple[float, Air]]:
        """Shadows of leaves that move with the wind, petals that tumble down, pollen in the sun."""
        pollen = tones.spark if not style.light else mix(tones.spark, tones.accent, 0.25)
        return [
            (0.6, Leaves(room, tones, style, rng)),
            (1.3, _pollen(room, pollen, rng)),
            (1.7, _petals(room, tones, round(5 + 8 * style.bokeh), rng)),
        ]


def _petals(room: Room, tones: Tones, count: int, rng: np.random.Generator) -> Sprites:
    (width, height), short = room.size, room.short
    colours = (tones.accent, tones.second, mix(tones.accent, WHITE, 0.5))
    pictures = [drawn(partial(petal, colour=colour, shade=tones.shade)) for colour in colours]
    x, start, speed = rng.uniform(-0.1, 1.1, count) * width, rng.uniform(0, 1, count), rng.uniform(0.06, 0.12, count)
    size, phase = rng.uniform(0.028, 0.066, count) * short, rng.uniform(0, math.tau, count)

    def at(seconds: float) -> Any:
        fall = (start + speed * seconds) % 1.0
        sway = phase + 1.7 * seconds
        across = x + 0.06 * short * np.sin(sway) + 0.10 * short * fall
        turn = 40 * np.sin(sway + 0.8) + np.degrees(phase)
        return across, (1.2 * fall - 0.1) * height, size, turn, np.full(count, 0.92)

    return Sprites(pictures, rng.integers(0, 3, count), at, room.clear_of_words)


def _pollen(room: Room, colour: Any, rng: np.random.Generator) -> Sprites:
    count, (width, height), short = 26, room.size, room.short
    x, y, phase = rng.uniform(0, 1, count) * width, rng.uniform(0, 1, count) * height, rng.uniform(0, math.tau, count)
    size, pace = rng.uniform(0.006, 0.014, count) * short, rng.uniform(0.25, 0.7, count)

    def at(seconds: float) -> Any:
        turn = phase + pace * seconds
        across, down = x + 0.05 * short * np.sin(turn), y + 0.04 * short * np.cos(1.3 * turn)
        return across, down, size, np.zeros(count), 0.45 + 0.4 * np.sin(2 * turn)

    return Sprites([speck(colour)], np.zeros(count, int), at, room.clear_of_words)
