"""Whole ads of the embedded studio: the same again, and with one scene changed."""

from typing import Any

from dagster import DagsterEventType

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline_tests.defs.runs import instance, make, metadata

BRIEF = {"prompt": "A 15 second ad for the Aurum watch", "draft": True, "aspect_ratio": "1:1", "seed": 4}


def files(ad: FinishedAd) -> dict[str, Any]:
    """The hash of every scene's keyframe and clip, and of the composed ad, by step."""
    with instance() as opened:
        steps = metadata(opened, ad.job_id, DagsterEventType.STEP_OUTPUT)
    made = {step: told["sha256"] for step, told in steps.items() if "sha256" in told}
    return made | {"final_ad": ad.composed.sha256}


def test_the_same_brief_and_seed_are_the_same_ad_and_an_override_changes_one_scene() -> None:
    """All files are equal to the byte the second time; with scene 2 told differently, only scene 2's differ."""
    first, again = make(**BRIEF), make(**BRIEF, reuse="off")
    assert files(first) == files(again)
    changed = make(
        **BRIEF, scenes=[{"index": 2, "prompt": "Detail shot of the crown, clear space at the bottom for words"}]
    )
    before, after = files(first), files(changed)
    differ = {step for step in before if before[step] != after[step]}
    assert differ == {"keyframe_images.keyframe[scene_02]", "video_clips.clip[scene_02]", "final_ad"}
