"""A layer cake: sponge and cream at its sides, glossy chocolate that has run down from its top."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.landscape import blurred
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, layers, lit, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.skia_door import skia

TILT = 25.0
"""Degrees from which the eye looks down."""

TOP = 0.66
"""Height of the cake, in units."""

CAKE = Turned(((0.665, 0.0), (0.68, 0.03), (0.685, 0.30), (0.682, 0.60), (0.668, TOP)), TILT, 6)
_COLUMNS = 1024

_SIDE = """
uniform shader drips;  // over angle and height: how steep the chocolate is along and up, and above 0.5 where it is
uniform float3 rim;
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float angle = acos(clamp(p.x / at.y, -1, 1));
  float2 on = float2(angle * 0.68, at.x);
  float4 wide = grain(on * 0.7); float4 fine = grain(on * 2.6); float4 dust = grain(on * 7.0);

  float h = at.x + 0.016 * (wide.r - 0.5) + 0.010 * (fine.r - 0.5);
  float layer = fract(h / 0.2133);
  float cream = band(layer, 0.70, 0.98, 0.02);
  float bulge = clamp((layer - 0.84) / 0.14, -1, 1);
  float pits = smoothstep(0.52, 0.30, fine.g * 0.5 + dust.g * 0.5);
  float3 sponge = mix(float3(0.50, 0.265, 0.125), float3(0.31, 0.145, 0.062), clamp(1.6 * fine.g - 0.3, 0, 1));
  sponge = mix(sponge, float3(0.11, 0.045, 0.018), 0.80 * pits);
  sponge += 0.10 * smoothstep(0.62, 0.80, dust.b);
  float3 white = float3(1.0, 0.955, 0.875);
  float3 m = normalize(n + float3(0, 0.55 * bulge * cream, 0) + (1 - cream) * 0.55 * (dust.rgb - 0.5)
                         + cream * 0.10 * (fine.rgb - 0.5));
  float shade = mix(0.72 + 0.28 * smoothstep(0.98, 0.85, layer) * smoothstep(0.0, 0.12, layer), 1, cream);
  float3 c = glazed(m, mix(sponge, white, cream), 0.05 + 0.14 * cream, 0.25, rim) * shade;
  c += 0.05 * white * cream;

  float3 run = drips.eval(float2(angle, at.x) * float2(326, 479.3) + 0.5).rgb;
  c *= 1 - 0.55 * smoothstep(0.02, 0.40, run.b) * (1 - smoothstep(0.49, 0.51, run.b));
  float3 g = normalize(n + float3(run.r * sin(angle), -0.9 * run.g, -0.15 * run.g));
  float3 dark = glazed(g, float3(0.165, 0.070, 0.032), 0.85, 0.05, rim);
  dark += 0.50 * pow(clamp(dot(g, normalize(SUN + float3(0, 0, 0.8))), 0, 1), 24.0) * float3(1.0, 0.93, 0.85);
  c = mix(c, dark, smoothstep(0.485, 0.515, run.b));
  c *= 0.55 + 0.45 * smoothstep(0.0, 0.10, at.x);
  return shown(c);
}
"""
_GLOSS = """
uniform float3 rim; uniform float4 tilt;  // sine, cosine
half4 main(float2 p) {
  float r = length(p);
  float4 wave = grain(p * 0.28 + 0.15);
  float lip = smoothstep(0.86, 1.0, r);
  float3 up = normalize(float3(0.10 * (wave.r - 0.5) + 0.8 * lip * p.x, 1, 0.10 * (wave.g - 0.5) + 0.8 * lip * p.y));
  float3 n = float3(up.x, up.y * tilt.y - up.z * tilt.x, up.z * tilt.y + up.y * tilt.x);
  float3 c = float3(0.170, 0.072, 0.033) * (0.55 + 0.55 * diffuse(n)) + 0.16 * mirrored(n, 0.10, rim);
  float window = smoothstep(0.50, 0.0, length((p - float2(-0.52, -0.30) + 0.10 * (wave.rg - 0.5)) * float2(1.0, 1.5)));
  c += 0.85 * window * window * float3(1.0, 0.92, 0.85);
  return shown(c);
}
"""


def draw_cake(canvas: Any, look: Look) -> None:
    """The cake that stands on (0, 0)."""
    rim = tinted(look.palette.high)
    draw_smooth(canvas, CAKE.outline(), CAKE.lit(_SIDE, {"rim": rim}, more={"drips": _drips(look.seed)}), fineness=1.6)
    canvas.save()
    place = CAKE.ring(TOP, 0.012)
    canvas.translate(place.centerX(), place.centerY())
    canvas.scale(0.5 * place.width(), 0.5 * place.height())
    disc = skia.Path()
    disc.addCircle(0, 0, 1)
    canvas.drawPath(disc, lit(_GLOSS, {"rim": rim, "tilt": (CAKE.sine, CAKE.cosine, 0, 0)}))
    canvas.restore()


@lru_cache(4)
def _drips(seed: int) -> Any:
    """The chocolate over angle (from the right to the left) and height: its slopes, and 0.5 along its edge."""
    rng = np.random.default_rng([seed, 53])
    angle = np.linspace(0, math.pi, _COLUMNS)
    step = 0.68 * math.pi / _COLUMNS
    heights = step * np.arange(_COLUMNS)[:, None]
    covered = np.asarray(heights > TOP - _lengths(rng, angle), float)
    run: NDArray[np.float64] = blurred(covered, 0.010 / step)
    thick = 0.030 * np.sqrt(np.clip(2 * blurred(run, 0.009 / step) - 0.95, 0.0, 1))
    up, along = (np.asarray(slope) for slope in np.gradient(blurred(thick, 0.006 / step), step))
    rows = math.ceil(TOP / step) + 2
    return layers(along[:rows], up[:rows], run[:rows])


def _lengths(rng: np.random.Generator, angle: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far the chocolate has run down at each angle: tongues, and between them the edge."""
    length: NDArray[np.float64] = 0.075 + 0.012 * np.sin(5 * angle + rng.uniform(0, 6)) + 0.008 * np.sin(11 * angle)
    at = -0.05
    while at < math.pi:
        wide, long = rng.uniform(0.060, 0.085), rng.choice((0.07, 0.13, 0.20, 0.27)) + rng.uniform(-0.02, 0.03)
        t = np.abs(angle - at) / wide
        tongue = np.where(t < 1, long * np.sqrt(np.clip(1 - t**4, 0, 1)), 0) + 0.04 * np.exp(-((t / 1.7) ** 2))
        length = np.maximum(length, 0.06 + tongue)
        at += rng.uniform(0.19, 0.30)
    return length
