"""Colours by lightness, chroma and hue as the eye sees them: the OKLab space of Bjoern Ottosson (2020)."""

import math
from typing import NamedTuple

import numpy as np

from adgen_pipeline.studio.drawing.palette import Colour

_TO_CONES = np.array([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
])  # fmt: skip
_TO_LAB = np.array([
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
])  # fmt: skip
_FROM_LAB, _FROM_CONES = np.linalg.inv(_TO_LAB), np.linalg.inv(_TO_CONES)

_YELLOWS = (72.0, 128.0)
"""Hues whose dark shades look like moss; from 35 on they look like mud, if they are full."""


class Lch(NamedTuple):
    """Lightness 0 to 1, chroma 0 to about 0.3, hue in degrees (30 red, 90 yellow, 145 green, 260 blue)."""

    light: float
    chroma: float
    hue: float


def lch(colour: Colour) -> Lch:
    """`colour` (red, green, blue 0 to 1) as lightness, chroma, hue."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    light, a, b = _TO_LAB @ np.cbrt(_TO_CONES @ linear)
    return Lch(float(light), math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def tone(light: float, chroma: float, hue: float) -> Colour:
    """The colour of that lightness and hue, with as much of the chroma as a screen can show."""
    for share in np.linspace(1, 0, 26):
        linear = _linear(light, chroma * share, hue)
        if linear.min() > -0.002 and linear.max() < 1.002:
            break
    linear = np.clip(linear, 0, 1)
    return np.asarray(np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055))


def deep(hue: float, light: float, chroma: float) -> Colour:
    """A dark ground of `hue`; oranges and yellows lose their colour and turn warm: they are never mud or moss."""
    if 35 < hue < _YELLOWS[1]:
        return tone(light, 0.55 * chroma, min(hue, 58))
    return tone(light, chroma, hue)


def darker(colour: Colour, share: float) -> Colour:
    """`colour` in shade; yellows lean to orange, as metal and cloth do, instead of turning olive."""
    light, chroma, hue = lch(colour)
    if _YELLOWS[0] < hue < _YELLOWS[1]:
        hue -= min(24.0, 70 * share)
    return tone(light * (1 - share), chroma * (1 - 0.4 * share), hue)


def _linear(light: float, chroma: float, hue: float) -> Colour:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    return np.asarray(_FROM_CONES @ (_FROM_LAB @ np.array([light, a, b])) ** 3)
