"""Third stage: one clip a scene, side by side."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.contracts.clip import Clip, Clips
from adgen_pipeline.contracts.keyframe import Keyframe, Keyframes, as_resolution
from adgen_pipeline.contracts.stages import CLIPS
from adgen_pipeline.contracts.storyboard import PlannedScene, Storyboard
from adgen_pipeline.defs.buyer import buyer_of
from adgen_pipeline.defs.inline_storyboard import inline_storyboard, paid
from adgen_pipeline.defs.reporting import clear_failures, of_artifact, of_receipt, of_receipts, posters, seed_of
from adgen_pipeline.errors import IncompleteAd
from adgen_pipeline.purchases import Order, Purchases
from adgen_pipeline.requests import clip_request
from adgen_pipeline.storyboards import missing_scenes


@dg.op(out=dg.DynamicOut(PlannedScene), description="The storyboard's scenes, one at a time.")
def scenes(parsed_prompt: Storyboard) -> Iterator[dg.DynamicOutput[PlannedScene]]:
    for scene in parsed_prompt.scenes:
        yield dg.DynamicOutput(scene, mapping_key=scene.key)


@dg.op(tags={"adgen/stage": CLIPS.name}, pool=CLIPS.service, description="Buys one scene's clip.")
def clip(
    context: dg.OpExecutionContext,
    purchases: dg.ResourceParam[Purchases],
    video_gen: dg.ResourceParam[VideoGen],
    scene: PlannedScene,
    parsed_prompt: Storyboard,
    keyframe_images: Keyframes,
) -> Clip:
    with clear_failures():
        keyframe = _keyframe_of(scene, keyframe_images)
        shown = purchases.url_for(keyframe.artifact, video_gen)
        request = clip_request(parsed_prompt, scene, shown)
        reuse = parsed_prompt.brief.takes_earlier(CLIPS.name, scene.key)
        order = Order(parsed_prompt.job_id, request, scene.key, {shown: keyframe.artifact.sha256}, reuse)
        bought = purchases.buy(video_gen, order, buyer_of(context))
    made = Clip(scene=scene.key, seed=request.seed, artifact=bought.files["video_url"], receipt=bought.receipt)
    path = purchases.store.path(made.artifact)
    context.add_output_metadata(
        of_receipt(made.receipt) | of_artifact(made.artifact, path) | {"seed": seed_of(parsed_prompt.brief)}
    )
    return made


@dg.op(description="Checks that every scene has its clip.")
def collect_clips(
    context: dg.OpExecutionContext,
    purchases: dg.ResourceParam[Purchases],
    parsed_prompt: Storyboard,
    clips: list[Clip],
) -> Clips:
    with clear_failures():
        missing = missing_scenes(parsed_prompt, [made.scene for made in clips])
        if missing:
            raise IncompleteAd(f"no clip for {', '.join(missing)}: run the whole ad again (ALL_STEPS)")
    items = sorted(clips, key=lambda made: made.scene)
    brief = parsed_prompt.brief
    facts = {
        "seed": seed_of(brief),
        "resolution": as_resolution(brief.size),
        "duration_seconds": round(sum(made.artifact.duration or 0 for made in items), 3),
        "megabytes": round(sum(made.artifact.size for made in items) / 1e6, 3),
    }
    shown = posters({made.scene: purchases.store.path(made.artifact) for made in items})
    costs = {made.scene: paid(made.receipt) for made in items}
    board = {"storyboard": inline_storyboard(parsed_prompt, clip=shown, cost=costs)}
    context.add_output_metadata(board | of_receipts([made.receipt for made in items]) | facts)
    return Clips(job_id=parsed_prompt.job_id, items=items)


@dg.graph_asset(
    group_name="ad",
    kinds={"python", "video"},
    description=(
        "Third stage, and most of the money. One moving clip a scene, made from its keyframe; at most "
        "`MAX_PARALLEL_VIDEO_GENERATIONS` at once.\n\nOne call of `POST /generate-video` a scene, usually $0.20 to "
        "$0.40 each."
    ),
)
def video_clips(parsed_prompt: Storyboard, keyframe_images: Keyframes) -> Any:
    made = scenes(parsed_prompt).map(lambda scene: clip(scene, parsed_prompt, keyframe_images))
    return collect_clips(parsed_prompt, made.collect())


def _keyframe_of(scene: PlannedScene, keyframes: Keyframes) -> Keyframe:
    try:
        return keyframes.of(scene.key)
    except KeyError:
        raise IncompleteAd(f"no keyframe for {scene.key}: make keyframe_images of this ad again") from None
