"""Batches over HTTP: one brief with a matrix, written down for the daemon to launch; and how such a batch stands."""

import hashlib
import threading
import uuid
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Response
from pydantic import Field

from adgen_pipeline.api.access import Client, Creates, Owner, authorised
from adgen_pipeline.api.answers import BAD_INPUT, BODY, TOO_MANY, UNAUTHORISED, UNAVAILABLE, UNKNOWN_BATCH
from adgen_pipeline.api.errors import BATCHES, Refused
from adgen_pipeline.api.jobs import Key
from adgen_pipeline.api.launching import ORIGIN
from adgen_pipeline.api.state import Api, TheApi
from adgen_pipeline.campaigns.batches import commission_batch
from adgen_pipeline.campaigns.matrix import Variant, expand
from adgen_pipeline.contracts.brief import Money
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.contracts.matrix import BatchBrief
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.ledger import Commission
from adgen_pipeline.reports.batches import BatchReport
from adgen_pipeline.studio.logos import check_address
from adgen_pipeline.webhooks import check_receiver

BatchId = Annotated[
    str,
    Path(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$", description="As creating the batch answered."),
]
_COUNTING = threading.Lock()
"""Twins of one key are counted once."""

_WATCH = {"prompt": "Create a luxury watch ad with elegant gold aesthetics", "duration": 15, "seed": 7}
_EXAMPLES: dict[str, Any] = {
    "shapes and headlines": {
        "summary": "Three shapes with two headlines: six ads",
        "value": _WATCH
        | {"matrix": {"aspect_ratios": ["9:16", "16:9", "1:1"], "headlines": ["Time, up close.", "Own your time."]}},
    },
    "variants": {
        "summary": "Two variants by name, each with two buttons: four ads",
        "value": _WATCH
        | {
            "matrix": {
                "variants": [
                    {"label": "gold", "brand_guidelines": {"primary_color": "#D4AF37"}},
                    {"label": "silver", "brand_guidelines": {"primary_color": "#C0C0C0"}, "headline": "Quiet."},
                ],
                "calls_to_action": ["Shop now", "Find yours"],
            }
        },
    },
}


class BatchAd(Frozen):
    """One ad of a batch that was created; `job_id` is null until the daemon has launched it."""

    variant: str = Field(description='What tells it from the others: "9:16 · headline 2".')
    key: str = Field(description="Under which it is written down, and made once.")
    job_id: str | None


class BatchCreated(Frozen):
    """A batch whose ads wait for the daemon, which launches them within seconds, or as soon as it runs."""

    batch_id: str
    ads: list[BatchAd]
    max_cost: Money = Field(description="The sum of its ads' limits, in USD: what it cannot cost more than.")
    created_at: datetime | None


def batch_routes(creates: Creates) -> APIRouter:
    """The routes; `creates` counts each ad of a batch."""
    router = APIRouter(
        tags=["batches"],
        dependencies=[Depends(authorised)],
        responses=UNAUTHORISED | BAD_INPUT | UNAVAILABLE,
    )

    @router.post(BATCHES, status_code=201, responses=TOO_MANY | BODY)
    def create_batch(
        brief: Annotated[BatchBrief, Body(openapi_examples=_EXAMPLES)],
        api: TheApi,
        client: Client,
        owner: Owner,
        response: Response,
        key: Key = None,
    ) -> BatchCreated:
        """Make a brief in several shapes and variants. What its ads share is bought once, and one that fails stops no
        other. Each ad counts against the ads a client may create in a minute; a batch that is known counts nothing."""
        variants = _variants(api, brief)
        batch = _id(owner, key)
        with _COUNTING:
            known = bool(api.ledger.commissions.of_batch(batch))
            if not known:
                _count(creates, client, len(variants))
            ads = _written_down(api, batch, variants)
        if known:
            response.headers["Idempotent-Replayed"] = "true"
        response.headers["Location"] = f"{BATCHES}/{batch}"
        return _created(api, batch, ads)

    @router.get(f"{BATCHES}/{{batch_id:path}}", responses=UNKNOWN_BATCH)
    def batch(batch_id: BatchId, api: TheApi) -> BatchReport:
        """A batch as it stands, whichever door it came by: each ad's status, cost and links, and what they come to.

        `saved` is what answers had cost that were bought once and taken by others."""
        return api.batch(batch_id)

    return router


def _variants(api: Api, brief: BatchBrief) -> list[Variant]:
    """The ads. Raises InvalidBrief naming the variant and the field of each broken rule."""
    variants = expand(brief.model_dump(mode="json", exclude_unset=True, exclude_none=True))
    problems = []
    for label, ad in variants:
        try:
            check_address(ad, api.settings)
            if ad.callback_url:
                check_receiver(str(ad.callback_url), api.settings)
        except InvalidBrief as error:
            problems += [(f"{label}: {field}", value, way_out) for field, value, way_out in error.problems]
    if problems:
        raise InvalidBrief(problems)
    return variants


def _count(creates: Creates, client: str, ads: int) -> None:
    """Raises Refused: 422 for more ads than a client may ever create at once, 429 for more than it may just now."""
    if ads > creates.most:
        told = f"matrix: {ads} ads are more than the {creates.most} that a client may create in a minute"
        raise Refused(422, f"{told}: ask for fewer at once, or raise API_CREATES_PER_MINUTE")
    creates.count(client, ads)


def _written_down(api: Api, batch: str, variants: list[Variant]) -> list[Commission]:
    try:
        return commission_batch(api.ledger, batch, variants, ORIGIN, "daemon")
    except InvalidBrief as error:
        told = "this Idempotency-Key was used for another batch: take a new one for new ads"
        raise Refused(422, told, details={"batch_id": batch}) from error


def _created(api: Api, batch: str, ads: list[Commission]) -> BatchCreated:
    usual = api.settings.max_cost_per_video
    return BatchCreated(
        batch_id=batch,
        ads=[BatchAd(variant=ad.variant or "", key=ad.key, job_id=ad.job_id) for ad in ads],
        max_cost=sum((Decimal(str(ad.brief.get("max_cost") or usual)) for ad in ads), Decimal(0)),
        created_at=ads[0].created_at,
    )


def _id(owner: str, key: str | None) -> str:
    """The same for the same key of the same owner; without a key, each batch is a new one."""
    named = f"{owner}\n{key}" if key is not None else uuid.uuid4().hex
    return f"rest-{hashlib.sha256(named.encode()).hexdigest()[:20]}"
