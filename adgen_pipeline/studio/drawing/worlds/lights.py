"""Light that several worlds use: pools, shafts, lights out of focus, vignettes."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.paint import fill, halo, radial, rgba, shaded, stroke
from adgen_pipeline.studio.drawing.palette import Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.worlds.base import Room

Point = tuple[float, float]


def pool(canvas: Any, centre: Point, reach: float, lit: Colour, dim: Colour) -> None:
    """Paint everything: `lit` at `centre`, `dim` from `reach` pixels on."""
    stops = ((0.0, lit), (0.28, mix(lit, dim, 0.22)), (0.62, mix(lit, dim, 0.72)), (1.0, dim))
    canvas.drawPaint(shaded(radial(centre, reach, *((at, rgba(colour)) for at, colour in stops))))


def glow(canvas: Any, centre: Point, reach: float, tone: Colour, strength: float, flat: float = 1.0) -> None:
    """A soft light on what is there; `flat` below 1 makes it an oval, as on a floor."""
    canvas.save()
    canvas.translate(*centre)
    canvas.scale(1, flat)
    stops = ((0, tone, strength), (0.35, tone, 0.55 * strength), (0.7, tone, 0.14 * strength), (1, tone, 0))
    canvas.drawCircle(0, 0, reach, halo((0, 0), reach, *stops))
    canvas.restore()


def rays(canvas: Any, room: Room, tone: Colour, strength: float, rng: np.random.Generator) -> None:
    """Shafts of light from behind the product."""
    reach = max(room.size)
    stops = ((0, rgba(tone, strength)), (0.4, rgba(tone, 0.35 * strength)), (0.9, rgba(tone, 0)))
    blur = skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.009 * room.short)
    paint = shaded(radial((0, 0), reach, *stops), MaskFilter=blur)
    canvas.save()
    canvas.translate(*room.light)
    for angle, spread in zip(rng.uniform(0, math.tau, 18), rng.uniform(0.02, 0.08, 18), strict=True):
        canvas.drawPath(wedge(angle - spread, angle + spread, 2 * reach), paint)
    canvas.restore()


def wedge(start: float, end: float, reach: float) -> Any:
    """A slice of a circle around (0, 0), from angle to angle (radians)."""
    path = skia.Path()
    path.addPoly(
        [skia.Point(0, 0), *(skia.Point(reach * math.cos(side), reach * math.sin(side)) for side in (start, end))], True
    )
    return path


def out_of_focus(canvas: Any, room: Room, tone: Colour, share: float, shine: float, rng: np.random.Generator) -> None:
    """Lights behind the product that are not sharp; `share` 0 to 1 is how many."""
    (width, height), short = room.size, room.short
    for _ in range(round(22 * share)):
        x, y = rng.uniform(-0.1, 1.1) * width, rng.uniform(-0.1, 1.1) * height
        radius, alpha = rng.uniform(0.02, 0.10) * short, rng.uniform(0.4, 1) * shine
        canvas.drawCircle(x, y, radius, fill(tone, alpha, blur=rng.uniform(0.004, 0.014) * short))
        canvas.drawCircle(x, y, 0.97 * radius, stroke(tone, 0.003 * short, 0.8 * alpha, blur=0.003 * short))


def vignette(canvas: Any, room: Room, tone: Colour, strength: float, start: float = 0.45) -> None:
    """Corners in `tone` that hold the eye in the picture."""
    width, height = room.size
    reach = 0.56 * math.hypot(width, height)
    canvas.drawPaint(halo((width / 2, height / 2), reach, (start, tone, 0), (1, tone, strength)))
