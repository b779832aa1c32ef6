"""Who was paid for a call: what one service charged says nothing of another's prices."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the payee; who was paid for earlier calls is not known."""
    op.add_column("ledger_calls", sa.Column("payee", sa.Text))
