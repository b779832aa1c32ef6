"""What is behind the product: a pool of light, rays, lights out of focus; one picture, larger than the frame."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.paint import SMOOTH, fill, halo, linear, radial, rgba, shaded, stroke, surface
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Palette, mix
from adgen_pipeline.studio.drawing.picture import as_image, as_pixels
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia

OVERSCAN = 0.10
"""Share of the frame that the backdrop reaches beyond each of its edges."""

_GRAIN = 1.1
"""Levels (of 255) of still noise: enough to break the bands of a slow gradient, too little to be seen."""


@dataclass(frozen=True)
class Room:
    """The space of a scene: frame size, where its light falls and the floor's height if it has one (pixels).

    `quiet` is a veil of the frame's size that calms the part of the backdrop in front of which words will stand.
    """

    size: tuple[int, int]
    light: tuple[float, float]
    floor: float | None
    quiet: Any


def backdrop(room: Room, tones: Palette, style: Style, rng: np.random.Generator) -> tuple[Any, float, float]:
    """The backdrop's image and the pixels it begins left of and above the frame."""
    width, height = room.size
    left, top = round(OVERSCAN * width), round(OVERSCAN * height)
    made = surface(width + 2 * left, height + 2 * top)
    canvas = made.getCanvas()
    canvas.translate(left, top)
    _pool_of_light(canvas, room, tones, style)
    _quieten(canvas, room, left, top)
    _halo(canvas, room, tones, style)
    _rays(canvas, room, tones, style, rng)
    if room.floor is not None:
        _floor(canvas, room, tones, style)
    _lights_out_of_focus(canvas, room, tones, style, rng)
    _vignette(canvas, room, tones, style)
    return _grained(made.makeImageSnapshot(), rng), left, top


def _pool_of_light(canvas: Any, room: Room, tones: Palette, style: Style) -> None:
    reach = 0.95 * max(room.size)
    bright = mix(tones.near, tones.glow, 0.45 + 0.55 * style.glow)
    stops = (
        (0.0, rgba(bright)),
        (0.26, rgba(mix(bright, tones.near, 0.8))),
        (0.6, rgba(mix(tones.near, tones.far, 0.7))),
        (1.0, rgba(tones.far)),
    )
    canvas.drawPaint(shaded(radial(room.light, reach, *stops)))


def _halo(canvas: Any, room: Room, tones: Palette, style: Style) -> None:
    """The light right behind the product, which sets it off from the dark."""
    reach = 0.80 * min(room.size)
    lit = WHITE if style.light else 1.7 * tones.glow
    strength = (0.25 + 0.5 * style.glow) * (1.0 if style.light else 0.85)
    stops = ((0, lit, strength), (0.35, lit, 0.55 * strength), (0.7, lit, 0.14 * strength), (1, lit, 0))
    canvas.drawCircle(*room.light, reach, halo(room.light, reach, *stops))


def _floor(canvas: Any, room: Room, tones: Palette, style: Style) -> None:
    """A surface the product stands on: its far edge blurred, lit in the middle."""
    assert room.floor is not None
    (width, height), short = room.size, min(room.size)
    edge, x = room.floor - 0.10 * short, room.light[0]
    tone = mix(tones.near, WHITE, 0.35) if style.light else mix(tones.far, BLACK, 0.35)
    body = shaded(
        linear((0, edge), (0, edge + 0.5 * short), (0, rgba(tone, 0.0)), (0.18, rgba(tone, 0.75)), (1, rgba(tone, 0.9)))
    )
    canvas.drawRect(skia.Rect(-width, edge, 2 * width, 2 * height), body)
    canvas.save()
    canvas.translate(x, room.floor)
    canvas.scale(1, 0.20)
    lit = WHITE if style.light else mix(tones.accent, tones.high, 0.3)
    strength = 0.55 if style.light else 0.16 + 0.16 * style.glow
    canvas.drawCircle(
        0, 0, 0.62 * short, shaded(radial((0, 0), 0.62 * short, (0, rgba(lit, strength)), (1, rgba(lit, 0))))
    )
    canvas.restore()


def _rays(canvas: Any, room: Room, tones: Palette, style: Style, rng: np.random.Generator) -> None:
    """Shafts of light from behind the product."""
    reach = max(room.size)
    lit, strength = (WHITE, 0.32) if style.light else (mix(tones.accent, tones.high, 0.5), 0.11)
    beam = radial(
        (0, 0),
        reach,
        (0, rgba(lit, strength * style.rays)),
        (0.4, rgba(lit, 0.35 * strength * style.rays)),
        (0.9, rgba(lit, 0)),
    )
    paint = shaded(beam, MaskFilter=skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.009 * min(room.size)))
    canvas.save()
    canvas.translate(*room.light)
    for angle, spread in zip(rng.uniform(0, math.tau, 24), rng.uniform(0.02, 0.08, 24), strict=True):
        path = skia.Path()
        path.moveTo(0, 0)
        for side in (angle - spread, angle + spread):
            path.lineTo(2 * reach * math.cos(side), 2 * reach * math.sin(side))
        path.close()
        canvas.drawPath(path, paint)
    canvas.restore()


def _lights_out_of_focus(canvas: Any, room: Room, tones: Palette, style: Style, rng: np.random.Generator) -> None:
    (width, height), short = room.size, min(room.size)
    for _ in range(round(6 + 26 * style.bokeh)):
        x, y = rng.uniform(-0.1, 1.1) * width, rng.uniform(-0.1, 1.1) * height
        radius, shine = rng.uniform(0.03, 0.12) * short, rng.uniform(0.03, 0.09)
        tone = mix(WHITE if style.light else tones.accent, tones.high, rng.uniform(0, 0.6))
        if style.light:
            shine *= 2.4
        canvas.drawCircle(x, y, radius, fill(tone, shine, blur=rng.uniform(0.004, 0.014) * short))
        canvas.drawCircle(x, y, 0.97 * radius, stroke(tone, 0.003 * short, 0.8 * shine, blur=0.003 * short))


def _vignette(canvas: Any, room: Room, tones: Palette, style: Style) -> None:
    """Darker corners that hold the eye in the picture; in a light scene barely so."""
    width, height = room.size
    tone = mix(tones.far, tones.accent, 0.25) if style.light else BLACK
    strength = 0.22 if style.light else 0.62
    reach = 0.5 * math.hypot(width, height)
    edge = radial((width / 2, height / 2), reach * 1.12, (0.45, rgba(tone, 0)), (1, rgba(tone, strength)))
    canvas.drawPaint(shaded(edge))


def _quieten(canvas: Any, room: Room, left: int, top: int) -> None:
    """Draw the veil over the whole backdrop: its rim is stretched over what lies beyond the frame."""
    width, height = room.size
    whole = skia.Rect(-left, -top, width + left, height + top)
    canvas.drawImageRect(room.quiet, whole, SMOOTH)


def _grained(image: Any, rng: np.random.Generator) -> Any:
    pixels = as_pixels(image)
    noise = rng.standard_normal(pixels.shape[:2], np.float32) * _GRAIN
    return as_image(np.clip(pixels[..., :3] + noise[..., None] + 0.5, 0, 255).astype(np.uint8))
