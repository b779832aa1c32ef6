"""A cold bottle of something to drink: liquid that the light comes through, a label, drops."""

import math
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.drink_label import draw_cap, draw_label
from adgen_pipeline.studio.drawing.motifs.droplets import Drop, draw_drop, draw_running, scatter
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_TILT = 9
_BOTTLE = Turned(
    (
        (0.38, 0.0), (0.42, 0.03), (0.435, 0.08), (0.435, 0.30), (0.435, 0.70), (0.435, 1.02), (0.42, 1.16),
        (0.35, 1.34), (0.25, 1.50), (0.185, 1.66), (0.165, 1.82), (0.160, 1.93), (0.172, 1.95), (0.175, 1.99),
        (0.160, 2.01), (0.155, 2.05),
    ),
    _TILT,
)  # fmt: skip
_FOOT = 1.02  # where it stands, below the middle
_LEVEL = 1.60  # the liquid's surface
_LABEL = (0.36, 0.96)
_RUN = (0.30, -1.08, 0.98)  # the way of drops that run down

_GLASS = """
uniform float3 tint; uniform float3 glow; uniform float3 rim; uniform float4 fillup;  // level, thickness of the foot
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float across = clamp(abs(p.x) / at.y, 0, 1);
  float liquid = 1 - smoothstep(fillup.x - 0.004, fillup.x + 0.004, at.x - 0.05 * (near / at.y));
  float inner = sqrt(max(0.90 - across * across, 0));
  float thick = 2.1 * at.y * inner;
  float3 passed = pow(tint, float3(thick * 1.55 + 0.10));
  float bent = p.x / at.y * 0.9;
  float back = 0.15 + 1.10 * exp(-2.6 * (bent - 0.16) * (bent - 0.16)) * (0.55 + 0.45 * smoothstep(0.0, 0.5, at.x));
  back += 0.55 * exp(-26 * (bent - 0.46) * (bent - 0.46));
  back *= 0.80 + 0.35 * (grain(float2(p.x * 0.9, p.y * 0.25)).r - 0.5);
  float3 full = passed * glow * back;
  float3 air = glow * (0.10 + 0.16 * across * across) + tint * 0.06;
  float wall = smoothstep(0.80, 0.93, across) * (1 - smoothstep(0.945, 0.985, across));
  float3 c = mix(air, full, liquid);
  c *= 1 - 0.72 * wall;
  float foot = 1 - smoothstep(fillup.y - 0.02, fillup.y + 0.02, at.x);
  float facet = 0.5 + 0.5 * sin(asin(clamp(p.x / at.y, -1, 1)) * 20.0);
  c = mix(c, tint * glow * (0.22 + 0.75 * facet * smoothstep(0.0, 0.10, at.x)), 0.75 * foot);
  float3 seen = mirrored(n, 0.015, rim);
  c += seen * (0.13 + 0.75 * facing(n));
  float line = band(at.x, fillup.x - 0.010, fillup.x + 0.002, 0.004);
  c += line * 0.4 * glow;
  float alpha = mix(0.42 + 0.5 * facing(n) + 0.4 * wall, 0.985, max(liquid, foot));
  return shown(c) * half(clamp(alpha, 0, 1));
}
"""


class Drink:
    """A glass bottle with a crown cap. The brand stands on the label, if there is one."""

    extent = (-0.50, -1.11, 0.50, 1.12)
    face = (-0.44, 0.04, 0.44, 0.70)
    focus = ((0.10, -0.16), (0.0, -0.86), (-0.12, 0.46))

    def still(self, canvas: Any, look: Look) -> None:
        """Glass and liquid, label, cap, drops."""
        tint, glow = liquid_of(look)
        canvas.save()
        canvas.translate(0, _FOOT)
        known = {"tint": tinted(tint), "glow": tinted(glow), "rim": tinted(mix(look.palette.high, WHITE, 0.3))}
        draw_smooth(canvas, _BOTTLE.outline(), _BOTTLE.lit(_GLASS, {**known, "fillup": (_LEVEL, 0.075, 0, 0)}))
        _draw_surface(canvas, tint, glow)
        draw_label(canvas, _BOTTLE, look, *_LABEL)
        draw_cap(canvas, look, 1.985, _TILT)
        _draw_edges(canvas, look)
        for drop in _drops(look.seed):
            draw_drop(canvas, drop)
        canvas.restore()

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Bubbles that rise, a drop that runs down, light that crosses the glass with `glint`."""
        canvas.save()
        canvas.translate(0, _FOOT)
        _draw_bubbles(canvas, look.seed, seconds)
        draw_running(canvas, look.seed, seconds, _RUN)
        _draw_streak(canvas, glint)
        canvas.restore()


def liquid_of(look: Look) -> tuple[Colour, Colour]:
    """What light keeps of its colour in a thin layer of the liquid, and the light that comes through it.

    Only hues one would drink: amber for warm brands, else a glass tinted lightly with the brand's colour.
    """
    red, green, blue = (float(v) for v in look.palette.accent)
    if red > green > blue and red - blue > 0.3:
        return mix(_AMBER, look.palette.accent, 0.25), _WARM
    pale = mix(WHITE, look.palette.accent, 0.56)
    return pale / pale.max(), mix(WHITE, look.palette.accent, 0.10)


_AMBER: Colour = WHITE * (0.98, 0.60, 0.16)
_WARM: Colour = WHITE * (1.25, 1.02, 0.72)


def _draw_surface(canvas: Any, tint: Colour, glow: Colour) -> None:
    """The liquid's surface in the neck, seen a little from above, and the foam along it."""
    ring = _BOTTLE.ring(_LEVEL, -0.022)
    canvas.drawOval(ring, paint.ramp((ring.left(), 0), (ring.right(), 0), (0, tint * glow, 0.9), (1, tint, 0.5)))
    canvas.drawArc(ring, 0, 180, False, paint.stroke(mix(tint, WHITE, 0.6), 0.006, 0.9))


def _draw_edges(canvas: Any, look: Look) -> None:
    """The light from behind that draws the silhouette."""
    lit = mix(look.palette.high, WHITE, 0.4)
    for side, strength in ((-1, 0.5), (1, 0.7)):
        edge = _BOTTLE.contour(-0.006) * (side, 1)
        path = skia.Path()
        path.addPoly([skia.Point(float(x), float(y)) for x, y in edge], False)
        stops = ((0, lit, 0.15 * strength), (0.5, lit, strength), (1, lit, 0.6 * strength))
        canvas.drawPath(path, paint.ramp((0, 0), (0, -2.0), *stops, **paint.lined(0.007)))


@cache
def _drops(seed: int) -> tuple[Drop, ...]:
    """Drops on the body, smaller ones on the neck."""
    body = scatter(_BOTTLE, 0.06, 1.28, 300, (0.005, 0.042), seed)
    return (*body, *scatter(_BOTTLE, 1.30, 1.90, 90, (0.004, 0.015), seed + 1))


def _draw_bubbles(canvas: Any, seed: int, seconds: float) -> None:
    """Beads of gas on their way up, faster as they grow, only where no label hides them."""
    for k in range(22):
        rise = (seconds * (0.20 + 0.015 * (k % 5)) + 0.619 * (k + seed)) % 1
        height = 0.98 + 0.60 * rise
        reach = 0.70 * _BOTTLE.radius(height)
        x = reach * math.sin(2.4 * k + seed) + 0.010 * math.sin(9 * rise + k)
        size, y = 0.004 + 0.006 * rise * (0.5 + 0.1 * (k % 6)), -height * _BOTTLE.cosine
        fade = min(1.0, 8 * rise, 8 * (1 - rise))
        canvas.drawCircle(x, y, size, paint.stroke(WHITE, 0.35 * size, 0.6 * fade))
        canvas.drawCircle(x - 0.3 * size, y - 0.3 * size, 0.35 * size, paint.fill(WHITE, 0.9 * fade))


def _draw_streak(canvas: Any, glint: float) -> None:
    """A band of light over glass and label; at 0 and 1 it is outside."""
    if not 0 < glint < 1:
        return
    x, reach = -0.95 + 1.9 * glint, 0.10
    band = ((0, WHITE, 0), (0.5, WHITE, 0.26), (0.60, WHITE, 0.05), (0.70, WHITE, 0.12), (1, WHITE, 0))
    canvas.save()
    canvas.clipPath(_outline(), True)
    canvas.rotate(12)
    canvas.drawRect(skia.Rect(x - reach, -2.2, x + reach, 0.3), paint.ramp((x - reach, 0), (x + reach, 0), *band))
    canvas.restore()


@cache
def _outline() -> Any:
    return _BOTTLE.outline(-0.01, points=120)
