"""The animated words over each frame, and the soft ground under them."""

from collections.abc import Iterable
from copy import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.composition.layout import Placed
from adgen_pipeline.studio.composition.legibility import Ink, ink, pixels_in
from adgen_pipeline.studio.composition.motions import Picture, move
from adgen_pipeline.studio.composition.raster import surface_on
from adgen_pipeline.studio.composition.scrim import scrim
from adgen_pipeline.studio.drawing.paint import ease_in_out
from adgen_pipeline.studio.drawing.palette import Colour
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.encoding import Frame

Sample = tuple[float, Frame]
"""Seconds of the ad, and a small picture of it."""

_ARRIVAL, _DEPARTURE = 0.7, 0.4  # seconds
_UNHURRIED = 2.4  # a title on screen for less than this arrives faster, in proportion


class Titles:
    """All titles of one ad, to be drawn frame after frame; those that are over are forgotten."""

    def __init__(self, placed: list[Placed], samples: list[Sample], accent: Colour, size: tuple[int, int], end: float):
        columns = {item.column: [other for other in placed if other.column == item.column] for item in placed}
        self._columns = [_Column(column, samples, accent, size, end) for column in columns.values()]
        self.spans = [(item.title.start, item.title.end) for item in placed]

    def during(self, start: float, end: float) -> "Titles":
        """Those on screen from `start` to `end` (seconds), to be drawn apart from the others and beside them."""
        part = copy(self)
        part._columns = [column for column in self._columns if column.start < end and start < column.end]
        return part

    def draw(self, frame: Frame, seconds: float, *, letters: bool = True) -> None:
        """Draw what is to be read at `seconds` onto `frame`; without `letters`, only the grounds they stand on."""
        self._columns = [column for column in self._columns if column.end > seconds]
        shown = [column for column in self._columns if column.start <= seconds]
        if shown:
            on_frame = surface_on(frame)
            for column in shown:
                column.draw_scrim(on_frame.getCanvas(), seconds)
            for column in shown:
                column.draw_words(on_frame.getCanvas(), seconds, letters=letters)


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
        """Lay the soft ground under the words, where one is needed."""
        if not self._ink.scrim:
            return
        self._scrim = self._scrim or scrim(self._box, self._position, self._size, self._ink)
        presence = max(title.presence(seconds) for title in self._titles)
        canvas.drawImage(self._scrim[0], *self._scrim[1], skia.SamplingOptions(), skia.Paint(Alphaf=presence))

    def draw_words(self, canvas: Any, seconds: float, *, letters: bool = True) -> None:
        """Draw the pieces where they are at `seconds`."""
        for title in self._titles:
            title.draw(canvas, seconds, letters=letters)


class _Shown:
    """One title: its pieces as pictures and its place in time."""

    def __init__(self, placed: Placed, ink: Ink, *, stays: bool):
        self._placed, self._stays = placed, stays
        self._pictures = [Picture(piece, ink) for piece in placed.block.pieces]
        self._haste = max(1.0, _UNHURRIED / (placed.title.end - placed.title.start))

    def presence(self, seconds: float) -> float:
        """How much of it is there, 0 to 1: in with the first piece, out at the end (unless the ad ends too)."""
        title = self._placed.title
        if not title.start <= seconds < title.end:
            return 0.0
        return ease_in_out((seconds - title.start) * self._haste / 0.5) * (1 - self._leaving(seconds))

    def draw(self, canvas: Any, seconds: float, *, letters: bool = True) -> None:
        """Draw the pieces where they are at `seconds`; without `letters`, only what they stand on."""
        title = self._placed.title
        if not title.start <= seconds < title.end:
            return
        leaving = self._leaving(seconds)
        for picture in self._pictures:
            piece = picture.piece
            since = (seconds - title.start) * self._haste - piece.delay
            if since > 0 and (letters or not piece.letters):
                canvas.save()
                canvas.translate(round(self._placed.left + piece.left), round(self._placed.top + piece.top))
                move(canvas, picture, since, leaving)
                canvas.restore()

    def _leaving(self, seconds: float) -> float:
        left = (self._placed.title.end - seconds) * self._haste
        return 0.0 if self._stays else 1 - ease_in_out(left / _DEPARTURE)


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
