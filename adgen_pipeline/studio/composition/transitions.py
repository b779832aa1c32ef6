"""How one scene gives way to the next: each draws the incoming picture over the outgoing one.

All take a canvas with the outgoing picture on it, both pictures, and the progress from 0 to 1. No two products are
seen through each other for long: what is neither the one nor the other is smeared, out of focus, or has an edge.
"""

import math
from collections.abc import Callable
from typing import Any

from adgen_pipeline.studio.composition.raster import image_of, surface_on
from adgen_pipeline.studio.composition.smear import Placing, blurred, mixed, shrunk, smeared, spread
from adgen_pipeline.studio.composition.subject import Subject, subject_of
from adgen_pipeline.studio.drawing.paint import SMOOTH, ease_in_out, halo, linear, ramp, rgba, shaded, surface
from adgen_pipeline.studio.drawing.palette import WHITE
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.encoding import Frame

Change = Callable[[Any, Any, Any, float], None]

_SOFT = 0.13
"""Width of a wipe's edge and of an iris's rim, as shares of the picture's width."""

_SLANT = 0.18
"""How far a wipe's edge leans, as a share of the picture's height."""

_SHUTTER = 0.5
"""Share of the time from frame to frame that a smear stands for, at 30 frames a second and half a second's change."""

_MOST_MATCHED = 1.7
"""How many times larger a picture may be drawn to bring its subject to another one's size."""


def changed(name: str, outgoing: Frame, incoming: Frame, progress: float) -> Frame:
    """A new picture: `outgoing` giving way to `incoming` by the transition `name`."""
    picture = outgoing.copy()
    drawn = surface_on(picture)
    TRANSITIONS[name](drawn.getCanvas(), image_of(outgoing), image_of(incoming), progress)
    return picture


def _cut(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    canvas.drawImage(incoming, 0, 0)


def _fade(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    """The outgoing picture goes out of focus, and the incoming one comes into it."""
    soft = ease_in_out(3.2 * min(progress, 1 - progress))
    if progress >= 0.5 and soft < 1:
        canvas.drawImage(incoming, 0, 0)
    seen = mixed(shrunk(outgoing, 3), shrunk(incoming, 3), ease_in_out(2 * progress - 0.5))
    spread(canvas, blurred(seen, 2.0), _size(outgoing), soft)


def _slide(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    """The incoming picture pushes the outgoing one out to the left, smeared by its speed."""
    size, speed = _size(outgoing), _speed(progress)
    if (smear := _smear(speed)) < 1:
        _side_by_side(canvas, outgoing, incoming, _swift(progress))
    if smear > 0:
        small = surface(size[0] / 4, size[1] / 4)
        _side_by_side(small.getCanvas(), shrunk(outgoing, 2), shrunk(incoming, 2), _swift(progress))
        reach = _SHUTTER * speed * small.width()
        moved = smeared(small.makeImageSnapshot(), lambda at, share: at.translate(reach * share, 0))
        spread(canvas, moved, size, smear)


def _side_by_side(canvas: Any, outgoing: Any, incoming: Any, pushed: float) -> None:
    shift = outgoing.width() * pushed
    canvas.drawImage(outgoing, -shift, 0, SMOOTH)
    canvas.drawImage(incoming, outgoing.width() - shift, 0, SMOOTH)


def _wipe(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    """A soft, leaning edge travels from left to right, with light running along it."""
    width, height = _size(outgoing)
    soft, lean = _SOFT * width, _SLANT * height
    edge = (width + soft + lean) * ease_in_out(progress)  # where it ends at the bottom, lean further on than at the top
    canvas.save()
    canvas.clipRect(skia.Rect(0, 0, min(width, edge), height))
    canvas.saveLayer()
    canvas.drawImage(incoming, 0, 0)
    start, stop = _across(edge - soft, soft, lean, height)
    mask = linear(start, stop, (0, rgba(WHITE)), (1, rgba(WHITE, 0)))
    canvas.drawPaint(shaded(mask, BlendMode=skia.BlendMode.kDstIn))
    canvas.restore()
    canvas.restore()
    start, stop = _across(edge - soft, soft, lean, height)
    shine = 0.2 * math.sin(math.pi * progress)
    glow = ramp(start, stop, (0, WHITE, 0), (0.5, WHITE, shine), (1, WHITE, 0), BlendMode=skia.BlendMode.kPlus)
    canvas.drawRect(skia.Rect(edge - soft - lean, 0, edge, height), glow)


def _zoom(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    """The camera shoots into the outgoing picture and comes to rest in the incoming one."""
    leaving, speed, way = progress < 0.5, _speed(progress), _swift(progress)
    scale = 1 + 0.9 * way if leaving else 1 + 0.5 * (1 - way)
    if (smear := _smear(speed)) < 1:
        _scaled(canvas, outgoing if leaving else incoming, scale)
    if smear > 0:
        seen = mixed(shrunk(outgoing, 2), shrunk(incoming, 2), ease_in_out(3 * progress - 1))
        spread(canvas, smeared(seen, _nearer(seen, scale, 1.5 * speed)), _size(outgoing), smear)


def _nearer(image: Any, scale: float, reach: float) -> Placing:
    """The camera coming nearer by `reach` while the shutter is open."""

    def place(canvas: Any, share: float) -> None:
        x, y, grown = image.width() / 2, image.height() / 2, max(1.0, scale * (1 + reach * share))
        canvas.translate(x, y)
        canvas.scale(grown, grown)
        canvas.translate(-x, -y)

    return place


def _match(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    """The subject stays while the scene around it changes: both pictures are brought to where it stands, and an iris
    opens from it."""
    before, after, way = subject_of(outgoing), subject_of(incoming), _swift(progress)
    now = Subject(*((1 - way) * one + way * other for one, other in zip(before, after, strict=True)))
    width, height = _size(outgoing)
    centre = now.x * width, now.y * height
    inner, outer, mask = _iris(centre, ease_in_out(progress), (width, height))
    whole = skia.Path.Circle(*centre, inner)
    canvas.save()
    canvas.clipPath(whole, skia.ClipOp.kIntersect, False)
    _brought(canvas, incoming, after, now)
    canvas.restore()
    canvas.clipPath(whole, skia.ClipOp.kDifference, False)
    _brought(canvas, outgoing, before, now)
    canvas.saveLayer(skia.Rect(centre[0] - outer, centre[1] - outer, centre[0] + outer, centre[1] + outer))
    _brought(canvas, incoming, after, now)
    canvas.drawPaint(mask)
    canvas.restore()


def _brought(canvas: Any, image: Any, subject: Subject, now: Subject) -> None:
    """Draw `image` with its subject where and as large as it is `now`, as far as the frame stays covered."""
    width, height = _size(image)
    scale = min(_MOST_MATCHED, max(1.0, now.radius / subject.radius, *_covering(subject, now)))
    left, top = now.x * width - scale * subject.x * width, now.y * height - scale * subject.y * height
    canvas.save()
    canvas.translate(min(0.0, max(width * (1 - scale), left)), min(0.0, max(height * (1 - scale), top)))
    canvas.scale(scale, scale)
    canvas.drawImage(image, 0, 0, SMOOTH)
    canvas.restore()


def _covering(subject: Subject, now: Subject) -> list[float]:
    """How large a picture must be drawn to cover each side of the frame, its subject brought to where it is `now`."""
    pairs = [(subject.x, now.x), (subject.y, now.y)]
    return [side for one, other in pairs for side in (other / one, (1 - other) / (1 - one))]


def _iris(centre: tuple[float, float], opened: float, size: tuple[int, int]) -> tuple[float, float, Any]:
    """The inner and outer radius (pixels) of a circle's soft rim, and the paint that fades a picture out in it."""
    farthest = math.hypot(*(max(at, side - at) for at, side in zip(centre, size, strict=True)))
    soft = _SOFT * size[0]
    outer = max(1.0, (farthest + soft) * opened)
    inner = max(0.0, outer - soft)
    stops = (0, WHITE, 1), (inner / outer, WHITE, 1), (1, WHITE, 0)
    return inner, outer, halo(centre, outer, *stops, BlendMode=skia.BlendMode.kDstIn)


def _across(left: float, width: float, lean: float, height: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Start and stop of a gradient `width` pixels wide from `left` at the bottom, its lines leaning by `lean`."""
    turned = math.atan2(lean, height)
    along = width * math.cos(turned)
    return (left, height), (left + along * math.cos(turned), height - along * math.sin(turned))


def _swift(progress: float) -> float:
    """Gentle at both ends and quick between."""
    return 4 * progress**3 if progress < 0.5 else 1 - 4 * (1 - progress) ** 3


def _speed(progress: float) -> float:
    """How much of the way `_swift` goes in one frame of a change of half a second."""
    return 12 * min(progress, 1 - progress) ** 2 / 15


def _smear(speed: float) -> float:
    """How much of what is seen is smeared at `speed`."""
    return min(1.0, 16 * speed - 0.5)


def _scaled(canvas: Any, image: Any, scale: float) -> None:
    x, y = image.width() / 2, image.height() / 2
    canvas.translate(x, y)
    canvas.scale(scale, scale)
    canvas.drawImage(image, -x, -y, SMOOTH)
    canvas.resetMatrix()


def _size(image: Any) -> tuple[int, int]:
    return image.width(), image.height()


TRANSITIONS: dict[str, Change] = {
    "cut": _cut, "fade": _fade, "slide": _slide, "wipe": _wipe, "zoom": _zoom, "match": _match,
}  # fmt: skip
"""All transitions, by the names of the contract."""
