"""The voice-over: every segment is spoken, whole, at its time or as near to it as the words allow.

A segment that would run into the next one (or past the end of the ad) is first trimmed of silence, then spoken up to
1.25 times faster, then moved: later behind the one before it, earlier before the end. Only where all words together
are longer than the ad are they spoken faster than that.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, resample_poly, sosfilt

from adgen_pipeline.contracts.storyboard import Voiceover
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.voice_door import Hibari
from adgen_pipeline.studio.encoding import SAMPLE_RATE

Sound = NDArray[np.float32]

VOICE_RATE = 24_000
PACE = 0.95
"""Of the voice's own speed: an ad is read a little calmer."""

_HURRIED, _FASTEST = 1.25, 2.0
_PAUSE = 0.12  # seconds kept between two segments, and before the end
_SILENCE = 0.004  # amplitude


@dataclass(frozen=True)
class Spoken:
    """A segment as it is heard: mono at 48 kHz, from `start` on (seconds of the ad)."""

    text: str
    start: float
    sound: Sound

    @property
    def end(self) -> float:
        """When its last word is over."""
        return self.start + len(self.sound) / SAMPLE_RATE


def spoken(voiceover: Voiceover | None, seconds: float) -> list[Spoken]:
    """The segments of `voiceover` spoken within `seconds`, in order of time, none over another.

    The studio has one voice, which speaks whatever name the request gives. Raises RenderError for a segment that
    holds nothing it can pronounce.
    """
    segments = sorted(voiceover.segments, key=lambda s: s.start_time) if voiceover else []
    if not segments:
        return []
    speaker = Hibari()  # some 130 MB, so it is not kept for the next ad
    asked = [segment.start_time for segment in segments]
    slots = [after - start - _PAUSE for start, after in zip(asked, [*asked[1:], seconds], strict=True)]
    sounds = [_within(speaker, segment.text, slot) for segment, slot in zip(segments, slots, strict=True)]
    sounds = _squeezed(speaker, [segment.text for segment in segments], sounds, seconds)
    starts = _placed(asked, [len(sound) / SAMPLE_RATE for sound in sounds], seconds)
    return [Spoken(s.text, start, sound) for s, start, sound in zip(segments, starts, sounds, strict=True)]


def voice_track(segments: list[Spoken], samples: int) -> Sound:
    """All segments on one mono track of so many samples."""
    track = np.zeros(samples, np.float32)
    for segment in segments:
        first = round(segment.start * SAMPLE_RATE)
        part = segment.sound[: max(0, samples - first)]
        track[first : first + len(part)] += part
    return track


def _within(speaker: Hibari, text: str, slot: float) -> Sound:
    """`text` at ease, or as much faster as `slot` seconds ask for, within reason."""
    sound = _said(speaker, text, PACE)
    haste = len(sound) / SAMPLE_RATE / max(slot, 0.1)
    return sound if haste <= 1 else _said(speaker, text, PACE * min(_HURRIED, haste * 1.02))


def _squeezed(speaker: Hibari, texts: list[str], sounds: list[Sound], seconds: float) -> list[Sound]:
    """All of it faster still, if it would otherwise be longer than the ad."""
    room = seconds - _PAUSE * len(sounds)
    total = sum(len(sound) for sound in sounds) / SAMPLE_RATE
    if total <= room:
        return sounds
    speed = min(_FASTEST, PACE * _HURRIED * total / max(room, 0.1) * 1.03)
    return [_said(speaker, text, speed) for text in texts]


def _placed(asked: list[float], lengths: list[float], seconds: float) -> list[float]:
    """Start times: as asked, pushed later by the one before, then earlier by the end."""
    starts: list[float] = []
    free = 0.0
    for start, length in zip(asked, lengths, strict=True):
        starts.append(max(start, free))
        free = starts[-1] + length + _PAUSE
    limit = seconds
    for n in range(len(starts) - 1, -1, -1):
        starts[n] = max(0.0, min(starts[n], limit - _PAUSE - lengths[n]))
        limit = starts[n]
    return starts


def _said(speaker: Hibari, text: str, speed: float) -> Sound:
    sound = _trimmed(speaker(text, speed=speed, seed=0))
    if not len(sound):
        raise RenderError(f"the voice-over {text[:40]!r} holds no word that the studio's English voice can speak")
    full = resample_poly(sound, SAMPLE_RATE // VOICE_RATE, 1)
    return np.asarray(sosfilt(butter(2, 70, "high", fs=SAMPLE_RATE, output="sos"), full), np.float32)


def _trimmed(sound: Sound) -> Sound:
    """Without the silence at both ends."""
    loud = np.flatnonzero(np.abs(sound) > _SILENCE)
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound[:0]
