"""The music's form: its beats laid under the picture's changes, its scenes each with their strength, and its end.

The tempo is the one asked for. Where a change would fall between two beats, the beats before it are drawn together or
apart by up to 5 % until one falls on it: bars begin with scenes.
"""

from dataclasses import dataclass

_BEND = 0.05
_LONGER = 1.6  # seconds more than asked that it may ring, so that it falls on a bar
_SHORTEST_SCENE = 4  # beats; a shorter one is played through
_BAR = 4


@dataclass(frozen=True)
class Beats:
    """The times of all beats of an ad, in seconds; beat 0 is second 0."""

    times: tuple[float, ...]

    def at(self, beat: float) -> float:
        """When that (part of a) beat falls."""
        whole = min(int(beat), len(self.times) - 2)
        return self.times[whole] + (beat - whole) * (self.times[whole + 1] - self.times[whole])

    def nearest(self, seconds: float) -> int:
        """The number of the beat nearest to that time."""
        return min(range(len(self.times)), key=lambda n: abs(self.times[n] - seconds))


@dataclass(frozen=True)
class Bar:
    """So many `beats` from beat `first` on, played with a `strength` from 0 to 1. `opens` a scene, or `closes` one.

    In its last `breath` beats rhythm and bass are silent.
    """

    first: int
    beats: int
    strength: float
    opens: bool = False
    closes: bool = False
    breath: int = 0


@dataclass(frozen=True)
class Form:
    """All bars, the scene changes that are marked (beats), and the beat on which the last chord falls."""

    beats: Beats
    bars: tuple[Bar, ...]
    changes: tuple[int, ...]
    last: int


def form(tempo: float, seconds: float, changes: tuple[float, ...], opening: float, ring: float) -> Form:
    """The form of an ad of `seconds` whose scenes change at `changes`; its first scene is as strong as `opening`.

    The last chord is given `ring` seconds or more.
    """
    inside = tuple(sorted(change for change in changes if 0.2 < change < seconds - 0.5))
    beats = laid(tempo, seconds, inside)
    marked = tuple(dict.fromkeys(beats.nearest(change) for change in inside))
    last = _last_beat(beats, seconds, marked[-1] if marked else 0, ring)
    starts = _scenes(marked, last, alone=not marked)
    return Form(beats, tuple(_bars(starts, last, opening, breathes=bool(marked))), marked, last)


def laid(tempo: float, seconds: float, changes: tuple[float, ...]) -> Beats:
    """Beats at `tempo` a minute, bent within 5 % so that one falls on each of `changes` (seconds) where that is enough.

    What is left over is carried into the scene that follows. Beats go on to the end and one bar beyond it.
    """
    even = 60 / tempo
    knots, beat, now = [(0.0, 0.0)], 0.0, 0.0
    for change in changes:
        wanted = max(1, round(beat + (change - now) / even)) - beat
        rate = min(1 + _BEND, max(1 - _BEND, wanted * even / (change - now)))
        beat, now = beat + rate * (change - now) / even, change
        knots.append((beat, now))
    end = beat + (seconds - now) / even + _BAR
    knots.append((end, now + (end - beat) * even))
    return Beats(tuple(_between(knots, n) for n in range(int(end) + 1)))


def _between(knots: list[tuple[float, float]], beat: float) -> float:
    after = next(n for n, (place, _) in enumerate(knots) if place >= beat - 1e-9 and n > 0)
    (b0, t0), (b1, t1) = knots[after - 1], knots[after]
    return t0 + (beat - b0) / (b1 - b0) * (t1 - t0)


def _last_beat(beats: Beats, seconds: float, card: int, ring: float) -> int:
    """Where the last chord falls: at a bar's start after the end card's beginning if that leaves it time to ring."""
    latest = max(n for n, time in enumerate(beats.times) if n == 0 or time <= seconds - min(ring, seconds * 0.3))
    downbeats = [n for n in range(card or _BAR, latest + 1, _BAR) if seconds - beats.times[n] <= ring + _LONGER]
    return downbeats[-1] if downbeats else max(latest, min(card, len(beats.times) - 1))


def _scenes(marked: tuple[int, ...], last: int, *, alone: bool) -> list[int]:
    """The beats on which the music's sections begin: the picture's scenes, and more inside where there are too few."""
    starts = [0]
    for beat in marked:
        if beat - starts[-1] >= _SHORTEST_SCENE and beat < last:
            starts.append(beat)
    if alone:
        quarter = max(_BAR, last // 4 // _BAR * _BAR)
        starts += [n for n in (quarter, 2 * quarter, 3 * quarter) if n < last]
    return starts


def _bars(starts: list[int], last: int, opening: float, *, breathes: bool) -> list[Bar]:
    bars: list[Bar] = []
    count = len(starts)
    for number, (start, stop) in enumerate(zip(starts, [*starts[1:], last], strict=True)):
        strength = _strength(number, count, opening)
        breath = 1 if breathes and count > 1 and number == count - 2 else 0
        bars += _section(start, stop, strength, breath, closes=number < count - 1)
    return bars


def _strength(number: int, count: int, opening: float) -> float:
    """It builds from `opening` to 1 at the scene before the end card, which is a little quieter."""
    if count == 1:
        return 0.8
    if number == count - 1:
        return 0.8
    return opening + (1 - opening) * number / max(1, count - 2)


def _section(start: int, stop: int, strength: float, breath: int, *, closes: bool) -> list[Bar]:
    """Bars of four; a single beat left over lengthens the last one."""
    bars, first = [], start
    while first < stop:
        left = stop - first
        beats = left if left <= _BAR + 1 else _BAR
        final = first + beats == stop
        bars.append(Bar(first, beats, strength, first == start, final and closes, breath if final and beats > 1 else 0))
        first += beats
    return bars
