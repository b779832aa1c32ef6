"""How pieces of words come and go: each is drawn once, then only moved, cut, or faded between sharp and soft.

`since` counts seconds from a piece's own start; `leaving` goes from 0 (there) to 1 (gone). At rest every motion draws
the piece exactly where it belongs.
"""

import math
from collections.abc import Callable
from functools import cached_property
from typing import Any

from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.composition.pieces import Piece
from adgen_pipeline.studio.composition.typography import Motion
from adgen_pipeline.studio.drawing.paint import SMOOTH, ease_in_out, ease_out, ramp, surface
from adgen_pipeline.studio.drawing.palette import WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_SOFT = 0.10
"""Blur (sigma) of a soft picture, as a share of the piece's height."""

_PULSES_A_SECOND = 0.55


class Picture:
    """A piece as it is painted, with its bleed; `soft` is the same out of focus."""

    def __init__(self, piece: Piece, ink: Ink):
        self.piece, self.ink = piece, ink
        self._reach = math.ceil(piece.bleed)

    @cached_property
    def sharp(self) -> Any:
        return self._painted(lambda canvas: self.piece.paint(canvas, self.ink))

    @cached_property
    def soft(self) -> Any:
        sigma = self.piece.height * _SOFT
        blurred = skia.Paint(ImageFilter=skia.ImageFilters.Blur(sigma, sigma))
        sharp, reach = self.sharp, self._reach
        return self._painted(lambda canvas: canvas.drawImage(sharp, -reach, -reach, skia.SamplingOptions(), blurred))

    def stamp(self, canvas: Any, alpha: float = 1.0, *, soft: bool = False) -> None:
        """Draw it with its corner at the canvas's origin."""
        picture = self.soft if soft else self.sharp
        canvas.drawImage(picture, -self._reach, -self._reach, SMOOTH, skia.Paint(Alphaf=min(1.0, max(0.0, alpha))))

    def _painted(self, paint: Callable[[Any], None]) -> Any:
        reach = self._reach
        target = surface(self.piece.width + 2 * reach, self.piece.height + 2 * reach)
        target.getCanvas().translate(reach, reach)
        paint(target.getCanvas())
        return target.makeImageSnapshot()


def move(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """Draw `picture` as its piece's motion has it, the canvas's origin at the piece's corner."""
    _MOTIONS[picture.piece.motion](canvas, picture, since, leaving)


def _rise(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """Up by a part of its height, softly."""
    arrived = _settled(since / 0.9)
    canvas.translate(0, ((1 - arrived) * 0.42 - leaving * 0.12) * picture.piece.height)
    picture.stamp(canvas, ease_in_out(since / 0.55) * (1 - leaving))


def _fade(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    picture.stamp(canvas, ease_in_out(since / 0.5) * (1 - leaving))


def _pop(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """From small and tilted, a little beyond its size, and back; shrinks away."""
    t, piece = min(1.0, since / 0.5), picture.piece
    spring = 1 + 0.7 * min(1.0, 1.5 * piece.height / max(1.0, piece.width))  # wide ones would touch their neighbours
    scale = 1 + (spring + 1) * (t - 1) ** 3 + spring * (t - 1) ** 2
    _about_the_middle(canvas, piece, max(0.01, scale) * (1 - 0.4 * leaving), -9 * (1 - ease_out(t)))
    picture.stamp(canvas, ease_out(t * 2.5) * (1 - leaving))


def _wipe(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """Uncovered from the left by a line of light; covered again the same way."""
    piece, seen = picture.piece, ease_in_out(since / 0.6)
    left, right = _edges(piece, leaving, seen)
    canvas.save()
    canvas.clipRect(skia.Rect(left, -piece.bleed, right, piece.height + piece.bleed))
    picture.stamp(canvas)
    canvas.restore()
    if 0 < seen < 1:
        _light_line(canvas, picture, right, min(1.0, 4 * seen * (1 - seen)))


def _light_line(canvas: Any, picture: Picture, x: float, strength: float) -> None:
    piece, tone = picture.piece, mix(picture.ink.accent, WHITE, 0.35)
    box = skia.Rect(x, piece.height * 0.02, x + max(2.0, piece.height * 0.035), piece.height * 0.98)
    canvas.drawRect(box, ramp((0, 0), (0, piece.height), (0, tone, 0), (0.5, tone, strength), (1, tone, 0)))


def _type(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """There at once, like a letter typed; gone by fading."""
    picture.stamp(canvas, 1 - leaving)


def _bloom(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """Into focus while it drifts up; out of focus again."""
    focus = ease_in_out(since / 0.9) * (1 - leaving)
    canvas.translate(0, (1 - _settled(since / 1.2)) * 0.22 * picture.piece.height)
    if focus >= 1:
        picture.stamp(canvas)
        return
    picture.stamp(canvas, ease_in_out(since / 0.5) * (1 - focus) * (1 - leaving), soft=True)
    picture.stamp(canvas, focus * focus)


def _slam(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """In from the side, leaning into its speed, and a touch too far; out ahead."""
    t = min(1.0, since / 0.34)
    way = (1 - t) ** 3 - 0.05 * math.sin(math.pi * t) * t
    gone = leaving * leaving
    canvas.translate((gone - way) * picture.piece.travel, 0)
    canvas.skew(0.30 * way - 0.2 * gone, 0)
    picture.stamp(canvas, min(1.0, t * 3.5) * (1 - leaving))


def _stack(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """Rolls up with echoes of itself below, which it gathers in."""
    arrived = _settled(since / 0.8)
    step = (1 - arrived) * 0.36 * picture.piece.height
    for echo in (3, 2, 1) if arrived < 1 else ():
        canvas.save()
        canvas.translate(0, step * (echo + 1))
        picture.stamp(canvas, 0.30 / echo * ease_in_out(since / 0.25) * (1 - leaving))
        canvas.restore()
    canvas.translate(0, step - leaving * 0.3 * picture.piece.height)
    picture.stamp(canvas, ease_in_out(since / 0.3) * (1 - leaving))


def _settle(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """Letters drawn together from a wider spacing."""
    canvas.translate(picture.piece.travel * (1 - _settled(since / 1.4)), 0)
    picture.stamp(canvas, ease_in_out(since / 0.7) * (1 - leaving))


def _spread(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """From the middle to both sides."""
    canvas.translate(picture.piece.width / 2, 0)
    canvas.scale(max(0.01, ease_out(since / 0.9)), 1)
    canvas.translate(-picture.piece.width / 2, 0)
    picture.stamp(canvas, 1 - leaving)


def _unroll(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """Drawn from left to right."""
    left, right = _edges(picture.piece, leaving, ease_in_out(since / 0.55))
    canvas.clipRect(skia.Rect(left, -picture.piece.bleed, right, picture.piece.height + picture.piece.bleed))
    picture.stamp(canvas)


def _button(canvas: Any, picture: Picture, since: float, leaving: float) -> None:
    """Rises into place, then breathes."""
    arrived = ease_out(since / 0.7)
    canvas.translate(0, (1 - arrived) * picture.piece.height * 0.45)
    breath = math.sin(math.tau * _PULSES_A_SECOND * max(0.0, since - 0.7))
    _about_the_middle(canvas, picture.piece, 1 + 0.014 * breath)
    picture.stamp(canvas, arrived * (1 - leaving))


_MOTIONS: dict[Motion, Callable[[Any, Picture, float, float], None]] = {
    "rise": _rise,
    "fade": _fade,
    "pop": _pop,
    "wipe": _wipe,
    "type": _type,
    "bloom": _bloom,
    "slam": _slam,
    "stack": _stack,
    "settle": _settle,
    "spread": _spread,
    "unroll": _unroll,
    "button": _button,
}


def _settled(t: float) -> float:
    """Fast, then very gently to rest (quintic); clamped to 0..1."""
    return 1 - (1 - min(1.0, max(0.0, t))) ** 5


def _edges(piece: Piece, leaving: float, seen: float) -> tuple[float, float]:
    """Left and right of what a wipe shows."""
    reach = piece.width + 2 * piece.bleed
    return -piece.bleed + reach * leaving, -piece.bleed + reach * seen


def _about_the_middle(canvas: Any, piece: Piece, scale: float, degrees: float = 0.0) -> None:
    canvas.translate(piece.width / 2, piece.height / 2)
    canvas.rotate(degrees)
    canvas.scale(scale, scale)
    canvas.translate(-piece.width / 2, -piece.height / 2)
