"""The words of a scene in time: when they come, and when they leave the picture to itself."""

from math import ceil

from adgen_pipeline.contracts.storyboard import TextOverlay
from adgen_pipeline.studio.families import Family
from adgen_pipeline.studio.prompt_parser.beats import TICKS_A_SECOND, seconds
from adgen_pipeline.studio.prompt_parser.picture import Shot
from adgen_pipeline.studio.prompt_parser.script import Copy
from adgen_pipeline.studio.prompt_parser.timing import STAGGER, Span, reading_seconds, words_hold

_HELD = 0.55
"""Share of a scene that its words hold at least: then the picture has the frame to itself."""

_WORTH_WAITING = 1.0
"""Seconds of the scene that must be left for words to wait for the next beat."""

_NOT_WORTH_LEAVING = 0.5
"""Seconds before the scene's end: words that would leave so late stay until then."""


def overlays(copy: Copy, span: Span, shot: Shot, family: Family, leave: float) -> list[TextOverlay]:
    """The words of one scene, one after the other on the same spot, until its second `leave`."""
    entries = _entries(copy, span)
    return [
        TextOverlay(
            text=shown.text,
            role=shown.role,
            start_time=round(span.start_time + enter, 3),
            duration=round(leave - enter, 3),
            position=shot.position,
            style=f"{family} {shown.style}",
        )
        for shown, enter in zip(copy.shown, entries, strict=True)
    ]


def words_leave(copy: Copy, span: Span, beat: int) -> float:
    """Seconds of the scene at which all its words leave together: on a beat, and after they can have been read.

    As late as the scene itself where nothing is left of it then, or where there are no words.
    """
    if not copy.shown:
        return span.alone
    needed = max(_entries(copy, span)[0] + words_hold(copy), _HELD * span.alone)
    on_beat = seconds(ceil((span.start_time + needed) * TICKS_A_SECOND / beat - 0.01) * beat) - span.start_time
    if on_beat <= span.alone - _WORTH_WAITING:
        return round(on_beat, 3)
    return round(needed if needed <= span.alone - _NOT_WORTH_LEAVING else span.alone, 3)


def _entries(copy: Copy, span: Span) -> list[float]:
    return [_entry(i, shown.text, span) for i, shown in enumerate(copy.shown)]


def _entry(index: int, text: str, span: Span) -> float:
    """Seconds of the scene at which the line at `index` comes: in time to be read."""
    latest = span.alone - reading_seconds(text)
    return round(max(0.0, min(span.enter + index * STAGGER, latest)), 3)
