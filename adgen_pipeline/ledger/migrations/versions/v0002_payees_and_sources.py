"""Who was paid for a call: one service's prices say nothing of another's. And which ad a job is made from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the payee, not known of earlier calls, and the source, which earlier jobs have none of."""
    op.add_column("ledger_calls", sa.Column("payee", sa.Text))
    op.add_column("ledger_jobs", sa.Column("source", sa.String(100)))
