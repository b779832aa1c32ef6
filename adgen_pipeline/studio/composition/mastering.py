"""The last hand on the mix: the loudness of the platforms, no peak beyond what AAC can hold.

-14 LUFS is what YouTube, TikTok and Instagram play at; BS.1770-4 is how it is measured.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d
from scipy.signal import oaconvolve

from adgen_pipeline.studio.composition.loudness import Sound, loudness, true_peaks
from adgen_pipeline.studio.encoding import SAMPLE_RATE

LOUDNESS = -14.0
CEILING = -2.2
"""dBTP before encoding: AAC overshoots by up to about 1 dB."""

_LOOK_AHEAD = 0.005  # seconds
_NEAR_ENOUGH = 0.05  # LU
_ROUNDS = 6


def mastered(mix: Sound) -> Sound:
    """`mix` (n x 2) at LOUDNESS, its peaks held under CEILING; silence stays silence."""
    limited, gain = mix, 1.0
    for _ in range(_ROUNDS):
        level = loudness(limited)
        if level is None or (limited is not mix and abs(level - LOUDNESS) < _NEAR_ENOUGH):
            break
        gain *= 10 ** ((LOUDNESS - level) / 20)
        limited = _limited(mix * np.float32(gain))
    return limited


def _limited(sound: Sound) -> Sound:
    """A look-ahead limiter on true peaks (oversampled four times, as BS.1770 measures them)."""
    ceiling = 10 ** (CEILING / 20)
    wanted = np.minimum(1.0, ceiling / np.maximum(true_peaks(sound), 1e-9))
    if wanted.min() == 1.0:
        return sound
    span = int(_LOOK_AHEAD * SAMPLE_RATE)
    lowest = minimum_filter1d(wanted, 2 * span + 1)
    return (sound * _smooth(lowest, span)[:, None]).astype(np.float32)


def _smooth(gain: NDArray[np.float32], span: int) -> NDArray[np.float32]:
    bell = np.hanning(2 * span + 3)[1:-1]
    return np.asarray(oaconvolve(np.pad(gain, span, "edge"), bell / bell.sum(), "valid"))
