"""The spoken words to read: as cues for the picture and as WebVTT beside it."""

from dataclasses import dataclass

from adgen_pipeline.studio.composition.voice import Spoken


@dataclass(frozen=True)
class Cue:
    """Words shown from `start` to `end`, seconds of the ad."""

    text: str
    start: float
    end: float


def cues(spoken: list[Spoken]) -> list[Cue]:
    """A cue for each phrase, from its first sound to its last."""
    return [
        Cue(phrase.text, segment.start + phrase.start, segment.start + phrase.end)
        for segment in spoken
        for phrase in segment.phrases
    ]


def webvtt(shown: list[Cue]) -> str:
    """The cues as a WebVTT file."""
    blocks = [f"{_clock(cue.start)} --> {_clock(cue.end)}\n{_escaped(cue.text)}" for cue in shown]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _clock(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
