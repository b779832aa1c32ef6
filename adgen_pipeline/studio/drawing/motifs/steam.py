"""Steam over something hot: wisps that rise, sway and fade."""

import math
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.paint import PIXELS, SMOOTH, surface
from adgen_pipeline.studio.drawing.skia_door import skia

_WIDE, _TALL = 64, 160  # pixels of one wisp: soft enough to be drawn many times larger
_WISPS = 4
_RISE = 5.5  # seconds from the surface to nothing


def draw_steam(canvas: Any, seconds: float, seed: int, spread: float, tall: float, strength: float) -> None:
    """Steam from (0, 0) upward, `tall` units, its wisps beginning within `spread` of the middle."""
    canvas.save()
    canvas.setMatrix(_upright(canvas.getTotalMatrix()))
    for k in range(_WISPS):
        start = (0.37 * seed + k / _WISPS) % 1
        age = (seconds / _RISE + start) % 1
        side = math.sin(2.4 * k + seed)
        x = spread * side + 0.05 * tall * math.sin(2 * math.pi * (age + 0.3 * k))
        high, wide = tall * (0.45 + 0.25 * age), tall * (0.115 + 0.13 * age)
        foot = -0.42 * tall * age
        alpha = strength * math.sin(math.pi * age) ** 1.5
        place = skia.Rect(x - wide, foot - high, x + wide, foot + 0.06 * tall)
        canvas.drawImageRect(_wisp(k % 3), place, SMOOTH, skia.Paint(Alphaf=alpha))
    canvas.restore()


def _upright(matrix: Any) -> Any:
    """`matrix` without its turn: steam rises straight up from a tilted cup.

    Not the least turn may be left, since skia draws pictures several times faster then.
    """
    scale = math.hypot(matrix.getScaleX(), matrix.getSkewY())
    return skia.Matrix.MakeAll(scale, 0, matrix.getTranslateX(), 0, scale, matrix.getTranslateY(), 0, 0, 1)


@cache
def _wisp(kind: int) -> Any:
    """One curl of white: a ribbon that winds upward, thin where it turns, and its haze."""
    y, x = np.mgrid[0:_TALL, 0:_WIDE]
    up, across = 1 - y / _TALL, 2 * x / _WIDE - 1
    sway = 0.16 + 0.30 * up
    first = sway * np.sin(7.5 * up + 2.1 * kind) + 0.10 * np.sin(15 * up + kind)
    second = sway * np.sin(6.0 * up + 2.1 * kind + 2.2)
    haze = np.zeros(x.shape)
    for line, width, share in ((first, 0.10 + 0.10 * up, 0.8), (second, 0.07 + 0.12 * up, 0.5), (0.0, 0.34, 0.25)):
        haze += share * np.exp(-(((across - line) / width) ** 2))
    edges = np.clip(1 - np.abs(across) ** 6, 0, 1) * np.sin(np.pi * np.clip(up, 0, 1)) ** 1.2
    alpha = np.clip(haze * edges, 0, 1)
    return _white(alpha)


def _white(alpha: Any) -> Any:
    """`alpha` of white, as an image that is drawn fast."""
    pixels = np.repeat((255 * alpha + 0.5).astype(np.uint8)[..., None], 4, axis=2)
    made = surface(_WIDE, _TALL)
    info = skia.ImageInfo.Make(_WIDE, _TALL, PIXELS, skia.kPremul_AlphaType)
    made.writePixels(skia.Pixmap(info, pixels, pixels.strides[0]))
    return made.makeImageSnapshot()
