"""Each mood has a sound of its own, with a beginning, a build and an end, laid under the picture's changes."""

import numpy as np
import pytest

from adgen_pipeline.contracts.storyboard import Music
from adgen_pipeline.studio.composition.music import score
from adgen_pipeline.studio.composition.music.balance import EDGES, TARGET, shares
from adgen_pipeline.studio.composition.music.moods import MOODS, OF_FAMILY, mood_of
from adgen_pipeline_tests.sound_report import Sound, attacks

RATE = 48_000
FAMILIES = tuple(OF_FAMILY.values())
BEAT = 6 / 15  # 150 a minute
CHANGES = (4 * BEAT, 9 * BEAT)
SECONDS = 13 * BEAT


@pytest.fixture(scope="module")
def pieces() -> dict[str, Sound]:
    """A short piece for every family of style, at one tempo and with one seed."""
    return {name: score(Music(mood=name, tempo=60 / BEAT, fade_in=0), SECONDS, 3, CHANGES) for name in FAMILIES}


def level(sound: Sound, start: float, stop: float) -> float:
    """RMS from `start` to `stop` seconds."""
    return float(np.sqrt((sound[round(start * RATE) : round(stop * RATE)] ** 2).mean()))


@pytest.mark.parametrize("mood", FAMILIES)
def test_a_mood_begins_builds_and_ends(mood: str, pieces: dict[str, Sound]) -> None:
    """As long as asked; heard from its first moment; fuller in the middle; rings out to silence, no loop cut off."""
    sound = pieces[mood]
    assert sound.shape == (round(SECONDS * RATE), 2) and np.isfinite(sound).all()
    assert level(sound, 0, 0.3) > 0.01
    assert level(sound, CHANGES[0], CHANGES[1]) > 1.1 * level(sound, 0, CHANGES[0])
    assert level(sound, SECONDS - 0.05, SECONDS) < 0.03 * level(sound, CHANGES[0], CHANGES[1])
    assert not sound[-3:].round(4).any()


@pytest.mark.parametrize("mood", FAMILIES)
def test_scenes_change_on_an_attack(mood: str, pieces: dict[str, Sound]) -> None:
    """Something begins within a frame (33 ms) of every change of scene."""
    heard = attacks(pieces[mood])
    assert all(np.abs(heard - change).min() < 0.033 for change in CHANGES)


@pytest.mark.parametrize("mood", FAMILIES)
def test_it_is_balanced(mood: str, pieces: dict[str, Sound]) -> None:
    """No mud (250-500 Hz), no glare (2-8 kHz) beyond 4 dB over what released music averages; both sides agree."""
    over = shares(pieces[mood]) - np.array(TARGET)
    assert over[EDGES.index(250)] < 4 and max(over[EDGES.index(2000)], over[EDGES.index(4000)]) < 4
    assert 0.2 < np.corrcoef(pieces[mood].T)[0, 1] < 0.99


def test_moods_differ(pieces: dict[str, Sound]) -> None:
    """At one tempo no two moods share both their spectrum and how often something begins."""
    bands = {name: np.append(shares(piece), len(attacks(piece)) / 2) for name, piece in pieces.items()}
    distances = [np.abs(bands[a] - bands[b]).max() for a in bands for b in bands if a < b]
    assert min(distances) > 1.5


def test_the_seed_decides(pieces: dict[str, Sound]) -> None:
    """The same seed gives the same samples, another seed another piece."""
    music = Music(mood="tech", tempo=60 / BEAT, fade_in=0)
    assert (score(music, SECONDS, 3, CHANGES) == pieces["tech"]).all()
    assert (score(music, SECONDS, 4, CHANGES) != pieces["tech"]).any()


@pytest.mark.parametrize(
    ("words", "mood"),
    [
        ("minimal elegant", "elegant"),
        ("sport energetic", "energetic"),
        ("retro", "retro"),
        ("upbeat and fun", "energetic"),
        ("Serene", "calm"),
        ("futuristic", "tech"),
        ("warm acoustic", "warm"),
        ("inspiring", "cinematic"),
        ("vinyl", "retro"),
        ("quux", "neutral"),
    ],
)
def test_other_words_find_their_mood(words: str, mood: str) -> None:
    """The first telling word decides, then the family of style; what tells nothing is played neutrally."""
    assert mood_of(words) is MOODS[mood]
