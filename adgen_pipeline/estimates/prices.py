"""What a call is expected to cost, and how that is known."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.contracts.stages import CLIPS, COMPOSITION, IMAGES, PARSING
from adgen_pipeline.errors import dollars
from adgen_pipeline.ledger import Ledger

_FEWEST = 3
"""So many earlier calls make a median; fewer may have been exceptions."""

_USUAL = {
    PARSING.name: (Decimal("0.02"), Decimal("0.05")),
    IMAGES.name: (Decimal("0.10"), Decimal("0.30")),
    CLIPS.name: (Decimal("0.20"), Decimal("0.40")),
    COMPOSITION.name: (Decimal("0.05"), Decimal("0.10")),
}
"""What the contract says a call usually costs, in USD; all images of an ad together."""


@dataclass(frozen=True)
class Price:
    """The expected price of one call in USD; `told` says how it is known."""

    each: Decimal
    told: str


def price_of(client: ServiceClient[Any, Any], ledger: Ledger, calls: int) -> Price:
    """What a call of the service is expected to cost in an ad that has so many `calls` of it.

    The median of what this very service was last paid, or else what the contract calls usual.
    """
    if client.embedded:
        return Price(Decimal(0), "embedded studio: free")
    paid = [call.cost for call in ledger.history.bought(client.stage.service, client.identity)]
    if len(paid) < _FEWEST:
        return _usual(client, calls)
    each, ceiling = median(paid), client.limits.max_call_cost
    setting = f"{client.stage.service.upper()}_MAX_CALL_COST"
    above = f", above {setting} ({dollars(ceiling)}): raise that" if each > ceiling else ""
    return Price(each, f"median of its last {len(paid)} calls{above}")


def _usual(client: ServiceClient[Any, Any], calls: int) -> Price:
    """The middle of the contract's range, unless the ceiling is lower."""
    low, high = _USUAL[client.stage.name]
    among = calls if client.stage is IMAGES else 1
    what = "for all images" if client.stage is IMAGES else "a call"
    told = f"usual: {dollars(low)} to {dollars(high)} {what}"
    return Price(min((low + high) / 2 / max(among, 1), client.limits.max_call_cost), told)
