"""Surfaces as pictures of light and shade alone, to be laid over a colour: plaster, asphalt, silk, marble, paper."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from adgen_pipeline.studio.drawing.paint import PIXELS, SMOOTH, surface
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour
from adgen_pipeline.studio.drawing.skia_door import skia

Field = NDArray[np.float64]
"""height x width; 0 leaves the ground as it is, 1 is full light, -1 full shade."""


def noise(size: tuple[int, int], cells: tuple[int, int], rng: np.random.Generator) -> Field:
    """Smooth noise with `cells` bumps across and down, about -1 to 1, as width x height `size`."""
    grid = rng.standard_normal((cells[1] + 3, cells[0] + 3)).astype(np.float32)
    scaled = Image.fromarray(grid, "F").resize(size, Image.Resampling.BICUBIC)
    return np.asarray(scaled, float) / 2


def clouds(size: tuple[int, int], across: int, octaves: int, rng: np.random.Generator) -> Field:
    """Noise over noise, each twice as fine and half as strong; `across` bumps on the width."""
    width, height = size
    total = np.zeros((height, width))
    for octave in range(octaves):
        bumps = across * 2**octave
        total += noise(size, (bumps, max(1, round(bumps * height / width))), rng) / 2**octave
    return total


def folds(size: tuple[int, int], angle: float, count: float, rng: np.random.Generator) -> Field:
    """Silk: soft folds across `angle` (radians), lit from one side."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width] / max(size)
    along, across = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
    first, second = rng.uniform(0, math.tau, 2)
    bent = across + 0.09 * np.sin(3.1 * along + first) + 0.035 * np.sin(7.3 * along + second)
    wave = np.sin(math.tau * count * bent + 1.3 * np.sin(2.2 * along + second))
    return np.sign(wave) * np.abs(wave) ** 1.6


def relief(canvas: Any, field: Field, box: Any, strength: float, lit: Colour = WHITE, shade: Colour = BLACK) -> None:
    """Lay `field` over `box` of the canvas: lighter where it is above 0, darker below."""
    values = np.clip(field * strength, -1, 1)
    alpha = np.abs(values)
    pixels = np.empty((*values.shape, 4), np.uint8)
    for channel in range(3):
        pixels[..., channel] = 255 * alpha * np.where(values > 0, lit[2 - channel], shade[2 - channel])
    pixels[..., 3] = np.maximum(255 * alpha, pixels[..., :3].max(axis=2))
    canvas.drawImageRect(as_overlay(pixels), box, SMOOTH)


def as_overlay(pixels: NDArray[np.uint8]) -> Any:
    """Premultiplied BGRA `pixels` as a picture."""
    height, width = pixels.shape[:2]
    made = surface(width, height)
    info = skia.ImageInfo.Make(width, height, PIXELS, skia.kPremul_AlphaType)
    made.writePixels(skia.Pixmap(info, np.ascontiguousarray(pixels), pixels.strides[0]))
    return made.makeImageSnapshot()
