"""What every run needs, loaded once: imported by the process that runs are forked from (see `defs.warm_start`) alone.

That process has one thread and no file, connection or database open that a fork would share: what is loaded here must
keep that. Each run reads the settings and opens the databases by itself.
"""

import ctypes
import gc
import logging
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic.config import Config
from alembic.script import ScriptDirectory
from dagster import DagsterInstance

from adgen_pipeline.certificates import trusted
from adgen_pipeline.settings import dagster_home

_MODULES = (
    "adgen_pipeline.definitions",
    "dagster._grpc.impl",  # what a code server has the run's process do
    "dagster._cli",  # what it begins with, where the server was started by the program `dagster`
)
_LATE_MODULES = (
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "dagster._core.instance.runs.run_domain",
    "dagster._core.system_config.composite_descent",
    "dagster._core.utility_ops",
    "dagster._core.workspace.autodiscovery",
    "dagster._utils.test.definitions",
    "encodings.idna",
    "multiprocessing.popen_forkserver",
    "multiprocessing.queues",
    "multiprocessing.synchronize",
)
"""What a run would import on its way, as seen with Dagster 1.13; a Dagster that lacks one does without."""
_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_log = logging.getLogger(__name__)


def _load() -> None:
    for name in (*_MODULES, *_storages()):
        import_module(name)
    for name in _LATE_MODULES:
        with suppress(ModuleNotFoundError):
            import_module(name)
    repository = import_module("adgen_pipeline.definitions").defs.get_repository_def()
    repository.load_all_definitions()
    trusted()
    _remember_migrations()


def _storages() -> Iterator[str]:
    """The modules that the Dagster instance names, such as Postgres's. It is not opened: that makes its tables."""
    from dagster._core.instance.ref import InstanceRef  # here, so that a Dagster without them is told of
    from dagster._serdes import ConfigurableClassData

    home = dagster_home()
    parts = InstanceRef.from_dir(str(home)) if home else ()
    return (part.module_name for part in parts if isinstance(part, ConfigurableClassData))


def _remember_migrations() -> None:
    """A run has Alembic read Dagster's 88 migrations four times, 10 ms each; here a throw-away instance does, once."""
    read: Any = ScriptDirectory.from_config
    known: dict[str | None, ScriptDirectory] = {}

    def remembered(config: Config) -> ScriptDirectory:
        folder = config.get_main_option("script_location")
        return known.get(folder) or known.setdefault(folder, read(config))

    setattr(ScriptDirectory, "from_config", remembered)  # noqa: B010 - mypy lets no method be assigned
    with TemporaryDirectory() as folder:
        Path(folder, "dagster.yaml").touch()  # Dagster tells of an instance without one
        DagsterInstance.local_temp(folder).dispose()  # opening it was all


def _tell_of_threads() -> None:
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:
        told = f"runs are forked from a process of {threads} threads, which is not safe"
        _log.warning(f"{told}: find out what starts them with Python, or set RUN_START=spawn")


def _become_a_run() -> None:
    """In the first fork, at once: a run can be ended, and ends with the process that tells the server how it ended.

    Were that one killed, its runs would count as dead, and be started again beside those that go on.
    """
    global _is_run
    if not _is_run:
        _is_run = True
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


_is_run = False
gc.disable()  # what is loaded stays: looking through it would be in vain, and in a run would copy its memory
try:
    _load()
except Exception:
    _log.exception("not all that runs need could be loaded ahead of them; each loads the rest by itself")
_tell_of_threads()
gc.freeze()
gc.enable()
signal.signal(signal.SIGTERM, signal.SIG_IGN)  # it ends by itself, after the server and the last of its runs
os.register_at_fork(after_in_child=_become_a_run)
