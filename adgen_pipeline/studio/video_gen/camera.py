"""Camera moves: how the view changes over a clip. Every move passes through the keyframe's view."""

import math
import re
from collections.abc import Callable

from adgen_pipeline.studio.drawing.paint import ease_in_out
from adgen_pipeline.studio.drawing.recipe import STILL
from adgen_pipeline.studio.drawing.view import View

Move = Callable[[float, float], View]
"""From the way gone since the keyframe (negative before it) and the seconds since then to the view."""

_ORBIT, _PAN, _ZOOM = 0.10, 0.11, 0.15
"""How far a whole move goes: shares of the short side, and of the picture's size."""

_BREATH = 5.0
_REVEALED = 0.8
"""Share of the way to the keyframe after which a reveal has all its light."""


def _push_in(way: float, clock: float) -> View:
    return View(zoom=1 + _ZOOM * way)


def _pull_out(way: float, clock: float) -> View:
    return View(zoom=1 - _ZOOM * 0.8 * way)


def _pan_right(way: float, clock: float) -> View:
    return View(x=_PAN * way, zoom=1 + 0.03 * way)


def _pan_left(way: float, clock: float) -> View:
    return View(x=-_PAN * way, zoom=1 + 0.03 * way)


def _tilt_up(way: float, clock: float) -> View:
    return View(y=-_PAN * way, zoom=1 + 0.03 * way)


def _tilt_down(way: float, clock: float) -> View:
    return View(y=_PAN * way, zoom=1 + 0.03 * way)


def _orbit(way: float, clock: float) -> View:
    return View(x=0.35 * _ORBIT * way, swing=_ORBIT * way, zoom=1 + 0.06 * way)


def _static(way: float, clock: float) -> View:
    """Never quite still: a slow breath."""
    breath = math.sin(math.tau * clock / _BREATH)
    return View(zoom=1 + 0.008 * breath, y=0.003 * math.sin(math.tau * clock / (1.4 * _BREATH)))


def _reveal(way: float, clock: float) -> View:
    """The light comes up while the camera moves in."""
    dark = max(0.0, -way / STILL - 1 + _REVEALED) / _REVEALED
    return View(zoom=1 + 0.8 * _ZOOM * way, y=-0.03 * way, light=1 - 0.92 * ease_in_out(dark))


MOVES: dict[str, Move] = {
    "push_in": _push_in,
    "pull_out": _pull_out,
    "pan_left": _pan_left,
    "pan_right": _pan_right,
    "tilt_up": _tilt_up,
    "tilt_down": _tilt_down,
    "orbit": _orbit,
    "static": _static,
    "reveal": _reveal,
}
_SYNONYMS = {
    "zoom_in": "push_in", "dolly_in": "push_in", "zoom_out": "pull_out", "dolly_out": "pull_out", "arc": "orbit",
    "fixed": "static", "locked": "static", "still": "static", "truck_left": "pan_left", "truck_right": "pan_right",
}  # fmt: skip


def move_named(words: str | None, seed: int) -> Move:
    """The move that `words` name ("push_in", "slow push in"); one chosen by `seed` if they name none."""
    said = re.sub(r"[^a-z]+", "_", (words or "").lower())
    for name in (*MOVES, *_SYNONYMS):
        if name in said:
            return MOVES[_SYNONYMS.get(name, name)]
    lively = [name for name in MOVES if name not in ("static", "reveal")]
    return MOVES[lively[seed % len(lively)]]


def view_at(move: Move, progress: float, clock: float) -> View:
    """The view at `progress` (0 to 1) through a clip, `clock` seconds after the keyframe's moment."""
    return move(_eased(progress) - _eased(STILL), clock)


def _eased(progress: float) -> float:
    """Mostly even, gentler at the ends; never at rest, since a cut would show a standing picture."""
    return 0.65 * progress + 0.35 * ease_in_out(progress)
