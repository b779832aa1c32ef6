"""A dropper bottle: serum in frosted glass, a collar of brushed metal, a rubber bulb."""

from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.lettering import around
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix

_TILT = 14
_BODY = Turned(
    (
        (0.30, 0.0), (0.335, 0.012), (0.352, 0.045), (0.355, 0.10), (0.355, 0.30), (0.355, 0.60), (0.355, 0.86),
        (0.345, 0.93), (0.31, 0.985), (0.24, 1.02), (0.17, 1.035), (0.155, 1.06), (0.155, 1.09),
    ),
    _TILT,
)  # fmt: skip
_COLLAR = Turned(((0.180, 0.0), (0.184, 0.01), (0.184, 0.12), (0.184, 0.245), (0.178, 0.255)), _TILT)
_BULB = Turned(
    (
        (0.128, 0.0), (0.132, 0.02), (0.118, 0.05), (0.108, 0.14), (0.106, 0.24), (0.103, 0.30), (0.090, 0.345),
        (0.062, 0.372), (0.02, 0.382), (0.002, 0.383),
    ),
    _TILT,
)  # fmt: skip
_STANDS = (0.50, 0.46)

_GLASS = """
uniform float3 tone; uniform float3 serum; uniform float3 rim; uniform float4 level;
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  n = normalize(n + 0.03 * (grain(p * 2.7).rgb - 0.5));
  float across = clamp(abs(p.x) / at.y, 0, 1);
  float wet = (1 - smoothstep(level.x - 0.02, level.x + 0.03, at.x + 0.05 * near)) * smoothstep(0.97, 0.82, across);
  wet *= smoothstep(0.05, 0.11, at.x);
  float x = p.x / at.y;
  float through = 0.45 + 0.75 * exp(-5 * (x - 0.25) * (x - 0.25)) + 0.2 * smoothstep(0.5, 0.0, at.x);
  float3 glass = tone * (0.34 + 0.66 * diffuse(n)) + tone * 0.40 * smoothstep(0.75, 0.98, across);
  float3 c = mix(glass, serum * through, 0.80 * wet);
  float pipette = band(x, -0.105, 0.105, 0.03) * step(0.12, at.x);
  c += (0.10 * band(abs(x), 0.075, 0.105, 0.02) - 0.05 * pipette) * step(0.12, at.x);
  c += tone * 0.45 * smoothstep(0.10, 0.0, at.x) * (0.4 + 0.6 * smoothstep(-0.2, 0.8, x));
  c += mirrored(n, 0.09, rim) * (0.11 + 0.8 * facing(n));
  return shown(c);
}
"""
_BRUSHED = """
uniform float3 tone; uniform float3 rim; uniform float4 knurl;  // from and to which height
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float angle = asin(clamp(p.x / at.y, -1, 1));
  float rib = band(at.x, knurl.x, knurl.y, 0.004);
  n = normalize(n + float3(0.40 * rib * sin(angle * 40), 0, 0));
  n = normalize(n + float3(0.0, 0.14, 0) * (1 - rib) * (grain(float2(p.x * 0.10, p.y * 3.0)).b - 0.5));
  float3 c = metal(n, tone, 0.16, rim) * (1.1 + 0.14 * (grain(float2(p.x * 0.12, p.y * 3.0)).b - 0.5));
  c *= 1 - 0.5 * band(at.x, knurl.x - 0.006, knurl.x, 0.002) - 0.5 * band(at.x, knurl.y, knurl.y + 0.006, 0.002);
  return shown(c);
}
"""
_RUBBER = """
uniform float3 tone; uniform float3 rim;
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  n = normalize(n + 0.03 * (grain(p * 3.1).rgb - 0.5));
  return shown(glazed(n, tone * 1.15, 0.60, 0.16, rim) * (0.6 + 0.4 * smoothstep(0.0, 0.05, at.x)));
}
"""


def draw_dropper_bottle(canvas: Any, look: Look, glass: Colour) -> None:
    """The bottle, standing behind the middle of the set."""
    made, rim = materials(look), tinted(mix(look.palette.high, WHITE, 0.4))
    canvas.save()
    canvas.translate(*_STANDS)
    known = {"tone": tinted(glass), "serum": tinted(_serum(look)), "rim": rim, "level": (0.72, 0, 0, 0)}
    draw_smooth(canvas, _BODY.outline(), _BODY.lit(_GLASS, known))
    if look.brand:
        ink = mix(look.palette.low, BLACK, 0.2)
        around(canvas, _BODY, look.brand.upper(), 0.56, 0.058, paint.fill(ink, 0.9), face="sans", spacing=26, reach=40)
    canvas.translate(0, -1.06 * _BODY.cosine)
    canvas.drawOval(_COLLAR.ring(0.0, 0.03), paint.fill(BLACK, 0.45, blur=0.015))
    tone = made.metal if made.metal is look.palette.accent else WHITE * 0.80
    canvas.drawPath(
        _COLLAR.outline(), _COLLAR.lit(_BRUSHED, {"tone": tinted(tone), "rim": rim, "knurl": (0.05, 0.20, 0, 0)})
    )
    canvas.drawOval(_COLLAR.ring(0.25, -0.012), paint.stroke(WHITE, 0.004, 0.7))
    canvas.translate(0, -0.25 * _COLLAR.cosine)
    canvas.drawOval(_BULB.ring(0.0, 0.012), paint.fill(BLACK, 0.5, blur=0.012))
    draw_smooth(canvas, _BULB.outline(), _BULB.lit(_RUBBER, {"tone": tinted(_rubber(look)), "rim": rim}))
    canvas.restore()


def bottle_outline(points: int) -> Any:
    """The silhouette of the glass where it stands, through `points` a side."""
    path = _BODY.outline(-0.01, points=points)
    path.offset(*_STANDS)
    return path


def _serum(look: Look) -> Colour:
    """Golden for a metallic brand, else a clear tint of the brand's colour."""
    made, accent = materials(look), look.palette.accent
    if made.metal is accent:
        return WHITE * (1.0, 0.78, 0.42)
    return mix(WHITE, accent, 0.55 if luminance(accent) < 0.4 else 0.5)


def _rubber(look: Look) -> Colour:
    """Ivory for a metallic brand, else the brand's colour."""
    made, accent = materials(look), look.palette.accent
    return WHITE * (0.90, 0.86, 0.80) if made.metal is accent else accent
