"""Glazed ceramic: the brand's colour as a glaze, gilded rims for metallic brands."""

from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.lettering import around
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix

IVORY: Colour = np.array([0.95, 0.925, 0.88])

_GLAZE = """
uniform float3 albedo; uniform float3 bounce; uniform float3 rim; uniform float4 foot;  // height of its shade
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float4 fleck = grain(p * 1.7);
  n = normalize(n + 0.02 * (fleck.rgb - 0.5));
  float shade = 0.45 + 0.55 * smoothstep(0.0, foot.x, at.x);
  float3 c = glazed(n, albedo * (0.97 + 0.06 * fleck.g), 0.85, 0.03, rim) * shade + 0.14 * albedo;
  c += bounce * albedo * 0.35 * smoothstep(0.1, -0.6, n.y) * (1 - smoothstep(0.4 * foot.x, 2 * foot.x, at.x));
  return shown(c);
}
"""


def glaze_of(look: Look) -> Colour:
    """The brand's colour as a glaze; a metallic brand colour is kept for the rim of ivory ware."""
    accent = look.palette.accent
    return IVORY if gilded(look) else mix(accent, WHITE * luminance(accent), 0.07)


def gilded(look: Look) -> bool:
    """Whether the brand's colour is a metal's."""
    return materials(look).metal is look.palette.accent


def gilding(look: Look) -> tuple[tuple[float, Colour, float], ...]:
    """The stops of a gradient across gold leaf."""
    made = materials(look)
    return (
        (0, made.lit, 1), (0.22, made.metal, 1), (0.40, made.lit, 1), (0.55, mix(made.metal, made.shade, 0.5), 1),
        (0.72, made.metal, 1), (0.86, made.lit, 1), (1, made.metal, 1),
    )  # fmt: skip


def draw_outside(canvas: Any, body: Turned, look: Look, foot: float) -> None:
    """The outside of a vessel, darker up to the height `foot`."""
    glaze = glaze_of(look)
    known = {"albedo": tinted(glaze), "bounce": tinted(mix(glaze, WHITE, 0.3)), "rim": tinted(look.palette.high)}
    draw_smooth(canvas, body.outline(), body.lit(_GLAZE, {**known, "foot": (foot, 0, 0, 0)}))


def draw_brand(canvas: Any, body: Turned, look: Look, brand: str, height: float, tall: float, reach: float) -> None:
    """The brand printed around the front, in a tone that stands off the glaze."""
    glaze = glaze_of(look)
    ink = mix(glaze, BLACK, 0.78) if luminance(glaze) > 0.62 else mix(glaze, WHITE, 0.9)
    printed = paint.fill(look.palette.low if gilded(look) else ink, 0.92)
    around(canvas, body, brand.upper(), height, tall, printed, reach=reach)


def draw_lip(canvas: Any, body: Turned, look: Look, height: float, wall: float) -> None:
    """The rim of a vessel whose wall is `wall` thick: a ring of light all the way round, or of gold."""
    lip, pale = body.ring(height, -0.5 * wall), mix(glaze_of(look), WHITE, 0.25)
    dark = mix(pale, BLACK, 0.35)
    tones = ((0, mix(pale, WHITE, 0.7), 1), (0.4, pale, 1), (0.7, dark, 1), (1, mix(pale, WHITE, 0.5), 1))
    stops, ends = gilding(look) if gilded(look) else tones, ((lip.left(), lip.top()), (lip.right(), lip.bottom()))
    canvas.drawOval(lip, paint.ramp(*ends, *stops, **paint.lined(wall)))
    canvas.drawOval(body.ring(height, -0.3 * wall), paint.stroke(WHITE, 0.005, 0.75))
    canvas.drawArc(body.ring(height, -wall), 15, 150, False, paint.stroke(BLACK, 0.006, 0.35, blur=0.003))
