"""Second stage: one keyframe a scene, the first one the reference for the look of the others."""

from collections.abc import Iterator
from typing import Any

import dagster as dg

from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.contracts.keyframe import Keyframe, Keyframes, as_resolution
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.contracts.stages import IMAGES
from adgen_pipeline.contracts.storyboard import PlannedScene, Storyboard
from adgen_pipeline.defs.buyer import buyer_of
from adgen_pipeline.defs.inline_storyboard import inline_storyboard, paid
from adgen_pipeline.defs.reporting import (
    clear_failures,
    of_artifact,
    of_receipt,
    of_receipts,
    picture,
    seed_of,
    thumbnails,
)
from adgen_pipeline.errors import IncompleteAd
from adgen_pipeline.purchases import Order, Purchases, look_of
from adgen_pipeline.requests import image_request
from adgen_pipeline.settings import Settings
from adgen_pipeline.storyboards import missing_scenes

_TAGS = {"adgen/stage": IMAGES.name}


@dg.op(
    tags=_TAGS,
    pool=IMAGES.service,
    description="Buys the first scene's keyframe: the look of all others is taken from it.",
)
def reference_keyframe(
    context: dg.OpExecutionContext,
    purchases: dg.ResourceParam[Purchases],
    image_gen: dg.ResourceParam[ImageGen],
    parsed_prompt: Storyboard,
) -> Keyframe:
    made = _buy(context, purchases, image_gen, parsed_prompt, parsed_prompt.scenes[0], None)
    first = image_request(parsed_prompt, parsed_prompt.scenes[0], None)
    look = look_of(parsed_prompt.brief, first, image_gen.identity)
    fresh = not parsed_prompt.brief.takes_earlier(IMAGES.name)
    purchases.ledger.looks.pin(parsed_prompt.job_id, look, made.artifact, replace=fresh)
    return made


@dg.op(out=dg.DynamicOut(PlannedScene), description="The scenes that get a keyframe of their own.")
def later_scenes(parsed_prompt: Storyboard) -> Iterator[dg.DynamicOutput[PlannedScene]]:
    if Settings.read().keyframes == "per_scene":
        for scene in parsed_prompt.scenes[1:]:
            yield dg.DynamicOutput(scene, mapping_key=scene.key)


@dg.op(tags=_TAGS, pool=IMAGES.service, description="Buys one scene's keyframe.")
def keyframe(
    context: dg.OpExecutionContext,
    purchases: dg.ResourceParam[Purchases],
    image_gen: dg.ResourceParam[ImageGen],
    scene: PlannedScene,
    parsed_prompt: Storyboard,
    reference: Keyframe,
) -> Keyframe:
    return _buy(context, purchases, image_gen, parsed_prompt, scene, _look(purchases, reference, parsed_prompt))


@dg.op(description="Checks that every scene has its keyframe.")
def collect_keyframes(
    context: dg.OpExecutionContext,
    purchases: dg.ResourceParam[Purchases],
    parsed_prompt: Storyboard,
    reference: Keyframe,
    others: list[Keyframe],
) -> Keyframes:
    bought = [reference, *sorted(others, key=lambda k: k.scene)]
    for_all = Settings.read().keyframes == "reference"
    shared = reference.model_copy(update={"artifact": _look(purchases, reference, parsed_prompt)})
    copies = [shared.model_copy(update={"scene": scene.key}) for scene in parsed_prompt.scenes[1:]]
    items = [reference, *copies] if for_all else bought
    with clear_failures():
        missing = missing_scenes(parsed_prompt, [item.scene for item in items])
        if missing:
            raise IncompleteAd(f"no keyframe for {', '.join(missing)}: run the whole ad again (ALL_STEPS)")
    shown = thumbnails({k.scene: purchases.store.path(k.artifact) for k in items})
    costs = {k.scene: paid(k.receipt) for k in bought}
    facts = {"seed": seed_of(parsed_prompt.brief), "resolution": as_resolution(parsed_prompt.brief.size)}
    context.add_output_metadata(
        {"storyboard": inline_storyboard(parsed_prompt, keyframe=shown, cost=costs)}
        | of_receipts([k.receipt for k in bought])
        | facts
    )
    return Keyframes(job_id=parsed_prompt.job_id, items=items)


@dg.graph_asset(
    group_name="ad",
    kinds={"python", "image"},
    description=(
        "Second stage. One still a scene; the first is the reference for the look of the others, which are made side "
        "by side.\n\nOne call of `POST /generate-image` a scene (`KEYFRAMES=reference`: one for all), usually $0.10 to "
        "$0.30 for the stage."
    ),
)
def keyframe_images(parsed_prompt: Storyboard) -> Any:
    reference = reference_keyframe(parsed_prompt)
    others = later_scenes(parsed_prompt).map(lambda scene: keyframe(scene, parsed_prompt, reference))
    return collect_keyframes(parsed_prompt, reference, others.collect())


def _buy(
    context: dg.OpExecutionContext,
    purchases: Purchases,
    image_gen: ImageGen,
    storyboard: Storyboard,
    scene: PlannedScene,
    look: Artifact | None,
) -> Keyframe:
    with clear_failures():
        shown = purchases.url_for(look, image_gen) if look else None
        order = Order(
            storyboard.job_id,
            image_request(storyboard, scene, shown),
            scene.key,
            {shown: look.sha256} if look and shown else {},
            storyboard.brief.takes_earlier(IMAGES.name, scene.key),
        )
        bought = purchases.buy(image_gen, order, buyer_of(context))
    made = Keyframe(
        scene=scene.key, seed=bought.result.seed, artifact=bought.files["image_url"], receipt=bought.receipt
    )
    path = purchases.store.path(made.artifact)
    context.add_output_metadata(
        of_receipt(made.receipt)
        | of_artifact(made.artifact, path)
        | {"seed": made.seed, "preview": picture(path, scene.key)}
    )
    return made


def _look(purchases: Purchases, reference: Keyframe, storyboard: Storyboard) -> Artifact:
    """The picture that the later scenes' look is taken from: pinned, so that editing scene 1 does not rebuy them."""
    return purchases.ledger.looks.of_job(storyboard.job_id) or reference.artifact
