"""Which part of the picture is seen for sure, and which words stand outside of it."""

from collections.abc import Sequence
from typing import NamedTuple

from adgen_pipeline.contracts.ad import TextBox
from adgen_pipeline.contracts.brief import AspectRatio


class Margins(NamedTuple):
    """What is to be kept free, as shares of the picture's height and width."""

    top: float
    bottom: float
    sides: float


TITLE_SAFE = Margins(0.05, 0.05, 0.05)
"""SMPTE ST 2046-1 and EBU R 95: words within 90 % of the width and the height."""

VERTICAL = Margins(0.10, 0.18, 0.06)
"""What TikTok, Reels and Shorts alike draw over a vertical video that is played: tabs and search on top; name,
description and progress at the bottom. Rounded from the guides these platforms give advertisers."""

META_REELS = Margins(0.14, 0.35, 0.06)
"""What Meta asks of ads among Reels, where its button and an open description stand: told, not required."""

_ROUNDING = 0.002
"""Share of the picture by which a box may miss: two pixels of 1080."""


def margins_of(ratio: AspectRatio) -> Margins:
    """The margins that words of an ad in `ratio` keep to."""
    return VERTICAL if ratio == "9:16" else TITLE_SAFE


def outside(boxes: Sequence[TextBox], size: tuple[int, int], margins: Margins) -> list[TextBox]:
    """The boxes that reach into the margins of a picture of `size` (width and height in pixels)."""
    width, height = size
    return [
        box
        for box in boxes
        if box.left / width < margins.sides - _ROUNDING
        or box.right / width > 1 - margins.sides + _ROUNDING
        or box.top / height < margins.top - _ROUNDING
        or box.bottom / height > 1 - margins.bottom + _ROUNDING
    ]
