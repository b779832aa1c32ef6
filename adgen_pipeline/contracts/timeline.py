"""When each scene runs: durations and overlaps as places in the ad, all in seconds."""

from collections.abc import Sequence

from adgen_pipeline.contracts.storyboard import PlannedScene, Scene


def length_of(scenes: Sequence[Scene]) -> float:
    """Length of the ad: the durations less each transition's overlap but the last's."""
    overlaps = sum(scene.transition.overlap for scene in scenes[:-1])
    return round(sum(scene.duration for scene in scenes) - overlaps, 3)


def on_timeline(scenes: Sequence[Scene]) -> list[PlannedScene]:
    """`scenes` with their keys and places in the ad; the next starts where the overlap before it begins."""
    planned: list[PlannedScene] = []
    start = 0.0
    for index, scene in enumerate(scenes, 1):
        end = start + scene.duration
        place = {"key": scene_key(index), "index": index, "start_time": round(start, 3), "end_time": round(end, 3)}
        planned.append(PlannedScene(**scene.model_dump(), **place))
        start = end - scene.transition.overlap
    return planned


def scene_key(index: int) -> str:
    """`scene_01` for 1."""
    return f"scene_{index:02d}"
