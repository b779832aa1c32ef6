"""What is put on a bottle of drink: a paper label and a crown cap."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import line, shape
from adgen_pipeline.studio.drawing.motifs.lettering import around
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_PAPER = """
uniform float3 paper; uniform float3 second; uniform float3 rim; uniform float4 bands;  // heights between them
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float fibre = grain(float2(p.x * 1.1, p.y * 2.3)).g;
  n = normalize(n + 0.05 * (grain(p * 2.1).rgb - 0.5));
  float end = max(1 - smoothstep(bands.x, bands.x + 0.003, at.x), smoothstep(bands.y - 0.003, bands.y, at.x));
  float3 ink = mix(paper, second, end) * (0.95 + 0.10 * fibre);
  float3 c = glazed(n, ink, 0.32, 0.10, rim) * (1.28 - 0.35 * smoothstep(0.6, 1.0, abs(p.x) / at.y));
  return shown(c);
}
"""
_TIN = """
uniform float3 tone; uniform float3 rim; uniform float4 flutes;  // how many, how high they reach
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float angle = asin(clamp(p.x / max(at.y, 0.001), -1, 1));
  float skirt = 1 - smoothstep(flutes.y - 0.03, flutes.y + 0.02, at.x);
  n = normalize(n + float3(0.85 * skirt * sin(angle * flutes.x), 0, 0));
  n = normalize(n + 0.03 * (grain(float2(p.x * 0.4, p.y * 3.0)).rgb - 0.5));
  float3 c = mix(glazed(n, tone, 0.9, 0.05, rim), metal(n, mix(tone, float3(1), 0.2), 0.06, rim), 0.45);
  c *= 0.78 + 0.22 * cos(angle * flutes.x) * skirt;
  return shown(c);
}
"""


def draw_label(canvas: Any, body: Turned, look: Look, low: float, high: float) -> None:
    """Paper around the bottle from one height to another: emblem, brand, rules; stripes in a second ink."""
    made, accent = materials(look), look.palette.accent
    gilded = made.metal is accent
    paper: Colour = mix(BLACK, look.palette.low, 0.5) if gilded and not look.light else accent
    paper = WHITE * (0.95, 0.93, 0.89) if gilded and look.light else paper
    second = accent if gilded else mix(accent, BLACK, 0.55)
    bare = luminance(paper) < 0.62
    ink = made.metal if gilded else mix(paper, WHITE, 0.94) if bare else mix(paper, BLACK, 0.8)
    stripe = 0.055 * (high - low) / 0.6
    rim = mix(look.palette.high, WHITE, 0.2)
    draw_paper(canvas, body, (low, high), (paper, second), (low + stripe, high - stripe), rim)
    for height in (low + 1.35 * stripe, high - 1.35 * stripe):
        draw_rule(canvas, body, height, ink)
    middle = 0.5 * (low + high)
    if look.brand:
        around(canvas, body, look.brand.upper(), middle - 0.06, 0.095, paint.fill(ink, 0.95), reach=48)
    _draw_emblem(canvas, body, middle + (0.115 if look.brand else 0.0), 0.085 if look.brand else 0.16, ink)


def draw_paper(
    canvas: Any, body: Turned, span: tuple[float, float], inks: tuple[Colour, Colour], bands: tuple[float, float],
    rim: Colour,
) -> None:  # fmt: skip
    """Paper around `body` over a span of heights, in the first of `inks` between the heights `bands`, else in the
    second."""
    band = shape(*_band(body, *span))
    canvas.drawPath(band, paint.fill(BLACK, 0.5, blur=0.012))
    known = {"paper": tinted(inks[0]), "second": tinted(inks[1]), "rim": tinted(rim), "bands": (*bands, 0, 0)}
    draw_smooth(canvas, band, body.lit(_PAPER, known))


def _band(body: Turned, low: float, high: float) -> tuple[Any, Any]:
    """The edges of a strip around the front, the upper one from left to right, the lower one back."""
    return _arc(body, high), _arc(body, low)[::-1]


def _arc(body: Turned, height: float) -> Any:
    """The front half of the circle at `height`, from left to right."""
    angle = np.linspace(-math.pi / 2, math.pi / 2, 90)
    r = body.radius(height) + 0.003
    return np.column_stack((r * np.sin(angle), r * np.cos(angle) * body.sine - height * body.cosine))


def draw_rule(canvas: Any, body: Turned, height: float, ink: Colour) -> None:
    """A fine line around the label, fading toward its sides."""
    r = body.radius(height)
    fade = ((0, ink, 0.2), (0.3, ink, 0.9), (0.7, ink, 0.9), (1, ink, 0.2))
    canvas.drawPath(line(_arc(body, height)), paint.ramp((-r, 0), (r, 0), *fade, **paint.lined(0.005)))


def _draw_emblem(canvas: Any, body: Turned, height: float, size: float, ink: Colour) -> None:
    """A rising sun over waves, in one ink."""
    canvas.save()
    canvas.translate(0, body.radius(height) * body.sine - height * body.cosine)
    canvas.scale(size, size)
    canvas.drawCircle(0, 0, 0.97, paint.stroke(ink, 0.05, 0.95))
    clip = skia.Path()
    clip.addCircle(0, 0, 0.86)
    canvas.clipPath(clip, True)
    canvas.drawCircle(0, 0.18, 0.34, paint.fill(ink, 0.95))
    for ray in range(15):
        angle = math.pi * (ray + 0.5) / 15
        x, y = math.cos(angle), -math.sin(angle)
        canvas.drawLine(0.42 * x, 0.18 + 0.42 * y, 1.2 * x, 0.18 + 1.2 * y, paint.stroke(ink, 0.045, 0.9))
    canvas.drawRect(skia.Rect(-1, 0.30, 1, 1), paint.fill(ink, 0.95))
    canvas.restore()


def draw_cap(canvas: Any, look: Look, height: float, tilt: float) -> None:
    """A crown cap whose skirt begins below `height`, in the brand's colour or its metal."""
    cap = Turned(
        ((0.190, 0.0), (0.200, 0.012), (0.190, 0.055), (0.178, 0.085), (0.150, 0.105), (0.08, 0.118), (0.01, 0.121)),
        tilt,
    )
    canvas.save()
    canvas.translate(0, -height * cap.cosine)
    canvas.drawOval(skia.Rect(-0.16, 0.0, 0.16, 0.07), paint.fill(BLACK, 0.6, blur=0.02))
    known = {"tone": tinted(look.palette.accent), "rim": tinted(mix(look.palette.high, WHITE, 0.3))}
    canvas.drawPath(cap.outline(), cap.lit(_TIN, {**known, "flutes": (21.0, 0.05, 0, 0)}))
    canvas.restore()
