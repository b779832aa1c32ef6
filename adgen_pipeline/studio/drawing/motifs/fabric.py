"""Woven fabric: threads that take the light, webbing, zips."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved, shape
from adgen_pipeline.studio.drawing.motifs.lit import lit, tile, tinted
from adgen_pipeline.studio.drawing.motifs.space import pixels_a_unit
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_SIDE = 64  # pixels a side of the tile, which holds eight threads each way
_THREAD = 0.0085  # units of one thread
_SEEN = 1.8
"""Pixels a thread is wide from which on it begins to be seen."""

_CLOTH = """
uniform shader weave;
uniform float3 albedo; uniform float3 rim; uniform float4 pillow;  // middle, half width and height
uniform float4 feel;  // pixels of the tile a unit, depth of the weave, depth of the folds, how round
uniform float near;  // 0 where threads are too fine to be drawn one by one, 1 where they are seen
half4 main(float2 p) {
  float2 u = (p - pillow.xy) / pillow.zw;
  float2 v = u * u * u;
  float3 cell = mix(float3(0.5, 0.5, 0.6), weave.eval(p * feel.x).rgb, near);
  float2 fold = float2(grain(float2(p.x * 0.33 + 0.10 * p.y, p.y * 0.14)).r, grain(p * 0.21 + 0.3).r) - 0.5;
  float2 crease = float2(grain(float2(p.x * 0.9, p.y * 0.4)).g, grain(p * 0.6).g) - 0.5;
  float3 n = float3(feel.w * v.x, -feel.w * v.y, 0.92);
  n.xy += feel.z * (1.6 * fold + 0.16 * crease) + feel.y * (cell.xy - 0.5);
  n = normalize(n);
  float3 tone = albedo * (0.78 + 0.36 * cell.z);
  float3 c = glazed(n, tone, 0.16, 0.30, rim * 0.7);
  c *= 0.80 + 0.45 * smoothstep(1.2, -1.3, u.x + 0.8 * u.y);
  c *= 1 - 0.40 * smoothstep(0.84, 1.04, max(abs(u.x), abs(u.y)));
  return shown(c);
}
"""


def cloth(
    canvas: Any, colour: Colour, rim: Colour, box: tuple[float, float, float, float], *, weave: float = 0.55,
    folds: float = 0.9, round_: float = 0.7, size: float = 1.0,
) -> Any:  # fmt: skip
    """The paint of a piece of fabric that swells toward the middle of `box` (left, top, right, bottom).

    Threads thinner than two pixels of `canvas` would make patterns of their own: such fabric is drawn smooth.
    """
    left, top, right, bottom = box
    pillow = (0.5 * (left + right), 0.5 * (top + bottom), 0.5 * (right - left), 0.5 * (bottom - top))
    feel = (_SIDE / (8 * _THREAD * size), weave, folds, round_)
    near = min(1.0, max(0.0, _THREAD * size * pixels_a_unit(canvas) - _SEEN))
    known = {"albedo": tinted(colour), "rim": tinted(rim), "pillow": pillow, "feel": feel, "near": near}
    return lit(_CLOTH, known, {"weave": tile(_weave())})


def draw_webbing(canvas: Any, run: Curve, wide: float, colour: Colour, rim: Colour) -> None:
    """A woven strap along `run`, its selvage raised, its shade on what it lies on."""
    canvas.drawPath(line(moved(run, 0.010, 0.018)), paint.stroke(BLACK, wide, 0.55, blur=0.014))
    canvas.drawPath(line(run), paint.stroke(mix(colour, BLACK, 0.55), wide))
    canvas.drawPath(line(run), paint.stroke(colour, 0.90 * wide))
    ribs = {"PathEffect": skia.DashPathEffect.Make([0.006, 0.007], 0)}
    canvas.drawPath(line(run), paint.stroke(mix(colour, BLACK, 0.5), 0.78 * wide, 0.45, **ribs))
    for share, tone, alpha in ((-0.40, mix(rim, WHITE, 0.2), 0.6), (-0.12, WHITE, 0.10), (0.40, BLACK, 0.45)):
        canvas.drawPath(line(beside(run, share * wide)), paint.stroke(tone, 0.07 * wide, alpha))


def draw_zip(canvas: Any, run: Curve, tape: Colour, made: Materials) -> None:
    """A closed zip along `run`: its tape, its teeth, the shade of what it parts."""
    canvas.drawPath(line(moved(run, 0, 0.004)), paint.stroke(BLACK, 0.075, 0.45, blur=0.014))
    canvas.drawPath(line(run), paint.stroke(mix(tape, BLACK, 0.35), 0.058))
    canvas.drawPath(line(run), paint.stroke(tape, 0.048))
    canvas.drawPath(line(run), paint.stroke(mix(made.shade, BLACK, 0.6), 0.026))
    for share, phase in ((0.005, 0.0), (-0.005, 0.007)):
        teeth = {"PathEffect": skia.DashPathEffect.Make([0.008, 0.006], phase)}
        canvas.drawPath(line(beside(run, share)), paint.stroke(mix(made.metal, made.lit, 0.4), 0.013, **teeth))
    canvas.drawPath(line(beside(run, -0.026)), paint.stroke(WHITE, 0.004, 0.22))


def draw_slider(canvas: Any, made: Materials) -> None:
    """The body of a zip's slider, its pull's eye at (0, 0)."""
    body = skia.RRect.MakeRectXY(skia.Rect(-0.030, -0.026, 0.030, 0.034), 0.012, 0.012)
    canvas.drawRRect(body.makeOffset(0.006, 0.012), paint.fill(BLACK, 0.6, blur=0.008))
    sheen = ((0, made.lit, 1), (0.4, made.metal, 1), (1, made.shade, 1))
    canvas.drawRRect(body, paint.ramp((-0.03, -0.03), (0.03, 0.035), *sheen))
    canvas.drawRRect(body, paint.stroke(mix(made.shade, BLACK, 0.5), 0.004, 0.8))


def draw_buckle(canvas: Any, x: float, y: float, wide: float, tone: Colour) -> None:
    """A side-release buckle of moulded plastic, its middle at (x, y)."""
    half, tall = 0.5 * wide, 0.62 * wide
    canvas.save()
    canvas.translate(x, y)
    frame = skia.RRect.MakeRectXY(skia.Rect(-half, -tall, half, tall), 0.14 * wide, 0.14 * wide)
    canvas.drawRRect(frame.makeOffset(0.008, 0.016), paint.fill(BLACK, 0.65, blur=0.012))
    sheen = ((0, mix(tone, WHITE, 0.34), 1), (0.4, tone, 1), (1, mix(tone, BLACK, 0.6), 1))
    canvas.drawRRect(frame, paint.ramp((-half, -tall), (half, tall), *sheen))
    for side in (-1, 1):
        near, far = sorted((side * 0.50 * half, side * 1.06 * half))
        arm, inner = skia.Rect(near, -0.42 * tall, far, 0.50 * tall), (0.04 * wide, 0.03 * wide)
        canvas.drawRoundRect(arm, 0.10 * wide, 0.10 * wide, paint.fill(BLACK, 0.55))
        canvas.drawRoundRect(arm.makeInset(*inner), 0.09 * wide, 0.09 * wide, paint.fill(mix(tone, WHITE, 0.10)))
    canvas.drawLine(-half, 0.60 * tall, half, 0.60 * tall, paint.stroke(BLACK, 0.010, 0.55))
    canvas.drawLine(-half, 0.60 * tall + 0.008, half, 0.60 * tall + 0.008, paint.stroke(WHITE, 0.004, 0.30))
    canvas.drawRRect(frame, paint.stroke(mix(tone, WHITE, 0.45), 0.005, 0.7))
    canvas.restore()


def draw_piece(canvas: Any, outline: Any, brush: Any, edge: Colour, depth: float = 0.022) -> None:
    """A piece of cloth laid on another: its shade, itself, its bound edge."""
    canvas.save()
    canvas.translate(0.4 * depth, depth)
    canvas.drawPath(outline, paint.fill(BLACK, 0.6, blur=depth))
    canvas.restore()
    canvas.drawPath(outline, brush)
    canvas.drawPath(outline, paint.stroke(mix(edge, BLACK, 0.6), 0.016, 0.9))
    canvas.drawPath(outline, paint.stroke(mix(edge, WHITE, 0.25), 0.005, 0.55))


def mirrored(run: Curve) -> Curve:
    """`run` on the other side of the middle, from its end back to its start."""
    return run[::-1] * (-1, 1)


def symmetric(run: Curve) -> Any:
    """The closed outline whose left half is `run`."""
    return shape(run, mirrored(run))


@cache
def _weave() -> NDArray[np.uint8]:
    """A tile of plain weave without seams: the slopes of its threads in red and green, their height in blue."""
    pitch = _SIDE // 8
    y, x = np.mgrid[0:_SIDE, 0:_SIDE] + 0.5
    across, down = (x / pitch) % 1 - 0.5, (y / pitch) % 1 - 0.5
    over = ((x // pitch + y // pitch) % 2) == 0  # the level thread lies on top
    bow, side = np.where(over, across, down), np.where(over, down, across)
    height = np.cos(np.pi * side) * (0.55 + 0.45 * np.cos(np.pi * bow))
    made = np.full((_SIDE, _SIDE, 4), 255, np.uint8)
    steep, along = np.sin(np.pi * side), 0.5 * np.sin(np.pi * bow)
    made[..., 0] = np.clip(127.5 + 110 * np.where(over, along, steep), 0, 255)
    made[..., 1] = np.clip(127.5 - 110 * np.where(over, steep, along), 0, 255)
    made[..., 2] = np.clip(255 * height, 0, 255)
    return made
