"""Minimal: a deep quiet ground or ivory paper, one slow light, a fine line, a hint of silk or marble, gold dust."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.oklch import darker, deep, tone
from adgen_pipeline.studio.drawing.paint import linear, ramp, rgba, shaded, stroke
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.particles import Particles
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.texture import clouds, folds, relief
from adgen_pipeline.studio.drawing.worlds.base import Air, Room, Shadow, Tones
from adgen_pipeline.studio.drawing.worlds.brand import brand, visible
from adgen_pipeline.studio.drawing.worlds.lights import glow, out_of_focus, pool, rays, vignette
from adgen_pipeline.studio.frame import Box


class Minimal:
    """Luxury: much room, one accent."""

    colours = ("#C9A227", "#0E0C0A")
    airy = False
    lift = 0.05

    def product_colours(self, colours: list[str]) -> list[str]:
        """As they are."""
        return colours

    def tones(self, colours: list[str], light: bool) -> Tones:
        """A ground almost without colour, warm or cool like the brand."""
        own = brand(colours)
        hue, chroma = own.lead.hue, own.lead.chroma
        if light:
            warm = own.pale.hue if own.pale and own.pale.chroma > 0.01 else 85
            lit, dim, shade = tone(0.975, 0.010, warm), tone(0.90, 0.016, warm), tone(0.45, 0.03, warm)
            return Tones(visible(own.lead, 0.4, 0.72), tone(0.8, 0.05, hue), WHITE, lit, dim, shade, WHITE)
        tint = min(chroma, 0.16)
        accent = visible(own.lead, 0.6, 0.9)
        lit, dim = deep(hue, 0.30, 0.30 * tint), deep(hue, 0.13, 0.14 * tint)
        return Tones(accent, mix(accent, WHITE, 0.4), lit, lit, dim, BLACK, mix(accent, WHITE, 0.4))

    def ground(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """One light that falls slantwise across the wall, and a floor that fades out of it."""
        (width, height), (x, y) = room.size, room.light
        reach = (0.80 + 0.35 * style.glow) * max(room.size)
        pool(canvas, (x - 0.10 * width, y - 0.16 * room.short), reach, tones.lit, tones.dim)
        if room.floor is not None:
            edge = room.floor - 0.10 * room.short
            tone = mix(tones.dim, WHITE if style.light else BLACK, 0.4)
            fade = linear((0, edge), (0, edge + 0.5 * room.short), (0, rgba(tone, 0)), (0.2, rgba(tone, 0.7)),
                          (1, rgba(tone, 0.9)))  # fmt: skip
            canvas.drawRect(skia.Rect(-width, edge, 2 * width, 2 * height), shaded(fade))
            glow(canvas, (x, room.floor), 0.62 * room.short, mix(tones.spark, tones.lit, 0.3),
                 0.6 if style.light else 0.14 + 0.14 * style.glow, 0.20)  # fmt: skip

    def shapes(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """Silk or marble in the distance, the light behind the product, and a fine line around it."""
        self._cloth(canvas, room, tones, style, rng)
        strength = 0.30 + 0.4 * style.glow
        glow(
            canvas,
            room.light,
            0.85 * room.short,
            WHITE if style.light else mix(tones.lit, darker(tones.accent, 0.3), 0.35),
            strength,
        )
        if not room.close:
            self._line(canvas, room, tones, style, rng)
        if style.rays > 0.5:
            rays(canvas, room, tones.spark, 0.16 * (style.rays - 0.4), rng)
        if style.bokeh > 0.5:
            out_of_focus(canvas, room, tones.spark, style.bokeh - 0.4, 0.10, rng)

    def stand(self, canvas: Any, foot: Box, scale: float, tones: Tones) -> None:
        """Nothing: the floor mirrors the product."""

    def front(self, canvas: Any, room: Room, tones: Tones, style: Style) -> None:
        """Darker corners; on paper barely so."""
        vignette(canvas, room, tones.shade, 0.10 if style.light else 0.60)

    def shadow(self, tones: Tones, light: bool) -> Shadow:
        """Soft, from above; the floor is polished."""
        if light:
            return Shadow(strength=0.30, contact=0.40, mirror=0.16, tone=tones.shade)
        return Shadow(mirror=0.34)

    def air(self, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> list[tuple[float, Air]]:
        """Sparse gold dust that rises slowly, and few lights near the camera."""
        short = room.short
        tone = mix(tones.accent, WHITE, 0.1) if style.light else tones.spark
        dust = Particles(room.size, rng, tone, count=26, radii=(0.003 * short, 0.010 * short),
                         speed=(0.010 * short, 0.035 * short), alpha=0.75)  # fmt: skip
        near = Particles(room.size, rng, tones.spark, count=round(1 + 7 * style.bokeh),
                         radii=(0.04 * short, 0.10 * short), speed=(0.02 * short, 0.05 * short), alpha=0.20,
                         discs=True)  # fmt: skip
        return [(1.3, dust), (1.9, near)]

    def _cloth(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        width, height = room.size
        size, box = (width // 3, height // 3), skia.Rect(*room.reach)
        if rng.uniform() < 0.6:
            drape = folds(size, rng.uniform(0.9, 1.3) * rng.choice([-1, 1]), rng.uniform(1.6, 2.6), rng)
            relief(canvas, drape, box, 0.09 if style.light else 0.20, mix(tones.lit, WHITE, 0.5), tones.shade)
            return
        veins = clouds(size, 3, 5, rng)
        sharp = np.exp(-(((veins - 0.1) / 0.035) ** 2)) * np.clip(0.5 + clouds(size, 2, 2, rng), 0, 1)
        relief(canvas, sharp if not style.light else -sharp, box, 0.22, mix(tones.accent, WHITE, 0.3), tones.shade)

    def _line(self, canvas: Any, room: Room, tones: Tones, style: Style, rng: np.random.Generator) -> None:
        """An arch, or a ring cut open."""
        x, y = room.body.centre
        half = 0.5 * max(room.body.width, 0.62 * room.body.height) + 0.09 * room.short
        line = stroke(tones.accent, 0.0028 * room.short, 0.75 if style.light else 0.6)
        if room.floor is not None or rng.uniform() < 0.5:
            foot = room.floor or y + 0.62 * room.body.height
            top = min(y - 0.62 * room.body.height, foot - 1.6 * half)
            arch = skia.Path()
            arch.moveTo(x - half, foot)
            arch.arcTo(skia.Rect(x - half, top, x + half, top + 2 * half), 180, 180, False)
            arch.lineTo(x + half, foot)
            inside = (
                mix(tones.dim, tones.shade, 0.16) if style.light else mix(tones.lit, darker(tones.accent, 0.3), 0.12)
            )
            canvas.drawPath(arch, ramp((0, top), (0, foot), (0, inside, 0.55), (1, inside, 0.0)))
            canvas.drawPath(arch, line)
            return
        radius = 0.5 * math.hypot(room.body.width, room.body.height) * rng.uniform(0.80, 0.92)
        oval = skia.Rect(x - radius, y - radius, x + radius, y + radius)
        canvas.drawArc(oval, rng.uniform(0, 360), rng.uniform(230, 300), False, line)
