"""Voice over music: the music steps back while words are spoken, and the whole is mastered."""

import numpy as np
from numpy.typing import NDArray
from scipy.signal import oaconvolve

from adgen_pipeline.contracts.storyboard import Audio
from adgen_pipeline.studio.aac import SAMPLE_RATE, EncodedSound
from adgen_pipeline.studio.composition.loudness import Sound, level, loudness, moments
from adgen_pipeline.studio.composition.mastering import mastered
from adgen_pipeline.studio.composition.music import score
from adgen_pipeline.studio.composition.voice import Spoken, voice_track

_VOICE_LEVEL = -16.0  # LUFS before the mix
_MUSIC_LEVEL = -17.0  # LUFS at full volume, before ducking
WORDS_OVER_MUSIC = 12.0
"""LU that a passage of words stands above the music under it: EBU and BBC advise 7 to 10, telephones need more."""

_QUIET_WORDS_OVER = 10.5
"""LU that nine of ten moments of those words stand above the music."""

_SPEAKING = 12.0  # LU under the loudest moment: below, nobody speaks
_LEAST, _MOST = 5.0, 26.0  # dB that music steps back under words, at least and at most
_ATTACK, _RELEASE = 0.25, 0.7  # seconds; it is down when the first word comes
_SHORTEST = 0.5  # seconds that have moments
_PAUSE = 0.9  # seconds between words in which the music stays down


def soundtrack(
    audio: Audio, segments: list[Spoken], seconds: float, seed: int, changes: tuple[float, ...] = ()
) -> EncodedSound:
    """The ad's whole sound, as long as its picture; silence where nothing is asked for.

    `changes` are the seconds at which scenes change: the music's form follows them.
    """
    music, voice = stems(audio, segments, seconds, seed, changes)
    music += voice[:, None]
    return mastered(music)


def stems(
    audio: Audio, segments: list[Spoken], seconds: float, seed: int, changes: tuple[float, ...] = ()
) -> tuple[Sound, Sound]:
    """Music (n x 2), ducked where it is asked to be, and voice (n), before they are mastered together."""
    samples = round(seconds * SAMPLE_RATE)
    voice = _at_loudness(voice_track(segments, samples), _VOICE_LEVEL)
    if not audio.music or audio.music.volume <= 0:
        return np.zeros((samples, 2), np.float32), voice
    played = score(audio.music, seconds, seed, changes)
    music = _at_loudness(played, _MUSIC_LEVEL + 20 * np.log10(audio.music.volume))
    return (music * _ducking(music, voice, segments)[:, None] if audio.music.ducking else music), voice


def _at_loudness(sound: Sound, target: float) -> Sound:
    measured = loudness(sound)
    return sound if measured is None else sound * np.float32(10 ** ((target - measured) / 20))


def _ducking(music: Sound, voice: Sound, segments: list[Spoken]) -> NDArray[np.float32]:
    """The music's gain: as far down under each passage as its words need."""
    decibels = np.zeros(len(music))
    for start, end in _passages(segments):
        first, stop = round(start * SAMPLE_RATE), min(len(music), round(end * SAMPLE_RATE))
        before, after = _span(_ATTACK), _span(_RELEASE)
        down = _needed(music[first:stop], voice[first:stop])
        held = decibels[max(0, first - before) : stop + after // 2]
        np.minimum(held, -down, out=held)
    return (10 ** (_eased(decibels) / 20)).astype(np.float32)


def _needed(music: Sound, voice: Sound) -> float:
    """By how many dB the music has to step back for these words, on the whole and moment by moment."""
    words = np.stack([voice, voice], 1)
    over = WORDS_OVER_MUSIC - (level(words) - level(music))
    if len(words) > _SHORTEST * SAMPLE_RATE:
        spoken, under = moments(words), moments(music)
        speaking = spoken > spoken.max() - _SPEAKING
        over = max(over, _QUIET_WORDS_OVER - np.percentile(spoken[speaking] - under[speaking], 10))
    return float(np.clip(over, _LEAST, _MOST))


def _passages(segments: list[Spoken]) -> list[tuple[float, float]]:
    """From the first word to the last of what is spoken without a long pause."""
    passages: list[tuple[float, float]] = []
    for segment in segments:
        if passages and segment.start - passages[-1][1] < _PAUSE:
            passages[-1] = passages[-1][0], segment.end
        else:
            passages.append((segment.start, segment.end))
    return passages


def _eased(decibels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Steps made into slopes as long as the attack, symmetrical around where they stood less half of it."""
    span = _span(_ATTACK)
    bell = np.hanning(2 * span + 1)
    return np.asarray(oaconvolve(np.pad(decibels, span, "edge"), bell / bell.sum(), "valid"))


def _span(seconds: float) -> int:
    return int(seconds * SAMPLE_RATE)
