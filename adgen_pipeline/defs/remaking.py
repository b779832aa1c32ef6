"""Buying parts of an earlier ad again: a new ad from the same brief, whose `reuse` names what must be bought anew."""

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from adgen_pipeline.contracts.brief import Brief, read_brief
from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.errors import InvalidBrief, NotInLedger
from adgen_pipeline.ledger import Job, Ledger, open_ledger
from adgen_pipeline.settings import Settings

_STAGE_NAMES = ", ".join(stage.name for stage in STAGES)

REMAKE = {
    "job": dg.Field(dg.String, description="The earlier ad's job id, or its beginning."),
    "scenes": dg.Field([dg.Int], is_required=False, description="Scenes whose keyframe and clip to buy again, from 1."),
    "stage": dg.Field(dg.String, is_required=False, description=f"A stage to buy again: {_STAGE_NAMES}."),
    "max_cost": dg.Field(dg.Float, is_required=False, description="Most the new ad may cost, in USD."),
}
"""The run configuration of the job `remake_ad`."""


def remade(config: Mapping[str, Any]) -> dict[str, Any]:
    """The brief, as data, that the configuration of `remake_ad` means. Raises InvalidBrief."""
    with open_ledger(Settings.read()) as ledger:
        brief = brief_again(
            ledger, config["job"], config.get("scenes", ()), config.get("stage"), config.get("max_cost")
        )
    return brief.model_dump(mode="json", exclude_unset=True)


def brief_again(
    ledger: Ledger, job_id: str, scenes: Sequence[int], stage: str | None, max_cost: float | None = None
) -> Brief:
    """The brief of the ad `job_id` with what to buy again in `reuse`.

    `scenes` counted from 1, `stage` by name, `max_cost` in USD. Raises InvalidBrief for an ad, scene or stage that
    is not there.
    """
    try:
        job = ledger.find_job(job_id)
    except NotInLedger as error:
        raise InvalidBrief([("job", job_id, f"names no one ad: {error.message}")]) from error
    if not scenes and not stage:
        raise InvalidBrief([("scenes", "", f"say what to buy again: scenes such as [2], or a stage ({_STAGE_NAMES})")])
    _check_scenes(ledger, job, scenes)
    refresh = [f"scene_{number:02d}" for number in scenes] + ([stage] if stage else [])
    limit = {"max_cost": max_cost} if max_cost is not None else {}
    return read_brief((job.brief or {}) | {"reuse": {"refresh": refresh, "of": job.job_id}} | limit)


def _check_scenes(ledger: Ledger, job: Job, scenes: Sequence[int]) -> None:
    known = {call.scene for call in ledger.calls(job.job_id) if call.scene}
    strangers = [number for number in scenes if f"scene_{number:02d}" not in known]
    if strangers:
        there = f"has the scenes 1 to {len(known)}" if known else "has no scenes yet: resume it first"
        raise InvalidBrief([("scenes", number, f"the ad {job.job_id} {there}") for number in strangers])
