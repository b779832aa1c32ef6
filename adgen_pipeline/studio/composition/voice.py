"""The voice-over: every segment is spoken, whole, at its time or as near to it as the words allow.

A segment that would outlast its scene, or run into the next segment, is spoken up to 1.25 times faster, then begun up
to a quarter of a second earlier. If it is still too long it runs on into the next scene; one that would run into the
next segment, or past the end of the ad, moves that one later or itself earlier. Only where all words together are
longer than the ad are they spoken faster than that.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from adgen_pipeline.contracts.storyboard import Voiceover, VoiceSegment
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.aac import SAMPLE_RATE
from adgen_pipeline.studio.composition.alignment import borders
from adgen_pipeline.studio.composition.phrasing import phrases, sentences
from adgen_pipeline.studio.composition.voice_door import Hibari
from adgen_pipeline.studio.composition.voice_tone import dressed

Sound = NDArray[np.float32]

VOICE_RATE = 24_000
PACE = 0.95
"""Of the voice's own speed: an ad is read a little calmer."""

_HURRIED, _FASTEST = 1.25, 2.0
_MOST_LETTERS_A_SECOND = 45.0
"""At twice the pace some 30 are spoken; what is beyond this need not be tried, which takes memory by the letter."""

_BREATH = 0.38  # seconds between two sentences, at PACE
_PAUSE = 0.12  # seconds kept between two segments, before the end of a scene, and before the end of the ad
_EARLIER = 0.25
_SILENCE = 0.004  # amplitude


@dataclass(frozen=True)
class Phrase:
    """Words as they are written, heard from `start` to `end`: seconds of their segment's sound."""

    text: str
    start: float
    end: float


@dataclass(frozen=True)
class Spoken:
    """A segment as it is heard: mono at 48 kHz, from `start` on (seconds of the ad), and when each phrase of it is."""

    text: str
    start: float
    sound: Sound
    phrases: tuple[Phrase, ...] = ()

    @property
    def end(self) -> float:
        """When its last word is over."""
        return self.start + len(self.sound) / SAMPLE_RATE


@dataclass(frozen=True)
class _Said:
    """A text as it was spoken: mono at VOICE_RATE."""

    sound: Sound
    phrases: tuple[Phrase, ...]

    @property
    def seconds(self) -> float:
        return len(self.sound) / VOICE_RATE


def spoken(voiceover: Voiceover | None, seconds: float, changes: tuple[float, ...] = ()) -> list[Spoken]:
    """The segments of `voiceover` spoken within `seconds`, in order of time, none over another.

    `changes` are the seconds at which scenes change: words end before that where they can. The studio has one voice,
    which speaks English whatever name the request gives. Raises RenderError for a segment it cannot pronounce,
    and where there are more words than can be said.
    """
    segments = sorted(voiceover.segments, key=lambda s: s.start_time) if voiceover else []
    if not segments:
        return []
    _check_amount(sum(len(segment.text) for segment in segments) / _MOST_LETTERS_A_SECOND, seconds)
    speaker = Hibari()  # some 130 MB, so it is not kept for the next ad
    asked = [segment.start_time for segment in segments]
    rooms = _rooms(asked, seconds, changes)
    said = [_within(speaker, s.text, limit - s.start_time) for s, (_, limit) in zip(segments, rooms, strict=True)]
    said = _squeezed(speaker, segments, said, seconds)
    starts = _placed(asked, rooms, [one.seconds for one in said], seconds)
    return [
        Spoken(segment.text, start, _at_full_rate(one.sound), one.phrases)
        for segment, start, one in zip(segments, starts, said, strict=True)
    ]


def voice_track(segments: list[Spoken], samples: int) -> Sound:
    """All segments on one mono track of so many samples."""
    track = np.zeros(samples, np.float32)
    for segment in segments:
        first = round(segment.start * SAMPLE_RATE)
        part = segment.sound[: max(0, samples - first)]
        track[first : first + len(part)] += part
    return track


def _rooms(asked: list[float], seconds: float, changes: tuple[float, ...]) -> list[tuple[float, float]]:
    """For each segment, when its scene begins, and when it should be over: its scene's end, or the next segment."""
    edges = [0.0, *changes, seconds]
    rooms = []
    for start, after in zip(asked, [*asked[1:], seconds], strict=True):
        begin, end = next(((a, b) for a, b in pairwise(edges) if a <= start < b), (0.0, seconds))
        rooms.append((begin, min(end, after) - _PAUSE))
    return rooms


def _within(speaker: Hibari, text: str, room: float) -> _Said:
    """`text` at ease, or as much faster as `room` seconds ask for, within reason."""
    said = _said(speaker, text, PACE)
    haste = said.seconds / max(room, 0.1)
    return said if haste <= 1 else _said(speaker, text, PACE * min(_HURRIED, haste * 1.02))


def _squeezed(speaker: Hibari, segments: list[VoiceSegment], said: list[_Said], seconds: float) -> list[_Said]:
    """All of it faster still, if it would otherwise be longer than the ad. Raises RenderError if it cannot be."""
    room = seconds - _PAUSE * len(said)
    total = sum(one.seconds for one in said)
    if total <= room:
        return said
    speed = min(_FASTEST, PACE * _HURRIED * total / max(room, 0.1) * 1.03)
    hurried = [_said(speaker, segment.text, speed) for segment in segments]
    _check_amount(sum(one.seconds for one in hurried), seconds)
    return hurried


def _check_amount(least: float, seconds: float) -> None:
    """Refuse words that take at `least` more than the ad's `seconds`."""
    if least > seconds:
        raise RenderError(
            f"the voice-over takes {least:.0f} s at the fastest that can be understood, and the ad has {seconds:g} s: "
            "shorten the narration, or it would be cut off"
        )


def _placed(asked: list[float], rooms: list[tuple[float, float]], lengths: list[float], seconds: float) -> list[float]:
    """Start times: as asked, a little earlier for a scene's end, later behind the one before, earlier for the end."""
    starts: list[float] = []
    free = 0.0
    for start, (begin, limit), length in zip(asked, rooms, lengths, strict=True):
        earliest = max(begin, start - _EARLIER)
        starts.append(max(free, min(start, max(earliest, limit - length))))
        free = starts[-1] + length + _PAUSE
    limit = seconds
    for n in range(len(starts) - 1, -1, -1):
        starts[n] = max(0.0, min(starts[n], limit - _PAUSE - lengths[n]))
        limit = starts[n]
    return starts


def _said(speaker: Hibari, text: str, speed: float) -> _Said:
    """`text` at `speed`, sentence by sentence with a breath between them, and when its phrases are heard."""
    breath = np.zeros(int(_BREATH * PACE / speed * VOICE_RATE), np.float32)
    sounds: list[Sound] = []
    heard: list[Phrase] = []
    for sentence in sentences(text):
        sound = _trimmed(speaker(sentence, speed=speed, seed=0))
        if not len(sound) and any(map(str.isalnum, sentence)):
            raise _unspeakable(sentence)
        if len(sound):
            if sounds:
                sounds.append(breath)
            heard += _heard(speaker, sentence, sound, speed, sum(map(len, sounds)) / VOICE_RATE)
            sounds.append(sound)
    if not sounds:
        raise _unspeakable(text)
    return _Said(np.concatenate(sounds), tuple(heard))


def _unspeakable(text: str) -> RenderError:
    return RenderError(
        f"the voice-over {text[:40]!r} holds no word that the studio's English voice can speak: write the "
        "narration in English or leave it out; on-screen text may stay in any language"
    )


def _heard(speaker: Hibari, sentence: str, sound: Sound, speed: float, start: float) -> list[Phrase]:
    """The phrases of one sentence, the first at `start`."""
    texts = phrases(sentence)
    alone = [_trimmed(speaker(text, speed=speed, seed=0)) for text in texts] if len(texts) > 1 else []
    inner = borders(sound, alone, VOICE_RATE) if all(map(len, alone)) else []
    if len(inner) != len(texts) - 1:
        texts, inner = [sentence], []
    begins = [0.0, *(begin for _, begin in inner)]
    ends = [*(end for end, _ in inner), len(sound) / VOICE_RATE]
    return [Phrase(text, start + a, start + b) for text, a, b in zip(texts, begins, ends, strict=True)]


def _at_full_rate(sound: Sound) -> Sound:
    return dressed(resample_poly(sound, SAMPLE_RATE // VOICE_RATE, 1))


def _trimmed(sound: Sound) -> Sound:
    """Without the silence at both ends."""
    loud = np.flatnonzero(np.abs(sound) > _SILENCE)
    return sound[loud[0] : loud[-1] + 1] if len(loud) else sound[:0]
