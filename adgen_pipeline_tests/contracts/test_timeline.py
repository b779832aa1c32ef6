import pytest

from adgen_pipeline.contracts.stages import CLIPS, COMPOSITION, IMAGES, PARSING, progress_after
from adgen_pipeline.contracts.storyboard import Scene
from adgen_pipeline.contracts.timeline import length_of, on_timeline


def scene(duration: float, transition: object = "cut") -> Scene:
    return Scene.model_validate({"prompt": "x", "duration": duration, "transition": transition})


def test_overlaps_are_counted_once_and_never_for_the_last_scene() -> None:
    """10 + 10 + 10 with two overlaps of half a second last 29 s, wherever the last transition ends."""
    scenes = [scene(10, {"type": "fade", "duration": 0.5})] * 3
    assert length_of(scenes) == 29.0
    planned = on_timeline(scenes)
    assert [(s.start_time, s.end_time) for s in planned] == [(0, 10), (9.5, 19.5), (19, 29)]
    assert [s.key for s in planned] == ["scene_01", "scene_02", "scene_03"]


def test_a_bare_name_and_a_cut_do_not_overlap() -> None:
    """A service that says "fade" says nothing of an overlap."""
    assert length_of([scene(5, "fade"), scene(5, None), scene(5, {"type": "cut", "duration": 1})]) == 15


@pytest.mark.parametrize(
    ("stage", "done", "of", "percent"),
    [(PARSING, 1, 1, 20), (IMAGES, 1, 3, 25), (CLIPS, 0, 4, 35), (CLIPS, 2, 4, 60), (COMPOSITION, 1, 1, 100)],
)
def test_progress_moves_scene_by_scene(stage: object, done: int, of: int, percent: float) -> None:
    """Within a fan-out the percentage moves in equal parts."""
    assert progress_after(stage, done, of) == pytest.approx(percent)  # type: ignore[arg-type]
