"""What the services write down: the invoice (each answer they worked for, and its price) and a diary of what they did.

Both are files that are only ever appended to, a line at a time, so that they outlive the service's process.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

Line = dict[str, Any]


class Lines:
    """A file of JSON lines; `lasting` waits until each is on the disk."""

    def __init__(self, path: Path, *, lasting: bool):
        self._file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self._lasting = lasting
        self._lock = threading.Lock()

    def write(self, **line: Any) -> Line:
        """Append `line`, with the time (seconds since 1970) as `at`."""
        line["at"] = round(time.time(), 4)
        with self._lock:
            os.write(self._file, json.dumps(line).encode() + b"\n")
            if self._lasting:
                os.fsync(self._file)
        return line


def read(path: Path) -> list[Line]:
    """All whole lines of the file, which may not be there yet."""
    return list(_read(path)) if path.exists() else []


def _read(path: Path) -> Iterator[Line]:
    for text in path.read_text().splitlines(keepends=True):
        if text.endswith("\n"):
            yield json.loads(text)


def billed(lines: list[Line]) -> Decimal:
    """What the lines of an invoice add up to, in USD."""
    return sum((Decimal(line["amount"]) for line in lines), Decimal(0))
