"""How databases come to the tables of `schema`: one file a step in `versions`, run by Alembic."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError

from adgen_pipeline.errors import LedgerError

FOLDER = Path(__file__).parent


def upgrade(connection: sa.Connection) -> None:
    """Bring the database up to date inside the connection's transaction.

    Raises LedgerError when it was written by a newer version of this package.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise LedgerError(
            f"the ledger was written by a newer version of adgen-pipeline ({error}): update it"
        ) from error
