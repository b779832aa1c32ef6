"""What is in the bowl: portions around the middle, heaped, and a garnish on top."""

import math
from functools import partial
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs import morsels
from adgen_pipeline.studio.drawing.motifs.heap import Heap, heap_height
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix

_HERB: Colour = np.array([0.16, 0.40, 0.10])
_SPINACH: Colour = np.array([0.13, 0.33, 0.09])
_GOLDEN: Colour = np.array([0.90, 0.68, 0.32])
_CORN: Colour = np.array([1.0, 0.78, 0.14])
_TOMATO: Colour = np.array([0.86, 0.09, 0.045])
_BEET: Colour = np.array([0.45, 0.05, 0.17])


def draw_filling(canvas: Any, seed: int, sine: float, cosine: float) -> None:
    """All of it around (0, 0), the middle of the bowl's rim."""
    rng = np.random.default_rng([seed, 17])
    _draw_bed(canvas, sine)
    heap = Heap(sine, cosine, rng)
    _put_greens(heap)
    order = [_put_tomatoes, _put_avocado, _put_grains, _put_cucumber, _put_onion, _put_corn]
    around = rng.permutation(len(order))
    start = rng.uniform(-20, 20)
    for place, which in enumerate(around):
        order[which](heap, start + 60 * place)
    heap.draw(canvas)
    top = Heap(sine, cosine, rng)
    _put_garnish(top)
    top.draw(canvas)
    _scatter_seeds(canvas, rng, sine, cosine)


def _draw_bed(canvas: Any, sine: float) -> None:
    """The shade between the portions."""
    dark = WHITE * (0.085, 0.10, 0.045)
    canvas.save()
    canvas.scale(1, sine)
    canvas.drawCircle(0, 0.03, 0.93, paint.halo((0, 0), 0.93, (0, dark, 1), (0.9, dark, 1), (1, dark, 0.55)))
    canvas.restore()


def _put_greens(heap: Heap) -> None:
    """Leaves under everything, those along the rim pointing out and up."""
    rng = heap.rng
    for count, distance in ((9, 0.16), (16, 0.36), (26, 0.58), (30, 0.74)):
        for k in range(count):
            degrees = 360 * k / count + rng.uniform(-9, 9)
            out, near = heap.outward(degrees), max(0.0, math.sin(math.radians(degrees)))
            long = rng.uniform(0.27, 0.36) * (1 if distance < 0.7 else 0.8)
            tone = mix(_SPINACH, WHITE * (0.42, 0.60, 0.12), rng.uniform(0, 0.45))
            leaf = partial(
                morsels.draw_leaf, long=long, wide=rng.uniform(0.080, 0.115), bend=rng.uniform(-0.06, 0.09), tone=tone
            )
            lift, r = 0.02 - 0.05 * near - 0.4 * abs(0.6 - distance), distance + rng.uniform(-0.04, 0.04)
            heap.put(degrees, r, leaf, lift=lift, turn=out + rng.uniform(-18, 18))


def _put_tomatoes(heap: Heap, middle: float) -> None:
    """Some whole, most cut open."""
    rng, deep = heap.rng, mix(_TOMATO, BLACK, 0.18)
    spots = ((-22, 0.72), (23, 0.70), (-11, 0.48), (16, 0.47), (2, 0.60))
    for degrees, r in spots:
        cut = partial(morsels.draw_tomato_half, size=rng.uniform(0.145, 0.17), degrees=rng.uniform(0, 120))
        heap.put(middle + degrees + rng.uniform(-3, 3), r, cut, lift=0.07)
    whole = partial(morsels.draw_ball, size=0.155, albedo=_TOMATO, deep=deep, bumps=0.01, seed=rng.uniform(0, 1))
    heap.put(middle + rng.uniform(-4, 4), 0.79, whole, lift=0.07)


def _put_avocado(heap: Heap, middle: float) -> None:
    """A fan of slices, one over the other."""
    for k in range(7):
        degrees = middle - 24 + 8 * k
        lean = 0.55 * (degrees % 360 - 90) if 0 < degrees % 360 < 180 else 12 * math.sin(math.radians(degrees))
        slice_ = partial(morsels.draw_avocado, long=0.265, wide=0.135)
        heap.put(degrees, 0.58, slice_, lift=0.075 + 0.006 * k, turn=lean + 90 + 6 * k)


def _put_grains(heap: Heap, middle: float) -> None:
    """A mound of cooked grains."""
    rng = heap.rng
    for _ in range(420):
        degrees, r = middle + rng.normal(0, 14), 0.58 + rng.normal(0, 0.14)
        tone = mix(_GOLDEN, WHITE * (0.62, 0.36, 0.16), rng.uniform(0, 0.7))
        grain = partial(morsels.draw_grain, size=rng.uniform(0.020, 0.029), degrees=0, tone=tone)
        heap.put(degrees, min(0.86, r), grain, lift=0.05 + 0.05 * rng.uniform(), turn=rng.uniform(0, 180))


def _put_cucumber(heap: Heap, middle: float) -> None:
    """Slices in two rows, one over the other."""
    rng = heap.rng
    for k in range(8):
        slice_ = partial(morsels.draw_cucumber, size=0.165, seed=int(rng.integers(0, 99)))
        heap.put(middle - 24 + 7 * k, 0.70 - 0.19 * (k % 2), slice_, lift=0.06 + 0.012 * k, turn=rng.uniform(-14, 14))


def _put_onion(heap: Heap, middle: float) -> None:
    """Strips of pickled onion in a tangle."""
    rng = heap.rng
    for _ in range(26):
        strip = partial(
            morsels.draw_onion, radius=rng.uniform(0.08, 0.17), start=rng.uniform(0, 360), sweep=rng.uniform(90, 190)
        )
        heap.put(middle + rng.uniform(-22, 22), rng.uniform(0.40, 0.78), strip, lift=0.05 + 0.06 * rng.uniform())


def _put_corn(heap: Heap, middle: float) -> None:
    """Kernels, or peas of another kind: round and golden."""
    rng = heap.rng
    for _ in range(64):
        tone = mix(_CORN, WHITE * (0.95, 0.55, 0.05), rng.uniform(0, 0.5))
        kernel = partial(
            morsels.draw_ball, size=rng.uniform(0.044, 0.056), albedo=tone, deep=WHITE * (0.90, 0.52, 0.05), gloss=0.6,
            seed=rng.uniform(0, 1),
        )  # fmt: skip
        heap.put(middle + rng.uniform(-23, 23), rng.uniform(0.40, 0.84), kernel, lift=0.04 + 0.05 * rng.uniform())


def _put_garnish(heap: Heap) -> None:
    """An egg cut open a little before the middle, and herbs beside it."""
    rng = heap.rng
    for degrees in (215, 250, 285, 320, 345):
        tone, long = mix(_HERB, WHITE * (0.50, 0.70, 0.18), rng.uniform(0, 0.4)), rng.uniform(0.20, 0.27)
        leaf = partial(morsels.draw_leaf, long=long, wide=0.36 * long, bend=rng.uniform(0.02, 0.06), tone=tone)
        heap.put(degrees, 0.06, leaf, lift=0.10, turn=degrees)
    heap.put(120, 0.14, partial(morsels.draw_egg, size=0.25), lift=0.10, turn=rng.uniform(-25, 15))


def _scatter_seeds(canvas: Any, rng: np.random.Generator, sine: float, cosine: float) -> None:
    """Sesame, white and black, where it fell."""
    for _ in range(70):
        r, angle = 0.80 * math.sqrt(rng.uniform(0, 1)), rng.uniform(0, math.tau)
        tone = WHITE * (0.97, 0.90, 0.74) if rng.uniform() < 0.7 else WHITE * 0.10
        canvas.save()
        canvas.translate(r * math.cos(angle), r * math.sin(angle) * sine - (heap_height(r) + 0.11) * cosine)
        morsels.draw_grain(canvas, 0.0135, rng.uniform(0, 180), tone)
        canvas.restore()
