"""A line of the log, as JSON or as text. What is logged may come from anybody: it cannot end a line and begin another,
nor steer a terminal."""

import copy
import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from adgen_pipeline.observability.fields import fields
from adgen_pipeline.observability.scrubbing import scrubbed

FIELDS = (
    "job",
    "run",
    "stage",
    "scene",
    "service",
    "attempt",
    "cost",
    "saved",
    "seconds",
    "code",
    "request_id",
    "method",
    "path",
    "status",
    "client",
)
"""What a line may carry beside its message, in this order: money in USD, times in seconds. Nothing else is written:
records of other libraries hold whatever they please."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, ends a line, or turns the direction of writing; \t and \n are looked at apart."""
_INDENT = "\n    "
_MOST = 20_000
"""Characters of one message; a longer one is cut."""


class JsonLines(logging.Formatter):
    """One JSON object a line: time (UTC), level, logger, message, what it is about, and the error's traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """ASCII alone: whatever else the message holds is escaped."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _shown(getattr(record, "told", None) or record.getMessage()),
            **known_of(record),
        }
        if record.exc_info:
            told["error"] = _shown(self.formatException(record.exc_info))
        return json.dumps(told)


class TextLines(logging.Formatter):
    """As `inner` writes it; what goes on over several lines is indented, and control characters are spelled out."""

    def __init__(self, inner: logging.Formatter):
        super().__init__()
        self._inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """The record itself stays as it is: others may write it elsewhere."""
        safe = copy.copy(record)
        safe.msg, safe.args = _plain(record.getMessage()), ()
        if record.name == "uvicorn.access":  # its formatter takes the arguments apart
            safe.msg, safe.args = record.msg, _plain_each(record.args)
        if record.exc_info:
            safe.exc_text, safe.exc_info = _INDENT[1:] + _plain(self._inner.formatException(record.exc_info)), None
        return self._inner.format(safe)


def known_of(record: logging.LogRecord) -> dict[str, Any]:
    """What the line is about: what was known where it was logged, and above that what it says itself."""
    known = {**fields(), **{name: getattr(record, name) for name in FIELDS if hasattr(record, name)}}
    return {name: _simple(known[name]) for name in FIELDS if known.get(name) is not None}


def _simple(value: Any) -> str | int | float:
    if isinstance(value, int | float):
        return value
    return float(value) if hasattr(value, "as_tuple") else _shown(str(value))  # a Decimal


def _shown(text: str) -> str:
    return scrubbed(text if len(text) <= _MOST else f"{text[:_MOST]}... ({len(text)} characters)")


def _plain(text: str) -> str:
    return _CONTROL.sub(_spelled, _shown(text).replace("\r\n", "\n")).replace("\n", _INDENT)


def _spelled(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode()


def _plain_each(values: Any) -> Any:
    return tuple(_plain(value).replace("\n", "\\n") if isinstance(value, str) else value for value in values or ())
