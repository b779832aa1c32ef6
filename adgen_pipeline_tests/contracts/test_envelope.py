from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from adgen_pipeline.contracts.envelope import Envelope

GOOD: dict[str, Any] = {"success": True, "result": {}, "cost": Decimal("0.1"), "processing_time": 1.0}


def test_an_error_may_be_text_or_an_object() -> None:
    """Both forms of the contract say the same."""
    text = Envelope.model_validate(GOOD | {"success": False, "error": "no"})
    thing = Envelope.model_validate(GOOD | {"success": False, "error": {"code": "X", "message": "no"}})
    assert text.error and thing.error
    assert (text.error.message, thing.error.message, thing.error.code) == ("no", "no", "X")


@pytest.mark.parametrize("cost", ["NaN", -1, 10**9, None, "much"])
def test_a_cost_that_is_no_price_is_refused(cost: object) -> None:
    """NaN, negative, absurd, missing and worded costs are contract errors."""
    with pytest.raises(ValidationError):
        Envelope.model_validate(GOOD | {"cost": cost})


def test_unknown_fields_are_ignored_and_missing_ones_are_not() -> None:
    """A service may say more, but not less."""
    assert Envelope.model_validate(GOOD | {"extra": 1}).success
    with pytest.raises(ValidationError):
        Envelope.model_validate({"success": True})
