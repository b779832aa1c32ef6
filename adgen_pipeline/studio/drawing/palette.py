"""From a brand's one or two colours to the tones a picture needs."""

import colorsys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float64]
"""Red, green, blue from 0 to 1."""

WHITE: Colour = np.ones(3)
BLACK: Colour = np.zeros(3)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])  # Rec. 709


@dataclass(frozen=True)
class Palette:
    """The tones of one ad.

    `accent` is the brand's colour; `high` and `low` its lit and shaded sides. `ground` is the darkest tone,
    `near`, `far` and `glow` the backdrop from behind the product outward. `ink` is for words.
    """

    accent: Colour
    high: Colour
    low: Colour
    ground: Colour
    near: Colour
    far: Colour
    glow: Colour
    ink: Colour


def palette(colours: list[str]) -> Palette:
    """The palette of `colours` (#RRGGBB): the most saturated leads, the darkest is the ground."""
    tones = [from_hex(colour) for colour in colours] or [from_hex("#C9A227")]
    accent = max(tones, key=lambda c: float(c.max() - c.min()) + 0.1 * luminance(c))
    ground = min(tones, key=luminance)
    if luminance(ground) > 0.25:
        ground = mix(accent, BLACK, 0.9)
    shade = _shade_of(accent)
    return Palette(
        accent=accent,
        high=mix(accent, WHITE, 0.65),
        low=mix(shade, BLACK, 0.64),
        ground=ground,
        near=mix(ground, shade, 0.17),
        far=mix(ground, shade, 0.025),
        glow=mix(ground, shade, 0.40),
        ink=mix(WHITE, accent, 0.10),
    )


def from_hex(colour: str) -> Colour:
    """`#RRGGBB` as red, green, blue from 0 to 1."""
    digits = colour.lstrip("#")
    return np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)], float) / 255


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`a` with `share` (0 to 1) of `b`."""
    return a * (1 - share) + b * share


def luminance(colour: Colour) -> float:
    """Brightness from 0 to 1, weighted as in Rec. 709."""
    return float(colour @ _LUMINANCE)


def _shade_of(accent: Colour) -> Colour:
    """Darkened yellows turn olive to the eye: between 35 and 70 degrees of hue, shades lean to orange."""
    hue, light, saturation = colorsys.rgb_to_hls(*accent)
    if 35 / 360 < hue < 70 / 360:
        hue -= 14 / 360
    return np.array(colorsys.hls_to_rgb(hue, light, saturation))
