"""Things to eat, one at a time, drawn around (0, 0) and lit from above left: they keep their natural colours."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.lit import lit, tinted
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_BALL = """
uniform float3 albedo; uniform float3 deep; uniform float4 feel;  // gloss, softness, bumps, where in the noise
half4 main(float2 p) {
  float z = sqrt(max(1 - dot(p, p), 0));
  float4 cloud = grain(p * 0.12 + feel.w);
  float3 n = normalize(float3(p.x, -p.y, z) + feel.z * (grain(p * 0.22 + feel.w).rgb - 0.5));
  float3 tone = mix(albedo, deep, clamp(0.35 + 1.6 * (cloud.g - 0.5), 0, 1));
  float3 c = glazed(n, tone, feel.x, feel.y, float3(0.55));
  c += albedo * 0.30 * smoothstep(-0.2, 1.0, p.x * 0.5 + p.y * 0.85) * (0.4 + 0.6 * z);
  float glare = smoothstep(0.30, 0.0, length((p - float2(-0.36, -0.42)) * float2(1.0, 1.35)));
  c += feel.x * 0.75 * glare * glare;
  return shown(c);
}
"""


def draw_shadow(canvas: Any, wide: float, high: float, strength: float = 0.55) -> None:
    """The soft dark below something that lies on others."""
    oval = skia.Rect(-wide + 0.02, -0.55 * high + 0.03, wide + 0.04, high + 0.05)
    canvas.drawOval(oval, paint.fill(BLACK, strength, blur=0.028))


def draw_ball(
    canvas: Any,
    size: float,
    albedo: Colour,
    deep: Colour,
    *,
    gloss: float = 0.7,
    bumps: float = 0.05,
    seed: float = 0.0,
) -> None:
    """Something round: a tomato, a pea, a berry."""
    draw_shadow(canvas, size, size)
    canvas.save()
    canvas.scale(size, size)
    known = {"albedo": tinted(albedo), "deep": tinted(deep), "feel": (gloss, 0.05, bumps, seed)}
    canvas.drawCircle(0, 0, 1, lit(_BALL, known))
    canvas.restore()


def draw_tomato_half(canvas: Any, size: float, degrees: float) -> None:
    """A cherry tomato cut open: skin, flesh, chambers of jelly with their seeds."""
    skin, flesh = WHITE * (0.80, 0.07, 0.035), WHITE * (0.93, 0.25, 0.14)
    draw_shadow(canvas, size, 0.85 * size)
    canvas.save()
    canvas.scale(size, 0.84 * size)
    canvas.drawCircle(0.0, 0.12, 1.0, paint.ramp((-1, -1), (0.8, 1.1), (0, skin, 1), (1, mix(skin, BLACK, 0.65), 1)))
    canvas.drawCircle(0, 0, 0.97, paint.halo((-0.2, -0.3), 1.4, (0, mix(flesh, WHITE, 0.28), 1), (1, skin, 1)))
    canvas.drawCircle(0, 0, 0.95, paint.stroke(mix(skin, WHITE, 0.25), 0.04, 0.7))
    canvas.rotate(degrees)
    for turn in (0, 120, 240):
        canvas.save()
        canvas.rotate(turn)
        _draw_chamber(canvas)
        canvas.restore()
    canvas.drawCircle(0, 0, 0.20, paint.halo((0, 0), 0.2, (0, mix(flesh, WHITE, 0.5), 1), (1, flesh, 0.6)))
    canvas.rotate(-degrees)
    for x, y, wide, high in ((-0.42, -0.55, 0.20, 0.08), (0.30, 0.10, 0.07, 0.04), (-0.18, 0.35, 0.06, 0.035)):
        canvas.drawOval(skia.Rect(x - wide, y - high, x + wide, y + high), paint.fill(WHITE, 0.75, blur=0.02))
    canvas.restore()


def _draw_chamber(canvas: Any) -> None:
    jelly = shape(
        smooth((0.20, -0.08), (0.45, -0.36), (0.74, -0.26), (0.78, 0.10), (0.56, 0.32), (0.28, 0.14), (0.20, -0.08))
    )
    deep, amber = WHITE * (0.72, 0.13, 0.03), WHITE * (0.98, 0.60, 0.22)
    canvas.drawPath(jelly, paint.ramp((0.3, -0.3), (0.7, 0.3), (0, deep, 1), (1, mix(deep, amber, 0.55), 1)))
    for x, y in ((0.42, -0.16), (0.60, -0.10), (0.52, 0.10), (0.66, 0.06)):
        canvas.drawOval(skia.Rect(x - 0.075, y - 0.045, x + 0.075, y + 0.045), paint.fill(amber))
        canvas.drawOval(skia.Rect(x - 0.045, y - 0.030, x + 0.02, y), paint.fill(mix(amber, WHITE, 0.7)))


def draw_avocado(canvas: Any, long: float, wide: float) -> None:
    """One slice, bent, its skin side up (-y): dark skin, green flesh, yellow where the stone was."""
    outer = smooth((-long, 0.10), (-0.72 * long, -0.55 * wide), (0, -wide), (0.72 * long, -0.55 * wide), (long, 0.10))
    inner = smooth(
        (long, 0.10), (0.62 * long, 0.42 * wide), (0, 0.22 * wide), (-0.62 * long, 0.42 * wide), (-long, 0.10)
    )
    body = shape(outer, inner)
    skin, green, yellow = WHITE * (0.13, 0.22, 0.05), WHITE * (0.50, 0.66, 0.20), WHITE * (0.93, 0.90, 0.52)
    canvas.save()
    canvas.translate(0.012, 0.030)
    canvas.drawPath(body, paint.fill(BLACK, 0.50, blur=0.018))
    canvas.restore()
    canvas.save()
    canvas.clipPath(body, True)
    across = ((0, green, 1), (0.35, mix(green, yellow, 0.55), 1), (0.7, yellow, 1), (1, mix(yellow, green, 0.15), 1))
    canvas.drawPaint(paint.ramp((0, -wide), (0, 0.4 * wide), *across))
    for width, tone, alpha, soft in (
        (0.085, green, 0.8, 0.02),
        (0.042, mix(green, skin, 0.45), 0.9, 0.008),
        (0.018, skin, 1, 0.002),
    ):
        canvas.drawPath(line(outer), paint.stroke(tone, width, alpha, blur=soft))
    canvas.drawPath(line(inner), paint.stroke(mix(yellow, BLACK, 0.45), 0.014, 0.5, blur=0.006))
    gleam = beside(outer, 0.42 * wide)[14:44]
    canvas.drawPath(line(gleam), paint.stroke(WHITE, 0.10 * wide, 0.45, blur=0.02))
    canvas.restore()


def draw_cucumber(canvas: Any, size: float, seed: int) -> None:
    """One slice: dark rind, pale flesh, a wet heart with seeds."""
    rind, flesh = WHITE * (0.10, 0.28, 0.08), WHITE * (0.80, 0.90, 0.60)
    draw_shadow(canvas, size, 0.8 * size, 0.45)
    canvas.save()
    canvas.scale(size, 0.86 * size)
    canvas.drawCircle(0, 0.07, 1, paint.fill(mix(rind, BLACK, 0.5)))
    canvas.drawCircle(0, 0, 1, paint.ramp((-1, -1), (1, 1), (0, mix(rind, WHITE, 0.22), 1), (1, rind, 1)))
    body = (
        (0, mix(flesh, WHITE * (0.62, 0.76, 0.36), 0.75), 1),
        (0.55, flesh, 1),
        (0.88, mix(flesh, WHITE, 0.30), 1),
        (1, mix(flesh, rind, 0.55), 1),
    )
    canvas.drawCircle(0, 0, 0.93, paint.halo((0, 0), 0.93, *body))
    for k in range(15):
        angle = math.tau * k / 15 + 0.3 * math.sin(seed + 5 * k)
        canvas.save()
        canvas.rotate(math.degrees(angle))
        reach = 0.42 + 0.08 * math.sin(3 * k + seed)
        canvas.drawOval(skia.Rect(reach - 0.11, -0.04, reach + 0.11, 0.04), paint.fill(mix(flesh, WHITE, 0.65), 0.85))
        canvas.drawOval(skia.Rect(reach - 0.11, -0.04, reach + 0.11, 0.04), paint.stroke(rind, 0.012, 0.30))
        canvas.restore()
    canvas.drawOval(skia.Rect(-0.62, -0.74, -0.05, -0.42), paint.fill(WHITE, 0.50, blur=0.06))
    canvas.restore()


def draw_egg(canvas: Any, size: float) -> None:
    """Half a soft-boiled egg: firm white, a yolk that is about to run."""
    white, gold, deep = WHITE * (0.99, 0.975, 0.94), WHITE * (1.0, 0.66, 0.06), WHITE * (0.88, 0.34, 0.0)
    draw_shadow(canvas, size, 0.9 * size, 0.6)
    oval = np.linspace(0, math.tau, 90)
    edge = np.column_stack((size * np.cos(oval), size * (0.80 + 0.05 * np.cos(oval)) * np.sin(oval)))
    canvas.drawPath(shape(edge + np.array((0, 0.030))), paint.fill(WHITE * (0.66, 0.60, 0.55)))
    rim = ((0, WHITE, 1), (0.45, white, 1), (1, WHITE * (0.80, 0.76, 0.70), 1))
    canvas.drawPath(shape(edge), paint.ramp((-0.8 * size, -size), (0.7 * size, size), *rim))
    canvas.drawPath(line(edge), paint.stroke(WHITE, 0.010, 0.8))
    canvas.save()
    canvas.translate(0.10 * size, 0.02 * size)
    canvas.scale(0.54 * size, 0.48 * size)
    canvas.drawCircle(0, 0, 1.06, paint.fill(mix(white, gold, 0.35), 0.9, blur=0.05))
    canvas.drawCircle(
        0, 0, 1, paint.halo((-0.15, -0.2), 1.2, (0, WHITE * (1.0, 0.76, 0.16), 1), (0.6, gold, 1), (1, deep, 1))
    )
    canvas.drawCircle(0, 0, 0.86, paint.stroke(mix(gold, WHITE, 0.35), 0.07, 0.30, blur=0.05))
    canvas.drawOval(skia.Rect(-0.60, -0.66, -0.02, -0.32), paint.fill(WHITE, 0.85, blur=0.05))
    canvas.drawOval(skia.Rect(0.22, 0.36, 0.58, 0.52), paint.fill(WHITE, 0.35, blur=0.08))
    canvas.restore()


def draw_leaf(canvas: Any, long: float, wide: float, bend: float, tone: Colour) -> None:
    """A leaf that grows to the right from (0, 0): one half in the light, veins, a rim of light."""
    rib = smooth((0, 0), (0.35 * long, -0.5 * bend), (0.7 * long, -0.6 * bend), (long, 0))
    t = np.linspace(0, 1, len(rib))
    half = wide * np.sin(np.pi * t**0.8) ** 0.9 * (1 + 0.045 * np.sin(19 * t))
    upper, lower = beside(rib, -half), beside(rib, half)
    dark, pale = mix(tone, BLACK, 0.55), mix(tone, WHITE * (0.85, 0.95, 0.45), 0.40)
    canvas.save()
    canvas.translate(0.012, 0.030)
    canvas.drawPath(shape(upper, lower[::-1]), paint.fill(BLACK, 0.50, blur=0.020))
    canvas.restore()
    for side, light in ((upper, pale), (lower, tone)):
        sheen = ((0, mix(light, dark, 0.5), 1), (0.45, light, 1), (1, mix(light, dark, 0.25), 1))
        canvas.drawPath(shape(rib, side[::-1]), paint.ramp((0, 0), (long, 0), *sheen))
    _draw_veins(canvas, rib, (upper, lower), pale)
    canvas.drawPath(line(upper), paint.stroke(mix(pale, WHITE, 0.5), 0.004, 0.7))


def _draw_veins(canvas: Any, rib: Curve, edges: tuple[Curve, Curve], pale: Colour) -> None:
    for k in range(4, len(rib) - 16, 7):
        for edge in edges:
            ahead = min(len(rib) - 1, k + 9)
            end = rib[k] + 0.85 * (edge[ahead] - rib[k])
            canvas.drawPath(line(np.array((rib[k], end))), paint.stroke(mix(pale, WHITE, 0.3), 0.003, 0.45))
    canvas.drawPath(line(rib), paint.stroke(mix(pale, WHITE, 0.35), 0.007, 0.9))


def draw_onion(canvas: Any, radius: float, start: float, sweep: float) -> None:
    """A strip of pickled red onion, curled."""
    angle = np.radians(np.linspace(start, start + sweep, 40))
    run = np.column_stack((radius * np.cos(angle), 0.7 * radius * np.sin(angle)))
    ends = {"StrokeCap": skia.Paint.kRound_Cap}
    pink, purple = WHITE * (0.86, 0.50, 0.60), WHITE * (0.50, 0.13, 0.30)
    layers = (
        ((0.008, 0.020), BLACK, 0.038, 0.5, 0.012), ((0, 0), purple, 0.036, 1, 0),
        ((0, -0.003), mix(pink, purple, 0.25), 0.025, 1, 0.003),
        ((-0.002, -0.008), mix(pink, WHITE, 0.5), 0.008, 0.8, 0.002),
    )  # fmt: skip
    for (right, down), tone, width, alpha, soft in layers:
        canvas.drawPath(line(moved(run, right, down)), paint.stroke(tone, width, alpha, blur=soft, **ends))


def draw_grain(canvas: Any, size: float, degrees: float, tone: Colour) -> None:
    """One grain: shadow, body, a point of light."""
    canvas.save()
    canvas.rotate(degrees)
    canvas.drawOval(skia.Rect(-size, -0.52 * size, size, 0.70 * size), paint.fill(mix(tone, BLACK, 0.72), 0.85))
    canvas.drawOval(skia.Rect(-size, -0.55 * size, size, 0.50 * size), paint.fill(tone))
    canvas.drawOval(
        skia.Rect(-0.62 * size, -0.42 * size, 0.25 * size, -0.05 * size), paint.fill(mix(tone, WHITE, 0.65), 0.8)
    )
    canvas.restore()
