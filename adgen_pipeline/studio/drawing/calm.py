"""Calm ground for words: a soft veil in the paper's tone over the zone in which they will stand."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.drawing.paint import PIXELS, SMOOTH, surface
from adgen_pipeline.studio.drawing.palette import BLACK, Colour
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.frame import Box

OVERSCAN = 0.10
"""Share of the frame that what is behind the product reaches beyond each of its edges."""


def calm_mask(
    words: Position, zone: Box, size: tuple[int, int], feather: float, *, framed: bool = False
) -> NDArray[np.float64]:
    """1 in the `zone` where words at `words` stand and from there to the frame's nearest edges, then falling to 0.

    height x width; it falls over `feather`, a share of the short side. `framed` lets it end below words, too, where
    the frame goes on for longer than that.
    """
    width, height = size
    ends = framed and (1 - zone.bottom) * height > feather * min(size)
    left, top, right, bottom = _to_the_edges(words, zone, ends).pixels(width, height)
    x, y = np.arange(width) + 0.5, np.arange(height) + 0.5
    across = np.maximum(0, np.maximum(left - x, x - right))
    down = np.maximum(0, np.maximum(top - y, y - bottom))
    distance = np.hypot(across[None, :], down[:, None]) / (feather * min(size))
    share = np.clip(1 - distance, 0, 1)
    return share * share * (3 - 2 * share)


def veil(mask: NDArray[np.float64], colour: Colour, strength: float) -> Any:
    """`mask` x `strength` of `colour`, as a skia image of the mask's size."""
    alpha = mask * strength
    pixels = np.empty((*mask.shape, 4), np.uint8)
    noise = np.random.default_rng(0).uniform(0, 1, mask.shape)  # dithered, against banding
    for channel, value in enumerate((*colour[::-1], 1.0)):
        pixels[..., channel] = alpha * value * 255 + noise * (alpha > 0) * (value > 0)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    made = surface(mask.shape[1], mask.shape[0])
    made.writePixels(skia.Pixmap(_premultiplied(mask.shape), pixels, pixels.strides[0]))
    return made.makeImageSnapshot()


def clear_for_words(
    canvas: Any, words: Position, zone: Box, size: tuple[int, int], feather: float, strength: float
) -> None:
    """Take away `strength` of what was drawn where words will stand, as in `calm_mask`.

    The mask's rim is stretched over what lies beyond the frame.
    """
    cleared = veil(calm_mask(words, zone, size, feather, framed=True), BLACK, strength)
    width, height = size
    left, top = round(OVERSCAN * width), round(OVERSCAN * height)
    whole = skia.Rect(-left, -top, width + left, height + top)
    canvas.drawImageRect(cleared, whole, SMOOTH, skia.Paint(BlendMode=skia.BlendMode.kDstOut))


def _premultiplied(shape: tuple[int, ...]) -> Any:
    return skia.ImageInfo.Make(shape[1], shape[0], PIXELS, skia.kPremul_AlphaType)


def _to_the_edges(words: Position, zone: Box, ends: bool) -> Box:
    """`zone`, stretched to the frame's edges on the sides its name touches, so that no bright rim is left.

    Where it `ends` it is not stretched down.
    """
    name = words.lower()
    column = name.endswith(("left", "right"))
    middle = name == "center"
    return Box(
        zone.left if middle or name.endswith("right") else -1,
        zone.top if middle or name.startswith("bottom") else -1,
        zone.right if middle or (column and name.endswith("left")) else 2,
        zone.bottom if middle or ends or name.startswith("top") else 2,
    )
