"""How far the ledger has come: `python -m adgen_pipeline.deployment.bookmark` prints `REVISION CALLS`, or `none 0`.

By it an update tells whether its tables were changed, and whether anything was bought since: only then it may, or may
not, bring back the state of before. It reads what any version wrote, and changes nothing.
"""

import sys
from contextlib import closing

import sqlalchemy as sa

from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.revisions import revision
from adgen_pipeline.ledger.schema import calls
from adgen_pipeline.settings import Settings


def bookmark(settings: Settings) -> tuple[str | None, int]:
    """The revision of the tables, and how many calls were ever claimed. (None, 0): there are no tables yet."""
    with closing(open_database(settings)) as database:
        if database.file and not database.file.exists():
            return None, 0
        with database.read() as connection:
            found = revision(connection)
            count = connection.scalar(sa.select(sa.func.count()).select_from(calls)) if found else 0
            return found, count or 0


def main() -> None:
    """Exit code 1, and the reason on stderr, where the database cannot be reached."""
    try:
        found, count = bookmark(Settings.read())
    except AdgenError as error:
        sys.exit(error.message)
    print(found or "none", count)


if __name__ == "__main__":
    main()
