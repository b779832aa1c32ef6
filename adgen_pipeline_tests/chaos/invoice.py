"""What the services write down: the invoice (each answer they worked for, and its price) and a diary of what they did.

Both are files that are only ever appended to, a line at a time, so that they outlive the service's process.
"""

import json
import os
import threading
import time
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


class Tail:
    """Reads such a file while it grows; what was read once is kept."""

    def __init__(self, path: Path):
        self._path = path
        self._offset = 0
        self._lines: list[Line] = []

    def lines(self) -> list[Line]:
        """All whole lines so far; the file may not be there yet."""
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._offset)
                for text in file:
                    if text.endswith(b"\n"):
                        self._offset += len(text)
                        self._lines.append(json.loads(text))
        return self._lines


def read(path: Path) -> list[Line]:
    """All whole lines of the file, which may not be there yet."""
    return Tail(path).lines()


def billed(lines: list[Line]) -> Decimal:
    """What the lines of an invoice add up to, in USD."""
    return sum((Decimal(line["amount"]) for line in lines), Decimal(0))
