"""How far a job is: settled calls against those it takes, stage by stage."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from adgen_pipeline.contracts.stages import CLIPS, IMAGES, STAGES, Stage, progress_after
from adgen_pipeline.contracts.storyboard import Storyboard
from adgen_pipeline.ledger import Call, State
from adgen_pipeline.reports.report import Progress
from adgen_pipeline.reports.scenes import one_image_for_all

Counts = Mapping[Stage, tuple[int, int]]
"""By stage: calls that are done, and calls there will be."""


def counts_of(storyboard: Storyboard | None, calls: Sequence[Call], *, per_scene: bool) -> Counts:
    """What is done and what there is to do; without a storyboard only its own call is known.

    `per_scene`: whether a job whose clips have not begun buys a keyframe a scene, or one for all.
    """
    scenes = [scene.key for scene in storyboard.scenes] if storyboard else []
    shared = bool(storyboard and (one_image_for_all(storyboard, calls) or (not per_scene and _is_first(calls, scenes))))
    wanted = {IMAGES: scenes[:1] if shared else scenes, CLIPS: scenes}
    return {stage: _count(stage, wanted.get(stage), calls) for stage in STAGES}


def progress_of(counts: Counts, *, completed: bool, expected_end: datetime | None = None) -> Progress:
    """In the contract's terms; a `completed` job has all its stages behind it."""
    done = [stage for stage in STAGES if completed or _is_done(counts, stage)]
    remaining = [stage for stage in STAGES if stage not in done]
    return Progress(
        current_stage=remaining[0].name if remaining else None if completed else STAGES[-1].name,
        stages_completed=[stage.name for stage in done],
        stages_remaining=[stage.name for stage in remaining],
        percentage=percentage_of(counts, completed=completed),
        estimated_completion_time=expected_end,
    )


def percentage_of(counts: Counts, *, completed: bool) -> float:
    """0 to 100, as the contract counts: up to the first stage that is not done, and into that by its calls."""
    if completed:
        return 100.0
    percentage = 0.0
    for stage in STAGES:
        done, of = counts[stage]
        percentage = progress_after(stage, done, of) if of else percentage
        if not _is_done(counts, stage):
            break
    return round(percentage, 1)


def _count(stage: Stage, scenes: list[str] | None, calls: Sequence[Call]) -> tuple[int, int]:
    settled = {call.scene for call in calls if call.stage == stage.name and call.state == State.SETTLED}
    return (int(None in settled), 1) if scenes is None else (len(settled & set(scenes)), len(scenes))


def _is_done(counts: Counts, stage: Stage) -> bool:
    """Its calls are all through, and so are those of the stages before it."""
    upto = STAGES[: STAGES.index(stage) + 1]
    return all(counts[each][1] and counts[each][0] == counts[each][1] for each in upto)


def _is_first(calls: Sequence[Call], scenes: list[str]) -> bool:
    """Whether no scene but the first has a keyframe so far."""
    return not any(call.stage == IMAGES.name and call.scene in scenes[1:] for call in calls)
