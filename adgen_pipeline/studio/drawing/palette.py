"""From a brand's one or two colours to the tones a product is drawn in."""

import colorsys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.float64]
"""Red, green, blue from 0 to 1."""

WHITE: Colour = np.ones(3)
BLACK: Colour = np.zeros(3)
_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])  # Rec. 709
_LIGHT, _DARK, _BLACK = 0.78, 0.20, 0.04
"""Luminance from which on a colour can be paper, and up to which it can be a dark ground, or is black."""
_COLOURED = 0.3
"""Distance of its highest channel from its lowest from which on a colour can lead a brand."""


@dataclass(frozen=True)
class Palette:
    """The tones of a product.

    `accent` is the brand's colour; `high` and `low` its lit and shaded sides. `ground` is the darkest tone, `glow` that
    of light behind something translucent.
    """

    accent: Colour
    high: Colour
    low: Colour
    ground: Colour
    glow: Colour


def palette(colours: list[str]) -> Palette:
    """The palette of `colours` (#RRGGBB): the first that is coloured leads, the darkest is the ground."""
    tones = [from_hex(colour) for colour in colours] or [from_hex("#C9A227")]
    lead = leading(tones)
    accent, ground = _lifted(lead), _ground(tones, lead)
    shade = _shade_of(accent)
    return Palette(
        accent=accent,
        high=mix(accent, WHITE, 0.65),
        low=mix(shade, BLACK, 0.64),
        ground=ground,
        glow=mix(ground, shade, 0.40),
    )


def is_light(colours: list[str]) -> bool:
    """Whether `colours` ask for a light scene by themselves: one is light, and none is a dark ground for the lead."""
    tones = [from_hex(colour) for colour in colours]
    if not tones or max(map(luminance, tones)) <= _LIGHT:
        return False
    darkest = min(tones, key=luminance)
    return luminance(darkest) > _DARK or darkest is leading(tones)


def is_dark(colours: list[str]) -> bool:
    """Whether `colours` rule a light scene out: one is as good as black, and none is light."""
    tones = [luminance(from_hex(colour)) for colour in colours]
    return bool(tones) and min(tones) < _BLACK and max(tones) <= _LIGHT


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


def leading(tones: list[Colour]) -> Colour:
    """The brand's colour among `tones`: the first that is clearly coloured, else the one that is most."""
    coloured = (each for each in tones if float(each.max() - each.min()) > _COLOURED)
    return next(coloured, max(tones, key=lambda c: float(c.max() - c.min()) + 0.1 * luminance(c)))


def _ground(tones: list[Colour], accent: Colour) -> Colour:
    ground = min(tones, key=luminance)
    return mix(accent, BLACK, 0.9) if luminance(ground) > _DARK + 0.05 or ground is accent else ground


def _lifted(accent: Colour) -> Colour:
    """A dark lead colour, light enough to be seen on a dark ground."""
    hue, light, saturation = colorsys.rgb_to_hls(*accent)
    return np.array(colorsys.hls_to_rgb(hue, max(light, 0.42), saturation)) if luminance(accent) < _DARK else accent


def _shade_of(accent: Colour) -> Colour:
    """Darkened yellows turn olive to the eye: between 35 and 70 degrees of hue, shades lean to orange."""
    hue, light, saturation = colorsys.rgb_to_hls(*accent)
    if 35 / 360 < hue < 70 / 360:
        hue -= 14 / 360
    return np.array(colorsys.hls_to_rgb(hue, light, saturation))
