"""Retro: faded stripes, sunbursts and arches on warm paper, halftone, a vignette, the scratches of old film."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.oklch import Lch, lch, tone
from adgen_pipeline.studio.drawing.paint import fill, halo, stroke
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, from_hex, mix
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.sprites import Sprites, drawn, speck
from adgen_pipeline.studio.drawing.texture import clouds, relief
from adgen_pipeline.studio.drawing.worlds.base import Air, Room, Shadow, Tones
from adgen_pipeline.studio.drawing.worlds.brand import apart, brand
from adgen_pipeline.studio.drawing.worlds.lights import pool, vignette, wedge
from adgen_pipeline.studio.frame import Box

_FADED = 0.78
"""Share of its chroma that a colour keeps on an old print."""

_TICKS = 8
"""Scratches a second are others than before."""


class Retro:
    """An old print that moves."""

    colours = ("#D9622B", "#F2E3C6")
    airy = True
    lift = 0.12

    def product_colours(self, colours: list[str]) -> list[str]:
        """Faded, like all else."""
        return [_hex(_faded(lch(from_hex(colour)))) for colour in colours]

    def tones(self, colours: list[str], light: bool) -> Tones:
        """Three faded colours, the brand's leading, on cream or on deep teal or aubergine."""
        own = brand(colours)
        warm = own.lead.hue < 115 or own.lead.hue > 330
        accent = _faded(own.lead._replace(light=min(0.75, max(0.50, own.lead.light))))
        hue = own.second.hue if own.second else apart(own.lead.hue, 32 if warm else 150)
        green = 110 < own.lead.hue < 185
        second = tone(0.78, 0.11, 78 if 85 < hue < 130 or (green and not own.second) else hue)
        third = tone(0.56, 0.075, 195) if warm else tone(0.56, 0.10, 42)
        if light:
            return Tones(accent, second, third, tone(0.945, 0.032, 84), tone(0.885, 0.045, 80), tone(0.36, 0.05, 45),
                         tone(0.97, 0.02, 85))  # fmt: skip
        deep = 225.0 if warm else 345.0
        return Tones(accent, second, third, tone(0.33, 0.040, deep), tone(0.215, 0.034, deep), tone(0.10, 0.02, deep),
                     tone(0.92, 0.04, 85))  # fmt: skip

    def ground(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Paper, a little yellower toward its rim."""
        pool(canvas, room.light, 1.05 * max(room.size), tones.lit, tones.dim)

    def shapes(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """One of four prints, in dots and paper grain."""
        prints = (_sunburst, _rings, _swoosh) if style.light else (_sun, _rings, _swoosh, _sunburst)
        prints[int(rng.integers(len(prints)))](canvas, room, tones, style, rng)
        _halftone(canvas, room, tones, style, rng)
        width, height = room.size
        paper = 0.7 * rng.standard_normal((height // 2, width // 2)) + clouds((width // 2, height // 2), 12, 3, rng)
        box = skia.Rect(*room.reach)
        relief(canvas, paper, box, 0.030, WHITE, tones.shade)

    def stand(self, canvas: Any, foot: Box, scale: float, tones: Tones) -> None:
        """A record-like disc of three stripes."""
        half, lip = 0.5 * foot.width + 0.22 * scale, 0.085 * scale
        x, y = foot.centre[0], foot.bottom + 0.02 * scale
        for share, colour in ((1.0, tones.third), (0.86, tones.second), (0.72, tones.accent)):
            oval = skia.Rect(x - share * half, y - share * lip, x + share * half, y + share * lip)
            canvas.drawOval(oval.makeOffset(0, 0.012 * scale), fill(mix(colour, tones.shade, 0.5)))
            canvas.drawOval(oval, fill(colour))

    def front(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """The warm cast of an old print, and corners that have darkened."""
        canvas.drawPaint(fill(tone(0.72, 0.11, 62), 0.05))
        vignette(canvas, room, tones.shade, 0.34 if style.light else 0.66, 0.5)

    def shadow(self, tones: Tones, light: bool) -> Shadow:
        """Printed a little off, to the lower right."""
        return Shadow((0.12, 0.14), 0.045, 0.34 if light else 0.55, 0.5 if light else 0.75, 0.0, tones.shade)

    def air(self, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> list[tuple[float, Air]]:
        """Dust and hairs on the film, elsewhere eight times a second; nothing drifts."""
        return [(0.0, _scratches(room, tones, style, rng))]


def _faded(colour: Lch) -> Colour:
    return tone(0.04 + 0.93 * colour.light, _FADED * colour.chroma, colour.hue)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(255 * float(np.clip(value, 0, 1))):02X}" for value in colour)


def _sunburst(canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
    """Rays of two colours from behind the product to the picture's end."""
    count, reach = int(rng.choice([12, 14, 16])), 2.0 * max(room.size)
    canvas.save()
    canvas.translate(*room.light)
    canvas.rotate(float(rng.uniform(0, 30)))
    step = math.tau / count
    strength = 0.55 + 0.5 * style.rays
    for k in range(count):
        colour = (tones.accent, tones.second)[k % 2]
        canvas.drawPath(wedge(k * step, (k + 0.5) * step, reach), fill(colour, min(1, strength * 0.85)))
    canvas.drawCircle(0, 0, 0.36 * room.short, fill(tones.lit))
    canvas.drawCircle(0, 0, 0.36 * room.short, stroke(tones.third, 0.022 * room.short))
    canvas.restore()


def _rings(canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
    """Arches one in the other, as on a wallpaper of the seventies."""
    x, y = room.light
    wide, foot = 0.115 * room.short, (room.floor if room.floor is not None else y + 0.3 * room.short)
    colours = (tones.third, tones.accent, tones.second, mix(tones.lit, tones.second, 0.25))
    centre = (x, min(foot, y + 0.12 * room.short))
    for k, colour in enumerate(colours):
        radius = 0.30 * room.short + (len(colours) - k) * wide
        path = skia.Path()
        path.addRect(skia.Rect(centre[0] - radius, centre[1], centre[0] + radius, 3 * room.size[1]))
        path.addCircle(*centre, radius)
        canvas.drawPath(path, fill(colour))
    inner = 0.30 * room.short
    hole = skia.Path()
    hole.addRect(skia.Rect(centre[0] - inner, centre[1], centre[0] + inner, 3 * room.size[1]))
    hole.addCircle(*centre, inner)
    canvas.drawPath(hole, fill(tones.lit))


def _swoosh(canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
    """Three stripes that cross the picture, bend round and go on."""
    (width, height), (x, y), band = room.size, room.light, 0.085 * room.short
    way = float(rng.choice([-1.0, 1.0]))
    for k, colour in enumerate((tones.third, tones.accent, tones.second)):
        off = (k - 1) * band
        path = skia.Path()
        path.moveTo(x - way * 1.2 * width, y + 0.30 * room.short + off)
        path.lineTo(x - way * 0.10 * room.short, y + 0.30 * room.short + off)
        path.cubicTo(x + way * (0.30 * room.short - off), y + 0.30 * room.short + off,
                     x + way * (0.30 * room.short - off), y - 0.20 * room.short,
                     x + way * (0.30 * room.short - off), y - 0.30 * room.short)  # fmt: skip
        path.lineTo(x + way * (0.30 * room.short - off), y - 2.0 * height)
        canvas.drawPath(path, stroke(colour, band * 1.01))


def _sun(canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
    """The setting sun of the eighties, cut by ever wider slits."""
    (x, y), radius = room.light, 0.47 * room.short
    canvas.drawCircle(x, y, 1.5 * radius, halo((x, y), 1.5 * radius, (0.5, tones.accent, 0.30), (1, tones.accent, 0)))
    disc = skia.Path()
    disc.addCircle(x, y, radius)
    for k in range(6):
        top = y + radius * (0.12 + 0.15 * k)
        slit = skia.Path()
        slit.addRect(skia.Rect(x - radius, top, x + radius, top + radius * (0.022 + 0.014 * k)))
        disc = skia.Op(disc, slit, skia.PathOp.kDifference_PathOp)
    shades = ((0, tones.second), (1, tones.accent))
    colours, stops = [skia.Color4f(*map(float, c), 1.0).toColor() for _, c in shades], [at for at, _ in shades]
    shader = skia.GradientShader.MakeLinear([(x, y - radius), (x, y + radius)], colours, stops)
    canvas.drawPath(disc, skia.Paint(AntiAlias=True, Dither=True, Shader=shader))


def _halftone(canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
    """Dots that grow toward one corner."""
    (width, height), step = room.size, 0.024 * room.short
    corner = (width if rng.uniform() < 0.5 else 0.0), (height if rng.uniform() < 0.5 else 0.0)
    paint = fill(tones.third if style.light else mix(tones.accent, BLACK, 0.3), 0.55)
    reach = 0.75 * room.short
    for row in range(math.floor(room.reach.top / step), math.ceil(room.reach.bottom / step)):
        for column in range(math.floor(room.reach.left / step), math.ceil(room.reach.right / step)):
            x, y = (column + 0.5 * (row % 2)) * step, row * step
            near = 1 - math.hypot(x - corner[0], y - corner[1]) / reach
            if near > 0.06:
                canvas.drawCircle(x, y, 0.62 * step * near, paint)


def _scratches(room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> Sprites:
    """Specks, hairs and one thin line, of which a few are seen at a time."""
    (width, height), short, count = room.size, room.short, 14
    tone = tones.shade if style.light else tones.spark
    pictures = [speck(tone), speck(tone), _hair(tone, rng), _hair(tone, rng)]
    places = rng.uniform(0, 1, (64, count, 4))
    which = np.arange(count) % len(pictures)

    def at(seconds: float) -> Any:
        x, y, size, seen = places[math.floor(seconds * _TICKS) % len(places)].T
        long = short * np.where(which < 2, 0.006 + 0.012 * size, 0.04 + 0.06 * size)
        return x * width, y * height, long, 360 * size, np.where(seen < 0.5, 0.7, 0.0)

    return Sprites(pictures, which, at, room.clear_of_words)


def _hair(colour: Colour, rng: np.random.Generator) -> Any:
    bend = rng.uniform(-0.9, 0.9, 4)

    def paint(canvas: Any) -> None:
        path = skia.Path()
        path.moveTo(-0.8, float(bend[0]))
        path.cubicTo(-0.3, float(bend[1]), 0.3, float(bend[2]), 0.8, float(bend[3]))
        canvas.drawPath(path, stroke(colour, 0.05))

    return drawn(paint)
