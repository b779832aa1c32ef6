"""What is in the cup: crema with latte art and fine bubbles; and roasted beans."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import line, moved, smooth
from adgen_pipeline.studio.drawing.motifs.lit import lit, tinted
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_MILK: Colour = np.array([0.985, 0.935, 0.85])
_CREMA: Colour = np.array([0.74, 0.45, 0.20])
_ROAST: Colour = np.array([0.30, 0.145, 0.055])
_BEAN: Colour = np.array([0.36, 0.19, 0.10])

# A rosetta: leaves that curve up from a stem, poured into the crema. The disc has radius 1, the eye is at y > 0.
_POURED = """
uniform float3 milk; uniform float3 crema; uniform float3 roast; uniform float4 pour;  // turn, leaves, offset, wobble
half4 main(float2 p) {
  float r = length(p);
  float c = cos(pour.x), s = sin(pour.x);
  float2 q = float2(c * p.x + s * p.y, c * p.y - s * p.x);
  float4 cloud = grain(q * 0.23 + pour.z);
  q += pour.w * (float2(cloud.r, grain(q * 0.21 + 0.4).r) - 0.5);
  float t = clamp((q.y + 0.80) / 1.52, 0, 1);
  float half_width = 0.76 * pow(sin(3.14159 * pow(t, 0.60)), 0.62);
  float inside = smoothstep(0.0, 0.05, half_width - abs(q.x)) * step(0.001, t) * step(t, 0.999);
  float share = abs(q.x) / max(half_width, 0.001);
  float wave = (q.y - 0.1) * pour.y + 2.6 * abs(q.x) - 1.3 * share * share;
  float leaf = abs(fract(wave) - 0.5) * 2;
  float width = 0.78 - 0.74 * share * share * share;
  float poured = smoothstep(1 - width - 0.16, 1 - width + 0.12, leaf) * inside;
  float stem = smoothstep(0.035, 0.015, abs(q.x)) * band(q.y, -0.74, 0.66, 0.05);
  float2 top = float2(abs(q.x), q.y + 0.60);
  float heart = smoothstep(0.03, -0.03, length(float2(top.x - 0.12, top.y)) - 0.15);
  poured = max(max(poured, heart), stem * 0.95);
  float fine = grain(p * 0.9).b;
  float3 base = mix(roast, crema, clamp(0.62 + 0.9 * (cloud.g - 0.5) + 0.22 * (fine - 0.5), 0, 1));
  base = mix(base, roast, 0.75 * smoothstep(0.78, 1.0, r));
  base = mix(base, crema * 1.12, 0.6 * band(r, 0.955, 0.985, 0.012));
  float halo = smoothstep(0.0, 0.5, poured) * (1 - smoothstep(0.5, 1.0, poured));
  float3 colour = mix(base, milk * (0.96 + 0.07 * (fine - 0.5)), poured);
  colour = mix(colour, crema, 0.35 * halo);
  float light = 0.89 + 0.24 * smoothstep(0.9, -0.9, p.x + 0.6 * p.y);
  colour *= light * (0.68 + 0.32 * smoothstep(-1.0, -0.62, p.y - 0.15 * p.x * p.x));
  float sheen = smoothstep(0.55, 0.0, length((p - float2(-0.52, -0.42)) * float2(0.9, 1.5)));
  colour += 0.15 * sheen * sheen;
  return shown(colour);
}
"""
_ELLIPSOID = """
uniform float3 albedo; uniform float3 rim; uniform float4 turn;  // cosine, sine of its turn
half4 main(float2 p) {
  float z = sqrt(max(1 - dot(p, p), 0));
  float2 e = float2(turn.x * p.x - turn.y * p.y, turn.y * p.x + turn.x * p.y);
  float3 n = normalize(float3(e.x, -e.y, z * 0.9) + 0.22 * (grain(p * 0.35).rgb - 0.5));
  float3 c = glazed(n, albedo * (0.75 + 0.5 * grain(p * 0.21).g), 0.55, 0.16, rim * 0.5);
  return shown(c);
}
"""


def draw_coffee(canvas: Any, seed: int) -> None:
    """The surface as a disc of radius 1, turned and poured as `seed` has it."""
    rng = np.random.default_rng([seed, 3])
    pour = (math.radians(rng.uniform(-24, 24)), rng.uniform(3.6, 4.4), rng.uniform(0, 1), 0.16)
    known = {"milk": tinted(_MILK), "crema": tinted(_CREMA), "roast": tinted(_ROAST), "pour": pour}
    canvas.drawCircle(0, 0, 1, lit(_POURED, known))
    _draw_bubbles(canvas, rng)
    canvas.drawCircle(0, 0, 0.992, paint.stroke(mix(_ROAST, BLACK, 0.55), 0.016, 0.8, blur=0.006))
    canvas.drawArc(skia.Rect(-0.975, -0.975, 0.975, 0.975), 20, 140, False, paint.stroke(_MILK, 0.007, 0.55))


def _draw_bubbles(canvas: Any, rng: np.random.Generator) -> None:
    """Fine foam along the wall: each bubble a dark ring with a point of light."""
    for _ in range(130):
        angle, r = rng.uniform(0, math.tau), 1 - 0.20 * rng.beta(1.1, 3.2)
        size = rng.uniform(0.006, 0.020)
        x, y = (r - size) * math.cos(angle), (r - size) * math.sin(angle)
        canvas.drawCircle(x, y, size, paint.fill(mix(_CREMA, _MILK, 0.35), 0.55))
        canvas.drawCircle(x, y, size, paint.stroke(_ROAST, 0.32 * size, 0.65))
        canvas.drawCircle(x - 0.35 * size, y - 0.4 * size, 0.26 * size, paint.fill(WHITE, 0.9))


def draw_bean(canvas: Any, x: float, y: float, size: float, degrees: float, look: Look) -> None:
    """One roasted bean, `size` units long, lying on its back: its shadow, its body, its crease."""
    turn = math.radians(degrees)
    canvas.save()
    canvas.translate(x, y)
    canvas.drawOval(
        skia.Rect(-0.7 * size, -0.15 * size, 0.9 * size, 0.72 * size), paint.fill(BLACK, 0.55, blur=0.16 * size)
    )
    canvas.scale(size, 0.82 * size)
    canvas.rotate(degrees)
    canvas.scale(0.78, 0.54)
    rim = tinted(mix(look.palette.high, WHITE, 0.2))
    known = {"albedo": tinted(_BEAN), "rim": rim, "turn": (math.cos(turn), math.sin(turn), 0, 0)}
    canvas.drawCircle(0, 0, 1, lit(_ELLIPSOID, known))
    crease = smooth((-0.97, 0.05), (-0.55, -0.12), (0, 0.02), (0.5, 0.16), (0.97, -0.02))
    canvas.drawPath(line(crease), paint.stroke(mix(_BEAN, BLACK, 0.85), 0.17, 0.95, blur=0.02))
    canvas.drawPath(line(moved(crease, 0.01, 0.11)), paint.stroke(mix(_BEAN, WHITE, 0.4), 0.045, 0.6, blur=0.02))
    canvas.restore()
