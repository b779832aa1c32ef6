"""How near colours are to each other to the eye: CIE L*a*b* and the distance in it, from sRGB."""

import numpy as np
from numpy.typing import NDArray

_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
"""Linear sRGB to XYZ: IEC 61966-2-1."""

_D65 = np.array([0.9505, 1.0, 1.089])


def share_near(picture: NDArray[np.uint8], colour: str, distance: float) -> float:
    """Which share of the pixels of `picture` (height x width x red, green, blue) is at most `distance` (CIE 1976 ΔE)
    away from `colour` ("#D4AF37")."""
    wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], np.uint8)
    apart = np.linalg.norm(lab(picture) - lab(wanted), axis=-1)
    return float(np.mean(apart <= distance))


def lab(rgb: NDArray[np.uint8]) -> NDArray[np.float64]:
    """L*, a*, b* of sRGB values; the last axis holds red, green, blue."""
    levels = _LINEAR[rgb]
    ratio = levels @ _TO_XYZ.T / _D65
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = f[..., 0], f[..., 1], f[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def _linear() -> NDArray[np.float64]:
    level = np.arange(256) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


_LINEAR = _linear()
