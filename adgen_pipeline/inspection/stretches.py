"""Stretches of an ad in which something lasts: a black picture, a picture that stands still."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
"""The brightness of some of a frame's pixels, rows x columns."""

BLACK_LEVEL = 0.10
BLACK_SHARE = 0.98
"""A frame is black when this share of its pixels is no brighter than this share of white: ffmpeg's `blackdetect`."""

STILL = 0.001
"""Mean difference of brightness, as a share of white, up to which a picture has not moved: ffmpeg's `freezedetect`."""


@dataclass(frozen=True)
class Stretch:
    """From `start` to `end`, seconds of the ad."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start


class Stretches:
    """Collects stretches of at least `shortest` seconds from what holds, frame by frame."""

    def __init__(self, shortest: float):
        self.found: list[Stretch] = []
        self._shortest = shortest
        self._since: float | None = None

    def hear(self, holds: bool, seconds: float) -> None:
        """Whether it holds from `seconds` on."""
        if holds and self._since is None:
            self._since = seconds
        if not holds and self._since is not None:
            self._end(seconds)

    def close(self, seconds: float) -> list[Stretch]:
        """All that was found in an ad that ends at `seconds`."""
        if self._since is not None:
            self._end(seconds)
        return self.found

    def _end(self, seconds: float) -> None:
        assert self._since is not None
        if seconds - self._since >= self._shortest - 1e-3:
            self.found.append(Stretch(round(self._since, 3), round(seconds, 3)))
        self._since = None


class StillPicture:
    """Tells of each frame whether it shows what the still picture before it shows; black ones count as well."""

    def __init__(self, shortest: float):
        self._stretches = Stretches(shortest)
        self._picture: NDArray[np.int16] | None = None
        self._since = 0.0

    def see(self, luma: Luma, seconds: float) -> None:
        """Compare with the first frame of the stretch, not the last: what creeps has moved in the end."""
        now = luma.astype(np.int16)
        if not _same(self._picture, now):
            self._stretches.hear(False, seconds)
            self._picture = now
            self._stretches.hear(True, seconds)

    def close(self, seconds: float) -> list[Stretch]:
        """The stretches of an ad that ends at `seconds`."""
        return self._stretches.close(seconds)


def is_black(luma: Luma, *, full_range: bool) -> bool:
    """Whether a frame is black. Video has black at 16 and white at 235, unless it has the full range."""
    black, white = (0, 255) if full_range else (16, 235)
    return bool(np.mean(luma <= black + BLACK_LEVEL * (white - black)) >= BLACK_SHARE)


def _same(before: NDArray[Any] | None, now: NDArray[Any]) -> bool:
    if before is None or before.shape != now.shape:
        return False
    return bool(np.abs(before - now).mean() <= STILL * 255)
