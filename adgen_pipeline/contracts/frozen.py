"""The one base of all contract models."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Data only, never changed after it is made. Unknown fields are ignored, as the contract asks."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False, ser_json_inf_nan="null")


class Strict(Frozen):
    """For what people write by hand: an unknown field is a typing error, and is said to be one."""

    model_config = ConfigDict(extra="forbid")
