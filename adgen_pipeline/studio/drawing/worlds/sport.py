"""Sport: asphalt or chalked concrete, hard bars of light on the slant, a slab of the brand's colour, speed."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.oklch import darker, tone
from adgen_pipeline.studio.drawing.paint import fill, linear, ramp, rgba, shaded
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.sprites import Sprites, speck, streak
from adgen_pipeline.studio.drawing.texture import clouds, relief
from adgen_pipeline.studio.drawing.worlds.base import Air, Room, Shadow, Tones
from adgen_pipeline.studio.drawing.worlds.brand import brand, visible
from adgen_pipeline.studio.drawing.worlds.lights import glow, pool, vignette
from adgen_pipeline.studio.frame import Box

_SLANT = math.radians(24)
"""How far all that moves leans out of the vertical."""


class Sport:
    """Hard light and one big shape."""

    colours = ("#FF4D1C", "#15171A")
    airy = False
    lift = 0.05

    def product_colours(self, colours: list[str]) -> list[str]:
        """As they are."""
        return colours

    def tones(self, colours: list[str], light: bool) -> Tones:
        """Grey ground, so that the brand's colour is the only one."""
        own = brand(colours)
        second = tone(*own.second) if own.second else WHITE
        if light:
            accent = visible(own.lead, 0.45, 0.80)
            return Tones(accent, second, BLACK, tone(0.955, 0.004, 250), tone(0.875, 0.006, 250), BLACK, WHITE)
        accent = visible(own.lead, 0.55, 0.88)
        hue = own.lead.hue if own.lead.hue > 180 else 255
        return Tones(accent, second, WHITE, tone(0.34, 0.010, hue), tone(0.16, 0.010, hue), BLACK, WHITE)

    def ground(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """A wall lit from one side, a track below it."""
        (width, height), (x, y) = room.size, room.light
        pool(canvas, (x + 0.2 * width, y - 0.3 * room.short), 1.05 * max(room.size), tones.lit, tones.dim)
        if room.floor is not None:
            edge = room.floor - 0.09 * room.short
            floor = mix(tones.dim, BLACK, 0.10 if style.light else 0.35)
            fade = linear((0, edge), (0, edge + 0.6 * room.short), (0, rgba(floor, 0.9)), (1, rgba(floor, 0.5)))
            canvas.drawRect(skia.Rect(-width, edge, 2 * width, 2 * height), shaded(fade))

    def shapes(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """Asphalt, the slab, bars of light, speed lines, chalk."""
        self._asphalt(canvas, room, style, rng)
        lean = _SLANT * (1 if room.words.lower().endswith("right") else -1)
        canvas.save()
        canvas.translate(*room.light)
        canvas.rotate(-math.degrees(lean))
        self._slab(canvas, room, tones, style, rng)
        self._bars(canvas, room, tones, style, rng)
        self._speed_lines(canvas, room, tones, style, rng)
        canvas.restore()
        if room.floor is not None:
            self._lanes(canvas, room, tones, style)

    def stand(self, canvas: Any, foot: Box, scale: float, tones: Tones) -> None:
        """Nothing: the track."""

    def front(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Heavy corners in the dark."""
        vignette(canvas, room, BLACK, 0.10 if style.light else 0.55, 0.5)

    def shadow(self, tones: Tones, light: bool) -> Shadow:
        """Short and hard, thrown to the side."""
        return Shadow((0.10, 0.14), 0.05, 0.32 if light else 0.6, 0.5 if light else 0.9, 0.06 if light else 0.12, BLACK)

    def air(self, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> list[tuple[float, Air]]:
        """Streaks that shoot along the slant, and chalk that hangs in the air and drifts with them."""
        lean = _SLANT * (1 if room.words.lower().endswith("right") else -1)
        return [
            (1.2, _chalk(room, WHITE if not style.light else mix(tones.dim, BLACK, 0.25), lean, rng)),
            (1.6, _streaks(room, tones.accent if style.light else mix(tones.accent, WHITE, 0.75), lean, rng)),
        ]

    def _asphalt(self, canvas: Any, room: Room, style: Style, rng: np.random.Generator) -> None:
        (width, height), box = room.size, skia.Rect(*room.reach)
        size = (width // 2, height // 2)
        grit = rng.standard_normal((size[1], size[0])) * 0.5 + clouds(size, 6, 3, rng)
        relief(canvas, grit, box, 0.025 if style.light else 0.040)

    def _slab(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """The brand's shape: as wide as the product, from edge to edge, its light falling off."""
        short, far = room.short, 2.0 * max(room.size)
        half = (0.20 if room.shot == "wide" else 0.27) * short * rng.uniform(0.9, 1.15)
        side = room.words.lower().endswith("left") - room.words.lower().endswith("right")
        shift = (rng.uniform(-0.06, 0.06) + 0.10 * side) * short
        dark = darker(tones.accent, 0.38 if not style.light else 0.16)
        stops = ((0, dark, 1), (0.40, tones.accent, 1), (0.56, tones.accent, 1), (1, dark, 1))
        reach = 0.75 * max(room.size)
        canvas.drawRect(skia.Rect(shift - half, -far, shift + half, far), ramp((0, -reach), (0, reach), *stops))
        edge = fill(mix(tones.accent, WHITE, 0.55), 0.9)
        canvas.drawRect(skia.Rect(shift + half, -far, shift + half + 0.006 * short, far), edge)
        slim = shift - half - 0.05 * short
        canvas.drawRect(skia.Rect(slim - 0.018 * short, -far, slim, far), fill(tones.accent, 0.85))

    def _bars(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """Light through blinds: hard on one edge, fading on the other."""
        short, far = room.short, 2.0 * max(room.size)
        strength = (0.10 + 0.22 * style.rays) * (1.6 if style.light else 1.0)
        for _ in range(4):
            x, wide = rng.uniform(-1.1, 1.1) * short, rng.uniform(0.05, 0.20) * short
            bar = ramp((x, 0), (x + wide, 0), (0, WHITE, strength), (1, WHITE, 0))
            canvas.drawRect(skia.Rect(x, -far, x + wide, far), bar)

    def _speed_lines(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        short = room.short
        line = BLACK if style.light else WHITE
        for _ in range(26):
            x, y = rng.uniform(-1.2, 1.2) * short, rng.uniform(-1.2, 1.2) * max(room.size)
            long, thin = rng.uniform(0.15, 0.55) * short, rng.uniform(0.001, 0.0035) * short
            trail = ramp((x, y), (x, y + long), (0, line, 0), (1, line, rng.uniform(0.12, 0.4)))
            canvas.drawRect(skia.Rect(x, y, x + thin, y + long), trail)

    def _lanes(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Chalk lines of a track that run to a point behind the product."""
        assert room.floor is not None
        edge, (width, height) = room.floor - 0.09 * room.short, room.size
        canvas.save()
        canvas.clipRect(skia.Rect(-width, edge, 2 * width, 2 * height), True)
        vanish = (room.light[0], edge - 0.20 * room.short)
        for lane in range(-5, 6):
            x, wide = vanish[0] + (lane + 0.5) * 0.9 * room.short, 0.035 * room.short
            path = skia.Path()
            path.addPoly(
                [skia.Point(*vanish), skia.Point(x - wide, 2 * height), skia.Point(x + wide, 2 * height)], True
            )
            fade = ((0, WHITE, 0.0), (0.25, WHITE, 0.55), (1, WHITE, 0.2))
            canvas.drawPath(path, ramp((0, edge), (0, edge + 0.9 * room.short), *fade))
        canvas.restore()
        glow(canvas, (room.light[0], room.floor), 0.5 * room.short, WHITE, 0.20, 0.16)


def _streaks(room: Room, colour: Colour, lean: float, rng: np.random.Generator) -> Sprites:
    """Short lines that cross the picture in about half a second each, one after the other."""
    count, span = 16, 1.6 * max(room.size)
    along, side = rng.uniform(0, 1, count), rng.uniform(-0.8, 0.8, count) * room.short
    speed, long = rng.uniform(0.45, 0.9, count), rng.uniform(0.10, 0.26, count) * room.short
    (x, y), turn = room.light, math.degrees(lean)

    def at(seconds: float) -> Any:
        far = ((along - speed * seconds) % 1.0 - 0.5) * span
        across, down = side * math.cos(lean) + far * math.sin(-lean) * -1, far * math.cos(lean)
        return x + across, y + down - side * math.sin(lean), long, np.full(count, -turn), np.full(count, 0.8)

    return Sprites([streak(colour)], np.zeros(count, int), at, room.clear_of_words)


def _chalk(room: Room, colour: Colour, lean: float, rng: np.random.Generator) -> Sprites:
    """Grains that fly up fast and slow down, each again and again."""
    count, short = 44, room.short
    born, life = rng.uniform(0, 1, count), rng.uniform(2.2, 4.0, count)
    x0, y0 = room.light[0] + rng.normal(0, 0.35, count) * short, room.body.bottom - rng.uniform(0, 0.5, count) * short
    size = short * (0.006 + 0.018 * rng.uniform(0, 1, count) ** 3)
    push = rng.uniform(0.2, 0.7, count) * short

    def at(seconds: float) -> Any:
        age = (born + seconds / life) % 1.0
        flown = push * (1 - (1 - age) ** 3)
        x, y = x0 + flown * (math.sin(-lean) * -0.8), y0 - 0.7 * flown + 0.25 * short * age**2
        return x, y, size, np.zeros(count), 0.75 * np.sin(math.pi * age)

    return Sprites([speck(colour)], np.zeros(count, int), at, room.clear_of_words)
