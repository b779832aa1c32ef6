"""Where Dagster keeps its state: a team's own DAGSTER_HOME, or one below the house's one folder."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from dagster import DagsterInstance
from sqlalchemy.exc import DBAPIError

from adgen_pipeline.defs.run_queue import with_limit
from adgen_pipeline.errors import InvalidSetting, LedgerError
from adgen_pipeline.settings import Settings, dagster_home, use_dagster_home

_CONFIG = Path(__file__).with_name("dagster.yaml")
"""Comes with the package; the checkout has a link to it."""

_STORAGES = {"storage", "run_storage", "event_log_storage", "schedule_storage"}
_SHARED = {"custom": {"module": "adgen_pipeline.defs.database.storage", "class": "SharedStorage"}}
"""Finds the database by itself: its URL is a secret, and not for a file."""

_SENSORS, _ALIVE_SECONDS = "SENSOR", 60.0
"""Each of Dagster's daemons tells every 30 s that it is alive."""


def open_instance() -> DagsterInstance:
    """The Dagster instance of this process. A team's own is taken as it is.

    Raises LedgerError where the files of its home cannot be written or read, such as on a full disk.
    """
    with _said_plainly():
        prepare_home()
        with _one_at_a_time():
            return DagsterInstance.get()


@contextmanager
def _said_plainly() -> Iterator[None]:
    try:
        yield
    except (OSError, DBAPIError) as error:
        told = error.orig if isinstance(error, DBAPIError) else error
        if not isinstance(told, OSError | sqlite3.Error):
            raise
        home = dagster_home() or _house(Settings.read().home)
        why = (told.strerror if isinstance(told, OSError) else None) or told
        way_out = f"`df -h {home.parent}` shows whether its disk is full, `ls -ld {home}` whose it is"
        raise LedgerError(
            f"the Dagster home {home} cannot be used: {why}; {way_out}; mend that, and try again"
        ) from error


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """A new instance makes its tables when it is opened: two first ads at once must not both do so."""
    with (Settings.read().make_home() / "instance.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def prepare_home() -> Path:
    """Make sure there is a Dagster home, and make it this process's; ours gets our dagster.yaml."""
    own = dagster_home()
    if own:
        return own
    home = _house(Settings.read().make_home())
    home.mkdir(exist_ok=True)
    settings = Settings.read()
    text = with_limit(_with_storage(_CONFIG.read_text(), settings), settings.max_concurrent_jobs, source=str(_CONFIG))
    target = home / "dagster.yaml"
    if not target.is_file() or target.read_text() != text:
        fresh = target.with_suffix(f".{os.getpid()}.new")
        fresh.write_text(text)
        fresh.replace(target)
    use_dagster_home(home)
    return home


def home_is_ours() -> bool:
    """Whether this process's Dagster home is the house's own, and not one that a team looks after."""
    return dagster_home() in (None, _house(Settings.read().home))


def _house(state: Path) -> Path:
    return state / "dagster"


def _with_storage(text: str, settings: Settings) -> str:
    """The dagster.yaml `text` with its storage in the ledger's database, if that is a server and it says no other."""
    config: dict[str, Any] = yaml.safe_load(text) or {}
    if not settings.on_postgres or config.keys() & _STORAGES:
        return text
    if find_spec("dagster_postgres") is None:
        raise InvalidSetting("DATABASE_URL: Postgres needs two more packages: pip install 'adgen-pipeline[postgres]'")
    return yaml.safe_dump(config | {"storage": _SHARED}, sort_keys=False)


def daemon_runs() -> bool:
    """Whether a daemon that evaluates sensors has lately been at work on the instance."""
    with open_instance() as instance:
        beat = instance.get_daemon_heartbeats().get(_SENSORS)
    return beat is not None and time.time() - beat.timestamp < _ALIVE_SECONDS


def existing_home(settings: Settings) -> Path | None:
    """The Dagster home if there is one that was used, and None else: nothing is made."""
    home = dagster_home() or settings.home / "dagster"
    return home if (home / "dagster.yaml").is_file() else None


def heard_of(home: Path) -> float | None:
    """Seconds since the daemon that evaluates sensors was last heard of at the instance in `home`; None: never."""
    with DagsterInstance.from_config(str(home)) as instance:
        beat = instance.get_daemon_heartbeats().get(_SENSORS)
    return time.time() - beat.timestamp if beat else None
