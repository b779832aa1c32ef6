"""Runs start as forks of a process that has all they need loaded, instead of each loading it anew.

Dagster's code server starts the process of each run by `multiprocessing`, in the way "spawn": a new Python that imports
Dagster, SQLAlchemy and us for about 2 CPU-seconds. The server that is loading our definitions is given "forkserver"
instead, with `adgen_pipeline.preloaded`. All else of a run's start, watch and end stays Dagster's.

This module rests on Dagster's internals; they are named here and nowhere else.
"""

import logging
import multiprocessing
import multiprocessing.forkserver
import sys
import sysconfig
from pathlib import Path
from traceback import walk_stack
from typing import Any

from adgen_pipeline.settings import Settings, let_processes_find

_PRELOADED = "adgen_pipeline.preloaded"  # above us, and imported by the other process only

_PACKAGE_PARENT = Path(__file__).resolve().parents[2]

_log = logging.getLogger(__name__)


def start_runs_by_fork() -> bool:
    """Let the code server that is loading definitions just now start its runs as forks; False where there is none.

    Call it where the definitions are made. Nothing is changed outside of Linux (macOS's own libraries do not bear a
    fork), with RUN_START=spawn, and in a process that is no code server, such as a run itself.
    """
    server = _loading_server()
    if server is None or sys.platform != "linux" or Settings.read().run_start == "spawn":
        return False
    if not hasattr(server, "_mp_ctx"):
        told = "this Dagster starts runs in a way that adgen-pipeline does not know, so each of them imports anew"
        _log.warning(f"{told} (about 2 s); all else works as ever")
        return False
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_PRELOADED])
    if not _PACKAGE_PARENT.samefile(sysconfig.get_path("purelib")):  # the server may have its own way, such as `-d`
        let_processes_find(_PACKAGE_PARENT)
    try:
        multiprocessing.forkserver.ensure_running()  # loads while the server gets up, not when the first run is there
    except OSError as error:
        _log.warning(f"runs cannot be forked from a warm process ({error}), so each of them imports anew (about 2 s)")
        return False
    server._mp_ctx = context
    return True


def _loading_server() -> Any:
    """The code server among those who called us: it loads the definitions while it is made."""
    internals = sys.modules.get("dagster._grpc.server")
    kind = getattr(internals, "DagsterApiServer", ())
    callers = (frame.f_locals.get("self") for frame, _ in walk_stack(None))
    return next((caller for caller in callers if isinstance(caller, kind)), None)
