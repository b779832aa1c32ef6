"""A bow of satin ribbon."""

from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.oklch import darker
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

Point = tuple[float, float]


def draw_bow(canvas: Any, colour: Colour, knot: Point) -> None:
    """Two loops, two tails and the knot at `knot`; about 1.2 units wide and 0.75 high."""
    canvas.save()
    canvas.translate(*knot)
    for side in (-1, 1):
        canvas.save()
        canvas.scale(side, 1)
        _tail(canvas, colour, side)
        canvas.restore()
    for side in (-1, 1):
        canvas.save()
        canvas.scale(side, 1)
        canvas.rotate(20)
        _loop(canvas, colour)
        canvas.restore()
    _knot(canvas, colour)
    canvas.restore()


def _loop(canvas: Any, colour: Colour) -> None:
    """One loop to the right: its inside in shade, its outside folded toward the knot."""
    lit, dark, deep = mix(colour, WHITE, 0.45), darker(colour, 0.28), darker(colour, 0.55)
    whole = _path((0.02, -0.03), (0.10, -0.42, 0.42, -0.66, 0.56, -0.46), (0.68, -0.26, 0.40, 0.02, 0.04, 0.07))
    canvas.drawPath(whole, paint.fill(BLACK, 0.30, blur=0.05))
    body = ((0, deep, 1), (0.22, dark, 1), (0.55, colour, 1), (0.78, lit, 1), (1, colour, 1))
    canvas.drawPath(whole, paint.ramp((0.0, 0.05), (0.55, -0.50), *body))
    inside = _path((0.10, -0.10), (0.20, -0.30, 0.40, -0.46, 0.485, -0.385), (0.54, -0.30, 0.34, -0.10, 0.10, -0.06))
    canvas.drawPath(inside, paint.ramp((0.1, -0.1), (0.5, -0.4), (0, darker(colour, 0.62), 1), (1, dark, 1)))
    canvas.save()
    canvas.clipPath(whole, True)
    for bend in (-0.36, -0.22, -0.02):
        fold = skia.Path()
        fold.moveTo(0.03, 0.01)
        fold.quadTo(0.20, bend * 0.55, 0.34, bend)
        canvas.drawPath(fold, paint.stroke(deep, 0.016, 0.5, blur=0.008))
    canvas.restore()
    canvas.drawPath(whole, paint.stroke(lit, 0.008, 0.5))


def _tail(canvas: Any, colour: Colour, side: int) -> None:
    """An end that falls over the lid's edge and is cut aslant."""
    long = 0.50 if side > 0 else 0.44
    tail = skia.Path()
    tail.moveTo(-0.02, 0.0)
    tail.cubicTo(0.12, 0.04, 0.18, 0.22, 0.17, long)
    tail.lineTo(0.28, long - 0.08)
    tail.lineTo(0.385, long - 0.01)
    tail.cubicTo(0.36, 0.18, 0.24, 0.0, 0.04, -0.06)
    tail.close()
    canvas.save()
    canvas.translate(0.02, 0.03)
    canvas.drawPath(tail, paint.fill(BLACK, 0.32, blur=0.028))
    canvas.restore()
    lit, dark = mix(colour, WHITE, 0.40), darker(colour, 0.30)
    satin = ((0, dark, 1), (0.35, colour, 1), (0.55, lit, 1), (0.75, colour, 1), (1, dark, 1))
    canvas.drawPath(tail, paint.ramp((0.05, 0.20), (0.36, 0.10), *satin))


def _knot(canvas: Any, colour: Colour) -> None:
    shape = skia.RRect.MakeRectXY(skia.Rect(-0.095, -0.115, 0.095, 0.095), 0.06, 0.07)
    canvas.drawRRect(shape, paint.fill(BLACK, 0.40, blur=0.035))
    lit, dark = mix(colour, WHITE, 0.5), darker(colour, 0.34)
    satin = ((0, dark, 1), (0.4, lit, 1), (0.6, colour, 1), (1, dark, 1))
    canvas.drawRRect(shape, paint.ramp((-0.1, 0), (0.1, 0.03), *satin))
    for x in (-0.035, 0.04):
        canvas.drawLine(x, -0.10, 0.8 * x, 0.08, paint.stroke(dark, 0.012, 0.6, blur=0.005))


def _path(start: Point, *curves: tuple[float, float, float, float, float, float]) -> Any:
    path = skia.Path()
    path.moveTo(*start)
    for curve in curves:
        path.cubicTo(*curve)
    path.close()
    return path
