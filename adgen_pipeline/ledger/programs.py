"""Postgres' own client programs, such as `pg_dump`: no library does what they do."""

import re
import shutil
import subprocess

INSTALL = "apt-get install -y postgresql-client"
INSTALL_NEWER = (
    "put client programs of the server's version or newer first on the PATH (Debian: postgresql-client-VERSION)"
)

_PATIENCE_SECONDS = 10.0


def found(name: str) -> str | None:
    """Where the program is; None where it is not on the PATH."""
    return shutil.which(name)


def release(program: str) -> int | None:
    """The major version of Postgres that `program` is of; None where it does not say."""
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=_PATIENCE_SECONDS)
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"\d+", told.stdout)
    return int(number[0]) if number and not told.returncode else None
