"""Each mood has a sound of its own, with a beginning and an end."""

import numpy as np
import pytest
from numpy.typing import NDArray

from adgen_pipeline.contracts.storyboard import Music
from adgen_pipeline.studio.composition.moods import MOODS, mood_of
from adgen_pipeline.studio.composition.music import score

RATE = 48_000


def level(sound: NDArray[np.float32], start: float, stop: float) -> float:
    """RMS from `start` to `stop` seconds."""
    return float(np.sqrt((sound[round(start * RATE) : round(stop * RATE)] ** 2).mean()))


@pytest.mark.parametrize("mood", MOODS)
def test_a_mood_plays_from_start_to_end(mood: str) -> None:
    """Exactly as long as asked, stereo, audible all the way, faded at both ends, no more than it can hold."""
    sound = score(Music(mood=mood, tempo=100, fade_in=0.3, fade_out=1.0), 7.3, 1)
    assert sound.shape == (round(7.3 * RATE), 2) and np.isfinite(sound).all()
    assert all(level(sound, t, t + 1) > 0.01 for t in range(6))
    assert level(sound, 0, 0.02) < 0.2 * level(sound, 1, 2) and level(sound, 7.25, 7.3) < 0.1 * level(sound, 5, 6)
    assert not np.allclose(sound[:, 0], sound[:, 1])


def test_moods_differ() -> None:
    """No two moods are the same piece: their spectra are clearly apart."""
    spectra = []
    for mood in MOODS:
        sound = score(Music(mood=mood), 3, 1).mean(1)
        spectrum = np.abs(np.fft.rfft(sound))[: 3 * 4000].reshape(-1, 30).sum(1)
        spectra.append(spectrum / np.linalg.norm(spectrum))
    likeness = np.array(spectra) @ np.array(spectra).T
    assert (likeness[~np.eye(len(MOODS), dtype=bool)] < 0.97).all()


def test_the_seed_decides() -> None:
    """The same seed gives the same samples, another seed others."""
    music = Music(mood="tech", tempo=120)
    assert (score(music, 4, 7) == score(music, 4, 7)).all()
    assert (score(music, 4, 7) != score(music, 4, 8)).any()


def test_tempo_sets_the_pace() -> None:
    """Twice the beats a minute, about twice the strokes of the drum."""

    def strokes(tempo: float) -> int:
        sound = np.abs(score(Music(mood="energetic", tempo=tempo), 10, 1)[4 * RATE : 7 * RATE].mean(1))
        bass = sound.reshape(-1, 480).max(1)
        rising = np.diff(bass) > 0.35 * bass.max()
        return int((rising[1:] & ~rising[:-1]).sum())

    assert strokes(160) > 1.3 * strokes(80)


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("luxurious", "elegant"),
        ("upbeat and fun", "energetic"),
        ("fun", "playful"),
        ("Serene", "calm"),
        ("futuristic", "tech"),
        ("warm acoustic", "organic"),
        ("inspiring", "cinematic"),
        ("quux", "neutral"),
    ],
)
def test_other_words_find_their_mood(words: str, mood: str) -> None:
    """The first telling word decides; an unknown one is played neutrally."""
    assert mood_of(words) is MOODS[mood]
