"""The dial of a watch: sunburst, chapter ring, applied indices, subdials."""

import math
from dataclasses import dataclass
from typing import Any

from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.paint import fill, font, linear, radial, rgba, shaded, stroke
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

SUBDIALS = ((-0.37, 0.0), (0.37, 0.0), (0.0, 0.37))
"""Middles of the three small dials, in units of the watch."""

RADIUS = 0.83
_SUBDIAL = 0.205


@dataclass(frozen=True)
class Materials:
    """What the watch is made of: polished metal (lit, plain, shaded), the dial's two tones, its print."""

    lit: Colour
    metal: Colour
    shade: Colour
    deep: Colour
    sheen: Colour
    print: Colour
    mark: Colour


def materials(look: Look) -> Materials:
    """Warm brand colours become the metal; any other goes into the dial of a steel watch."""
    tones = look.palette
    warm = _is_metal(tones.accent)
    steel = mix(WHITE * 0.72, tones.accent, 0.05)
    metal = tones.accent if warm else steel
    lit, shade = (tones.high, tones.low) if warm else (WHITE * 0.97, WHITE * 0.17)
    if look.light and (warm or luminance(tones.accent) > 0.5):
        deep, sheen, ink = WHITE * 0.80, WHITE * 0.99, WHITE * 0.16
    elif warm:
        deep, sheen, ink = WHITE * 0.035, WHITE * 0.23, mix(WHITE, tones.accent, 0.1)
    else:
        deep, sheen, ink = mix(BLACK, tones.accent, 0.16), mix(BLACK, tones.accent, 0.80), WHITE
    return Materials(lit, metal, shade, deep, sheen, ink, metal if warm else lit)


def dial(canvas: Any, look: Look, made: Materials) -> None:
    """The whole dial, radius `RADIUS`."""
    _sunburst(canvas, made)
    _chapter_ring(canvas, made)
    for x, y in SUBDIALS:
        canvas.save()
        canvas.translate(x, y)
        _subdial(canvas, made)
        canvas.restore()
    for hour in range(12):
        canvas.save()
        canvas.rotate(hour * 30)
        _index(canvas, made, hour)
        canvas.restore()
    if look.brand:
        _name(canvas, look.brand, made)
    _sunken_edge(canvas)


def sweep(colours: list[Colour], stops: list[float], turn: float = 0.0) -> Any:
    """A gradient around the middle; the last colour should be the first."""
    around = skia.Matrix.RotateDeg(turn)
    return skia.GradientShader.MakeSweep(
        0, 0, [rgba(c) for c in colours], stops, skia.TileMode.kClamp, 0, 360, 0, around
    )


def _is_metal(accent: Colour) -> bool:
    red, green, blue = (float(value) for value in accent)
    return red > green > blue and green - blue + 0.25 * (red - green) > 0.15 and red - green < 0.45 and red > 0.4


def _sunburst(canvas: Any, made: Materials) -> None:
    """Two broad reflections and fine radial brushing."""
    steps = 180
    colours = []
    for step in range(steps + 1):
        angle = step / steps * math.tau
        broad = (0.5 + 0.5 * math.cos(2 * angle - 0.9)) ** 3
        fine = 0.5 + 0.5 * math.sin(step * 2.399) * math.sin(step * 0.713)
        colours.append(mix(made.deep, made.sheen, 0.06 + 0.80 * broad + 0.10 * fine * (0.3 + broad)))
    colours[-1] = colours[0]
    stops = [step / steps for step in range(steps + 1)]
    canvas.drawCircle(0, 0, RADIUS, shaded(sweep(colours, stops)))
    dark = mix(made.deep, BLACK, 0.6)
    fade = radial((0, 0), RADIUS, (0, rgba(dark, 0.05)), (0.55, rgba(dark, 0.18)), (1, rgba(dark, 0.72)))
    canvas.drawCircle(0, 0, RADIUS, shaded(fade))


def _chapter_ring(canvas: Any, made: Materials) -> None:
    for tick in range(240):
        angle, whole = tick * math.pi / 120, tick % 4 == 0
        inner = 0.772 if whole else 0.79
        x, y = math.cos(angle), math.sin(angle)
        paint = stroke(made.print, 0.007 if whole else 0.003, 0.85 if whole else 0.4)
        canvas.drawLine(inner * x, inner * y, 0.812 * x, 0.812 * y, paint)


def _index(canvas: Any, made: Materials, hour: int) -> None:
    """One applied baton: shadow, body with a bevel, a bright edge."""
    foot = -0.60 if hour % 3 == 0 else -0.63
    for x in (-0.034, 0.034) if hour == 0 else (0.0,):
        body = skia.Rect(x - 0.023, -0.752, x + 0.023, foot)
        canvas.drawRect(body.makeOffset(0.012, 0.014), fill(BLACK, 0.55, blur=0.010))
        across = linear(
            (x - 0.023, 0), (x + 0.023, 0), (0, rgba(made.lit)), (0.46, rgba(made.mark)),
            (0.5, rgba(mix(made.mark, made.shade, 0.45))), (1, rgba(made.shade)),
        )  # fmt: skip
        canvas.drawRect(body, shaded(across))
        canvas.drawLine(x - 0.022, -0.751, x + 0.022, -0.751, stroke(made.lit, 0.004, 0.9))
        canvas.drawRect(body, stroke(BLACK, 0.0025, 0.35))


def _subdial(canvas: Any, made: Materials) -> None:
    """A sunken small dial with turned grooves and a polished rim."""
    canvas.drawCircle(0, 0.006, _SUBDIAL + 0.014, fill(BLACK, 0.35, blur=0.012))
    well = linear(
        (0, -_SUBDIAL),
        (0, _SUBDIAL),
        (0, rgba(mix(made.deep, BLACK, 0.35))),
        (1, rgba(mix(made.deep, made.sheen, 0.42))),
    )
    canvas.drawCircle(0, 0, _SUBDIAL, shaded(well))
    for groove in range(22):
        radius = 0.012 + 0.0068 * groove
        canvas.drawCircle(0, 0, radius, stroke(made.print, 0.0018, 0.05 + 0.05 * (groove % 3 == 0)))
    for tick in range(30):
        angle, whole = tick * math.pi / 15, tick % 5 == 0
        x, y = math.cos(angle), math.sin(angle)
        canvas.drawLine(0.166 * x, 0.166 * y, 0.186 * x, 0.186 * y, stroke(made.print, 0.0055, 0.85 if whole else 0.4))
    rim = sweep([made.metal, made.lit, made.metal, made.shade, made.metal], [0, 0.2, 0.45, 0.75, 1], 160)
    canvas.drawCircle(0, 0, _SUBDIAL, shaded(rim, Style=skia.Paint.kStroke_Style, StrokeWidth=0.013))


def _name(canvas: Any, brand: str, made: Materials) -> None:
    """The brand below twelve o'clock, spaced, and never wider than the dial is there."""
    # Type is set in thousandths: skia lays letters out on a grid too coarse for sizes below one.
    scale, size, spacing = 0.001, 76.0, 18.0
    letters = font("serif-bold", size)
    word = brand.upper()
    widths = [letters.measureText(letter) for letter in word]
    total = sum(widths) + spacing * (len(word) - 1)
    canvas.save()
    canvas.translate(0, -0.37)
    canvas.scale(scale * min(1, 620 / total), scale * min(1, 620 / total))
    x = -total / 2
    for letter, width in zip(word, widths, strict=True):
        canvas.drawString(letter, x + 3, 3, letters, fill(BLACK, 0.5))
        canvas.drawString(letter, x, 0, letters, fill(made.mark))
        x += width + spacing
    canvas.restore()


def _sunken_edge(canvas: Any) -> None:
    """The shadow the case throws on the dial, from the light above left."""
    ring = skia.Path()
    ring.addCircle(0, 0, RADIUS)
    canvas.save()
    canvas.clipPath(ring, True)
    canvas.drawCircle(0.022, 0.034, RADIUS + 0.03, stroke(BLACK, 0.09, 0.6, blur=0.024))
    canvas.restore()
