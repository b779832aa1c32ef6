"""The words of a scene in time: when they come, and when they leave the picture to itself."""

from adgen_pipeline.contracts.storyboard import TextOverlay
from adgen_pipeline.studio.families import Family
from adgen_pipeline.studio.prompt_parser.picture import Shot
from adgen_pipeline.studio.prompt_parser.script import Copy
from adgen_pipeline.studio.prompt_parser.timing import Span, reading_seconds

_STAGGER = 0.4
"""Seconds between one line and the next below it."""

_TWICE_READ = 1.5
_SHORTEST_STAY = 2.4
"""Words stay for one and a half times what it takes to read them, and no less than these seconds."""

_NOT_WORTH_LEAVING = 0.6
"""Seconds before the scene's end: words that would leave so late stay until then."""


def overlays(copy: Copy, span: Span, shot: Shot, family: Family, *, closing: bool) -> list[TextOverlay]:
    """The words of one scene, one after the other on the same spot; on the closing scene they stay to the end."""
    entries = [_entry(i, shown.text, span) for i, shown in enumerate(copy.shown)]
    leave = span.alone if closing else _leave(copy, entries, span)
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


def _entry(index: int, text: str, span: Span) -> float:
    """Seconds of the scene at which the line at `index` comes: in time to be read."""
    latest = span.alone - reading_seconds(text)
    return round(max(0.0, min(span.enter + index * _STAGGER, latest)), 3)


def _leave(copy: Copy, entries: list[float], span: Span) -> float:
    """Seconds of the scene at which all its words leave together."""
    if not entries:
        return span.alone
    all_words = " ".join(shown.text for shown in copy.shown)
    read = entries[0] + max(_SHORTEST_STAY, _TWICE_READ * reading_seconds(all_words))
    last = entries[-1] + _SHORTEST_STAY
    leave = round(max(read, last), 3)
    return leave if leave < span.alone - _NOT_WORTH_LEAVING else span.alone
