"""The one envelope in which every service answers every call, whatever the HTTP status."""

from decimal import Decimal
from typing import Any

from pydantic import Field, field_validator

from adgen_pipeline.contracts.frozen import Frozen

ABSURD_COST = Decimal(1000)
"""USD. No single call of this trade costs this much: such an answer is a mistake, not a price."""


class ServiceProblem(Frozen):
    """What a service says went wrong."""

    code: str | None = None
    message: str


class Envelope(Frozen):
    """`cost` in USD, may be above zero on a failure; `processing_time` in seconds."""

    success: bool
    result: dict[str, Any] | None = None
    error: ServiceProblem | None = None
    cost: Decimal = Field(ge=0, le=ABSURD_COST)
    processing_time: float = Field(ge=0)
    metadata: dict[str, Any] = {}

    @field_validator("error", mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        return {"message": value} if isinstance(value, str) else value

    @field_validator("metadata", mode="before")
    @classmethod
    def _none_is_empty(cls, value: Any) -> Any:
        return {} if value is None else value
