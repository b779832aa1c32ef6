"""The shapes that go with words: buttons, tickets, brackets, rules, a line drawn by hand."""

from collections.abc import Callable
from typing import Any

from adgen_pipeline.studio.composition.legibility import Ink, relative_luminance
from adgen_pipeline.studio.composition.typography import Shape
from adgen_pipeline.studio.drawing.paint import fill, ramp, stroke
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

SLANT = 0.24
"""Of its height: how far a slanted shape leans."""

LIFT = 0.10
"""Of its height: how far below a lifted shape its hard shadow reaches."""


def filled(canvas: Any, ink: Ink, shape: Shape, width: float, height: float, *, lifted: bool) -> None:
    """`shape` in the ink's fill, with a shadow: hard below a `lifted` one, else a soft glow."""
    path = outline(shape, width, height)
    if lifted:
        canvas.save()
        canvas.translate(0, height * LIFT)
        canvas.drawPath(path, fill(mix(ink.fill, BLACK, 0.45)))
        canvas.restore()
        canvas.drawPath(path, fill(ink.fill))
        return
    canvas.save()
    canvas.translate(0, height * 0.10)
    canvas.drawPath(path, fill(ink.fill, 0.26, blur=height * 0.16))
    canvas.restore()
    canvas.drawPath(path, _sheen(ink, width, height))


def _sheen(ink: Ink, width: float, height: float) -> Any:
    """The fill lit from a corner, and only away from the colour of the words on it."""
    far, share = (WHITE, 0.24) if relative_luminance(ink.on_fill) < relative_luminance(ink.fill) else (BLACK, 0.14)
    lit = mix(ink.fill, far, share)
    first, last = (lit, ink.fill) if far is WHITE else (ink.fill, lit)
    return ramp((0, 0), (width, height), (0, first, 1), (0.6, ink.fill, 1), (1, last, 1))


def outline(shape: Shape, width: float, height: float) -> Any:
    """The path of `shape` in a box of `width` x `height`."""
    return _OUTLINES[shape](width, height)


def _rounded(share: float) -> Callable[[float, float], Any]:
    def path(width: float, height: float) -> Any:
        return skia.Path.RRect(skia.Rect(0, 0, width, height), height * share, height * share)

    return path


def _leaf(width: float, height: float) -> Any:
    """Two corners round, two nearly sharp."""
    whole, sharp = skia.RRect(), height * 0.10
    round_ = min(height * 0.5, width * 0.5)
    corners = [(round_, round_), (sharp, sharp), (round_, round_), (sharp, sharp)]
    whole.setRectRadii(skia.Rect(0, 0, width, height), [skia.Point(*corner) for corner in corners])
    return skia.Path.RRect(whole)


def _chamfer(width: float, height: float) -> Any:
    cut = height * 0.24
    corners = [(cut, 0), (width, 0), (width, height - cut), (width - cut, height), (0, height), (0, cut)]
    return _polygon(corners)


def _slant(width: float, height: float) -> Any:
    lean = height * SLANT
    return _polygon([(lean, 0), (width, 0), (width - lean, height), (0, height)])


def _ticket(width: float, height: float) -> Any:
    """A coupon: a half-round bite out of either end."""
    whole = skia.Path.RRect(skia.Rect(0, 0, width, height), height * 0.12, height * 0.12)
    bites = skia.Path()
    bites.addCircle(0, height / 2, height * 0.14)
    bites.addCircle(width, height / 2, height * 0.14)
    return skia.Op(whole, bites, skia.PathOp.kDifference_PathOp)


def _polygon(corners: list[tuple[float, float]]) -> Any:
    path = skia.Path()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    return path


_OUTLINES: dict[Shape, Callable[[float, float], Any]] = {
    "pill": _rounded(0.5),
    "rounded": _rounded(0.28),
    "leaf": _leaf,
    "chamfer": _chamfer,
    "slant": _slant,
    "ticket": _ticket,
}


def rule(canvas: Any, ink: Ink, width: float, height: float) -> None:
    """A hairline that fades toward its ends."""
    ends = ((0, ink.accent, 0), (0.5, ink.accent, 1), (1, ink.accent, 0))
    canvas.drawRect(skia.Rect(0, 0, width, height), ramp((0, 0), (width, 0), *ends))


def double_rule(canvas: Any, ink: Ink, width: float, height: float) -> None:
    """A thick line over a thin one."""
    canvas.drawRect(skia.Rect(0, 0, width, height * 0.45), fill(ink.accent))
    canvas.drawRect(skia.Rect(0, height * 0.80, width, height), fill(ink.accent))


def bar(canvas: Any, ink: Ink, width: float, height: float) -> None:
    """A thick slanted bar, and a short one behind it."""
    lean, short = height * 0.5, height * 2.2
    canvas.drawPath(
        _polygon([(lean, 0), (width - short, 0), (width - short - lean, height), (0, height)]), fill(ink.accent)
    )
    left = width - short + height * 0.5
    canvas.drawPath(_polygon([(left + lean, 0), (width, 0), (width - lean, height), (left, height)]), fill(ink.accent))


def brackets(canvas: Any, ink: Ink, width: float, height: float) -> None:
    """Four thin corners around the box."""
    reach, line = min(height, width) * 0.26, stroke(ink.accent, max(1.5, height * 0.026))
    for x, toward_x in ((0.0, 1), (width, -1)):
        for y, toward_y in ((0.0, 1), (height, -1)):
            canvas.drawLine(x, y, x + toward_x * reach, y, line)
            canvas.drawLine(x, y, x, y + toward_y * reach, line)


def slashes(canvas: Any, ink: Ink, width: float, height: float) -> None:
    """Two slanted strokes side by side."""
    thick = width * 0.30
    for left in (0.0, width * 0.46):
        corners = [(left + width * 0.24, 0), (left + width * 0.24 + thick, 0), (left + thick, height), (left, height)]
        canvas.drawPath(_polygon(corners), fill(ink.accent))


def hand_drawn(canvas: Any, ink: Ink, width: float, height: float) -> None:
    """An underline in one stroke of a brush: it swells, dips and runs out."""
    path = skia.Path()
    path.moveTo(0, height * 0.62)
    path.cubicTo(width * 0.26, height * 0.02, width * 0.60, height * 0.10, width, height * 0.30)
    path.cubicTo(width * 0.66, height * 0.34, width * 0.30, height * 0.40, 0, height * 0.78)
    path.close()
    canvas.drawPath(path, fill(ink.accent))
    canvas.drawPath(path, stroke(ink.accent, height * 0.10, StrokeJoin=skia.Paint.kRound_Join))
