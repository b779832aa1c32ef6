"""The product's still as one picture: drawn once, with its shadow and, where it stands on a floor, its reflection."""

import math
from typing import Any

from adgen_pipeline.studio.drawing.layout import Placement
from adgen_pipeline.studio.drawing.motifs.base import Look, Motif
from adgen_pipeline.studio.drawing.paint import fill, linear, rgba, shaded, surface
from adgen_pipeline.studio.drawing.palette import BLACK, mix
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.frame import Box

_REACH = 0.13
"""How far beyond the frame (share of a side) the picture is drawn, for the camera to move over."""


class Product:
    """One motif, placed. Draw it under the camera's transform of depth 1."""

    def __init__(self, motif: Motif, look: Look, placement: Placement, size: tuple[int, int], *, standing: bool):
        self._motif, self._look, self._placement = motif, look, placement
        self._region = _region(placement.box(motif.extent), placement, size)
        self._still = self._baked(standing)

    def draw(self, canvas: Any, seconds: float, glint: float) -> None:
        """Draw the product as it is at `seconds`."""
        canvas.drawImage(
            self._still, self._region.left, self._region.top, skia.SamplingOptions(skia.FilterMode.kLinear)
        )
        canvas.save()
        self._enter(canvas)
        self._motif.moving(canvas, self._look, seconds, glint)
        canvas.restore()

    def _baked(self, standing: bool) -> Any:
        made = surface(self._region.width, self._region.height)
        canvas = made.getCanvas()
        canvas.translate(-self._region.left, -self._region.top)
        if standing:
            self._ground(canvas)
            self._draw_still(canvas)
        else:
            canvas.saveLayer(paint=skia.Paint(ImageFilter=self._shadow()))
            self._draw_still(canvas)
            canvas.restore()
        return made.makeImageSnapshot()

    def _draw_still(self, canvas: Any) -> None:
        canvas.save()
        self._enter(canvas)
        self._motif.still(canvas, self._look)
        canvas.restore()

    def _enter(self, canvas: Any) -> None:
        at = self._placement
        canvas.translate(at.x, at.y)
        canvas.rotate(at.turn)
        canvas.scale(at.scale, at.scale)

    def _shadow(self) -> Any:
        scale, strength = self._placement.scale, 0.34 if self._look.light else 0.6
        tone = mix(self._look.palette.low, BLACK, 0.5)
        return skia.ImageFilters.DropShadow(0, 0.10 * scale, 0.11 * scale, 0.11 * scale, rgba(tone, strength))

    def _ground(self, canvas: Any) -> None:
        """Reflection and contact shadow below the product's lowest line."""
        left, _, right, bottom = self._placement.box(self._motif.extent)
        self._reflection(canvas, bottom)
        spread, flat = 0.46 * (right - left), 0.045 * self._placement.scale
        x, strength = (left + right) / 2, 0.30 if self._look.light else 0.75
        tone = mix(self._look.palette.low, BLACK, 0.6)
        for share, more in ((1.0, 0.45), (0.8, 1.0)):
            oval = skia.Rect(x - share * spread, bottom - flat * 1.6 * share, x + share * spread, bottom + flat * share)
            canvas.drawOval(oval, fill(tone, strength * more, blur=0.05 * share**2 * self._placement.scale))

    def _reflection(self, canvas: Any, bottom: float) -> None:
        depth, strength = 0.34 * self._placement.scale, 0.22 if self._look.light else 0.30
        box = skia.Rect(self._region.left, bottom, self._region.right, bottom + depth)
        canvas.saveLayer(
            box,
            skia.Paint(
                ImageFilter=skia.ImageFilters.Blur(0.006 * self._placement.scale, 0.012 * self._placement.scale)
            ),
        )
        canvas.translate(0, 2 * bottom)
        canvas.scale(1, -1)
        self._draw_still(canvas)
        canvas.scale(1, -1)
        canvas.translate(0, -2 * bottom)
        fade = linear((0, bottom), (0, bottom + depth), (0, rgba(BLACK, strength)), (1, rgba(BLACK, 0)))
        canvas.drawRect(box, shaded(fade, BlendMode=skia.BlendMode.kDstIn))
        canvas.restore()


def _region(box: Box, placement: Placement, size: tuple[int, int]) -> Box:
    """The whole pixels to draw: the product and its shadow, as far as the camera can see."""
    (width, height), edge = size, 0.45 * placement.scale
    return Box(
        math.floor(max(box.left - edge, -_REACH * width)),
        math.floor(max(box.top - edge, -_REACH * height)),
        math.ceil(min(box.right + edge, (1 + _REACH) * width)),
        math.ceil(min(box.bottom + edge, (1 + _REACH) * height)),
    )
