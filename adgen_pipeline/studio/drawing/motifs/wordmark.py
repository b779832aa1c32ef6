"""The brand's name, where a product bears it."""

from typing import Any

from adgen_pipeline.studio.drawing.paint import font

_DRAWN = 100.0
"""Pixels at which type is set before it is scaled: skia lays letters out on a grid too coarse for sizes below one."""


def draw_wordmark(
    canvas: Any, word: str, at: tuple[float, float], size: float, room: float, ink: Any, *, face: str = "sans-bold",
    spacing: float = 0.06, middle: bool = True,
) -> None:  # fmt: skip
    """`word` on the baseline through `at` (its middle, or its start), `size` units high or as much smaller as `room`
    units ask for. `spacing` between letters is a share of the size; `ink` is a paint, a gradient's in hundredths."""
    letters = font(face, _DRAWN)
    places = [0.0]
    for letter in word:
        places.append(places[-1] + letters.measureText(letter) + spacing * _DRAWN)
    width = max(places[-1] - spacing * _DRAWN, 1.0)
    scale = min(size / _DRAWN, room / width)
    canvas.save()
    canvas.translate(at[0] - (width * scale / 2 if middle else 0), at[1])
    canvas.scale(scale, scale)
    for letter, x in zip(word, places, strict=False):
        canvas.drawString(letter, x, 0, letters, ink)
    canvas.restore()
