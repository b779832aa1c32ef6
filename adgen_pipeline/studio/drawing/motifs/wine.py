"""A bottle of wine: dark glass with a moving light in it, a paper label, a foil capsule."""

import math
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.drink_label import draw_paper, draw_rule
from adgen_pipeline.studio.drawing.motifs.lettering import around
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_TILT = 7
_BOTTLE = Turned(
    (
        (0.255, 0.0), (0.285, 0.015), (0.300, 0.05), (0.302, 0.12), (0.304, 0.60), (0.306, 1.06), (0.300, 1.16),
        (0.270, 1.27), (0.205, 1.37), (0.145, 1.46), (0.112, 1.56), (0.104, 1.68), (0.101, 1.84), (0.102, 1.93),
    ),
    _TILT,
)  # fmt: skip
_CAPSULE = Turned(
    (
        (0.115, 1.545), (0.113, 1.60), (0.109, 1.70), (0.107, 1.84), (0.108, 1.925), (0.118, 1.94), (0.122, 1.96),
        (0.121, 2.00), (0.116, 2.02), (0.113, 2.035), (0.113, 2.06), (0.100, 2.068), (0.01, 2.070),
    ),
    _TILT,
)  # fmt: skip
_FOOT = 1.02  # where it stands, below the middle
_LABEL = (0.30, 0.93)
_BAND = 0.115  # the height of the label's band in the brand's colour
_OLIVE: Colour = WHITE * (0.085, 0.115, 0.055)
_GREEN: Colour = WHITE * (0.26, 0.38, 0.15)
_CREAM: Colour = WHITE * (0.955, 0.925, 0.855)

_GLASS = """
uniform float3 glass; uniform float3 glow; uniform float3 rim;
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float across = clamp(abs(p.x) / at.y, 0, 1);
  float wall = smoothstep(0.66, 0.90, across) * (1 - smoothstep(0.93, 0.995, across));
  float level = 1 - smoothstep(1.40, 1.404, at.x - 0.02 * near / at.y);
  float wave = 0.75 + 0.5 * (grain(float2(p.x * 0.7, p.y * 0.22)).r - 0.5);
  float3 c = glass * (0.40 + 0.55 * wave * exp(-9 * (p.x / at.y - 0.30) * (p.x / at.y - 0.30)));
  c += glow * (wall * (0.55 - 0.22 * level) + 0.28 * (1 - level) * (0.3 + across));
  float foot = 1 - smoothstep(0.02, 0.14, at.x);
  c += glow * foot * 0.55 * (0.5 + 0.5 * sin(asin(clamp(p.x / at.y, -1, 1)) * 14.0));
  c += mirrored(n, 0.020, rim) * (0.17 + 0.70 * facing(n));
  return shown(c);
}
"""
_FOIL = """
uniform float3 tone; uniform float3 rim;
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float angle = asin(clamp(p.x / max(at.y, 0.001), -1, 1));
  float fold = grain(float2(angle * 0.55, at.x * 0.12)).g + 0.6 * grain(float2(angle * 0.3, at.x * 0.5)).g - 0.8;
  n = normalize(n + float3(0.16 * fold, 0.05 * fold, 0));
  float3 c = mix(glazed(n, tone, 0.8, 0.06, rim), metal(n, mix(tone, float3(1), 0.12), 0.07, rim), 0.55);
  float seam = band(at.x, 1.585, 1.592, 0.002) + band(at.x, 1.612, 1.615, 0.001);
  return shown(c * (1 - 0.45 * seam) * 1.08 + tone * 0.10);
}
"""


class Wine:
    """A tall bottle with square shoulders. The brand stands on the label, if there is one."""

    extent = (-0.36, -1.08, 0.36, 1.08)
    face = (-0.31, 0.08, 0.31, 0.75)
    focus = ((0.04, 0.34), (0.02, -0.70), (-0.10, 0.52))

    def still(self, canvas: Any, look: Look) -> None:
        """Glass, label, capsule, the light along the edges."""
        accent, rim = look.palette.accent, tinted(mix(look.palette.high, WHITE, 0.4))
        canvas.save()
        canvas.translate(0, _FOOT)
        known = {"glass": tinted(mix(_OLIVE, accent, 0.06)), "glow": tinted(_glow_of(look))}
        draw_smooth(canvas, _BOTTLE.outline(), _BOTTLE.lit(_GLASS, {**known, "rim": rim}), 1.4)
        canvas.save()
        canvas.clipPath(_BOTTLE.outline(0.004), True)
        _draw_label(canvas, look)
        canvas.restore()
        ring = _CAPSULE.ring(1.545, 0.004)
        canvas.drawOval(ring.makeOffset(0, 0.012), paint.fill(BLACK, 0.6, blur=0.010))
        canvas.drawPath(_CAPSULE.outline(), _CAPSULE.lit(_FOIL, {"tone": tinted(accent), "rim": rim}))
        _draw_edges(canvas, look)
        canvas.restore()

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """A lamp's reflection that drifts over the glass, a spark on the foil, and the streak of `glint`."""
        canvas.save()
        canvas.translate(0, _FOOT)
        _draw_drift(canvas, seconds)
        spark = 0.25 + 0.75 * max(0.0, math.sin(1.2 * seconds)) ** 6
        halo = ((0, WHITE, 0.9 * spark), (0.2, WHITE, 0.4 * spark), (1, WHITE, 0))
        canvas.drawCircle(-0.055, -1.995, 0.07, paint.halo((-0.055, -1.995), 0.07, *halo))
        _draw_streak(canvas, glint)
        canvas.restore()


def _glow_of(look: Look) -> Colour:
    """The light that comes through thin glass: on pale paper little of it is seen."""
    return mix(_GREEN, look.palette.accent, 0.12) * (0.40 if look.light else 1.0)


def _draw_label(canvas: Any, look: Look) -> None:
    """Cream paper: hills and a sun, the brand between fine rules, a band in the brand's colour at its foot."""
    low, high = _LABEL
    accent = look.palette.accent
    ink = mix(BLACK, accent, 0.12)
    paper = mix(_CREAM, accent, 0.02)
    draw_paper(canvas, _BOTTLE, _LABEL, (paper, accent), (low + _BAND, high + 1), mix(look.palette.high, WHITE, 0.2))
    foil = mix(accent, BLACK, 0.25) if luminance(accent) > 0.4 else accent
    for height in (low + _BAND + 0.018, high - 0.022, high - 0.034):
        draw_rule(canvas, _BOTTLE, height, foil)
    _draw_hills(canvas, 0.755 if look.brand else 0.68, ink, foil)
    if look.brand:
        brush = paint.fill(ink, 0.96)
        around(canvas, _BOTTLE, look.brand.upper(), 0.54, 0.072, brush, reach=46, face="serif-bold", spacing=16)
    for height in (0.475, 0.635) if look.brand else (0.48,):
        draw_rule(canvas, _BOTTLE, height, ink)
    pale = mix(accent, WHITE, 0.88) if luminance(accent) < 0.6 else mix(accent, BLACK, 0.75)
    y = _BOTTLE.radius(low) * _BOTTLE.sine - (low + 0.5 * _BAND) * _BOTTLE.cosine
    for k in range(-2, 3):
        size = 0.011 - 0.002 * abs(k)
        diamond = np.array(((0, -size), (size, 0), (0, size), (-size, 0)))
        canvas.drawPath(shape(moved(diamond, 0.052 * k, y)), paint.fill(pale, 0.95))


def _draw_hills(canvas: Any, height: float, ink: Colour, sun: Colour) -> None:
    """Rows of vines that run over two hills, as if engraved, and the sun behind them."""
    canvas.save()
    canvas.translate(0, _BOTTLE.radius(height) * _BOTTLE.sine - height * _BOTTLE.cosine)
    canvas.scale(0.125, 0.125)
    canvas.drawCircle(0.15, -0.18, 0.42, paint.fill(sun, 0.95))
    back = smooth((-1.2, 0.62), (-0.8, 0.18), (-0.35, -0.02), (0.1, 0.22), (0.5, 0.50), (0.8, 0.62))
    front = smooth((-0.6, 0.62), (-0.1, 0.36), (0.4, 0.14), (0.85, 0.26), (1.25, 0.62))
    for hill, fan in ((back, -0.35), (front, 0.45)):
        body = shape(hill)
        canvas.drawPath(body, paint.fill(_CREAM))
        canvas.save()
        canvas.clipPath(body, True)
        for k in range(-9, 10):
            row = smooth((fan, -0.25), (fan + 0.075 * k, 0.2), (fan + 0.22 * k, 0.9))
            canvas.drawPath(line(row), paint.stroke(ink, 0.030, 0.85))
        canvas.restore()
        canvas.drawPath(line(hill), paint.stroke(ink, 0.045))
    canvas.drawLine(-1.3, 0.63, 1.35, 0.63, paint.stroke(ink, 0.04))
    canvas.restore()


def _draw_edges(canvas: Any, look: Look) -> None:
    """The light from behind that draws the silhouette."""
    tone = mix(look.palette.high, WHITE, 0.4)
    for side, strength in ((-1, 0.7), (1, 0.9)):
        edge = _BOTTLE.contour(-0.005)
        edge = edge[edge[:, 1] > -1.53] * (side, 1)
        stops = ((0, tone, 0.25 * strength), (0.5, tone, strength), (1, tone, 0.6 * strength))
        canvas.drawPath(line(edge), paint.ramp((0, 0), (0, -1.6), *stops, **paint.lined(0.007)))


def _draw_drift(canvas: Any, seconds: float) -> None:
    """Something bright that passes far away: soft on the glass, hardly seen on paper."""
    x = 0.15 + 0.05 * math.sin(0.7 * seconds)
    for middle, half, strength in ((-1.10, 0.19, 0.32), (-0.62, 0.34, 0.10), (-0.15, 0.13, 0.26)):
        canvas.save()
        canvas.translate(x, middle)
        canvas.scale(0.055, half)
        soft = ((0, WHITE, strength), (0.5, WHITE, 0.45 * strength), (1, WHITE, 0))
        canvas.drawCircle(0, 0, 1, paint.halo((0, 0), 1, *soft))
        canvas.restore()


def _draw_streak(canvas: Any, glint: float) -> None:
    """A band of light over glass, label and foil; at 0 and 1 it is outside."""
    if not 0 < glint < 1:
        return
    x, reach = -0.85 + 1.7 * glint, 0.08
    band = ((0, WHITE, 0), (0.5, WHITE, 0.28), (0.60, WHITE, 0.05), (0.70, WHITE, 0.14), (1, WHITE, 0))
    canvas.save()
    canvas.clipPath(_outline(), True)
    canvas.rotate(12)
    canvas.drawRect(skia.Rect(x - reach, -2.2, x + reach, 0.3), paint.ramp((x - reach, 0), (x + reach, 0), *band))
    canvas.restore()


@cache
def _outline() -> Any:
    return _BOTTLE.outline(-0.008, points=90)
