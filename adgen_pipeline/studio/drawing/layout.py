"""Where the product stands: for each aspect ratio, shot and position of the words."""

import math
from dataclasses import dataclass

from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.drawing.motifs.base import Motif
from adgen_pipeline.studio.drawing.recipe import Shot
from adgen_pipeline.studio.frame import Box, safe_area, words_zone

Extent = tuple[float, float, float, float]

CLOSE: frozenset[Shot] = frozenset({"macro", "detail"})
"""Shots in which the product is larger than the picture and runs out below the words' calm ground."""

_FILL: dict[Shot, float] = {"hero": 0.92, "wide": 0.60, "end": 0.74}
"""Share of the free zone that the product fills; the rest is room for the camera's moves."""

_CLOSE_SCALE: dict[Shot, float] = {"macro": 0.98, "detail": 1.25}
"""Pixels a motif's unit takes in close shots, as shares of the short side."""

_TURN: dict[Shot, float] = {"macro": -12, "detail": 9, "hero": -5, "wide": 0, "end": 0}

_DEFAULT_WORDS: dict[AspectRatio, dict[Shot, Position]] = {
    "9:16": {"macro": "top", "hero": "bottom", "detail": "bottom", "wide": "top", "end": "bottom"},
    "16:9": {"macro": "left", "hero": "left", "detail": "right", "wide": "left", "end": "right"},
    "1:1": {"macro": "top", "hero": "bottom", "detail": "bottom", "wide": "top", "end": "bottom"},
}


@dataclass(frozen=True)
class Placement:
    """The product in the picture: its middle (pixels), pixels a unit, degrees it is turned."""

    x: float
    y: float
    scale: float
    turn: float

    def box(self, extent: Extent) -> Box:
        """The upright rectangle, in pixels, around `extent` (units) as it is placed and turned."""
        cos, sin = math.cos(math.radians(self.turn)), math.sin(math.radians(self.turn))
        corners = [(x, y) for x in extent[::2] for y in extent[1::2]]
        across = [self.x + self.scale * (x * cos - y * sin) for x, y in corners]
        down = [self.y + self.scale * (x * sin + y * cos) for x, y in corners]
        return Box(min(across), min(down), max(across), max(down))


def default_words(ratio: AspectRatio, shot: Shot) -> Position:
    """Where the words of a `shot` stand if nobody says."""
    return _DEFAULT_WORDS[ratio][shot]


def body_of(motif: Motif) -> Extent:
    """The part of the motif that must be seen whole."""
    body: Extent = getattr(motif, "body", motif.extent)
    return body


def place(
    motif: Motif, shot: Shot, words: Position, ratio: AspectRatio, size: tuple[int, int], *, upright: bool = False
) -> Placement:
    """The place of `motif` in a picture of `size`. `upright` products stand on the ground and are not tilted."""
    turn = 0.0 if upright and shot not in CLOSE else _TURN[shot]
    if shot in CLOSE:
        return _bleeding(motif, shot, words, ratio, size, turn)
    return _fitted(body_of(motif), _FILL[shot], _free_zone(words, ratio, size), turn)


def _fitted(body: Extent, share: float, zone: Box, turn: float) -> Placement:
    """`body` in the middle of `zone` (pixels), as large as `share` of it."""
    unit = Placement(0, 0, 1, turn).box(body)
    scale = share * min(zone.width / unit.width, zone.height / unit.height)
    (left, top), (x, y) = unit.centre, zone.centre
    return Placement(x - scale * left, y - scale * top, scale, turn)


def _free_zone(words: Position, ratio: AspectRatio, size: tuple[int, int]) -> Box:
    """The largest rectangle (pixels) that words at `words` leave free, less the frame's margins."""
    if words == "center":
        return Box(*safe_area(ratio).pixels(*size))
    taken, margin, gap = words_zone(words, ratio), safe_area(ratio), 0.02
    sides = {
        "top": Box(0.04, taken.bottom + gap, 0.96, 0.97),
        "bottom": Box(0.04, min(0.05, margin.top), 0.96, taken.top - gap),
        "left": Box(taken.right + gap, 0.05, 0.97, 0.95),
        "right": Box(0.03, 0.05, taken.left - gap, 0.95),
    }
    zones = [Box(*box.pixels(*size)) for side, box in sides.items() if side in words.lower()]
    return max(zones, key=lambda zone: min(zone.width, zone.height))


def _bleeding(
    motif: Motif, shot: Shot, words: Position, ratio: AspectRatio, size: tuple[int, int], turn: float
) -> Placement:
    """The product too large for the picture: its edge in a macro shot, its best point in a detail shot."""
    zone, scale = _free_zone(words, ratio, size), _CLOSE_SCALE[shot] * min(size)
    if shot == "detail" or words == "center":
        at = Placement(0, 0, scale, turn).box((*motif.focus[0], *motif.focus[0]))
        return Placement(zone.centre[0] - at.left, zone.centre[1] - at.top, scale, turn)
    return _past_the_words(body_of(motif), zone, words, size, scale, turn)


def _past_the_words(
    body: Extent, zone: Box, words: Position, size: tuple[int, int], scale: float, turn: float
) -> Placement:
    """The body begins at the edge of the words and leaves the picture on the far side."""
    width, height = size
    left, top, right, bottom = (scale * side for side in body)
    across = {"left": zone.left - left, "right": zone.right - right}
    down = {"top": zone.top - top, "bottom": zone.bottom - bottom}
    name = words.lower()
    x = next((value for side, value in across.items() if side in name), None)
    y = next((value for side, value in down.items() if name.startswith(side)), None)
    if x is not None and y is not None:
        x = x if zone.width < zone.height else None
        y = y if x is None else None
    return Placement(0.90 * width if x is None else x, 0.64 * height if y is None else y, scale, turn)
