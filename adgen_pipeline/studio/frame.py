"""Where things stand in the picture: the zones of each aspect ratio that words use and products keep free.

The parser chooses a position for each scene's words, the image service composes around it, and composition
draws the words there: all three read this table. Fractions of the frame: left, top, right, bottom.

The margins of 9:16 keep clear of what vertical platforms draw over a video: about 10 % on top, 19 % at the bottom, and
12 % on the right of the lower half, where their buttons are.
"""

from typing import NamedTuple

from adgen_pipeline.contracts.brief import SIZES, AspectRatio
from adgen_pipeline.contracts.keyframe import as_pixels
from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.errors import RenderError


class Box(NamedTuple):
    """A rectangle as fractions of the frame."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Share of the frame's width."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Share of the frame's height."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """The middle, as fractions of the frame."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def pixels(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in pixels of a frame of `width` x `height`."""
        return self.left * width, self.top * height, self.right * width, self.bottom * height


_MARGINS: dict[str, Box] = {
    "9:16": Box(0.08, 0.10, 0.92, 0.81),
    "16:9": Box(0.06, 0.10, 0.94, 0.90),
    "1:1": Box(0.07, 0.07, 0.93, 0.93),
}

_BUTTONS: dict[str, Box] = {"9:16": Box(0.88, 0.45, 1.0, 0.82)}
"""What a platform draws over the picture inside its margins: the column of buttons on the right."""

_BANDS: dict[str, tuple[float, float]] = {"9:16": (0.30, 0.31), "16:9": (0.30, 0.30), "1:1": (0.33, 0.36)}
"""How tall the top and bottom bands are, as shares of the frame."""

_CARDS: dict[str, float] = {"9:16": 0.36, "16:9": 0.30, "1:1": 0.46}
"""The same for an end card, whose words lead and whose product is small."""

_COLUMNS: dict[str, float] = {"9:16": 0.40, "16:9": 0.43, "1:1": 0.42}
"""How wide the left and right columns are, as shares of the frame."""


_SIDES = range(64, 4097)
"""Pixels a side of a frame may have: what the codec and the memory of one clip can bear."""


def frame_size(ratio: AspectRatio, resolution: str | None) -> tuple[int, int]:
    """Width and height in pixels: `resolution` ("1080x1920") if given, else the finished ad's at `ratio`.

    Raises RenderError for sides that are odd (the codec halves them) or out of bounds.
    """
    width, height = as_pixels(resolution) if resolution else SIZES[ratio]
    if width % 2 or height % 2 or width not in _SIDES or height not in _SIDES:
        raise RenderError(f"resolution {width}x{height}: both sides must be even, from 64 to 4096")
    return width, height


def safe_area(ratio: AspectRatio) -> Box:
    """The part of the frame in which words may stand."""
    return _MARGINS[ratio]


def buttons(ratio: AspectRatio) -> Box | None:
    """Where platforms put buttons over the picture, beside its safe area's lower half; None where they do not."""
    return _BUTTONS.get(ratio)


def words_zone(position: Position, ratio: AspectRatio, *, card: bool = False) -> Box:
    """Where words at `position` stand; those of an end `card` take more room."""
    left, top, right, bottom = _MARGINS[ratio]
    upper, lower = (_CARDS[ratio], _CARDS[ratio]) if card else _BANDS[ratio]
    column = _COLUMNS[ratio]
    if "Left" in position or position == "left":
        right = left + column
    if "Right" in position or position == "right":
        left = right - column
    if position.startswith("top"):
        bottom = top + upper
    if position.startswith("bottom"):
        top = bottom - lower
    covered = _BUTTONS.get(ratio)
    if covered and bottom > covered.top:
        shift = right - min(right, covered.left)
        right, left = right - shift, left - (shift if left > 0.5 else 0.0)
    return Box(left, top, right, bottom)
