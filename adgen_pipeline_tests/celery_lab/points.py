"""A point in a step at which somebody is SIGKILLed, once.

The point is a moment in a step: before or after a commit of the ledger about a call, a POST, the keeping of a file,
an output handed on. `FATAL_POINT` names the file that says which; who gets there first takes it away.
"""

import json
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import celery
import sqlalchemy as sa
from dagster import DagsterInstance
from sqlalchemy.engine.default import DefaultDialect

from adgen_pipeline.clients.exchange import Http
from adgen_pipeline.defs.io_manager import RunScopedIOManager
from adgen_pipeline.defs.stamping import PROCESS_TAG
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.chaos.points import _meaning

FATAL_POINT = "ADGEN_FATAL_POINT"


@dataclass(frozen=True)
class Kill:
    """`victim` (child, worker, run or broker) dies at `moment` of the step whose key begins with `step`."""

    victim: str
    step: str
    moment: str
    broker_pid: int = 0

    def arm(self, file: Path) -> None:
        """Let it happen once, from now on."""
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self)))
        fresh.replace(file)


def passing(moment: str) -> None:
    """The process comes by; called in its steps' own thread."""
    file = os.environ.get(FATAL_POINT)
    task = celery.current_task
    if file is None or not task or not Path(file).exists():
        return
    kill = Kill(**json.loads(Path(file).read_text()))
    if kill.moment != moment or not task.request.kwargs["step_key"].startswith(kill.step):
        return
    try:
        Path(file).rename(f"{file}.{os.getpid()}.done")
    except FileNotFoundError:  # another was first
        return
    _VICTIMS[kill.victim](kill, task.request.kwargs["run_id"])


def _kill_run(_kill: Kill, run_id: str) -> None:
    with DagsterInstance.get() as instance:
        run = instance.get_run_by_id(run_id)
    assert run is not None
    os.kill(int(run.tags[PROCESS_TAG].split("/")[-2]), signal.SIGKILL)


_VICTIMS: dict[str, Callable[[Kill, str], None]] = {
    "child": lambda _kill, _run: os.kill(os.getpid(), signal.SIGKILL),
    "worker": lambda _kill, _run: os.killpg(os.getpgrp(), signal.SIGKILL),
    "run": _kill_run,
    "broker": lambda kill, _run: os.kill(kill.broker_pid, signal.SIGKILL),
}

_thread = threading.local()


def _notice_write(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
    if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE") and "ledger_calls" in statement:
        _thread.wrote = _meaning(statement.lstrip())


def _committed(*_: Any) -> str | None:
    wrote = _thread.__dict__.pop("wrote", None)
    return f"commit {wrote}" if wrote else None


def _around(act: Callable[..., Any], name: Callable[..., str | None]) -> Any:
    def acted(*args: Any, **kwargs: Any) -> Any:
        shown = name(*args)
        if shown is None:
            return act(*args, **kwargs)
        passing(f"before {shown}")
        try:
            return act(*args, **kwargs)
        finally:
            passing(f"after {shown}")

    return acted


def install() -> None:
    """Look out for it in this process, and in those that are forked from it."""
    sa.event.listen(sa.Engine, "before_cursor_execute", _notice_write)
    DefaultDialect.do_commit = _around(DefaultDialect.do_commit, _committed)  # type: ignore[method-assign]
    MediaStore.keep = _around(MediaStore.keep, lambda *_: "keep")  # type: ignore[method-assign]
    Http.post = _around(Http.post, lambda *_: "POST")  # type: ignore[method-assign]
    handle = RunScopedIOManager.handle_output
    RunScopedIOManager.handle_output = _around(handle, lambda *_: "output")  # type: ignore[method-assign]
