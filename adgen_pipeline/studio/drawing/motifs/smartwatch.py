"""A smartwatch turned a little to the side: lit screen, milled case, silicone band."""

from functools import cache
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.slab import draw_slab
from adgen_pipeline.studio.drawing.motifs.smartwatch_band import draw_band
from adgen_pipeline.studio.drawing.motifs.smartwatch_screen import SCREEN, SCREEN_RADIUS, draw_live, draw_screen
from adgen_pipeline.studio.drawing.motifs.space import Pose, on_plane
from adgen_pipeline.studio.drawing.motifs.watch_dial import Materials, materials
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_POSE = Pose(at=(-0.05, 0.0, 0.12), yaw=-21, pitch=4, roll=2)
_HALF_WIDTH, _HALF_HEIGHT, _RADIUS, _THICK = 0.575, 0.685, 0.255, 0.235
_CASE = skia.Rect(-_HALF_WIDTH, -_HALF_HEIGHT, _HALF_WIDTH, _HALF_HEIGHT)
_GLASS = skia.RRect.MakeRectXY(_CASE.makeInset(0.022, 0.022), _RADIUS - 0.022, _RADIUS - 0.022)


class Smartwatch:
    """The case with its screen in the middle of a closed band; the brand stands above the hour, if there is one."""

    extent = (-0.64, -1.10, 0.80, 1.08)
    face = (-0.62, -0.74, 0.56, 0.74)
    focus = ((0.0, 0.10), (0.46, -0.30), (-0.22, -0.40))

    def still(self, canvas: Any, look: Look) -> None:
        """Band, case, crown, glass, and all that stands still on the screen."""
        made = materials(look)
        draw_band(canvas, _POSE, band_of(look, made), mix(look.palette.high, WHITE, 0.35))
        _draw_shade(canvas)
        draw_slab(canvas, lambda along: _POSE.face(_THICK * (along - 1)), _CASE, _RADIUS, made)
        _draw_crown(canvas, look, made)
        with on_plane(canvas, _POSE.face(0)):
            _draw_front(canvas, look, made)

    def moving(self, canvas: Any, look: Look, seconds: float, glint: float) -> None:
        """The screen lives, and a reflection crosses the glass with `glint`."""
        with on_plane(canvas, _POSE.face(0)):
            draw_live(canvas, look, seconds)
        _draw_reflection(canvas, glint)


def band_of(look: Look, made: Materials) -> Colour:
    """Silicone in the brand's colour; beside a case of gold nearly black."""
    return mix(look.palette.accent, BLACK, 0.08) if made.metal is not look.palette.accent else WHITE * 0.20


def _draw_shade(canvas: Any) -> None:
    """What the case keeps from the band."""
    with on_plane(canvas, _POSE.face(-_THICK)):
        canvas.drawRoundRect(_CASE.makeOutset(0.0, 0.03), _RADIUS, _RADIUS, paint.fill(BLACK, 0.75, blur=0.035))


def _draw_crown(canvas: Any, look: Look, made: Materials) -> None:
    """A knurled crown and a flat key on the side that is seen; u runs from the face to the back, v down."""
    side = _POSE.plane((_HALF_WIDTH + 0.004, 0, 0), (0, 0, -1), (0, 1, 0))
    with on_plane(canvas, side):
        key = skia.Rect(0.085, 0.10, 0.150, 0.38)
        canvas.drawRoundRect(key.makeOutset(0.007, 0.007), 0.036, 0.036, paint.fill(BLACK, 0.7))
        bands = ((0, made.shade, 1), (0.3, made.lit, 1), (0.7, made.metal, 1), (1, made.shade, 1))
        canvas.drawRoundRect(key, 0.032, 0.032, paint.ramp((0.085, 0), (0.150, 0), *bands))
    for k in range(26):
        _draw_crown_slice(canvas, look, made, k / 25)


def _draw_crown_slice(canvas: Any, look: Look, made: Materials, out: float) -> None:
    """One disc of the crown, from the case (0) to its end (1), which bears a ring in the brand's colour."""
    x, y, z = _HALF_WIDTH + 0.075 * out, -0.215, -_THICK / 2
    radius = 0.088 - 0.010 * max(0.0, out - 0.86) / 0.14
    with on_plane(canvas, _POSE.plane((x, y, z), (0, 0, -1), (0, 1, 0))):
        light = (
            (0, made.lit, 1),
            (0.3, made.metal, 1),
            (0.55, made.shade, 1),
            (0.8, made.metal, 1),
            (1, made.shade, 1),
        )
        canvas.drawCircle(0, 0, radius, paint.ramp((0, -radius), (0, radius), *light))
        if 0.1 < out < 0.88:
            grooves = {"PathEffect": skia.DashPathEffect.Make([0.006, 0.009], 0)}
            canvas.drawCircle(0, 0, radius, paint.stroke(BLACK, 0.010, 0.6, **grooves))
        if out == 1:
            canvas.drawCircle(0, 0, 0.055, paint.stroke(look.palette.accent, 0.016))
            canvas.drawCircle(0, 0, 0.040, paint.fill(mix(made.shade, BLACK, 0.2)))


def _draw_front(canvas: Any, look: Look, made: Materials) -> None:
    """The rim of metal, black glass that rolls off at its edge, the lit screen in it."""
    edge = ((0, made.lit, 1), (0.25, made.metal, 1), (0.5, made.lit, 0.95), (0.75, made.shade, 1), (1, made.metal, 1))
    whole = skia.RRect.MakeRectXY(_CASE, _RADIUS, _RADIUS)
    canvas.drawRRect(whole, paint.ramp((-0.6, -0.7), (0.6, 0.7), *edge))
    canvas.drawRRect(_GLASS, paint.fill(WHITE * 0.012))
    canvas.save()
    canvas.clipRRect(skia.RRect.MakeRectXY(SCREEN, SCREEN_RADIUS, SCREEN_RADIUS), skia.ClipOp.kIntersect, True)
    draw_screen(canvas, look)
    canvas.restore()
    for inset, width, strength in ((0.050, 0.050, 0.10), (0.030, 0.016, 0.30), (0.025, 0.005, 0.9)):
        roll = ((0, WHITE, strength), (0.3, WHITE, 0.15 * strength), (0.7, WHITE, 0.05), (1, WHITE, 0.5 * strength))
        ring = skia.RRect.MakeRectXY(_CASE.makeInset(inset, inset), _RADIUS - inset, _RADIUS - inset)
        canvas.drawRRect(ring, paint.ramp((-0.6, -0.7), (0.6, 0.7), *roll, **paint.lined(width)))
    canvas.drawRRect(_GLASS, paint.stroke(BLACK, 0.006, 0.9))


@cache
def _glass_as_seen() -> Any:
    """The outline of the glass on the canvas."""
    path = skia.Path()
    path.addRRect(_GLASS)
    path.transform(_POSE.face(0))
    return path


def _draw_reflection(canvas: Any, glint: float) -> None:
    """Slanted panes of light over the glass, as windows throw them; at 0 and 1 they are beside it."""
    x = -1.35 + 2.7 * glint
    for left, right, shine in ((-0.16, 0.10, 0.10), (-0.06, 0.10, 0.06), (0.14, 0.175, 0.08)):
        pane = skia.Path()
        corners = ((left + 0.42, -0.9), (right + 0.42, -0.9), (right - 0.42, 0.9), (left - 0.42, 0.9))
        pane.addPoly([skia.Point(x + across, down) for across, down in corners], True)
        seen = skia.Op(pane, _glass_as_seen(), skia.PathOp.kIntersect_PathOp)
        canvas.drawPath(seen, paint.fill(WHITE, shine))
