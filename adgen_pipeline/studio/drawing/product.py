"""The product as one picture: drawn once, with its shadow and, where it stands on a floor, its reflection."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.cover import Cover
from adgen_pipeline.studio.drawing.focus import Softened
from adgen_pipeline.studio.drawing.layout import Placement
from adgen_pipeline.studio.drawing.motifs.base import Look, Motif
from adgen_pipeline.studio.drawing.paint import SMOOTH, fill, ramp, rgba, surface
from adgen_pipeline.studio.drawing.palette import BLACK
from adgen_pipeline.studio.drawing.picture import as_pixels
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.worlds.base import Shadow
from adgen_pipeline.studio.frame import Box

_MOVES_MORE = 0.07
"""The product moves more than what is behind it: so much further (share of a side) is its picture drawn."""

_SOFTEST = 0.09, 0.028
"""Radius of the blur in which a change of focus begins: units, and of the short side at most, for close-ups."""

_BORNE = 0.72
"""Share of a product's width that a stand is at least as wide as."""

_SOLID = 200
"""Alpha (of 255) from which on a pixel is the product itself and not its soft edge."""


@dataclass(frozen=True)
class Base:
    """How a product is grounded: its shadow, and what draws the thing it stands on (None: it floats).

    `stand` is called with the canvas, where the product touches it (pixels), and pixels a unit of the motif.
    """

    shadow: Shadow
    stand: Callable[[Any, Box, float], None] | None


class Product:
    """One motif, placed. Draw it under the camera's transform of depth 1.

    Where `base` has a stand it stands on a floor whose height (pixels) `floor` tells. `beyond` is how far past the
    frame's edges (shares of its sides) the backdrop goes on. `keep_clear` is a picture of the frame's size whose alpha
    takes the product away, for parts that would run into the words.
    """

    def __init__(
        self,
        motif: Motif,
        look: Look,
        placement: Placement,
        size: tuple[int, int],
        base: Base,
        beyond: Box,
        *,
        keep_clear: Any = None,
    ):
        self._motif, self._look, self._placement, self._base = motif, look, placement, base
        self._region = _region(placement.box(motif.extent), placement, size, beyond)
        self._softest = min(_SOFTEST[0] * placement.scale, _SOFTEST[1] * min(size))
        still = self._on_surface(self._draw_still)
        self._foot = self._contact(still) if base.stand else None
        self._whole = self._on_surface(lambda canvas: self._compose(canvas, still))
        self._still, self._taken = self._whole, skia.Rect()
        if keep_clear:
            self._still = self._on_surface(partial(self._cleared, keep_clear=keep_clear))
            self._taken = _where(keep_clear)
        self._cover = Cover.of(self._still, self._region.left, self._region.top)

    @property
    def floor(self) -> float | None:
        """The height (pixels) at which it stands, or None if it floats."""
        return self._foot.bottom if self._foot else None

    @property
    def solid(self) -> Any:
        """A path (pixels of the frame) that hides all behind it, or None."""
        return self._cover.solid

    def draw(self, canvas: Any, seconds: float, glint: float, focus: float = 1.0, cleared: float = 1.0) -> None:
        """Draw the product as it is at `seconds`; out of focus below 1, at 0 as soft as it gets.

        `cleared` is the share of `keep_clear` that takes it away.
        """
        if focus >= 1:
            self._draw_sharp(canvas, seconds, glint, cleared)
        else:
            self._softened.draw(canvas, focus, lambda: self._draw_sharp(canvas, seconds, glint, cleared))

    @cached_property
    def _softened(self) -> Softened:
        place = skia.Rect(self._region.left, self._region.top, self._region.right, self._region.bottom)
        return Softened(self._still, place, self._softest)

    @cached_property
    def _whole_cover(self) -> Cover:
        return Cover.of(self._whole, self._region.left, self._region.top)

    def _draw_sharp(self, canvas: Any, seconds: float, glint: float, cleared: float) -> None:
        if cleared <= 0:
            self._draw_picture(canvas, self._whole, self._whole_cover)
        else:
            if cleared < 1 and not self._taken.isEmpty():
                self._draw_taken(canvas, 1 - cleared)
            self._draw_picture(canvas, self._still, self._cover)
        canvas.save()
        self._enter(canvas)
        self._motif.moving(canvas, self._look, seconds, glint)
        canvas.restore()

    def _draw_picture(self, canvas: Any, picture: Any, cover: Cover) -> None:
        canvas.save()
        canvas.clipPath(cover.shown, skia.ClipOp.kIntersect, False)
        canvas.drawImage(picture, self._region.left, self._region.top, SMOOTH)
        canvas.restore()

    def _draw_taken(self, canvas: Any, alpha: float) -> None:
        """What was taken away for the words, coming back under the rest."""
        canvas.save()
        canvas.clipRect(self._taken, skia.ClipOp.kIntersect, False)
        canvas.drawImage(self._whole, self._region.left, self._region.top, SMOOTH, skia.Paint(Alphaf=alpha))
        canvas.restore()

    def _on_surface(self, draw: Any) -> Any:
        made = surface(self._region.width, self._region.height)
        canvas = made.getCanvas()
        canvas.translate(-self._region.left, -self._region.top)
        draw(canvas)
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

    def _compose(self, canvas: Any, still: Any) -> None:
        left, top = self._region.left, self._region.top
        if self._foot and self._base.stand:
            self._base.stand(canvas, self._resting(still, self._foot), self._placement.scale)
            if self._base.shadow.mirror:
                self._reflect(canvas, still, self._foot.bottom)
            self._touch_down(canvas, self._foot)
            canvas.drawImage(still, left, top)
        else:
            canvas.drawImage(still, left, top, SMOOTH, skia.Paint(ImageFilter=self._shadow()))

    def _cleared(self, canvas: Any, keep_clear: Any) -> None:
        canvas.drawImage(self._whole, self._region.left, self._region.top)
        stretched = keep_clear.makeShader(skia.TileMode.kClamp, skia.TileMode.kClamp, SMOOTH)
        canvas.drawPaint(skia.Paint(Shader=stretched, BlendMode=skia.BlendMode.kDstOut))

    def _shadow(self) -> Any:
        cast, scale = self._base.shadow, self._placement.scale
        (x, y), blur = cast.offset, cast.blur * scale
        return skia.ImageFilters.DropShadow(x * scale, y * scale, blur, blur, rgba(cast.tone, cast.strength))

    def _contact(self, still: Any) -> Box | None:
        """Where the product touches the floor: found in its pixels, since an extent leaves some room."""
        solid = as_pixels(still)[..., 3] >= _SOLID
        rows = np.flatnonzero(solid.any(axis=1))
        if not len(rows):
            return None
        low = solid[max(rows[0], rows[-1] - round(0.06 * self._placement.scale)) : rows[-1] + 1]
        columns = np.flatnonzero(low.any(axis=0))
        left, top = self._region.left, self._region.top
        return Box(left + columns[0], top + rows[0], left + columns[-1] + 1, top + rows[-1] + 1)

    def _resting(self, still: Any, foot: Box) -> Box:
        """What a stand must bear: `foot`, at least as wide as most of the product, for those that are round below."""
        columns = np.flatnonzero((as_pixels(still)[..., 3] >= _SOLID).any(axis=0))
        more = max(0.0, _BORNE * (columns[-1] + 1 - columns[0]) - foot.width) / 2
        return Box(foot.left - more, foot.top, foot.right + more, foot.bottom)

    def _touch_down(self, canvas: Any, foot: Box) -> None:
        """The shadow below: wide and soft, and a dark line where nothing can shine in."""
        scale, strength, tone = self._placement.scale, self._base.shadow.contact, self._base.shadow.tone
        for grow, flat, share in ((1.10, 0.070, 0.5), (1.0, 0.030, 0.7), (0.97, 0.010, 1.0)):
            half = 0.5 * foot.width * grow
            middle, height = foot.centre[0], flat * scale
            oval = skia.Rect(middle - half, foot.bottom - height, middle + half, foot.bottom + height)
            canvas.drawOval(oval, fill(tone, strength * share, blur=0.7 * height))

    def _reflect(self, canvas: Any, still: Any, floor: float) -> None:
        """The product upside down in the floor, fading with depth."""
        scale, strength = self._placement.scale, self._base.shadow.mirror
        depth = 0.42 * scale
        box = skia.Rect(self._region.left, floor, self._region.right, floor + depth)
        canvas.saveLayer(box, skia.Paint(ImageFilter=skia.ImageFilters.Blur(0.005 * scale, 0.011 * scale)))
        canvas.save()
        canvas.translate(0, 2 * floor)
        canvas.scale(1, -1)
        canvas.drawImage(still, self._region.left, self._region.top)
        canvas.restore()
        fade = ((0, BLACK, strength), (0.5, BLACK, 0.3 * strength), (1, BLACK, 0))
        more = box.makeOutset(4, 4)  # beyond the layer's rim, whose pixels the box covers only in part
        canvas.drawRect(more, ramp((0, floor), (0, floor + depth), *fade, BlendMode=skia.BlendMode.kDstIn))
        canvas.restore()


def _where(mask: Any) -> Any:
    """The rectangle of `mask` in which it is not empty; what touches the frame's edge goes on beyond it."""
    seen, far = as_pixels(mask)[..., 3] > 0, 4 * max(mask.width(), mask.height())
    spans = []
    for axis in (1, 0):
        found, count = np.flatnonzero(seen.any(1 - axis)), seen.shape[axis]
        if not len(found):
            return skia.Rect()
        spans.append((-far if found[0] == 0 else int(found[0]), far if found[-1] == count - 1 else int(found[-1]) + 1))
    (left, right), (top, bottom) = spans
    return skia.Rect(left, top, right, bottom)


def _region(box: Box, placement: Placement, size: tuple[int, int], beyond: Box) -> Box:
    """The whole pixels to draw: the product and its shadow, as far as the camera can see."""
    (width, height), edge = size, 0.45 * placement.scale
    left, top, right, bottom = (share + _MOVES_MORE for share in beyond)
    return Box(
        math.floor(max(box.left - edge, -left * width)),
        math.floor(max(box.top - edge, -top * height)),
        math.ceil(min(box.right + edge, (1 + right) * width)),
        math.ceil(min(box.bottom + edge, (1 + bottom) * height)),
    )
