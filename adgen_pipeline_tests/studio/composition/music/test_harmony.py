"""Chords as they are written and as they are laid under the hand."""

import pytest

from adgen_pipeline.studio.composition.music.harmony import chords
from adgen_pipeline.studio.composition.music.moods import MOODS


def test_voices_lie_close_and_leave_the_root_to_the_bass() -> None:
    """A ninth chord around middle C: third, fifth, seventh and ninth within an octave."""
    (chord,) = chords("0m9")
    voices = chord.voiced(57, 60)
    assert {(v - 57) % 12 for v in voices} == {3, 7, 10, 2} and max(voices) - min(voices) < 12


def test_tones_climb() -> None:
    """The tones of a chord are counted upwards, over the octave."""
    (chord,) = chords("0add9")
    ladder = [chord.tone(n, 60, 60) for n in range(6)]
    assert ladder == sorted(ladder) and {t % 12 for t in ladder} == {0, 2, 4, 7}


def test_unknown_chords_are_refused() -> None:
    """A slip in a mood is found when it is loaded."""
    with pytest.raises(ValueError, match="no chord"):
        chords("0blue")


@pytest.mark.parametrize("mood", MOODS)
def test_moods_are_written_whole(mood: str) -> None:
    """Lines are sixteen steps long and hold what their role can play; bass and drum never play chords."""
    allowed = {"drum": "xo-.", "chords": "xo.", "figure": "0123456789.", "bass": "058."}
    for part in MOODS[mood].parts:
        assert all(len(line) == 16 and set(line) <= set(allowed[part.role]) for line in part.steps)
