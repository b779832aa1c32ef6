"""What the music is played on: each instrument gives one note as mono samples at 48 kHz, about -1 to 1.

All take the pitch in Hz, the length in seconds until the key is let go, and a random generator of their own.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from adgen_pipeline.studio.encoding import SAMPLE_RATE

Note = NDArray[np.float32]
Instrument = Callable[[float, float, np.random.Generator], Note]

_TURN = 2 * np.pi


def _time(seconds: float) -> NDArray[np.float64]:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _held(t: NDArray[np.float64], length: float, attack: float, release: float) -> NDArray[np.float64]:
    """In over `attack`, full until `length`, out over `release`."""
    return np.minimum(1, t / attack) * np.clip(1 - (t - length) / release, 0, 1)


def _filtered(sound: NDArray[np.float64], kind: str, hz: float | tuple[float, float]) -> NDArray[np.float64]:
    return np.asarray(sosfilt(butter(2, hz, kind, fs=SAMPLE_RATE, output="sos"), sound))


def strings(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A slow, warm section: detuned partials that breathe."""
    t = _time(length + 1.4)
    sound = np.zeros_like(t)
    for detune in (-0.0028, 0.0, 0.0031):
        for partial in range(1, 7):
            breath = 0.7 + 0.3 * np.sin(_TURN * (0.1 + 0.04 * partial) * t + rng.uniform(0, _TURN))
            phase = rng.uniform(0, _TURN)
            sound += breath * np.sin(_TURN * hz * (1 + detune) * partial * t + phase) / partial**1.6
    return (sound * _held(t, length, 0.7, 1.4) * 0.16).astype(np.float32)


def choir(hz: float, length: float, rng: np.random.Generator) -> Note:
    """Airy, with a vowel's two bands."""
    t = _time(length + 1.8)
    vibrato = 0.004 * np.sin(_TURN * 4.6 * t + rng.uniform(0, _TURN))
    phase = _TURN * np.cumsum(hz * (1 + vibrato)) / SAMPLE_RATE
    air = rng.normal(0, 0.05, len(t))
    raw = air + np.sum([np.sin(k * phase + rng.uniform(0, _TURN)) / k for k in range(1, 14)], axis=0)
    sound = _filtered(raw, "bandpass", (420, 980)) + 0.5 * _filtered(raw, "bandpass", (1900, 2900))
    return (sound * _held(t, length, 0.9, 1.8) * 0.30).astype(np.float32)


def synth_pad(hz: float, length: float, rng: np.random.Generator) -> Note:
    """Saws behind a closed filter."""
    t = _time(length + 0.9)
    raw = np.sum([2 * ((hz * (1 + d) * t + rng.uniform()) % 1) - 1 for d in (-0.005, 0.0, 0.006)], axis=0)
    return (_filtered(raw, "lowpass", min(2400, hz * 5)) * _held(t, length, 0.25, 0.9) * 0.16).astype(np.float32)


def piano(hz: float, length: float, rng: np.random.Generator) -> Note:
    """Struck and ringing; higher partials die sooner and sit a little sharp."""
    t = _time(min(length + 1.6, 4.0))
    sound = np.zeros_like(t)
    for k in range(1, 9):
        sound += np.sin(_TURN * hz * k * np.sqrt(1 + 0.0004 * k * k) * t) * np.exp(-t * (0.8 + 0.55 * k)) / k**1.25
    sound += _filtered(rng.normal(0, 1, len(t)), "lowpass", 1800) * np.exp(-t * 90) * 0.12
    return (sound * _held(t, length, 0.003, 1.2) * 0.42).astype(np.float32)


def bells(hz: float, length: float, rng: np.random.Generator) -> Note:
    """Frequency modulation that starts bright and ends as a sine."""
    t = _time(2.4)
    sound = np.sin(_TURN * hz * t + 1.5 * np.exp(-t * 7) * np.sin(_TURN * 3.01 * hz * t))
    return (sound * np.exp(-t * 2.2) * np.minimum(1, t / 0.003) * 0.42).astype(np.float32)


def pluck(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A synthetic string whose filter closes."""
    t = _time(0.9)
    sound = sum(np.sin(_TURN * hz * k * t) * np.exp(-t * (3 + 2.2 * k)) / k for k in range(1, 12))
    return (sound * np.minimum(1, t / 0.002) * 0.40).astype(np.float32)


def marimba(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A wooden bar: the fundamental and its fourth partial."""
    t = _time(0.8)
    sound = np.sin(_TURN * hz * t) * np.exp(-t * 6) + 0.35 * np.sin(_TURN * 3.93 * hz * t) * np.exp(-t * 22)
    click = _filtered(rng.normal(0, 1, len(t)), "bandpass", (900, 3500)) * np.exp(-t * 160) * 0.2
    return ((sound + click) * np.minimum(1, t / 0.002) * 0.6).astype(np.float32)


def guitar(hz: float, length: float, rng: np.random.Generator) -> Note:
    """Karplus and Strong's plucked string, as a comb of decaying partials of a noise burst."""
    t = _time(1.9)
    weights = rng.uniform(0.4, 1.0, 14) / np.arange(1, 15) ** 0.9
    sound = sum(w * np.sin(_TURN * hz * k * t) * np.exp(-t * (1.3 + 0.28 * k * k)) for k, w in enumerate(weights, 1))
    return (sound * np.minimum(1, t / 0.002) * 0.36).astype(np.float32)


def lead(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A square voice, short and bright."""
    t = _time(min(length, 0.5) + 0.12)
    sound = sum(np.sin(_TURN * hz * k * t) / k for k in range(1, 12, 2))
    return (sound * _held(t, min(length, 0.5) * 0.7, 0.005, 0.12) * np.exp(-t * 3) * 0.34).astype(np.float32)


def deep_bass(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A round sine with a trace of its octave."""
    t = _time(length + 0.25)
    sound = np.sin(_TURN * hz * t) + 0.22 * np.sin(2 * _TURN * hz * t) + 0.06 * np.sin(3 * _TURN * hz * t)
    return (sound * _held(t, length, 0.02, 0.25) * np.exp(-t * 0.5) * 0.6).astype(np.float32)


def synth_bass(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A filtered saw that bites."""
    t = _time(length + 0.06)
    raw = 2 * ((hz * t) % 1) - 1
    bite = np.exp(-t * 9)
    sound = _filtered(raw, "lowpass", 280) * (1 - bite) + _filtered(raw, "lowpass", 1100) * bite
    return (sound * _held(t, length * 0.85, 0.004, 0.06) * 0.62).astype(np.float32)


def kick(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A drum that falls to 48 Hz."""
    t = _time(0.42)
    sound = np.sin(_TURN * (48 * t + 3.6 * (1 - np.exp(-t * 30)))) * np.exp(-t * 8)
    return (sound * np.minimum(1, t / 0.001) * 0.95).astype(np.float32)


def soft_kick(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A heartbeat rather than a drum."""
    t = _time(0.5)
    return (np.sin(_TURN * (46 * t + 1.3 * (1 - np.exp(-t * 22)))) * np.exp(-t * 7) * 0.6).astype(np.float32)


def snare(hz: float, length: float, rng: np.random.Generator) -> Note:
    """A clap: three bursts and a tail."""
    t = _time(0.26)
    bursts = sum(np.where(t >= at, np.exp(-(t - at) * 190), 0) for at in (0.0, 0.011, 0.022))
    noise = _filtered(rng.normal(0, 1, len(t)), "bandpass", (900, 5200))
    return (noise * (0.5 * bursts + np.exp(-t * 20) * 0.6) * 0.55).astype(np.float32)


def snap(hz: float, length: float, rng: np.random.Generator) -> Note:
    """Fingers."""
    t = _time(0.12)
    return (_filtered(rng.normal(0, 1, len(t)), "bandpass", (1600, 4200)) * np.exp(-t * 55) * 0.7).astype(np.float32)


def hat(hz: float, length: float, rng: np.random.Generator) -> Note:
    """Closed."""
    t = _time(0.07)
    return (_filtered(rng.normal(0, 1, len(t)), "highpass", 7500) * np.exp(-t * 70) * 0.30).astype(np.float32)


def shaker(hz: float, length: float, rng: np.random.Generator) -> Note:
    """Grains that swell and go."""
    t = _time(0.11)
    swell = np.sin(np.pi * np.minimum(1, t / 0.1)) ** 2
    return (_filtered(rng.normal(0, 1, len(t)), "bandpass", (4200, 9500)) * swell * 0.30).astype(np.float32)
