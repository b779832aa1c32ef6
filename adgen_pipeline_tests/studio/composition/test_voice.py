"""Every word is spoken, whole, near its time."""

from itertools import pairwise

import numpy as np
import pytest

from adgen_pipeline.contracts.storyboard import Voiceover, VoiceSegment
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.voice import Spoken, spoken, voice_track

SENTENCE = "Crafted for those who value every second."


def speak(seconds: float, *segments: tuple[str, float]) -> list[Spoken]:
    """The segments (text, start) spoken in an ad of so many seconds."""
    return spoken(Voiceover(segments=[VoiceSegment(text=t, start_time=s) for t, s in segments]), seconds)


def test_it_is_heard_when_it_was_asked_for() -> None:
    """With room enough, a segment starts at its time; the track is silent before and after."""
    (segment,) = speak(6, (SENTENCE, 1.5))
    track = voice_track([segment], 6 * 48_000)
    loud = np.flatnonzero(np.abs(track) > 0.01) / 48_000
    assert abs(loud[0] - 1.5) < 0.1 and abs(loud[-1] - segment.end) < 0.1
    assert 1.5 < segment.end - segment.start < 3.5


def test_words_that_would_collide_are_hurried_then_moved() -> None:
    """Three sentences too close to one another, the last too near the end: none overlaps, none is cut."""
    segments = speak(8, (SENTENCE, 0.2), (SENTENCE, 1.9), (SENTENCE, 6.9))
    assert all(a.end <= b.start for a, b in pairwise(segments)) and segments[-1].end <= 8
    assert segments[0].end - segments[0].start < speak(9, (SENTENCE, 0))[0].end
    assert segments[-1].start < 6.9


def test_more_words_than_time_still_all_are_spoken() -> None:
    """What cannot fit at 1.25 times the pace is spoken faster, inside the ad."""
    segments = speak(3.6, (SENTENCE, 0), (SENTENCE, 1))
    assert len(segments) == 2 and segments[0].end <= segments[1].start and segments[1].end <= 3.6


def test_the_same_words_sound_the_same() -> None:
    """Speech is reproducible to the sample."""
    assert (speak(5, (SENTENCE, 0))[0].sound == speak(5, (SENTENCE, 0))[0].sound).all()


def test_nothing_asked_nothing_said() -> None:
    """No voice-over, no segments."""
    assert spoken(None, 5) == [] and spoken(Voiceover(), 5) == []


def test_what_cannot_be_pronounced_is_an_error() -> None:
    """Silence in place of words would be a fault nobody hears of."""
    with pytest.raises(RenderError, match="日本"):
        speak(5, ("日本", 0))
