"""The lid of a jar, leaning: a disc of brushed metal whose light runs in two fans, as turning leaves it."""

from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.lit import lit, tinted
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, luminance, mix

_STANDS = (-0.50, -0.02)
_RADIUS, _NARROW, _TURN = 0.56, 0.86, -16.0
_THICK = 0.10

# A brushed disc: grooves run around it, so a lamp is mirrored along the radius that faces it.
_BRUSHED = """
uniform float3 tone; uniform float3 rim;
half4 main(float2 p) {
  float r = length(p);
  float angle = atan(p.y, p.x);
  float groove = grain(float2(r * 2.2, 0.3 + 0.004 * angle)).b - 0.5;
  float fan = pow(abs(cos(angle + 0.75)), 7.0) + 0.55 * pow(abs(cos(angle - 0.45)), 16.0);
  float3 c = tone * (0.16 + 0.26 * (0.5 - 0.5 * p.y) + 1.05 * fan * (0.85 + 0.15 * r));
  c *= 1 + 0.16 * groove;
  c += float3(0.30) * fan * fan;
  float edge = band(r, 0.915, 0.945, 0.006);
  c += edge * (0.5 * smoothstep(0.4, -0.9, p.x + p.y) - 0.12);
  c *= 1 - 0.35 * band(r, 0.895, 0.915, 0.005);
  c += rim * 0.5 * smoothstep(0.985, 1.0, r) * smoothstep(0.2, -0.8, p.y);
  return shown(c);
}
"""


def draw_lid(canvas: Any, look: Look) -> None:
    """The lid, its rim turned to the right; the brand's metal, or metal anodised in the brand's colour."""
    made, accent = materials(look), look.palette.accent
    tone = made.metal if made.metal is accent else mix(accent, WHITE * max(0.5, luminance(accent)), 0.25)
    canvas.save()
    canvas.translate(*_STANDS)
    canvas.rotate(_TURN)
    canvas.scale(_NARROW * _RADIUS, _RADIUS)
    dark = mix(tone, BLACK, 0.75)
    sheen = ((0, tone, 1), (0.3, mix(tone, WHITE, 0.5), 1), (0.45, tone, 1), (0.75, dark, 1), (1, dark, 1))
    thick = _THICK / _RADIUS
    for step in range(12, -1, -1):
        canvas.drawCircle(thick * step / 12, thick * 0.15 * step / 12, 1.0, paint.ramp((0, -1), (0, 1), *sheen))
    canvas.drawCircle(0, 0, 1, lit(_BRUSHED, {"tone": tinted(tone), "rim": tinted(mix(look.palette.high, WHITE, 0.4))}))
    canvas.restore()
