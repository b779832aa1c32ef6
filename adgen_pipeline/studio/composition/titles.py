"""The animated words over each frame: every piece is drawn once, then only moved."""

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.composition.blocks import Motion, Piece
from adgen_pipeline.studio.composition.layout import Placed
from adgen_pipeline.studio.composition.legibility import Ink, ink, pixels_in
from adgen_pipeline.studio.composition.raster import surface_on
from adgen_pipeline.studio.drawing.paint import PIXELS, SMOOTH, ease_in_out, ease_out, surface
from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.encoding import Frame

Sample = tuple[float, Frame]
"""Seconds of the ad, and a small picture of it."""

_ARRIVAL, _DEPARTURE = 0.7, 0.4  # seconds
_UNHURRIED = 2.4  # a title on screen for less than this arrives faster, in proportion
_PULSES_A_SECOND = 0.55


class Titles:
    """All titles of one ad, to be drawn frame after frame; those that are over are forgotten."""

    def __init__(self, placed: list[Placed], samples: list[Sample], accent: Colour, size: tuple[int, int], end: float):
        columns = {item.column: [other for other in placed if other.column == item.column] for item in placed}
        self._columns = [_Column(column, samples, accent, size, end) for column in columns.values()]

    def draw(self, frame: Frame, seconds: float) -> None:
        """Draw what is to be read at `seconds` onto `frame`."""
        self._columns = [column for column in self._columns if column.end > seconds]
        shown = [column for column in self._columns if column.start <= seconds]
        if shown:
            on_frame = surface_on(frame)
            for draw in (*(c.draw_scrim for c in shown), *(c.draw_words for c in shown)):
                draw(on_frame.getCanvas(), seconds)


class _Column:
    """Titles that stand together: one ink, one scrim."""

    def __init__(
        self, placed: list[Placed], samples: list[Sample], accent: Colour, size: tuple[int, int], ad_end: float
    ):
        self.start = min(item.title.start for item in placed)
        self.end = max(item.title.end for item in placed)
        self._size, self._position = size, placed[0].title.position
        self._box = _around(placed)
        behind = _behind(samples, self._box, size, self.start, self.end)
        self._ink = ink(behind, accent)
        self._titles = [_Shown(item, self._ink, stays=item.title.end >= ad_end - 1e-3) for item in placed]
        self._scrim: Any = None

    def draw_scrim(self, canvas: Any, seconds: float) -> None:
        """Lay the soft ground under the words."""
        self._scrim = self._scrim or _scrim(self._box, self._position, self._size, self._ink)
        presence = max(title.presence(seconds) for title in self._titles)
        canvas.drawImage(self._scrim[0], *self._scrim[1], skia.SamplingOptions(), skia.Paint(Alphaf=presence))

    def draw_words(self, canvas: Any, seconds: float) -> None:
        """Draw the pieces where they are at `seconds`."""
        for title in self._titles:
            title.draw(canvas, seconds)


class _Shown:
    """One title: its pieces as pictures and its place in time."""

    def __init__(self, placed: Placed, ink: Ink, *, stays: bool):
        self._placed, self._ink, self._stays = placed, ink, stays
        self._pictures: list[Any] = []
        title = placed.title
        self._haste = max(1.0, _UNHURRIED / (title.end - title.start))

    def presence(self, seconds: float) -> float:
        """How much of it is there, 0 to 1: in with the first piece, out at the end (unless the ad ends too)."""
        title = self._placed.title
        if not title.start <= seconds < title.end:
            return 0.0
        return ease_in_out((seconds - title.start) * self._haste / 0.5) * self._fading(seconds)

    def draw(self, canvas: Any, seconds: float) -> None:
        title, block = self._placed.title, self._placed.block
        if not title.start <= seconds < title.end:
            return
        self._pictures = self._pictures or [_picture(piece, self._ink) for piece in block.pieces]
        fading = self._fading(seconds)
        for piece, picture in zip(block.pieces, self._pictures, strict=True):
            since = (seconds - title.start) * self._haste - piece.delay
            if since > 0:
                canvas.save()
                canvas.translate(round(self._placed.left + piece.left), round(self._placed.top + piece.top))
                _MOTIONS[piece.motion](canvas, piece, picture, since, fading)
                canvas.restore()

    def _fading(self, seconds: float) -> float:
        left = (self._placed.title.end - seconds) * self._haste
        return 1.0 if self._stays else ease_in_out(left / _DEPARTURE)


def _rise(canvas: Any, piece: Piece, picture: Any, since: float, fading: float) -> None:
    """Up from behind an invisible edge under the line."""
    arrived = ease_out(since / _ARRIVAL)
    if arrived < 1:
        reach = piece.bleed
        canvas.clipRect(skia.Rect(-reach, -reach, piece.width + reach, piece.height + reach * 0.6))
    canvas.translate(0, (1 - arrived) * piece.height)
    _stamp(canvas, piece, picture, min(1.0, arrived * 1.6) * fading)


def _fade(canvas: Any, piece: Piece, picture: Any, since: float, fading: float) -> None:
    _stamp(canvas, piece, picture, ease_in_out(since / 0.35) * fading)


def _pop(canvas: Any, piece: Piece, picture: Any, since: float, fading: float) -> None:
    """From small, a little beyond its size, and back."""
    t = min(1.0, since / 0.55)
    _zoomed(canvas, piece, 1 + 2.4 * (t - 1) ** 3 + 1.4 * (t - 1) ** 2)
    _stamp(canvas, piece, picture, ease_out(t * 2) * fading)


def _spread(canvas: Any, piece: Piece, picture: Any, since: float, fading: float) -> None:
    """From the middle to both sides."""
    _zoomed(canvas, piece, max(0.01, ease_out(since / 0.9)), 1.0)
    _stamp(canvas, piece, picture, fading)


def _button(canvas: Any, piece: Piece, picture: Any, since: float, fading: float) -> None:
    """Rises into place, then breathes."""
    arrived = ease_out(since / _ARRIVAL)
    canvas.translate(0, (1 - arrived) * piece.height * 0.45)
    breath = math.sin(2 * math.pi * _PULSES_A_SECOND * max(0.0, since - _ARRIVAL))
    _zoomed(canvas, piece, 1 + 0.014 * breath)
    _stamp(canvas, piece, picture, arrived * fading)


_MOTIONS: dict[Motion, Callable[[Any, Piece, Any, float, float], None]] = {
    "rise": _rise,
    "fade": _fade,
    "pop": _pop,
    "spread": _spread,
    "button": _button,
}


def _zoomed(canvas: Any, piece: Piece, across: float, down: float | None = None) -> None:
    canvas.translate(piece.width / 2, piece.height / 2)
    canvas.scale(across, across if down is None else down)
    canvas.translate(-piece.width / 2, -piece.height / 2)


def _stamp(canvas: Any, piece: Piece, picture: Any, alpha: float) -> None:
    reach = math.ceil(piece.bleed)
    canvas.drawImage(picture, -reach, -reach, SMOOTH, skia.Paint(Alphaf=alpha))


def _picture(piece: Piece, ink: Ink) -> Any:
    reach = math.ceil(piece.bleed)
    target = surface(piece.width + 2 * reach, piece.height + 2 * reach)
    target.getCanvas().translate(reach, reach)
    piece.paint(target.getCanvas(), ink)
    return target.makeImageSnapshot()


def _around(placed: Iterable[Placed]) -> tuple[float, float, float, float]:
    boxes = [item.box for item in placed]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _behind(
    samples: list[Sample], box: tuple[float, ...], size: tuple[int, int], start: float, end: float
) -> NDArray[np.float64]:
    """All sampled pixels behind `box` while words stand there from `start` to `end`; the nearest if none falls between.

    What is behind while they are still arriving or already leaving does not decide.
    """
    width, height = size
    within = [frame for seconds, frame in samples if start + _ARRIVAL / 2 <= seconds <= end - _DEPARTURE / 2]
    nearest = min(samples, key=lambda sample: abs(sample[0] - (start + end) / 2))[1]
    shares = (box[0] / width, box[1] / height, box[2] / width, box[3] / height)
    return np.concatenate([pixels_in(frame, shares) for frame in within or [nearest]])


def _scrim(
    box: tuple[float, float, float, float], position: str, size: tuple[int, int], ink: Ink
) -> tuple[Any, tuple[int, int]]:
    """A picture of the scrim and its corner: full under `box`, fading out softly, open toward the edges it is near."""
    width, height = size
    pad, soft = min(size) * 0.02, min(size) * 0.42
    across = _ramp(width, box[0] - pad, box[2] + pad, soft, _open(position, "left"), _open(position, "right"))
    down = _ramp(height, box[1] - pad, box[3] + pad, soft, _open(position, "top"), _open(position, "bottom"))
    rows = np.flatnonzero(down > 0.002)
    alpha = ink.scrim * np.outer(down[rows[0] : rows[-1] + 1], across)
    grain = np.random.default_rng(7).uniform(0, 1, alpha.shape)  # against banding
    pixels = np.empty((*alpha.shape, 4), np.uint8)
    for channel, level in enumerate((*ink.ground[::-1], 1.0)):
        pixels[..., channel] = alpha * level * 255 + grain * (alpha > 0.01) * level
    info = skia.ImageInfo.Make(pixels.shape[1], pixels.shape[0], PIXELS, skia.kPremul_AlphaType)
    return skia.Surface.MakeRasterDirect(info, pixels).makeImageSnapshot(), (0, int(rows[0]))


def _open(position: str, side: str) -> bool:
    """True if the scrim runs on to that edge: bands across the frame, columns down it, corners into theirs."""
    place = position.lower()
    if place in ("top", "bottom", "center"):
        return side in ("left", "right") or place == side
    if place in ("left", "right"):
        return side in ("top", "bottom") or place == side
    return side in place


def _ramp(
    length: int, start: float, stop: float, soft: float, open_start: bool, open_stop: bool
) -> NDArray[np.float64]:
    at = np.arange(length) + 0.5
    rise = np.ones(length) if open_start else np.clip((at - start + soft) / soft, 0, 1)
    fall = np.ones(length) if open_stop else np.clip((stop + soft - at) / soft, 0, 1)
    edge = np.minimum(rise, fall)
    return edge**3 * (10 - 15 * edge + 6 * edge * edge)
