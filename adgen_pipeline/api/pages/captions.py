"""The spoken words as captions for the player (WebVTT), from the storyboard: it knows when each sentence begins."""

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from adgen_pipeline.reports import SceneReport

_SPEECH_LEAD = 0.4
"""Seconds from a scene's beginning to its first word, as the storyboard plans it."""

_LETTERS_A_SECOND = 14.0
_LINE = 64
"""Letters of one caption: two lines that can be read at a glance."""


def captions_of(scenes: Sequence[SceneReport]) -> str:
    """A WebVTT file; where a sentence ends is reckoned from its length."""
    return "\n\n".join(["WEBVTT", *(cue for scene in scenes for cue in _cues(scene))]) + "\n"


def _cues(scene: SceneReport) -> Iterator[str]:
    start = scene.start_time + _SPEECH_LEAD
    latest = scene.start_time + scene.seconds
    for part in textwrap.wrap(scene.narration or "", _LINE):
        end = min(start + len(part) / _LETTERS_A_SECOND, latest)
        yield f"{_clock(start)} --> {_clock(end)}\n{escape(part, quote=False)}"
        start = end


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
