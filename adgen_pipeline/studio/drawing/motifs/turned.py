"""Bodies turned on a wheel or a lathe, seen a little from above: cups, bowls, jars, bottles."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.motifs.curves import Curve, shape, smooth
from adgen_pipeline.studio.drawing.motifs.lit import lit, table
from adgen_pipeline.studio.drawing.skia_door import skia

_ROWS = 1024  # heights at which the profile is known

_FIND = """
uniform shader profile;
uniform shader nearby;  // the profile's nearest row
uniform float4 span;  // lowest and highest height, sine and cosine of the tilt
uniform float side;  // 1 the outside, -1 the inside

// From above, each step toward the outside stays in front of it as long as the body widens upward.
// Where the eye's ray through `p` meets the body: (height, radius, slope), and the distance toward the eye in `near`.
float3 meet(float2 p, out float near) {
  float h = side > 0 ? span.y : -p.y / span.w;
  float rows = 1023 / (span.y - span.x);
  near = 0;
  for (int i = 0; i < STEPS; i++) {
    float r = nearby.eval(float2(clamp((h - span.x) * rows, 0, 1023) + 0.5, 0.5)).r;
    near = side * sqrt(max(r * r - p.x * p.x, 0));
    h = mix(h, (near * span.z - p.y) / span.w, side > 0 ? 0.8 : 0.6);
  }
  float2 known = profile.eval(float2(clamp((h - span.x) * rows, 0, 1023) + 0.5, 0.5)).rg;
  near = side * sqrt(max(known.x * known.x - p.x * p.x, 0));
  return float3(h, known);
}

float3 turn(float3 n) { return float3(n.x, n.y * span.w - n.z * span.z, n.z * span.w + n.y * span.z); }

// The normal of the body there, as the eye sees it.
float3 normal_of(float2 p, float3 found, float near) {
  float r = max(found.y, 0.0001);
  float x = clamp(p.x / r, -1, 1);
  float3 n = turn(normalize(side * float3(x, -found.z, side * sqrt(1 - x * x))));
  return normalize(float3(n.xy, max(n.z, 0.02)));
}
"""


@dataclass(frozen=True)
class Turned:
    """A body around an upright axis through (0, 0). `knots` are (radius, height), from its foot up, heights rising.

    `tilt` is how far (degrees) the eye looks down on it. A point at height 0 in the axis is drawn at (0, 0).
    `steps` find the point behind a pixel: few for upright walls, a dozen for a bowl that widens as much as it rises.
    """

    knots: tuple[tuple[float, float], ...]
    tilt: float
    steps: int = 5

    @cached_property
    def profile(self) -> tuple[Any, Any, Any]:
        """Heights, radii there, and how the radius grows with height."""
        curve = smooth(*self.knots)
        heights = np.linspace(self.knots[0][1], self.knots[-1][1], _ROWS)
        radii = np.interp(heights, curve[:, 1], curve[:, 0])
        return heights, radii, np.gradient(radii, heights)

    @property
    def sine(self) -> float:
        """How round a level circle looks: the height of its ellipse against its width."""
        return math.sin(math.radians(self.tilt))

    @property
    def cosine(self) -> float:
        """How tall an upright line looks."""
        return math.cos(math.radians(self.tilt))

    def radius(self, height: float) -> float:
        """The radius at `height`."""
        heights, radii, _ = self.profile
        return float(np.interp(height, heights, radii))

    def ring(self, height: float, grow: float = 0.0) -> Any:
        """The rectangle around the ellipse that the body's circle at `height` looks like, `grow` larger in radius."""
        r, y = self.radius(height) + grow, -height * self.cosine
        return skia.Rect(-r, y - r * self.sine, r, y + r * self.sine)

    def contour(self, grow: float = 0.0) -> Curve:
        """The right edge as the eye sees it, from the foot up, without what is too flat to be an edge."""
        heights, radii, slopes = self.profile
        sine = slopes * self.sine / self.cosine
        heights, radii, sine = (rows[np.abs(sine) < 1] for rows in (heights, radii, sine))
        x = (radii + grow) * np.sqrt(1 - sine**2)
        return np.column_stack((x, -heights * self.cosine + radii * sine * self.sine))

    def outline(self, grow: float = 0.0, points: int = 700) -> Any:
        """The silhouette as a path: between the edges, and where the body is too flat for one, its circles.

        `points` along each side; far fewer do where only something soft is clipped to it, frame by frame.
        """
        edge = self.contour(grow)
        heights, radii = (rows[:, None] for rows in self.profile[:2])
        levels, depths = -heights * self.cosine, (radii + grow) * self.sine
        top, foot = float((levels - depths).min()), float((levels + depths).max())
        y = foot + (top - foot) * 0.5 * (1 - np.cos(np.linspace(0, math.pi, points)))
        circles = (radii + grow) * np.sqrt(np.clip(1 - ((y - levels) / np.maximum(depths, 1e-9)) ** 2, 0, 1))
        between = np.interp(y, edge[::-1, 1], edge[::-1, 0], left=0, right=0)
        right = np.column_stack((np.maximum(circles.max(axis=0), between), y))
        return shape(right, right[::-1] * (-1, 1))

    def lit(
        self, source: str, uniforms: dict[str, Any], inside: bool = False, more: dict[str, Any] | None = None
    ) -> Any:
        """The paint of `source`, an SkSL main that may call `meet`, `turn` and `normal_of`, and read `more` shaders."""
        heights, radii, slopes = self.profile
        span = (heights[0], heights[-1], self.sine, self.cosine)
        known = {"span": span, "side": -1.0 if inside else 1.0, **uniforms}
        found = {"profile": table(radii, slopes), "nearby": table(radii, exact=True)}
        return lit(_FIND.replace("STEPS", str(self.steps)) + source, known, {**found, **(more or {})})
