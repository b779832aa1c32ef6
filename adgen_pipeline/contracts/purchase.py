"""What one bought call cost and gave: the part every stage's product shares."""

from decimal import Decimal
from typing import Any

from adgen_pipeline.contracts.frozen import Frozen


class Receipt(Frozen):
    """One call as it was paid: `cost` in USD over all attempts, failed ones included; `seconds` of wall time.

    `call` is its number in the ledger. A reused one cost nothing and `saved` what it had cost the job `reused_from`.
    `unknown` (USD) may have been billed beside `cost`: the worst case of attempts whose answers were lost.
    """

    service: str
    cost: Decimal
    seconds: float
    attempts: int
    key: str
    call: int
    model: str | None = None
    metadata: dict[str, Any] = {}
    reused_from: str | None = None
    saved: Decimal = Decimal(0)
    unknown: Decimal = Decimal(0)


class Artifact(Frozen):
    """Our own copy of a file that was paid for, or made of such files; found by its hash.

    `source_url` is where the service offered it, and `media_type` what its content (not its name) says it is.
    Sides in pixels; 0 for a text (captions, a manifest).
    """

    sha256: str
    size: int
    media_type: str
    source_url: str
    width: int
    height: int
    duration: float | None = None
    fps: float | None = None
    frames: int | None = None
