"""The voice as a studio would send it to the mix: cleaned, even in level, clear, without hiss on its s."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt, sosfiltfilt

from adgen_pipeline.studio.aac import SAMPLE_RATE

Sound = NDArray[np.float32]

_RUMBLE = 75.0  # Hz
_BOX, _BOX_SHARE = (220.0, 420.0), -0.22
_CLARITY, _CLARITY_SHARE = (2400.0, 4800.0), 0.30
_HISS = 5200.0, 10_500.0
_HISS_ALLOWED = 0.55  # of the level of the rest at that moment
_KNEE, _RATIO = -24.0, 2.5  # dBFS, to 1
_ATTACK, _RELEASE = 0.008, 0.12  # seconds


def dressed(sound: Sound) -> Sound:
    """`sound` (mono, 48 kHz) with a studio's usual chain; as long as before."""
    x = sosfilt(butter(2, _RUMBLE, "high", fs=SAMPLE_RATE, output="sos"), sound.astype(np.float64))
    x = x + _BOX_SHARE * _band(x, _BOX) + _CLARITY_SHARE * _band(x, _CLARITY)
    x = _without_hiss(x)
    return np.asarray(x * _evening(x), np.float32)


def _band(sound: NDArray[np.float64], band: tuple[float, float]) -> NDArray[np.float64]:
    """A band without a shift of its phase, so that it can be added or taken away."""
    return np.asarray(sosfiltfilt(butter(1, band, "bandpass", fs=SAMPLE_RATE, output="sos"), sound))


def _without_hiss(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sibilants no louder than their share of the voice around them."""
    hiss = _band(sound, _HISS)
    usual = max(1e-9, float(np.sqrt((sound**2).mean())))
    allowed = _HISS_ALLOWED * usual
    loud = _level(hiss)
    return sound - hiss * (1 - np.minimum(1.0, allowed / np.maximum(loud, 1e-9)))


def _evening(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """The gain of a gentle compressor."""
    decibels = 20 * np.log10(np.maximum(_level(sound), 1e-6))
    gain = -np.maximum(0.0, decibels - _KNEE) * (1 - 1 / _RATIO)
    return np.asarray(10 ** (gain / 20))


def _level(sound: NDArray[np.float64]) -> NDArray[np.float64]:
    """RMS that rises fast and falls slowly: the larger of a short and a long average."""
    short, long = (_averaged(sound**2, seconds) for seconds in (_ATTACK, _RELEASE))
    return np.sqrt(np.maximum(short, long))


def _averaged(power: NDArray[np.float64], seconds: float) -> NDArray[np.float64]:
    size = int(seconds * SAMPLE_RATE)
    sums = np.cumsum(np.pad(power, (size // 2 + 1, size - size // 2)))
    return np.asarray((sums[size:] - sums[:-size])[: len(power)] / size)
