"""A cup of coffee: latte art, glazed ceramic, a saucer, beans, steam."""

from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.ceramic import (
    IVORY,
    draw_brand,
    draw_lip,
    draw_outside,
    gilded,
    gilding,
    glaze_of,
)
from adgen_pipeline.studio.drawing.motifs.coffee_top import draw_bean, draw_coffee
from adgen_pipeline.studio.drawing.motifs.curves import beside, line, shape, smooth
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, lit, tinted
from adgen_pipeline.studio.drawing.motifs.steam import draw_steam
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_TILT = 27
_CUP = Turned(
    ((0.27, 0.0), (0.29, 0.025), (0.31, 0.055), (0.44, 0.13), (0.555, 0.28), (0.62, 0.48), (0.65, 0.70)), _TILT, 12
)
_FOOT = 0.36  # where the cup stands, below the middle
_RIM, _SURFACE = 0.70, 0.615
_SAUCER = 1.02
_WALL = 0.030
_HANDLE = smooth((0.57, -0.20), (0.74, -0.29), (0.90, -0.22), (0.90, -0.05), (0.76, 0.07), (0.50, 0.13))

_HOLLOW = """
uniform float3 albedo; uniform float4 place;  // heights of coffee and rim
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float deep = smoothstep(place.x, place.y, at.x);
  float warm = 1 - deep;
  float3 c = albedo * (0.66 + 0.46 * deep) * (0.74 + 0.30 * smoothstep(-0.7, 0.8, n.x));
  c = mix(c, c * float3(1.0, 0.78, 0.55), 0.45 * warm);
  return shown(c);
}
"""
_PLATE = """
uniform float3 albedo; uniform float3 rim; uniform float4 tilt;  // sine, cosine
half4 main(float2 p) {
  float r = length(p);
  float slope = 0.05 + 0.50 * smoothstep(0.50, 0.62, r) * (1 - smoothstep(0.66, 0.80, r));
  slope += 0.20 * smoothstep(0.8, 0.98, r);
  slope -= 1.3 * smoothstep(0.975, 1.0, r);
  slope += 0.5 * band(r, 0.445, 0.462, 0.006) - 0.5 * band(r, 0.478, 0.495, 0.006);
  float3 n = normalize(float3(-slope * p.x / r, 1, -slope * p.y / r));
  n = normalize(float3(n.x, n.y * tilt.y - n.z * tilt.x, n.z * tilt.y + n.y * tilt.x));
  n = normalize(n + 0.015 * (grain(p * 1.3).rgb - 0.5));
  float3 c = glazed(n, albedo, 0.75, 0.06, rim);
  return shown(c);
}
"""


class Coffee:
    """A cup on a saucer, seen from above the table. The brand is printed on the cup, if there is one."""

    extent = (-1.06, -0.61, 1.06, 0.98)
    face = (-0.66, -0.62, 0.66, 0.30)
    focus = ((-0.24, -0.22), (0.30, -0.34), (-0.30, 0.12))

    def still(self, canvas: Any, look: Look) -> None:
        """Saucer, beans, cup, coffee."""
        glaze = glaze_of(look)
        _draw_saucer(canvas, look, glaze)
        for x, y, size, turn in _beans(look.seed):
            draw_bean(canvas, x, y, size, turn, look)
        _draw_handle(canvas, look, glaze)
        canvas.save()
        canvas.translate(0, _FOOT)
        draw_outside(canvas, _CUP, look, 0.24)
        if look.brand:
            draw_brand(canvas, _CUP, look, look.brand, 0.40, 0.085, 42)
        _draw_inside(canvas, look)
        draw_lip(canvas, _CUP, look, _RIM, _WALL)
        canvas.restore()

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Steam, and light that travels around the glaze with `glint`."""
        canvas.save()
        canvas.translate(0, _FOOT)
        _draw_gleam(canvas, glint)
        canvas.translate(0, -_SURFACE * _CUP.cosine)
        draw_steam(canvas, seconds, look.seed, 0.26, 1.25, 0.34)
        canvas.restore()


def _beans(seed: int) -> list[tuple[float, float, float, float]]:
    """A few beans on the saucer and beside it: x, y, size, degrees."""
    rng = np.random.default_rng([seed, 5])
    spots = ((-0.66, 0.50), (-0.48, 0.63), (-0.80, 0.72), (0.58, 0.64), (0.80, 0.78))
    return [
        (x + rng.uniform(-0.03, 0.03), y + rng.uniform(-0.02, 0.02), rng.uniform(0.115, 0.13), rng.uniform(-70, 70))
        for x, y in spots
    ]


def _draw_saucer(canvas: Any, look: Look, glaze: Colour) -> None:
    """The plate below the cup: its edge, its top with a well for the cup, the cup's shadow on it."""
    flat = _CUP.sine
    canvas.save()
    canvas.translate(0, _FOOT + 0.045)
    canvas.scale(1, flat)
    edge = ((0, mix(glaze, BLACK, 0.45), 1), (0.3, mix(glaze, BLACK, 0.25), 1), (1, mix(glaze, BLACK, 0.75), 1))
    canvas.drawOval(skia.Rect(-0.62, -0.3, 0.62, _SAUCER + 0.16), paint.fill(mix(glaze, BLACK, 0.85)))
    canvas.drawCircle(0, 0.075, _SAUCER - 0.004, paint.ramp((-1, 0), (1, 0), *edge))
    canvas.scale(_SAUCER, _SAUCER)
    known = {"albedo": tinted(glaze), "rim": tinted(look.palette.high), "tilt": (_CUP.sine, _CUP.cosine, 0, 0)}
    disc = skia.Path()
    disc.addCircle(0, 0, 1)
    draw_smooth(canvas, disc, lit(_PLATE, known))
    if gilded(look):
        canvas.drawCircle(0, 0, 0.982, paint.ramp((-1, -1), (1, 1), *gilding(look), **paint.lined(0.022)))
    else:
        canvas.drawCircle(0, 0, 0.986, paint.stroke(mix(glaze, WHITE, 0.7), 0.008, 0.6))
    for x, y, r, strength, blur in ((0.10, 0.10, 0.50, 0.45, 0.10), (0.03, 0.02, 0.36, 0.65, 0.04)):
        canvas.drawCircle(x, y, r, paint.fill(BLACK, strength, blur=blur))
    canvas.restore()


def _draw_handle(canvas: Any, look: Look, glaze: Colour) -> None:
    """A loop of ceramic, thinner where it turns, lit along its upper side."""
    half = np.interp(np.linspace(0, 1, len(_HANDLE)), (0, 0.2, 0.5, 0.85, 1), (0.075, 0.056, 0.050, 0.056, 0.09))
    loop = shape(beside(_HANDLE, half), beside(_HANDLE, -half)[::-1])
    dark, lit_side = mix(glaze, BLACK, 0.72), mix(glaze, WHITE, 0.25)
    canvas.save()
    canvas.clipPath(loop, True)
    canvas.drawPaint(paint.fill(mix(glaze, BLACK, 0.35)))
    for share, width, tone, alpha in ((-0.75, 0.05, lit_side, 0.7), (0.8, 0.06, dark, 0.9), (-0.45, 0.02, WHITE, 0.75)):
        canvas.drawPath(line(beside(_HANDLE, -share * half)), paint.stroke(tone, width, alpha, blur=0.35 * width))
    rim = ((0, look.palette.high, 0), (0.6, look.palette.high, 0.1), (1, mix(look.palette.high, WHITE, 0.4), 0.95))
    canvas.drawPath(loop, paint.ramp((0.55, 0), (0.95, 0), *rim, **paint.lined(0.022)))
    shadow = ((0, BLACK, 0.75), (1, BLACK, 0))
    canvas.drawPaint(paint.ramp((0.56, 0), (0.70, 0), *shadow))
    canvas.restore()


def _draw_inside(canvas: Any, look: Look) -> None:
    """The far wall, and the coffee below the rim."""
    mouth = skia.Path()
    mouth.addOval(_CUP.ring(_RIM, -_WALL))
    canvas.save()
    canvas.clipPath(mouth, True)
    known = {"albedo": tinted(IVORY), "place": (_SURFACE, _RIM, 0, 0)}
    draw_smooth(canvas, mouth, _CUP.lit(_HOLLOW, known, inside=True))
    top = _CUP.ring(_SURFACE, -_WALL)
    canvas.translate(0, top.centerY())
    canvas.scale(top.width() / 2, top.height() / 2)
    draw_coffee(canvas, look.seed)
    canvas.restore()


def _draw_gleam(canvas: Any, glint: float) -> None:
    """A soft band of light around the cup; at 0 and 1 it is outside."""
    if not 0 < glint < 1:
        return
    x, reach = -0.85 + 1.7 * glint, 0.11
    band = ((0, WHITE, 0), (0.5, WHITE, 0.22), (0.62, WHITE, 0.05), (0.72, WHITE, 0.10), (1, WHITE, 0))
    canvas.save()
    canvas.clipPath(_front(), True)
    canvas.drawRect(skia.Rect(x - reach, -0.8, x + reach, 0.2), paint.ramp((x - reach, 0), (x + reach, 0), *band))
    canvas.restore()


@cache
def _front() -> Any:
    """The outside of the cup, without its mouth."""
    mouth = skia.Path()
    mouth.addOval(_CUP.ring(_RIM))
    return skia.Op(_CUP.outline(-0.01, points=80), mouth, skia.PathOp.kDifference_PathOp)
