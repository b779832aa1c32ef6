"""What a deployment holds, looked at from outside every few seconds: memory, connections, open files."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from adgen_pipeline_tests.soak.deployment import Database, Deployment
from benchmarks.processes import birth, kinds_of, memory, tree

EVERY_SECONDS = 5.0
_CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"


@dataclass(frozen=True)
class Sample:
    """One look. `at` in seconds since the start; `memory` in MB by part (PSS, `run` for all runs together).

    `connections` None: the database did not answer. `under_way` is how many ads were neither finished nor failed.
    """

    at: float
    memory: dict[str, float]
    files: dict[str, int]
    connections: int | None
    under_way: int


class Sampler:
    """Looks every EVERY_SECONDS for as long as the context lasts."""

    def __init__(self, deployment: Deployment, database: Database, under_way: Callable[[], int]):
        self._deployment, self._database, self._under_way = deployment, database, under_way
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)
        self._began = time.monotonic()
        self.samples: list[Sample] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join()

    def _look_on(self) -> None:
        while not self._over.wait(EVERY_SECONDS):
            self.samples.append(self._look())

    def _look(self) -> Sample:
        weights: dict[str, float] = defaultdict(float)
        files: dict[str, int] = defaultdict(int)
        for part, pid in self._deployment.pids.items():
            below = tree({pid: birth(pid)})
            for process, kind in kinds_of(below).items():
                name = "Runs" if kind == "run" else part
                weights[name] += memory(process) / 1e6
                files[name] += _open_files(process)
        return Sample(
            time.monotonic() - self._began, dict(weights), dict(files), self._connections(), self._under_way()
        )

    def _connections(self) -> int | None:
        try:
            return int(self._database.ask(_CONNECTIONS))
        except Exception:  # it is being restarted
            return None


def _open_files(pid: int) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0
