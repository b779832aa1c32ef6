"""A smartphone turned a little to the side, another one behind it that shows its back."""

from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.phone_back import draw_back
from adgen_pipeline.studio.drawing.motifs.phone_screen import SCREEN, SCREEN_RADIUS, draw_live, draw_screen
from adgen_pipeline.studio.drawing.motifs.space import Pose
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials, materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_HALF_WIDTH, _HALF_HEIGHT, _RADIUS, _THICK = 0.485, 1.0, 0.150, 0.105
_SLICES = 44  # that a frame is drawn as, from back to front
_FRONT = Pose(at=(-0.14, 0.02, 0.1), yaw=24, pitch=3, roll=2)
_BEHIND = Pose(at=(0.30, -0.06, -0.55), yaw=-20, pitch=3, roll=8)

_BEZEL = skia.Rect(-_HALF_WIDTH, -_HALF_HEIGHT, _HALF_WIDTH, _HALF_HEIGHT)
_GLASS = skia.RRect.MakeRectXY(_BEZEL.makeInset(0.012, 0.012), _RADIUS - 0.012, _RADIUS - 0.012)


class Phone:
    """The front phone fills the height; the brand stands in its app, if there is one."""

    extent = (-0.70, -1.10, 0.92, 1.10)
    face = (-0.60, -1.0, 0.34, 1.03)
    focus = ((0.50, -0.66), (-0.12, -0.30), (-0.52, -0.38))

    def still(self, canvas: Any, look: Look) -> None:
        """The phone behind, its shadow, then the front one with all that stands still on its screen."""
        made = materials(look)
        _body(canvas, _BEHIND, made)
        with_plane(canvas, _BEHIND.face(0), lambda: draw_back(canvas, look, made, _GLASS))
        _shadow_on_the_back(canvas)
        _body(canvas, _FRONT, made)
        _buttons(canvas, made)
        with_plane(canvas, _FRONT.face(0), lambda: _front(canvas, look, made))

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The app lives: its list scrolls, its chart is read, news arrives; a reflection crosses the glass."""
        with_plane(canvas, _FRONT.face(0), lambda: draw_live(canvas, look, seconds))
        _reflection(canvas, glint)


def with_plane(canvas: Any, plane: Any, draw: Any) -> None:
    """Call `draw` on the plane that `plane` is the matrix of."""
    canvas.save()
    canvas.concat(plane)
    draw()
    canvas.restore()


def _body(canvas: Any, pose: Pose, made: Materials) -> None:
    """The metal frame, slice by slice: rounded toward both faces, brushed along its length."""
    dark = mix(made.shade, BLACK, 0.45)
    for k in range(_SLICES + 1):
        along = k / _SLICES
        rounded = 0.026 * (1 - np.sqrt(max(0.0, 1 - (2 * along - 1) ** 8)))
        light = _rail_light(along)
        lit, plain = mix(dark, made.lit, light), mix(dark, made.metal, light)
        sheen = ((0, lit, 1), (0.12, plain, 1), (0.34, lit, 1), (0.55, mix(dark, plain, 0.65), 1), (0.8, plain, 1),
                 (1, mix(dark, plain, 0.5), 1))  # fmt: skip
        canvas.save()
        canvas.concat(pose.face(_THICK * (along - 1)))
        edge = _BEZEL.makeInset(rounded + 0.03, rounded + 0.03)
        run = paint.ramp((-0.3, -1), (0.3, 1), *sheen, **paint.lined(0.06))
        canvas.drawRoundRect(edge, _RADIUS - rounded - 0.03, _RADIUS - rounded - 0.03, run)
        canvas.restore()


def _rail_light(along: float) -> float:
    """How bright the frame is from its back (0) to its front (1): two polished edges, satin between them."""
    edges = np.exp(-(((along - 0.10) / 0.05) ** 2)) + 1.2 * np.exp(-(((along - 0.90) / 0.06) ** 2))
    brushed = 0.05 * np.sin(along * 97.0)
    return float(np.clip(0.22 + 0.34 * along + 0.55 * edges + brushed, 0, 1))


def _buttons(canvas: Any, made: Materials) -> None:
    """Keys and seams on the side that is seen: u runs from the back to the front, v down."""
    side = _FRONT.plane((-_HALF_WIDTH - 0.003, 0, -_THICK), (0, 0, 1), (0, 1, 0))
    canvas.save()
    canvas.concat(side)
    for seam in (-0.80, 0.80):
        canvas.drawRect(skia.Rect(0.004, seam, _THICK - 0.004, seam + 0.014), paint.fill(made.shade, 0.55))
    for top, bottom in ((-0.60, -0.50), (-0.42, -0.24), (-0.20, -0.02)):
        key = skia.Rect(0.024, top, _THICK - 0.024, bottom)
        canvas.drawRoundRect(key.makeOutset(0.006, 0.006), 0.03, 0.03, paint.fill(BLACK, 0.65))
        sheen = ((0, made.shade, 1), (0.25, made.lit, 1), (0.6, made.metal, 1), (1, made.lit, 1))
        canvas.drawRoundRect(key, 0.027, 0.027, paint.ramp((0.024, 0), (_THICK - 0.024, 0), *sheen))
    canvas.restore()


def _front(canvas: Any, look: Look, made: Materials) -> None:
    """Black glass, the lit screen in it, the camera in its window."""
    canvas.drawRRect(_GLASS, paint.fill(WHITE * 0.012))
    canvas.save()
    canvas.clipRRect(skia.RRect.MakeRectXY(SCREEN, SCREEN_RADIUS, SCREEN_RADIUS), skia.ClipOp.kIntersect, True)
    draw_screen(canvas, look)
    canvas.restore()
    rim = ((0, WHITE, 0.75), (0.3, WHITE, 0.12), (0.65, WHITE, 0.05), (1, WHITE, 0.4))
    canvas.drawRRect(_GLASS, paint.ramp((-0.5, -1), (0.5, 1), *rim, **paint.lined(0.005)))
    bevel = skia.RRect.MakeRectXY(_BEZEL.makeInset(0.005, 0.005), _RADIUS - 0.005, _RADIUS - 0.005)
    edge = ((0, made.lit, 1), (0.25, made.metal, 1), (0.5, made.lit, 0.9), (0.75, made.shade, 1), (1, made.metal, 1))
    canvas.drawRRect(bevel, paint.ramp((-0.5, -1), (0.5, 1), *edge, **paint.lined(0.013)))


def _shadow_on_the_back(canvas: Any) -> None:
    """What the front phone keeps from the one behind it."""
    canvas.save()
    canvas.concat(_BEHIND.face(0))
    canvas.clipRRect(_GLASS, skia.ClipOp.kIntersect, True)
    dark = ((0, BLACK, 0.85), (0.55, BLACK, 0.55), (1, BLACK, 0))
    canvas.drawRect(_BEZEL, paint.ramp((-0.12, 0), (0.34, -0.03), *dark))
    canvas.restore()


@cache
def _glass_as_seen() -> Any:
    """The outline of the front glass on the canvas."""
    path = skia.Path()
    path.addRRect(_GLASS)
    path.transform(_FRONT.face(0))
    return path


def _reflection(canvas: Any, glint: float) -> None:
    """Slanted panes of light over the glass, as windows throw them; at 0 and 1 they are beside it.

    Flat tones on a path that is cut beforehand: a gradient below a clip would take several times as long.
    """
    x = -1.5 + 2.9 * glint
    for left, right, shine in ((-0.15, 0.08, 0.09), (-0.06, 0.08, 0.05), (0.12, 0.155, 0.07)):
        pane = skia.Path()
        corners = ((left + 0.55, -1.2), (right + 0.55, -1.2), (right - 0.55, 1.2), (left - 0.55, 1.2))
        pane.addPoly([skia.Point(x + across, down) for across, down in corners], True)
        seen = skia.Op(pane, _glass_as_seen(), skia.PathOp.kIntersect_PathOp)
        canvas.drawPath(seen, paint.fill(WHITE, shine))
