"""What instruments are made of: oscillators, strings that are plucked, struck bars, noise and envelopes, at 48 kHz."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from adgen_pipeline.studio.aac import SAMPLE_RATE

Wave = NDArray[np.float64]
"""n samples, or n x 2 where the instrument has a width of its own."""

TURN = 2 * np.pi
_TABLE = 16_384
_HIGHEST = 16_000.0  # Hz; no partial above, so that nothing folds back
_FADED = 9.0  # nepers: -78 dB


def clock(seconds: float) -> Wave:
    """The times of so many seconds of samples."""
    return np.arange(max(2, int(seconds * SAMPLE_RATE))) / SAMPLE_RATE


def held(t: Wave, length: float, attack: float, release: float) -> Wave:
    """In over `attack`, full until `length`, out over `release` seconds, without a corner."""
    rise = np.sin(TURN / 4 * np.clip(t / attack, 0, 1)) ** 2
    return rise * np.cos(TURN / 4 * np.clip((t - length) / release, 0, 1)) ** 2


def struck(t: Wave, rate: float, attack: float = 0.002) -> Wave:
    """In at once, then dying away by `rate` nepers a second, to nothing at the end."""
    return np.minimum(1, t / attack) * np.exp(-t * rate) * np.clip((t[-1] - t) / min(0.03, t[-1] / 4), 0, 1)


def damped(t: Wave, length: float, rate: float, release: float = 0.25) -> Wave:
    """`struck`, and damped once the key is let go after `length` seconds."""
    return struck(t, rate) * held(t, length, 0.001, release)


def noise(t: Wave, band: tuple[float, float], rng: np.random.Generator) -> Wave:
    """Noise between two frequencies in Hz."""
    return passed(rng.normal(0, 1, len(t)), band)


def passed(sound: Wave, band: tuple[float, float]) -> Wave:
    """What of `sound` lies between two frequencies in Hz."""
    return np.asarray(sosfilt(butter(2, band, "bandpass", fs=SAMPLE_RATE, output="sos"), sound))


def saw(hz: float, cutoff: float, *formants: tuple[float, float, float]) -> Wave:
    """Amplitudes of a saw's partials behind a low-pass, lifted around each formant (Hz, width in Hz, gain)."""
    k = np.arange(1, max(2, int(_HIGHEST / hz)) + 1)
    body = 1 + sum(gain * np.exp(-(((k * hz - centre) / width) ** 2)) for centre, width, gain in formants)
    return np.asarray(body / k / np.sqrt(1 + (k * hz / cutoff) ** 6))


def square(hz: float, cutoff: float) -> Wave:
    """The same of a square wave."""
    partials = saw(hz, cutoff)
    partials[1::2] *= 0.06
    return partials


def unison(
    hz: float,
    t: Wave,
    dark: Wave,
    rng: np.random.Generator,
    *,
    bright: Wave | None = None,
    opening: Wave | float = 0.0,
    voices: int = 5,
    cents: float = 8.0,
    vibrato: float = 0.0,
    width: float = 0.8,
) -> Wave:
    """Several players of one note, side by side (n x 2): out of tune by up to `cents`, with `vibrato` cents each.

    The partials go from `dark` to `bright` as `opening` goes from 0 to 1: a filter that moves.
    """
    phases = rng.uniform(0, TURN, len(dark))
    tables = [_cycle(partials, phases) for partials in (dark, *(() if bright is None else (bright,)))]
    left, right = np.zeros(len(t)), np.zeros(len(t))
    for place in np.linspace(-1, 1, voices) if voices > 1 else (0.0,):
        own = hz * 2 ** (cents * rng.uniform(0.6, 1) * rng.choice((-1, 1)) * abs(place) / 1200)
        phase = own * t + rng.uniform()
        if vibrato:
            rate = rng.uniform(4.8, 5.6)
            phase += hz * (2 ** (vibrato / 1200) - 1) / (TURN * rate) * np.sin(TURN * (rate * t + rng.uniform()))
        where = np.floor(phase * _TABLE).astype(np.int64) & (_TABLE - 1)
        voice = tables[0][where]
        if bright is not None:
            voice = voice + opening * (tables[1][where] - voice)
        angle = (place * width + 1) * TURN / 8
        left += voice * np.cos(angle)
        right += voice * np.sin(angle)
    return np.stack([left, right], 1)


def _cycle(partials: Wave, phases: Wave) -> Wave:
    """One turn, so finely that the nearest value is near enough (its error is 75 dB down)."""
    spectrum = np.zeros(_TABLE // 2 + 1, complex)
    count = min(len(partials), _TABLE // 2 - 1)
    spectrum[1 : count + 1] = partials[:count] * np.exp(1j * phases[:count])
    return np.fft.irfft(spectrum, _TABLE) * _TABLE / 2


def modulated(hz: float, t: Wave, ratio: float, index: Wave | float) -> Wave:
    """A sine whose phase another one moves, `ratio` times as fast, by `index` radians."""
    return np.asarray(np.sin(TURN * hz * t + index * np.sin(TURN * ratio * hz * t)))


def bar(hz: float, t: Wave, *partials: tuple[float, float, float]) -> Wave:
    """A struck bar, bell or string: partials as (multiple of `hz`, amplitude, rate of decay in nepers a second)."""
    sound = np.zeros(len(t))
    for multiple, amplitude, rate in partials:
        if multiple * hz < _HIGHEST:
            heard = t[: int(_FADED / rate * SAMPLE_RATE)]
            sound[: len(heard)] += amplitude * np.exp(-heard * rate) * np.sin(TURN * multiple * hz * heard)
    return sound


def string(hz: float, seconds: float, ring: float, bright: float, rng: np.random.Generator) -> Wave:
    """A plucked string after Karplus and Strong, in tune; falls by 60 dB in `ring` seconds, at 3 kHz in `bright`.

    A period of noise runs round and loses a little of its height and edge each time.
    """
    blend = _blend(hz, bright)
    period = int(SAMPLE_RATE / hz - blend) + 1
    keep = 10 ** (-3 / hz / ring)
    loop = _plucked(period, min(9000.0, 2500 * bright + hz * 4), rng)
    # Positions run faster than the loop's samples by the part of a sample that its whole period is too long.
    faster = hz * (period + blend) / SAMPLE_RATE
    count = int(seconds * SAMPLE_RATE * faster / period) + 2
    turns, last = np.empty((count, period)), 0.0
    for n in range(count):
        turns[n] = loop
        behind = np.concatenate(([last], loop[:-1]))
        last = loop[-1]
        loop = keep * ((1 - blend) * loop + blend * behind)
    track = turns.ravel()
    return np.interp(np.arange(int(seconds * SAMPLE_RATE)) * faster, np.arange(len(track)), track)


def _blend(hz: float, bright: float) -> float:
    """How much of its neighbour a sample takes on in each turn, from the decay wanted at 3 kHz."""
    product = min(0.25, 89 / (bright * hz))
    return float(0.5 * (1 - np.sqrt(1 - 4 * product)))


def _plucked(period: int, cutoff: float, rng: np.random.Generator) -> Wave:
    """One period of noise, softened by the finger, without what a string picked at a fifth of its length lacks."""
    spectrum = np.exp(1j * rng.uniform(0, TURN, period // 2 + 1))
    k = np.arange(len(spectrum))
    spectrum *= np.abs(np.sin(np.pi * k / 5)) + 0.15
    spectrum /= 1 + (k * SAMPLE_RATE / period / cutoff) ** 2
    spectrum[0] = 0
    raw = np.fft.irfft(spectrum, period)
    return np.asarray(raw / np.abs(raw).max())


def body(sound: Wave, *resonances: tuple[float, float, float]) -> Wave:
    """`sound` with the wood or the cabinet around it: resonances as (lower Hz, upper Hz, gain)."""
    filtered = (
        gain * sosfilt(butter(1, (low, high), "bandpass", fs=SAMPLE_RATE, output="sos"), sound, axis=0)
        for low, high, gain in resonances
    )
    return np.asarray(sound + sum(filtered))


def warmed(sound: NDArray[Any], drive: float) -> NDArray[Any]:
    """Bent softly, as a tube or a tape does; its highest peak stays at 1."""
    top = np.abs(sound).max()
    return np.asarray(np.tanh(drive * sound / top) / np.tanh(drive)) if top > 0 else sound


def centred(sound: Wave) -> Wave:
    """n samples as n x 2, equal on both sides."""
    return np.stack([sound, sound], 1)
