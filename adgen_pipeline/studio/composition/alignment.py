"""Where in a spoken sentence its phrases begin: the sentence is laid beside its phrases spoken one by one.

The voice tells no times of words. Spoken alone, a phrase sounds much as it does within its sentence, only slower or
faster in places: dynamic time warping (Sakoe and Chiba, 1978) finds where one becomes the next.
"""

import numpy as np
from numpy.typing import NDArray

FRAME = 0.010
"""Seconds of one step of the comparison."""

_BANDS = 24
_NEAR = 0.06  # seconds around the border in which its quietest moment is taken
_PAUSE = 10**-3.3  # of the sentence's highest power: nobody speaks below


def borders(whole: NDArray[np.float32], parts: list[NDArray[np.float32]], rate: int) -> list[tuple[float, float]]:
    """Where one part ends and the next begins, as seconds of `whole` (mono, `rate` samples a second)."""
    if len(parts) < 2:
        return []
    spoken, alone = _features(whole, rate), [_features(part, rate) for part in parts]
    path = _path(spoken, np.concatenate(alone))
    ends = np.cumsum([len(part) for part in alone])[:-1]
    return [_gap(whole, float(np.median(path[0][path[1] == end])) * FRAME, rate) for end in ends]


def _features(sound: NDArray[np.float32], rate: int) -> NDArray[np.float64]:
    """Logarithmic spectra, frame by frame, each free of its own level."""
    step, size = int(FRAME * rate), int(0.025 * rate)
    padded = np.pad(sound.astype(np.float64), (size // 2, size))
    frames = np.lib.stride_tricks.sliding_window_view(padded, size)[: len(sound) : step] * np.hanning(size)
    power = np.abs(np.fft.rfft(frames, 1024)) ** 2
    edges = np.unique(np.geomspace(4, 300, _BANDS + 1).astype(int))
    bands = np.log(np.add.reduceat(power, edges, axis=1)[:, :-1] + 1e-5)
    return np.asarray(np.hstack([bands - bands.mean(1, keepdims=True), 2 * bands.mean(1, keepdims=True)]))


def _path(a: NDArray[np.float64], b: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The cheapest way through both, as pairs of frames."""
    cost = np.sqrt(((a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T).clip(0))
    total = np.full((len(a) + 1, len(b) + 1), np.inf)
    total[0, 0] = 0
    for diagonal in range(2, len(a) + len(b) + 1):
        i = np.arange(max(1, diagonal - len(b)), min(len(a), diagonal - 1) + 1)
        j = diagonal - i
        before = np.minimum(np.minimum(total[i - 1, j], total[i, j - 1]), total[i - 1, j - 1])
        total[i, j] = cost[i - 1, j - 1] + before
    return _walked(total)


def _walked(total: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    i, j = total.shape[0] - 1, total.shape[1] - 1
    steps = []
    while i > 0 and j > 0:
        steps.append((i - 1, j - 1))
        i, j = min(((i - 1, j - 1), (i - 1, j), (i, j - 1)), key=lambda place: total[place])
    first, second = np.array(steps[::-1]).T
    return first, second


def _gap(sound: NDArray[np.float32], seconds: float, rate: int) -> tuple[float, float]:
    """The pause around the quietest moment near `seconds`: where words part. Without one, that moment twice."""
    hop = int(0.005 * rate)
    blocks = sound[: len(sound) // hop * hop].astype(np.float64).reshape(-1, hop)
    energy = np.convolve((blocks**2).mean(1), np.ones(3) / 3, "same")
    near = max(0, round((seconds - _NEAR) * rate / hop))
    first = last = near + int(energy[near : round((seconds + _NEAR) * rate / hop) + 1].argmin())
    quiet = _PAUSE * energy.max()
    while first > 0 and energy[first - 1] < quiet:
        first -= 1
    while last < len(energy) - 1 and energy[last] < quiet:
        last += 1
    return min(first, last) * hop / rate, last * hop / rate
