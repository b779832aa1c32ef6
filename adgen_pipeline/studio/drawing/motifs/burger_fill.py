"""What is between the halves of a bun: salad leaves, a grilled patty, molten cheese, tomato."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.bun import TILT
from adgen_pipeline.studio.drawing.motifs.curves import line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_SINE, _COSINE = math.sin(math.radians(TILT)), math.cos(math.radians(TILT))
_PATTY = Turned(((0.70, 0.0), (0.755, 0.045), (0.765, 0.10), (0.745, 0.16), (0.70, 0.20)), TILT)
_GREEN: Colour = np.array([0.36, 0.62, 0.12])
_CHEDDAR: Colour = np.array([1.0, 0.66, 0.11])
_TOMATO: Colour = np.array([0.84, 0.10, 0.045])

_GRILLED = """
half4 main(float2 p) {
  float near; float3 at = meet(p, near); float3 n = normal_of(p, at, near);
  float2 on = float2(atan(p.x, near) * 0.76, at.x);
  float4 wide = grain(on * 1.0 + 0.4); float4 fine = grain(on * 2.6); float4 dust = grain(on * 6.5);
  float lump = 0.55 * wide.g + 0.45 * fine.g;
  n = normalize(n + 1.05 * (fine.rgb - 0.5) + 0.55 * (dust.rgb - 0.5) + 0.5 * (wide.rgb - 0.5));
  float3 tone = mix(float3(0.58, 0.29, 0.13), float3(0.27, 0.115, 0.05), smoothstep(0.36, 0.64, lump));
  tone = mix(tone, float3(0.10, 0.045, 0.022), 0.9 * smoothstep(0.55, 0.72, 0.6 * wide.g + 0.4 * dust.g));
  float3 c = glazed(n, tone, 0.42, 0.12, float3(0.45)) + 0.07 * tone;
  c += 0.45 * pow(clamp(dot(n, normalize(SUN + float3(0, 0, 1))), 0, 1), 42.0) * float3(1.0, 0.85, 0.65);
  return shown(c * (0.50 + 0.50 * smoothstep(0.0, 0.05, at.x)) * (1 - 0.40 * smoothstep(0.15, 0.20, at.x)));
}
"""


def draw_patty(canvas: Any) -> None:
    """The patty that lies on (0, 0)."""
    draw_smooth(canvas, _PATTY.outline(), _PATTY.lit(_GRILLED, {}), fineness=1.7)


def draw_leaves(canvas: Any, rng: np.random.Generator, radius: float, drop: float, bright: float) -> None:
    """A ruffled leaf around (0, 0), its edge hanging `drop` below the level it lies on."""
    angle = np.linspace(-0.12 * math.pi, 1.12 * math.pi, 520)
    phase = rng.uniform(0, math.tau, 3)
    fold = 17 * angle + 1.2 * np.sin(3 * angle + phase[0]) + phase[1]
    out = radius * (1 + 0.035 * np.sin(fold) + 0.02 * np.sin(2.3 * fold + phase[2]))
    low = drop * (0.75 + 0.35 * np.sin(fold + 1.1) + 0.20 * np.sin(2.1 * fold))
    edge = np.column_stack((out * np.cos(angle), out * np.sin(angle) * _SINE + low * _COSINE))
    inner = np.column_stack((0.80 * radius * np.cos(angle), 0.80 * radius * np.sin(angle) * _SINE - 0.05))
    canvas.drawPath(shape(moved(edge, 0.01, 0.035), inner[::-1]), paint.fill(BLACK, 0.50, blur=0.022))
    shine = 0.5 + 0.5 * np.sin(fold + 2.4) - 0.35 * np.cos(angle + math.pi)
    for k in range(0, len(angle) - 2, 2):
        tone = _green(float(bright * (0.30 + 0.70 * shine[k])))
        run = slice(k, k + 4)
        canvas.drawPath(shape(edge[run], inner[run][::-1]), _hanging(inner[k], edge[k], tone))
    canvas.drawPath(line(moved(edge, 0, -0.004)), paint.stroke(_green(1.2 * bright), 0.007, 0.75))
    for k in range(6, len(angle), 17):
        vein = np.array((inner[k], inner[k] + 0.9 * (edge[min(k + 3, len(edge) - 1)] - inner[k])))
        canvas.drawPath(line(vein), paint.stroke(_green(1.35 * bright), 0.005, 0.45))


def _green(light: float) -> Colour:
    if light < 0.6:
        return mix(_GREEN, WHITE * (0.06, 0.17, 0.02), min(1.0, 1 - light / 0.6))
    return mix(_GREEN, WHITE * (0.86, 0.95, 0.45), min(0.8, 1.1 * (light - 0.6)))


def _hanging(top: Any, foot: Any, tone: Colour) -> Any:
    """The paint of a fold: in the shade above, lit at its edge."""
    stops = ((0, mix(tone, BLACK, 0.70), 1), (0.55, mix(tone, BLACK, 0.22), 1), (1, mix(tone, WHITE, 0.10), 1))
    return paint.ramp((float(top[0]), float(top[1])), (float(foot[0]), float(foot[1])), *stops)


def draw_cheese(canvas: Any, radius: float) -> None:
    """A slice around (0, 0) that has melted over the edge, two corners hanging down in front."""
    knots = [(-1.0, -0.01), (-0.93, 0.20), (-0.80, 0.235), (-0.62, 0.30), (-0.50, 0.50), (-0.40, 0.60), (-0.30, 0.52),
             (-0.16, 0.335), (0.06, 0.315), (0.22, 0.36), (0.36, 0.48), (0.46, 0.50), (0.56, 0.40), (0.70, 0.27),
             (0.84, 0.26), (0.94, 0.18), (1.0, -0.01)]  # fmt: skip
    edge = radius * smooth(*knots) * (1, 0.92)
    upper = np.array(((radius, -0.03), (-radius, -0.03)))
    body = shape(edge, upper)
    canvas.drawPath(shape(moved(edge, 0.012, 0.030), upper), paint.fill(BLACK, 0.55, blur=0.016))
    canvas.drawPath(shape(moved(edge, 0, 0.016), upper), paint.fill(mix(_CHEDDAR, WHITE * (0.62, 0.25, 0), 0.75)))
    tones = ((0, mix(_CHEDDAR, WHITE * (0.75, 0.36, 0.0), 0.75), 1), (0.45, _CHEDDAR, 1),
             (1, mix(_CHEDDAR, WHITE, 0.22), 1))  # fmt: skip
    canvas.save()
    canvas.clipPath(body, True)
    canvas.drawPaint(paint.ramp((0, 0.0), (0, 0.46), *tones))
    canvas.drawPath(line(moved(edge, 0, -0.014)), paint.stroke(mix(_CHEDDAR, WHITE, 0.65), 0.020, 0.8, blur=0.006))
    for x, y, wide in ((-0.34, 0.30, 0.05), (0.28, 0.26, 0.04), (-0.60, 0.17, 0.03)):
        canvas.drawOval(skia.Rect(x - wide, y - 0.06, x + wide, y + 0.05), paint.fill(WHITE, 0.40, blur=0.018))
    side = ((0, BLACK, 0.30), (0.15, BLACK, 0), (0.75, BLACK, 0), (1, BLACK, 0.55))
    canvas.drawPaint(paint.ramp((-radius, 0), (radius, 0), *side))
    canvas.restore()


def draw_tomatoes(canvas: Any) -> None:
    """Slices side by side around (0, 0)."""
    for x, y in ((-0.36, -0.02), (0.37, -0.01), (0.0, 0.055)):
        canvas.save()
        canvas.translate(x, y)
        wide, high, thick = 0.40, 0.40 * _SINE * 1.25, 0.075
        canvas.drawOval(
            skia.Rect(-wide, -high + thick + 0.02, wide, high + thick + 0.03), paint.fill(BLACK, 0.5, 0.015)
        )
        skin = ((0, mix(_TOMATO, WHITE, 0.12), 1), (0.35, _TOMATO, 1), (1, mix(_TOMATO, BLACK, 0.55), 1))
        edge = skia.Path()
        edge.addOval(skia.Rect(-wide, -high + thick, wide, high + thick))
        edge.addRect(skia.Rect(-wide, 0, wide, thick))
        canvas.drawPath(edge, paint.ramp((-wide, 0), (wide, 0), *skin))
        canvas.drawArc(skia.Rect(-0.97 * wide, -high + 0.6 * thick, 0.97 * wide, high + 0.6 * thick), 60, 70, False,
                       paint.stroke(WHITE, 0.013, 0.70, blur=0.005, StrokeCap=skia.Paint.kRound_Cap))  # fmt: skip
        canvas.drawOval(skia.Rect(-wide, -high, wide, high), paint.fill(mix(_TOMATO, WHITE * (1, 0.5, 0.35), 0.35)))
        canvas.restore()
