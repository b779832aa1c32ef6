"""Reads server-sent events as their specification says, off an open connection."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx


@dataclass(frozen=True)
class Event:
    """One event; a comment has the name `:`."""

    name: str
    data: Any = None
    id: str | None = None


@contextlib.contextmanager
def listening(url: str, **headers: str) -> Iterator[Iterator[Event]]:
    """The events at `url`, one by one as they come."""
    with httpx.stream("GET", url, headers=headers, timeout=30) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer.iter_lines())


def heard(url: str, **headers: str) -> list[Event]:
    """All events until the connection ends."""
    with listening(url, **headers) as events:
        return list(events)


def until(events: Iterator[Event], name: str) -> list[Event]:
    """The events up to the first one called `name`, this one included."""
    found = []
    for event in events:
        found.append(event)
        if event.name == name:
            return found
    raise AssertionError(f"the connection ended without {name!r}: {found}")


def _events(lines: Iterator[str]) -> Iterator[Event]:
    fields: dict[str, str] = {}
    for line in lines:
        if line.startswith(":"):
            yield Event(":")
        elif line:
            name, _, value = line.partition(":")
            fields[name] = value.removeprefix(" ")
        elif fields:
            yield Event(fields.get("event", "message"), json.loads(fields["data"]), fields.get("id"))
            fields = {}
