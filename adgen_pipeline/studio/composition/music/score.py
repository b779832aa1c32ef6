"""From the request to the sound: the piece is written, played note by note, and mixed."""

import numpy as np
from numpy.typing import NDArray

from adgen_pipeline.contracts.storyboard import Music
from adgen_pipeline.studio.aac import SAMPLE_RATE
from adgen_pipeline.studio.composition.loudness import weighted
from adgen_pipeline.studio.composition.music.balance import balanced
from adgen_pipeline.studio.composition.music.form import form
from adgen_pipeline.studio.composition.music.moods import Mood, mood_of
from adgen_pipeline.studio.composition.music.room import answered
from adgen_pipeline.studio.composition.music.strokes import Stroke, arranged, strokes
from adgen_pipeline.studio.composition.music.synthesis import centred, warmed

Stereo = NDArray[np.float32]
"""n x 2 samples at 48 kHz."""

_REFERENCE = 0.1
"""K-weighted RMS of a note at 0 dB, in its loudest tenth of a second."""

_TOUCHES = 4  # degrees of touch an instrument is asked for
_PUMP_SECONDS = 0.11
_SILENT_END = 0.15  # seconds


def score(music: Music, seconds: float, seed: int, changes: tuple[float, ...] = ()) -> Stereo:
    """`seconds` of `music` as n x 2 samples; `changes` are the seconds at which its picture's scenes change.

    Beat 0 is second 0 and the tempo is the one asked for; where a change falls between two beats, those before it are
    bent by up to 5 %. The same arguments give the same samples.
    """
    mood = mood_of(music.mood)
    plan = form(music.tempo, seconds, changes, mood.opening, mood.ring)
    rng = np.random.default_rng((seed, 29))
    written = list(strokes(arranged(mood, rng), plan, seconds, rng))
    sound = _mixed(mood, written, round(seconds * SAMPLE_RATE))
    return _faded(sound, music.fade_in, min(music.fade_out, seconds - plan.beats.at(plan.last)))


def _mixed(mood: Mood, written: list[Stroke], samples: int) -> Stereo:
    """Rhythm beside what it presses down, on warm tape, in its hall."""
    rhythm, tuned, sent = _played(written, samples)
    tuned += answered(sent, mood.hall)
    del sent  # a minute of it is 23 MB
    tuned *= _pressed(written, samples, mood.pump)[:, None]
    rhythm += tuned
    del tuned
    return balanced(warmed(rhythm, mood.drive).astype(np.float32, copy=False))


def _played(written: list[Stroke], samples: int) -> tuple[Stereo, Stereo, Stereo]:
    """Rhythm, all else, and what of both goes to the hall; the notes, some 100 MB for a minute, are gone after it."""
    rhythm, tuned, sent = (np.zeros((samples, 2), np.float32) for _ in range(3))
    notes: dict[tuple[object, ...], Stereo] = {}
    for stroke in written:
        note = _note(stroke, notes)
        placed = _panned(note[: max(0, samples - round(stroke.at * SAMPLE_RATE))], stroke)
        _add(rhythm if stroke.rhythm else tuned, placed, stroke)
        if stroke.room:
            placed *= np.float32(stroke.room)
            _add(sent, placed, stroke)
    return rhythm, tuned, sent


def _note(stroke: Stroke, notes: dict[tuple[object, ...], Stereo]) -> Stereo:
    """The note that `stroke` asks for, each played once, all equally loud."""
    touch = max(1, round(stroke.touch * _TOUCHES)) / _TOUCHES
    key = (stroke.player, stroke.pitch, round(stroke.length, 3), touch)
    if key not in notes:
        rng = np.random.default_rng((stroke.pitch, round(touch * _TOUCHES)))
        raw = stroke.player(440 * 2 ** ((stroke.pitch - 69) / 12), round(stroke.length, 3), touch, rng)
        stereo = raw if raw.ndim == 2 else centred(raw)
        notes[key] = (stereo * (_REFERENCE / _presence(stereo))).astype(np.float32)
    return notes[key]


def _presence(note: NDArray[np.float64]) -> float:
    """K-weighted RMS of the loudest tenth of a second."""
    window = SAMPLE_RATE // 10
    power = (weighted(np.pad(note, ((0, window), (0, 0)))) ** 2).sum(1)
    blocks = np.add.reduceat(power, np.arange(0, len(power), window // 4)) / (window // 4)
    return float(np.sqrt(np.convolve(blocks, np.ones(4) / 4, "valid").max()))


def _panned(note: Stereo, stroke: Stroke) -> Stereo:
    angle = (stroke.pan + 1) * np.pi / 4
    gains = 10 ** (stroke.level / 20) * np.sqrt(2) * np.array([np.cos(angle), np.sin(angle)])
    return note * gains.astype(np.float32)


def _add(track: Stereo, note: Stereo, stroke: Stroke) -> None:
    first = round(stroke.at * SAMPLE_RATE)
    track[first : first + len(note)] += note


def _pressed(written: list[Stroke], samples: int, depth: float) -> NDArray[np.float32]:
    """The gain under the bass drum: down at once (without a click), back within two tenths of a second."""
    gain = np.ones(samples, np.float32)
    t = np.arange(int(5 * _PUMP_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    dip = (1 - depth * np.exp(-t / _PUMP_SECONDS) * np.clip(t / 0.004, 0, 1)).astype(np.float32)
    for stroke in written if depth else ():
        if stroke.thump:
            first = round(stroke.at * SAMPLE_RATE)
            part = gain[first : first + len(dip)]
            np.minimum(part, dip[: len(part)], out=part)
    return gain


def _faded(sound: Stereo, fade_in: float, fade_out: float) -> Stereo:
    """Faded in as asked; the last chord dies away within `fade_out`, and the last samples are silence."""
    at = np.arange(len(sound)) / SAMPLE_RATE
    left = at[::-1]
    gain = np.clip(at / max(fade_in, 0.002), 0, 1) * np.clip(left / max(fade_out, 0.02), 0, 1) ** 1.2
    gain *= np.sin(np.pi / 2 * np.clip(left / _SILENT_END, 0, 1))
    return sound * gain[:, None].astype(np.float32)
