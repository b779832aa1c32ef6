"""Every note of a piece: who plays what, when, how long and how hard."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from adgen_pipeline.studio.composition.music.form import Bar, Form
from adgen_pipeline.studio.composition.music.harmony import Chord, low
from adgen_pipeline.studio.composition.music.instruments import Instrument
from adgen_pipeline.studio.composition.music.moods import Mood, Part

_STEPS = 4  # to a beat
_TOUCH = {"x": 1.0, "o": 0.62, "-": 0.38}
_ACCENTS = (1.0, 0.66, 0.78, 0.66, 0.86, 0.64, 0.76, 0.64, 0.94, 0.66, 0.78, 0.66, 0.86, 0.64, 0.76, 0.70)
"""How hard each sixteenth of a bar is played in a figure or a bass."""

_BASS = {"0": 0, "5": 7, "8": 12}
_HIGHEST = 98  # MIDI note; what a figure climbs to beyond it is shrill, and played an octave lower
_ROLLED = 0.045  # seconds between the notes of the last chord
_CARD_LEVEL = 3.0  # dB more on the first beat of the end card


@dataclass(frozen=True)
class Stroke:
    """One note: MIDI `pitch`, `at` and `length` in seconds, `touch` 0 to 1, `level` in dB, `pan` -1 left to 1 right.

    `room` is the share of it that the hall answers; a `thump` is a bass drum's, which presses the others down.
    """

    player: Instrument
    pitch: int
    at: float
    length: float
    touch: float
    level: float
    pan: float = 0.0
    room: float = 0.0
    thump: bool = False
    rhythm: bool = False


@dataclass(frozen=True)
class Arrangement:
    """What the seed has chosen: the key, the chords, each part's lines (the second for every fourth bar), the side."""

    mood: Mood
    home: int
    chords: tuple[Chord, ...]
    lines: tuple[tuple[str, str], ...]
    side: int


def arranged(mood: Mood, rng: np.random.Generator) -> Arrangement:
    """One way to play `mood`."""
    lines = tuple((str(line), str(other)) for line, other in (_two(part.steps, rng) for part in mood.parts))
    chosen = mood.progressions[int(rng.integers(len(mood.progressions)))]
    return Arrangement(mood, mood.home + int(rng.integers(-2, 4)), chosen, lines, int(rng.choice((-1, 1))))


def _two(steps: tuple[str, ...], rng: np.random.Generator) -> tuple[str, str]:
    order = rng.permutation(len(steps))
    return steps[order[0]], steps[order[1 % len(steps)]]


def strokes(piece: Arrangement, plan: Form, seconds: float, rng: np.random.Generator) -> Iterator[Stroke]:
    """The whole piece: part by part through all bars, then the changes of scene, then the ending."""
    for part, lines in zip(piece.mood.parts, piece.lines, strict=True):
        for number, bar in enumerate(plan.bars):
            if bar.strength >= part.enters:
                chord = piece.chords[number % len(piece.chords)]
                yield from _played(piece, part, lines[number % 4 == 3], bar, chord, plan, rng)
                if bar.opens and bar.first and part is _melody(piece.mood):
                    yield from _rolled(piece, part, chord, (0, 2), plan.beats.at(bar.first), 2.0, part.level - 1)
    yield from _changes(piece, plan)
    yield from _ending(piece, plan.beats.at(plan.last), seconds)


def _played(
    piece: Arrangement, part: Part, line: str, bar: Bar, chord: Chord, plan: Form, rng: np.random.Generator
) -> Iterator[Stroke]:
    """One part through one bar."""
    count = (bar.beats - (bar.breath if part.role != "chords" else 0)) * _STEPS
    marks = [(n, line[n % 16]) for n in range(count) if line[n % 16] != "."]
    stops = [*(n for n, _ in marks[1:]), count][: len(marks)]
    mood = piece.mood
    for (step, mark), stop in zip(marks, stops, strict=True):
        start = plan.beats.at(bar.first + step / _STEPS)
        length = (plan.beats.at(bar.first + stop / _STEPS) - start) * part.gate
        late = mood.swing * (plan.beats.at(bar.first + (step + 1) / _STEPS) - start) if step % 2 else 0.0
        human = 0.0 if step == 0 and part.role in ("drum", "bass") else float(rng.normal(0, mood.loose))
        touch = _TOUCH.get(mark, _ACCENTS[step % 16]) * float(rng.uniform(0.9, 1.06))
        at = max(0.0, start + late + min(2 * mood.loose, max(-2 * mood.loose, human)))
        yield from _notes(piece, part, mark, chord, at, length, touch, bar.strength)


def _notes(
    piece: Arrangement, part: Part, mark: str, chord: Chord, at: float, length: float, touch: float, strength: float
) -> Iterator[Stroke]:
    """The pitches that `mark` asks of `part` over `chord`; quieter scenes are played more softly."""
    level = part.level + 24 * np.log10(min(1.0, touch)) - 3.0 * (1 - strength)
    pitches = _pitches(piece, part, mark, chord)
    level -= 10 * np.log10(len(pitches)) * 0.7
    for n, pitch in enumerate(pitches):
        spread = 0.0 if len(pitches) == 1 else 0.22 * (n / (len(pitches) - 1) - 0.5)
        yield Stroke(
            part.player, pitch, at, length, min(1.0, touch * (0.75 + 0.25 * strength)), float(level),
            (part.pan + spread) * piece.side, part.room,
            thump=part.role == "drum" and part is _bass_drum(piece.mood), rhythm=part.role in ("drum", "bass"),
        )  # fmt: skip


def _pitches(piece: Arrangement, part: Part, mark: str, chord: Chord) -> list[int]:
    if part.role == "drum":
        return [60]
    if part.role == "chords":
        return chord.voiced(piece.home, part.around)
    if part.role == "bass":
        return [low(piece.home + chord.bass, part.around) + _BASS[mark]]
    pitch = chord.tone(int(mark), piece.home, part.around)
    return [pitch if pitch <= _HIGHEST else pitch - 12]


def _rolled(
    piece: Arrangement, part: Part, chord: Chord, tones: tuple[int, ...], at: float, length: float, level: float
) -> Iterator[Stroke]:
    """Tones of `chord`, one right after the other, each a little softer."""
    for n, tone in enumerate(tones):
        pitch = chord.tone(tone, piece.home, part.around)
        yield Stroke(part.player, pitch, at + n * _ROLLED, length, 0.9 - 0.1 * n, level, 0.2 * n - 0.3, 0.4)


def _melody(mood: Mood) -> Part | None:
    return next((part for part in mood.parts if part.role == "figure"), None)


def _bass_drum(mood: Mood) -> Part | None:
    return next((part for part in mood.parts if part.role == "drum"), None)


def _changes(piece: Arrangement, plan: Form) -> Iterator[Stroke]:
    """The first beat is struck; into each change something swells, and on it something falls."""
    mood = piece.mood
    yield Stroke(*_landing(mood), 0.0, 1.0, 0.8, mood.landing[1] - 4, room=0.3)
    before = 0
    for number, beat in enumerate(plan.changes):
        at = plan.beats.at(beat)
        length = min(at - plan.beats.at(max(before, beat - 4)), 2.4) * 0.96
        louder = _CARD_LEVEL if number == len(plan.changes) - 1 else 0.0
        if length > 0.3:
            yield Stroke(mood.leading[0], 60, at - length, length, 0.8, mood.leading[1] + louder, room=0.2)
        yield Stroke(*_landing(mood), at, 1.0, 0.8, mood.landing[1] + louder, room=0.3)
        before = beat
    yield from _fills(piece, plan)


def _landing(mood: Mood) -> tuple[Instrument, int]:
    return mood.landing[0], 60


def _fills(piece: Arrangement, plan: Form) -> Iterator[Stroke]:
    """In the last beat before a new scene, once the drums are in."""
    fill = piece.mood.fill
    for bar in plan.bars:
        if fill and bar.closes and bar.beats > 1 and bar.strength > 0.5 and not bar.breath:
            for n, mark in enumerate(fill[1]):
                if mark != ".":
                    at = plan.beats.at(bar.first + bar.beats - 1 + n / _STEPS)
                    yield Stroke(
                        fill[0], 60, at, 0.1, _TOUCH[mark], -12 + n + 20 * np.log10(_TOUCH[mark]), 0.2, 0.1, rhythm=True
                    )


def _ending(piece: Arrangement, at: float, seconds: float) -> Iterator[Stroke]:
    """Home: the last chord, rolled by the first melody, struck by all, left to ring."""
    mood, ring, chord = piece.mood, seconds - at, piece.mood.ending
    for part in mood.parts:
        level = part.level - 1.0
        if part.role == "bass":
            pitch = low(piece.home + chord.bass, part.around)
            yield Stroke(part.player, pitch, at, ring * 0.8, 0.9, level, room=part.room, rhythm=True)
        elif part.role == "chords" and part.enters <= 0.7:
            for pitch in chord.voiced(piece.home, part.around):
                yield Stroke(part.player, pitch, at, ring * 0.55, 0.8, level - 4, part.pan * piece.side, part.room)
        elif part is _melody(mood):
            yield from _rolled(piece, part, chord, (0, 2, 3, 5), at, ring * 0.7, level - 2)
    yield Stroke(*_landing(mood), at, 1.0, 0.8, mood.landing[1], room=0.35)
    if drum := _bass_drum(mood):
        yield Stroke(drum.player, 60, at, 0.1, 0.9, drum.level, room=0.2, rhythm=True)
