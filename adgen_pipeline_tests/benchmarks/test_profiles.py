"""The critical path, on examples worked out by hand: all that is measured is held against it."""

import pytest

from benchmarks.profiles import REAL_LIFE, SHORT, makespan, prompt_for, scene_prompts


@pytest.mark.parametrize(
    ("seconds", "slots", "expected"),
    [
        ([], 4, 0.0),
        ([3.0], 4, 3.0),
        ([3, 3, 3, 3], 4, 3.0),
        ([3, 3, 3, 3, 3, 3], 4, 6.0),
        ([5, 1, 1, 4], 2, 6.0),  # 5 beside 1 + 1, then 4 where the second ended
        ([1, 1, 4, 5], 2, 6.0),  # another order, another length: 1 + 4 beside 1 + 5
        ([2, 3, 4], 1, 9.0),
    ],
)
def test_calls_start_in_turn_as_soon_as_a_slot_is_free(seconds: list[float], slots: int, expected: float) -> None:
    """The length of an ideal schedule that keeps the order in which calls are started."""
    assert makespan(seconds, slots) == expected


def test_the_path_counts_the_reference_keyframe_and_the_slots() -> None:
    """Four short scenes: 0.5 + 1 + 1 + 3 + 1 s; six take a second round of clips; one has no later image."""
    paths = [SHORT.critical_path(prompt_for(1, scenes), slots=4) for scenes in (4, 6, 1)]
    assert paths == [6.5, 9.5, 5.5]


def test_clips_of_the_real_life_profile_differ_and_stay_the_same() -> None:
    """45 s give or take 15, told by the scene's words alone: every contender waits equally long."""
    prompt = prompt_for(7, 6)
    clips = [REAL_LIFE.clip_of(scene) for scene in scene_prompts(prompt)]
    assert len(set(clips)) == 6 and all(30 <= seconds <= 60 for seconds in clips)
    assert clips == [REAL_LIFE.clip_of(scene) for scene in scene_prompts(prompt)]
    path = REAL_LIFE.critical_path(prompt, slots=6)
    assert path == pytest.approx(2 + 8 + 8 + max(clips) + 10)
