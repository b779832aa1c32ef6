"""The storyboard of a job, and what has been made of each scene, from the answers in the ledger."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Protocol

from pydantic import ValidationError

from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.purchase import Artifact, Receipt
from adgen_pipeline.contracts.stages import CLIPS, IMAGES, PARSING, Stage
from adgen_pipeline.contracts.storyboard import ParseResult, PlannedScene, Storyboard
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.ledger import Call, State
from adgen_pipeline.reports.report import SceneReport, SceneState
from adgen_pipeline.storyboards import storyboard_for

_UNPAID = Receipt(service="", cost=Decimal(0), seconds=0, attempts=0, key="", call=0)


class Link(Protocol):
    """Makes a URL, for the one who reads the report, of a file that is `called` so where it is saved."""

    def __call__(self, artifact: Artifact, /, *, called: str = "") -> str: ...


def storyboard_of(job_id: str, brief: dict[str, Any] | None, calls: Sequence[Call]) -> Storyboard | None:
    """The plan by the parser's stored answer and the brief's own scenes; None before there is one.

    None, too, where the brief's scenes do not fit what the parser planned, which is what such a job fails of.
    """
    answer = next((call.response for call in calls if call.stage == PARSING.name and call.state == State.SETTLED), None)
    if answer is None or brief is None:
        return None
    try:
        parsed = ParseResult.model_validate(answer["result"])
        return storyboard_for(job_id, Brief.model_validate(brief), parsed, _UNPAID)
    except (ValidationError, InvalidBrief):
        return None


def newest(calls: Sequence[Call], stage: Stage, scene: str | None = None) -> Call | None:
    """The newest call of a stage (for a scene): a settled one before all others."""
    its = [call for call in calls if call.stage == stage.name and call.scene == scene]
    return next((call for call in its if call.state == State.SETTLED), its[0] if its else None)


def one_image_for_all(storyboard: Storyboard, calls: Sequence[Call]) -> bool:
    """Whether the clips were begun with the first scene's keyframe alone."""
    begun = any(call.stage == CLIPS.name for call in calls)
    return begun and not any(newest(calls, IMAGES, scene.key) for scene in storyboard.scenes[1:])


def scenes_of(storyboard: Storyboard, calls: Sequence[Call], link: Link, *, live: bool) -> list[SceneReport]:
    """Each scene as it stands; `live` says that the job is still worked on."""
    first = newest(calls, IMAGES, storyboard.scenes[0].key)
    shared = first if one_image_for_all(storyboard, calls) else None
    return [_scene(storyboard, scene, calls, shared, link, live=live) for scene in storyboard.scenes]


def _scene(
    storyboard: Storyboard, scene: PlannedScene, calls: Sequence[Call], shared: Call | None, link: Link, *, live: bool
) -> SceneReport:
    keyframe, clip = newest(calls, IMAGES, scene.key) or shared, newest(calls, CLIPS, scene.key)
    return SceneReport(
        scene=scene.key,
        start_time=scene.start_time,
        seconds=scene.duration,
        prompt=scene.prompt,
        words=storyboard.words_of(scene),
        narration=scene.narration,
        state=_state(keyframe, clip, live=live),
        keyframe_url=_url(keyframe, "image_url", link),
        clip_url=_url(clip, "video_url", link),
        cost=sum((call.cost for call in calls if call.scene == scene.key), Decimal(0)),
    )


def _state(keyframe: Call | None, clip: Call | None, *, live: bool) -> SceneState:
    if clip and clip.state == State.SETTLED:
        return "completed"
    at_work = clip or keyframe
    if at_work is None:
        return "waiting"
    if at_work.state == State.SETTLED:
        return "processing" if live else "waiting"
    if live and at_work.state == State.CLAIMED:
        return "processing"
    return "waiting" if at_work.state == State.RELEASED else "failed"


def _url(call: Call | None, field: str, link: Link) -> str | None:
    kept = call.files.get(field) if call and call.state == State.SETTLED else None
    return link(kept) if kept else None
