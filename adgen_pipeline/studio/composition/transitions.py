"""How one scene gives way to the next: each draws the incoming picture over the outgoing one.

All take a canvas with the outgoing picture on it, both pictures, and the progress from 0 to 1.
"""

from collections.abc import Callable
from typing import Any

from adgen_pipeline.studio.composition.raster import image_of, surface_on
from adgen_pipeline.studio.drawing.paint import SMOOTH, ease_in_out, linear, rgba, shaded
from adgen_pipeline.studio.drawing.palette import WHITE
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.encoding import Frame

Change = Callable[[Any, Any, Any, float], None]

_PLAIN = skia.SamplingOptions()


def changed(name: str, outgoing: Frame, incoming: Frame, progress: float) -> Frame:
    """A new picture: `outgoing` giving way to `incoming` by the transition `name`."""
    picture = outgoing.copy()
    surface = surface_on(picture)
    TRANSITIONS[name](surface.getCanvas(), image_of(outgoing), image_of(incoming), progress)
    return picture


def _cut(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    canvas.drawImage(incoming, 0, 0)


def _fade(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    canvas.drawImage(incoming, 0, 0, _PLAIN, skia.Paint(Alphaf=ease_in_out(progress)))


def _slide(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    """The incoming picture pushes the outgoing one out to the left."""
    shift = round(outgoing.width() * ease_in_out(progress))
    canvas.drawImage(outgoing, -shift, 0)
    canvas.drawImage(incoming, outgoing.width() - shift, 0)


def _wipe(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    """A soft edge travels from left to right."""
    width, height = outgoing.width(), outgoing.height()
    soft = width * 0.22
    edge = (width + soft) * ease_in_out(progress)
    canvas.save()
    canvas.clipRect(skia.Rect(0, 0, min(width, edge), height))
    canvas.saveLayer()
    canvas.drawImage(incoming, 0, 0)
    mask = linear((edge - soft, 0), (edge, 0), (0, rgba(WHITE)), (1, rgba(WHITE, 0)))
    canvas.drawPaint(shaded(mask, BlendMode=skia.BlendMode.kDstIn))
    canvas.restore()
    canvas.restore()


def _zoom(canvas: Any, outgoing: Any, incoming: Any, progress: float) -> None:
    """The camera goes into the outgoing picture and comes to rest on the incoming one."""
    eased = ease_in_out(progress)
    _scaled(canvas, outgoing, 1 + 0.35 * eased, 1.0)
    _scaled(canvas, incoming, 1.18 - 0.18 * eased, ease_in_out(progress * 1.4 - 0.2))


def _scaled(canvas: Any, image: Any, scale: float, alpha: float) -> None:
    x, y = image.width() / 2, image.height() / 2
    canvas.save()
    canvas.translate(x, y)
    canvas.scale(scale, scale)
    canvas.drawImage(image, -x, -y, SMOOTH, skia.Paint(Alphaf=alpha))
    canvas.restore()


TRANSITIONS: dict[str, Change] = {"cut": _cut, "fade": _fade, "slide": _slide, "wipe": _wipe, "zoom": _zoom}
"""All transitions, by the names of the contract."""
