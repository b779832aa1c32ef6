"""Where the eye goes in a picture: the middle and the size of what stands out from its ground."""

from typing import Any, NamedTuple

import numpy as np

from adgen_pipeline.studio.drawing.skia_door import skia

_EVERY = 12
"""Pixels from one spot that is looked at to the next."""


class Subject(NamedTuple):
    """Middle and radius, as shares of the picture's width (x, radius) and height (y)."""

    x: float
    y: float
    radius: float


_NOTHING = Subject(0.5, 0.5, 0.25)


def subject_of(image: Any) -> Subject:
    """The subject of a skia image; the middle of a picture in which nothing stands out.

    It changes smoothly with the picture: how far each spot is from the ground's tone counts, squared.
    """
    pixels = skia.Pixmap()
    image.peekPixels(pixels)
    spots = np.array(pixels, copy=False)[::_EVERY, ::_EVERY, :3].astype(float)
    rows, columns = spots.shape[:2]
    ground = np.median(spots.reshape(-1, 3), axis=0)
    weight = ((spots - ground) ** 2).sum(axis=2)
    x, y = (np.arange(columns) + 0.5) / columns, (np.arange(rows) + 0.5) / rows
    weight *= np.sin(np.pi * x)[None, :] * np.sin(np.pi * y)[:, None]  # the rim is ground, too
    if weight.sum() < weight.size:
        return _NOTHING
    share = weight / weight.sum()
    middle, height = float((share * x).sum()), float((share * y[:, None]).sum())
    away = (x[None, :] - middle) ** 2 + ((y[:, None] - height) * rows / columns) ** 2
    return Subject(middle, height, float(np.sqrt((share * away).sum())))
