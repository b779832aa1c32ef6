"""Voice over music, at the platforms' loudness."""

import numpy as np
import pytest
from scipy.signal import resample_poly

from adgen_pipeline.contracts.storyboard import Audio, Music
from adgen_pipeline.studio.composition.loudness import loudness
from adgen_pipeline.studio.composition.mastering import LOUDNESS, mastered
from adgen_pipeline.studio.composition.soundtrack import soundtrack, stems
from adgen_pipeline.studio.composition.voice import Spoken
from adgen_pipeline_tests.sound_report import words_over_music

RATE = 48_000


def tone(seconds: float, level: float = 0.3) -> np.ndarray:
    """A voice-like sound: a tone in syllables."""
    t = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * 1500 * t) * (np.sin(2 * np.pi * 4 * t) > -0.5)).astype(np.float32)


@pytest.mark.parametrize("mood", ["elegant", "bold"])
def test_loudness_and_true_peak(mood: str) -> None:
    """Soft music or hard drums, as AAC: -14 LUFS within 0.5, true peaks (oversampled on their own) under -1 dBTP."""
    sound = soundtrack(Audio(music=Music(mood=mood, tempo=120)), [], 6.0, 3, (2.0, 4.0))
    assert sound.samples.shape == (6 * RATE, 2)
    heard = sound.heard()
    assert loudness(heard) == pytest.approx(LOUDNESS, abs=0.5)
    assert np.abs(resample_poly(heard, 8, 1)).max() < 10 ** (-1 / 20)


def test_music_makes_room_for_the_voice() -> None:
    """Words stand well above loud music, which is down when they begin, and back afterwards."""
    segments = [Spoken("words", 3.0, tone(2.0))]
    music = Music(mood="bold", tempo=120, volume=1, fade_in=0, fade_out=0)
    ducked, voice = stems(Audio(music=music), segments, 8.0, 3)
    plain, _ = stems(Audio(music=music.model_copy(update={"ducking": False})), segments, 8.0, 3)
    assert words_over_music(segments, voice, ducked) > 9 > words_over_music(segments, voice, plain)
    gain = np.abs(ducked).reshape(80, -1).sum(1) / np.maximum(np.abs(plain).reshape(80, -1).sum(1), 1e-3)
    assert gain[30] < 0.5 and gain[20] > 0.95 and gain[60] > 0.95 and np.abs(np.diff(gain[20:70])).max() < 0.4


def test_silence_stays_silence() -> None:
    """Nothing asked for: a silent track of the right length, not amplified noise."""
    sound = soundtrack(Audio(), [], 2.5, 0).samples
    assert sound.shape == (120_000, 2) and not sound.any()


def test_the_voice_leads() -> None:
    """A voice alone is mastered to the same loudness as everything else."""
    sound = mastered(np.stack([tone(4, 0.02)] * 2, 1)).samples
    assert loudness(sound) == pytest.approx(LOUDNESS, abs=0.2)


def test_what_aac_would_overshoot_is_turned_down() -> None:
    """Clicks at 3 kHz gain almost 2 dB in AAC: heard through it, their true peaks still are under -1 dBTP."""
    t = np.arange(2 * RATE) / RATE
    clicks = (t * 6 % 1 < 1 / 300) * np.sign(np.sin(2 * np.pi * 3000 * t)) + 0.2 * np.sin(2 * np.pi * 200 * t)
    sound = mastered(np.stack([clicks, 0.9 * clicks], 1).astype(np.float32))
    assert np.abs(resample_poly(sound.heard(), 8, 1)).max() < 10 ** (-1 / 20)
