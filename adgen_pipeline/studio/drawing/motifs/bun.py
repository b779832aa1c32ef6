"""The halves of a bun: a glazed dome strewn with sesame, and what it is laid on."""

import math
from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, lit
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

TILT = 17.0
"""Degrees from which the eye looks down."""

_SINE, _COSINE = math.sin(math.radians(TILT)), math.cos(math.radians(TILT))
_WIDE, _HIGH, _LOW = 0.78, 0.50, 0.15  # radius of the dome, its height above its widest level, and what is below that

_HEEL = Turned(((0.66, 0.0), (0.72, 0.04), (0.745, 0.09), (0.74, 0.15), (0.72, 0.18)), TILT)

_COLOURS = """
float3 crust(float2 at, float brown) {
  float4 wide = grain(at * 0.45); float4 fine = grain(at * 2.2);
  float t = clamp(brown + 0.34 * (wide.r - 0.5) + 0.16 * (fine.g - 0.5), 0, 1);
  float3 c = mix(float3(0.99, 0.83, 0.53), float3(0.93, 0.60, 0.22), smoothstep(0.0, 0.42, t));
  return mix(c, float3(0.66, 0.29, 0.075), smoothstep(0.38, 1.0, t));
}
"""
_DOME = (
    _COLOURS
    + """
uniform float4 size;  // radius, height above and below the widest level
uniform float4 tilt;  // sine, cosine
float3 hit(float2 p, float high) {
  float a = 1 / (size.x * size.x); float b = 1 / (high * high);
  float aa = tilt.x * tilt.x * b + tilt.y * tilt.y * a;
  float bb = 2 * p.y * tilt.x * tilt.y * (a - b);
  float cc = p.x * p.x * a + p.y * p.y * (tilt.y * tilt.y * b + tilt.x * tilt.x * a) - 1;
  float s = (-bb + sqrt(max(bb * bb - 4 * aa * cc, 0))) / (2 * aa);
  return float3(p.x, s * tilt.x - p.y * tilt.y, p.y * tilt.x + s * tilt.y);
}
half4 main(float2 p) {
  float3 at = hit(p, size.y); float high = size.y;
  if (at.y < 0) { at = hit(p, size.z); high = size.z; }
  float3 n = normalize(float3(at.x / (size.x * size.x), at.y / (high * high), at.z / (size.x * size.x)));
  float2 on = float2(at.x, at.z) * (1.6 - 0.6 * n.y) + at.y * float2(0.3, 0.8);
  float4 fine = grain(on * 1.9); float4 wave = grain(on * 0.55);
  n = normalize(n + 0.07 * (fine.rgb - 0.5) + 0.10 * (wave.rgb - 0.5));
  float3 e = float3(n.x, n.y * tilt.y - n.z * tilt.x, n.z * tilt.y + n.y * tilt.x);
  float3 tone = crust(on, 0.12 + 0.80 * smoothstep(-0.25, 0.85, at.y / size.y));
  float3 c = glazed(e, tone, 0.60, 0.12, float3(0.6)) + 0.10 * tone;
  float glare = smoothstep(0.42, 0.0, length((p - float2(-0.28, -0.30) + 0.05 * (fine.rg - 0.5)) * float2(1.0, 1.7)));
  c += 0.42 * glare * glare * float3(1.0, 0.93, 0.80);
  c += tone * 0.35 * smoothstep(0.55, 1.0, p.x / size.x) * smoothstep(-0.3, 0.5, e.y + 0.4);
  c *= 0.62 + 0.38 * smoothstep(-0.13, 0.02, at.y);
  return shown(c);
}
"""
)
_SIDE = (
    _COLOURS
    + """
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float2 on = float2(atan(p.x, near) * 0.7, at.x);
  n = normalize(n + 0.14 * (grain(on * 2.2).rgb - 0.5));
  float3 tone = crust(on, 0.62 - 0.62 * smoothstep(0.03, 0.15, at.x));
  float3 c = glazed(n, tone, 0.18, 0.25, float3(0.5)) + 0.06 * tone;
  return shown(c * (0.45 + 0.55 * smoothstep(0.0, 0.06, at.x)) * (1 - 0.45 * smoothstep(0.13, 0.18, at.x)));
}
"""
)


def draw_heel(canvas: Any) -> None:
    """The lower half, standing on (0, 0)."""
    draw_smooth(canvas, _HEEL.outline(), _HEEL.lit(_SIDE, {}))


def draw_crown(canvas: Any, seed: int) -> None:
    """The upper half around (0, 0), the middle of its widest level, and its sesame."""
    known = {"size": (_WIDE, _HIGH, _LOW, 0), "tilt": (_SINE, _COSINE, 0, 0)}
    draw_smooth(canvas, _outline(), lit(_DOME, known), fineness=1.4)
    rng = np.random.default_rng([seed, 61])
    for k in range(150):
        up = 0.30 + 0.70 * math.sqrt((k + 0.5) / 150) + rng.uniform(-0.02, 0.02)
        _draw_sesame(canvas, 2.399963 * k + rng.uniform(-0.3, 0.3), min(0.995, up), rng.uniform(0, 180))


def _draw_sesame(canvas: Any, angle: float, up: float, degrees: float) -> None:
    """One seed that lies at `angle` where the dome has the share `up` of its height, if the eye sees it."""
    out = math.sqrt(1 - up * up)
    x, y, z = _WIDE * out * math.sin(angle), _HIGH * up, _WIDE * out * math.cos(angle)
    normal = np.array((x / _WIDE**2, y / _HIGH**2, z / _WIDE**2))
    normal /= np.linalg.norm(normal)
    facing = float(normal[1] * _SINE + normal[2] * _COSINE)
    if facing < 0.12:
        return
    right, down = float(normal[0]), float(-(normal[1] * _COSINE - normal[2] * _SINE))
    canvas.save()
    canvas.translate(x, z * _SINE - y * _COSINE)
    canvas.rotate(math.degrees(math.atan2(down, right)))
    canvas.scale(0.15 + 0.85 * facing, 1)
    canvas.rotate(degrees)
    light = 0.62 + 0.38 * max(0.0, min(1.0, 0.4 - 0.6 * right - 0.6 * down))
    _draw_seed(canvas, 0.030, light)
    canvas.restore()


def _draw_seed(canvas: Any, long: float, light: float) -> None:
    tone = WHITE * (0.99, 0.91, 0.72) * light
    canvas.save()
    canvas.scale(long, long)
    for x, y, colour, alpha in ((0.10, 0.24, BLACK, 0.45), (0, 0.08, mix(tone, BLACK, 0.4), 1), (0, 0, tone, 1)):
        canvas.translate(x, y)
        canvas.drawPath(_seed_outline(), paint.fill(colour, alpha))
        canvas.translate(-x, -y)
    canvas.drawOval(skia.Rect(-0.55, -0.30, 0.15, -0.05), paint.fill(WHITE, 0.75 * light))
    canvas.restore()


@cache
def _seed_outline() -> Any:
    path = skia.Path()
    path.moveTo(1, 0)
    path.cubicTo(0.5, -0.55, -0.9, -0.75, -0.9, 0)
    path.cubicTo(-0.9, 0.75, 0.5, 0.55, 1, 0)
    return path


@cache
def _outline() -> Any:
    """The dome's silhouette: half an ellipse above its widest level, a lower half below."""
    above = math.hypot(_HIGH * _COSINE, _WIDE * _SINE)
    below = math.hypot(_LOW * _COSINE, _WIDE * _SINE)
    path = skia.Path()
    path.arcTo(skia.Rect(-_WIDE, -above, _WIDE, above), 180, 180, True)
    path.arcTo(skia.Rect(-_WIDE, -below, _WIDE, below), 0, 180, False)
    path.close()
    return path
