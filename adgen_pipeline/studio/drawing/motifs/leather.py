"""Leather: pebbled grain that takes the light, seams, rolled edges."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved
from adgen_pipeline.studio.drawing.motifs.lit import lit, tile, tinted
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_SIDE, _CELLS = 240, 20  # pixels and pebbles along a side of the tile
_PEBBLE = 0.019  # units of one pebble

_HIDE = """
uniform shader pebbles;
uniform float3 albedo; uniform float3 rim; uniform float4 pillow;  // middle, half width and height
uniform float4 feel;  // pixels of the tile a unit, depth of the grain, gloss, how round the pillow is
half4 main(float2 p) {
  float2 u = (p - pillow.xy) / pillow.zw;
  float2 v = u * u * u;
  float soft = grain(p * 0.16).r - 0.5;
  float fold = grain(float2(p.x * 0.30 + 0.35 * p.y, p.y * 0.10)).r - 0.5;
  float3 cell = pebbles.eval(p * feel.x).rgb;
  float3 n = float3(feel.w * v.x * (0.6 + 0.4 * u.x * u.x), -feel.w * v.y, 0.92);
  n.xy += float2(0.55 * fold, 0.40 * soft) + feel.y * (cell.xy - 0.5);
  n = normalize(n);
  float3 tone = albedo * (0.80 + 0.26 * cell.z + 0.5 * (grain(p * 0.27).g - 0.5));
  float3 c = glazed(n, tone, feel.z, 0.16, rim * 0.6);
  c *= 0.66 + 0.62 * smoothstep(1.2, -1.3, u.x + 0.8 * u.y);
  c *= 1 - 0.45 * smoothstep(0.86, 1.04, max(abs(u.x), abs(u.y)));
  return shown(c);
}
"""


def hide(
    colour: Colour, rim: Colour, box: tuple[float, float, float, float], *, grain: float = 0.62, gloss: float = 0.55,
    round_: float = 0.75, size: float = 1.0,
) -> Any:  # fmt: skip
    """The paint of a piece of leather that swells toward the middle of `box` (left, top, right, bottom)."""
    left, top, right, bottom = box
    pillow = (0.5 * (left + right), 0.5 * (top + bottom), 0.5 * (right - left), 0.5 * (bottom - top))
    feel = (_SIDE / (_CELLS * _PEBBLE * size), grain, gloss, round_)
    known = {"albedo": tinted(colour), "rim": tinted(rim), "pillow": pillow, "feel": feel}
    return lit(_HIDE, known, {"pebbles": tile(_pebbles())})


def draw_seam(canvas: Any, run: Curve, thread: Colour, stitch: float = 0.034) -> None:
    """A row of saddle stitches along `run`, sunk into a groove."""
    groove = {"StrokeCap": skia.Paint.kRound_Cap}
    canvas.drawPath(line(run), paint.stroke(BLACK, 0.018, 0.40, blur=0.005, **groove))
    canvas.drawPath(line(moved(run, 0.001, 0.008)), paint.stroke(WHITE, 0.004, 0.14))
    for width, tone, shift in (
        (0.0115, mix(thread, BLACK, 0.6), 0.0025),
        (0.0095, thread, 0.0),
        (0.0035, WHITE, -0.002),
    ):
        dashes = skia.DashPathEffect.Make([0.68 * stitch, 0.32 * stitch], 0)
        alpha = 0.35 if tone is WHITE else 1.0
        canvas.drawPath(line(moved(run, 0, shift)), paint.stroke(tone, width, alpha, PathEffect=dashes, **groove))


def draw_cord(canvas: Any, run: Curve, half: float, colour: Colour, rim: Colour) -> None:
    """A rolled strap along `run`: round, its upper left in the light."""
    dark = mix(colour, BLACK, 0.72)
    canvas.drawPath(line(run), paint.stroke(mix(colour, BLACK, 0.80), 2 * half))
    for share, width, tone, alpha in (
        (0.10, 1.55, mix(colour, BLACK, 0.35), 1.0), (0.22, 1.05, colour, 0.95),
        (0.34, 0.55, mix(colour, WHITE, 0.22), 0.8),
        (0.44, 0.18, mix(colour, WHITE, 0.65), 0.75),
    ):  # fmt: skip
        along = beside(run, share * half)
        canvas.drawPath(line(along), paint.stroke(tone, width * half, alpha, blur=0.16 * width * half))
    canvas.drawPath(line(beside(run, -0.90 * half)), paint.stroke(rim, 0.14 * half, 0.55, blur=0.04 * half))
    canvas.drawPath(line(beside(run, -0.2 * half)), paint.stroke(dark, 0.10 * half, 0.5))


@cache
def _pebbles() -> NDArray[np.uint8]:
    """A tile of pebbled grain without seams: the slopes of its surface in red and green, its height in blue."""
    height = _cells()
    slopes = [0.5 * (np.roll(height, 1, axis) - np.roll(height, -1, axis)) for axis in (1, 0)]
    made = np.full((_SIDE, _SIDE, 4), 255, np.uint8)
    for channel, slope in enumerate(slopes):
        made[..., channel] = np.clip(127.5 + 127.5 * slope * (1 if channel == 0 else -1) * 3.2, 0, 255)
    made[..., 2] = np.clip(255 * height, 0, 255)
    return made


def _cells() -> NDArray[np.float64]:
    """Domes around points scattered one to a square, as high as they are far from their neighbours."""
    rng = np.random.default_rng(5)
    jitter = rng.uniform(0.08, 0.92, (_CELLS, _CELLS, 2))
    y, x = np.mgrid[0:_SIDE, 0:_SIDE] * (_CELLS / _SIDE)
    row, column = y.astype(int), x.astype(int)
    away = []
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            spot = jitter[(row + down) % _CELLS, (column + right) % _CELLS]
            away.append(np.hypot(row + down + spot[..., 0] - y, column + right + spot[..., 1] - x))
    first, second = np.sort(away, axis=0)[:2]
    return np.asarray(np.clip((second - first) / 0.55, 0, 1) ** 0.55)
