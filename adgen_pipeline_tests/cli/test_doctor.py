"""`adgen doctor` on a healthy set-up and on broken ones: each is found, with the mend, and no secret is shown."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.remote import TRIAL
from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.doctor.server import answering
from adgen_pipeline_tests.ports import free_port
from adgen_pipeline_tests.postgres import new_database
from adgen_pipeline_tests.s3 import running_s3
from adgen_pipeline_tests.upkeep.installations import PROGRAMS

SERVICES = ("PROMPT_PARSER", "IMAGE_GEN", "VIDEO_GEN", "COMPOSITION")
HEALTHY = {"/health": (200, b'{"status": "healthy", "service": "all of them"}'), "/server_info": (421, b"")}
CODE = b"""{"data": {"workspaceOrError": {"locationEntries": [
    {"name": "adgen_pipeline.definitions", "loadStatus": "LOADED", "locationOrLoadError": {}}]}}}"""
SECRET = "a-secret-that-nobody-may-see"

Adgen = Callable[..., Ended]
Set = pytest.MonkeyPatch


@pytest.fixture(autouse=True)
def around(monkeypatch: Set) -> Iterator[None]:
    """Services, Dagster's webserver and the API, all of them well."""
    with answering(HEALTHY | {"/graphql": (200, CODE), "/api/v1/jobs?limit=1": (401, b"")}) as url:
        for name in SERVICES:
            monkeypatch.setenv(f"{name}_URL", url)
        monkeypatch.setenv("DAGSTER_URL", url)
        monkeypatch.setenv("API_URL", url)
        yield


def failures(adgen: Adgen, *options: str) -> dict[str, dict[str, Any]]:
    """By what was looked at; the exit code says whether there are any."""
    ended = adgen("doctor", "--json", *options)
    told = json.loads(ended.told)
    found = {finding["subject"]: finding for finding in told["findings"] if finding["verdict"] == "failure"}
    assert ended.code == bool(found) and (told["verdict"] == "failure") == bool(found)
    assert all(finding["mend"] for finding in told["findings"] if finding["verdict"] != "ok")
    assert SECRET not in ended.told
    return found


@pytest.mark.sqlite_files("a set-up by default; test_postgres is about the other")
def test_a_healthy_set_up(adgen: Adgen, home: Path, monkeypatch: Set) -> None:
    """All is ok, exit code 0, nothing is made; a person reads a table."""
    monkeypatch.setenv("MEDIA_STORE", str(home.parent))
    before = sorted(home.parent.iterdir())
    ended = adgen("doctor")
    assert ended.code == 0 and " 0 warning, 0 failure" in ended.told and "mend:" not in ended.told, ended.told
    for looked_at in ("guard", "code location", "ledger", "store", "Composition", "clock, Composition", "libraries"):
        assert looked_at in ended.told
    assert sorted(home.parent.iterdir()) == before


def test_a_service_that_is_down(adgen: Adgen, monkeypatch: Set) -> None:
    """Which, where, and that it is to be started."""
    monkeypatch.setenv("COMPOSITION_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("COMPOSITION_TOKEN", SECRET)
    found = failures(adgen)
    assert "Connection refused" in found["Composition"]["told"]
    assert found["Composition"]["mend"].startswith("start the service behind COMPOSITION_URL")


def test_a_clock_that_is_off(adgen: Adgen, monkeypatch: Set) -> None:
    """An hour, by the Date header of a service."""
    with answering(HEALTHY, ahead=3600.0) as url:
        monkeypatch.setenv("VIDEO_GEN_URL", url)
        (off,) = failures(adgen).values()
    assert off["subject"].startswith("clock, ") and "ahead of this machine's" in off["told"]
    assert "timedatectl set-ntp true" in off["mend"]


def test_settings_that_are_misspelled_or_too_short(adgen: Adgen, home: Path, monkeypatch: Set) -> None:
    """A misspelled DATABASE_URL would write money down in another book; a short UI_TOKEN can be guessed."""
    Path(".env").write_text("DATABSE_URL=postgresql://ledger.example/ads\nUNRELATED=1\n")
    monkeypatch.setenv("UI_TOKEN", "guess")
    found = failures(adgen)
    assert set(found) == {"DATABSE_URL", "UI_TOKEN"}
    assert found["DATABSE_URL"]["mend"] == "# .env: DATABASE_URL=..." and "secrets.token" in found["UI_TOKEN"]["mend"]


def test_a_setting_that_cannot_be_read(adgen: Adgen, monkeypatch: Set) -> None:
    """Told as the one thing to mend first."""
    monkeypatch.setenv("MAX_CONCURRENT_JOBS", "many")
    assert "'many' does not fit" in failures(adgen)["MAX_CONCURRENT_JOBS"]["told"]


def test_settings_that_do_not_fit_together(adgen: Adgen, monkeypatch: Set) -> None:
    """What others reach needs its tokens; a service elsewhere cannot fetch by a URL that means this machine."""
    monkeypatch.setenv("API_URL", "https://ads.invalid")
    monkeypatch.setenv("COMPOSITION_URL", "https://compose.invalid")
    monkeypatch.setenv("MEDIA_URL", "http://localhost:9000/media")
    found = failures(adgen)
    assert {"API_TOKENS", "MEDIA_URL"} <= set(found) and "cannot be resolved" in found["Composition"]["told"]


def test_an_older_schema(adgen: Adgen, monkeypatch: Set, postgres: Any) -> None:
    """What brings the tables up to date."""
    monkeypatch.setenv("DATABASE_URL", url := new_database(postgres))
    open_ledger(Settings.read()).close()
    assert not failures(adgen)
    with closing(psycopg2.connect(url)) as connection:
        connection.cursor().execute("UPDATE ledger_version SET version_num = '0001'")
        connection.commit()
    found = failures(adgen)
    assert "at revision 0001" in found["tables"]["told"] and "adgen db upgrade" in found["tables"]["mend"]


@pytest.mark.sqlite_files("whose tables whoever opens them brings up to date")
def test_an_older_file(adgen: Adgen, home: Path) -> None:
    """Is only warned of: whoever opens it next brings it up to date. It is not brought there by the look."""
    home.mkdir()
    open_ledger(Settings.read()).close()
    with closing(sqlite3.connect(home / "ledger.db")) as file:
        file.execute("UPDATE ledger_version SET version_num = '0001'")
        file.commit()
        for _ in range(2):
            assert "at revision 0001" in adgen("doctor", "--problems").told


def test_postgres(adgen: Adgen, monkeypatch: Set, postgres: Any) -> None:
    """Its version, connections and clock are told; a wrong password is told as such, and not shown."""
    with _asking_for_passwords(postgres, SECRET) as url:
        monkeypatch.setenv("DATABASE_URL", url.format(SECRET))
        assert not failures(adgen)
        ended = adgen("doctor")
        assert "connections" in ended.told and "clock, database" in ended.told and "not made yet" in ended.told
        monkeypatch.setenv("DATABASE_URL", url.format(f"not-{SECRET}"))
        found, other = failures(adgen)["connection"], adgen("ledger")
    assert other.code == 2 and "INVALID_INPUT the ledger" in other.told and "check DATABASE_URL" in other.told
    assert "`adgen doctor`" in other.told and "adgen make" not in other.told and SECRET not in other.told
    assert "password authentication failed" in found["told"] and "the right password" in found["mend"]


def test_what_a_back_up_needs(adgen: Adgen, monkeypatch: Set, postgres: Any, tmp_path: Path) -> None:
    """No pg_dump, or one that is older than the server, is warned of with what to install; one that fits is told."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    monkeypatch.setenv("COLUMNS", "300")
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = adgen("doctor", "--only", "database")
    assert missing.code == 0 and "apt-get install -y postgresql-client" in missing.told
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    program.chmod(0o755)
    assert "is of version 9, and the server of" in adgen("doctor", "--only", "database").told
    monkeypatch.setenv("PATH", str(PROGRAMS))
    assert "for `adgen backup`" in adgen("doctor", "--only", "database").told


@contextmanager
def _asking_for_passwords(postgres: Any, password: str) -> Iterator[str]:
    """The URL of a database and of a user who needs one, the password to be put in."""
    rules, user = Path(postgres.pgdata, "pg_hba.conf"), "somebody"
    url, before = new_database(postgres), rules.read_text()
    with closing(psycopg2.connect(postgres.get_uri())) as connection:
        connection.autocommit = True
        run = connection.cursor().execute
        run(f"CREATE USER {user} PASSWORD %s SUPERUSER", (password,))
        rules.write_text(f"local all {user} scram-sha-256\n{before}")
        run("SELECT pg_reload_conf()")
        try:
            yield url.replace("postgres:@", f"{user}:{{}}@", 1)
        finally:
            rules.write_text(before)
            run("SELECT pg_reload_conf()")
            run(f"DROP USER {user}")


def test_a_bucket_that_is_not_there(adgen: Adgen, monkeypatch: Set, tmp_path: Path) -> None:
    """On a real S3 server; one that is there is written and read by a signed link, and keeps the trial alone."""
    with running_s3(tmp_path) as server:
        for name, value in server.environment("ads").items():
            monkeypatch.setenv(name, value)
        assert not failures(adgen) and "signed link" in adgen("doctor").told
        assert [file.name for file in (tmp_path / "buckets" / "ads").rglob("*") if file.is_file()] == [TRIAL]
        monkeypatch.setenv("MEDIA_STORE", "s3://not-there/ads")
        assert "make the bucket" in failures(adgen)["store"]["mend"]


def test_a_disk_that_is_nearly_full(adgen: Adgen) -> None:
    """More room is wanted than any disk has."""
    found = failures(adgen, "--free", "1e12")
    assert "adgen retention" in found["room, ADGEN_HOME"]["mend"]


def test_a_bare_webserver(adgen: Adgen, monkeypatch: Set) -> None:
    """It answers to whatever name it is asked by, so any page could launch ads."""
    with answering({"/server_info": (200, b"{}"), "/graphql": (200, CODE)}) as url:
        monkeypatch.setenv("DAGSTER_URL", url)
        assert "adgen ui" in failures(adgen)["guard"]["mend"]


def test_what_does_not_run(adgen: Adgen, monkeypatch: Set) -> None:
    """Is a warning before the start, and a failure where it is said to run."""
    for name in ("DAGSTER_URL", "API_URL"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert not failures(adgen)
    assert set(failures(adgen, "--running")) == {"webserver", "health"}


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_readable_env_file(adgen: Adgen) -> None:
    """Secrets in a file that everybody on this machine can read are warned of."""
    Path(".env").write_text(f"UI_TOKEN={SECRET}\n")
    Path(".env").chmod(0o644)
    ended = adgen("doctor")
    assert ended.code == 0 and "chmod 600" in ended.told and SECRET not in ended.told
