"""When each scene runs: whole beats for each, long enough to be read and heard, and together exactly the ad."""

from dataclasses import dataclass
from math import ceil

from adgen_pipeline.contracts.storyboard import Transition
from adgen_pipeline.studio.prompt_parser.beats import TICKS_A_SECOND, seconds
from adgen_pipeline.studio.prompt_parser.script import Copy
from adgen_pipeline.studio.prompt_parser.speech import spoken_seconds
from adgen_pipeline.studio.prompt_parser.stories import Part

READ_WORDS_A_SECOND = 3.0
SHORTEST_READ = 1.6
"""Seconds any words stay on screen, at least."""

ENTER = 0.3
"""Seconds after which the first words of a scene begin to show, at the least."""

STAGGER = 0.4
"""Seconds between one line and the next below it."""

_TWICE_READ = 1.5
SHORTEST_STAY = 2.0
"""Words stay for one and a half times what it takes to read them, and no less than these seconds."""

_SHORTEST_SCENE = 1.6
_ALONE = 1.5
"""Seconds a picture has to itself where there is time for it, and its scene's first words need to come."""


@dataclass(frozen=True)
class Span:
    """A scene's place in the ad, in ticks; `before` is shared with the scene before it, `after` with the next."""

    start: int
    stop: int
    before: int = 0
    after: int = 0

    @property
    def start_time(self) -> float:
        """Seconds of the ad at which the scene begins to show."""
        return seconds(self.start)

    @property
    def duration(self) -> float:
        """Seconds, with what it shares."""
        return round(seconds(self.stop) - self.start_time, 3)

    @property
    def overlap(self) -> float:
        """Seconds it shares with the next scene."""
        return round(seconds(self.stop) - seconds(self.stop - self.after), 3)

    @property
    def alone(self) -> float:
        """Seconds from its start until the next scene begins to show."""
        return round(seconds(self.stop - self.after) - self.start_time, 3)

    @property
    def enter(self) -> float:
        """Seconds from its start at which words may come: when the scene before has nearly gone."""
        return max(ENTER, round(0.75 * self.before / TICKS_A_SECOND, 3))


def plan_spans(
    duration: int, beat: int, parts: list[Part], copies: list[Copy], changes: list[Transition]
) -> list[Span]:
    """Each scene's span in an ad of `duration` seconds. The middle of every change falls on a beat of `beat` ticks.

    Time goes by what a scene has to say first, and then by its part's weight; what is left of the last beat belongs
    to the last scene.
    """
    overlaps = [round(change.overlap * TICKS_A_SECOND) for change in changes]
    beats = _shared_out(
        duration * TICKS_A_SECOND // beat,
        _wanted(duration, beat, parts, copies, overlaps),
        _needed(beat, copies, overlaps),
    )
    bounds = [sum(beats[:i]) * beat for i in range(len(beats))] + [duration * TICKS_A_SECOND]
    spans = []
    for i in range(len(parts)):
        before, after = (overlaps[i - 1] if i else 0), overlaps[i]
        spans.append(Span(bounds[i] - before // 2, bounds[i + 1] + (after - after // 2), before, after))
    return spans


def words_that_fit(duration: int, beat: int, copies: list[Copy], changes: list[Transition]) -> list[Copy]:
    """`copies` without the captions, last first, that could not be read in `duration` seconds."""
    overlaps = [round(change.overlap * TICKS_A_SECOND) for change in changes]
    fitting = list(copies)
    while sum(needed := _needed(beat, fitting, overlaps)) > duration * TICKS_A_SECOND // beat:
        longest = sorted(range(len(needed)), key=lambda i: -needed[i])
        shorter = next(((i, less) for i in longest if (less := fitting[i].shorter())), None)
        if shorter is None:
            break
        fitting[shorter[0]] = shorter[1]
    return fitting


def reading_seconds(text: str) -> float:
    """How long `text` must stand to be read."""
    return max(SHORTEST_READ, len(text.split()) / READ_WORDS_A_SECOND)


def words_hold(copy: Copy) -> float:
    """Seconds that words stand from the first to the last of them: one and a half times what it takes to read them."""
    if not copy.shown:
        return 0.0
    read = _TWICE_READ * sum(len(shown.text.split()) for shown in copy.shown) / READ_WORDS_A_SECOND
    return max(read, (len(copy.shown) - 1) * STAGGER + SHORTEST_STAY)


def seconds_needed(copy: Copy) -> float:
    """Seconds the scene must have to itself for its words to be read, and for its first sentence to be said."""
    if not copy.shown:
        return _SHORTEST_SCENE
    reading = ENTER + reading_seconds(" ".join(shown.text for shown in copy.shown))
    first = min(copy.spoken, key=lambda sentence: sentence.rank, default=None)
    return max(reading, spoken_seconds(first.text) if first else 0)


def _wanted(duration: int, beat: int, parts: list[Part], copies: list[Copy], overlaps: list[int]) -> list[float]:
    """Beats by weight, and as many as let the words leave before the scene does; those of the last one stay."""
    whole = duration * TICKS_A_SECOND / beat
    unhurried = [
        ((words_hold(copy) + _ALONE) * TICKS_A_SECOND + more) / beat
        for copy, more in zip(copies[:-1], _shared(overlaps), strict=False)
    ]
    weighed = [whole * part.weight / sum(p.weight for p in parts) for part in parts]
    return [max(pair) for pair in zip(weighed, [*unhurried, 0.0], strict=True)]


def _needed(beat: int, copies: list[Copy], overlaps: list[int]) -> list[int]:
    """Beats each scene must have."""
    return [
        max(2, ceil((seconds_needed(copy) * TICKS_A_SECOND + more) / beat))
        for copy, more in zip(copies, _shared(overlaps), strict=True)
    ]


def _shared(overlaps: list[int]) -> list[float]:
    """Ticks of each scene's time that it shares with its neighbours."""
    return [(after + before) / 2 for before, after in zip([0, *overlaps], overlaps, strict=False)]


def _shared_out(total: int, wanted: list[float], needed: list[int]) -> list[int]:
    """`total` beats: what each scene needs, then to the one that lacks most of what it wants."""
    beats = list(needed)
    while sum(beats) < total:
        beats[_index_of_largest([want - got for want, got in zip(wanted, beats, strict=True)])] += 1
    while sum(beats) > total:
        beats[_index_of_largest(beats)] -= 1
    return beats


def _index_of_largest(values: list[float] | list[int]) -> int:
    return max(range(len(values)), key=lambda i: values[i])
