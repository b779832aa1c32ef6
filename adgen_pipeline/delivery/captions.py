"""The spoken words as WebVTT, from the storyboard: for a composition that tells no captions of its own."""

import textwrap
from collections.abc import Iterator
from html import escape

from adgen_pipeline.contracts.storyboard import Storyboard, VoiceSegment

_LETTERS_A_SECOND = 14.0
_LINE = 64
"""Letters of one caption: two lines that can be read at a glance."""


def captions_of(storyboard: Storyboard) -> str | None:
    """A WebVTT file, or None where nothing is said; where a sentence ends is reckoned from its length."""
    if not storyboard.is_spoken or storyboard.audio.voiceover is None:
        return None
    said = storyboard.audio.voiceover.segments
    ends = [segment.start_time for segment in said[1:]] + [max(scene.end_time for scene in storyboard.scenes)]
    cues = [cue for segment, latest in zip(said, ends, strict=True) for cue in _cues(segment, latest)]
    return "\n\n".join(["WEBVTT", *cues]) + "\n"


def _cues(segment: VoiceSegment, latest: float) -> Iterator[str]:
    start = segment.start_time
    for part in textwrap.wrap(segment.text, _LINE):
        end = min(start + len(part) / _LETTERS_A_SECOND, latest)
        if end > start:
            yield f"{_clock(start)} --> {_clock(end)}\n{escape(part, quote=False)}"
        start = end


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
