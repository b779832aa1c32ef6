"""Words that can be read on any picture: what is behind them is measured, then ink and scrim are chosen.

Contrast is that of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) of relative luminances; 4.5 is its level AA.
"""

import colorsys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.encoding import Frame

CONTRAST = 4.5

_MARGIN = 1.27  # the codec, the samples' spacing and grain too fine for them cost a little
_MOST_SCRIM = 0.97
_FILL_CONTRAST = 1.6  # of a button's shape; its words have their own
_FILL_MARGIN = 1.2
_WHITE_FROM = 3.6
_KEPT_COLOUR = 0.7
_MOST_MOVED, _FOR_THE_ACCENT = 0.45, 0.42
"""How far the accent may move toward the words' colour before the scrim gives more, and how much more at most."""

_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True)
class Ink:
    """How words are coloured where they stand.

    `words` and `accent` are for letters, `fill` with `on_fill` for buttons and highlights, `on_words` for letters on a
    shape in the words' colour; a scrim of the colour `ground`
    and opacity `scrim` lies behind.
    """

    words: Colour
    accent: Colour
    fill: Colour
    on_fill: Colour
    ground: Colour
    on_words: Colour
    scrim: float


def ink(behind: NDArray[np.float64], accent: Colour) -> Ink:
    """The ink for a place whose pixels over time are `behind` (n x 3, red green blue 0..1).

    Light letters or dark ones, whichever needs the lighter scrim (light ones in doubt). The scrim has the hue of what
    is there already, so that it looks like light falling off and not like a grey veil.
    """
    around = np.median(behind, axis=0)
    light, light_needs = _ink(behind, accent, mix(WHITE, accent, 0.05), _deep(around, accent))
    dark, dark_needs = _ink(behind, accent, _toned(accent, 0.09), _pale(around))
    return dark if dark_needs < light_needs - 0.1 else light


def _deep(around: Colour, accent: Colour) -> Colour:
    """Near black, in the hue of `around`, or a little of the accent's where that is grey."""
    return _toned(around, 0.055) if np.ptp(around) > 0.04 else mix(BLACK, accent, 0.05)


def _pale(around: Colour) -> Colour:
    """Near white, in the hue of `around`."""
    return mix(around / max(0.05, float(around.max())), WHITE, 0.72)


def _toned(colour: Colour, lightness: float) -> Colour:
    """The hue of `colour` at `lightness` (HLS), its saturation held back."""
    hue, _, saturation = colorsys.rgb_to_hls(*colour)
    return np.array(colorsys.hls_to_rgb(hue, lightness, min(0.65, saturation)))


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((float(relative_luminance(one)), float(relative_luminance(other))))
    return (high + 0.05) / (low + 0.05)


def relative_luminance(colour: NDArray[np.float64]) -> NDArray[np.float64]:
    """WCAG's, of colours 0..1 along the last axis."""
    linear = np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ _WEIGHTS)


def pixels_in(frame: Frame, box: tuple[float, float, float, float]) -> NDArray[np.float64]:
    """The pixels of `frame` in `box` (left, top, right, bottom as shares of it) as n x 3 of red, green, blue."""
    height, width = frame.shape[:2]
    left, right = int(box[0] * width), max(int(box[0] * width) + 1, int(np.ceil(box[2] * width)))
    top, bottom = int(box[1] * height), max(int(box[1] * height) + 1, int(np.ceil(box[3] * height)))
    return frame[top:bottom, left:right, 2::-1].reshape(-1, 3) / 255.0


def _ink(behind: NDArray[np.float64], accent: Colour, words: Colour, ground: Colour) -> tuple[Ink, float]:
    """The ink with the least scrim that the words need, or more where that saves the accent; and that least."""
    tried: list[tuple[float, Colour, float]] = []
    for scrim in np.arange(0.0, _MOST_SCRIM, 0.03):
        worst = _worst(behind * (1 - scrim) + ground * scrim, words)
        if contrast(words, worst) >= CONTRAST * _MARGIN or scrim + 0.03 >= _MOST_SCRIM:
            tried.append((float(scrim), *_legible(accent, words, worst, CONTRAST * _MARGIN)))
            if tried[-1][2] <= _MOST_MOVED or scrim >= tried[0][0] + _FOR_THE_ACCENT:
                break
    scrim, letters, _ = min(tried, key=lambda each: max(each[2], _MOST_MOVED))
    around = np.median(behind, axis=0) * (1 - scrim) + ground * scrim
    fill, on_fill = _filling(_legible(accent, words, around, _FILL_CONTRAST)[0], accent)
    return Ink(words, letters, fill, on_fill, ground, ground, scrim), tried[0][0]


def _filling(fill: Colour, accent: Colour) -> tuple[Colour, Colour]:
    """A shape's fill and the words on it, white where that takes little, else dark; the fill gives way until they can
    be read."""
    on_fill = WHITE if contrast(WHITE, fill) >= _WHITE_FROM else mix(BLACK, accent, 0.08)
    away = BLACK if on_fill is WHITE else WHITE
    for share in np.arange(0, 1, 0.04):
        tone = mix(fill, away, float(share))
        if contrast(on_fill, tone) >= CONTRAST * _FILL_MARGIN:
            return tone, on_fill
    return away, on_fill


def _worst(shown: NDArray[np.float64], words: Colour) -> Colour:
    """The colour behind that comes closest to the words'."""
    levels = relative_luminance(shown)
    return np.asarray(shown[levels.argmax() if relative_luminance(words) > 0.5 else levels.argmin()])


def _legible(accent: Colour, words: Colour, behind: Colour, wanted: float) -> tuple[Colour, float]:
    """`accent`, moved toward the words' colour no further than `wanted` contrast asks, and how far that is (0 to 1); a
    darker one keeps its hue."""
    hue, light, saturation = colorsys.rgb_to_hls(*accent)
    for share in np.arange(0, 1, 0.05):
        tone = mix(accent, words, float(share))
        if relative_luminance(words) < relative_luminance(accent):
            tone = mix(tone, np.array(colorsys.hls_to_rgb(hue, light * (1 - share), saturation)), _KEPT_COLOUR)
        if contrast(tone, behind) >= wanted:
            return tone, float(share)
    return words, 1.0
