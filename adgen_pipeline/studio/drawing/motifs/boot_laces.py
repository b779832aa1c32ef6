"""The laces of a boot: round cord through loops and hooks, and the bow that holds them."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import Curve, beside, line, moved, smooth
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

Hold = tuple[Curve, Curve, Curve]
"""Where a lace is held: a point on the edge of the boot's opening, the way down along it, the way out of the boot."""

_COUNT, _HOOKS = 7, 3
_CORD = 0.034  # its width
_KNOT = (-0.235, -0.895)
_FLECKS = skia.DashPathEffect.Make([0.007, 0.040], 0)
_WEAVE = skia.DashPathEffect.Make([0.004, 0.010], 0)
_ROUND = {"StrokeCap": skia.Paint.kRound_Cap}


def lacing(edge: Curve) -> list[Hold]:
    """The holds along `edge`, from the top down."""
    rows = []
    for at in np.linspace(0.10, 0.93, _COUNT):
        k = int(at * (len(edge) - 2))
        along = edge[k + 1] - edge[k]
        along = along / np.hypot(*along)
        rows.append((edge[k], along, np.array((along[1], -along[0]))))
    return rows


def draw_lacing(canvas: Any, holds: list[Hold], look: Look, made: Materials) -> None:
    """Strands that cross over the tongue, from below up, each held by its loop or hook."""
    pale, fleck = _cord_tones(look)
    for k in reversed(range(_COUNT)):
        edge, along, out = holds[k]
        held = edge - 0.075 * out
        for way, tone in ((0.105, mix(pale, BLACK, 0.40)), (-0.105, pale))[: 1 if k == 0 else 2]:
            over = edge + 0.088 * out + way * along
            under = edge + 0.108 * out + 1.15 * way * along
            _cord(canvas, smooth(tuple(held), tuple(0.45 * held + 0.55 * over), tuple(over), tuple(under)), tone, fleck)
        _hold(canvas, holds[k], made, hook=k < _HOOKS)


def draw_bow(canvas: Any, look: Look) -> None:
    """The two loops of the bow and its knot, on the near side."""
    pale, fleck = _cord_tones(look)
    for reach, drop in ((-0.27, 0.25), (0.20, 0.24)):
        loop = smooth(
            (0, 0), (0.40 * reach, -0.055), (0.80 * reach, 0.03), (reach, 0.78 * drop), (0.86 * reach, drop),
            (0.62 * reach, 0.72 * drop), (0.30 * reach, 0.24 * drop), (0, 0.01),
        )  # fmt: skip
        _cord(canvas, moved(loop, *_KNOT), pale, fleck)
    canvas.drawCircle(*_KNOT, 0.034, paint.fill(mix(pale, BLACK, 0.5)))
    canvas.drawCircle(*_KNOT, 0.029, paint.fill(pale))
    canvas.drawCircle(_KNOT[0] - 0.008, _KNOT[1] - 0.009, 0.011, paint.fill(WHITE, 0.5))


def draw_ends(canvas: Any, look: Look, seconds: float) -> None:
    """The two ends that hang from the knot and sway: plain cord, since they are drawn in every frame."""
    pale, fleck = _cord_tones(look)
    for reach, phase in ((-0.050, 0.6), (0.052, 0.0)):
        sway = 0.022 * math.sin(1.5 * seconds + phase) + 0.008 * math.sin(2.7 * seconds + 1)
        knots = ((0, 0.02), (0.7 * reach, 0.12), (reach + 0.5 * sway, 0.30), (reach + sway, 0.46))
        run = moved(smooth(*knots)[::3], *_KNOT)
        path = line(run)
        canvas.drawPath(line(moved(run, 0.005, 0.012)), paint.stroke(BLACK, _CORD, 0.35))
        canvas.drawPath(path, paint.stroke(mix(pale, BLACK, 0.62), _CORD))
        canvas.drawPath(path, paint.stroke(mix(pale, BLACK, 0.08), 0.74 * _CORD))
        canvas.drawPath(path, paint.stroke(fleck, 0.62 * _CORD, 0.9, PathEffect=_FLECKS))
        canvas.drawPath(line(run[-3:]), paint.stroke(WHITE * 0.10, 1.02 * _CORD))


def _cord_tones(look: Look) -> tuple[Colour, Colour]:
    """Pale cord with flecks in the brand's colour."""
    return mix(WHITE * 0.90, look.palette.accent, 0.10), mix(look.palette.accent, BLACK, 0.15)


def _cord(canvas: Any, run: Curve, tone: Colour, fleck: Colour) -> None:
    """A round, braided cord."""
    path = line(run)
    canvas.drawPath(line(moved(run, 0.005, 0.012)), paint.stroke(BLACK, _CORD, 0.40, **_ROUND))
    canvas.drawPath(path, paint.stroke(mix(tone, BLACK, 0.62), _CORD, **_ROUND))
    canvas.drawPath(path, paint.stroke(tone, 0.74 * _CORD, **_ROUND))
    canvas.drawPath(path, paint.stroke(mix(tone, BLACK, 0.35), 0.62 * _CORD, 0.5, PathEffect=_WEAVE))
    canvas.drawPath(path, paint.stroke(fleck, 0.62 * _CORD, 0.9, PathEffect=_FLECKS))
    canvas.drawPath(line(beside(run, -0.20 * _CORD)), paint.stroke(WHITE, 0.16 * _CORD, 0.55))


def _hold(canvas: Any, hold: Hold, made: Materials, *, hook: bool) -> None:
    """A plate riveted to the leather: open toward the front as a hook, else bent to a loop."""
    edge, along, out = hold
    inner, outer = edge - 0.135 * out, edge - 0.058 * out
    dark, lit = mix(made.shade, BLACK, 0.35), mix(made.lit, WHITE, 0.2)
    (ax, ay), (bx, by) = ((float(x), float(y)) for x, y in (inner, outer))
    canvas.drawLine(
        ax + 0.006, ay + 0.014, bx + 0.006, by + 0.014, paint.stroke(BLACK, 0.058, 0.55, blur=0.008, **_ROUND)
    )
    sheen = ((0, made.metal, 1), (0.35, lit, 1), (0.7, made.metal, 1), (1, made.shade, 1))
    rows = [inner - 0.024 * along, inner + 0.024 * along]
    start, end = ((float(x), float(y)) for x, y in rows)
    canvas.drawLine(ax, ay, bx, by, paint.stroke(dark, 0.056, **_ROUND))
    canvas.drawLine(ax, ay, bx, by, paint.ramp(start, end, *sheen, **paint.lined(0.046), **_ROUND))
    canvas.drawCircle(ax, ay, 0.015, paint.fill(dark))
    canvas.drawCircle(ax - 0.003, ay - 0.004, 0.009, paint.fill(lit))
    if hook:
        canvas.drawCircle(bx, by, 0.030, paint.stroke(dark, 0.020))
        canvas.drawCircle(bx - 0.002, by - 0.003, 0.031, paint.stroke(lit, 0.008))
    else:
        canvas.drawCircle(bx, by, 0.014, paint.fill(BLACK, 0.75))
