"""The ads of a matrix as a batch: written down together, under one id."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Literal

from adgen_pipeline.campaigns.matrix import Variant
from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.ledger import Commission, Ledger


def batch_id(name: str, variants: Sequence[Variant]) -> str:
    """The same for the same ads under the same name: a batch that is asked for twice is one batch."""
    ads = [[variant.label, variant.brief.model_dump(mode="json", exclude_unset=True)] for variant in variants]
    return f"{name[:80]}-{sha256(json.dumps(ads, sort_keys=True).encode()).hexdigest()[:8]}"


def commission_batch(
    ledger: Ledger, batch: str, variants: Sequence[Variant], origin: str, launched_by: Literal["daemon", "here"]
) -> list[Commission]:
    """Write down the ads of a batch, all or none, each once; returns all of the batch, in the matrix's order.

    What was written down before stays as it was. Raises InvalidBrief for the id of a batch of other ads, LedgerError
    when the ledger is out of reach.
    """
    wanted = [
        Commission(
            key=f"batch/{batch}/{n:03}",
            origin=origin,
            launched_by=launched_by,
            batch=batch,
            variant=variant.label or None,
            brief=variant.brief.model_dump(mode="json", exclude_unset=True),
        )
        for n, variant in enumerate(variants, 1)
    ]
    ledger.commissions.add_together(wanted)
    known = ledger.commissions.of_batch(batch)
    if [ad.brief for ad in known] != [ad.brief for ad in wanted]:
        raise InvalidBrief([("batch", batch, "is the id of a batch of other ads: choose another")])
    return known
