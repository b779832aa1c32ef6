"""A picture that comes into focus: small blurred copies, one fading into the next."""

from collections.abc import Callable
from typing import Any

from adgen_pipeline.studio.drawing.paint import SMOOTH, surface
from adgen_pipeline.studio.drawing.skia_door import skia

_STEPS = 3
"""Blurred copies that a change of focus goes through."""

_SMALLER = 4
"""The copies are so many times smaller: a blur has no detail."""

_AVERAGED = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kNearest)


class Softened:
    """Copies of a skia image, blurred by up to `radius` pixels, drawn into the rectangle `place`."""

    def __init__(self, image: Any, place: Any, radius: float):
        self._place = place
        self._copies = [_blurred(image, radius * (1 - step / _STEPS) ** 2) for step in range(_STEPS)]

    def draw(self, canvas: Any, focus: float, draw_sharp: Callable[[], None]) -> None:
        """Draw the picture at `focus`, from 0, the softest, to 1, where only `draw_sharp` would be seen."""
        step = int(focus * _STEPS)
        canvas.drawImageRect(self._copies[step], self._place, SMOOTH)
        canvas.saveLayerAlpha(None, round(255 * (focus * _STEPS - step)))
        if step + 1 < _STEPS:
            canvas.drawImageRect(self._copies[step + 1], self._place, SMOOTH)
        else:
            draw_sharp()
        canvas.restore()


def _blurred(image: Any, radius: float) -> Any:
    made = surface(image.width() / _SMALLER, image.height() / _SMALLER)
    blur = skia.ImageFilters.Blur(radius / _SMALLER, radius / _SMALLER)
    whole = skia.Rect(made.width(), made.height())
    made.getCanvas().drawImageRect(image, whole, _AVERAGED, skia.Paint(ImageFilter=blur))
    return made.makeImageSnapshot()
