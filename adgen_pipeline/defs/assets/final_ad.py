"""Last stage: the clips, the words and the sound become the ad."""

from decimal import Decimal
from typing import Any

import dagster as dg

from adgen_pipeline.clients.composition import Composition
from adgen_pipeline.contracts.ad import ComposeResult, FinishedAd, StageCost
from adgen_pipeline.contracts.clip import Clips
from adgen_pipeline.contracts.keyframe import Keyframes
from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.contracts.stages import CLIPS, COMPOSITION, IMAGES, PARSING
from adgen_pipeline.contracts.storyboard import Storyboard
from adgen_pipeline.defs.buyer import buyer_of
from adgen_pipeline.defs.reporting import (
    clear_failures,
    cost_table,
    of_artifact,
    of_receipt,
    picture,
    playable,
    seed_of,
)
from adgen_pipeline.delivery import Parts, deliver, read_credentials
from adgen_pipeline.inspection.sound import listen
from adgen_pipeline.ledger import Totals
from adgen_pipeline.purchases import Bought, Order, Purchases
from adgen_pipeline.requests import compose_request


@dg.asset(
    group_name="ad",
    kinds={"python", "video"},
    op_tags={"adgen/stage": COMPOSITION.name},
    description=(
        "Last stage. Composition puts clips, words, voice and music together: the finished ad and its poster. Its "
        "metadata has the cost of every stage, what was taken from earlier ads and what that saved; its checks tell "
        "whether it can be used.\n\nOne call of `POST /compose`, usually $0.05 to $0.10. `adgen remake`, or the job "
        "`remake_ad`, buys a scene or a stage of it again."
    ),
)
def final_ad(
    context: dg.AssetExecutionContext,
    purchases: dg.ResourceParam[Purchases],
    composition: dg.ResourceParam[Composition],
    parsed_prompt: Storyboard,
    keyframe_images: Keyframes,
    video_clips: Clips,
) -> FinishedAd:
    """Buy the composition."""
    with clear_failures():
        urls = {c.scene: purchases.url_for(c.artifact, composition) for c in video_clips.items}
        media = {urls[c.scene]: c.artifact.sha256 for c in video_clips.items}
        reuse = parsed_prompt.brief.takes_earlier(COMPOSITION.name)
        order = Order(parsed_prompt.job_id, compose_request(parsed_prompt, urls), media=media, reuse=reuse)
        bought = purchases.buy(composition, order, buyer_of(context))
        totals = purchases.ledger.totals(parsed_prompt.job_id)
        receipts = _receipts(parsed_prompt, keyframe_images, video_clips, bought.receipt)
        composed = _composed(parsed_prompt, bought, receipts, totals)
        parts = Parts(parsed_prompt, keyframe_images, video_clips)
        ad = deliver(parts, composed, purchases.store, purchases.ledger)
    _record(context, purchases, ad, seed_of(parsed_prompt.brief))
    return ad


def _composed(
    parsed_prompt: Storyboard, bought: Bought[ComposeResult], receipts: dict[str, list[Receipt]], totals: Totals
) -> FinishedAd:
    return FinishedAd(
        job_id=parsed_prompt.job_id,
        video=bought.files["video_url"],
        composed=bought.files["video_url"],
        thumbnail=bought.files["thumbnail_url"],
        captions=bought.files.get("captions_url"),
        duration=bought.result.duration,
        resolution=bought.result.resolution,
        scenes=len(parsed_prompt.scenes),
        receipt=bought.receipt,
        costs=[_stage_cost(stage, of, totals) for stage, of in receipts.items()],
        saved=totals.saved,
        unknown=totals.unknown,
        notes=parsed_prompt.notes,
    )


def _receipts(
    storyboard: Storyboard, keyframes: Keyframes, clips: Clips, composed: Receipt
) -> dict[str, list[Receipt]]:
    """The receipts of each stage; a keyframe that serves all scenes was bought once."""
    images = {keyframe.receipt.key: keyframe.receipt for keyframe in keyframes.items}
    return {
        PARSING.name: [storyboard.receipt],
        IMAGES.name: list(images.values()),
        CLIPS.name: [clip.receipt for clip in clips.items],
        COMPOSITION.name: [composed],
    }


def _stage_cost(stage: str, receipts: list[Receipt], totals: Totals) -> StageCost:
    """What the ledger has for the stage: also what failed attempts, and calls that are no part of the ad, have cost."""
    return StageCost(
        stage=stage,
        cost=totals.by_stage.get(stage, Decimal(0)),
        calls=len(receipts),
        reused=sum(receipt.reused_from is not None for receipt in receipts),
        seconds=round(sum(receipt.seconds for receipt in receipts), 3),
    )


def _told_of(ad: FinishedAd, purchases: Purchases) -> dict[str, Any]:
    """Where captions and manifest lie, and what the ad discloses of itself."""
    beside = {"captions": ad.captions, "manifest": ad.manifest}
    links = {name: dg.MetadataValue.url(playable(purchases, file)) for name, file in beside.items() if file}
    credentials = read_credentials(purchases.store.path(ad.video))
    if credentials is None:
        return links
    disclosed = {"signed_by": credentials.signed_by, "credentials": credentials.state}
    return links | disclosed | {"digital_source_type": credentials.digital_source_type or "not told"}


def _record(
    context: dg.AssetExecutionContext,
    purchases: Purchases,
    ad: FinishedAd,
    seed: str,
) -> None:
    video, poster = purchases.store.path(ad.video), purchases.store.path(ad.thumbnail)
    summary = {
        "poster": picture(poster, "poster"),
        "url": dg.MetadataValue.url(playable(purchases, ad.video)),
        "costs": cost_table(ad),
        **_told_of(ad, purchases),
        "total_cost_usd": float(ad.total_cost),
        "total_saved_usd": float(ad.saved),
        "total_unknown_usd": float(ad.unknown),
        "total_call_seconds": round(sum(stage.seconds for stage in ad.costs), 3),
        "calls_reused": sum(stage.reused for stage in ad.costs),
    }
    heard = listen(video)
    loudness = {"loudness_lufs": heard.loudness, "true_peak_dbtp": heard.peak} if heard else {}
    notes = {"note_on_reuse": ad.note} if ad.note else {}
    facts = of_artifact(ad.video, video) | {"scenes": ad.scenes, "seed": seed} | of_receipt(ad.receipt)
    context.add_output_metadata(summary | loudness | notes | facts)
