"""A plate of glazed ceramic, on which something lies in the middle."""

from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.ceramic import draw_brand, gilded, gilding, glaze_of
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, lit, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_TOP = """
uniform float3 albedo; uniform float3 rim; uniform float4 tilt;  // sine, cosine
half4 main(float2 p) {
  float r = length(p);
  float slope = 0.03 + 0.42 * smoothstep(0.70, 0.76, r) * (1 - smoothstep(0.78, 0.84, r));
  slope += 0.10 * smoothstep(0.84, 0.96, r) - 1.3 * smoothstep(0.976, 1.0, r);
  float3 n = normalize(float3(-slope * p.x / r, 1, -slope * p.y / r));
  n = normalize(float3(n.x, n.y * tilt.y - n.z * tilt.x, n.z * tilt.y + n.y * tilt.x));
  float4 fleck = grain(p * 1.6);
  n = normalize(n + 0.016 * (fleck.rgb - 0.5));
  float3 c = glazed(n, albedo * (0.97 + 0.06 * fleck.g), 0.75, 0.06, rim) + 0.06 * albedo;
  c *= 0.72 + 0.38 * smoothstep(1.0, -1.0, p.x + 0.7 * p.y);
  return shown(c);
}
"""


def draw_plate(canvas: Any, look: Look, round_: Turned, thick: float) -> None:
    """The plate around (0, 0), its edge `thick`; `round_` is a low body whose upper ring is the plate's edge."""
    glaze, radius = glaze_of(look), round_.radius(0.0)
    edge = ((0, mix(glaze, BLACK, 0.35), 1), (0.3, mix(glaze, BLACK, 0.15), 1), (1, mix(glaze, BLACK, 0.75), 1))
    canvas.save()
    canvas.translate(0, thick)
    canvas.scale(1, round_.sine)
    canvas.drawCircle(0, 0, 0.996 * radius, paint.ramp((-radius, 0), (radius, 0), *edge))
    canvas.restore()
    canvas.save()
    canvas.scale(radius, radius * round_.sine)
    known = {"albedo": tinted(glaze), "rim": tinted(look.palette.high), "tilt": (round_.sine, round_.cosine, 0, 0)}
    disc = skia.Path()
    disc.addCircle(0, 0, 1)
    draw_smooth(canvas, disc, lit(_TOP, known))
    if gilded(look):
        canvas.drawCircle(0, 0, 0.980, paint.ramp((-1, -1), (1, 1), *gilding(look), **paint.lined(0.026)))
    else:
        canvas.drawCircle(0, 0, 0.986, paint.stroke(mix(glaze, WHITE, 0.7), 0.008, 0.6))
    canvas.restore()


def draw_plate_brand(canvas: Any, look: Look, brand: str, radius: float, tilt: float, tall: float) -> None:
    """The brand around the plate's near rim, at `radius` from its middle."""
    level = Turned(((radius, -0.01), (radius, 0.01)), tilt)
    draw_brand(canvas, level, look, brand, 0.0, tall, 26)


def draw_resting_shadow(canvas: Any, radius: float, sine: float) -> None:
    """The shade that something round of `radius` throws on the plate around (0, 0)."""
    canvas.save()
    canvas.scale(1, sine)
    for x, y, grow, strength, blur in ((0.05, 0.08, 0.01, 0.42, 0.05), (0.02, 0.03, 0.01, 0.65, 0.025)):
        canvas.drawCircle(x, y, radius + grow, paint.fill(BLACK, strength, blur=blur))
    canvas.restore()
