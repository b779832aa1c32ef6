"""The files of a finished ad that leave the house: signed, with captions and manifest."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Earlier ads stay as composition gave them."""
    op.add_column("ledger_jobs", sa.Column("delivered", sa.JSON))
