"""Cream in a jar: a whorl drawn up to a peak, as a spatula leaves it."""

import math
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import shape
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, lit, relief, tinted
from adgen_pipeline.studio.drawing.palette import WHITE, Colour, mix

_SIDE = 512  # points a side at which the height of the cream is known
_HIGH = 0.62  # more than the height of the peak, in radii of the mouth

# The surface is a height over a disc of radius 1; the ray through each pixel walks toward it from the front.
_WHORL = """
uniform shader surface;
uniform float3 cream; uniform float3 shade; uniform float3 rim; uniform float4 eye;  // sine, cosine, highest point
float height(float2 q) { return surface.eval((q * 0.5 + 0.5) * 511 + 0.5).r; }
half4 main(float2 p) {
  float z = (p.y + eye.z * eye.y) / eye.x;
  float pace = eye.z * eye.y / eye.x / 44;
  float above = 1;
  for (int i = 0; i < 46; i++) {
    above = above > 0 ? (z * eye.x - p.y) / eye.y - height(float2(p.x, z)) : above;
    z -= above > 0 ? pace : 0;
  }
  float low = z, high = z + pace;
  for (int i = 0; i < 6; i++) {
    z = 0.5 * (low + high);
    bool over = (z * eye.x - p.y) / eye.y > height(float2(p.x, z));
    high = over ? z : high;
    low = over ? low : z;
  }
  float2 q = float2(p.x, z);
  float e = 0.010;
  float h = height(q);
  float2 d = float2(height(q + float2(e, 0)) - height(q - float2(e, 0)),
                    height(q + float2(0, e)) - height(q - float2(0, e))) / (2 * e);
  float3 n = normalize(float3(-d.x, 1, -d.y));
  n = normalize(float3(n.x, n.y * eye.y - n.z * eye.x, n.z * eye.y + n.y * eye.x));
  n = normalize(n + 0.03 * (grain(q * 0.7).rgb - 0.5));
  float around = 0.125 * (height(q + float2(0.08, 0)) + height(q - float2(0.08, 0)) + height(q + float2(0, 0.08)) +
    height(q - float2(0, 0.08)) + height(q + float2(0.05, 0.05)) + height(q - float2(0.05, 0.05)) +
    height(q + float2(0.05, -0.05)) + height(q - float2(0.05, -0.05)));
  float open = clamp(0.90 + 5.0 * (h - around), 0.40, 1.06);
  float light = diffuse(n);
  float3 c = mix(shade, cream, clamp(0.15 + 1.10 * light, 0, 1)) * (0.75 + 0.29 * light) * open;
  c += mirrored(n, 0.06, rim) * (0.07 + 0.30 * facing(n));
  c *= 0.50 + 0.50 * smoothstep(1.0, 0.90, length(q));
  return shown(c);
}
"""


def draw_cream(canvas: Any, look: Look, mouth: Any, tilt: float) -> None:
    """Cream that fills `mouth` (the rectangle around its ellipse) and rises out of it."""
    radius = mouth.width() / 2
    heights, sine, cosine = _whorl(look.seed), math.sin(math.radians(tilt)), math.cos(math.radians(tilt))
    canvas.save()
    canvas.translate(mouth.centerX(), mouth.centerY())
    canvas.scale(radius, radius)
    cream: Colour = WHITE * (1.0, 0.985, 0.96)
    shade = mix(WHITE * (0.76, 0.62, 0.54), look.palette.accent, 0.14)
    known = {"cream": tinted(cream), "shade": tinted(shade), "rim": tinted(mix(look.palette.high, WHITE, 0.5))}
    eye = (sine, cosine, float(heights.max()) + 0.01, 0.0)
    surface = {"surface": relief(heights)}
    brush = lit(_WHORL, {**known, "eye": eye}, surface)
    draw_smooth(canvas, _silhouette(heights, sine, cosine), brush, fineness=2)
    canvas.restore()


@cache
def _whorl(seed: int) -> NDArray[np.float64]:
    """Heights over the square around a disc of radius 1: a ridge that winds outward from a leaning peak."""
    y, x = np.mgrid[-1 : 1 : _SIDE * 1j, -1 : 1 : _SIDE * 1j]
    plain = np.hypot(x, y)
    ease = np.clip((0.55 - plain) / 0.55, 0, 1)
    x, y = x - 0.10 * ease**2, y + 0.03 * ease**2
    r, angle = np.hypot(x, y), np.arctan2(y, x) / math.tau
    turn = (2.3 * np.clip(r, 1e-6, None) ** 0.85 - angle + 0.137 * seed + 0.03 * np.sin(3 * math.tau * angle)) % 1
    ridge = np.sin(np.pi * turn**0.8) ** 0.7 * np.clip((r - 0.02) / 0.2, 0, 1) * np.clip((1.02 - r) / 0.2, 0, 1)
    cone = 0.34 * np.clip(1 - r, 0, 1) ** 1.2 + 0.13 * np.exp(-((r / 0.12) ** 2))
    heights = cone + 0.15 * ridge + 0.03 * np.clip((1 - r) / 0.1, 0, 1)
    heights = _softened(heights, 0.011)
    return np.where(plain < 1, heights, 0.0)


def _softened(heights: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """`heights` blurred by `width` (sigma, units): cream has no sharp edges."""
    waves = np.fft.fftfreq(_SIDE) * _SIDE / 2
    keep = np.exp(-2 * (np.pi * width) ** 2 * (waves[:, None] ** 2 + waves[None, :] ** 2))
    return np.asarray(np.fft.ifft2(np.fft.fft2(heights) * keep).real)


def _silhouette(heights: NDArray[np.float64], sine: float, cosine: float) -> Any:
    """The outline of the cream as the eye sees it: its crest above, the mouth's near edge below."""
    x = np.linspace(-1, 1, _SIDE)
    edge = np.sqrt(np.clip(1 - x**2, 0, 1))
    seen = x[:, None] * sine - heights * cosine  # rows run from far to near
    seen[np.abs(x)[:, None] > edge[None, :]] = np.inf
    crest = np.where(np.isfinite(seen.min(axis=0)), seen.min(axis=0), 0.0) + 0.004  # short of rays that just miss
    return shape(np.column_stack((x, np.minimum(crest, edge * sine))), np.column_stack((x, edge * sine))[::-1])
