"""The same assets under Dagster's own executor, a process a step: by spawn, and by fork from a server that has all
modules loaded, the quicker of its two ways."""

import dagster as dg

from adgen_pipeline.contracts.stages import CLIPS
from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.settings import Settings

START_METHODS = {
    "spawn": {"spawn": {}},
    "forkserver": {"forkserver": {"preload_modules": ["benchmarks.contenders"]}},
}


def spawn() -> dg.JobDefinition:
    """`generate_ad`, each step in a new interpreter."""
    return _job("spawn")


def forkserver() -> dg.JobDefinition:
    """`generate_ad`, each step in a fork of a process that has it all loaded."""
    return _job("forkserver")


def _job(method: str) -> dg.JobDefinition:
    """With as many clips at once as the settings say, and no bound on steps in all."""
    clips = Settings.read().max_parallel_video_generations
    limits = [{"key": "adgen/stage", "value": CLIPS.name, "limit": clips}]
    config = {"max_concurrent": 32, "start_method": START_METHODS[method], "tag_concurrency_limits": limits}
    return build_defs(executor=dg.multiprocess_executor.configured(config)).resolve_job_def("generate_ad")
