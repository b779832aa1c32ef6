"""Spans: on beats, exact, long enough; and the transitions between them."""

from itertools import pairwise
from random import Random

import pytest

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.contracts.storyboard import Transition
from adgen_pipeline.studio.prompt_parser.beats import TICKS_A_SECOND, seconds, tempo_of
from adgen_pipeline.studio.prompt_parser.overlays import words_leave
from adgen_pipeline.studio.prompt_parser.picture import Shot
from adgen_pipeline.studio.prompt_parser.reading import read
from adgen_pipeline.studio.prompt_parser.script import Copy, Shown, Spoken
from adgen_pipeline.studio.prompt_parser.stories import plan_story
from adgen_pipeline.studio.prompt_parser.timing import READ_WORDS_A_SECOND, plan_spans, reading_seconds, words_that_fit
from adgen_pipeline.studio.prompt_parser.transitions import choose_transitions

WATCH = read("A watch", BrandGuidelines())
FADE, CUT = Transition(type="fade", duration=seconds(8)), Transition(type="cut")


def words(count: int) -> Copy:
    text = " ".join(["word"] * count)
    return Copy((Shown(text, "headline"),), (Spoken(text, 0),))


def test_a_beat_is_a_whole_number_of_frames() -> None:
    """The tempo is 900 over the beat's ticks, and a tick two frames at 30 fps."""
    assert tempo_of(9) == 100 and 60 / tempo_of(7) * 30 == pytest.approx(14)
    assert seconds(15) == 1 and seconds(10) == 0.666, "cut off: 0.667 s would fall into the next frame"


@pytest.mark.parametrize("beat", [7, 9, 13])
def test_scenes_change_on_the_beat(beat: int) -> None:
    """The middle of each fade, and each cut, is a whole number of beats from the start; the ad ends when it should."""
    parts = plan_story("aida", WATCH, 30)
    changes = [FADE, CUT, FADE, FADE, CUT]
    spans = plan_spans(30, beat, parts, [words(3)] * 5, changes)
    for span, following in pairwise(spans):
        middle = (span.stop + following.start) / 2
        assert middle % beat == 0 and span.stop - following.start == span.after == following.before
    assert spans[0].start == 0 and spans[-1].stop == 30 * TICKS_A_SECOND
    assert len({span.stop - span.start for span in spans}) > 2, "no two scenes need be as long"


def test_a_wordy_scene_gets_more_time() -> None:
    """Time follows what is to be read, before it follows the story's rhythm."""
    parts = plan_story("aida", WATCH, 15)
    spans = plan_spans(15, 8, parts, [words(2), words(2), words(15), words(2)], [FADE, FADE, FADE, CUT])
    assert spans[2].duration > spans[1].duration and spans[2].alone >= reading_seconds(" ".join(["w"] * 15)) + 0.3


@pytest.mark.parametrize("count", [2, 5, 7])
def test_words_leave_on_a_beat_and_leave_the_picture_time(count: int) -> None:
    """After 1.5 times their reading time and over half of their scene, and a second and more before its end."""
    parts, beat = plan_story("aida", WATCH, 30), 9
    spans = plan_spans(30, beat, parts, [words(count)] * 5, [FADE] * 4 + [CUT])
    for span in spans[1:3]:
        leave = words_leave(words(count), span, beat)
        assert leave - span.enter >= 1.5 * count / READ_WORDS_A_SECOND and 0.55 <= leave / span.alone < 0.8
        assert (span.start_time + leave) * TICKS_A_SECOND / beat % 1 == pytest.approx(0, abs=0.01)
        assert span.duration - leave > 1
    assert words_leave(Copy(), spans[0], beat) == spans[0].alone, "a scene without words has none to leave"


def test_captions_give_way_where_there_is_no_time_to_read_them() -> None:
    """The last caption of the longest scene first; headlines, offers and calls stay."""
    long = " ".join(["word"] * 20)
    full = Copy(
        (Shown("Name", "headline"), Shown(long, "caption"), Shown(long, "offer"), Shown("Go", "call_to_action"))
    )
    kept = words_that_fit(15, 8, [words(5), words(12), full], [FADE, FADE, CUT])
    assert [shown.role for shown in kept[2].shown] == ["headline", "offer", "call_to_action"]
    assert words_that_fit(60, 8, [words(5), words(12), full], [FADE, FADE, CUT])[2] == full


def test_transitions_vary() -> None:
    """Never the same kind three times running, never two cuts together, and a cut at the end."""
    shots = [Shot(kind, "static", "bottom") for kind in ("close_up", "hero", "detail", "close_up", "wide", "end_card")]
    for seed in range(40):
        kinds = [change.type for change in choose_transitions(("fade", "fade", "cut"), 8, shots, Random(seed))]
        runs = "".join(kind[0] for kind in kinds[:-1])
        assert "fff" not in runs and "cc" not in runs and kinds[-1] == "cut"


def test_the_picture_holds_on_to_the_product_between_shots_alike() -> None:
    """A match stands only where neighbours show the product about as large, and comes up there."""
    shots = [Shot(kind, "static", "bottom") for kind in ("close_up", "hero", "wide", "detail", "wide", "end_card")]
    matched = set()
    for seed in range(40):
        changes = choose_transitions(("fade", "wipe"), 8, shots, Random(seed))
        matched |= {i for i, change in enumerate(changes) if change.type == "match"}
    assert matched == {1, 4}


def test_slow_music_changes_scenes_slowly() -> None:
    """Quick beats take 0.4 or 0.533 s for a change, slow ones 0.533 or 0.666 s."""
    shots = [Shot("hero", "static", "bottom")] * 30
    quick, slow = (
        {change.duration for change in choose_transitions(("fade", "wipe"), beat, shots, Random(1))[:-1]}
        for beat in (7, 13)
    )
    assert quick == {0.4, 0.533} and slow == {0.533, 0.666}
