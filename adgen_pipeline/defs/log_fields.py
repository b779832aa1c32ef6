"""What a step works on, as log lines carry it."""

from collections.abc import Mapping
from typing import Any

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.defs.jobs import ASSETS
from adgen_pipeline.defs.lineage import JOB_TAG

_STAGES = {asset: stage.name for asset, stage in zip(ASSETS, STAGES, strict=True)}
_ROOT_TAG = "dagster/root_run_id"


def fields_of(tags: Mapping[str, str], run_id: str | None, step_key: str | None) -> dict[str, Any]:
    """job, run, stage and scene of a step such as `video_clips.clip[scene_02]`; none of what is not known."""
    asset, _, scene = (step_key or "").partition("[")
    known = {
        "job": tags.get(JOB_TAG) or tags.get(_ROOT_TAG) or run_id,
        "run": run_id,
        "stage": _STAGES.get(asset.partition(".")[0]),
        "scene": scene.rstrip("]") or None,
    }
    return {name: value for name, value in known.items() if value is not None}
