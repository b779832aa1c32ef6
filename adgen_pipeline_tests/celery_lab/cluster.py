"""Everything one ad over several machines needs, for real: Postgres, object storage, Redis, workers, runs.

Each worker and each run has its own ADGEN_HOME and working directory; they share the three servers alone.
"""

import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

from adgen_pipeline_tests.chaos.caller import forget_settings
from adgen_pipeline_tests.chaos.world import processes
from adgen_pipeline_tests.postgres import new_database
from adgen_pipeline_tests.redis_server import RedisServer, running_redis
from adgen_pipeline_tests.s3 import running_s3

_CHECKOUT = Path(__file__).parents[2]
_PREPARING_SECONDS = 120.0
KILLED = -9
READY = " ready."
"""Celery's word in the log of a worker that takes steps."""


class Member:
    """An `adgen` command in a folder and a session of its own; `log` is what it printed."""

    def __init__(self, folder: Path, environment: dict[str, str], command: Sequence[str]):
        self.folder = folder
        self._process = preload().Process(target=_be, args=(folder, environment, command))
        self._process.start()
        self.pid = int(self._process.pid or 0)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text() if (self.folder / "log").exists() else ""

    @property
    def ended(self) -> bool:
        return not self._process.is_alive()

    @property
    def code(self) -> int | None:
        """Its exit code, as soon as it has ended; KILLED for one that was killed."""
        code = self._process.exitcode
        return KILLED if code in (-9, 255) else code

    def wait(self, seconds: float = 120.0) -> int | None:
        """Its exit code; None if it goes on for longer."""
        self._process.join(seconds)
        return self.code

    def kill(self) -> None:
        """SIGKILL it with all that it started in its session."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.join()

    def stop(self) -> int | None:
        """SIGTERM it, as a service manager does; its exit code."""
        os.kill(self.pid, signal.SIGTERM)
        return self.wait()


@dataclass
class Cluster:
    """The three servers, and who uses them. `settings` are the product's, alike for all members."""

    folder: Path
    settings: dict[str, str]
    redis: RedisServer
    members: list[Member] = field(default_factory=list)

    def worker(self, name: str, *options: str) -> Member:
        """Start an `adgen worker`; it may take a moment until it is ready."""
        return self._start(name, "worker", "--name", name, *options)

    def run(self, name: str, *command: str) -> Member:
        """Start `adgen` with `command`, such as make and a brief."""
        return self._start(name, *command)

    def wait_until_ready(self, *workers: Member) -> None:
        """Until they take steps."""
        until = time.monotonic() + _PREPARING_SECONDS
        while not all(READY in worker.log for worker in workers):
            ended = [worker for worker in workers if worker.ended]
            if ended or time.monotonic() > until:
                raise RuntimeError(f"a worker did not get ready:\n{(ended or list(workers))[0].log[-3000:]}")
            time.sleep(0.1)

    def environment(self, name: str) -> dict[str, str]:
        """The environment of the member `name`: its own folders, and the common settings."""
        home = self.folder / name / "home"
        home.mkdir(parents=True, exist_ok=True)
        own = {"ADGEN_HOME": str(home), "DAGSTER_HOME": "", "PYTHONPATH": str(_CHECKOUT)}
        return {**self.settings, **own}

    def _start(self, name: str, *command: str) -> Member:
        member = Member(self.folder / name, self.environment(name), command)
        self.members.append(member)
        return member


@contextmanager
def running_cluster(folder: Path, postgres: Any, more: Mapping[str, str]) -> Iterator[Cluster]:
    """Servers for as long as this lasts, then the end of all members; `more` settings name the services."""
    with ExitStack() as stack:
        store, broker = folder / "s3", folder / "redis"
        for place in (store, broker):
            place.mkdir(parents=True)
        s3 = stack.enter_context(running_s3(store))
        redis = stack.enter_context(running_redis(broker))
        shared = {"STEP_EXECUTOR": "celery", "BROKER_URL": redis.url, "DATABASE_URL": new_database(postgres)}
        cluster = Cluster(folder, {**s3.environment("ads"), **shared, **more}, redis)
        try:
            yield cluster
        finally:
            for member in cluster.members:
                member.kill()


def preload() -> ForkServerContext:
    """What starts members as forks of a process that has loaded what they need: an `adgen` of its own takes seconds."""
    context = processes()
    context.set_forkserver_preload(["adgen_pipeline_tests.chaos.server", "adgen_pipeline.defs.celery.worker",
                                    "adgen_pipeline.defs.launch", "adgen_pipeline.cli.main",
                                    "adgen_pipeline_tests.celery_lab.rows"])  # fmt: skip
    return context


def _be(folder: Path, environment: dict[str, str], command: Sequence[str]) -> None:
    """Be an `adgen` with this `command`."""
    from adgen_pipeline.cli import main

    os.setsid()
    log = os.open(folder / "log", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
    os.dup2(log, 1)
    os.dup2(log, 2)
    forget_settings()
    os.chdir(folder)
    os.environ.update(environment)
    main(list(command))
