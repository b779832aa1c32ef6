"""Between the steps: each output as a JSON file keyed by run, so that two ads at once never mix.

    <ADGEN_HOME>/runs/<run>/<step>.json, or <MEDIA_STORE>/runs/<run>/<step>.json where that is a remote store

Values are the contracts' models, written with their name and read back as the same. An input from outside the run
comes from the one ad the run works on (see `lineage`).
"""

import json
from typing import Any

import dagster as dg
from pydantic import BaseModel

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.contracts.clip import Clip, Clips
from adgen_pipeline.contracts.keyframe import Keyframe, Keyframes
from adgen_pipeline.contracts.storyboard import PlannedScene, Storyboard
from adgen_pipeline.defs.lineage import job_id_of, run_that_made
from adgen_pipeline.defs.reporting import clear_failures
from adgen_pipeline.errors import IncompleteAd
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.outputs import outputs_of

_MODELS: dict[str, type[BaseModel]] = {
    model.__name__: model for model in (Storyboard, PlannedScene, Keyframe, Keyframes, Clip, Clips, FinishedAd)
}


class RunScopedIOManager(dg.ConfigurableIOManager):
    """Keeps what a step hands to the next, apart for every run."""

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        """Write the model `obj`; an asset's materialisation learns which ad it belongs to."""
        told = json.dumps({"type": type(obj).__name__, "value": obj.model_dump(mode="json")})
        with clear_failures():
            outputs_of(Settings.read()).write(_name(context.run_id, context), told.encode())
        if context.has_asset_key:
            context.add_output_metadata({"job_id": _job_id(context.step_context)})

    def load_input(self, context: dg.InputContext) -> Any:
        """Read what the upstream step wrote in this run, the run this one goes on from, or the ad it works on."""
        made = context.upstream_output
        assert made is not None
        with clear_failures():
            return _read(_name(_run_of(context, made), made))

    def read(self, run_id: str, asset: str) -> Any:
        """What `asset` was in the run `run_id`. Raises IncompleteAd where that is gone, and ArtifactUnavailable."""
        return _read(f"{run_id}/{asset}.json")


def job_id(context: dg.OpExecutionContext) -> str:
    """The id of the ad that the step works on."""
    return _job_id(context.get_step_execution_context())


def _run_of(context: dg.InputContext, made: dg.OutputContext) -> str:
    if made.has_asset_key and made.asset_key in _outside(context.step_context):
        return run_that_made(context.instance, made.asset_key, _job_id(context.step_context))
    return made.run_id


def _name(run_id: str, made: dg.OutputContext) -> str:
    """An asset by its name; an op's output by its step's key, which names the scene of a mapped step."""
    name = made.asset_key.path[-1] if made.has_asset_key else f"{made.step_key}.{made.name}"
    mapped = f".{made.mapping_key}" if made.mapping_key else ""
    return f"{run_id}/{name}{mapped}.json"


def _read(name: str) -> Any:
    outputs = outputs_of(Settings.read())
    content = outputs.read(name)
    if content is None:
        raise IncompleteAd(f"{outputs.shown}/{name} is gone: run the ad again")
    stored = json.loads(content)
    return _MODELS[stored["type"]].model_validate(stored["value"])


def _job_id(step: Any) -> str:
    return job_id_of(step.instance, step.dagster_run, _outside(step))


def _outside(step: Any) -> set[dg.AssetKey]:
    """The assets that the run's own selection, checks among it, needs but does not make."""
    layer = step.job_def.asset_layer
    needed = {key for part in layer.data for key in part.assets_def.keys_by_input_name.values()}
    return needed - set(layer.selected_asset_keys)
