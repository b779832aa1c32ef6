"""What a pizza looks like from above: blistered crust, sauce, molten cheese, and what lies on it."""

import math
from functools import lru_cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.motifs.landscape import Landscape, Plane, blurred, clouds
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth
from adgen_pipeline.studio.drawing.skia_door import skia

TILT = 48.0
"""Degrees from which the eye looks down."""

SINE, COSINE = math.sin(math.radians(TILT)), math.cos(math.radians(TILT))

_ROWS = 900
_HALF = 1.10
_CRUST = 0.145  # how wide the crust is, in radii of the pizza
_RISE = 0.115  # how high it rises

_BAKED = """
half4 main(float2 p) {
  float there; float2 q = place_at(p, there);
  float3 s = slopes_at(q); float3 m = matter_at(q);
  float4 wide = grain(q * 0.9 + 0.3); float4 fine = grain(q * 4.0); float4 dust = grain(q * 11.0);
  float crust = smoothstep(0.35, 0.65, m.r + 0.35 * (wide.g - 0.5));
  float pool = smoothstep(0.40, 0.52, m.g + 0.20 * (fine.g - 0.5));
  float skin = smoothstep(0.05, 0.40, m.g + 0.30 * (wide.g - 0.5));
  float burnt = m.b;

  float3 dough = mix(float3(0.98, 0.76, 0.44), float3(0.80, 0.44, 0.14),
                     clamp(0.75 * burnt + 0.9 * (wide.g - 0.45), 0, 1));
  dough = mix(dough, float3(0.98, 0.90, 0.74), 0.55 * smoothstep(0.56, 0.80, dust.g) * (1 - burnt));
  dough = mix(dough, float3(0.17, 0.085, 0.045), smoothstep(0.70, 1.0, burnt + 0.45 * (fine.g - 0.5)));
  float3 sauce = mix(float3(0.80, 0.13, 0.035), float3(0.60, 0.065, 0.015),
                     clamp(0.9 * fine.r + 0.5 * fine.g - 0.25, 0, 1));
  sauce = mix(sauce, float3(0.95, 0.40, 0.08), 0.40 * smoothstep(0.45, 0.75, wide.r));
  float3 milk = mix(float3(1.0, 0.955, 0.84), float3(0.99, 0.87, 0.58), clamp(1.3 * wide.r - 0.2, 0, 1));
  float3 melted = float3(0.97, 0.74, 0.34);
  float toast = 0.50 * fine.r + 0.50 * wide.g + 0.10 * fine.g + 0.14 * burnt;
  milk = mix(milk, float3(0.96, 0.70, 0.28), 0.80 * smoothstep(0.60, 0.76, toast));
  milk = mix(milk, float3(0.66, 0.31, 0.08), 0.85 * smoothstep(0.735, 0.83, toast));
  milk = mix(milk, float3(0.98, 0.72, 0.32), 0.55 * (1 - smoothstep(0.46, 0.75, m.g)));
  float3 tone = mix(mix(sauce, melted, 0.55 * skin), milk, pool);
  tone = mix(tone, dough, crust);

  float wet = mix(mix(0.95, 0.62, pool), 0.10, crust);
  float rough = mix(mix(0.75, 0.30, pool), 0.60, crust);
  float2 bump = rough * 0.55 * (fine.rg - 0.5) + 0.16 * rough * (dust.gb - 0.5);
  float3 n = facing_of(s.xy + bump);
  float3 c = glazed(n, tone, wet, mix(0.10, 0.30, crust), float3(0.5)) * (0.42 + 0.62 * s.z) + 0.13 * tone;
  float3 shine = facing_of(1.5 * s.xy + 0.8 * bump);
  float gleam = pow(clamp(dot(shine, normalize(SUN + float3(0, 0, 1))), 0, 1), 60.0);
  c += gleam * (1 - crust) * float3(0.75, 0.70, 0.60) * mix(1.0, 0.55, pool);
  c += tone * 0.22 * smoothstep(0.5, 1.0, dot(n, normalize(float3(0.75, 0.35, 0.2)))) * crust;
  return shown(c);
}
"""


def draw_baked(canvas: Any, seed: int) -> None:
    """The pizza of radius 1 around (0, 0), where it lies; its crust stands above."""
    whole = _baked(seed)
    draw_smooth(canvas, _outline(seed), whole.lit(_BAKED, {}), fineness=1.7)


def height_at(seed: int, x: float, away: float) -> float:
    """How high the pizza is at a place of it."""
    heights, scale = _baked(seed).heights, _ROWS / (2 * _HALF)
    return float(np.nan_to_num(heights[int((away + _HALF) * scale), int((x + _HALF) * scale)]))


@lru_cache(2)
def _baked(seed: int) -> Landscape:
    rng = np.random.default_rng([seed, 31])
    at = (np.arange(_ROWS) + 0.5) / _ROWS * 2 * _HALF - _HALF
    x, away = np.meshgrid(at, at)
    r = np.hypot(x, away) / _edge(rng, np.arctan2(away, x))
    swell = clouds(rng, _ROWS, 9)
    width = _CRUST * (1 + 0.13 * blurred(swell, 12))
    across = np.clip((r - 1 + width) / width, 0, 1)  # 0 where the crust begins, 1 outside
    crust = (4 * across * (1 - across)) ** 0.5 * _RISE * (1 + 0.17 * swell) + _bubbles(rng, x, away) * (across > 0)
    pools = _pools(rng, x, away) * np.clip((1 - width - r) / 0.05, 0, 1)
    floor = 0.030 + 0.030 * _step(pools, 0.25, 0.75) + 0.003 * clouds(rng, _ROWS, 26)
    heights = np.where(across > 0, np.maximum(crust, floor * (1 - across)), floor)
    heights = blurred(heights, 3.5)
    burnt = np.clip(0.42 + 0.30 * clouds(rng, _ROWS, 11) + 3.5 * (heights - 0.08), 0, 1)
    heights[r > 1] = np.nan
    return Landscape(heights, (_step(across, 0.0, 0.30), pools, burnt), _HALF, SINE, COSINE)


def _edge(rng: np.random.Generator, angle: Plane) -> Plane:
    """The radius of the pizza in each direction: made by hand, it is not quite round."""
    waves = ((k, rng.uniform(0, math.tau), 0.016 / k**0.6) for k in (2, 3, 5, 8, 13, 21))
    return np.asarray(0.975 + sum(size * np.sin(k * angle + phase) for k, phase, size in waves))


def _bubbles(rng: np.random.Generator, x: Plane, away: Plane) -> Plane:
    """Blisters on the crust."""
    made = np.zeros(x.shape)
    for _ in range(26):
        angle, r, size = rng.uniform(0, math.tau), rng.uniform(0.87, 0.95), rng.uniform(0.022, 0.055)
        middle, reach = (r * math.cos(angle), r * math.sin(angle)), size + 0.01
        left, top, right, foot = (int((v + _HALF) * _ROWS / (2 * _HALF)) for v in _around(middle, reach))
        spot = np.s_[top:foot, left:right]
        near = np.hypot(x[spot] - middle[0], away[spot] - middle[1]) / size
        made[spot] = np.maximum(made[spot], 0.55 * size * np.sqrt(np.clip(1 - near**2, 0, 1)))
    return made


def _around(middle: tuple[float, float], reach: float) -> tuple[float, float, float, float]:
    x, away = middle
    return x - reach, away - reach, x + reach, away + reach


def _pools(rng: np.random.Generator, x: Plane, away: Plane) -> Plane:
    """Where cheese has melted: from 0 in between to about 1 in the middle of a pool."""
    made = np.zeros(x.shape)
    for k in range(19):
        angle, r = 2.4 * k + rng.uniform(-0.3, 0.3), 0.80 * math.sqrt((k + 0.5) / 19)
        size, long = rng.uniform(0.085, 0.135), rng.uniform(0.75, 1.3)
        right, down = x - r * math.cos(angle), away - r * math.sin(angle)
        made += np.exp(-((right / long) ** 2 + (down * long) ** 2) / (2 * size**2))
    made += 0.16 * clouds(rng, len(x), 14)
    return np.clip(made, 0, 1.2)


def _step(value: Plane, low: float, high: float) -> Plane:
    t: Plane = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


@lru_cache(2)
def _outline(seed: int) -> Any:
    """The silhouette as a path, from the heights along its columns."""
    whole = _baked(seed)
    away = ((np.arange(_ROWS) + 0.5) / _ROWS * 2 - 1) * _HALF
    drawn = away[:, None] * SINE - whole.heights * COSINE
    columns = np.flatnonzero((~np.isnan(drawn)).sum(axis=0) > 6)
    top, foot = np.nanmin(drawn[:, columns], axis=0), np.nanmax(drawn[:, columns], axis=0)
    top, foot = (np.convolve(np.pad(row, 8, "edge"), np.ones(17) / 17, "valid") for row in (top, foot))
    x = away[columns]
    path = skia.Path()
    rows = np.vstack((np.column_stack((x, top)), np.column_stack((x, foot))[::-1]))
    path.addPoly([skia.Point(float(a), float(b)) for a, b in rows], True)
    return path
