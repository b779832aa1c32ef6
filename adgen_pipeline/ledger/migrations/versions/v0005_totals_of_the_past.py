"""What is left of jobs whose keeping is over: their number and their money, by day; and whose files were deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing of earlier jobs is deleted here: `adgen retention` does that."""
    op.add_column("ledger_jobs", sa.Column("media_deleted_at", sa.DateTime(timezone=True)))
    op.create_table(
        "ledger_past_jobs",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("jobs", sa.Integer, nullable=False),
        sa.Column("timed", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("day", "outcome", name="pk_ledger_past_jobs"),
    )
    op.create_table(
        "ledger_past_calls",
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("payee", sa.Text, nullable=False),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("cost", sa.BigInteger, nullable=False),
        sa.Column("saved", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("day", "outcome", "stage", "state", "payee", name="pk_ledger_past_calls"),
    )
