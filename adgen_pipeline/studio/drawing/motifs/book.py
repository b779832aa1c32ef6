"""A hardcover book, turned so that its page edges are seen: boards in cloth, ribbon, foil."""

import math
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.book_cover import Binding, binding, draw_cover, draw_foil
from adgen_pipeline.studio.drawing.motifs.curves import beside, line, shape, smooth
from adgen_pipeline.studio.drawing.motifs.space import Pose, on_plane
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_POSE = Pose(at=(-0.115, -0.02, 0.0), yaw=-30, pitch=17)
_HALF, _HIGH, _THICK, _BOARD, _SQUARE = 0.66, 0.96, 0.40, 0.034, 0.026
"""Half the width and height of the boards, thickness of the book, of a board, and how far boards reach over pages."""

_LEAVES = 84


class Book:
    """The cover faces the eye, its right edge is open. The brand stands in foil on the cover, if there is one."""

    extent = (-0.72, -1.12, 0.73, 1.20)
    face = (-0.66, -1.0, 0.44, 0.98)
    focus = ((-0.10, -0.20), (0.40, -0.90), (0.52, -0.10), (-0.12, 0.50))

    def still(self, canvas: Any, look: Look) -> None:
        """Back board, pages, spine, front board."""
        made = binding(look)
        _board_behind(canvas, made)
        with on_plane(canvas, _fore_edge()):
            _pages(canvas, _HIGH - _SQUARE, upright=True, light=look.light)
        with on_plane(canvas, _head()):
            _pages(canvas, _HALF - _SQUARE, upright=False, light=look.light)
        _spine(canvas, made)
        with on_plane(canvas, _head()):
            _headband(canvas, made)
        _edges(canvas, made, -_BOARD, 0)
        with on_plane(canvas, _POSE.face(0)):
            draw_cover(canvas, look, made, _HALF, _HIGH)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The ribbon settles, and light runs through the foil."""
        made = binding(look)
        _ribbon(canvas, made, seconds)
        with on_plane(canvas, _POSE.face(0)):
            draw_foil(canvas, made, glint)


def _fore_edge() -> Any:
    """The plane of the page edges at the right: u runs from the back board to the front one, v down."""
    return _POSE.plane((_HALF - _SQUARE, 0, -_THICK), (0, 0, 1), (0, 1, 0))


def _head() -> Any:
    """The plane of the page edges on top: u runs from the back board to the front one, v from left to right."""
    return _POSE.plane((0, -_HIGH + _SQUARE, -_THICK), (0, 0, 1), (1, 0, 0))


def _quad(*corners: tuple[float, float, float]) -> Any:
    path = skia.Path()
    path.addPoly([skia.Point(*_POSE.seen(corner)) for corner in corners], True)
    return path


def _board_behind(canvas: Any, made: Binding) -> None:
    """The inside of the back board, a little of it seen over the pages, and its edge."""
    z = -_THICK + _BOARD
    inside = _quad((-_HALF, -_HIGH, z), (_HALF, -_HIGH, z), (_HALF, _HIGH, z), (-_HALF, _HIGH, z))
    tone, shade = mix(made.cloth, made.paper, 0.30), mix(made.cloth, made.deep, 0.55)
    canvas.drawPath(inside, paint.ramp((-_HALF, -_HIGH), (_HALF, _HIGH), (0, tone, 1), (1, shade, 1)))
    _edges(canvas, made, -_THICK, z)


def _edges(canvas: Any, made: Binding, back: float, front: float) -> None:
    """The right and the upper edge of one board, wrapped in cloth."""
    right = _quad((_HALF, -_HIGH, back), (_HALF, -_HIGH, front), (_HALF, _HIGH, front), (_HALF, _HIGH, back))
    above = _quad((-_HALF, -_HIGH, back), (_HALF, -_HIGH, back), (_HALF, -_HIGH, front), (-_HALF, -_HIGH, front))
    sheen = ((0, mix(made.cloth, made.lit, 0.35), 1), (0.5, made.cloth, 1), (1, made.deep, 1))
    canvas.drawPath(right, paint.ramp((0, -_HIGH), (0, _HIGH), *sheen))
    canvas.drawPath(
        above, paint.ramp((-_HALF, 0), (_HALF, 0), (0, made.lit, 1), (1, mix(made.cloth, made.lit, 0.5), 1))
    )
    canvas.drawPath(right, paint.stroke(made.deep, 0.003, 0.6))


def _pages(canvas: Any, half: float, *, upright: bool, light: bool) -> None:
    """Hundreds of leaves seen on their edges: u across them, v along them."""
    area = skia.Rect(_BOARD - 0.004, -half, _THICK - _BOARD + 0.004, half)
    paper = mix(WHITE, np.array([1.0, 0.93, 0.80]), 0.30) * (1.0 if light else 0.93)
    low = 0.90 if upright else 1.0
    sheen = ((0, 0.62 * paper * low, 1), (0.35, paper * low, 1), (0.78, 0.96 * paper * low, 1),
             (0.92, 0.7 * paper * low, 1), (1, 0.3 * paper * low, 1))  # fmt: skip
    canvas.drawRect(area, paint.ramp((_BOARD, 0), (_THICK - _BOARD, 0), *sheen))
    rng = np.random.default_rng(11 + upright)
    for k in range(_LEAVES):
        u = _BOARD + (k + 0.5) * (_THICK - 2 * _BOARD) / _LEAVES + rng.uniform(-0.0007, 0.0007)
        drift = rng.uniform(-0.0012, 0.0012)
        tone, strength = (BLACK, rng.uniform(0.05, 0.24)) if k % 2 else (WHITE, rng.uniform(0.05, 0.35))
        canvas.drawLine(u, -half, u + drift, half, paint.stroke(tone, rng.uniform(0.0012, 0.0026), strength))
    for start, end in (((0, -half), (0, -half + 0.05)), ((0, half), (0, half - 0.05))):
        canvas.drawRect(area, paint.ramp(start, end, (0, BLACK, 0.22), (1, BLACK, 0)))


def _headband(canvas: Any, made: Binding) -> None:
    """The woven band at the upper end of the spine."""
    deep = skia.Rect(_BOARD, -_HALF - 0.03, _THICK - _BOARD, -_HALF + 0.012)
    canvas.drawRect(deep, paint.fill(mix(made.deep, BLACK, 0.5)))
    for k in range(26):
        u = _BOARD + (k + 0.5) * (_THICK - 2 * _BOARD) / 26
        tone = made.foil if k % 2 else made.cloth
        ends = {"StrokeCap": skia.Paint.kRound_Cap}
        canvas.drawLine(u, -_HALF + 0.01, u, -_HALF + 0.055, paint.stroke(tone, 0.010, **ends))


def _spine(canvas: Any, made: Binding) -> None:
    """The rounded back: only its outline is seen beyond the cover's left edge."""
    bulge = [
        _POSE.seen((-_HALF - 0.055 * math.sin(math.pi * k / 16), y, -_THICK * k / 16))
        for y, run in ((-_HIGH, range(17)), (_HIGH, range(16, -1, -1)))
        for k in run
    ]
    path = skia.Path()
    path.addPoly([skia.Point(*at) for at in bulge], True)
    canvas.drawPath(
        path, paint.ramp((-0.80, 0), (-0.55, 0), (0, made.deep, 1), (0.6, made.cloth, 1), (1, made.deep, 1))
    )


def _ribbon(canvas: Any, made: Binding, seconds: float) -> None:
    """A satin ribbon that hangs out between the pages and swings to rest."""
    x, y = _POSE.seen((0.18, _HIGH, -0.02))
    sway = 0.030 * math.sin(1.3 * seconds) + 0.010 * math.sin(2.9 * seconds + 1)
    run = smooth((x, y), (x + 0.008 + 0.25 * sway, y + 0.08), (x - 0.004 + 0.6 * sway, y + 0.16), (x + sway, y + 0.235))
    left, right = beside(run, 0.032), beside(run, -0.032)
    notch = np.array(((run[-1] + run[-8]) / 2,))
    satin = mix(made.ribbon, BLACK, 0.15)
    ends = ((0, mix(satin, BLACK, 0.7), 1), (0.3, satin, 1), (0.55, mix(satin, WHITE, 0.45), 1), (1, satin, 1))
    path = shape(left, notch, right[::-1])
    canvas.drawPath(path, paint.ramp((0, y), (0, y + 0.24), *ends))
    for edge in (left, right):
        canvas.drawPath(line(edge), paint.stroke(mix(satin, WHITE, 0.4), 0.004, 0.6))
