"""Everything one ad over several machines needs, for real: Postgres, object storage, Redis, workers, runs.

Each worker and each run has its own ADGEN_HOME, DAGSTER_HOME and working directory; they share the three servers alone.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from adgen_pipeline_tests.postgres import new_database
from adgen_pipeline_tests.redis_server import RedisServer, running_redis
from adgen_pipeline_tests.s3 import running_s3

_CHECKOUT = Path(__file__).parents[2]
_PREPARING_SECONDS = 120.0
READY = " ready."
"""Celery's word in the log of a worker that takes steps."""


@dataclass
class Member:
    """A process of the cluster, in a folder of its own; `log` is what it printed."""

    folder: Path
    process: "subprocess.Popen[bytes]"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def kill(self) -> None:
        """SIGKILL it with all that it started in its session."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """SIGTERM it, as a service manager does; its exit code."""
        self.process.terminate()
        return self.process.wait(120)


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
            ended = [worker for worker in workers if worker.process.poll() is not None]
            if ended or time.monotonic() > until:
                raise RuntimeError(f"a worker did not get ready:\n{(ended or list(workers))[0].log[-3000:]}")
            time.sleep(0.1)

    def environment(self, name: str) -> dict[str, str]:
        """The environment of the member `name`: its own folders, and the common settings."""
        home = self.folder / name / "home"
        home.mkdir(parents=True, exist_ok=True)
        own = {"ADGEN_HOME": str(home), "DAGSTER_HOME": str(self._dagster_home(name))}
        return {**os.environ, **self.settings, **own, "PYTHONPATH": str(_CHECKOUT)}

    def _dagster_home(self, name: str) -> Path:
        home = self.folder / name / "dagster"
        home.mkdir(exist_ok=True)
        config = yaml.safe_load((_CHECKOUT / "dagster.yaml").read_text())
        config["storage"] = {"postgres": {"postgres_url": {"env": "DATABASE_URL"}}}
        (home / "dagster.yaml").write_text(yaml.safe_dump(config))
        return home

    def _start(self, name: str, *command: str) -> Member:
        environment = self.environment(name)
        folder = self.folder / name
        with (folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "adgen_pipeline.cli", *command],
                env=environment, cwd=folder, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        member = Member(folder, process)
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
