"""A standing campaign: a brief that is made again and again, at the times its cron expression names."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from adgen_pipeline.contracts.matrix import Matrix

_YAML_WORDS = {"on": True, "off": False}


def _on_or_off(value: Any) -> Any:
    """YAML 1.1 reads a bare on as true; in quotes, and in JSON, it is a word."""
    return _YAML_WORDS.get(value.lower(), value) if isinstance(value, str) else value


class Campaign(Matrix):
    """One file of the campaigns folder. With axes of a matrix, each tick makes an ad for each of their places."""

    name: str | None = Field(
        None,
        pattern=r"^\w[\w.-]{0,79}$",
        description="Letters, digits, dots, _ and -, at most 80 of them; default the file's name.",
    )
    brief: dict[str, Any] = Field(description="The fields of a brief, as in the file of one: brief: {prompt: ...}.")
    cron: str = Field(
        max_length=200,
        description="Five fields, minute hour day month weekday, such as 0 9 * * MON; or @hourly, @daily, @weekly.",
    )
    timezone: str = Field("UTC", max_length=100, description="An IANA time zone such as Europe/Berlin; default UTC.")
    enabled: Annotated[bool, BeforeValidator(_on_or_off)] = Field(
        True, description="on or off. A campaign that was off makes up for nothing when it is on again."
    )
    catch_up_hours: float = Field(
        24.0,
        ge=0,
        le=24 * 31,
        description="Hours, 0 to 744, by which an ad may be late after an outage; only the newest missed one is made.",
    )

    @property
    def zone(self) -> ZoneInfo:
        """Where its clock hangs. Raises what ZoneInfo raises for a zone that is not there."""
        return ZoneInfo(self.timezone)

    @property
    def schedule(self) -> str:
        """The cron expression with its zone: when they change, the campaign begins anew."""
        return f"{self.cron} {self.timezone}"
