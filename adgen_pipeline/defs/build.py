"""All definitions, put together; `resource_overrides` and `executor` let a team or a test exchange parts."""

from collections.abc import Mapping
from typing import Any

import dagster as dg

from adgen_pipeline.contracts.stages import CLIPS
from adgen_pipeline.defs.assets.final_ad import final_ad
from adgen_pipeline.defs.assets.keyframe_images import keyframe_images
from adgen_pipeline.defs.assets.parsed_prompt import parsed_prompt
from adgen_pipeline.defs.assets.video_clips import video_clips
from adgen_pipeline.defs.checks import ad_inspection
from adgen_pipeline.defs.commissions import launch_commissions, take_up
from adgen_pipeline.defs.console import console
from adgen_pipeline.defs.executor import thread_executor
from adgen_pipeline.defs.inbox import inbox
from adgen_pipeline.defs.io_manager import RunScopedIOManager
from adgen_pipeline.defs.jobs import generate_ad, remake_ad
from adgen_pipeline.defs.outcomes import OUTCOME_SENSORS, record_here
from adgen_pipeline.defs.pools import prepare_pools
from adgen_pipeline.defs.resources import (
    CompositionResource,
    ImageGenResource,
    PromptParserResource,
    PurchasesResource,
    VideoGenResource,
)
from adgen_pipeline.defs.schedules import standing_campaigns
from adgen_pipeline.defs.sensors import resume_crashed_ads
from adgen_pipeline.defs.stamping import stamped
from adgen_pipeline.defs.webhooks import deliver_webhooks
from adgen_pipeline.settings import Settings

SCHEDULES: list[dg.ScheduleDefinition] = [standing_campaigns]
SENSORS: list[dg.SensorDefinition] = [resume_crashed_ads, inbox, launch_commissions, *OUTCOME_SENSORS, deliver_webhooks]


def build_defs(
    resource_overrides: Mapping[str, Any] | None = None, executor: dg.ExecutorDefinition | None = None
) -> dg.Definitions:
    """The definitions for the settings as they are now."""
    resources = {
        "io_manager": RunScopedIOManager(),
        "purchases": PurchasesResource(),
        "prompt_parser": PromptParserResource(),
        "image_gen": ImageGenResource(),
        "video_gen": VideoGenResource(),
        "composition": CompositionResource(),
    }
    return dg.Definitions(
        assets=_owned([parsed_prompt, keyframe_images, video_clips, final_ad], Settings.read().asset_owners),
        asset_checks=[ad_inspection],
        jobs=[generate_ad, remake_ad],
        resources=resources | dict(resource_overrides or {}),
        schedules=SCHEDULES,
        sensors=SENSORS,
        executor=stamped(executor or _executor(Settings.read()), _begin, record_here),
        loggers={"console": console},
    )


def _begin(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    """Before a run's first step."""
    take_up(instance, run)
    prepare_pools(instance, run)


def _owned(assets: list[dg.AssetsDefinition], owners: tuple[str, ...]) -> list[dg.AssetsDefinition]:
    """`assets` with those whom the UI names as their owners."""
    return [asset.map_asset_specs(lambda spec: spec.replace_attributes(owners=owners)) for asset in assets]


def _executor(settings: Settings) -> dg.ExecutorDefinition:
    """Threads, Celery's workers, or Dagster's own processes, with MAX_PARALLEL_VIDEO_GENERATIONS clips of an ad at
    once."""
    clips = {"key": "adgen/stage", "value": CLIPS.name, "limit": settings.max_parallel_video_generations}
    return _kind(settings.step_executor).configured({"tag_concurrency_limits": [clips]})


def _kind(name: str) -> dg.ExecutorDefinition:
    if name == "celery":
        from adgen_pipeline.defs.celery.executor import celery_executor  # an extra, which others do without

        return celery_executor
    return {"threads": thread_executor, "multiprocess": dg.multiprocess_executor}[name]
