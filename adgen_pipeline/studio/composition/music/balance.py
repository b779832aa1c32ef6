"""Tonal balance: no mud, no glare, whatever the seed has put together."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft, next_fast_len, rfft

from adgen_pipeline.studio.aac import SAMPLE_RATE

EDGES = (20, 60, 120, 250, 500, 1000, 2000, 4000, 8000, 16_000)
"""Hz between the bands that are weighed against each other."""

TARGET = (-10.0, -6.0, -7.5, -8.0, -9.0, -12.0, -16.0, -20.0, -25.0)
"""dB of each band's share of the whole: roughly what released pop and film music averages, a little clearer below."""

_SHARE, _MOST = 0.6, 5.0  # of the distance to the target; dB at most
_LOWEST = 28.0  # Hz; nothing is kept below


def balanced(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """n x 2 samples with each band moved part of the way to TARGET, by one smooth filter for both sides."""
    size = next_fast_len(len(sound) + SAMPLE_RATE, real=True)
    spectra = [rfft(side, size) for side in np.ascontiguousarray(sound.T)]
    hz = np.fft.rfftfreq(size, 1 / SAMPLE_RATE)
    moves = _SHARE * (np.array(TARGET) - _shares(hz, np.abs(spectra[0]) ** 2 + np.abs(spectra[1]) ** 2))
    moves = np.clip(moves - np.average(moves, weights=10 ** (np.array(TARGET) / 10)), -_MOST, _MOST)
    centres = np.sqrt(np.array(EDGES[:-1]) * np.array(EDGES[1:]))
    gain = 10 ** (np.interp(np.log(np.maximum(hz, 1.0)), np.log(centres), moves) / 20)
    gain *= 1 / np.sqrt(1 + (_LOWEST / np.maximum(hz, 0.1)) ** 8)
    sides = [irfft(spectrum * gain.astype(np.float32), size)[: len(sound)] for spectrum in spectra]
    return np.stack(sides, 1).astype(np.float32)


def shares(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """How many dB below the whole each band between EDGES lies, both sides together."""
    power = (np.abs(rfft(np.ascontiguousarray(sound.T))) ** 2).sum(0)
    return _shares(np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE), power)


def _shares(hz: NDArray[Any], power: NDArray[Any]) -> NDArray[np.float64]:
    places = np.searchsorted(hz, EDGES)
    sums = np.add.reduceat(power.astype(np.float64), places)[:-1]
    return np.asarray(10 * np.log10(np.maximum(sums, 1e-12) / max(sums.sum(), 1e-9)))
