"""What `adgen doctor` says: `python -m adgen_pipeline_tests.doctor_drill`, some two minutes.

Of a deployment that is well (a real Postgres, a real S3 server, `adgen up` with its UI, API, daemon and code server;
services that say so), and of five that are not, each one step away from it: they show what is to be mended alone.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline_tests.deployment.upped import upped
from adgen_pipeline_tests.doctor.server import answering
from adgen_pipeline_tests.postgres import new_database, running_postgres
from adgen_pipeline_tests.s3 import running_s3
from adgen_pipeline_tests.ui.serving import free_port

_CHECKOUT = Path(__file__).parents[1]
_TOKENS = {"UI_TOKEN": "ui-token-of-this-drill-alone-0123456789", "API_TOKENS": "api-token-of-this-drill-0123456789"}
_HEALTHY = {"/health": (200, b'{"status": "healthy"}')}
_PATIENCE_SECONDS = 180.0


@dataclass(frozen=True)
class Broken:
    """A set-up: `title` for people, its settings and what `adgen doctor` is asked with."""

    title: str
    settings: Mapping[str, str]
    options: tuple[str, ...] = ("--problems",)


@dataclass
class Place:
    """Where the deployment is; `settings` are those of the one that is well."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def adgen(self, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        """A command in this place, with other settings."""
        outside = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        known = outside | {"PYTHONPATH": os.pathsep.join([str(_CHECKOUT), *sys.path]), "COLUMNS": "132"}
        command = [sys.executable, "-m", "adgen_pipeline.cli", *words]
        known |= self.settings | settings
        return subprocess.run(command, cwd=self.folder, env=known, capture_output=True, text=True, check=False)

    def shown(self, text: str) -> str:
        """Without this machine's own names."""
        return text.replace(str(self.folder), "/var/lib/adgen")


@contextmanager
def deployment(folder: Path, database: str) -> Iterator[Place]:
    """One that is well, with its state in `folder` and in `database` (a URL)."""
    with answering(_HEALTHY) as services, running_s3(folder) as s3:
        known = {f"{stage.service.upper()}_URL": services for stage in STAGES} | s3.environment("ads") | _TOKENS
        place = Place(folder, known | {"DATABASE_URL": database, "ADGEN_HOME": str(folder / "home")})
        assert place.adgen("db", "upgrade").returncode == 0
        with upped(folder, folder / "home", place.settings | {"PYTHONPATH": str(_CHECKOUT)}) as up:
            place.settings |= {"DAGSTER_URL": up.url, "API_URL": up.api_url}
            yield place


def well(place: Place) -> str:
    """What is said once all is well: the daemon tells every 30 s that it lives. AssertionError if that never comes."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while (ended := place.adgen("doctor", "--running")).returncode:
        assert time.monotonic() < until, ended.stdout + ended.stderr
    return place.shown(ended.stdout)


def broken(place: Place, older: str) -> Iterator[tuple[str, str]]:
    """Title and words of each of the five; `older` is a database whose tables are an earlier version's."""
    nobody = f"http://127.0.0.1:{free_port()}"
    setups = (
        Broken("tables of an earlier version", {"DATABASE_URL": older}),
        Broken("a bucket that does not exist", {"MEDIA_STORE": "s3://not-there/ads"}),
        Broken("a service that is down", {"COMPOSITION_URL": nobody}),
        Broken(
            "a setting that is misspelt, and a token that can be guessed", {"DATABSE_URL": "x", "UI_TOKEN": "guess"}
        ),
        Broken("nothing runs", {"DAGSTER_URL": nobody, "API_URL": nobody}, ("--problems", "--running")),
    )
    for one in setups:
        ended = place.adgen("doctor", *one.options, **one.settings)
        assert ended.returncode == 1, (one.title, ended.stdout, ended.stderr)
        yield one.title, place.shown(ended.stdout)


def _with_older_tables(place: Place, database: str) -> str:
    assert place.adgen("db", "upgrade", DATABASE_URL=database).returncode == 0
    with closing(psycopg2.connect(database)) as connection:
        connection.cursor().execute("UPDATE ledger_version SET version_num = '0004'")
        connection.commit()
    return database


def main() -> None:
    """Prints the six answers."""
    with (
        tempfile.TemporaryDirectory(prefix="adgen-doctor-") as folder,
        running_postgres() as server,
        deployment(Path(folder), new_database(server)) as place,
    ):
        print(f"$ adgen doctor --running\n{well(place)}", flush=True)
        for title, words in broken(place, _with_older_tables(place, new_database(server))):
            print(f"# {title}\n{words}", flush=True)


if __name__ == "__main__":
    main()
