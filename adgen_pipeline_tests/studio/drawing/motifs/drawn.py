"""Motifs drawn for the tests: as arrays of premultiplied red, green, blue, alpha, on nothing."""

import colorsys
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look, Motif
from adgen_pipeline.studio.drawing.palette import palette
from adgen_pipeline.studio.drawing.skia_door import skia

Picture = NDArray[np.uint8]

SCALE = 120  # pixels a unit
MARGIN = 60  # pixels kept around the extent
GOLD, BLUE, CORAL = ["#D4AF37", "#000000"], ["#1E6FFF", "#0A1020"], ["#FF5A3C", "#FFFFFF"]


def look(colours: list[str] = GOLD, brand: str | None = None, seed: int = 7) -> Look:
    """A look on a dark scene."""
    return Look(palette(colours), brand, seed)


def still(motif: Motif, seen: Look) -> Picture:
    """What `still` draws."""
    return _drawn(motif, lambda canvas: motif.still(canvas, seen))


def moving(motif: Motif, seen: Look, seconds: float, glint: float) -> Picture:
    """What `moving` alone draws."""
    return _drawn(motif, lambda canvas: motif.moving(canvas, seen, seconds, glint))


def box(picture: Picture) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of all that is drawn, in pixels from the upper left of the motif's extent."""
    rows, columns = np.nonzero(picture.any(axis=2))
    return (
        float(columns.min() - MARGIN),
        float(rows.min() - MARGIN),
        float(columns.max() + 1 - MARGIN),
        float(rows.max() + 1 - MARGIN),
    )


def units(motif: Motif, picture: Picture) -> tuple[float, float, float, float]:
    """`box` in the motif's own units."""
    left, top, right, bottom = box(picture)
    x, y = motif.extent[:2]
    return left / SCALE + x, top / SCALE + y, right / SCALE + x, bottom / SCALE + y


def share_near_hue(picture: Picture, colour: str) -> float:
    """The share of the drawn pixels that are colourful and within 20 degrees of the hue of `colour`."""
    wanted = colorsys.rgb_to_hsv(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))[0]
    solid = picture[picture[..., 3] > 128].astype(float)[::7]
    tones = [colorsys.rgb_to_hsv(*(pixel[:3] / pixel[3]).clip(0, 1)) for pixel in solid]
    near = [s > 0.3 and v > 0.15 and abs((h - wanted + 0.5) % 1 - 0.5) < 20 / 360 for h, s, v in tones]
    return float(np.mean(near))


def alpha_at(motif: Motif, picture: Picture, x: float, y: float) -> int:
    """How solid the picture is at a point in the motif's units (0 to 255)."""
    left, top = motif.extent[:2]
    return int(picture[round((y - top) * SCALE) + MARGIN, round((x - left) * SCALE) + MARGIN, 3])


def fits_closely(motif: Motif, picture: Picture, room: float = 0.1) -> bool:
    """Whether all that is drawn lies inside the motif's extent, within `room` units of each of its sides."""
    found, said = np.array(units(motif, picture)), np.array(motif.extent)
    inward = (found - said) * (1, 1, -1, -1)
    return bool((inward >= 0).all() and (inward < room).all())


def part(motif: Motif, picture: Picture, where: tuple[float, float, float, float]) -> Picture:
    """The pixels within `where` (left, top, right, bottom in units), without their alpha."""
    origin = motif.extent[:2] * 2
    left, top, right, bottom = (round((v - o) * SCALE) + MARGIN for v, o in zip(where, origin, strict=True))
    return picture[top:bottom, left:right, :3]


def written_within(motif: Motif, brand: str, where: tuple[float, float, float, float]) -> bool:
    """Whether `brand` changes what is drawn, visibly, and only within `where` (left, top, right, bottom in units)."""
    plain = still(motif, look()).astype(int)
    changed = np.abs(still(motif, look(brand=brand)) - plain)
    left, top, right, bottom = units(motif, (changed > 0).astype(np.uint8))
    inside = left >= where[0] and top >= where[1] and right <= where[2] and bottom <= where[3]
    return inside and bool((changed.max(axis=2) > 20).sum() > 100)


def repeats(motif: Motif) -> bool:
    """Whether the motif draws the same bytes for the same look, still and moving, and others for another seed."""
    seen = look(brand="AURUM")
    once, again, other = (still(motif, each).tobytes() for each in (seen, seen, look(brand="AURUM", seed=8)))
    moved = [moving(motif, seen, 1.3, 0.4).tobytes() for _ in range(2)]
    return once == again != other and moved[0] == moved[1]


def _drawn(motif: Motif, draw: Any) -> Picture:
    left, top, right, bottom = motif.extent
    made = paint.surface((right - left) * SCALE + 2 * MARGIN, (bottom - top) * SCALE + 2 * MARGIN)
    canvas = made.getCanvas()
    canvas.translate(MARGIN - left * SCALE, MARGIN - top * SCALE)
    canvas.scale(SCALE, SCALE)
    draw(canvas)
    return made.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType).copy()
