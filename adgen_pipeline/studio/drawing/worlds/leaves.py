"""Shadows of leaves that the wind moves."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.calm import clear_for_words
from adgen_pipeline.studio.drawing.paint import fill, surface
from adgen_pipeline.studio.drawing.picture import as_pixels
from adgen_pipeline.studio.drawing.recipe import Style
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.drawing.worlds.base import Room, Tones
from adgen_pipeline.studio.drawing.worlds.foliage import branch, palm

_CLEARED = (0.30, 0.92)
"""How softly they end before the words (share of the short side), and how much of them goes."""


class Leaves:
    """Shadows of leaves on the wall, in one picture that the wind stretches a little: a turn would cost far more."""

    def __init__(self, room: Room, tones: Tones, style: Style, rng: np.random.Generator):
        width, words = room.size[0], room.words.lower()
        right = "left" in words or ("right" not in words and rng.uniform() < 0.5)
        self._root = (1.05 if right else -0.05) * width, room.light[1] - float(rng.uniform(0.10, 0.50)) * room.short
        left, top = round(-room.reach.left), round(-room.reach.top)
        made = surface(room.reach.width, room.reach.height)
        canvas = made.getCanvas()
        canvas.translate(left, top)
        self._grow(canvas, room, fill(tones.shade, _strength(style)), rng, math.pi - 0.5 if right else 0.5)
        clear_for_words(canvas, room.words, room.zone, room.size, *_CLEARED)
        picture = made.makeImageSnapshot()
        seen = _bounds(picture)
        self._shadows = picture.makeSubset(seen).makeRasterImage()
        self._box = skia.Rect(seen).makeOffset(-left, -top)

    def draw(self, canvas: Any, seconds: float) -> None:
        """The shadows as the wind has them at `seconds`."""
        x, y = self._root
        canvas.save()
        canvas.translate(x, y)
        canvas.scale(1 + 0.022 * math.sin(1.1 * seconds), 1 + 0.045 * math.sin(0.8 * seconds + 0.7))
        canvas.translate(-x, -y)
        # Nearest pixels: in what is blurred nobody can tell, and they are drawn five times as fast.
        canvas.drawImageRect(self._shadows, self._box, skia.SamplingOptions())
        canvas.restore()

    def _grow(self, canvas: Any, room: Room, shade: Any, rng: np.random.Generator, toward: float) -> None:
        """Branches far from the wall, blurred, and nearer ones; or a frond of each."""
        grow = palm if rng.uniform() < 0.3 else branch
        for blur, alpha, spread in ((0.016, 0.55, 0.9), (0.007, 1.0, 0.65)):
            paint = skia.Paint(shade)
            paint.setAlphaf(shade.getAlphaf() * alpha)
            paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur * room.short))
            for _ in range(1 if grow is palm else 3):
                at = self._root[0], self._root[1] + float(rng.uniform(-0.15, 0.5)) * room.short
                angle = toward + float(rng.uniform(-spread, spread))
                grow(canvas, at, angle, float(rng.uniform(0.7, 1.1)) * room.short, paint, rng)


def _strength(style: Style) -> float:
    return (0.34 if style.light else 0.55) * (0.6 + 0.8 * style.rays)


def _bounds(picture: Any) -> Any:
    """The whole pixels in which anything is seen; one of them if nothing is."""
    seen = as_pixels(picture)[..., 3] > 1
    rows, columns = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    if not len(rows):
        return skia.IRect(0, 0, 1, 1)
    return skia.IRect(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
