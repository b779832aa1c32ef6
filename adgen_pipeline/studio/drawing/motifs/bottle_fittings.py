"""What is mounted on a flacon: pump, collar, cap, label."""

import math
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials, materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_COLLAR = skia.Rect(-0.205, -0.545, 0.205, -0.412)
_CAP = skia.Rect(-0.27, -1.06, 0.27, -0.56)
_LABEL = skia.Rect(-0.30, 0.10, 0.30, 0.36)
_GROOVES = 54  # around the visible half of the cap


def draw_pump(canvas: Any, look: Look, top: float, surface: float) -> None:
    """The pump below the neck at `top` and its tube, broken at the liquid's `surface` as refraction breaks it."""
    made, shade = materials(look), look.palette.low
    for half, start, end in ((0.075, top, top + 0.145), (0.045, top + 0.145, top + 0.195)):
        canvas.drawRect(skia.Rect(-half, start, half, end), _metal(made, -half, half))
        canvas.drawLine(-half, end, half, end, paint.stroke(BLACK, 0.006, 0.5))
    for left, start, end, clear in ((-0.018, top + 0.195, surface, 0.6), (-0.004, surface, 0.64, 0.28)):
        sheen = ((0, WHITE, clear), (0.3, WHITE, 0.06), (0.75, shade, clear), (1, WHITE, clear * 0.8))
        canvas.drawRect(skia.Rect(left, start, left + 0.036, end), paint.ramp((left, 0), (left + 0.036, 0), *sheen))


def draw_collar(canvas: Any, look: Look) -> None:
    """The ring round the neck, its flange on the glass, and the shadow of the cap."""
    made = materials(look)
    left, top, right, bottom = _COLLAR.left(), _COLLAR.top(), _COLLAR.right(), _COLLAR.bottom()
    canvas.drawRect(_COLLAR, _metal(made, left, right))
    flange = skia.Rect(left - 0.035, bottom - 0.022, right + 0.035, bottom + 0.012)
    canvas.drawRRect(skia.RRect.MakeRectXY(flange, 0.01, 0.012), _metal(made, right + 0.035, left - 0.035))
    for y, alpha in ((top + 0.065, 0.5), (bottom - 0.022, 0.7)):
        canvas.drawLine(left, y, right, y, paint.stroke(BLACK, 0.006, alpha))
        canvas.drawLine(left, y + 0.006, right, y + 0.006, paint.stroke(WHITE, 0.004, 0.5))
    shadow = skia.Rect(left, _CAP.bottom(), right, _CAP.bottom() + 0.07)
    canvas.drawRect(shadow, paint.ramp((0, shadow.top()), (0, shadow.bottom()), (0, BLACK, 0.8), (1, BLACK, 0)))


def draw_cap(canvas: Any, look: Look) -> None:
    """A turned metal cap: chamfered top, polished side, knurled grip."""
    made = materials(look)
    left, top, right, bottom = _CAP.left(), _CAP.top(), _CAP.right(), _CAP.bottom()
    shape = skia.RRect.MakeRectXY(_CAP, 0.022, 0.022)
    canvas.save()
    canvas.clipRRect(shape, skia.ClipOp.kIntersect, True)
    canvas.drawRect(_CAP, _metal(made, left, right))
    shade = ((0, WHITE, 0.2), (0.25, WHITE, 0), (0.3, BLACK, 0), (0.7, BLACK, 0.08), (1, BLACK, 0.5))
    canvas.drawRect(_CAP, paint.ramp((0, top), (0, bottom), *shade))
    _draw_knurl(canvas, made, bottom - 0.105, bottom - 0.022)
    canvas.drawRect(skia.Rect(left, top, right, top + 0.03), _metal(made, right, left))
    for y in (top + 0.03, bottom - 0.115, bottom - 0.012):
        canvas.drawLine(left, y, right, y, paint.stroke(BLACK, 0.005, 0.55))
        canvas.drawLine(left, y + 0.005, right, y + 0.005, paint.stroke(made.lit, 0.004, 0.75))
    canvas.restore()
    canvas.drawRRect(shape, paint.stroke(made.lit, 0.004, 0.5))


def draw_label(canvas: Any, look: Look, brand: str) -> None:
    """A dark plate with a double frame and the brand in foil."""
    ground = look.palette.ground
    canvas.drawRect(_LABEL.makeOffset(0.008, 0.014), paint.fill(BLACK, 0.45, blur=0.012))
    lit, dark = mix(ground, WHITE, 0.15), mix(ground, BLACK, 0.3)
    corners = (_LABEL.left(), _LABEL.top()), (_LABEL.right(), _LABEL.bottom())
    canvas.drawRect(_LABEL, paint.ramp(*corners, (0, lit, 1), (0.45, dark, 1), (1, lit, 1)))
    for inset, width in ((0.016, 0.006), (0.028, 0.0025)):
        frame = _metal(materials(look), _LABEL.left(), _LABEL.right(), **paint.lined(width))
        canvas.drawRect(_LABEL.makeInset(inset, inset), frame)
    _draw_foil(canvas, look, brand.upper(), room=0.49)


def _draw_foil(canvas: Any, look: Look, word: str, room: float) -> None:
    """`word` spaced in the middle of the label, made smaller until `room` units hold it."""
    # Type is set large and scaled down: skia lays letters out on a grid too coarse for sizes below one.
    face, made = paint.font("serif-bold", 100), materials(look)
    places = [0.0]
    for letter in word:
        places.append(places[-1] + face.measureText(letter) + 24)
    width = places[-1] - 24
    scale = min(0.00095, room / width)
    glow = mix(made.lit, WHITE, 0.3)
    foil = paint.ramp((0, -70), (width, 10), (0, made.metal, 1), (0.3, glow, 1), (0.6, made.metal, 1), (1, made.lit, 1))
    canvas.save()
    canvas.translate(_LABEL.centerX() - width * scale / 2, _LABEL.centerY() + 33 * scale)
    canvas.scale(scale, scale)
    for letter, x in zip(word, places, strict=False):
        canvas.drawString(letter, x, 0, face, foil)
    canvas.restore()


def _draw_knurl(canvas: Any, made: Materials, top: float, bottom: float) -> None:
    """Fine upright grooves around the cap, closer together toward its sides."""
    for k in range(_GROOVES):
        angle = math.pi * ((k + 0.5) / _GROOVES - 0.5)
        x, width = _CAP.right() * math.sin(angle), 0.010 * math.cos(angle) + 0.001
        lit = x + width / 2
        canvas.drawLine(x, top, x, bottom, paint.stroke(BLACK, width * 0.6, 0.55))
        canvas.drawLine(lit, top, lit, bottom, paint.stroke(made.lit, width * 0.3, 0.7))


def _metal(made: Materials, left: float, right: float, **more: Any) -> Any:
    """Polished metal round an upright axis: a hard bright line between dark bands, as studios light it."""
    dark, glare, plain, lit = mix(made.shade, BLACK, 0.25), mix(made.lit, WHITE, 0.35), made.metal, made.lit
    bands = (
        (0, dark), (0.05, plain), (0.10, dark), (0.22, plain), (0.30, glare), (0.36, lit),
        (0.46, plain), (0.62, made.shade), (0.74, dark), (0.86, plain), (0.92, lit), (1, dark),
    )  # fmt: skip
    return paint.ramp((left, 0), (right, 0), *((at, colour, 1.0) for at, colour in bands), **more)
