"""What is in a bowl of granola: yoghurt, toasted oats with nuts, fruit in portions."""

import math
from functools import lru_cache, partial
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs import berries, morsels
from adgen_pipeline.studio.drawing.motifs.heap import Heap
from adgen_pipeline.studio.drawing.motifs.landscape import Landscape, blurred, clouds
from adgen_pipeline.studio.drawing.motifs.lit import draw_smooth
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_ROWS, _HALF = 420, 1.0
_LEVEL = 0.955  # radius of the yoghurt

_YOGHURT = """
half4 main(float2 p) {
  float there; float2 q = place_at(p, there);
  float3 s = slopes_at(q);
  float3 n = facing_of(s.xy + 0.05 * (grain(q * 0.8).rg - 0.5));
  float light = diffuse(n);
  float3 c = mix(float3(0.74, 0.68, 0.66), float3(1.0, 0.985, 0.955), clamp(0.10 + 1.0 * light, 0, 1));
  c *= 0.70 + 0.32 * light;
  c *= 0.45 + 0.55 * s.z;
  c += mirrored(n, 0.08, float3(0.4)) * (0.10 + 0.35 * facing(n));
  return shown(c * (0.62 + 0.38 * smoothstep(1.0, 0.86, length(q))));
}
"""


def draw_breakfast(canvas: Any, seed: int, sine: float, cosine: float) -> None:
    """All of it around (0, 0), the middle of the bowl's rim."""
    rng = np.random.default_rng([seed, 41])
    _draw_yoghurt(canvas, seed, sine, cosine)
    heap = Heap(sine, cosine, rng)
    turn = rng.uniform(-22, 22)
    _put_granola(heap, 205 + turn)
    _put_bananas(heap, 110 + turn)
    _put_strawberries(heap, 8 + turn)
    _put_blueberries(heap, 60 + turn)
    _put_raspberries(heap, 318 + turn)
    heap.draw(canvas)
    top = Heap(sine, cosine, rng)
    _put_mint(top)
    top.draw(canvas)


def _draw_yoghurt(canvas: Any, seed: int, sine: float, cosine: float) -> None:
    disc = skia.Path()
    disc.addOval(skia.Rect(-_LEVEL, -_LEVEL * sine, _LEVEL, _LEVEL * sine))
    draw_smooth(canvas, disc, _yoghurt(seed, sine, cosine).lit(_YOGHURT, {}))


@lru_cache(2)
def _yoghurt(seed: int, sine: float, cosine: float) -> Landscape:
    """Waves that a spoon has left, winding around the middle."""
    rng = np.random.default_rng([seed, 43])
    at = (np.arange(_ROWS) + 0.5) / _ROWS * 2 * _HALF - _HALF
    x, away = np.meshgrid(at, at)
    r, angle = np.hypot(x, away), np.arctan2(away, x)
    wound = 5.2 * r + angle / math.tau + 0.22 * blurred(clouds(rng, _ROWS, 3, 3), 14)
    heights = 0.020 * np.cos(math.tau * wound) * np.clip(2.5 * r, 0, 1) + 0.012 * blurred(clouds(rng, _ROWS, 5, 3), 7)
    return Landscape(heights, (r, r, r), _HALF, sine, cosine)


def _put_granola(heap: Heap, middle: float) -> None:
    """Oats that slide off a mound, clusters, almonds and pumpkin seeds among them."""
    rng = heap.rng
    x0, z0 = 0.34 * math.cos(math.radians(middle)), 0.34 * math.sin(math.radians(middle))
    for k in range(860):
        spread = 0.27 if k < 780 else 0.40
        x, z = x0 + rng.normal(0, 1.1 * spread), z0 + rng.normal(0, spread)
        r, off = math.hypot(x, z), math.hypot(x - x0, z - z0)
        if r > 0.88:
            continue
        flake = partial(berries.draw_flake, size=rng.uniform(0.036, 0.056), shade=rng.beta(1.6, 2.4))
        mound = 0.16 * math.exp(-((off / 0.34) ** 2))
        heap.put(math.degrees(math.atan2(z, x)), r, flake, lift=mound * rng.uniform(0.3, 1.0), turn=rng.uniform(0, 180))
    for k in range(26):
        degrees, r = middle + 44 * math.sin(2.4 * k) + rng.normal(0, 6), 0.20 + 0.42 * ((0.618 * k) % 1)
        shade = rng.uniform(0, 0.6)
        if k < 13:
            nut = partial(berries.draw_almond, long=rng.uniform(0.085, 0.105), shade=shade)
        else:
            nut = partial(_draw_pumpkin_seed, long=rng.uniform(0.055, 0.068))
        heap.put(degrees, min(0.80, r), nut, lift=rng.uniform(0.12, 0.17), turn=rng.uniform(0, 360))


def _draw_pumpkin_seed(canvas: Any, long: float) -> None:
    green = WHITE * (0.42, 0.50, 0.16)
    canvas.drawOval(skia.Rect(-long, -0.3 * long, 1.05 * long, 0.62 * long), paint.fill(BLACK, 0.45))
    body = ((0, mix(green, WHITE * (0.9, 0.95, 0.6), 0.55), 1), (0.5, green, 1), (1, mix(green, BLACK, 0.5), 1))
    canvas.drawOval(
        skia.Rect(-long, -0.5 * long, long, 0.5 * long), paint.ramp((0, -0.5 * long), (0, 0.5 * long), *body)
    )
    canvas.drawOval(skia.Rect(-0.5 * long, -0.34 * long, 0.2 * long, -0.14 * long), paint.fill(WHITE, 0.45))


def _put_bananas(heap: Heap, middle: float) -> None:
    for k in range(7):
        slice_ = partial(berries.draw_banana, size=0.165)
        heap.put(middle - 36 + 12 * k, 0.66 - 0.05 * (k % 2), slice_, lift=0.05 + 0.010 * k, turn=-8 + 3 * k)


def _put_strawberries(heap: Heap, middle: float) -> None:
    for k, (degrees, r) in enumerate(((-20, 0.74), (14, 0.76), (-32, 0.52), (-4, 0.53), (20, 0.46))):
        cut = partial(berries.draw_strawberry_half, long=0.185)
        lean = heap.rng.uniform(-20, 20) + 90 + 30 * (k % 3 - 1)
        heap.put(middle + degrees, r, cut, lift=0.07 + 0.01 * k, turn=lean)


def _put_blueberries(heap: Heap, middle: float) -> None:
    rng = heap.rng
    spots = ((-13, 0.80), (2, 0.78), (16, 0.80), (-8, 0.62), (9, 0.62), (-16, 0.45), (4, 0.46), (26, 0.50), (-2, 0.30),
             (20, 0.32))  # fmt: skip
    for k, (degrees, r) in enumerate(spots):
        berry = partial(
            berries.draw_blueberry, size=rng.uniform(0.082, 0.098), seed=rng.uniform(0, 1), crown=k % 3 != 1
        )
        heap.put(middle + degrees + rng.uniform(-3, 3), r, berry, lift=0.07 + 0.03 * (k > 5))


def _put_raspberries(heap: Heap, middle: float) -> None:
    for degrees, r in ((-14, 0.68), (8, 0.70), (-4, 0.50), (16, 0.48)):
        heap.put(middle + degrees, r, partial(berries.draw_raspberry, size=0.105), lift=0.08)


def _put_mint(heap: Heap) -> None:
    """A sprig of mint in the middle."""
    green = WHITE * (0.20, 0.52, 0.16)
    for degrees, long in ((200, 0.20), (262, 0.24), (318, 0.21), (20, 0.16)):
        tone = mix(green, WHITE * (0.55, 0.78, 0.25), heap.rng.uniform(0, 0.35))
        leaf = partial(morsels.draw_leaf, long=long, wide=0.30 * long, bend=0.04, tone=tone)
        heap.put(degrees, 0.05, leaf, lift=0.12, turn=degrees + heap.rng.uniform(-8, 8))
