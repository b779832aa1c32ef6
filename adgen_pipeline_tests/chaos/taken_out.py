"""Three promises of the product, each of which can be taken out of a caller: the lab has to find that out."""

from collections.abc import Callable
from typing import Any

from adgen_pipeline.clients.base import _Call
from adgen_pipeline.ledger import Call, Ledger


def _reserve_before_post() -> None:
    """Calls are claimed, but nothing is reserved for them."""
    claim = Ledger.claim

    def without_price(self: Ledger, wanted: Any, *args: Any, **kwargs: Any) -> Any:
        return claim(self, wanted.model_copy(update={"ceiling": 0}), *args, **kwargs)

    Ledger.claim = without_price  # type: ignore[method-assign]


def _commit_before_use() -> None:
    """Answers are used first and written down when the files are there."""
    answered, settle = Ledger.answered, Ledger.settle
    held: dict[int, Any] = {}

    def later(self: Ledger, call_id: int, owner: str, cost: Any, response: Any, *args: Any, **kwargs: Any) -> Call:
        held[call_id] = (cost, response, args, kwargs)
        return self.call(call_id).model_copy(update={"response": dict(response)})

    def both(self: Ledger, call_id: int, owner: str, *args: Any, **kwargs: Any) -> Call:
        if call_id in held:
            cost, response, more, known = held.pop(call_id)
            answered(self, call_id, owner, cost, response, *more, **known)
        return settle(self, call_id, owner, *args, **kwargs)

    Ledger.answered, Ledger.settle = later, both  # type: ignore[method-assign]


def _idempotency_key() -> None:
    """POSTs carry no key."""
    headers = vars(_Call)["headers"].fget

    def without_key(self: _Call) -> dict[str, str]:
        return {name: value for name, value in headers(self).items() if name != "Idempotency-Key"}

    _Call.headers = property(without_key)  # type: ignore[method-assign, assignment]


TAKE_OUT: dict[str, Callable[[], None]] = {
    "reserve-before-POST": _reserve_before_post,
    "commit-before-use": _commit_before_use,
    "Idempotency-Key": _idempotency_key,
}
"""By name, what takes it out of this process for good."""
