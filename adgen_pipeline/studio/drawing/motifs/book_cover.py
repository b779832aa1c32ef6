"""The cover of a book: woven cloth, a window pressed into it with a landscape in foil, and the brand."""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import Curve, line, shape, smooth
from adgen_pipeline.studio.drawing.motifs.grain import weave
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.motifs.wordmark import draw_wordmark
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_WINDOW = (-0.40, -0.76, 0.46, 0.42)
_SUN = (0.03, -0.30, 0.155)
_HILLS: tuple[Curve, ...] = (
    smooth((-0.6, -0.02), (-0.30, -0.10), (-0.10, 0.00), (0.10, -0.13), (0.30, -0.05), (0.6, -0.12)),
    smooth((-0.6, 0.06), (-0.34, 0.12), (-0.12, 0.04), (0.12, 0.09), (0.34, 0.00), (0.6, 0.06)),
    smooth((-0.6, 0.26), (-0.36, 0.16), (-0.10, 0.22), (0.16, 0.14), (0.36, 0.20), (0.6, 0.10)),
    smooth((-0.6, 0.30), (-0.30, 0.33), (0.0, 0.27), (0.22, 0.34), (0.6, 0.26)),
)


@dataclass(frozen=True)
class Binding:
    """What the book is made of: cloth in three lights, foil in three lights, paper, ribbon."""

    lit: Colour
    cloth: Colour
    deep: Colour
    foil: Colour
    foil_lit: Colour
    foil_shade: Colour
    paper: Colour
    ribbon: Colour


def binding(look: Look) -> Binding:
    """Cloth in the brand's colour with pale foil; a gold brand gives the foil, on dark cloth."""
    tones, made = look.palette, materials(look)
    if made.metal is tones.accent:
        cloth, foil, lit, shade = (
            mix(tones.low, tones.ground, 0.25),
            tones.accent,
            tones.high,
            mix(tones.accent, tones.low, 0.5),
        )
    else:
        cloth = mix(tones.accent, BLACK, 0.10 + 0.16 * luminance(tones.accent))
        foil, lit, shade = mix(WHITE * 0.86, tones.high, 0.4), WHITE, mix(WHITE * 0.68, tones.accent, 0.28)
    return Binding(
        mix(cloth, WHITE, 0.30), cloth, mix(cloth, BLACK, 0.62), foil, lit, shade, WHITE * 0.93, tones.accent
    )


def draw_cover(canvas: Any, look: Look, made: Binding, half: float, high: float) -> None:
    """The front board, `half` wide and `high` tall to either side of its middle."""
    board = skia.RRect.MakeRectXY(skia.Rect(-half, -high, half, high), 0.012, 0.012)
    canvas.save()
    canvas.clipRRect(board, skia.ClipOp.kIntersect, True)
    light = ((0, made.lit, 1), (0.35, made.cloth, 1), (0.75, mix(made.cloth, made.deep, 0.45), 1), (1, made.deep, 1))
    canvas.drawPaint(paint.ramp((-half, -high), (half, high), *light))
    draw_cloth(canvas)
    _joint(canvas, half, high)
    _window(canvas, made)
    _words(canvas, look, made)
    canvas.restore()
    rim = ((0, WHITE, 0.7), (0.4, made.lit, 0.5), (1, made.lit, 0.15))
    canvas.drawRRect(board, paint.ramp((-half, -high), (half, high), *rim, **paint.lined(0.006)))


def draw_cloth(canvas: Any) -> None:
    """Warp and weft over all that is drawn so far."""
    for waves in ((46.0, 270.0), (270.0, 46.0)):
        canvas.drawPaint(weave(canvas, waves, 0.5, seed=8.0))


def draw_foil(canvas: Any, made: Binding, glint: float) -> None:
    """The light that `glint` carries through the foil, from the upper left to the lower right."""
    x = -1.3 + 2.6 * glint
    band = ((0, WHITE, 0), (0.42, WHITE, 0.25), (0.5, WHITE, 1), (0.58, WHITE, 0.25), (1, WHITE, 0))
    canvas.drawPath(_drawing(), paint.ramp((x - 0.42, -0.3), (x + 0.42, 0.3), *band))


def _joint(canvas: Any, half: float, high: float) -> None:
    """The groove in which the cover opens, and the round of the spine beside it."""
    groove = ((0, BLACK, 0.35), (0.3, WHITE, 0.16), (0.62, BLACK, 0.05), (0.78, BLACK, 0.6), (0.88, BLACK, 0.35),
              (0.93, WHITE, 0.35), (1, WHITE, 0))  # fmt: skip
    canvas.drawRect(skia.Rect(-half, -high, -half + 0.15, high), paint.ramp((-half, 0), (-half + 0.15, 0), *groove))


@cache
def _arch(inset: float) -> Any:
    """The outline of the window: round above, square below."""
    left, top, right, bottom = _WINDOW
    shape = skia.RRect()
    round_above = (right - left) / 2 - inset
    rect = skia.Rect(left + inset, top + inset, right - inset, bottom - inset)
    shape.setRectRadii(rect, [skia.Point(r, r) for r in (round_above, round_above, 0.012, 0.012)])
    path = skia.Path()
    path.addRRect(shape)
    return path


def _window(canvas: Any, made: Binding) -> None:
    """The pressed window: its ground, sun, hills, and the foil on all of them."""
    canvas.save()
    canvas.clipPath(_arch(0), True)
    sky = (
        (0, mix(made.deep, BLACK, 0.2), 1),
        (0.35, made.deep, 1),
        (0.62, mix(made.cloth, made.lit, 0.5), 1),
        (1, made.cloth, 1),
    )
    canvas.drawPaint(paint.ramp((0, _WINDOW[1]), (0, _WINDOW[3]), *sky))
    x, y, radius = _SUN
    glow = ((0, made.foil, 0.5), (1, made.foil, 0))
    canvas.drawCircle(x, y, 3.2 * radius, paint.halo((x, y), 3.2 * radius, *glow))
    canvas.drawCircle(x, y, radius, _foil(made))
    for k, hill in enumerate(_HILLS):
        _hill(canvas, made, hill, k)
    draw_cloth(canvas)
    canvas.drawPath(_arch(-0.012), paint.stroke(BLACK, 0.05, 0.7, blur=0.014))
    canvas.restore()
    canvas.drawPath(_drawing(), _foil(made))
    canvas.drawPath(
        _arch(-0.022), paint.ramp((-0.4, -0.7), (0.4, 0.4), (0, BLACK, 0.5), (1, WHITE, 0.3), **paint.lined(0.006))
    )


def _hill(canvas: Any, made: Binding, hill: Curve, k: int) -> None:
    """One ridge, the nearer the darker, mist at its foot."""
    top, haze = float(hill[:, 1].min()), mix(mix(made.cloth, made.foil, 0.55), made.cloth, 0.3 * k)
    crest = mix(haze, made.deep, 0.12 * k)
    foot = mix(crest, made.deep, 0.72)
    canvas.drawPath(_below(hill), paint.ramp((0, top), (0, top + 0.22), (0, crest, 1), (1, foot, 1)))


@cache
def _drawing() -> Any:
    """All lines in foil, as areas: the window's frame, rays, rings around the sun, crests of the hills."""
    rays = skia.Path()
    x, y, radius = _SUN
    for reach in (1.22, 1.42):
        rays.addCircle(x, y, reach * radius)
    for k in range(48):
        angle = k * math.tau / 48
        cos, sin = math.cos(angle), math.sin(angle)
        inner, outer = 1.58 * radius, (2.6 if k % 2 else 2.15) * radius
        rays.moveTo(x + inner * cos, y + inner * sin)
        rays.lineTo(x + outer * cos, y + outer * sin)
    made = _seen(rays, _HILLS)
    for k, hill in enumerate(_HILLS):
        made.addPath(_seen(line(hill), _HILLS[k + 1 :]))
    for inset, width in ((0.018, 0.006), (-0.006, 0.012)):
        made.addPath(_as_area(_arch(inset), width))
    return made


def _seen(lines: Any, hills: tuple[Curve, ...]) -> Any:
    """What `hills` and the window's frame leave of `lines`."""
    area = skia.Op(_as_area(lines, 0.008), _arch(0.03), skia.PathOp.kIntersect_PathOp)
    for hill in hills:
        area = skia.Op(area, _below(hill), skia.PathOp.kDifference_PathOp)
    return area


def _as_area(path: Any, width: float) -> Any:
    """`path` as wide as the foil's lines. Made a thousand times as large: skia draws curves to whole units."""
    large, area = skia.Path(path), skia.Path()
    large.transform(skia.Matrix.Scale(1000, 1000))
    skia.Paint(Style=skia.Paint.kStroke_Style, StrokeWidth=1000 * width).getFillPath(large, area)
    area.transform(skia.Matrix.Scale(0.001, 0.001))
    return area


def _below(hill: Curve) -> Any:
    return shape(hill, smooth((0.6, 0.5), (-0.6, 0.5)))


def _words(canvas: Any, look: Look, made: Binding) -> None:
    """The brand below the window, or two fine rules and a lozenge where there is none."""
    middle = (_WINDOW[0] + _WINDOW[2]) / 2
    if look.brand:
        canvas.save()
        canvas.translate(0.003, 0.004)
        draw_wordmark(canvas, look.brand.upper(), (middle, 0.665), 0.155, 0.82, paint.fill(BLACK, 0.5), **_LETTERS)
        canvas.restore()
        foil = paint.ramp((0, -70), (420, 10), *_lights(made))
        draw_wordmark(canvas, look.brand.upper(), (middle, 0.665), 0.155, 0.82, foil, **_LETTERS)
    for y in (0.50, 0.78) if look.brand else (0.60, 0.66):
        canvas.drawLine(middle - 0.30, y, middle + 0.30, y, _foil(made, **paint.lined(0.006)))
    lozenge = skia.Path()
    corners = ((0, -0.022), (0.022, 0), (0, 0.022), (-0.022, 0))
    lozenge.addPoly([skia.Point(middle + across, 0.84 + down) for across, down in corners], True)
    canvas.drawPath(lozenge, _foil(made))


_LETTERS: dict[str, Any] = {"face": "serif-bold", "spacing": 0.16}


def _lights(made: Binding) -> tuple[tuple[float, Colour, float], ...]:
    around = (made.foil, made.foil_lit, made.foil, made.foil_shade, made.foil, made.foil_lit, made.foil)
    return tuple((k / 6, tone, 1.0) for k, tone in enumerate(around))


def _foil(made: Binding, **more: Any) -> Any:
    """Hot-stamped metal: bands of light and shade across the board."""
    return paint.ramp((-0.45, -0.7), (0.5, 0.5), *_lights(made), **more)
