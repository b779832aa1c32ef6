"""Seconds become frames, exactly."""

from typing import Any

import pytest

from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.timeline import timeline


def request(*scenes: tuple[float, float, Any]) -> ComposeRequest:
    """Scenes as (start, end, transition)."""
    listed = [{"video_url": "x", "start_time": s, "end_time": e, "transition": t} for s, e, t in scenes]
    return ComposeRequest.model_validate({"scenes": listed})


@pytest.mark.parametrize(("fps", "frames"), [(30, 451), (25, 376), (15, 226), (24, 361)])
def test_frames_of_the_whole_are_exact(fps: int, frames: int) -> None:
    """Odd seconds at any rate: round(total x fps) frames, and each of them shows a scene."""
    plan = timeline(request((0, 4.333, "cut"), (4.333, 10.01, "cut"), (10.01, 15.04, "cut")), fps)
    assert plan.frames == frames
    assert [plan.layers(n)[0].scene for n in range(frames)] == sorted(plan.layers(n)[0].scene for n in range(frames))


def test_overlapping_scenes_are_both_on_screen() -> None:
    """During the overlap the incoming scene lies over the outgoing one, with growing progress; elsewhere one shows."""
    plan = timeline(request((0, 2, {"type": "fade", "duration": 0.5}), (1.5, 3, "cut")), 10)
    counts = [len(plan.layers(n)) for n in range(30)]
    assert counts == [1] * 15 + [2] * 5 + [1] * 10
    over = [plan.layers(n)[1] for n in range(15, 20)]
    assert [layer.progress for layer in over] == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])
    assert [layer.frame for layer in over] == [0, 1, 2, 3, 4] and over[0].change == "fade"


@pytest.mark.parametrize(("transition", "held"), [("wipe", 5), ({"type": "wipe", "duration": 0.3}, 3), ("cut", 0)])
def test_the_last_picture_is_held_where_scenes_do_not_overlap(transition: Any, held: int) -> None:
    """A bare name draws the change over the first half second of the next scene; a duration, over that; a cut, none."""
    plan = timeline(request((0, 1, transition), (1, 2, "cut")), 10)
    assert [len(plan.layers(n)) for n in range(10, 20)] == [2] * held + [1] * (10 - held)
    assert plan.frames == 20 and plan.slots[0].length == 10


def test_a_cut_takes_no_part_in_an_overlap() -> None:
    """Where a cut's scenes overlap all the same, the next one is simply there from its start."""
    plan = timeline(request((0, 2, "cut"), (1.5, 3, "cut")), 10)
    assert all(len(plan.layers(n)) == 1 for n in range(30))
    assert plan.layers(15)[0].scene == 1


@pytest.mark.parametrize(
    ("scenes", "message"),
    [
        (
            [(0, 1, "star_wipe"), (1, 2, "cut")],
            "scene 1: there is no transition 'star_wipe'; .* cut, fade, slide, wipe",
        ),
        ([(0, 1, "cut"), (1.5, 2, "cut")], "scene 2 starts at 1.5 s: 5 frames before it are empty"),
        ([(0.5, 1, "cut")], "scene 1 starts at 0.5 s"),
        ([(0, 2, "cut"), (2, 1.5, "cut")], "scene 2 ends at 1.5 s"),
        ([(0, 2, "fade"), (0, 3, "cut")], "scene 2 starts or ends no later than scene 1"),
    ],
)
def test_impossible_timelines_are_named(scenes: list[tuple[float, float, Any]], message: str) -> None:
    """The error names the scene, the time and what would do."""
    with pytest.raises(RenderError, match=message):
        timeline(request(*scenes), 10)
