"""The ledger's database, which with Postgres is Dagster's, too: looked at without opening a ledger, which would make
its tables."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rich.filesize import decimal
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from adgen_pipeline.doctor.checks.clock import agrees
from adgen_pipeline.doctor.examining import Examined
from adgen_pipeline.doctor.findings import Finding, failure, ok, warning
from adgen_pipeline.ledger.opening import database_url, ledger_file
from adgen_pipeline.ledger.programs import INSTALL, INSTALL_NEWER, found, release
from adgen_pipeline.ledger.revisions import RESTORING, revision
from adgen_pipeline.ledger.schema import REVISION

_CONNECT_SECONDS = 5
_EACH_AD, _PROCESSES = 3, 50
"""Connections that an ad at work takes, and those of webserver, daemon and API (docs/database.md)."""

_CONNECTIONS_OF_OTHERS = """SELECT count(*) FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND datname IS DISTINCT FROM current_database()"""

_MENDS = (
    (
        "password authentication failed",
        "# .env: DATABASE_URL=postgresql://user:PASSWORD@host/database, the right password",
    ),
    ("no password supplied", "# .env: DATABASE_URL=postgresql://user:PASSWORD@host/database"),
    ("does not exist", "createdb -O USER DATABASE, and createuser USER, on the server; or mend DATABASE_URL"),
    (
        "could not translate host name",
        "# .env: DATABASE_URL: mend the host; getent hosts HOST shows whether it is known",
    ),
    ("timeout expired", "open the server's port 5432 for this machine (firewall, security group)"),
    ("no pg_hba.conf entry", "allow this machine in the server's pg_hba.conf, then: SELECT pg_reload_conf()"),
    ("too many connections", "ALTER SYSTEM SET max_connections = 200, and restart the server"),
    ("remaining connection slots", "ALTER SYSTEM SET max_connections = 200, and restart the server"),
    ("SSL", "# .env: DATABASE_URL=...?sslmode=require, as the server asks"),
    ("onnect", "systemctl start postgresql, on the server; or mend host and port in DATABASE_URL"),
)


def look(examined: Examined) -> Iterator[Finding]:
    """The first thing that is wrong hides the rest."""
    if file := ledger_file(examined.settings):
        yield from _sqlite(file)
        return
    url = database_url(examined.settings)
    shown = url.set(query={}).render_as_string(hide_password=True)
    try:
        with closing(_connected(url)) as connection:
            yield from _postgres(connection, shown, examined.settings.max_concurrent_jobs)
    except ModuleNotFoundError:
        yield failure("driver", "DATABASE_URL needs one for Postgres", "pip install 'adgen-pipeline[postgres]'")
    except DBAPIError as error:
        told = str(error.orig).strip().replace("\n", " ")
        yield failure(
            "connection", f"{shown}: {told[:300]}", next((m for w, m in _MENDS if w in told), "see the server's log")
        )


def _sqlite(file: Path) -> Iterator[Finding]:
    if not file.exists():
        yield ok("ledger", f"{file} is not there yet: the first ad makes it")
        return
    # Read-only, and without a wait: a look must never stand in the way of money being written down.
    engine = sa.create_engine(f"sqlite:///file:{file}?mode=ro&uri=true", poolclass=NullPool)
    try:
        with closing(engine.connect()) as connection:
            yield _revision(connection)
            yield ok("ledger", f"{file}, {decimal(file.stat().st_size)}, can be read")
    except DBAPIError as error:
        yield failure("ledger", f"{file}: {error.orig}", "restore a back-up: adgen backup --help")


def _connected(url: sa.URL) -> sa.Connection:
    options = {"connect_timeout": _CONNECT_SECONDS}
    return sa.create_engine(url, poolclass=NullPool, connect_args=options, isolation_level="AUTOCOMMIT").connect()


def _postgres(connection: sa.Connection, shown: str, ads: int) -> Iterator[Finding]:
    started = time.monotonic()
    number = _one(connection, "SHOW server_version")
    took = time.monotonic() - started
    yield ok("connection", f"{shown} answers in {took * 1000:.0f} ms, Postgres {number}")
    yield _revision(connection)
    yield _may_write(connection)
    yield _spare(connection, ads)
    yield _dump_program(int(_one(connection, "SHOW server_version_num")) // 10_000)
    there: datetime = connection.execute(sa.text("SELECT clock_timestamp()")).scalar_one()
    yield from agrees("database", (there - datetime.now(UTC)).total_seconds())


def _revision(connection: sa.Connection) -> Finding:
    known = revision(connection)
    if known == REVISION:
        return ok("tables", f"at revision {known}, as this version wants them")
    if known is None:
        return warning("tables", "not made yet", "adgen db upgrade")
    if known == RESTORING:
        return failure("tables", "a restore was begun, and has not ended", "adgen backup restore FOLDER")
    if known < REVISION:
        told = f"at revision {known}, and this version works with {REVISION}"
        # A file belongs to one machine: whoever opens it next brings it up to date.
        judged = warning if connection.dialect.name == "sqlite" else failure
        return judged("tables", told, "adgen backup create FOLDER, then adgen db upgrade")
    told = f"at revision {known}, which a newer version wrote; this one knows them up to {REVISION}"
    return failure("tables", told, "install the newer version; adgen-host update WHEEL does it")


def _may_write(connection: sa.Connection) -> Finding:
    if _one(connection, "SHOW transaction_read_only") == "on":
        told = "the server takes no writes (a replica, or default_transaction_read_only)"
        return failure("writing", told, "# .env: DATABASE_URL of the primary")
    if not _one(connection, "SELECT has_schema_privilege(current_schema(), 'CREATE')"):
        mend = "GRANT CREATE, USAGE ON SCHEMA public TO the user of DATABASE_URL"
        return failure("writing", "the user of DATABASE_URL may make no tables", mend)
    return ok("writing", "allowed")


def _spare(connection: sa.Connection, ads: int) -> Finding:
    most = int(_one(connection, "SHOW max_connections"))
    others = int(_one(connection, _CONNECTIONS_OF_OTHERS))
    wanted = _EACH_AD * ads + _PROCESSES
    told = f"{most} at most, {others} of them taken by other databases; {wanted} are needed for {ads} ads at once"
    if most - others >= wanted:
        return ok("connections", told)
    mend = f"ALTER SYSTEM SET max_connections = {others + wanted}, and restart the server; or lower MAX_CONCURRENT_JOBS"
    return warning("connections", told, mend)


def _dump_program(server: int) -> Finding:
    """Of back-ups: none of an older major version than the server's can dump it."""
    program, without = found("pg_dump"), "`adgen backup`, and updates that begin with one, need it"
    if program is None:
        return warning("pg_dump", f"is not on the PATH; {without}", f"{INSTALL}, of version {server} or newer")
    known = release(program)
    if known is None:
        return warning("pg_dump", f"{program} does not say its version; {without}", INSTALL)
    if known < server:
        told = f"{program} is of version {known}, and the server of {server}; {without} of the server's or newer"
        return warning("pg_dump", told, INSTALL_NEWER.replace("VERSION", str(server)))
    return ok("pg_dump", f"{program}, of version {known}, for `adgen backup`")


def _one(connection: sa.Connection, statement: str) -> Any:
    return connection.execute(sa.text(statement)).scalar_one()
