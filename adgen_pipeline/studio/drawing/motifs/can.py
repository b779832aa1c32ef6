"""A cold drinks can: printed aluminium, a lid with its tab, drops."""

from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.can_lid import draw_lid
from adgen_pipeline.studio.drawing.motifs.droplets import Drop, draw_drop, draw_running, scatter
from adgen_pipeline.studio.drawing.motifs.interface import neighbour
from adgen_pipeline.studio.drawing.motifs.lettering import around
from adgen_pipeline.studio.drawing.motifs.lit import tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_TILT = 13
_BODY = Turned(
    (
        (0.300, 0.0), (0.325, 0.012), (0.345, 0.035), (0.385, 0.085), (0.415, 0.135), (0.425, 0.20), (0.425, 0.60),
        (0.425, 1.10), (0.425, 1.58), (0.420, 1.645), (0.395, 1.735), (0.362, 1.820), (0.350, 1.850), (0.352, 1.865),
        (0.366, 1.880), (0.368, 1.895), (0.362, 1.905),
    ),
    _TILT,
)  # fmt: skip
_FOOT = 0.90  # where it stands, below the middle
_LID = 1.900
_NAME = 0.98  # the height at which the brand stands

_PRINT = """
uniform float3 tone; uniform float3 bright; uniform float3 second; uniform float3 rim;
uniform float4 marks;  // height of the burst, of the wave, of the bare metal below and above
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float angle = asin(clamp(p.x / max(at.y, 0.001), -1, 1));
  float2 q = float2(angle * 0.425, at.x - marks.x);
  float far = length(q);
  float ray = smoothstep(-0.16, 0.16, sin(12.0 * atan(q.y, q.x)));
  float3 ink = mix(tone, bright, 0.62 * ray * smoothstep(0.10, 0.34, far) * (1 - smoothstep(0.34, 0.86, far)));
  ink = mix(ink, bright, 0.30 * exp(-7 * far * far));
  float edge = marks.y + 0.055 * sin(2.1 * angle + 0.9) + 0.018 * sin(4.7 * angle);
  float below = 1 - smoothstep(edge - 0.003, edge + 0.003, at.x);
  float line_ = band(at.x, edge + 0.016, edge + 0.034, 0.003) + band(at.x, edge + 0.052, edge + 0.058, 0.003);
  float upper = smoothstep(1.600, 1.606, at.x);
  ink = mix(ink, second, max(below, upper));
  float bare = max(1 - smoothstep(marks.z, marks.z + 0.006, at.x), smoothstep(marks.w, marks.w + 0.006, at.x));
  line_ = max(line_, band(at.x, 1.578, 1.588, 0.002));
  float3 tin = float3(0.80, 0.81, 0.83);
  n = normalize(n + float3(0.02, 0.045, 0) * (grain(float2(p.x * 0.25, p.y * 4.0)).b - 0.5));
  float3 printed = mix(glazed(n, ink, 0.85, 0.07, rim), metal(n, mix(ink, float3(1), 0.08), 0.10, rim), 0.50);
  float3 naked = metal(n, tin, 0.06, rim);
  float3 c = mix(printed, naked, clamp(max(bare, 0.9 * line_), 0, 1));
  c *= 0.88 + 0.24 * (grain(float2(p.x * 0.5, p.y * 6.0)).b - 0.5) * bare + 0.10;
  c += ink * (1 - bare) * 0.30 * (1 - smoothstep(0.5, 1.0, abs(p.x) / at.y));
  return shown(c);
}
"""


class Can:
    """A can seen a little from above. The brand stands in the middle of its print, if there is one."""

    extent = (-0.46, -1.08, 0.46, 1.00)
    face = (-0.43, -0.55, 0.43, 0.55)
    focus = ((0.06, -0.10), (0.06, -0.86), (-0.10, 0.28))

    def still(self, canvas: Any, look: Look) -> None:
        """The printed body, the brand, the lid, drops."""
        tone, bright, second = print_of(look)
        canvas.save()
        canvas.translate(0, _FOOT)
        known = {"tone": tinted(tone), "bright": tinted(bright), "second": tinted(second)}
        rim, marks = tinted(mix(look.palette.high, WHITE, 0.4)), (_NAME, 0.36, 0.125, 1.70)
        canvas.drawPath(_BODY.outline(), _BODY.lit(_PRINT, {**known, "rim": rim, "marks": marks}))
        _draw_brand(canvas, look, tone)
        draw_lid(canvas, look, _BODY, _LID)
        _draw_edges(canvas, look)
        for drop in _drops(look.seed):
            draw_drop(canvas, drop)
        canvas.restore()

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Drops that run down, light that crosses the print with `glint`."""
        canvas.save()
        canvas.translate(0, _FOOT)
        for later in (0, 1):
            draw_running(canvas, look.seed + 3 * later, seconds + 1.9 * later, (0.33, -1.52, 1.34))
        _draw_streak(canvas, glint)
        canvas.restore()


def print_of(look: Look) -> tuple[Colour, Colour, Colour]:
    """The ink of the body, of its burst, and of its foot: with a metallic brand, black below gold."""
    accent = look.palette.accent
    if materials(look).metal is accent:
        return accent, mix(accent, WHITE, 0.55), WHITE * 0.05
    bright = mix(neighbour(accent, 18 if luminance(accent) < 0.45 else -14), WHITE, 0.35)
    return accent, bright, mix(accent, BLACK, 0.72)


def _draw_brand(canvas: Any, look: Look, tone: Colour) -> None:
    """The brand, large, with its shade; without one, a bolt."""
    ink, shade = (
        (WHITE, mix(tone, BLACK, 0.75)) if luminance(tone) < 0.45 else (mix(tone, BLACK, 0.90), mix(tone, WHITE, 0.7))
    )
    if look.brand:
        word = look.brand.upper()
        for lower, brush in ((0.014, paint.fill(shade, 0.75)), (0.0, paint.fill(ink, 0.97))):
            around(canvas, _BODY, word, _NAME - lower, 0.17, brush, reach=56, face="retro", spacing=5)
        return
    y = _BODY.radius(_NAME) * _BODY.sine - _NAME * _BODY.cosine
    for drop, brush in ((0.014, paint.fill(shade, 0.75)), (0.0, paint.fill(ink, 0.97))):
        bolt = skia.Path()
        corners = ((0.06, -0.24), (-0.13, 0.04), (-0.01, 0.04), (-0.06, 0.24), (0.13, -0.06), (0.01, -0.06))
        bolt.addPoly([skia.Point(x, y + drop + dy) for x, dy in corners], True)
        canvas.drawPath(bolt, brush)


def _draw_edges(canvas: Any, look: Look) -> None:
    """The light from behind that draws the silhouette."""
    tone = mix(look.palette.high, WHITE, 0.45)
    for side, strength in ((-1, 0.55), (1, 0.75)):
        edge = _BODY.contour(-0.005) * (side, 1)
        path = skia.Path()
        path.addPoly([skia.Point(float(x), float(y)) for x, y in edge], False)
        stops = ((0, tone, 0.2 * strength), (0.5, tone, strength), (1, tone, 0.5 * strength))
        canvas.drawPath(path, paint.ramp((0, 0), (0, -1.85), *stops, **paint.lined(0.006)))


@cache
def _drops(seed: int) -> tuple[Drop, ...]:
    """Drops on the body, smaller ones on the shoulder."""
    body = scatter(_BODY, 0.16, 1.60, 380, (0.005, 0.040), seed)
    return (*body, *scatter(_BODY, 1.62, 1.80, 40, (0.004, 0.014), seed + 1))


def _draw_streak(canvas: Any, glint: float) -> None:
    """A band of light over the print; at 0 and 1 it is outside."""
    if not 0 < glint < 1:
        return
    x, reach = -0.95 + 1.9 * glint, 0.10
    band = ((0, WHITE, 0), (0.5, WHITE, 0.30), (0.60, WHITE, 0.05), (0.70, WHITE, 0.14), (1, WHITE, 0))
    canvas.save()
    canvas.clipPath(_outline(), True)
    canvas.rotate(12)
    canvas.drawRect(skia.Rect(x - reach, -2.1, x + reach, 0.3), paint.ramp((x - reach, 0), (x + reach, 0), *band))
    canvas.restore()


@cache
def _outline() -> Any:
    return _BODY.outline(-0.01, points=90)
