"""The hall the music is played in: what its walls give back, by convolution."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, oaconvolve, sosfilt

from adgen_pipeline.studio.aac import SAMPLE_RATE

_BEFORE = 0.018  # seconds until the first wall answers


def answered(dry: NDArray[np.float32], seconds: float) -> NDArray[np.float32]:
    """What a hall that rings for `seconds` (to -60 dB) gives back of n x 2 samples."""
    walls = _walls(seconds)
    wet = [oaconvolve(dry[:, side], walls[:, side])[: len(dry)] for side in (0, 1)]
    return np.stack(wet, 1).astype(np.float32)


@lru_cache(4)
def _walls(seconds: float) -> NDArray[np.float32]:
    """Two different tails of dying noise: its treble dies first, its bass is kept out of the way."""
    t = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    bands = ((250, 1200, 1.0), (1200, 4000, 0.72), (4000, 9000, 0.42))
    rng = np.random.default_rng(11)
    tails = np.zeros((len(t), 2))
    for low, high, share in bands:
        sos = butter(2, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos")
        ringing = np.exp(-6.9 * t / (seconds * share))[:, None]
        tails += sosfilt(sos, rng.normal(0, 1, (len(t), 2)), axis=0) * ringing
    tails *= np.clip(t / 0.012, 0, 1)[:, None]
    tails /= np.sqrt((tails**2).sum(0))
    return np.pad(tails, ((int(_BEFORE * SAMPLE_RATE), 0), (0, 0))).astype(np.float32)
