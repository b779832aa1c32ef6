"""The one base of all contract models."""

import re
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""What no database keeps as text, no service speaks, and a terminal obeys; tabs and new lines are text."""


class Frozen(BaseModel):
    """Data only, never changed after it is made. Unknown fields are ignored, as the contract asks."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False, ser_json_inf_nan="null")


class Strict(Frozen):
    """For what people write by hand: an unknown field is a typing error, and is said to be one."""

    model_config = ConfigDict(extra="forbid")

    @field_validator("*")
    @classmethod
    def _is_text(cls, value: Any) -> Any:
        if _holds_what_is_no_text(value):
            raise ValueError("has a control character in it, which cannot be seen: write it anew")
        return value


def _holds_what_is_no_text(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_what_is_no_text, (*value.keys(), *value.values())))
    if isinstance(value, list):
        return any(map(_holds_what_is_no_text, value))
    return isinstance(value, str) and bool(_NOT_TEXT.search(value))
