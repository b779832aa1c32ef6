"""Where the product stands: for each aspect ratio, shot and position of the words."""

import math
from dataclasses import dataclass, replace

from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.studio.drawing.framing import Framing
from adgen_pipeline.studio.drawing.motifs.base import Motif
from adgen_pipeline.studio.drawing.recipe import Shot
from adgen_pipeline.studio.frame import Box, safe_area, words_zone

Extent = tuple[float, float, float, float]

CLOSE: frozenset[Shot] = frozenset({"macro", "detail"})
"""Shots in which the product is larger than the picture and runs out below the words' calm ground."""

_FILL: dict[Shot, float] = {"hero": 0.95, "wide": 0.70, "end": 0.82}
"""Share of the free zone that the product fills; the rest is room for the camera's moves."""

_CLOSE_UP: dict[Shot, float] = {"macro": 2.2, "detail": 3.0}
"""The longer side of a product's body in close shots, in sides of a square as large as the free zone."""

_HELD_BACK = 0.42
"""Share of the free zone's shorter side by which a product may leave its close-up's point."""

_TURN: dict[Shot, float] = {"macro": -12, "detail": 9, "hero": -5, "wide": 0, "end": 0}

_FRAMED = (0.87, 0.74)
"""The shares of the frame's width and height that a product fills at most once it has the picture to itself."""

_NEARER = (1.06, 1.42)
"""How much larger it gets then, at least and at most."""

_MIDDLE: dict[AspectRatio, float] = {"9:16": 0.47, "16:9": 0.5, "1:1": 0.5}
"""Where the eye looks for what stands alone, as a share of the height: platforms cover the lower end of 9:16."""

_TRAVEL, _TRAVEL_ZOOM = (0.14, 0.30), 1.15
"""How far (shares of the frame's sides, along the words' side) a close-up travels over the product, and how much
nearer it gets on the way."""

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


def face_of(motif: Motif) -> Extent:
    """The part of the motif that no words may cover: its face, where it has one, else its body."""
    face: Extent = getattr(motif, "face", body_of(motif))
    return face


def place(
    motif: Motif,
    shot: Shot,
    words: Position,
    ratio: AspectRatio,
    size: tuple[int, int],
    *,
    upright: bool = False,
    light: bool = False,
) -> Placement:
    """The place of `motif` in a picture of `size`. `upright` products stand on the ground and are not tilted.

    In a `light` scene a close shot does not run out below the words: nothing dark fades well into pale paper.
    """
    turn = 0.0 if upright and shot not in CLOSE else _TURN[shot]
    if shot in CLOSE:
        at = _bleeding(motif, shot, words, ratio, size, turn)
        zone = _free_zone(words, ratio, size)
        most = _HELD_BACK * min(zone.width, zone.height) if light else 0.0
        return _at_the_words(at, body_of(motif), words, zone, most)
    return _fitted(body_of(motif), _FILL[shot], _free_zone(words, ratio, size, card=shot == "end"), turn)


def framing(
    motif: Motif, shot: Shot, words: Position, ratio: AspectRatio, size: tuple[int, int], at: Placement
) -> Framing:
    """The picture when the words have left: the product `at` its place comes to the middle and fills it, a close-up
    goes on over the product towards another point of it."""
    (width, height), middle = size, _MIDDLE[ratio]
    if shot in CLOSE:
        return _travelled(motif, words, size, at)
    body = at.box(body_of(motif))
    fits = min(_FRAMED[0] * width / body.width, _FRAMED[1] * height / body.height)
    return Framing(body.centre, (0.5 * width, middle * height), min(_NEARER[1], max(_NEARER[0], fits)))


def _travelled(motif: Motif, words: Position, size: tuple[int, int], at: Placement) -> Framing:
    """Away from where the words stood, over what was beyond the frame: the product's edge moves into their place."""
    points = [at.box((x, y, x, y)).centre for x, y in (*motif.focus, _centre(body_of(motif)))]
    towards = _side(words)
    goal = min(points, key=lambda point: sum(way * value for way, value in zip(towards, point, strict=True)))
    moved = [_bounded(way, 0.5 * side - value, side) for way, side, value in zip(towards, size, goal, strict=True)]
    middle = (size[0] / 2, size[1] / 2)
    return Framing(middle, (middle[0] + moved[0], middle[1] + moved[1]), _TRAVEL_ZOOM)


def _bounded(way: int, wanted: float, side: int) -> float:
    """The pixels to move: as `wanted`, in bounds; toward the words (`way`) never less than the least."""
    least, most = (share * side for share in _TRAVEL)
    if way:
        return way * min(most, max(least, way * wanted))
    return min(0.5 * most, max(-0.5 * most, wanted))


def _centre(body: Extent) -> tuple[float, float]:
    return (body[0] + body[2]) / 2, (body[1] + body[3]) / 2


def _side(words: Position) -> tuple[int, int]:
    """Which way the words stand: -1, 0 or 1 across and down."""
    name = words.lower()
    return name.endswith("right") - name.endswith("left"), name.startswith("bottom") - name.startswith("top")


def _fitted(body: Extent, share: float, zone: Box, turn: float) -> Placement:
    """`body` in the middle of `zone` (pixels), as large as `share` of it."""
    unit = Placement(0, 0, 1, turn).box(body)
    scale = share * min(zone.width / unit.width, zone.height / unit.height)
    (left, top), (x, y) = unit.centre, zone.centre
    return Placement(x - scale * left, y - scale * top, scale, turn)


def _free_zone(words: Position, ratio: AspectRatio, size: tuple[int, int], *, card: bool = False) -> Box:
    """The largest rectangle (pixels) that words at `words` leave free, less the frame's margins."""
    if words == "center":
        return Box(*safe_area(ratio).pixels(*size))
    taken, gap = words_zone(words, ratio, card=card), 0.01
    sides = {
        "top": Box(0.04, taken.bottom + gap, 0.96, 0.95),
        "bottom": Box(0.04, 0.04, 0.96, taken.top - gap),
        "left": Box(taken.right + gap, 0.05, 0.97, 0.95),
        "right": Box(0.03, 0.05, taken.left - gap, 0.95),
    }
    zones = [Box(*box.pixels(*size)) for side, box in sides.items() if side in words.lower()]
    return max(zones, key=lambda zone: min(zone.width, zone.height))


def _bleeding(
    motif: Motif, shot: Shot, words: Position, ratio: AspectRatio, size: tuple[int, int], turn: float
) -> Placement:
    """The product too large for the picture: the point worth a close-up that is nearest to the words, in the middle."""
    zone, (left, top, right, bottom) = _free_zone(words, ratio, size), body_of(motif)
    scale = _CLOSE_UP[shot] * math.sqrt(zone.width * zone.height) / max(right - left, bottom - top)
    x, y = _nearest(motif, words)
    at = Placement(0, 0, scale, turn).box((x, y, x, y))
    return Placement(zone.centre[0] - at.left, zone.centre[1] - at.top, scale, turn)


def _at_the_words(at: Placement, body: Extent, words: Position, zone: Box, most: float) -> Placement:
    """Moved along the words' side of `zone` until the body begins there: toward the words where it would leave a gap,
    off them by at most so many pixels."""
    box, name = at.box(body), words.lower()
    if name.endswith(("left", "right")) and (zone.width < zone.height or name in ("left", "right")):
        is_left = name.endswith("left")
        off = zone.left - box.left if is_left else box.right - zone.right
        return replace(at, x=at.x + min(most, off) * (1 if is_left else -1))
    if name.startswith(("top", "bottom")):
        is_top = name.startswith("top")
        off = zone.top - box.top if is_top else box.bottom - zone.bottom
        most = most if zone.height < zone.width else 0.0  # a tall zone shows enough of it as it is
        return replace(at, y=at.y + min(most, off) * (1 if is_top else -1))
    return at


def _nearest(motif: Motif, words: Position) -> tuple[float, float]:
    """The focus nearest to the words' side: there the product's edge begins, and leaves them their room."""
    across, down = _side(words)
    return max(motif.focus, key=lambda point: across * point[0] + down * point[1])
