"""What a screen shows: cards, charts, rings and lines that stand for words, in the brand's colours."""

import colorsys
import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import Curve, line, shape
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in units."""


@dataclass(frozen=True)
class Tones:
    """A screen's colours: `ground` and `card` behind, `ink` and `faint` for what stands for words, the brand's
    `accent`, its neighbour `second`, and `bloom` for the light in the wallpaper."""

    ground: Colour
    card: Colour
    ink: Colour
    faint: Colour
    accent: Colour
    second: Colour
    bloom: Colour


def tones_of(look: Look) -> Tones:
    """Bright cards in a light scene, dark ones in a dark scene."""
    accent = look.palette.accent
    if look.light and luminance(accent) > 0.90:
        accent = WHITE * 0.16  # on paper, a white brand writes in black
    second = neighbour(accent, 28 if luminance(accent) < 0.45 else -24)
    if look.light:
        return Tones(
            mix(WHITE, accent, 0.10), WHITE, mix(BLACK, accent, 0.14), mix(WHITE * 0.78, accent, 0.10),
            accent, second, mix(WHITE, accent, 0.45),
        )  # fmt: skip
    ground = mix(look.palette.ground, BLACK, 0.25)
    return Tones(
        mix(ground, accent, 0.07), mix(mix(ground, WHITE, 0.11), accent, 0.06), mix(WHITE, accent, 0.06),
        mix(mix(ground, WHITE, 0.36), accent, 0.08), accent, second, accent,
    )  # fmt: skip


def neighbour(colour: Colour, degrees: float) -> Colour:
    """`colour` with its hue turned by `degrees`."""
    hue, light, saturation = colorsys.rgb_to_hls(*colour)
    return np.array(colorsys.hls_to_rgb((hue + degrees / 360) % 1, light, saturation))


def ink_on_accent(tones: Tones) -> Colour:
    """What can be read on the brand's colour."""
    return WHITE if luminance(tones.accent) < 0.62 else mix(BLACK, tones.accent, 0.16)


def lifted(canvas: Any, box: Box, radius: float) -> None:
    """The soft shade below a card."""
    left, top, right, bottom = box
    panel(canvas, (left + 0.02, top + 0.03, right - 0.02, bottom + 0.022), radius, paint.fill(BLACK, 0.22, blur=0.016))


def panel(canvas: Any, box: Box, radius: float, ink: Any) -> None:
    """A box with round corners."""
    canvas.drawRoundRect(skia.Rect(*box), radius, radius, ink)


def bar(canvas: Any, x: float, y: float, width: float, height: float, ink: Any) -> None:
    """A line that stands for words, from `x` to the right, `y` its middle."""
    panel(canvas, (x, y - height / 2, x + width, y + height / 2), height / 2, ink)


def avatar(canvas: Any, x: float, y: float, radius: float, back: Colour, front: Colour) -> None:
    """Somebody: head and shoulders in a circle."""
    canvas.drawCircle(x, y, radius, paint.fill(back))
    canvas.drawCircle(x, y - 0.22 * radius, 0.34 * radius, paint.fill(front))
    canvas.save()
    canvas.clipRect(skia.Rect(x - radius, y + 0.2 * radius, x + radius, y + 0.74 * radius), doAntiAlias=True)
    canvas.drawCircle(x, y + 0.80 * radius, 0.53 * radius, paint.fill(front))
    canvas.restore()


def ring(canvas: Any, x: float, y: float, radius: float, share: float, tones: Tones) -> None:
    """A ring, closed to `share` from its top."""
    width = 0.30 * radius
    round_ends = {"StrokeCap": skia.Paint.kRound_Cap}
    canvas.drawCircle(x, y, radius, paint.stroke(tones.faint, width, 0.4))
    arc = skia.Rect(x - radius, y - radius, x + radius, y + radius)
    sheen = ((0, tones.second, 1.0), (1, tones.accent, 1.0))
    run = paint.ramp((x, y - radius), (x, y + radius), *sheen, **paint.lined(width), **round_ends)
    canvas.drawArc(arc, -90, 360 * share, False, run)


def trend(box: Box, seed: int, steps: int = 90) -> Curve:
    """A line that rises through `box` with the ups and downs of `seed`."""
    left, top, right, bottom = box
    phases = np.random.default_rng(seed).uniform(0, math.tau, 3)
    t = np.linspace(0, 1, steps)
    waves = sum(
        np.sin(t * pace + phase) * size for pace, phase, size in zip((7, 13, 21), phases, (10, 5, 2), strict=True)
    )
    height = 0.16 + 0.62 * t**1.25 + 0.011 * (waves - waves[0] * (1 - t))
    return np.column_stack((left + t * (right - left), bottom - np.clip(height, 0.02, 1) * (bottom - top)))


def draw_trend(canvas: Any, run: Curve, bottom: float, ink: Colour, width: float) -> None:
    """A chart of `run`: its line, and light below it down to `bottom`."""
    foot = np.array(((run[-1, 0], bottom), (run[0, 0], bottom)))
    top = float(run[:, 1].min())
    canvas.drawPath(shape(run, foot), paint.ramp((0, top), (0, bottom), (0, ink, 0.42), (1, ink, 0.0)))
    joined = {"StrokeCap": skia.Paint.kRound_Cap, "StrokeJoin": skia.Paint.kRound_Join}
    canvas.drawPath(line(run), paint.stroke(ink, width, 0.98, **joined))


def columns(canvas: Any, box: Box, shares: list[float], tones: Tones, *, marked: int) -> None:
    """A bar chart; the column `marked` in the brand's colour."""
    left, top, right, bottom = box
    pitch = (right - left) / len(shares)
    for k, share in enumerate(shares):
        x, high = left + (k + 0.22) * pitch, bottom - share * (bottom - top)
        first, last = (tones.accent, tones.second) if k == marked else (tones.faint, tones.faint)
        ink = paint.ramp((0, high), (0, bottom), (0, first, 1), (1, last, 0.75))
        panel(canvas, (x, high, x + 0.56 * pitch, bottom), 0.2 * pitch, ink)


def wallpaper(canvas: Any, box: Box, tones: Tones, strength: float) -> None:
    """The ground of a screen, with the brand's light in two of its corners."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    area = skia.Rect(*box)
    canvas.drawRect(area, paint.fill(tones.ground))
    for x, y, reach, tone, share in (
        (left + 0.1 * width, top + 0.02 * height, 0.62, tones.bloom, 1.0),
        (right, top + 0.62 * height, 0.5, tones.second, 0.7),
        (left, bottom, 0.42, tones.bloom, 0.5),
    ):
        stops = ((0, tone, strength * share), (0.5, tone, 0.36 * strength * share), (1, tone, 0))
        canvas.drawRect(area, paint.halo((x, y), reach * max(width, height), *stops))
