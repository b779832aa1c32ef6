"""Rendering in processes of its own: one a core, so that drawing never holds up a server or another clip."""

import importlib
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from adgen_pipeline.errors import AdgenError, Cancelled, RenderError
from adgen_pipeline.studio.job import Job
from adgen_pipeline.studio.memory import give_back, keep_no_pictures

_CANCELLED = "cancelled"
_PREPARED = ("adgen_pipeline.studio.image_gen.render", "adgen_pipeline.studio.video_gen.render")

Outcome = dict[str, Any]
"""What a render came to: {"result": {...}, "metadata": {...}} or {"error": {"code", "message"}}."""

_log = logging.getLogger(__name__)


class RenderLost(Exception):
    """The render was not carried out, for no fault of what was asked: it may well be the next time."""


class RenderPool:
    """Runs renders; started with the first one. `workers` defaults to the machine's cores."""

    def __init__(self, workers: int | None = None):
        self._workers = workers or max(1, len(os.sched_getaffinity(0)))
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    def submit(self, work: str, request: dict[str, Any], folder: Path, media: Path | None) -> Future[Outcome]:
        """Run `work` ("module:function") on `request` in `folder`.

        The future's result is an Outcome. An exception (RenderLost, BrokenProcessPool, ...) says that there is none:
        the worker was killed, or ended with the pool.
        """
        (folder / _CANCELLED).unlink(missing_ok=True)
        with self._lock:
            try:
                return self._started().submit(_render, work, request, folder, media)
            except BrokenProcessPool:
                self._pool = None
                return self._started().submit(_render, work, request, folder, media)

    def warm(self) -> None:
        """Start the workers and let them load what drawing needs, before it is asked for."""
        with self._lock:
            for _ in range(self._workers):
                self._started().submit(_prepare)

    def cancel(self, folder: Path) -> None:
        """Ask the render in `folder` to stop at its next frame."""
        (folder / _CANCELLED).touch()

    def is_cancelled(self, folder: Path) -> bool:
        """True from `cancel` until the same render is submitted again."""
        return (folder / _CANCELLED).exists()

    def close(self) -> None:
        """End the workers; what they were drawing is dropped."""
        if self._pool is None:
            return
        for process in list((self._pool._processes or {}).values()):
            process.terminate()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=_live_with_parent)
        return self._pool


def _render(work: str, request: dict[str, Any], folder: Path, media: Path | None) -> Outcome:
    """In the worker. Errors become an outcome, in words for people. Raises RenderLost."""
    job = Job(folder, media, stopped=(folder / _CANCELLED).exists)
    module, _, function = work.partition(":")
    try:
        job.progress(0.0)
        run: Callable[[dict[str, Any], Job], dict[str, Any]] = getattr(importlib.import_module(module), function)
        return {"result": run(request, job), "metadata": job.told}
    except Cancelled as error:
        return {"error": {"code": "CANCELLED", "message": error.message}}
    except AdgenError as error:
        return {"error": {"code": "RENDER_FAILED", "message": error.message}}
    except MemoryError as error:
        raise RenderLost("there was not enough memory") from error
    except Exception as error:
        _log.exception("a render failed")
        told = f"the studio made a mistake ({type(error).__name__}: {error})"
        return {"error": {"code": "RENDER_FAILED", "message": told}}
    finally:
        give_back()  # an idle worker stays


def _prepare() -> None:
    for module in _PREPARED:
        try:
            importlib.import_module(module)
        except RenderError:
            return  # said in full to whoever asks for a picture


def _live_with_parent() -> None:
    """A worker ends when its studio does: not before it by a Ctrl-C, and not after it."""
    keep_no_pictures()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()
