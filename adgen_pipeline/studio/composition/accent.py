"""The ad's accent: the brand's colour, or else the one that leads in its pictures."""

import colorsys

import numpy as np

from adgen_pipeline.studio.composition.legibility import contrast
from adgen_pipeline.studio.drawing.palette import Colour, from_hex
from adgen_pipeline.studio.encoding import Frame

_HUES = 24
_TOLD_APART = 1.35
_NEUTRAL = from_hex("#E8D9B5")


def accent(brand: tuple[str | None, ...], samples: list[Frame]) -> Colour:
    """The first of the `brand`'s colours (#RRGGBB) that can be told from `samples`, or just the first.

    Without any, the dominant saturated colour of `samples`, a warm ivory if they are grey.
    """
    colours = [from_hex(colour) for colour in brand[:1] if colour]
    if not colours:
        return _dominant(samples)
    colours += [from_hex(colour) for colour in brand[1:] if colour]
    ground = np.median(np.concatenate([frame[::2, ::2, 2::-1].reshape(-1, 3) for frame in samples]), axis=0) / 255.0
    return next((colour for colour in colours if contrast(colour, ground) >= _TOLD_APART), colours[0])


def _dominant(samples: list[Frame]) -> Colour:
    """The fullest of 24 hues, pixels weighted by how coloured they are; its tone is their weighted mean, lifted."""
    pixels = np.concatenate([frame[::2, ::2, 2::-1].reshape(-1, 3) for frame in samples]) / 255.0
    high, low = pixels.max(1), pixels.min(1)
    chroma = high - low
    weight = np.where(chroma > 0.18, chroma**2 * high, 0.0)
    if weight.mean() < 1e-3:
        return _NEUTRAL
    bins = (_hue(pixels, high, chroma) * _HUES).astype(int) % _HUES
    leading = bins == np.argmax(np.bincount(bins, weight, _HUES))
    return _lifted(np.average(pixels[leading], axis=0, weights=weight[leading]))


def _hue(pixels: np.ndarray, high: np.ndarray, chroma: np.ndarray) -> np.ndarray:
    """Hue from 0 to 1 of each pixel."""
    red, green, blue = pixels.T
    width = np.maximum(chroma, 1e-6)
    sector = np.where(
        high == red,
        (green - blue) / width,
        np.where(high == green, 2 + (blue - red) / width, 4 + (red - green) / width),
    )
    return (sector / 6) % 1


def _lifted(colour: Colour) -> Colour:
    """Bright and full enough for a button."""
    hue, light, saturation = colorsys.rgb_to_hls(*colour)
    return np.array(colorsys.hls_to_rgb(hue, min(0.62, max(0.5, light)), max(0.6, saturation)))
