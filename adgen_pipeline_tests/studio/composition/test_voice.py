"""Every word is spoken, whole, near its time."""

from itertools import pairwise

import numpy as np
import pytest

from adgen_pipeline.contracts.storyboard import Voiceover, VoiceSegment
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.voice import Spoken, spoken, voice_track
from adgen_pipeline_tests.sound_report import speech

SENTENCE = "Crafted for those who value every second."


def speak(seconds: float, *segments: tuple[str, float], changes: tuple[float, ...] = ()) -> list[Spoken]:
    """The segments (text, start) spoken in an ad of so many seconds whose scenes change at `changes`."""
    return spoken(Voiceover(segments=[VoiceSegment(text=t, start_time=s) for t, s in segments]), seconds, changes)


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


def test_words_end_with_their_scene() -> None:
    """A sentence a little too long for its scene is hurried, then begun earlier, and is over when the scene is."""
    at_ease = speak(9, (SENTENCE, 0.4))[0]
    (segment,) = speak(9, (SENTENCE, 0.4), changes=(2.4,))
    assert at_ease.end > 2.4 > segment.end and segment.start <= 0.4


def test_captions_meet_the_pauses() -> None:
    """Each phrase begins and ends where the voice's own energy does, within 0.15 s, also in mid-sentence."""
    text = "Look closer. Made by hand in a small workshop, high above the lake, for people who like to take their time."
    (segment,) = speak(12, (text, 0.5))
    starts, ends = speech(voice_track([segment], 12 * 48_000))
    assert " ".join(phrase.text for phrase in segment.phrases) == text and len(segment.phrases) == 3
    for phrase in segment.phrases:
        assert np.abs(starts - segment.start - phrase.start).min() < 0.15
        assert np.abs(ends - segment.start - phrase.end).min() < 0.15


def test_more_words_than_time_still_all_are_spoken() -> None:
    """What cannot fit at 1.25 times the pace is spoken faster, inside the ad."""
    segments = speak(3.6, (SENTENCE, 0), (SENTENCE, 1))
    assert len(segments) == 2 and segments[0].end <= segments[1].start and segments[1].end <= 3.6


def test_more_words_than_can_be_said_are_an_error() -> None:
    """At twice the pace they are still longer than the ad: nothing is cut off unheard."""
    with pytest.raises(RenderError, match=r"voice-over takes \d+ s .* the ad has 1 s: shorten"):
        speak(1, (SENTENCE, 0))
    with pytest.raises(RenderError, match="takes 111 s"):  # seen before a word of it is spoken
        speak(20, (1000 * "word ", 0))


def test_the_same_words_sound_the_same() -> None:
    """Speech is reproducible to the sample."""
    assert (speak(5, (SENTENCE, 0))[0].sound == speak(5, (SENTENCE, 0))[0].sound).all()


def test_nothing_asked_nothing_said() -> None:
    """No voice-over, no segments."""
    assert spoken(None, 5) == [] and spoken(Voiceover(), 5) == []


def test_what_cannot_be_pronounced_is_an_error() -> None:
    """Silence in place of words would be a fault nobody hears of; the error says what to do."""
    with pytest.raises(RenderError, match=r"日本.*English.*leave it out"):
        speak(5, ("日本", 0))
