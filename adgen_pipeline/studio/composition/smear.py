"""Pictures smeared by speed or out of focus, made small and drawn large: they have no detail to lose."""

from collections.abc import Callable
from typing import Any

from adgen_pipeline.studio.drawing.paint import SMOOTH, surface
from adgen_pipeline.studio.drawing.skia_door import skia

Placing = Callable[[Any, float], None]
"""Moves a canvas to where the picture is at a share (-0.5 to 0.5) of the time its shutter is open."""

_COPIES = 8


def shrunk(image: Any, halvings: int) -> Any:
    """`image`, halved so many times; each pixel is the mean of those it stands for."""
    for _ in range(halvings):
        made = surface(image.width() / 2, image.height() / 2)
        made.getCanvas().drawImageRect(image, skia.Rect(made.width(), made.height()), SMOOTH)
        image = made.makeImageSnapshot()
    return image


def smeared(image: Any, place: Placing) -> Any:
    """The mean of `image` over the time the shutter is open."""
    made = surface(image.width(), image.height())
    canvas = made.getCanvas()
    canvas.drawImage(image, 0, 0)  # what the moved copies leave uncovered at the rim
    for n in range(_COPIES):
        canvas.save()
        place(canvas, n / (_COPIES - 1) - 0.5)
        canvas.drawImage(image, 0, 0, SMOOTH, skia.Paint(Alphaf=1 / (n + 2)))
        canvas.restore()
    return made.makeImageSnapshot()


def blurred(image: Any, radius: float) -> Any:
    """`image` out of focus; `radius` in its pixels."""
    made = surface(image.width(), image.height())
    blur = skia.ImageFilters.Blur(radius, radius, skia.TileMode.kClamp)
    made.getCanvas().drawImage(image, 0, 0, SMOOTH, skia.Paint(ImageFilter=blur))
    return made.makeImageSnapshot()


def mixed(one: Any, other: Any, share: float) -> Any:
    """A picture, `share` of it replaced by another one of its size."""
    made = surface(one.width(), one.height())
    made.getCanvas().drawImage(one, 0, 0)
    made.getCanvas().drawImage(other, 0, 0, SMOOTH, skia.Paint(Alphaf=share))
    return made.makeImageSnapshot()


def spread(canvas: Any, image: Any, size: tuple[int, int], alpha: float) -> None:
    """Draw a small `image` over a whole picture of `size`."""
    if alpha > 0:
        canvas.drawImageRect(image, skia.Rect(*size), SMOOTH, skia.Paint(Alphaf=min(1.0, alpha)))
