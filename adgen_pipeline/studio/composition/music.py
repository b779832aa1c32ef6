"""A score by mood and tempo: it opens sparsely, fills up, and ends on its home chord together with the picture."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, fftconvolve, sosfilt

from adgen_pipeline.contracts.storyboard import Music
from adgen_pipeline.studio.composition.instruments import Instrument
from adgen_pipeline.studio.composition.moods import Chord, Mood, mood_of
from adgen_pipeline.studio.encoding import SAMPLE_RATE

_RING = 2.2  # seconds at most that the last chord is given
_STEPS = 16  # to a bar


@dataclass(frozen=True)
class _Stroke:
    """One note: who plays what, when (seconds), for how long, how loud, and where (-1 left to 1 right)."""

    player: Instrument
    pitch: int
    at: float
    length: float
    level: float
    pan: float = 0.0


def score(music: Music, seconds: float, seed: int) -> NDArray[np.float32]:
    """`seconds` of `music` as n x 2 samples, faded in and out as asked.

    The tempo is bent a little, so that whole bars lead up to the last chord.
    """
    mood = mood_of(music.mood)
    dry = np.zeros((round(seconds * SAMPLE_RATE), 2), np.float32)
    notes: dict[tuple[Instrument, int, float], NDArray[np.float32]] = {}
    for stroke in _strokes(mood, music.tempo, seconds, np.random.default_rng(seed)):
        key = (stroke.player, stroke.pitch, round(stroke.length, 3))
        if key not in notes:
            notes[key] = stroke.player(_hertz(stroke.pitch), stroke.length, np.random.default_rng((seed, stroke.pitch)))
        _add(dry, notes[key], stroke)
    return _faded(_in_a_room(dry, mood.room), music.fade_in, music.fade_out)


def _strokes(mood: Mood, tempo: float, seconds: float, rng: np.random.Generator) -> Iterator[_Stroke]:
    """All notes of the piece, bar by bar: pad and lead, then bass, then drums, then the ending."""
    body = seconds - min(_RING, seconds * 0.25)
    bars = max(1, round(body / (4 * 60 / tempo)))
    bar = body / bars
    for number in range(bars):
        chord, at = mood.chords[number % len(mood.chords)], number * bar
        yield from _pad(mood, chord, at, bar)
        yield from _lead(mood, chord, at, bar, rng)
        if number >= 1 or bars < 4:
            yield from _bass(mood, chord, at, bar)
        if number >= 2 or bars < 4:
            yield from _drums(mood, at, bar, rng, is_last=number == bars - 1)
    yield from _ending(mood, body, seconds - body)


def _pad(mood: Mood, chord: Chord, at: float, bar: float) -> Iterator[_Stroke]:
    for n, tone in enumerate(chord[1:5]):
        yield _Stroke(mood.pad, mood.root + tone, at, bar, 0.30 * mood.levels[0], (-0.6, 0.5, -0.25, 0.65)[n])


def _lead(mood: Mood, chord: Chord, at: float, bar: float, rng: np.random.Generator) -> Iterator[_Stroke]:
    for n, tone in enumerate(mood.figure):
        if tone is not None:
            touch = rng.uniform(0.75, 1.0) * (1.0 if n % 4 == 0 else 0.72)
            pitch = mood.root + 12 + chord[tone]
            yield _Stroke(
                mood.lead, pitch, at + n * bar / 8, bar / 8, 0.34 * touch * mood.levels[1], 0.45 * np.sin(n * 1.3)
            )


def _bass(mood: Mood, chord: Chord, at: float, bar: float) -> Iterator[_Stroke]:
    steps = [n for n, mark in enumerate(mood.bass_steps) if mark == "x"]
    for step, following in zip(steps, [*steps[1:], _STEPS], strict=True):
        length = (following - step) * bar / _STEPS * 0.92
        yield _Stroke(mood.bass, mood.root - 12 + chord[0], at + step * bar / _STEPS, length, 0.62 * mood.levels[2])


def _drums(mood: Mood, at: float, bar: float, rng: np.random.Generator, *, is_last: bool) -> Iterator[_Stroke]:
    """The rhythm; in the last bar its second half is left open for the ending."""
    for player, rhythm in mood.drums:
        for step, mark in enumerate(rhythm[: _STEPS // 2] if is_last else rhythm):
            if mark != ".":
                level = (0.55 if mark == "x" else 0.3) * rng.uniform(0.85, 1.0) * mood.levels[3]
                yield _Stroke(player, 60, at + step * bar / _STEPS, 0.1, level, 0.25 if step % 4 else 0.0)


def _ending(mood: Mood, at: float, ring: float) -> Iterator[_Stroke]:
    """Home: the first chord, rolled, and left to ring."""
    chord = mood.chords[0]
    yield _Stroke(mood.bass, mood.root - 12 + chord[0], at, ring * 0.8, 0.62 * mood.levels[2])
    for n, tone in enumerate(chord[1:]):
        yield _Stroke(mood.pad, mood.root + tone, at, ring * 0.7, 0.30 * mood.levels[0], 0.5 - 0.25 * n)
        yield _Stroke(mood.lead, mood.root + 12 + tone, at + 0.06 * n, ring, 0.30 * mood.levels[1], 0.25 * n - 0.5)
    if mood.drums:
        yield _Stroke(mood.drums[0][0], 60, at, 0.1, 0.6 * mood.levels[3])


def _add(track: NDArray[np.float32], note: NDArray[np.float32], stroke: _Stroke) -> None:
    first = round(stroke.at * SAMPLE_RATE)
    part = note[: max(0, len(track) - first)] * stroke.level
    angle = (stroke.pan + 1) * np.pi / 4
    track[first : first + len(part), 0] += part * np.cos(angle)
    track[first : first + len(part), 1] += part * np.sin(angle)


def _in_a_room(dry: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """`dry` with `share` of it heard back from the walls."""
    wet = [fftconvolve(channel, wall)[: len(dry)] for channel, wall in zip(dry.T, _walls(), strict=True)]
    return dry + share * np.stack(wet, 1).astype(np.float32)


@lru_cache(1)
def _walls() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Two different tails of filtered, dying noise: the left and the right of one hall."""
    t = np.arange(int(2.2 * SAMPLE_RATE)) / SAMPLE_RATE
    band = butter(2, (180, 6500), "bandpass", fs=SAMPLE_RATE, output="sos")
    tails = [sosfilt(band, np.random.default_rng(side).normal(0, 1, len(t))) * np.exp(-t * 2.7) for side in (1, 2)]
    left, right = ((tail / np.sqrt((tail**2).sum())).astype(np.float32) for tail in tails)
    return left, right


def _faded(sound: NDArray[np.float32], fade_in: float, fade_out: float) -> NDArray[np.float32]:
    at = np.arange(len(sound)) / SAMPLE_RATE
    left = len(sound) / SAMPLE_RATE - at
    gain = np.clip(at / max(fade_in, 0.005), 0, 1) * np.clip(left / max(fade_out, 0.02), 0, 1) ** 1.2
    return sound * gain[:, None].astype(np.float32)


def _hertz(pitch: int) -> float:
    return float(440 * 2 ** ((pitch - 69) / 12))
