"""A bowl of glazed ceramic, filled, seen from above the table."""

from collections.abc import Callable
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.ceramic import IVORY, draw_brand, draw_lip, draw_outside
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import WHITE
from adgen_pipeline.studio.drawing.skia_door import skia

_BOWL = Turned(((0.40, 0.0), (0.43, 0.03), (0.48, 0.06), (0.72, 0.15), (0.89, 0.31), (0.97, 0.50), (1.0, 0.68)), 34, 12)
_FOOT = 0.52  # where the bowl stands, below the middle
_RIM = 0.68
_WALL = 0.040

_INSIDE = """
uniform float3 albedo;
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float3 c = albedo * (0.35 + 0.65 * smoothstep(0.38, 0.68, at.x)) * (0.60 + 0.40 * smoothstep(-0.8, 0.9, n.x));
  return shown(c);
}
"""


MIDDLE = _FOOT - _RIM * _BOWL.cosine
"""The height on the canvas of the middle of the bowl's rim."""


def draw_bowl(canvas: Any, look: Look, fill: Callable[[Any, int, float, float], None]) -> None:
    """The bowl, and what is in it; `fill(canvas, seed, sine, cosine)` draws that around the middle of its rim."""
    canvas.save()
    canvas.translate(0, _FOOT)
    draw_outside(canvas, _BOWL, look, 0.30)
    if look.brand:
        draw_brand(canvas, _BOWL, look, look.brand, 0.46, 0.105, 34)
    mouth = skia.Path()
    mouth.addOval(_BOWL.ring(_RIM, -_WALL))
    canvas.save()
    canvas.clipPath(mouth, True)
    draw_smooth(canvas, mouth, _BOWL.lit(_INSIDE, {"albedo": tinted(IVORY)}, inside=True))
    canvas.restore()
    draw_lip(canvas, _BOWL, look, _RIM, _WALL)
    canvas.translate(0, -_RIM * _BOWL.cosine)
    canvas.clipPath(_open(), True)
    fill(canvas, look.seed, _BOWL.sine, _BOWL.cosine)
    canvas.restore()
    _draw_near_lip(canvas, look)


def draw_gleam(canvas: Any, glint: float) -> None:
    """A soft band of light around the bowl; at 0 and 1 it is outside."""
    x, reach = -1.2 + 2.4 * glint, 0.14
    band = ((0, WHITE, 0), (0.5, WHITE, 0.20), (0.62, WHITE, 0.05), (0.72, WHITE, 0.09), (1, WHITE, 0))
    canvas.save()
    canvas.translate(0, _FOOT)
    canvas.clipPath(_front(), True)
    canvas.drawRect(skia.Rect(x - reach, -1.2, x + reach, 0.4), paint.ramp((x - reach, 0), (x + reach, 0), *band))
    canvas.restore()


def _draw_near_lip(canvas: Any, look: Look) -> None:
    """The near half of the rim again, in front of what is in the bowl."""
    canvas.save()
    canvas.translate(0, _FOOT)
    middle = -_RIM * _BOWL.cosine
    canvas.clipRect(skia.Rect(-1.1, middle + 0.30, 1.1, middle + 0.8))
    draw_lip(canvas, _BOWL, look, _RIM, _WALL)
    canvas.restore()


@cache
def _open() -> Any:
    """Where what is in the bowl can be seen, around the middle of its rim: in the mouth, and above it."""
    mouth, above = skia.Path(), skia.Path()
    mouth.addOval(_BOWL.ring(_RIM, -0.5 * _WALL).makeOffset(0, _RIM * _BOWL.cosine))
    above.addRect(skia.Rect(-1.2, -1.2, 1.2, 0))
    return skia.Op(mouth, above, skia.PathOp.kUnion_PathOp)


@cache
def _front() -> Any:
    """The outside of the bowl, without its mouth."""
    mouth = skia.Path()
    mouth.addOval(_BOWL.ring(_RIM))
    return skia.Op(_BOWL.outline(-0.01, points=80), mouth, skia.PathOp.kDifference_PathOp)
