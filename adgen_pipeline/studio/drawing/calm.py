"""Calm ground for words: a soft veil in the paper's tone over the zone in which they will stand."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.drawing.paint import PIXELS, SMOOTH, surface
from adgen_pipeline.studio.drawing.palette import BLACK, Colour
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.frame import Box


def calm_mask(
    words: Position, zone: Box, size: tuple[int, int], feather: float, *, framed: bool = False
) -> NDArray[np.float32]:
    """1 in the `zone` where words at `words` stand and from there to the frame's nearest edges, then falling to 0.

    height x width; it falls over `feather`, a share of the short side. `framed` lets it end below words, too, where
    the frame goes on for longer than that.
    """
    width, height = size
    ends = framed and (1 - zone.bottom) * height > feather * min(size)
    left, top, right, bottom = _to_the_edges(words, zone, ends).pixels(width, height)
    reach = feather * min(size)
    across, down = _away(left, right, width) / reach, _away(top, bottom, height) / reach
    rows, columns = _span(down < 1), _span(across < 1)
    share = np.maximum(0, 1 - np.hypot(across[None, columns], down[rows, None]))
    mask = np.zeros((height, width), np.float32)
    mask[rows, columns] = share * share * (3 - 2 * share)
    return mask


def veil(mask: NDArray[np.float32], colour: Colour, strength: float) -> Any:
    """`mask` x `strength` of `colour`, as a skia image of the mask's size."""
    rows, columns = _span(mask.any(axis=1)), _span(mask.any(axis=0))
    alpha = mask[rows, columns] * np.float32(255 * strength)
    dither = np.random.default_rng(0).random(alpha.shape, np.float32) * (alpha > 0)  # against banding
    pixels = np.zeros((*mask.shape, 4), np.uint8)
    part = pixels[rows, columns]
    for channel, value in enumerate((*colour[::-1], 1.0)):
        part[..., channel] = alpha * np.float32(value) + (dither if value > 0 else 0)
    np.minimum(part[..., :3], part[..., 3:], out=part[..., :3])
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
    stretched = cleared.makeShader(skia.TileMode.kClamp, skia.TileMode.kClamp, SMOOTH)
    canvas.drawPaint(skia.Paint(Shader=stretched, BlendMode=skia.BlendMode.kDstOut))


def _away(start: float, stop: float, count: int) -> NDArray[np.float32]:
    """How far (pixels) the middle of each of `count` pixels in a row is from `start` to `stop`."""
    at = np.arange(count, dtype=np.float32) + 0.5
    return np.maximum(0, np.maximum(start - at, at - stop)).astype(np.float32)


def _span(where: NDArray[np.bool_] | np.bool_) -> slice:
    """From the first true value to the last."""
    found = np.flatnonzero(where)
    return slice(found[0], found[-1] + 1) if len(found) else slice(0)


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
