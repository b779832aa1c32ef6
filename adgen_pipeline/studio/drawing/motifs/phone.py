"""A smartphone turned a little to the side, another one behind it that shows its back."""

from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.phone_back import draw_back
from adgen_pipeline.studio.drawing.motifs.phone_screen import SCREEN, SCREEN_RADIUS, draw_live, draw_screen
from adgen_pipeline.studio.drawing.motifs.slab import draw_slab
from adgen_pipeline.studio.drawing.motifs.space import Pose, on_plane
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials, materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE
from adgen_pipeline.studio.drawing.skia_door import skia

_HALF_WIDTH, _HALF_HEIGHT, _RADIUS, _THICK = 0.485, 1.0, 0.150, 0.105
_FRONT = Pose(at=(-0.14, 0.02, 0.1), yaw=24, pitch=3, roll=2)
_BEHIND = Pose(at=(0.30, -0.06, -0.55), yaw=-20, pitch=3, roll=8)

_BEZEL = skia.Rect(-_HALF_WIDTH, -_HALF_HEIGHT, _HALF_WIDTH, _HALF_HEIGHT)
_GLASS = skia.RRect.MakeRectXY(_BEZEL.makeInset(0.012, 0.012), _RADIUS - 0.012, _RADIUS - 0.012)


class Phone:
    """The front phone fills the height; the brand stands in its app, if there is one."""

    extent = (-0.71, -1.06, 0.89, 1.09)
    face = (-0.60, -1.0, 0.34, 1.03)
    focus = ((0.50, -0.66), (-0.12, -0.30), (-0.52, -0.38))

    def still(self, canvas: Any, look: Look) -> None:
        """The phone behind, its shadow, then the front one with all that stands still on its screen."""
        made = materials(look)
        _body(canvas, _BEHIND, made)
        with on_plane(canvas, _BEHIND.face(0)):
            draw_back(canvas, look, made, _GLASS)
        _shadow_on_the_back(canvas)
        _body(canvas, _FRONT, made)
        _buttons(canvas, made)
        with on_plane(canvas, _FRONT.face(0)):
            _front(canvas, look, made)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The app lives: its list scrolls, its chart is read, news arrives; a reflection crosses the glass."""
        with on_plane(canvas, _FRONT.face(0)):
            draw_live(canvas, look, seconds)
        _reflection(canvas, glint)


def _body(canvas: Any, pose: Pose, made: Materials) -> None:
    draw_slab(canvas, lambda along: pose.face(_THICK * (along - 1)), _BEZEL, _RADIUS, made)


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
