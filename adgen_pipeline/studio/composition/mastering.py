"""The last hand on the mix: the loudness of the platforms, no peak beyond what AAC can hold.

-14 LUFS is what YouTube, TikTok and Instagram play at; BS.1770-4 is how it is measured.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d
from scipy.signal import oaconvolve

from adgen_pipeline.studio.aac import SAMPLE_RATE, EncodedSound, encoded_sound
from adgen_pipeline.studio.composition.loudness import Sound, loudness, true_peaks

LOUDNESS = -14.0
CEILING = -2.0
"""dBTP before encoding: AAC overshoots, mostly by less than half a dB."""

_ENCODED_CEILING = -1.15
"""dBTP after encoding: where AAC overshoots by more (3 dB have been seen), that moment is turned down for it."""

_LOOK_AHEAD = 0.005  # seconds
_NEAR_ENOUGH = 0.05  # LU
_ROUNDS = 6
_ENCODINGS = 4


def mastered(mix: Sound) -> EncodedSound:
    """`mix` (n x 2) at LOUDNESS, its peaks held under CEILING; silence stays silence."""
    limited, gain, peaks = mix, 1.0, true_peaks(mix)
    for _ in range(_ROUNDS):
        level = loudness(limited)
        if level is None or (limited is not mix and abs(level - LOUDNESS) < _NEAR_ENOUGH):
            break
        gain *= 10 ** ((LOUDNESS - level) / 20)
        limited = mix * _limit(peaks, np.float32(gain))
    return _safe_in_aac(limited)


def _safe_in_aac(sound: Sound) -> EncodedSound:
    """`sound`, its peaks still under a true peak of -1 dB when it has been encoded: tried out, and mended where not."""
    encoded = encoded_sound(sound)
    for _ in range(_ENCODINGS if sound.any() else 0):
        gain = _turned_down(true_peaks(encoded.heard()), _ENCODED_CEILING)
        if gain is None:
            break
        encoded = encoded_sound(encoded.samples * gain[: len(sound), None])
    return encoded


def _limit(peaks: NDArray[np.float32], gain: np.float32) -> NDArray[np.float32]:
    """`gain` with a look-ahead limiter on true peaks (oversampled four times, as BS.1770 measures them): n x 1."""
    held = _turned_down(peaks * gain, CEILING)
    return np.full((1, 1), gain) if held is None else (gain * held)[:, None]


def _turned_down(peaks: NDArray[np.float32], ceiling: float) -> NDArray[np.float32] | None:
    """The smooth gain that keeps `peaks` under `ceiling` (dB); None where they are."""
    wanted = np.minimum(1.0, 10 ** (ceiling / 20) / np.maximum(peaks, 1e-9))
    if wanted.min() == 1.0:
        return None
    span = int(_LOOK_AHEAD * SAMPLE_RATE)
    lowest = minimum_filter1d(wanted, 2 * span + 1)
    bell = np.hanning(2 * span + 3)[1:-1]
    return np.asarray(oaconvolve(np.pad(lowest, span, "edge"), bell / bell.sum(), "valid"), np.float32)
