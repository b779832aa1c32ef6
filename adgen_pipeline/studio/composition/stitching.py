"""Which pictures of the clips are copied into the ad as they are encoded, and which are drawn and encoded anew."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adgen_pipeline.studio.composition.timeline import Timeline
from adgen_pipeline.studio.encoding import gop_length
from adgen_pipeline.studio.gops import Gop

PART_SECONDS = 1.0
"""What is drawn goes in parts of this length to twice that: short enough that two threads end together, and long
against the start of an encoder."""

Spans = Sequence[tuple[float, float]]
"""When words are on screen: from, to before, seconds of the ad."""


@dataclass(frozen=True)
class Run:
    """Frames `first` to `stop` - 1 of the ad: copied from the clip of scene number `scene`, or drawn where it is None.
    Never a single frame where there are more, for two IDR pictures in a row need unlike numbers."""

    first: int
    stop: int
    scene: int | None = None

    @property
    def length(self) -> int:
        """In frames."""
        return self.stop - self.first


def runs(plan: Timeline, spans: Spans, gops: Sequence[Sequence[Gop]]) -> list[Run]:
    """The ad in runs, in order; `gops` are those of each scene's clip that may be copied.

    What is copied of a GOP, from its beginning on, is seen picture by picture, alone and without words.
    """
    bare = [_is_bare(plan, spans, frame) for frame in range(plan.frames)]
    whole = [run for own in _placed(plan, gops) if (run := _longest(own, bare))]
    found = _without_single_frames(_with_gaps(whole, plan.frames), plan.frames)
    return [part for run in _joined(found) for part in _in_parts(run, plan)]


def gops_from(plan: Timeline, first: int, stop: int) -> list[int]:
    """The frames with which GOPs begin where `first` to `stop` - 1 are drawn: the first, and those with which the GOPs
    of the clips do. Such a picture was encoded best, and takes an eighth fewer bytes there than half a GOP later.

    Never two in a row, nor the last one: another IDR picture comes after it.
    """
    grid = gop_length(plan.fps)
    return [first, *(n for n in range(first + 2, stop - 1) if (n - plan.prevailing(n).first) % grid == 0)]


def _is_bare(plan: Timeline, spans: Spans, frame: int) -> bool:
    layers = plan.layers(frame)
    is_held = layers[0].frame >= plan.slots[layers[0].scene].length
    return len(layers) == 1 and not is_held and not any(start <= frame / plan.fps < end for start, end in spans)


def _placed(plan: Timeline, gops: Sequence[Sequence[Gop]]) -> Iterator[list[Run]]:
    """Every GOP in its place in the ad, in all lengths in which it lies in its scene's slot."""
    for scene, (slot, own) in enumerate(zip(plan.slots, gops, strict=True)):
        for gop in own:
            ends = [end for end in gop.ends if end <= slot.length]
            yield [Run(slot.first + gop.first, slot.first + end, scene) for end in ends]


def _longest(lengths: list[Run], bare: list[bool]) -> Run | None:
    fitting = [run for run in lengths if all(bare[run.first : run.stop])]
    return fitting[-1] if fitting else None


def _with_gaps(copied: list[Run], frames: int) -> list[Run]:
    """The copied runs, and between them what is left to draw."""
    found, now = [], 0
    for run in copied:
        found += [Run(now, run.first)] if run.first > now else []
        found.append(run)
        now = run.stop
    return [*found, Run(now, frames)] if now < frames else found


def _without_single_frames(found: list[Run], frames: int) -> list[Run]:
    """A single frame to be drawn takes a copied neighbour with it."""
    single = [n for n, run in enumerate(found) if run.scene is None and run.length == 1]
    taken = {n + 1 if n + 1 < len(found) else n - 1 for n in single}
    return _with_gaps([run for n, run in enumerate(found) if run.scene is not None and n not in taken], frames)


def _joined(found: list[Run]) -> list[Run]:
    """Copied runs of one scene that follow each other as one."""
    joined: list[Run] = []
    for run in found:
        if joined and run.scene is not None and joined[-1].scene == run.scene:
            joined[-1] = Run(joined[-1].first, run.stop, run.scene)
        else:
            joined.append(run)
    return joined


def _in_parts(run: Run, plan: Timeline) -> Iterable[Run]:
    """A run to be drawn, in parts of about equal length that begin where a GOP would."""
    if run.scene is not None:
        return [run]
    begins = gops_from(plan, run.first, run.stop)
    count = max(1, run.length // max(2, round(PART_SECONDS * plan.fps)))
    equal = (run.first + run.length * n / count for n in range(1, count))
    edges = {min(begins, key=lambda begin: abs(begin - edge)) for edge in equal}
    return [Run(first, stop) for first, stop in pairwise(sorted({run.first, *edges, run.stop}))]
