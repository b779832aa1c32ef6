"""Tech: a mesh of coloured light, a grid to the horizon, thin lines, a beam, dots of data on their way."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.oklch import tone
from adgen_pipeline.studio.drawing.paint import fill, linear, ramp, rgba, shaded, stroke
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.sprites import Sprites, speck, streak
from adgen_pipeline.studio.drawing.worlds.base import Air, Room, Shadow, Tones
from adgen_pipeline.studio.drawing.worlds.brand import apart, brand, visible
from adgen_pipeline.studio.drawing.worlds.lights import glow, vignette
from adgen_pipeline.studio.frame import Box

_COOL = (175.0, 315.0)
"""Hues, from cyan to violet, in which this world's ground may be tinted; any other brand stands on night blue."""

_CELL = 0.17
"""Side of a square of the grid where it passes the product's foot, in short sides."""


class Tech:
    """Dark glass and light, or clean white."""

    colours = ("#22B8F0", "#0A0F1E")
    airy = False
    lift = 0.08

    def product_colours(self, colours: list[str]) -> list[str]:
        """As they are."""
        return colours

    def tones(self, colours: list[str], light: bool) -> Tones:
        """Night blue, or white with cool shadows; the brand's colour is the light."""
        own = brand(colours)
        cool = _COOL[0] < own.lead.hue < _COOL[1] and own.lead.chroma > 0.04
        hue = own.lead.hue if cool else 262
        other = own.second.hue if own.second else (apart(hue, 38) if cool else 285)
        if light:
            accent = visible(own.lead, 0.45, 0.72)
            return Tones(accent, tone(0.83, 0.09, 205 if not cool else apart(hue, -30)), tone(0.84, 0.07, other),
                         tone(0.985, 0.004, hue), tone(0.915, 0.016, hue), tone(0.48, 0.06, hue), accent)  # fmt: skip
        accent = visible(own.lead, 0.66, 0.86)
        return Tones(accent, tone(0.48, 0.15, hue), tone(0.42, 0.14, other), tone(0.25, 0.055, hue),
                     tone(0.13, 0.030, hue), BLACK, mix(accent, WHITE, 0.35))  # fmt: skip

    def ground(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """From the lit horizon into the dark above and below."""
        height = room.size[1]
        horizon = _horizon(room) / height
        stops = ((0, tones.dim), (max(0.05, 0.55 * horizon), mix(tones.dim, tones.lit, 0.45)), (horizon, tones.lit),
                 (min(0.99, horizon + 0.22), mix(tones.lit, tones.dim, 0.7)), (1, tones.dim))  # fmt: skip
        canvas.drawPaint(shaded(linear((0, 0), (0, height), *((at, rgba(colour)) for at, colour in stops))))

    def shapes(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """The mesh of lights, the grid, the beam, the glow behind the product and the lines around it."""
        self._mesh(canvas, room, tones, style, rng)
        self._grid(canvas, room, tones, style)
        self._dots(canvas, room, tones, style, rng)
        self._beam(canvas, room, tones, style)
        reach = 0.72 * room.short
        glow(canvas, room.light, reach, WHITE if style.light else tones.accent, (0.14 + 0.34 * style.glow))
        if not room.close:
            self._rim(canvas, room, tones, style, rng)
        self._lines(canvas, room, tones, style, rng)

    def stand(self, canvas: Any, foot: Box, scale: float, tones: Tones) -> None:
        """A thin plate of light."""
        half, lip = 0.5 * foot.width + 0.22 * scale, 0.060 * scale
        x, y = foot.centre[0], foot.bottom + 0.01 * scale
        oval = skia.Rect(x - half, y - lip, x + half, y + lip)
        canvas.drawOval(oval.makeOutset(0.1 * scale, 0.05 * scale), fill(tones.accent, 0.28, blur=0.06 * scale))
        canvas.drawOval(oval, fill(mix(tones.dim, tones.accent, 0.10), 0.85))
        canvas.drawOval(oval, stroke(tones.spark, 0.010 * scale, 0.9))
        canvas.drawOval(oval, stroke(tones.accent, 0.030 * scale, 0.6, blur=0.02 * scale))

    def front(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Dark corners; none on white."""
        vignette(canvas, room, tones.dim, 0.25 if style.light else 0.55, 0.5)

    def shadow(self, tones: Tones, light: bool) -> Shadow:
        """Cool and soft; dark glass mirrors."""
        if light:
            return Shadow((0.0, 0.13), 0.12, 0.36, 0.42, 0.22, tones.shade)
        return Shadow((0.0, 0.10), 0.12, 0.65, 0.75, 0.40, BLACK)

    def air(self, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> list[tuple[float, Air]]:
        """Dots that run straight up and, with tails, straight across; they never sway."""
        bright = mix(tones.accent, WHITE, 0.15 if style.light else 0.45)
        return [(0.8, _signals(room, tones.accent, rng)), (1.3, _rising(room, bright, rng))]

    def _mesh(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        width, height = room.size
        strength = (0.34 if style.light else 0.42) * (0.6 + 0.8 * style.glow)
        corners = ((0.0, 0.12), (1.0, 0.30), (0.10, 0.85), (0.95, 0.95))
        tints = (tones.second, tones.third, tones.accent, tones.second)
        for k in rng.permutation(4):
            x, y = np.array(corners[k]) + rng.uniform(-0.15, 0.15, 2)
            share = strength * (0.45 if tints[k] is tones.accent else 1.0)
            glow(canvas, (x * width, y * height), rng.uniform(0.5, 0.75) * max(room.size), tints[k], share)

    def _grid(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """The floor's lines in perspective, brightest near the horizon's light, and the horizon itself."""
        (width, height), horizon, x = room.size, _horizon(room), room.light[0]
        tint = mix(tones.shade, tones.accent, 0.5) if style.light else tones.accent
        alpha, thin = (0.30, 0.0016) if style.light else (0.42, 0.0018)
        deep = max(1.15 * height, room.reach.bottom) - horizon
        fade = ((0, tint, 0.0), (0.10, tint, alpha), (0.5, tint, 0.6 * alpha), (1, tint, 0.1 * alpha))
        paint = ramp((0, horizon), (0, horizon + deep), *fade, Style=skia.Paint.kStroke_Style,
                     StrokeWidth=thin * room.short)  # fmt: skip
        for k in range(-24, 25):
            canvas.drawLine(
                x + 0.10 * k * _CELL * room.short, horizon, x + k * _CELL * 4.2 * room.short, horizon + deep, paint
            )
        for k in range(1, 26):
            y = horizon + deep * 0.9 / (1 + 0.22 * (k - 1)) ** 1.7
            canvas.drawLine(room.reach.left, y, room.reach.right, y, paint)
        line = ((0, tint, 0), (0.5, mix(tint, WHITE, 0.3), 0.9), (1, tint, 0))
        for thick, blur, share in ((0.003, 0.0, 0.9), (0.02, 0.014, 0.5)):
            stops = [(at, colour, a * share * (0.5 if style.light else 1)) for at, colour, a in line]
            filtered = (
                {"MaskFilter": skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur * room.short)} if blur else {}
            )
            half = thick * room.short / 2
            canvas.drawRect(skia.Rect(-0.1 * width, horizon - half, 1.1 * width, horizon + half),
                            ramp((-0.1 * width, 0), (1.1 * width, 0), *stops, **filtered))  # fmt: skip

    def _dots(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """A field of dots on the wall, some of them lit, fading from one corner."""
        (width, _), step = room.size, 0.045 * room.short
        corner = float(rng.integers(2)) * width
        tint = tones.shade if style.light else tones.spark
        for row in range(math.floor(room.reach.top / step), round(_horizon(room) / step)):
            for column in range(math.floor(room.reach.left / step), math.ceil(room.reach.right / step)):
                x, y = column * step, row * step + 0.3 * step
                near = max(0.0, 1 - math.hypot(x - corner, 0.9 * y) / (0.85 * room.short))
                alpha = near * (0.42 if rng.uniform() < 0.12 else 0.14)
                if alpha > 0.01:
                    canvas.drawCircle(x, y, 0.0026 * room.short, fill(tint, alpha))

    def _beam(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """A cone of light from above the picture onto the product."""
        (x, y), short = room.light, room.short
        foot = room.floor if room.floor is not None else y + 0.4 * short
        strength = (0.80 if style.light else 0.46) * style.rays
        lit = WHITE if style.light else tones.spark
        for wide, share in ((0.52, 0.5), (0.34, 0.7)):
            cone = skia.Path()
            lamp, top = 0.06 * short, min(-0.12 * room.size[1], 1.1 * room.reach.top)
            corners = ((x - lamp, top), (x + lamp, top), (x + wide * short, foot), (x - wide * short, foot))
            cone.addPoly([skia.Point(*corner) for corner in corners], True)
            stops = ((0, lit, strength * share), (0.6, lit, 0.35 * strength * share), (1, lit, 0))
            blur = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.018 * short)
            canvas.drawPath(cone, ramp((0, -0.1 * short), (0, foot), *stops, MaskFilter=blur))

    def _rim(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """Thin arcs behind the product: one glows."""
        x, y = room.body.centre
        reach = 0.5 * math.hypot(room.body.width, room.body.height)
        start = float(rng.uniform(0, 360))
        tint = tones.accent if style.light else tones.spark
        for k, (share, sweep, thin, alpha) in enumerate(
            ((0.86, 200, 0.004, 0.9), (0.93, 70, 0.0018, 0.5), (1.0, 110, 0.0018, 0.4))
        ):
            oval = skia.Rect(x - share * reach, y - share * reach, x + share * reach, y + share * reach)
            begin = start + 140 * k
            canvas.drawArc(oval, begin, sweep, False, stroke(tint, thin * room.short, alpha))
            if k == 0:
                canvas.drawArc(
                    oval, begin, sweep, False, stroke(tones.accent, 0.022 * room.short, 0.5, blur=0.014 * room.short)
                )

    def _lines(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """Upright lines of light, as of glass edges."""
        width, horizon = room.size[0], _horizon(room)
        for _ in range(5):
            x, top = rng.uniform(0, 1) * width, rng.uniform(-0.1, 0.4) * horizon
            bottom = top + rng.uniform(0.25, 0.6) * horizon
            tint = tones.shade if style.light else tones.accent
            stops = ((0, tint, 0), (0.5, tint, 0.45), (1, tint, 0))
            canvas.drawRect(skia.Rect(x, top, x + 0.002 * room.short, bottom), ramp((0, top), (0, bottom), *stops))


def _horizon(room: Room) -> float:
    """Behind the product's foot, or below the middle of what floats."""
    if room.floor is not None:
        return room.floor - 0.13 * room.short
    return min(0.86 * room.size[1], room.light[1] + 0.26 * room.short)


def _rising(room: Room, colour: Colour, rng: np.random.Generator) -> Sprites:
    count, (width, height), short = 30, room.size, room.short
    column = rng.integers(0, 24, count) / 23 * width
    start, speed = rng.uniform(0, 1, count), rng.uniform(0.05, 0.16, count)
    size, beat = short * rng.choice([0.010, 0.014, 0.022], count), rng.uniform(0.5, 1.5, count)

    def at(seconds: float) -> Any:
        share = (start - speed * seconds) % 1.0
        blink = 0.35 + 0.6 * (np.sin(math.tau * (beat * seconds + start)) > -0.2)
        return column, share * 1.1 * height - 0.05 * height, size, np.zeros(count), blink * np.sin(math.pi * share)

    return Sprites([speck(colour)], np.zeros(count, int), at, room.clear_of_words)


def _signals(room: Room, colour: Colour, rng: np.random.Generator) -> Sprites:
    count, width, short = 7, room.size[0], room.short
    (_, row), start = room.beside_words(count, rng), rng.uniform(0, 1, count)
    speed, long = rng.uniform(0.30, 0.55, count), rng.uniform(0.14, 0.30, count) * short
    way = rng.choice([-1.0, 1.0], count)

    def at(seconds: float) -> Any:
        share = (start + speed * seconds) % 1.0
        x = np.where(way > 0, share, 1 - share) * 1.4 * width - 0.2 * width
        return x, row, long, 90.0 * way, np.full(count, 0.7)

    return Sprites([streak(colour)], np.zeros(count, int), at, room.clear_of_words)
