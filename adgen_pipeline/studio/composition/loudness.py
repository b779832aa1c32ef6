"""How loud a sound is, after ITU-R BS.1770-4: K-weighted level, integrated loudness, true peaks."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly, sosfilt

from adgen_pipeline.studio.aac import SAMPLE_RATE

Sound = NDArray[np.float32]
"""n (mono) or n x 2 samples at 48 kHz."""

_SHORTEST = 0.45  # seconds; loudness is defined over blocks of 0.4
_SILENT = 1e-5
_ABSOLUTE_GATE, _RELATIVE_GATE = -70.0, -10.0  # LUFS, and LU under what passes the first
_AT_ONCE = 20  # tenths of a second
_K_WEIGHTING = np.array([
    [1.53512485958697, -2.69169618940638, 1.19839281085285, 1, -1.69065929318241, 0.73248077421585],
    [1.0, -2.0, 1.0, 1, -1.99004745483398, 0.99007225036621],
])  # fmt: skip
"""The two filters of BS.1770-4 at 48 kHz: the head, then the ear's deafness to the deep."""


def loudness(sound: Sound) -> float | None:
    """Integrated loudness in LUFS; None for silence or what is too short to have any."""
    if len(sound) < _SHORTEST * SAMPLE_RATE or not np.abs(sound).max() > _SILENT:
        return None
    blocks = np.convolve(_tenths(sound), np.ones(4) / 4, "valid")
    heard = blocks[blocks > _power(_ABSOLUTE_GATE)]
    if not len(heard):
        return None
    return _lufs(heard[heard > heard.mean() * 10 ** (_RELATIVE_GATE / 10)].mean())


def _tenths(sound: Sound) -> NDArray[np.float64]:
    """K-weighted power of each tenth of a second, all channels together; filtered a few seconds at a time, so that no
    second sound of that length is held."""
    sides = sound.reshape(len(sound), -1)
    step, state = SAMPLE_RATE // 10, np.zeros((len(_K_WEIGHTING), 2, sides.shape[1]))
    powers = []
    for first in range(0, len(sides) // step * step, _AT_ONCE * step):
        part = sides[first : min(first + _AT_ONCE * step, len(sides) // step * step)]
        heard, state = sosfilt(_K_WEIGHTING, part.astype(np.float64), axis=0, zi=state)
        powers.append((heard**2).sum(1).reshape(-1, step).mean(1))
    return np.concatenate(powers)


def _lufs(power: float) -> float:
    return float(-0.691 + 10 * np.log10(power))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def weighted(sound: NDArray[Any]) -> NDArray[Any]:
    """`sound` as the ear weighs it."""
    return np.asarray(sosfilt(_K_WEIGHTING, sound, axis=0))


def level(sound: NDArray[Any]) -> float:
    """K-weighted level of the whole of `sound` in LUFS, not gated; -120 at least."""
    power = (weighted(sound) ** 2).mean(0).sum()
    return float(-0.691 + 10 * np.log10(max(power, 1e-12)))


def moments(sound: NDArray[Any]) -> NDArray[Any]:
    """Momentary loudness of n x 2 samples, K-weighted over 0.4 s, ten times a second; -120 LUFS at least."""
    step = SAMPLE_RATE // 10
    power = (weighted(sound)[: len(sound) // step * step] ** 2).sum(1).reshape(-1, step).mean(1)
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(np.convolve(power, np.ones(4) / 4, "valid"), 1e-12)))


def true_peaks(sound: Sound) -> NDArray[np.float32]:
    """The highest of four oversampled values at each sample, over all channels."""
    channels = sound.T if sound.ndim == 2 else sound[None]
    highest = np.zeros(len(sound), np.float32)
    for channel in channels:
        fine = np.abs(resample_poly(channel, 4, 1))
        for phase in range(4):
            np.maximum(highest, fine[phase::4], out=highest)
    return highest
