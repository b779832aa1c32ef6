"""The deployment: the product's parts as processes of their own, and a Postgres that can be restarted below them."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2

from adgen_pipeline.deployment.parts import Part, Place, api, code_server, daemon, ui
from adgen_pipeline.deployment.running import Running
from adgen_pipeline_tests.postgres import restart, running_postgres
from benchmarks.processes import birth, kill, kinds_of, tree

_READY_SECONDS = 120.0


class Deployment:
    """The parts at `place`, by name; each can be killed and is then started again, as a supervisor would."""

    def __init__(self, place: Place, logs: Path):
        self._place, self._logs = place, logs
        self._running: dict[str, Running] = {}
        for part in (code_server, ui, daemon, api):
            self._start(part(place))

    @property
    def pids(self) -> dict[str, int]:
        """The first process of each part."""
        return {name: running.group for name, running in self._running.items()}

    def restart(self, name: str) -> None:
        """SIGKILL the part's first process, as a machine short of memory does, and start it again."""
        part = self._running[name].part
        os.kill(self._running[name].group, signal.SIGKILL)
        self._running[name].wait(10)
        again = {"Daemon": daemon, "Dagster UI": ui, "REST API": api}[part.name](self._place)
        self._start(again)

    def kill_a_run(self) -> int | None:
        """SIGKILL one run's process; its pid, or None where no run is under way."""
        code = self.pids["Code server"]
        below = tree({code: birth(code)})
        runs = [pid for pid, kind in kinds_of(below).items() if kind == "run"]
        youngest = max(runs, key=lambda pid: int(below[pid].born), default=None)
        if youngest is not None:
            os.kill(youngest, signal.SIGKILL)
        return youngest

    def close(self) -> None:
        """End all of it, runs included."""
        trees = [tree({pid: birth(pid)}) for pid in self.pids.values()]
        for running in reversed(self._running.values()):
            running.ask_to_end()
        for running in self._running.values():
            running.wait(20)
            running.kill()
        for below in trees:
            kill(below.values())

    def _start(self, part: Part) -> None:
        log = self._logs / f"{part.name.replace(' ', '-').lower()}.log"
        running = self._running[part.name] = Running(part, log)
        until = time.monotonic() + _READY_SECONDS
        while not part.ready():
            if running.exit_code is not None or time.monotonic() > until:
                raise RuntimeError(f"{part.name} did not get ready:\n{log.read_text()[-4000:]}")
            time.sleep(0.2)


class Database:
    """A server of the drill's own, with one database."""

    def __init__(self, server: Any):
        self._server = server
        self.url: str = server.get_uri()

    def restart(self) -> None:
        """As an update of the server does: connections are cut, transactions under way are lost."""
        restart(self._server)

    def ask(self, query: str) -> Any:
        """The first value that `query` gives."""
        with closing(psycopg2.connect(self.url)) as connection, connection.cursor() as cursor:
            cursor.execute(query)
            row = cursor.fetchone()
            return row[0] if row else None


@contextmanager
def database() -> Iterator[Database]:
    """A Postgres that lives as long as this lasts."""
    with running_postgres(durable=True) as server:
        yield Database(server)
