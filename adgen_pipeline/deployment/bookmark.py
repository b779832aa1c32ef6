"""How far the ledger has come: `python -m adgen_pipeline.deployment.bookmark` prints `REVISION CALLS`, or `none 0`.

By it an update tells whether its tables were changed, and whether anything was bought since: only then it may, or may
not, bring back the state of before. It reads what any version wrote, and changes nothing.
"""

import sys
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger.opening import database_url
from adgen_pipeline.ledger.schema import VERSION_TABLE, calls
from adgen_pipeline.settings import Settings


def bookmark(settings: Settings) -> tuple[str | None, int]:
    """The revision of the tables, and how many calls were ever claimed. (None, 0): there are no tables yet."""
    url = database_url(settings)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return None, 0
    with closing(sa.create_engine(url, poolclass=NullPool).connect()) as connection:
        if not sa.inspect(connection).has_table(VERSION_TABLE):
            return None, 0
        revision = connection.scalar(sa.text(f"SELECT version_num FROM {VERSION_TABLE}"))
        return revision, connection.scalar(sa.select(sa.func.count()).select_from(calls)) or 0


def main() -> None:
    """Exit code 1, and the reason on stderr, where the database cannot be reached."""
    try:
        revision, count = bookmark(Settings.read())
    except AdgenError as error:
        sys.exit(error.message)
    except DBAPIError as error:
        sys.exit(f"the ledger cannot be read: {str(error.orig).splitlines()[0]}")
    print(revision or "none", count)


if __name__ == "__main__":
    main()
