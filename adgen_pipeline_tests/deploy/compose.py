"""deploy/docker/compose.yaml as Docker Compose reads it: merged, variables filled in, by service."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "deploy" / "docker"
FILE = FOLDER / "compose.yaml"
SECRETS = {
    "POSTGRES_PASSWORD": "postgres-password-of-these-tests",
    "UI_TOKEN": "ui-token-of-these-tests-0123456789",
    "API_TOKENS": "api-token-of-these-tests-0123456789",
}
"""Those that must be given."""

_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


@dataclass(frozen=True)
class Service:
    """One service. `waits_for` are conditions by service; `told` is all that the file says of it."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    healthcheck: tuple[str, ...]
    waits_for: Mapping[str, str]
    told: Mapping[str, Any]


class MissingVariable(Exception):
    """A variable without a default is not set; the text is what the file says to that."""


def services(known: Mapping[str, str], profiles: tuple[str, ...] = ()) -> dict[str, Service]:
    """Those that start with `profiles`, with the variables `known`. Raises MissingVariable."""
    told = filled(yaml.safe_load(FILE.read_text()), known)["services"]
    return {
        name: _service(name, one)
        for name, one in told.items()
        if not one.get("profiles") or set(one["profiles"]) & set(profiles)
    }


def filled(value: Any, known: Mapping[str, str]) -> Any:
    """`value` with its variables filled in; one that is empty counts as not set."""
    if isinstance(value, dict):
        return {name: filled(one, known) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, known) for one in value]
    return _VARIABLE.sub(lambda found: _value(found, known), value) if isinstance(value, str) else value


def _value(found: re.Match[str], known: Mapping[str, str]) -> str:
    name, kind, more = found.groups()
    if known.get(name):
        return known[name]
    if kind == "?":
        raise MissingVariable(f"{name}: {more}")
    return str(more or "")


def _service(name: str, told: Mapping[str, Any]) -> Service:
    environment = {key: str(value) for key, value in told.get("environment", {}).items()}
    waits_for = {other: how["condition"] for other, how in told.get("depends_on", {}).items()}
    check = tuple(told.get("healthcheck", {}).get("test", ()))
    return Service(name, tuple(told.get("command", ())), environment, check, waits_for, told)
