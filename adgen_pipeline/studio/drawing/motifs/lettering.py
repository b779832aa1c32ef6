"""A brand's name on a body that is turned: each letter stands where the curve carries it, and narrows with it."""

import math
from typing import Any

from adgen_pipeline.studio.drawing import paint
from adgen_pipeline.studio.drawing.motifs.turned import Turned

_SIZE = 100.0  # type is set large and scaled down: skia lays letters out on a grid too coarse for sizes below one
_CAPITALS = 0.66  # their height, in sizes of the type


def around(
    canvas: Any, body: Turned, word: str, height: float, tall: float, brush: Any, *, reach: float = 38,
    face: str = "sans-bold", spacing: float = 14, middle: float = 0.0,
) -> None:  # fmt: skip
    """`word` around the front of `body` at `height`, its capitals `tall` units, or less where `reach` needs it.

    `reach` is how far (degrees) it may go to either side of `middle`, 0 being the front.
    """
    letters, radius = paint.font(face, _SIZE), body.radius(height)
    widths = [letters.measureText(letter) for letter in word]
    total = sum(widths) + spacing * (len(word) - 1)
    scale = min(tall / (_CAPITALS * _SIZE), 2 * math.radians(reach) * radius / total)
    at = -0.5 * total
    for letter, width in zip(word, widths, strict=True):
        angle = math.radians(middle) + (at + 0.5 * width) * scale / radius
        canvas.save()
        canvas.translate(radius * math.sin(angle), radius * math.cos(angle) * body.sine - height * body.cosine)
        canvas.skew(0, -body.sine * math.tan(angle))
        canvas.scale(scale * math.cos(angle), scale * body.cosine)
        canvas.drawString(letter, -0.5 * width, 0.5 * _CAPITALS * _SIZE, letters, brush)
        canvas.restore()
        at += width + spacing
