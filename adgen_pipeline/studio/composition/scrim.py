"""The soft ground under words, where the picture alone would not let them be read."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.drawing.paint import PIXELS
from adgen_pipeline.studio.drawing.skia_door import skia

_SOFT = 0.42
"""Of the short side: over what length a scrim fades out."""


def scrim(
    box: tuple[float, float, float, float], position: str, size: tuple[int, int], ink: Ink
) -> tuple[Any, tuple[int, int]]:
    """A picture of the scrim and its corner: full under `box` (pixels), fading out softly, open toward the edges it is
    near."""
    width, height = size
    pad, soft = min(size) * 0.03, min(size) * _SOFT
    across = _ramp(width, box[0] - pad, box[2] + pad, soft, _open(position, "left"), _open(position, "right"))
    down = _ramp(height, box[1] - pad, box[3] + pad, soft, _open(position, "top"), _open(position, "bottom"))
    rows = np.flatnonzero(down > 0.002)
    alpha = (ink.scrim * np.outer(down[rows[0] : rows[-1] + 1], across)).astype(np.float32)
    grain = np.random.default_rng(7).random(alpha.shape, np.float32)  # against banding
    pixels = np.empty((*alpha.shape, 4), np.uint8)
    for channel, level in enumerate((*ink.ground[::-1], 1.0)):
        pixels[..., channel] = alpha * level * 255 + grain * (alpha > 0.01) * level
    info = skia.ImageInfo.Make(pixels.shape[1], pixels.shape[0], PIXELS, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, pixels).makeImageSnapshot(), (0, int(rows[0]))


def _open(position: str, side: str) -> bool:
    """True if the scrim runs on to that edge: bands across the frame, columns down it, corners into theirs."""
    place = position.lower()
    if place in ("top", "bottom", "center"):
        return side in ("left", "right") or place == side
    if place in ("left", "right"):
        return side in ("top", "bottom") or place == side
    return side in place


def _ramp(
    length: int, start: float, stop: float, soft: float, open_start: bool, open_stop: bool
) -> NDArray[np.float64]:
    at = np.arange(length) + 0.5
    rise = np.ones(length) if open_start else np.clip((at - start + soft) / soft, 0, 1)
    fall = np.ones(length) if open_stop else np.clip((stop + soft - at) / soft, 0, 1)
    edge = np.minimum(rise, fall)
    return edge**3 * (10 - 15 * edge + 6 * edge * edge)
