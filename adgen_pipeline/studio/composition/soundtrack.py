"""Voice over music, at the loudness of the platforms: -14 LUFS, true peak under -1 dBTP after encoding.

-14 LUFS is what YouTube, TikTok and Instagram play at; BS.1770-4 is how it is measured.
"""

import numpy as np
import pyloudnorm
from numpy.typing import NDArray
from scipy.ndimage import minimum_filter1d
from scipy.signal import fftconvolve, resample_poly

from adgen_pipeline.contracts.storyboard import Audio
from adgen_pipeline.studio.composition.music import score
from adgen_pipeline.studio.composition.voice import Spoken, voice_track
from adgen_pipeline.studio.encoding import SAMPLE_RATE

Stereo = NDArray[np.float32]
"""n x 2 samples at 48 kHz."""

LOUDNESS = -14.0
CEILING = -2.0
"""dBTP before encoding: AAC overshoots by up to about 1 dB."""

_VOICE_LEVEL = -16.0  # LUFS before the mix
_MUSIC_LEVEL = -17.0  # LUFS at full volume, before ducking
_DUCKED = 0.32  # of its amplitude: -10 dB
_SHORTEST = 0.45  # seconds; loudness is defined over blocks of 0.4


def soundtrack(audio: Audio, segments: list[Spoken], seconds: float, seed: int) -> Stereo:
    """The ad's whole sound, as long as its picture; silence where nothing is asked for."""
    samples = round(seconds * SAMPLE_RATE)
    mix = np.zeros((samples, 2), np.float32)
    voice = _at_loudness(voice_track(segments, samples), _VOICE_LEVEL)
    if audio.music and audio.music.volume > 0:
        music = _at_loudness(score(audio.music, seconds, seed), _MUSIC_LEVEL + 20 * np.log10(audio.music.volume))
        mix += music * _ducking(voice)[:, None] if audio.music.ducking else music
    return mastered(mix + voice[:, None])


def mastered(mix: Stereo) -> Stereo:
    """`mix` at LOUDNESS, its peaks held under CEILING; silence stays silence."""
    limited = mix
    gain = 1.0
    for _ in range(6):
        level = loudness(limited)
        if level is None or (limited is not mix and abs(level - LOUDNESS) < 0.05):
            break
        gain *= 10 ** ((LOUDNESS - level) / 20)
        limited = _limited(mix * np.float32(gain))
    return limited


def loudness(sound: NDArray[np.float32]) -> float | None:
    """Integrated loudness in LUFS; None for silence or what is too short to have any."""
    if len(sound) < _SHORTEST * SAMPLE_RATE or not np.abs(sound).max() > 1e-5:
        return None
    level = float(pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(sound.astype(np.float64)))
    return level if np.isfinite(level) else None


def _at_loudness(sound: NDArray[np.float32], target: float) -> NDArray[np.float32]:
    level = loudness(sound)
    return sound if level is None else sound * np.float32(10 ** ((target - level) / 20))


def _ducking(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    """The music's gain: down just before words begin, up again once they are over."""
    speaking = fftconvolve(np.abs(voice), np.ones(_span(0.25)) / _span(0.25), "same") > 0.01
    held = fftconvolve(speaking.astype(np.float32), np.ones(_span(0.35)), "same") > 0.5
    bell = np.hanning(_span(0.4))
    smooth = fftconvolve(np.pad(held.astype(np.float32), len(bell), "edge"), bell / bell.sum(), "same")
    return (1 - (1 - _DUCKED) * smooth[len(bell) : -len(bell)]).astype(np.float32)


def _limited(sound: Stereo) -> Stereo:
    """A look-ahead limiter on true peaks (oversampled four times, as BS.1770 measures them)."""
    ceiling = 10 ** (CEILING / 20)
    peaks = np.max([_true_peaks(channel) for channel in sound.T], axis=0)
    wanted = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    span = _span(0.005)
    lowest = minimum_filter1d(wanted, 2 * span + 1)
    bell = np.hanning(2 * span + 3)[1:-1]
    gain = fftconvolve(np.pad(lowest, span, "edge"), bell / bell.sum(), "valid")
    return (sound * gain[:, None]).astype(np.float32)


def _true_peaks(channel: NDArray[np.float32]) -> NDArray[np.float32]:
    """The highest of the four oversampled values at each sample."""
    return np.abs(resample_poly(channel, 4, 1)).reshape(-1, 4).max(1)


def _span(seconds: float) -> int:
    return int(seconds * SAMPLE_RATE)
