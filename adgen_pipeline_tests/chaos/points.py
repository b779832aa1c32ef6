"""The caller's own persistence points, and its death at one of them.

A point is a moment before or after something lasting: a commit of the ledger that wrote, a file put in its place, a
POST sent. They are counted in the order they come; at the chosen one the process SIGKILLs itself.
"""

import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from adgen_pipeline.clients.exchange import Http


class Points:
    """Counts the points, noting each in `notes`, and ends the process at number `fatal` (0: never)."""

    def __init__(self, notes: Path, fatal: int):
        self._notes = os.open(notes, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        self._fatal = fatal
        self._passed = 0
        self._lock = threading.Lock()
        self._thread = threading.local()

    def watch(self, engine: sa.Engine) -> None:
        """Count the engine's commits, this process's renames and its POSTs from here on."""
        dialect: Any = engine.dialect
        event.listen(engine, "before_cursor_execute", self._notice_write)
        dialect.do_commit = self._around(dialect.do_commit, self._committed)
        os.replace = self._around(os.replace, _arrived)
        os.rename = self._around(os.rename, _arrived)
        Http.post = self._around(Http.post, lambda *_: "POST")  # type: ignore[method-assign]

    def _notice_write(self, _c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            self._thread.wrote = _meaning(statement)

    def _committed(self, *_: Any) -> str | None:
        """What this thread's transaction wrote, if it wrote."""
        wrote = self._thread.__dict__.pop("wrote", None)
        return f"commit {wrote}" if wrote else None

    def _around(self, act: Callable[..., Any], name: Callable[..., str | None]) -> Any:
        """`act`, with a point before and after it wherever `name` has a name for its arguments."""

        def acted(*args: Any, **kwargs: Any) -> Any:
            shown = name(*args)
            if shown is None:
                return act(*args, **kwargs)
            self._pass(f"before {shown}")
            try:
                return act(*args, **kwargs)
            finally:
                self._pass(f"after {shown}")

        return acted

    def _pass(self, name: str) -> None:
        with self._lock:
            self._passed += 1
            fatal = self._passed == self._fatal
            os.write(self._notes, json.dumps({"point": self._passed, "name": name, "fatal": fatal}).encode() + b"\n")
            if fatal:
                os.kill(os.getpid(), signal.SIGKILL)
                signal.pause()


def _arrived(_source: Any, target: Any, *_: Any) -> str | None:
    return "file" if "media" in str(target) else None


def _meaning(statement: str) -> str:
    """What a writing statement means, by the columns it sets."""
    if "ledger_calls" not in statement:
        return statement.split()[1 if statement.startswith("UPDATE") else 2]
    columns = statement.partition("SET ")[2].partition(" WHERE")[0]
    meanings = {"files=": "settled", "response=": "answered", "location=": "asked again", "owner=": "taken over"}
    if statement.startswith("INSERT"):
        return "claim"
    return next((meaning for column, meaning in meanings.items() if column in columns), "update")
