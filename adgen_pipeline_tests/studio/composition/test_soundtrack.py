"""Voice over music, at the platforms' loudness."""

import numpy as np
import pytest
from scipy.signal import resample_poly

from adgen_pipeline.contracts.storyboard import Audio, Music
from adgen_pipeline.studio.composition.soundtrack import LOUDNESS, loudness, mastered, soundtrack
from adgen_pipeline.studio.composition.voice import Spoken

RATE = 48_000


def tone(seconds: float, level: float = 0.3) -> np.ndarray:
    """A voice-like sound: a tone in syllables."""
    t = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * 1500 * t) * (np.sin(2 * np.pi * 4 * t) > -0.5)).astype(np.float32)


@pytest.mark.parametrize("mood", ["calm", "energetic"])
def test_loudness_and_true_peak(mood: str) -> None:
    """Soft music or hard drums: -14 LUFS within 0.2, true peaks (oversampled here on their own) under -1 dBTP."""
    sound = soundtrack(Audio(music=Music(mood=mood, tempo=110)), [], 8.0, 3)
    assert sound.shape == (8 * RATE, 2)
    assert loudness(sound) == pytest.approx(LOUDNESS, abs=0.2)
    assert np.abs(resample_poly(sound, 8, 1)).max() < 10 ** (-1 / 20)


def test_music_makes_room_for_the_voice() -> None:
    """The music's own notes are at least 6 dB lower under the words, and come back afterwards."""
    segments = [Spoken("words", 3.0, tone(2.0))]
    music = Music(mood="calm", fade_in=0, fade_out=0)

    def low(ducking: bool) -> np.ndarray:
        sound = soundtrack(Audio(music=music.model_copy(update={"ducking": ducking})), segments, 8.0, 3)
        spectrum = np.abs(np.fft.rfft(sound[:, 0].reshape(8, RATE), axis=1))
        return spectrum[:, 60:600].sum(1)  # under the tone, where only the music is

    change = 20 * np.log10(low(True) / low(False))
    assert change[3] - change[1] < -6 and change[4] - change[1] < -6
    assert abs(change[7] - change[1]) < 1.5


def test_silence_stays_silence() -> None:
    """Nothing asked for: a silent track of the right length, not amplified noise."""
    sound = soundtrack(Audio(), [], 2.5, 0)
    assert sound.shape == (120_000, 2) and not sound.any()


def test_the_voice_leads() -> None:
    """A voice alone is mastered to the same loudness as everything else."""
    sound = mastered(np.stack([tone(4, 0.02)] * 2, 1))
    assert loudness(sound) == pytest.approx(LOUDNESS, abs=0.2)
