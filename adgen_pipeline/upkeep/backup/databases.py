"""Copies of databases that others are writing to, each as of one moment."""

import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from adgen_pipeline.ledger.programs import INSTALL, INSTALL_NEWER, found
from adgen_pipeline.settings import environment_with
from adgen_pipeline.upkeep.backup.manifest import BackupError

_WAIT_SECONDS = 60.0


def copy_sqlite(file: Path, target: Path) -> None:
    """Copy the database in `file` as of one moment, while others read and write it. Raises BackupError.

    `target` becomes what `file` is in one transaction. Opened for writing, since a reader leaves files of its own
    beside a database in which others may write.
    """
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(file))}?mode=rw", uri=True, timeout=_WAIT_SECONDS)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()  # one file, with nothing beside it
            sound = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupError(
            f"{file} cannot be copied ({error}); `sqlite3 {file} .recover` may save what is left"
        ) from error
    if sound != "ok":
        raise BackupError(f"{file} is damaged ({sound}): restore the last back-up, or save what is left by .recover")


def dump(url: sa.URL, target: Path) -> None:
    """Copy the whole Postgres database as of one moment. Raises BackupError."""
    _run("pg_dump", ("--format=custom", "--no-owner", "--no-privileges", f"--file={target}"), url)


def load(source: Path, url: sa.URL, *, without: str) -> None:
    """Bring a `dump` into a database, all of it or nothing, but for the table `without`. Raises BackupError."""
    listed = _run("pg_restore", ("--list", str(source)), url)
    wanted = source.with_name("wanted")
    wanted.write_text("\n".join(line for line in listed.splitlines() if without not in line.split()))
    options = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", f"--use-list={wanted}")
    _run("pg_restore", (*options, str(source)), url)


def _run(program: str, options: Sequence[str], url: sa.URL) -> str:
    """What it says. The password goes by the environment: arguments are seen by everybody on the machine."""
    path = found(program)
    if path is None:
        told = f"{program} is not on the PATH: install Postgres' client programs (Debian: {INSTALL})"
        raise BackupError(f"{told}, of the server's version or newer")
    ended = subprocess.run(
        [path, f"--dbname={_without_password(url)}", *options],
        env=environment_with(_password(url)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if ended.returncode:
        # The second line has both versions, where they do not fit.
        why = " ".join(ended.stderr.split("\n")[:2]).strip()
        raise BackupError(f"{path} failed: {why}; {_way_out(why)}, and try again")
    return ended.stdout


def _without_password(url: sa.URL) -> str:
    bare = sa.URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    return bare.difference_update_query(["password"]).render_as_string(hide_password=False)


def _password(url: sa.URL) -> dict[str, str]:
    """Of the two places in a URL, the driver prefers the second."""
    password = url.query.get("password") or url.password
    return {"PGPASSWORD": str(password)} if password else {}


def _way_out(why: str) -> str:
    if "version" not in why:
        return "mend that"
    return INSTALL_NEWER
