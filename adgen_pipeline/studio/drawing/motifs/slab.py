"""A slab of metal with round corners, as the bodies of phones and laptops are milled from."""

from collections.abc import Callable
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials
from adgen_pipeline.studio.drawing.palette import BLACK, mix

_RING = 0.06
"""Units by which the slices reach inward: as far as the eye can look past the face of a slab."""


def draw_slab(
    canvas: Any, plane: Callable[[float], Any], outline: Any, radius: float, made: Materials, *, slices: int = 44,
    rounded: float = 0.026,
) -> None:  # fmt: skip
    """The sides of a slab, slice by slice: `plane` is the matrix of the slice at 0 (the back) to 1 (the face).

    `outline` (a rectangle, corners of `radius`) shrinks by `rounded` toward both faces. The face is not drawn.
    """
    dark, (left, top, right, bottom) = mix(made.shade, BLACK, 0.45), _corners(outline)
    for k in range(slices + 1):
        along = k / slices
        inset = rounded * (1 - float(np.sqrt(max(0.0, 1 - (2 * along - 1) ** 8))))
        light = _light(along)
        lit, plain = mix(dark, made.lit, light), mix(dark, made.metal, light)
        half, low = mix(dark, plain, 0.65), mix(dark, plain, 0.5)
        sheen = ((0, lit, 1), (0.12, plain, 1), (0.34, lit, 1), (0.55, half, 1), (0.8, plain, 1), (1, low, 1))
        canvas.save()
        canvas.concat(plane(along))
        inner = inset + _RING / 2
        run = paint.ramp((0.6 * left, top), (0.6 * right, bottom), *sheen, **paint.lined(_RING))
        canvas.drawRoundRect(outline.makeInset(inner, inner), radius - inner, radius - inner, run)
        canvas.restore()


def _light(along: float) -> float:
    """How bright the side is from the back (0) to the face (1): two polished edges, brushed metal between them."""
    edges = np.exp(-(((along - 0.10) / 0.05) ** 2)) + 1.2 * np.exp(-(((along - 0.90) / 0.06) ** 2))
    brushed = 0.015 * np.sin(along * 97.0)
    return float(np.clip(0.22 + 0.34 * along + 0.55 * edges + brushed, 0, 1))


def _corners(box: Any) -> tuple[float, float, float, float]:
    return box.left(), box.top(), box.right(), box.bottom()
