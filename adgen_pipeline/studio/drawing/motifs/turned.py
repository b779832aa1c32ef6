"""Bodies turned on a wheel or a lathe, seen a little from above: cups, bowls, jars, bottles."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.motifs.curves import Curve, shape, smooth
from adgen_pipeline.studio.drawing.motifs.lit import lit, table
from adgen_pipeline.studio.drawing.skia_door import skia

_ROWS = 256  # heights at which the profile is known

_FIND = """
uniform shader profile;
uniform float4 span;  // lowest and highest height, sine and cosine of the tilt
uniform float side;  // 1 the outside, -1 the inside

// From above, each step toward the outside stays in front of it as long as the body widens upward.
// Where the eye's ray through `p` meets the body: (height, radius, slope), and the distance toward the eye in `near`.
float3 meet(float2 p, out float near) {
  float3 found = float3(0);
  float h = side > 0 ? span.y : -p.y / span.w;
  near = 0;
  for (int i = 0; i < 12; i++) {
    float k = clamp((h - span.x) / (span.y - span.x), 0, 1) * 255 + 0.5;
    float2 known = profile.eval(float2(k, 0.5)).rg;
    near = side * sqrt(max(known.x * known.x - p.x * p.x, 0));
    found = float3(h, known);
    h = mix(h, (near * span.z - p.y) / span.w, side > 0 ? 1.0 : 0.6);
  }
  return found;
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
    """

    knots: tuple[tuple[float, float], ...]
    tilt: float

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
        """The right edge as the eye sees it, from the foot up."""
        heights, radii, slopes = self.profile
        sine = np.clip(slopes * self.sine / self.cosine, -1, 1)
        x = (radii + grow) * np.sqrt(1 - sine**2)
        return np.column_stack((x, -heights * self.cosine + radii * sine * self.sine))

    def outline(self, grow: float = 0.0) -> Any:
        """The silhouette as a path, with the foot's and the top's ellipse."""
        right = self.contour(grow)
        path = shape(right, right[::-1] * (-1, 1))
        for height in (self.knots[0][1], self.knots[-1][1]):
            oval = skia.Path()
            oval.addOval(self.ring(height, grow))
            path = skia.Op(path, oval, skia.PathOp.kUnion_PathOp)
        return path

    def lit(self, source: str, uniforms: dict[str, Any], inside: bool = False, **more: Any) -> Any:
        """The paint of `source`, an SkSL main that may call `meet`, `turn` and `normal_of`."""
        heights, radii, slopes = self.profile
        span = (heights[0], heights[-1], self.sine, self.cosine)
        known = {"span": span, "side": -1.0 if inside else 1.0, **uniforms}
        return lit(_FIND + source, known, {"profile": table(radii, slopes)}, **more)
