"""One life of the process that buys an ad: the part that is killed, and started again.

It runs the product's own Purchases, clients, ledger and store, at a quicker pace; how it ended stands in `outcome`
of its folder afterwards, if it lived to write it.
"""

import json
import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from adgen_pipeline import settings as settings_module
from adgen_pipeline.clients import base
from adgen_pipeline.clients.base import Limits, ServiceClient
from adgen_pipeline.clients.composition import Composition
from adgen_pipeline.clients.exchange import Address
from adgen_pipeline.clients.image_gen import ImageGen
from adgen_pipeline.clients.prompt_parser import PromptParser
from adgen_pipeline.clients.video_gen import VideoGen
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.downloads import download, is_offered
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger import Breaker, open_ledger
from adgen_pipeline.purchases import Purchases, buying
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.chaos import peers
from adgen_pipeline_tests.chaos.ad import Failures, Shop, make
from adgen_pipeline_tests.chaos.points import Points
from adgen_pipeline_tests.chaos.taken_out import TAKE_OUT

TIMEOUT, DEADLINE = 1.0, 6.0
RETRY_DELAYS = (0.02, 0.05, 0.1)
BREAKER_SECONDS = 0.3
"""Seconds, as the others here: a tenth of the product's, and less."""

_CLIENTS = (PromptParser, ImageGen, VideoGen, Composition)


@dataclass(frozen=True)
class Life:
    """What one process is told. `environment` holds the product's settings; `fatal_point` 0: none."""

    number: int
    job_id: str
    outcome: Path
    notes: Path
    environment: Mapping[str, str]
    max_cost: Decimal
    fatal_point: int = 0
    taken_out: str | None = None


def brief_of(number: int) -> Brief:
    """The brief of the schedule of this number; the services know it by its prompt."""
    return Brief(prompt=f"A luxury watch, as in schedule {number}", duration=15, draft=True)


def live(life: Life) -> None:
    """Buy the ad, and write down how that ended."""
    peers.die_with_parent()
    os.setsid()  # whatever it starts can be found by its session
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    forget_settings()
    os.chdir(life.outcome.parent)
    os.environ.update(life.environment)
    hurry()
    if life.taken_out:
        TAKE_OUT[life.taken_out]()
    told = _told(life)
    fresh = life.outcome.with_suffix(".new")
    fresh.write_text(json.dumps(told, default=str))
    fresh.replace(life.outcome)


def forget_settings() -> None:
    """Take this machine's own settings of the product out of the process."""
    settings_module.CHECKOUT = None
    for name in list(os.environ):
        if name.lower() in Settings.model_fields:
            del os.environ[name]


def _told(life: Life) -> dict[str, Any]:
    try:
        with ExitStack() as stack:
            shop = _shop(life, stack)
            shop.purchases.ledger.abandon()  # as each of our commands does when it starts
            brief = brief_of(life.number)
            shop.purchases.begin(life.job_id, brief, life.max_cost, shop.clients.values(), run=shop.run_id)
            return {"done": make(brief, shop)}
    except Failures as failures:
        return {"errors": [_error(error) for error in failures.errors]}
    except Exception as error:
        return {"errors": [_error(error)]}


def _error(error: BaseException) -> dict[str, Any]:
    known = {"code": error.code, "details": error.details} if isinstance(error, AdgenError) else {}
    return {"type": type(error).__name__, "message": str(error), **known}


def _shop(life: Life, stack: ExitStack) -> Shop:
    settings = Settings.read()
    ledger = stack.enter_context(open_ledger(settings))
    engine = ledger._database.engine
    Points(life.notes, life.fatal_point).watch(engine)
    clients = {client.stage.service: _client(client, settings) for client in _CLIENTS}
    for client in clients.values():
        stack.callback(client.close)
    media_url = str(settings.media_url) if settings.media_url else None
    purchases = Purchases(MediaStore(settings.media_folder), ledger, media_url)
    return Shop(purchases, clients, f"run of {os.getpid()}", life.job_id)


def hurry() -> None:
    """Wait tenths of seconds where the product waits seconds, in all of this process."""
    Breaker.__init__.__defaults__ = (BREAKER_SECONDS,)
    base._POLL_DELAYS = (0.02, 0.05, 0.1, 0.1)
    buying._ASK_AGAIN_SECONDS = 0.05
    for fetch in (download, is_offered):
        (fetch.__kwdefaults__ or {})["pauses"] = RETRY_DELAYS


def _client(client: type[ServiceClient[Any, Any]], settings: Settings) -> ServiceClient[Any, Any]:
    service = settings.service(client.stage)
    limits = Limits(
        timeout=TIMEOUT,
        deadline=DEADLINE,
        idempotent=service.idempotent,
        max_call_cost=service.max_call_cost,
        on_unknown=settings.on_unknown,
        retry_delays=RETRY_DELAYS,
    )
    return client(lambda: Address(str(service.url)), limits)
