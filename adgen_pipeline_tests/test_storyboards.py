from decimal import Decimal
from typing import Any

import pytest

from adgen_pipeline.contracts.brief import read_brief
from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.contracts.storyboard import ParseResult, Storyboard
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.storyboards import missing_scenes, storyboard_for

RECEIPT = Receipt(service="prompt_parser", cost=Decimal("0.03"), seconds=1, attempts=1, key="k", call=1)
FADE = {"type": "fade", "duration": 0.6}
PLAN = ParseResult.model_validate(
    {
        "scenes": [
            {"prompt": "one", "duration": 5.4, "transition": FADE, "narration": "First."},
            {"prompt": "two", "duration": 5.8, "transition": FADE, "narration": "Second."},
            {"prompt": "three", "duration": 5, "transition": "cut", "role": "call_to_action"},
        ],
        "visual_direction": {"style": "plain"},
        "audio": {
            "voiceover": {"segments": [{"text": "First.", "start_time": 0.4}, {"text": "Second.", "start_time": 5.2}]}
        },
        "text_overlays": [
            {"text": "Hello", "start_time": 0.4, "duration": 3},
            {"text": "There", "start_time": 5.2, "duration": 3},
            {"text": "Buy", "role": "call_to_action", "start_time": 10.4, "duration": 3},
        ],
    }
)


def planned(**brief: Any) -> Storyboard:
    given = read_brief({"prompt": "An ad for a watch", "duration": 15} | brief)
    return storyboard_for("job", given, PLAN, RECEIPT)


def test_without_scenes_the_plan_is_the_parsers() -> None:
    """Scenes, words and narration come through unchanged, on their places in the ad."""
    board = planned()
    assert [(s.prompt, s.start_time, s.end_time) for s in board.scenes] == [
        ("one", 0, 5.4),
        ("two", 4.8, 10.6),
        ("three", 10, 15),
    ]
    assert board.text_overlays == PLAN.text_overlays
    assert board.audio == PLAN.audio


def test_overriding_one_scene_changes_that_scene_alone() -> None:
    """Only scene 2's picture, words and narration are new; the others are equal to the last letter."""
    before = planned()
    after = planned(scenes=[{"index": 2, "prompt": "another two", "headline": "New", "narration": "Anew."}])
    assert after.scenes[1].prompt == "another two"
    assert (after.scenes[0], after.scenes[2]) == (before.scenes[0], before.scenes[2])
    assert [w.text for w in after.text_overlays] == ["Hello", "New", "Buy"]
    assert [s.text for s in (after.audio.voiceover.segments if after.audio.voiceover else [])] == ["First.", "Anew."]


def test_another_transition_leaves_the_next_scene_where_it_was() -> None:
    """A cut instead of a fade takes the overlap out of its own scene."""
    after = planned(scenes=[{"index": 1, "transition": "cut"}])
    assert after.scenes[0].duration == pytest.approx(4.8)
    assert [s.start_time for s in after.scenes] == [s.start_time for s in planned().scenes]


def test_overrides_that_do_not_add_up_are_refused_with_the_sum() -> None:
    """The message says what the scenes last and what they should."""
    with pytest.raises(InvalidBrief, match=r"18\.6 s") as caught:
        planned(scenes=[{"index": 1, "duration": 9}])
    assert "duration of 15 s" in caught.value.message


def test_an_override_of_a_scene_that_is_not_there_is_refused() -> None:
    """The message says how many scenes there are."""
    with pytest.raises(InvalidBrief, match="the storyboard has 3"):
        planned(scenes=[{"index": 7, "prompt": "no such scene"}])


def test_a_hand_written_storyboard_replaces_scenes_words_and_narration() -> None:
    """Pictures and words are the person's, the look and the music the parser's; the end card has the brand."""
    scenes = [
        {"prompt": "mine", "duration": 8, "headline": "My words", "narration": "My voice."},
        {"prompt": "mine too", "duration": 7, "role": "call_to_action", "headline": "Now"},
    ]
    board = planned(scenes=scenes, brand_guidelines={"name": "Aurum", "call_to_action": "Discover"})
    assert [s.prompt for s in board.scenes] == ["mine", "mine too"]
    assert [w.text for w in board.text_overlays] == ["My words", "Aurum", "Now", "Discover"]
    assert board.visual_direction == PLAN.visual_direction
    last = board.text_overlays[-1]
    assert last.start_time >= 8 and last.start_time + last.duration <= 15


def test_words_stand_where_the_picture_keeps_clear() -> None:
    """A hand-written prompt that asks for clear space at the top gets its words there."""
    scenes = [
        {"prompt": "a dial, clear space at the top for words", "duration": 8, "headline": "Up"},
        {"prompt": "a crown", "duration": 7, "headline": "Down"},
    ]
    assert [w.position for w in planned(scenes=scenes).text_overlays] == ["top", "bottom"]


def test_missing_scenes_are_named() -> None:
    """What the collect steps ask before they hand anything on."""
    assert missing_scenes(planned(), ["scene_03", "scene_01"]) == ["scene_02"]
