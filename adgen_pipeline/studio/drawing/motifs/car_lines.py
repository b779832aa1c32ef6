"""The lines of a car seen from its left side, nose to the left: silhouette, glass, seams, and where its wheels are."""

from functools import cache
from typing import Any

import numpy as np

from adgen_pipeline.studio.drawing.motifs.curves import Curve, line, shape, smooth
from adgen_pipeline.studio.drawing.skia_door import skia

GROUND, WHEEL, ARCH = 0.560, 0.288, 0.316
"""Height of the road; radius of a wheel with its tyre, and of the arch around it."""

HUBS = ((-1.130, GROUND - WHEEL), (1.150, GROUND - WHEEL))
"""Middles of the front and the rear wheel."""

NOSE = smooth((-1.60, 0.455), (-1.735, 0.435), (-1.790, 0.375), (-1.812, 0.26), (-1.808, 0.15), (-1.775, 0.055))
HOOD = smooth((-1.775, 0.055), (-1.70, 0.005), (-1.52, -0.050), (-1.25, -0.098), (-0.98, -0.128), (-0.74, -0.150))
ROOF = smooth(
    (-0.74, -0.150), (-0.53, -0.272), (-0.31, -0.378), (-0.08, -0.452), (0.16, -0.488), (0.44, -0.491), (0.72, -0.458),
    (1.00, -0.388), (1.26, -0.300), (1.48, -0.236),
)  # fmt: skip
TAIL = smooth(
    (1.48, -0.236), (1.61, -0.224), (1.738, -0.232), (1.764, -0.204), (1.757, -0.11), (1.790, 0.0), (1.800, 0.16),
    (1.775, 0.32), (1.700, 0.42), (1.56, 0.455),
)  # fmt: skip
SHOULDER = smooth(
    (-1.70, 0.060), (-1.50, 0.014), (-1.10, -0.028), (-0.60, -0.040), (0.0, -0.044), (0.60, -0.062), (1.05, -0.096),
    (1.45, -0.110), (1.752, -0.098),
)  # fmt: skip
"""The crease from the headlamp to the tail lamp that catches most of the light."""

LOWER = smooth((-0.66, 0.292), (-0.36, 0.262), (0.10, 0.228), (0.50, 0.192), (0.80, 0.128))
"""The second crease, rising from the sill toward the rear wheel."""

_WINDOWS = smooth(
    (-0.62, -0.158), (-0.42, -0.268), (-0.22, -0.362), (-0.03, -0.423), (0.18, -0.456), (0.44, -0.459), (0.70, -0.425),
    (0.94, -0.362), (1.14, -0.288), (1.21, -0.243),
)  # fmt: skip
_SILL = smooth((1.21, -0.243), (0.95, -0.205), (0.60, -0.184), (0.10, -0.166), (-0.30, -0.156), (-0.62, -0.158))


@cache
def body() -> Any:
    """The painted body with its arches cut out; the glass is drawn upon it."""
    whole = shape(NOSE, HOOD, ROOF, TAIL, np.array(((-1.60, 0.455),)))
    for hub in HUBS:
        arch = skia.Path()
        arch.addCircle(*hub, ARCH)
        whole = skia.Op(whole, arch, skia.PathOp.kDifference_PathOp)
    return whole


@cache
def glass() -> Any:
    """The windows of the side, as one shape."""
    return shape(_WINDOWS, _SILL)


@cache
def windscreen() -> Any:
    """The sliver of the windscreen that is seen between its pillar and the roof's line."""
    return shape(smooth((-0.735, -0.146), (-0.53, -0.262), (-0.31, -0.367), (-0.12, -0.430)),
                 smooth((-0.12, -0.430), (-0.27, -0.365), (-0.48, -0.258), (-0.665, -0.148)))  # fmt: skip


@cache
def seams() -> Any:
    """The gaps between doors, hood and wings."""
    path = line(smooth((-0.66, -0.13), (-0.735, 0.02), (-0.752, 0.18), (-0.72, 0.33), (-0.66, 0.385)))
    for run in (
        smooth((0.245, -0.158), (0.262, 0.0), (0.262, 0.16), (0.235, 0.30), (0.20, 0.385)),
        smooth((-0.66, 0.385), (-0.25, 0.392), (0.20, 0.385), (0.70, 0.375)),
        smooth((0.70, 0.375), (0.80, 0.20), (0.90, 0.04), (1.02, -0.09), (1.06, -0.20)),
        smooth((-1.70, 0.020), (-1.50, -0.026), (-1.20, -0.078), (-0.90, -0.116), (-0.76, -0.130)),
        smooth((-1.46, 0.20), (-1.60, 0.185), (-1.795, 0.20)),
        smooth((1.485, 0.17), (1.62, 0.15), (1.795, 0.15)),
    ):
        path.addPath(line(run))
    return path


@cache
def headlamp() -> Any:
    """The glass of the lamp at the nose."""
    return shape(smooth((-1.776, 0.060), (-1.70, 0.014), (-1.60, -0.020), (-1.47, -0.040)),
                 smooth((-1.47, -0.040), (-1.50, 0.004), (-1.60, 0.052), (-1.70, 0.086), (-1.792, 0.105)))  # fmt: skip


@cache
def tail_lamp() -> Any:
    """The glass of the lamp at the rear."""
    return shape(smooth((1.765, -0.150), (1.60, -0.150), (1.44, -0.128)),
                 smooth((1.44, -0.128), (1.56, -0.092), (1.70, -0.072), (1.778, -0.070)))  # fmt: skip


def daylight() -> Curve:
    """The line of light within the headlamp."""
    return smooth((-1.768, 0.088), (-1.70, 0.062), (-1.60, 0.026), (-1.50, -0.014))


def brake_light() -> Curve:
    """The line of light within the tail lamp."""
    return smooth((1.762, -0.118), (1.66, -0.122), (1.56, -0.122), (1.475, -0.122))
