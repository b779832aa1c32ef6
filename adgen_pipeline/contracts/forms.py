"""What people fill in by hand: reading it, and telling them which fields break which rules."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from adgen_pipeline.contracts.frozen import Strict
from adgen_pipeline.errors import InvalidBrief

Problem = tuple[str, Any, str]
"""A field, its value, and what is wrong with it and the way out."""

_EMPTY = "is empty: leave the field out, or give it a value (in YAML, # begins a comment: put colours in quotes)"


@dataclass(frozen=True)
class Form:
    """Something people write: a brief, a matrix, a campaign.

    `models` holds the model of the whole under "", and those of its fields under their names; fields' descriptions
    say what is allowed. `example` is a line that may stand in it. A rule about the whole is told of `about_all`.
    """

    name: str
    models: Mapping[str, type[Strict]]
    example: str
    about_all: str

    def read(self, data: Any) -> Any:
        """The model filled in with `data`. Raises InvalidBrief naming every field that breaks a rule."""
        if not isinstance(data, dict):
            shape = "is empty" if data is None else f"is a {type(data).__name__}, not fields and their values"
            raise InvalidBrief([(self.name, data or "", f"{shape}; write at least one line such as {self.example}")])
        empty = [(field, "", _EMPTY) for field in _empty_fields(data)]
        if empty:
            raise InvalidBrief(empty)
        try:
            return self.models[""].model_validate(data)
        except ValidationError as error:
            raise InvalidBrief([self._problem(detail) for detail in _without_union_noise(error)]) from None

    def way_out(self, detail: Any) -> str:
        """What would fit in place of what pydantic's error `detail` is about."""
        return self._problem(detail)[2]

    def _problem(self, detail: Any) -> Problem:
        field = _field_path(detail["loc"]) or self.about_all
        value = detail["input"] if detail["loc"] else ""
        rule = self._rule(field)
        if not detail["loc"] and detail["type"] != "value_error":
            return self.name, value, f"must be an object with at least {self._least()}"
        match detail["type"]:
            case "extra_forbidden":
                known = ", ".join(self._model_of(field).model_fields)
                return field, value, f"is not a field of a {self.name}; use one of: {known}"
            case "missing":
                return field, "", f"is missing: {rule}"
            case "value_error":
                told = str(detail["ctx"]["error"])
                return field, value, f"{told}: {rule}" if detail["loc"] else told
            case "string_too_short" | "string_too_long":
                return field, value, f"has {len(value)} characters: {rule}"
            case _:
                return field, value, f"does not fit: {rule}"

    def _least(self) -> str:
        """The fields that cannot be left out."""
        fields = self.models[""].model_fields.items()
        return " and ".join(name for name, field in fields if field.is_required())

    def _rule(self, field: str) -> str:
        """The field's own description: it says what is allowed."""
        head, _, tail = field.partition(".")
        known = self._model_of(field).model_fields.get(re.sub(r"\[.*", "", tail or head))
        return (known.description or "") if known else ""

    def _model_of(self, field: str) -> type[Strict]:
        head, _, tail = field.partition(".")
        return self.models[re.sub(r"\[.*", "", head) if tail else ""]


def _empty_fields(data: dict[str, Any], within: str = "") -> list[str]:
    """The paths of fields that are there without a value."""
    found = []
    for name, value in data.items():
        path = f"{within}{name}"
        if value is None:
            found.append(path)
        elif isinstance(value, dict):
            found += _empty_fields(value, f"{path}.")
        elif isinstance(value, list):
            for n, item in enumerate(value, 1):
                found += _empty_fields(item, f"{path}[{n}].") if isinstance(item, dict) else []
    return found


def _without_union_noise(error: ValidationError) -> list[Any]:
    """One problem a field: pydantic reports each branch of a union apart."""
    seen: dict[str, Any] = {}
    for detail in error.errors(include_url=False):
        seen.setdefault(_field_path(detail["loc"]), detail)
    return list(seen.values())


def _field_path(location: tuple[Any, ...]) -> str:
    """`("scenes", 1, "duration")` as `scenes[2].duration`: counted from 1, as people count scenes."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += f"[{part + 1}]"
        elif not re.fullmatch(r"[a-z_]+", str(part)):
            continue  # the name of a union's branch
        else:
            path += f".{part}" if path else str(part)
    return path
