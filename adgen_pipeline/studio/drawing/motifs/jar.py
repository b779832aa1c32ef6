"""Skincare: an open jar of cream and a dropper bottle, in frosted glass and brushed metal."""

import math
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.dropper import bottle_outline, draw_dropper_bottle
from adgen_pipeline.studio.drawing.motifs.jar_cream import draw_cream
from adgen_pipeline.studio.drawing.motifs.jar_lid import draw_lid
from adgen_pipeline.studio.drawing.motifs.lettering import around
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth, tinted
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.motifs.watch_dial import materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, luminance, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_TILT = 20
_JAR = Turned(
    (
        (0.52, 0.0), (0.585, 0.012), (0.62, 0.045), (0.63, 0.10), (0.63, 0.25), (0.63, 0.40), (0.622, 0.455),
        (0.595, 0.49), (0.565, 0.505),
    ),
    _TILT,
)  # fmt: skip
_NECK = Turned(((0.535, 0.0), (0.535, 0.05), (0.535, 0.11)), _TILT)
_STANDS = (-0.30, 0.62)  # the middle of the jar's foot
_GLOWS = ((0.06, 0.46, 0.16), (-0.68, 0.48, 0.16), (-0.30, 0.58, 0.12), (0.60, -0.30, 0.17), (0.42, -0.10, 0.15))

_FROSTED = """
uniform float3 tone; uniform float3 inner; uniform float3 rim; uniform float4 cup;  // height of its floor
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  n = normalize(n + 0.035 * (grain(p * 2.7).rgb - 0.5));
  float across = clamp(abs(p.x) / at.y, 0, 1);
  float cream = smoothstep(0.92, 0.74, across) * smoothstep(cup.x - 0.03, cup.x + 0.05, at.x - 0.10 * near);
  float3 glass = tone * (0.42 + 0.85 * diffuse(n));
  glass += tone * 0.55 * smoothstep(0.70, 0.97, across) * (0.35 + 0.65 * smoothstep(-0.9, 0.9, p.x / at.y));
  float3 c = mix(glass, inner * (0.52 + 0.66 * diffuse(n)), 0.86 * cream);
  float foot = smoothstep(0.13, 0.0, at.x);
  c += tone * foot * (0.25 + 0.5 * smoothstep(-0.1, 0.8, p.x / at.y));
  c *= 1 - 0.30 * band(at.x, 0.060, 0.075, 0.010);
  c += mirrored(n, 0.10, rim) * (0.10 + 0.75 * facing(n));
  return shown(c);
}
"""
_THREAD = """
uniform float3 tone; uniform float3 rim;
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float angle = asin(clamp(p.x / at.y, -1, 1));
  float wave = fract(at.x * 22 + angle * 0.16);
  n = normalize(n + float3(0, 0.5 * cos(wave * 6.283) * band(at.x, 0.015, 0.09, 0.01), 0));
  return shown((glazed(n, tone, 0.45, 0.14, rim) + 0.22 * tone) * (0.75 + 0.25 * smoothstep(0.0, 0.05, at.x)));
}
"""


class Jar:
    """A jar and a dropper bottle that belong together. The brand stands on both, if there is one."""

    extent = (-1.03, -1.23, 0.90, 0.83)
    face = (-0.94, -0.20, 0.86, 0.72)
    focus = ((-0.28, -0.22), (0.50, -0.18), (-0.42, 0.36))

    def still(self, canvas: Any, look: Look) -> None:
        """The lid and the bottle behind, the jar before them, the cream on top."""
        draw_lid(canvas, look)
        draw_dropper_bottle(canvas, look, glass_of(look))
        canvas.save()
        canvas.translate(*_STANDS)
        self._draw_shadow(canvas)
        self._draw_glass(canvas, look)
        self._draw_neck(canvas, look)
        draw_cream(canvas, look, _mouth(), _TILT)
        self._draw_lip(canvas, look)
        canvas.restore()

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """Light that breathes in the glass, and one band of it that `glint` carries across."""
        self._draw_glow(canvas, seconds)
        if 0 < glint < 1:
            self._draw_streak(canvas, glint)

    def _draw_shadow(self, canvas: Any) -> None:
        """Where the jar keeps the light from the bottle behind it."""
        canvas.save()
        canvas.clipPath(_behind(), True)
        canvas.drawPath(_JAR.outline(0.03), paint.fill(BLACK, 0.5, blur=0.05))
        canvas.restore()

    def _draw_glass(self, canvas: Any, look: Look) -> None:
        """Thick frosted walls around a cup of cream, and what is printed on them."""
        glass = glass_of(look)
        cream: Colour = WHITE * (0.97, 0.955, 0.93)
        rim = mix(look.palette.high, WHITE, 0.4)
        known = {"tone": tinted(glass), "inner": tinted(mix(cream, glass, 0.25)), "rim": tinted(rim)}
        draw_smooth(canvas, _JAR.outline(), _JAR.lit(_FROSTED, {**known, "cup": (0.14, 0, 0, 0)}))
        _draw_print(canvas, look, glass)

    def _draw_neck(self, canvas: Any, look: Look) -> None:
        """The thread the lid turns on."""
        canvas.save()
        canvas.translate(0, -0.505 * _JAR.cosine)
        canvas.drawOval(_NECK.ring(0.0, 0.025), paint.fill(BLACK, 0.35, blur=0.012))
        known = {"tone": tinted(mix(WHITE, glass_of(look), 0.3)), "rim": tinted(mix(look.palette.high, WHITE, 0.4))}
        draw_smooth(canvas, _NECK.outline(), _NECK.lit(_THREAD, known))
        canvas.drawOval(_NECK.ring(0.11, -0.014), paint.stroke(WHITE * 0.90, 0.030))
        canvas.restore()

    def _draw_lip(self, canvas: Any, look: Look) -> None:
        """The near edge of the mouth, in front of the cream."""
        canvas.save()
        canvas.translate(0, -0.505 * _JAR.cosine)
        lip = _NECK.ring(0.11, -0.014)
        canvas.drawArc(lip, 0, 180, False, paint.stroke(WHITE * 0.90, 0.030))
        canvas.drawArc(lip.makeOffset(0, 0.008), 10, 160, False, paint.stroke(WHITE * 0.62, 0.006, 0.6))
        glare = (
            (0, WHITE, 0),
            (0.15, WHITE, 0.9),
            (0.35, WHITE, 1),
            (0.7, WHITE, 0.35),
            (0.9, WHITE, 0.7),
            (1, WHITE, 0),
        )
        canvas.drawArc(
            lip.makeOffset(0, -0.006), 2, 176, False, paint.ramp((-0.5, 0), (0.5, 0), *glare, **paint.lined(0.008))
        )
        canvas.restore()

    def _draw_glow(self, canvas: Any, seconds: float) -> None:
        """Light gathered in the glass of both, slowly wandering, coming and going."""
        for k, (x, y, reach) in enumerate(_GLOWS):
            strength = 0.20 + 0.14 * math.sin(0.9 * seconds + 2.1 * k)
            at = (x + 0.05 * math.sin(0.5 * seconds + k), y + 0.05 * math.sin(0.7 * seconds + 2 * k))
            canvas.drawCircle(*at, reach, paint.halo(at, reach, (0, WHITE, strength), (1, WHITE, 0)))

    def _draw_streak(self, canvas: Any, glint: float) -> None:
        """A band of light over jar and bottle; at 0 and 1 it is outside."""
        x, reach = -1.5 + 3.0 * glint, 0.10
        band = ((0, WHITE, 0), (0.5, WHITE, 0.24), (0.60, WHITE, 0.05), (0.70, WHITE, 0.12), (1, WHITE, 0))
        canvas.save()
        canvas.clipPath(_glass(), True)
        canvas.rotate(14)
        canvas.drawRect(skia.Rect(x - reach, -1.0, x + reach, 1.0), paint.ramp((x - reach, 0), (x + reach, 0), *band))
        canvas.restore()


def glass_of(look: Look) -> Colour:
    """Frosted glass with a breath of the brand's colour; that of a metallic brand is warm and pale."""
    made, accent = materials(look), look.palette.accent
    strength = 0.30 if made.metal is accent else 0.50 if luminance(accent) < 0.4 else 0.42
    return mix(WHITE * 0.92, accent, strength)


def _draw_print(canvas: Any, look: Look, glass: Colour) -> None:
    """The brand and two fine rules, in the brand's metal or in a dark tone of its colour."""
    made = materials(look)
    ink = mix(look.palette.low, BLACK, 0.25) if made.metal is look.palette.accent else mix(look.palette.low, BLACK, 0.1)
    if look.brand:
        around(canvas, _JAR, look.brand.upper(), 0.29, 0.085, paint.fill(ink, 0.9), face="sans", spacing=26, reach=36)
        for height, wide in ((0.195, 14), (0.165, 8)):
            _draw_rule(canvas, height, wide, ink)


def _draw_rule(canvas: Any, height: float, degrees: float, ink: Colour) -> None:
    """A fine line printed around the front of the jar."""
    canvas.drawArc(_JAR.ring(height), 90 - degrees, 2 * degrees, False, paint.stroke(ink, 0.006, 0.7))


def _mouth() -> Any:
    """The opening of the jar, around its middle, as it stands at (0, 0)."""
    return _NECK.ring(0.11, -0.028).makeOffset(0, -0.505 * _JAR.cosine)


def _behind() -> Any:
    """Where the bottle stands, as seen from the jar."""
    path = skia.Path()
    path.addRect(skia.Rect(0.46, -1.2, 1.05, -0.10))
    return path


@cache
def _glass() -> Any:
    """What is of glass in both, together."""
    jar = _JAR.outline(-0.01, points=80)
    jar.offset(*_STANDS)
    return skia.Op(jar, bottle_outline(points=80), skia.PathOp.kUnion_PathOp)
