"""The two faces of headphones: the turned plate outside, the cushion's opening inside; and what they are made of."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import points
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials, sweep
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

PLATE = 0.245
"""The plate's radius."""

TALL, BROAD = 1.16, 0.94
"""How much taller and broader than its radius a cup is."""


@dataclass(frozen=True)
class Stuff:
    """What headphones are made of: metal, leather and coloured skin, each plain and in light; thread, light."""

    metal: Colour
    metal_lit: Colour
    metal_shade: Colour
    leather: Colour
    leather_lit: Colour
    skin: Colour
    skin_lit: Colour
    thread: Colour
    glow: Colour


def stuff(look: Look) -> Stuff:
    """The brand's colour is the skin of band and shells; a gold brand gives the metal, on dark skin."""
    tones, made = look.palette, materials(look)
    gold = made.metal is tones.accent
    skin = mix(WHITE * 0.10, tones.low, 0.35) if gold else mix(tones.accent, BLACK, 0.08)
    skin_lit = mix(WHITE * 0.42, tones.accent, 0.35) if gold else mix(tones.accent, WHITE, 0.45)
    leather = mix(WHITE * 0.80, tones.accent, 0.06) if look.light else mix(WHITE * 0.12, tones.ground, 0.3)
    leather_lit = WHITE * 0.98 if look.light else mix(WHITE * 0.42, tones.accent, 0.12)
    thread = mix(tones.accent, WHITE, 0.35)
    return Stuff(made.metal, made.lit, made.shade, leather, leather_lit, skin, skin_lit, thread, tones.accent)


def draw_plate(canvas: Any, look: Look, made: Stuff) -> None:
    """The turned outer plate: light lies on it in fans; the brand in its middle."""
    canvas.save()
    canvas.scale(BROAD, TALL)
    fans = [made.metal, made.metal_lit, made.metal, made.metal_shade, mix(made.metal, made.metal_shade, 0.4),
            made.metal, made.metal_lit, made.metal, made.metal_shade, made.metal]  # fmt: skip
    canvas.drawCircle(0, 0, PLATE, paint.shaded(sweep(fans, [0, 0.09, 0.18, 0.3, 0.42, 0.5, 0.6, 0.7, 0.84, 1], 205)))
    for k in range(46):
        radius = 0.012 + 0.005 * k
        tone = WHITE if k % 2 else BLACK
        canvas.drawCircle(0, 0, radius, paint.stroke(tone, 0.0018, 0.10 + 0.05 * (k % 5 == 0)))
    canvas.drawCircle(0, 0, PLATE - 0.004, paint.stroke(made.metal_lit, 0.007, 0.9))
    canvas.drawCircle(0, 0, 0.186, paint.stroke(BLACK, 0.006, 0.5))
    canvas.drawCircle(0, 0, 0.190, paint.stroke(WHITE, 0.003, 0.6))
    canvas.restore()
    if look.brand:
        ink = mix(made.metal_shade, BLACK, 0.55)
        canvas.save()
        canvas.translate(0.0015, 0.003)
        draw_wordmark(canvas, look.brand.upper(), (0, 0.026), 0.078, 0.31, paint.fill(WHITE, 0.6), spacing=0.12)
        canvas.restore()
        draw_wordmark(canvas, look.brand.upper(), (0, 0.026), 0.078, 0.31, paint.fill(ink), spacing=0.12)


def draw_plate_light(canvas: Any, made: Stuff, seconds: float, glint: float) -> None:
    """The ring of light that breathes in the groove around the plate, and a fan that `glint` turns."""
    breath = 0.72 + 0.28 * math.sin(1.6 * seconds)
    canvas.scale(BROAD, TALL)
    for width, strength in ((0.060, 0.16), (0.030, 0.30), (0.011, 1.0)):
        canvas.drawCircle(0, 0, 0.262, paint.stroke(mix(made.glow, WHITE, 0.25), width, strength * breath))
    canvas.drawCircle(0, 0, 0.262, paint.stroke(WHITE, 0.004, 0.8 * breath))
    canvas.rotate(-70 + 250 * glint)
    for half, strength in ((16, 0.10), (9, 0.12), (4, 0.14)):
        fan = skia.Path()
        fan.moveTo(0, 0)
        fan.arcTo(skia.Rect(-0.236, -0.236, 0.236, 0.236), -half, 2 * half, False)
        fan.close()
        canvas.drawPath(fan, paint.fill(WHITE, strength))


def draw_opening(canvas: Any, made: Stuff) -> None:
    """The cushion's face: soft leather that falls into the opening, and the mesh in its depth."""
    canvas.save()
    canvas.scale(BROAD, TALL)
    dark, lit = mix(made.leather, BLACK, 0.75), made.leather_lit
    roll = ((0.50, dark, 1), (0.60, made.leather, 1), (0.76, mix(made.leather, lit, 0.75), 1),
            (0.90, mix(made.leather, lit, 0.25), 1), (1, mix(made.leather, BLACK, 0.25), 1))  # fmt: skip
    canvas.drawCircle(0, 0, 0.328, paint.halo((0, 0), 0.328, *roll))
    shade = ((0, lit, 0.35), (0.45, BLACK, 0.0), (1, BLACK, 0.55))
    canvas.drawCircle(0, 0, 0.328, paint.ramp((-0.2, -0.3), (0.2, 0.3), *shade))
    _mesh(canvas, made)
    for k in range(44):
        angle = k * math.tau / 44
        cos, sin = math.cos(angle), math.sin(angle)
        crease = paint.stroke(BLACK, 0.0035, 0.22 + 0.1 * (k % 3), StrokeCap=skia.Paint.kRound_Cap)
        canvas.drawLine(
            0.178 * cos, 0.178 * sin, (0.20 + 0.014 * (k * 7 % 5)) * cos, (0.20 + 0.014 * (k * 7 % 5)) * sin, crease
        )
    canvas.restore()


def _mesh(canvas: Any, made: Stuff) -> None:
    """Cloth over the driver, deep in the cushion."""
    well = ((0, WHITE * 0.10, 1), (0.7, WHITE * 0.04, 1), (1, BLACK, 1))
    canvas.drawCircle(0, 0, 0.178, paint.halo((0.03, 0.03), 0.2, *well))
    canvas.save()
    ring = skia.Path()
    ring.addCircle(0, 0, 0.176)
    canvas.clipPath(ring, True)
    u, v = np.meshgrid(np.arange(-0.18, 0.18, 0.016), np.arange(-0.18, 0.18, 0.014))
    spots = np.column_stack(((u + 0.008 * (np.arange(len(u)) % 2)[:, None]).ravel(), v.ravel()))
    holes = paint.stroke(mix(made.glow, WHITE, 0.3), 0.0075, 0.30, StrokeCap=skia.Paint.kRound_Cap)
    canvas.drawPoints(skia.Canvas.PointMode.kPoints_PointMode, points(spots), holes)
    canvas.restore()
    fall = ((0.55, BLACK, 0), (1, BLACK, 0.9))
    canvas.drawCircle(0, 0, 0.180, paint.halo((0.02, 0.03), 0.185, *fall))
