"""One line of the log for each call that was bought, reused or refused, with what it cost."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from adgen_pipeline.clients.base import ServiceClient
from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.errors import AdgenError, dollars
from adgen_pipeline.observability.fields import about
from adgen_pipeline.purchases.orders import Bought, Buyer, Order

LOGGER = "adgen.calls"
_log = logging.getLogger(LOGGER)


class Told:
    """What became of a call, to be set before its end."""

    bought: Bought[Any] | None = None


@contextmanager
def told(client: ServiceClient[Any, Any], order: Order[Any], buyer: Buyer) -> Iterator[Told]:
    """All lines meanwhile are about this call; how it ends is one of them."""
    stage, call, began = client.stage, Told(), time.monotonic()
    run = buyer.run_id
    with about(job=order.job_id, run=run, stage=stage.name, scene=order.scene, service=stage.service):
        try:
            yield call
        except AdgenError as error:
            known = {"code": error.code.value, "cost": error.cost, "attempt": error.details.get("attempts")}
            _log.warning("not bought: %s", error.message, extra=known | {"seconds": _since(began)})
            raise
        if call.bought:
            _tell(call.bought.receipt, _since(began))


def _tell(receipt: Receipt, seconds: float) -> None:
    known = {"cost": receipt.cost, "saved": receipt.saved, "attempt": receipt.attempts, "seconds": seconds}
    if receipt.reused_from:
        _log.info("reused from %s, which saved %s", receipt.reused_from, dollars(receipt.saved), extra=known)
    else:
        _log.info("bought for %s by %s", dollars(receipt.cost), receipt.model or "an unnamed model", extra=known)


def _since(began: float) -> float:
    return round(time.monotonic() - began, 3)
