"""The lid of a can: its rolled rim, the panel in it, the tab and the mouth that it opens."""

from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.base import Look
from adgen_pipeline.studio.drawing.motifs.curves import moved, shape, smooth
from adgen_pipeline.studio.drawing.motifs.turned import Turned
from adgen_pipeline.studio.drawing.motifs.watch_dial import sweep
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, Colour, mix
from adgen_pipeline.studio.drawing.skia_door import skia

_TIN: Colour = WHITE * (0.74, 0.75, 0.77)
_LIT, _SHADE = WHITE * 0.98, WHITE * 0.20
_AROUND = [0, 0.08, 0.18, 0.27, 0.38, 0.5, 0.6, 0.72, 0.8, 0.9, 1.0]
_DEEP = 0.055  # how far the panel lies below the rim


def draw_lid(canvas: Any, look: Look, body: Turned, height: float) -> None:
    """All that closes `body` at `height`; seen from above it is a set of circles, here as the eye sees them."""
    radius = body.radius(height)
    canvas.save()
    canvas.translate(0, -height * body.cosine)
    canvas.scale(1, body.sine)
    canvas.drawCircle(0, 0, radius, paint.shaded(_turned(215)))
    canvas.drawCircle(0, 0, radius - 0.006, paint.stroke(_LIT, 0.010, 0.9))
    canvas.drawCircle(0, 0, radius - 0.026, paint.fill(_SHADE * 0.35))
    canvas.clipPath(_disc(radius - 0.028), True)
    _draw_wall(canvas, radius - 0.028, body)
    canvas.translate(0, _DEEP * body.cosine / body.sine)
    _draw_panel(canvas, radius - 0.040)
    _draw_mouth(canvas)
    _draw_tab(canvas, look, body)
    canvas.restore()


def _turned(degrees: float) -> Any:
    """Light and dark around turned metal."""
    tin, lit, shade = _TIN, _LIT, _SHADE
    tones = [tin, shade, tin, lit, tin, mix(tin, shade, 0.6), tin, lit, mix(tin, shade, 0.4), tin, tin]
    return sweep(tones, _AROUND, degrees)


def _disc(radius: float) -> Any:
    path = skia.Path()
    path.addCircle(0, 0, radius)
    return path


def _draw_wall(canvas: Any, radius: float, body: Turned) -> None:
    """The inside of the rim, on the far side in the light."""
    for step in range(14):
        down = _DEEP * step / 13 * body.cosine / body.sine
        tone = mix(_TIN, BLACK, 0.15 + 0.45 * step / 13)
        across = (
            (0, mix(tone, BLACK, 0.6), 1),
            (0.3, tone, 1),
            (0.45, _LIT, 1),
            (0.6, tone, 1),
            (1, mix(tone, BLACK, 0.7), 1),
        )
        ink = paint.ramp((-radius, 0), (radius, 0), *across, **paint.lined(0.03))
        canvas.drawCircle(0, down, radius, ink)


def _draw_panel(canvas: Any, radius: float) -> None:
    """The flat middle: a groove around it, brushed metal that mirrors the sky."""
    sky = (
        (0, mix(_TIN, _LIT, 0.7), 1),
        (0.35, _TIN, 1),
        (0.62, mix(_TIN, _SHADE, 0.45), 1),
        (1, mix(_TIN, _LIT, 0.3), 1),
    )
    canvas.drawCircle(0, 0, radius, paint.ramp((-0.7 * radius, -radius), (0.7 * radius, radius), *sky))
    for ring, (tone, alpha, width) in enumerate(((BLACK, 0.55, 0.014), (_LIT, 0.9, 0.007), (BLACK, 0.25, 0.008))):
        canvas.drawCircle(0, 0.006 * ring, radius - 0.045 - 0.010 * ring, paint.stroke(tone, width, alpha))


def _draw_mouth(canvas: Any) -> None:
    """The score of the opening, toward the front."""
    mouth = smooth(
        (0.0, 0.035), (0.085, 0.055), (0.120, 0.13), (0.085, 0.205), (0.0, 0.228), (-0.085, 0.205), (-0.120, 0.13),
        (-0.085, 0.055), (0.0, 0.035),
    )  # fmt: skip
    canvas.drawPath(shape(mouth), paint.fill(BLACK, 0.10))
    canvas.drawPath(shape(mouth), paint.stroke(BLACK, 0.011, 0.55))
    canvas.drawPath(shape(moved(mouth, 0, 0.010)), paint.stroke(_LIT, 0.006, 0.9))


def _draw_tab(canvas: Any, look: Look, body: Turned) -> None:
    """The ring one pulls, in the brand's colour, its rivet, its shade on the panel."""
    outer = smooth(
        (0.0, 0.075), (0.075, 0.055), (0.105, -0.01), (0.110, -0.12), (0.085, -0.195), (0.0, -0.222),
        (-0.085, -0.195), (-0.110, -0.12), (-0.105, -0.01), (-0.075, 0.055), (0.0, 0.075),
    )  # fmt: skip
    hole = smooth(
        (0.0, -0.085), (0.055, -0.092), (0.066, -0.13), (0.045, -0.168), (0.0, -0.176), (-0.045, -0.168),
        (-0.066, -0.13), (-0.055, -0.092), (0.0, -0.085),
    )  # fmt: skip
    tab = skia.Op(shape(outer), shape(hole), skia.PathOp.kDifference_PathOp)
    tone = look.palette.accent
    canvas.save()
    canvas.translate(0.012, 0.035)
    canvas.drawPath(tab, paint.fill(BLACK, 0.55, blur=0.012))
    canvas.restore()
    for step in range(6):
        canvas.save()
        canvas.translate(0, -0.018 * step / 5 / body.sine)
        last = step == 5
        sheen = (
            (0, mix(tone, WHITE, 0.65), 1), (0.3, tone, 1), (0.55, mix(tone, WHITE, 0.35), 1),
            (1, mix(tone, BLACK, 0.35), 1),
        )  # fmt: skip
        canvas.drawPath(
            tab, paint.ramp((-0.1, -0.2), (0.1, 0.08), *sheen) if last else paint.fill(mix(tone, BLACK, 0.6))
        )
        if last:
            canvas.drawPath(tab, paint.stroke(mix(tone, WHITE, 0.8), 0.005, 0.9))
            canvas.drawCircle(0, 0.0, 0.036, paint.fill(mix(_TIN, _SHADE, 0.4)))
            canvas.drawCircle(-0.004, -0.010, 0.028, paint.fill(_LIT))
        canvas.restore()
