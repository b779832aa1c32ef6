"""What the tests of buying share: a video service's client, an order for a clip, and a run that buys."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Any

from adgen_pipeline.clients.base import Limits
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.contracts.clip import ClipRequest, ClipResult
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.purchases import Bought, Buyer, Order, Purchases
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore

VIDEO = "/generate-video"
LIMITS = Limits(timeout=2, deadline=20, idempotent=True, max_call_cost=Decimal("0.60"), retry_delays=(0.01,) * 3)


def order(
    url: str = "http://a/1.jpg", scene: str = "scene_01", job_id: str = "ad", **changes: Any
) -> Order[ClipRequest]:
    """A clip of two seconds."""
    request = ClipRequest(scene_prompt=f"a watch, {scene}", reference_image_url=url, duration=2.0, aspect_ratio="1:1")
    return Order(**{"job_id": job_id, "request": request, "scene": scene, "media": {url: "f" * 64}} | changes)


def buyer(run_id: str = "run", tell: Callable[[str], None] = lambda told: None) -> Buyer:
    """A run of this process."""
    return Buyer(run_id, threading.Event(), tell)


class Shop:
    """Purchases over a ledger of its own, and the client of one video service."""

    def __init__(self, purchases: Purchases, client: VideoGen):
        self.purchases = purchases
        self.client = client

    @property
    def ledger(self) -> Ledger:
        """The book of record."""
        return self.purchases.ledger

    def buy(self, wanted: Order[ClipRequest] | None = None, by: Buyer | None = None) -> Bought[ClipResult]:
        """Buy a clip."""
        return self.purchases.buy(self.client, wanted or order(), by or buyer())

    def states(self) -> list[str]:
        """The states of all calls, oldest first."""
        return [call.state.value for call in reversed(self.ledger.calls())]


@contextmanager
def shop(url: str, *, max_cost: str = "10", **limits: Any) -> Iterator[Shop]:
    """A shop for the service at `url`, in the state folder of the test; one job, `ad`, of `max_cost` USD."""
    settings = Settings.read()
    with open_ledger(settings) as ledger, closing(VideoGen(lambda: Address(url), replace(LIMITS, **limits))) as client:
        ledger.begin_job("ad", Decimal(max_cost))
        yield Shop(Purchases(MediaStore(settings.media_folder), ledger), client)
