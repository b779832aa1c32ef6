"""Camera moves: how the view changes over a clip. Every move passes through the keyframe's view."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Self

from adgen_pipeline.studio.drawing.framing import Framing
from adgen_pipeline.studio.drawing.paint import ease_in_out
from adgen_pipeline.studio.drawing.recipe import STILL
from adgen_pipeline.studio.drawing.view import View
from adgen_pipeline.studio.video_gen.pace import Pace


@dataclass(frozen=True)
class Moment:
    """A moment of a clip: the way gone since the keyframe (negative before it, 1 the whole way), the seconds since
    the keyframe, and the share of the time up to the keyframe that is still to come (1 to 0)."""

    way: float
    clock: float
    to_come: float


Move = Callable[[Moment], View]

_ORBIT, _PAN, _ZOOM = 0.12, 0.11, 0.15
"""How far a whole move goes: shares of the short side, and of the picture's size."""

_BREATH = 5.0  # seconds


def _push_in(now: Moment) -> View:
    return View(zoom=1 + _ZOOM * now.way)


def _pull_out(now: Moment) -> View:
    return View(zoom=1 - _ZOOM * 0.8 * now.way)


def _pan_right(now: Moment) -> View:
    return View(x=_PAN * now.way, zoom=1 + 0.03 * now.way)


def _pan_left(now: Moment) -> View:
    return View(x=-_PAN * now.way, zoom=1 + 0.03 * now.way)


def _tilt_up(now: Moment) -> View:
    return View(y=-_PAN * now.way, zoom=1 + 0.03 * now.way)


def _tilt_down(now: Moment) -> View:
    return View(y=_PAN * now.way, zoom=1 + 0.03 * now.way)


def _orbit(now: Moment) -> View:
    """Around the product: what is behind it goes one way, what is before it the other."""
    return View(x=0.30 * _ORBIT * now.way, swing=_ORBIT * now.way, zoom=1 + 0.06 * now.way)


def _rise(now: Moment) -> View:
    """A crane: up and nearer."""
    return View(y=-0.7 * _PAN * now.way, zoom=1 + 0.6 * _ZOOM * now.way)


def _drift(now: Moment) -> View:
    """Hardly a move: slantwise, as if on water."""
    return View(x=0.4 * _PAN * now.way, y=-0.2 * _PAN * now.way, zoom=1 + 0.2 * _ZOOM * now.way)


def _static(now: Moment) -> View:
    """Never quite still: a slow breath, and a creep inward."""
    breath, sway = (math.sin(math.tau * now.clock / period) for period in (_BREATH, 1.7 * _BREATH))
    return View(zoom=1 + 0.012 * breath + 0.02 * now.way, x=0.004 * sway)


def _reveal(now: Moment) -> View:
    """The light comes up while the camera moves in."""
    lit = ease_in_out(1.08 - 1.12 * now.to_come)
    return View(zoom=1 + 0.8 * _ZOOM * now.way, y=-0.03 * now.way, light=0.05 + 0.95 * lit)


def _focus(now: Moment) -> View:
    """The product comes out of the blur while the camera moves in."""
    return View(zoom=1 + 0.8 * _ZOOM * now.way, focus=ease_in_out(1.1 - 1.2 * now.to_come))


MOVES: dict[str, Move] = {
    "push_in": _push_in,
    "pull_out": _pull_out,
    "pan_left": _pan_left,
    "pan_right": _pan_right,
    "tilt_up": _tilt_up,
    "tilt_down": _tilt_down,
    "orbit": _orbit,
    "rise": _rise,
    "drift": _drift,
    "static": _static,
    "reveal": _reveal,
    "focus": _focus,
}
_SYNONYMS = {
    "zoom_in": "push_in", "dolly_in": "push_in", "zoom_out": "pull_out", "dolly_out": "pull_out", "arc": "orbit",
    "fixed": "static", "locked": "static", "still": "static", "truck_left": "pan_left", "truck_right": "pan_right",
    "crane": "rise", "pedestal_up": "rise", "float": "drift", "glide": "drift",
}  # fmt: skip
_RARE = ("static", "reveal", "focus")
"""Moves that nobody gets who did not ask for them."""


def move_named(words: str | None, seed: int) -> Move:
    """The move that `words` name ("push_in", "slow push in"); one chosen by `seed` if they name none."""
    said = re.sub(r"[^a-z]+", "_", (words or "").lower())
    for name in (*MOVES, *_SYNONYMS):
        if re.search(rf"(^|_){name}(_|$)", said):
            return MOVES[_SYNONYMS.get(name, name)]
    lively = [name for name in MOVES if name not in _RARE]
    return MOVES[lively[seed % len(lively)]]


_REFRAMED = re.compile(r"\bthen (?:cent(?:re|er)|travel)\b.*?\bfrom (\d+(?:\.\d+)?) ?s\b", re.IGNORECASE)


def reframing_in(words: str | None) -> float | None:
    """The seconds of the clip from which the picture is to have the words' place, too: 3.2 where `words` go on with
    "then centre the product from 3.2 s" or "then travel over the product from 3.2 s"."""
    found = _REFRAMED.search(words or "")
    return float(found[1]) if found else None


@dataclass(frozen=True)
class Reframing:
    """From `start` (seconds after the keyframe's moment) on the picture goes over to `framing`, in `time` at most."""

    framing: Framing
    start: float
    time: float

    @classmethod
    def planned(cls, framing: Framing, start: float, seconds: float) -> Self | None:
        """One from `start` (seconds of a clip of `seconds`) on, but not before the keyframe's moment; None where too
        little of the clip is left."""
        still = STILL * seconds
        time = (seconds - max(start, still)) * _MOVING
        return cls(framing, max(0.0, start - still), time) if time >= _SHORTEST else None


_MOVING, _SHORTEST = 0.75, 0.5
"""Share of what is left of a clip in which it may be on its way to another framing, and how many seconds that takes
at the least."""


def reframed(view: View, pace: Pace, clock: float, change: Reframing | None) -> View:
    """`view` on its way to the framing of `change`, `clock` seconds after the keyframe's moment."""
    share = pace.reframed(clock - change.start, change.time) if change else 0.0
    return replace(view, framing=change.framing, framed=share) if change and share else view


def view_at(move: Move, pace: Pace, progress: float, clock: float, until: float) -> View:
    """The view at `progress` (0 to 1) through a clip, `clock` seconds after the keyframe's moment.

    `until` is how many seconds into the clip that moment is.
    """
    way = pace.reach * (pace.eased(progress) - pace.eased(STILL))
    view = move(Moment(way, clock, max(0.0, 1 - progress / STILL)))
    x, y = pace.sway(clock)
    entrance = 1 + pace.punch * pace.entrance(clock + until, until)
    return replace(view, x=view.x + x, y=view.y + y, zoom=view.zoom * entrance)


def views(move: Move, pace: Pace, count: int, fps: int, change: Reframing | None = None) -> list[tuple[float, View]]:
    """The seconds since the keyframe's moment, and the view, of each of a clip's `count` pictures."""
    still = round(STILL * (count - 1))
    clocks = [(number - still) / fps for number in range(count)]
    return [
        (clock, reframed(view_at(move, pace, _progress(number, still, count), clock, still / fps), pace, clock, change))
        for number, clock in enumerate(clocks)
    ]


def _progress(number: int, still: int, count: int) -> float:
    """How much of the clip has passed, exactly `STILL` at the keyframe's moment."""
    if number <= still:
        return STILL * number / max(1, still)
    return STILL + (1 - STILL) * (number - still) / max(1, count - 1 - still)
