"""An open laptop, turned a little to the side and seen from above."""

import math
from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.laptop_deck import DEPTH, HALF, draw_deck
from adgen_pipeline.studio.drawing.motifs.laptop_screen import HIGH, WIDE, draw_live, draw_screen
from adgen_pipeline.studio.drawing.motifs.slab import draw_slab
from adgen_pipeline.studio.drawing.motifs.space import Pose, on_plane
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials, materials
from adgen_pipeline.studio.drawing.palette import WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_POSE = Pose(at=(-0.015, 0.54, -0.2), yaw=22, pitch=20, roll=4)
_HINGE, _LEAN = -0.72, math.radians(13)
_LID, _LID_THICK, _BASE_THICK, _RADIUS = 1.44, 0.035, 0.062, 0.085
_BASE = skia.Rect(-HALF, 0, HALF, DEPTH)
_COVER = skia.Rect(-HALF, 0, HALF, _LID)


class Laptop:
    """Keyboard toward the eye. The brand stands in the app on its screen, if there is one."""

    extent = (-1.31, -1.08, 1.31, 1.08)
    face = (-1.25, -1.02, 0.62, 0.33)
    focus = ((-0.15, 0.46), (-0.30, -0.48), (-0.88, 0.43))

    def still(self, canvas: Any, look: Look) -> None:
        """Lid, screen, base, keyboard."""
        made = materials(look)
        draw_slab(canvas, _lid, _COVER, _RADIUS, made, slices=14, rounded=0.012)
        with on_plane(canvas, _lid(1)):
            _front(canvas, look, made)
        draw_slab(canvas, _base, _BASE, _RADIUS, made, rounded=0.03)
        with on_plane(canvas, _base(1)):
            draw_deck(canvas, look, made)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The app lives, and light runs along the edge of the deck."""
        with on_plane(canvas, _screen()):
            draw_live(canvas, look, seconds)
        _reflection(canvas, glint)
        with on_plane(canvas, _base(1)):
            _edge_light(canvas, look, glint)


def _lid(along: float) -> Any:
    """The plane of the lid, from its outside (0) to its screen (1): v runs from its upper edge down to the hinge."""
    cos, sin = math.cos(_LEAN), math.sin(_LEAN)
    back = _LID_THICK * (1 - along)
    top = (0.0, -_LID * cos + back * sin, _HINGE - _LID * sin - back * cos)
    return _POSE.plane(top, (1, 0, 0), (0, cos, sin))


def _base(along: float) -> Any:
    """The plane of the base, from its underside (0) to the deck (1): v runs from the hinge toward the eye."""
    return _POSE.plane((0, _BASE_THICK * (1 - along), _HINGE), (1, 0, 0), (0, 0, 1))


def _screen() -> Any:
    """The plane of the display, (0, 0) in its middle."""
    return skia.Matrix.Concat(_lid(1), skia.Matrix.Translate(0, 0.055 + HIGH / 2))


def _front(canvas: Any, look: Look, made: Materials) -> None:
    """Metal rim, black glass, the lit display, the camera."""
    canvas.drawRoundRect(_COVER, _RADIUS, _RADIUS, paint.fill(mix(made.metal, made.shade, 0.5)))
    glass = _COVER.makeInset(0.010, 0.010)
    canvas.drawRoundRect(glass, _RADIUS - 0.01, _RADIUS - 0.01, paint.fill(WHITE * 0.012))
    rim = ((0, WHITE, 0.7), (0.4, WHITE, 0.12), (1, WHITE, 0.3))
    edge = paint.ramp((-HALF, 0), (HALF, _LID), *rim, **paint.lined(0.004))
    canvas.drawRoundRect(glass, _RADIUS - 0.01, _RADIUS - 0.01, edge)
    canvas.save()
    canvas.translate(0, 0.055 + HIGH / 2)
    canvas.clipRect(skia.Rect(-WIDE / 2, -HIGH / 2, WIDE / 2, HIGH / 2), doAntiAlias=True)
    draw_screen(canvas, look)
    canvas.restore()
    canvas.drawCircle(0, 0.029, 0.011, paint.fill(WHITE * 0.10))
    canvas.drawCircle(0, 0.029, 0.005, paint.fill(mix(look.palette.accent, WHITE, 0.3), 0.8))


@cache
def _glass_as_seen() -> Any:
    path = skia.Path()
    path.addRect(skia.Rect(-WIDE / 2, -HIGH / 2, WIDE / 2, HIGH / 2))
    path.transform(_screen())
    return path


def _reflection(canvas: Any, glint: float) -> None:
    """Slanted panes of light on the glass; at 0 and 1 they are beside it."""
    x = -2.0 + 4.0 * glint
    for left, right, shine in ((-0.22, 0.10, 0.07), (0.15, 0.20, 0.06)):
        pane = skia.Path()
        corners = ((left + 0.5, -1.4), (right + 0.5, -1.4), (right - 0.5, 0.6), (left - 0.5, 0.6))
        pane.addPoly([skia.Point(x + across, down) for across, down in corners], True)
        canvas.drawPath(skia.Op(pane, _glass_as_seen(), skia.PathOp.kIntersect_PathOp), paint.fill(WHITE, shine))


def _edge_light(canvas: Any, look: Look, glint: float) -> None:
    """A spark on the polished edge, from left to right."""
    x, lit = -1.5 + 3.0 * glint, mix(look.palette.high, WHITE, 0.6)
    band = ((0, lit, 0), (0.5, lit, 0.95), (1, lit, 0))
    spark = paint.ramp((x - 0.4, 0), (x + 0.4, 0), *band, **paint.lined(0.010))
    canvas.drawLine(max(-1.0, x - 0.4), DEPTH - 0.004, min(1.0, x + 0.4), DEPTH - 0.004, spark)
