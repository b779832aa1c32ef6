"""What a later ad takes from an earlier one, and what a brief buys again."""

from typing import Any

import pytest
from dagster import DagsterEventType

from adgen_pipeline_tests.defs.runs import instance, make, metadata
from adgen_pipeline_tests.lab import COSTS, Call, Lab, envelope

SCENE_1 = {"index": 1, "prompt": "A quite different first scene"}
SCENE_2 = {"index": 2, "prompt": "A quite different second scene"}


@pytest.fixture(autouse=True)
def each_composition_is_another(lab: Lab) -> None:
    """A composition of other clips is another file, as it would be with real clips."""

    def composed(call: Call) -> Any:
        result = lab.result(call)
        shade = sum(len(scene["video_url"]) for scene in call.body["scenes"]) % 100 + len(lab.of("/compose"))
        return envelope(result | {"thumbnail_url": f"{lab.url}/media/{shade}.jpg"}, COSTS["/compose"])

    def filmed(call: Call) -> Any:
        length = call.body["duration"] + len(call.body["scene_prompt"]) % 7 / 10
        result = {"video_url": f"{lab.url}/media/{length}.mp4", "duration": length, "resolution": "36x64"}
        return envelope(result, COSTS["/generate-video"])

    lab.on("/compose", composed, always=True)
    lab.on("/generate-video", filmed, always=True)


def bought(lab: Lab) -> list[int]:
    """The calls that came since the last look."""
    found = [len(lab.of(path)) for path in COSTS]
    lab.calls.clear()
    return found


def test_a_repeated_brief_costs_nothing_and_says_so(lab: Lab) -> None:
    """The same ad, $0; the result names what was saved, the ad it is, `seed` and `reuse`."""
    first = make()
    assert bought(lab) == [1, 3, 3, 1] and first.note is None
    again = make()
    assert bought(lab) == [0, 0, 0, 0]
    assert (again.total_cost, again.saved, again.composed) == (0, first.total_cost, first.composed)
    assert again.note and first.job_id in again.note and "`seed`" in again.note and "`reuse: off`" in again.note
    with instance() as opened:
        told = metadata(opened, again.job_id, DagsterEventType.ASSET_MATERIALIZATION)
    assert told["final_ad"]["note_on_reuse"] == again.note
    assert (told["video_clips"]["reused"], told["video_clips"]["saved_usd"]) == (3, 0.75)


@pytest.mark.parametrize("scene", [SCENE_1, SCENE_2])
def test_a_changed_scene_buys_itself_and_the_composition(lab: Lab, scene: dict[str, Any]) -> None:
    """One keyframe, one clip, one composition; also for the first scene, whose keyframe gave the others their look."""
    make()
    bought(lab)
    changed = make(scenes=[scene])
    assert bought(lab) == [0, 1, 1, 1]
    assert changed.note is None


def test_a_look_that_serves_all_scenes_outlives_an_edit_of_the_first(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one keyframe for all, the other scenes keep the one they were made from."""
    monkeypatch.setenv("KEYFRAMES", "reference")
    make()
    assert bought(lab) == [1, 1, 3, 1]
    make(scenes=[SCENE_1])
    assert bought(lab) == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("reuse", "calls"),
    [
        ("off", [1, 3, 3, 1]),
        ({"refresh": ["scene_02"]}, [0, 1, 1, 0]),
        ({"refresh": ["scene_2", "composition"]}, [0, 1, 1, 1]),
        ({"refresh": ["image_generation"]}, [0, 3, 0, 0]),
    ],
)
def test_a_brief_buys_again_what_it_names(lab: Lab, reuse: Any, calls: list[int]) -> None:
    """Nothing of earlier ads, or all but what is named; what comes back the same leaves the calls behind it equal."""
    make()
    bought(lab)
    make(reuse=reuse)
    assert bought(lab) == calls


def test_another_seed_is_another_ad(lab: Lab) -> None:
    """Nothing that depends on the seed is taken from the ad with the other one."""
    make(seed=1)
    bought(lab)
    make(seed=2)
    assert bought(lab) == [1, 3, 3, 1]
