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


def _drawn(motif: Motif, draw: Any) -> Picture:
    left, top, right, bottom = motif.extent
    made = paint.surface((right - left) * SCALE + 2 * MARGIN, (bottom - top) * SCALE + 2 * MARGIN)
    canvas = made.getCanvas()
    canvas.translate(MARGIN - left * SCALE, MARGIN - top * SCALE)
    canvas.scale(SCALE, SCALE)
    draw(canvas)
    return made.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType).copy()
