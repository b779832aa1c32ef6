"""Loudness against a meter that is not ours."""

import numpy as np
import pyloudnorm
import pytest

from adgen_pipeline.studio.aac import SAMPLE_RATE
from adgen_pipeline.studio.composition.loudness import loudness


@pytest.mark.parametrize("channels", [1, 2])
def test_loudness_is_what_another_meter_reads(channels: int) -> None:
    """Noise with a quiet half and a silent second, which the gates leave out, longer than what is filtered at once."""
    rng = np.random.default_rng(3)
    sound = rng.normal(0, 0.1, (7 * SAMPLE_RATE, channels)).cumsum(0) * 0.02
    sound -= sound.mean(0)
    sound[2 * SAMPLE_RATE : 4 * SAMPLE_RATE] *= 0.05
    sound[4 * SAMPLE_RATE : 5 * SAMPLE_RATE] = 0
    expected = pyloudnorm.Meter(SAMPLE_RATE).integrated_loudness(sound)
    assert loudness(sound.astype(np.float32)) == pytest.approx(expected, abs=0.15)


def test_silence_has_no_loudness() -> None:
    """Nor has what is shorter than a block of 0.4 s."""
    assert loudness(np.zeros((SAMPLE_RATE, 2), np.float32)) is None
    assert loudness(np.ones(SAMPLE_RATE // 4, np.float32)) is None
