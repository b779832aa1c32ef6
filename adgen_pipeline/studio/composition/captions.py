"""The spoken words to read: as cues for the picture and as WebVTT beside it."""

from dataclasses import dataclass

from adgen_pipeline.studio.composition.voice import Spoken

MOST_LETTERS = 64
"""Of one cue: two lines that can be read at a glance."""


@dataclass(frozen=True)
class Cue:
    """Words shown from `start` to `end`, seconds of the ad."""

    text: str
    start: float
    end: float


def cues(spoken: list[Spoken]) -> list[Cue]:
    """The spoken segments cut into cues; a long one is divided and its time shared out by letters."""
    return [cue for segment in spoken for cue in _cut(segment)]


def webvtt(shown: list[Cue]) -> str:
    """The cues as a WebVTT file."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{_escaped(cue.text)}" for cue in shown]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _cut(segment: Spoken) -> list[Cue]:
    parts = _evenly(segment.text.split())
    letters = sum(len(part) for part in parts)
    made, start = [], segment.start
    for part in parts:
        end = start + (segment.end - segment.start) * len(part) / letters
        made.append(Cue(part, start, end))
        start = end
    return made


def _evenly(words: list[str]) -> list[str]:
    """The words in as few parts as MOST_LETTERS allows, of about equal length."""
    total = len(" ".join(words))
    share = total / -(-total // MOST_LETTERS)
    parts: list[str] = []
    for word in words:
        longer = f"{parts[-1]} {word}" if parts else word
        if parts and len(longer) <= min(MOST_LETTERS, share + len(word) / 2):
            parts[-1] = longer
        else:
            parts.append(word)
    return parts


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
