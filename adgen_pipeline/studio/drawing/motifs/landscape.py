"""Uneven things that lie flat, seen from above at an angle: a height at every place, shaded a pixel at a time."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing.motifs.lit import layers, lit

Plane = NDArray[np.float64]
"""One value at each place: rows go toward the eye, columns to the right."""

_SEEN_FROM_ABOVE = """
uniform shader seen;    // how far toward the eye lies what is seen at a pixel, and whether anything is
uniform shader slopes;  // slope to the right, slope toward the eye, and how open it lies to the light
uniform shader matter;  // three planes of the caller's own
uniform float4 space;   // half the side of the square that is known, planes' rows a unit, sine and cosine of the tilt
uniform float4 frame;   // top of what is seen, rows a unit there

float2 place_at(float2 p, out float there) {
  float3 found = seen.eval(float2((p.x + space.x) * space.y, (p.y - frame.x) * frame.y)).rgb;
  there = found.g;
  return float2(p.x, found.r);
}
float3 slopes_at(float2 q) { return slopes.eval((q + space.x) * space.y).rgb; }
float3 matter_at(float2 q) { return matter.eval((q + space.x) * space.y).rgb; }
float3 facing_of(float2 slope) {
  float3 n = normalize(float3(-slope.x, 1, -slope.y));
  return float3(n.x, n.y * space.w - n.z * space.z, n.z * space.w + n.y * space.z);
}
"""


@dataclass(frozen=True)
class Landscape:
    """`heights` over the square from -`half` to `half` (NaN where nothing lies), as seen from `tilt` degrees above.

    `matter` are three planes that a shader may read with `matter_at`.
    """

    heights: Plane
    matter: tuple[Plane, Plane, Plane]
    half: float
    sine: float
    cosine: float

    @property
    def top(self) -> float:
        """Where, above the middle, the picture begins."""
        return -self.half * self.sine - float(np.nanmax(self.heights)) * self.cosine

    def lit(self, source: str, uniforms: dict[str, Any]) -> Any:
        """The paint of `source`, an SkSL main that may call `place_at`, `slopes_at`, `matter_at` and `facing_of`."""
        rows = len(self.heights)
        scale = rows / (2 * self.half)
        known = {"space": (self.half, scale, self.sine, self.cosine), "frame": (self.top, scale, 0, 0), **uniforms}
        return lit(_SEEN_FROM_ABOVE + source, known, self._shaders)

    @cached_property
    def _shaders(self) -> dict[str, Any]:
        flat = np.nan_to_num(self.heights)
        step = 2 * self.half / len(flat)
        down, right = np.gradient(flat, step)
        return {
            "seen": layers(*self._seen()),
            "slopes": layers(right, down, _openness(flat, step)),
            "matter": layers(*self.matter),
        }

    def _seen(self) -> tuple[Plane, Plane, Plane]:
        """For each pixel of the picture how far toward the eye lies what it shows, and whether it shows anything."""
        count = len(self.heights)
        away = (np.arange(count) + 0.5) / count * 2 * self.half - self.half
        there = ~np.isnan(self.heights)
        drawn = np.where(there, away[:, None] * self.sine - self.heights * self.cosine, np.inf)
        highest = np.minimum.accumulate(drawn[::-1], axis=0)[::-1]
        picture = self.top + (np.arange(count) + 0.5) / count * 2 * self.half
        found, shown = np.zeros(drawn.shape), np.zeros(drawn.shape)
        for column in np.flatnonzero(there.any(axis=0)):
            known = np.flatnonzero(there[:, column])
            line = highest[known, column]
            found[:, column] = np.interp(picture, line, away[known])
            shown[:, column] = (picture >= line[0]) & (picture <= line[-1])
        return found, shown, shown


def blurred(plane: Plane, sigma: float) -> Plane:
    """`plane` smoothed by a Gaussian of `sigma` rows; its borders wrap."""
    waves = np.fft.fftfreq(len(plane))
    low = np.exp(-2 * (np.pi * sigma * waves) ** 2)
    smooth: Plane = np.fft.ifft2(np.fft.fft2(plane) * low[:, None] * low[None, :]).real
    return smooth


def clouds(rng: np.random.Generator, rows: int, waves: float, power: float = 1.5) -> Plane:
    """Noise around 0 with a spread of 1, none of it slower than `waves` over the square."""
    frequency = rows * np.hypot(*np.meshgrid(np.fft.fftfreq(rows), np.fft.fftfreq(rows)))
    weight = 1 / np.maximum(frequency, waves) ** power * (frequency >= 0.5 * waves)
    made = np.fft.ifft2(np.fft.fft2(rng.standard_normal((rows, rows))) * weight).real
    return made / made.std()


def _openness(flat: Plane, step: float) -> Plane:
    """How much light reaches each place: less in hollows beside something higher."""
    hollow = sum(blurred(flat, width / step) - flat for width in (0.02, 0.06))
    return np.clip(1 - 9 * hollow, 0.25, 1.15)
