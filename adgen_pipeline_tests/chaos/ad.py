"""The ad's calls in their order, without Dagster: parse, first keyframe, other keyframes, clips, composition."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.contracts.ad import ComposeRequest, ComposeScene
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.clip import ClipRequest
from adgen_pipeline.contracts.keyframe import ImageRequest, as_resolution
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.contracts.storyboard import PlannedScene, Storyboard
from adgen_pipeline.purchases import Bought, Buyer, Order, Purchases
from adgen_pipeline.storyboards import parse_request, storyboard_for

T = TypeVar("T")


class Failures(Exception):
    """What ended the scenes that failed; their siblings were finished."""

    def __init__(self, errors: Sequence[BaseException]):
        super().__init__(str(errors))
        self.errors = list(errors)


@dataclass(frozen=True)
class Shop:
    """What one run buys with."""

    purchases: Purchases
    clients: dict[str, ServiceClient[Any, Any]]
    run_id: str
    job_id: str

    def buy(self, service: str, order: Order[Any]) -> Bought[Any]:
        """One call of the ad."""
        return self.purchases.buy(self.clients[service], order, Buyer(self.run_id, threading.Event(), print))

    def url(self, artifact: Artifact, service: str) -> str:
        """Where `service` finds our copy."""
        return self.purchases.url_for(artifact, self.clients[service])


def make(brief: Brief, shop: Shop) -> dict[str, Any]:
    """Buy the whole ad; returns what it consists of, by hashes. Raises Failures."""
    storyboard = _parsed(brief, shop)
    frames = _keyframes(storyboard, shop)
    clips = _side_by_side([partial(_clip, shop, storyboard, s, frames[s.key]) for s in storyboard.scenes])
    ad = _composed(shop, storyboard, clips)
    return {
        "scenes": [scene.key for scene in storyboard.scenes],
        "clips": [clip.sha256 for clip in clips],
        "ad": ad.files["video_url"].sha256,
        "poster": ad.files["thumbnail_url"].sha256,
    }


def _parsed(brief: Brief, shop: Shop) -> Storyboard:
    (bought,) = _side_by_side([lambda: shop.buy("prompt_parser", Order(shop.job_id, parse_request(brief)))])
    return storyboard_for(shop.job_id, brief, bought.result, bought.receipt)


def _keyframes(storyboard: Storyboard, shop: Shop) -> dict[str, Artifact]:
    first, *others = storyboard.scenes
    (reference,) = _side_by_side([partial(_keyframe, shop, storyboard, first, None)])
    later = _side_by_side([partial(_keyframe, shop, storyboard, scene, reference) for scene in others])
    return dict(zip([scene.key for scene in storyboard.scenes], [reference, *later], strict=True))


def _keyframe(shop: Shop, storyboard: Storyboard, scene: PlannedScene, reference: Artifact | None) -> Artifact:
    shown = shop.url(reference, "image_gen") if reference else None
    request = ImageRequest(
        prompt=scene.prompt,
        style=storyboard.visual_direction.style,
        visual_direction=storyboard.visual_direction,
        aspect_ratio=storyboard.brief.aspect_ratio,
        resolution=as_resolution(storyboard.brief.size),
        reference_image_url=shown,
    )
    media = {shown: reference.sha256} if reference and shown else {}
    return shop.buy("image_gen", Order(shop.job_id, request, scene.key, media)).files["image_url"]


def _clip(shop: Shop, storyboard: Storyboard, scene: PlannedScene, keyframe: Artifact) -> Artifact:
    shown = shop.url(keyframe, "video_gen")
    request = ClipRequest(
        scene_prompt=scene.prompt,
        reference_image_url=shown,
        duration=scene.duration,
        aspect_ratio=storyboard.brief.aspect_ratio,
        resolution=as_resolution(storyboard.brief.size),
        fps=storyboard.brief.fps,
    )
    bought = shop.buy("video_gen", Order(shop.job_id, request, scene.key, {shown: keyframe.sha256}))
    return bought.files["video_url"]


def _composed(shop: Shop, storyboard: Storyboard, clips: list[Artifact]) -> Bought[Any]:
    urls = [shop.url(clip, "composition") for clip in clips]
    request = ComposeRequest(
        scenes=[
            ComposeScene(video_url=url, start_time=s.start_time, end_time=s.end_time, transition=s.transition)
            for url, s in zip(urls, storyboard.scenes, strict=True)
        ],
        audio=storyboard.audio,
        text_overlays=storyboard.text_overlays,
        aspect_ratio=storyboard.brief.aspect_ratio,
        resolution=as_resolution(storyboard.brief.size),
        fps=storyboard.brief.fps,
    )
    media = {url: clip.sha256 for url, clip in zip(urls, clips, strict=True)}
    (bought,) = _side_by_side([lambda: shop.buy("composition", Order(shop.job_id, request, media=media))])
    return bought


def _side_by_side(tasks: Sequence[Callable[[], T]]) -> list[T]:
    """Do all of them at once, each to its end, whatever becomes of the others."""
    if not tasks:
        return []
    with ThreadPoolExecutor(len(tasks)) as pool:
        futures = [pool.submit(task) for task in tasks]
    errors = [error for future in futures if (error := future.exception())]
    if errors:
        raise Failures(errors)
    return [future.result() for future in futures]
