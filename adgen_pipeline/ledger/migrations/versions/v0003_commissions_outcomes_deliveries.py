"""Ads that doors of all kinds want made, what became of each, and who is told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Earlier ads that were composed count as completed; what became of the others, Dagster is asked."""
    op.add_column("ledger_jobs", sa.Column("outcome", sa.String(10)))
    op.add_column("ledger_jobs", sa.Column("error", sa.JSON))
    op.add_column("ledger_jobs", sa.Column("ended_at", _moment))
    op.add_column("ledger_jobs", sa.Column("ended_by", sa.String(100)))
    op.create_index("ix_ledger_jobs_created_at", "ledger_jobs", ["created_at"])
    op.create_index("ix_ledger_jobs_outcome", "ledger_jobs", ["outcome", "created_at"])
    op.execute(_COMPLETED)
    op.create_table(
        "ledger_commissions",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("launched_by", sa.String(10), nullable=False),
        sa.Column("batch", sa.String(100)),
        sa.Column("variant", sa.Text),
        sa.Column("brief", sa.JSON, nullable=False),
        sa.Column("job_id", sa.String(100)),
        sa.Column("error", sa.Text),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("launched_at", _moment),
        sa.PrimaryKeyConstraint("key", name="pk_ledger_commissions"),
    )
    op.create_index("ix_ledger_commissions_batch", "ledger_commissions", ["batch"])
    op.create_index("ix_ledger_commissions_job_id", "ledger_commissions", ["job_id"])
    op.create_index("ix_ledger_commissions_launched_at", "ledger_commissions", ["launched_at", "created_at"])
    op.create_table(
        "ledger_campaigns",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("schedule", sa.Text, nullable=False),
        sa.Column("looked_at", _moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_ledger_campaigns"),
    )
    op.create_table(
        "ledger_intakes",
        sa.Column("key", sa.String(300), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("ads", sa.Integer, nullable=False),
        sa.Column("known", sa.JSON, nullable=False),
        sa.Column("problems", sa.JSON, nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("moved_at", _moment),
        sa.PrimaryKeyConstraint("key", name="pk_ledger_intakes"),
    )
    op.create_index("ix_ledger_intakes_moved_at", "ledger_intakes", ["moved_at"])
    op.create_table(
        "ledger_deliveries",
        sa.Column("id", sa.String(100), nullable=False),
        sa.Column("job_id", sa.String(100), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("error", sa.JSON),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("receiver", sa.String(300), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", _moment),
        sa.Column("lease_until", _moment),
        sa.Column("delivered_at", _moment),
        sa.Column("last_error", sa.Text),
        sa.Column("created_at", _moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_deliveries"),
    )
    op.create_index("ix_ledger_deliveries_job_id", "ledger_deliveries", ["job_id"])
    op.create_index("ix_ledger_deliveries_due_at", "ledger_deliveries", ["due_at"])
    op.create_index("ix_ledger_deliveries_created_at", "ledger_deliveries", ["created_at"])


_COMPLETED = """
UPDATE ledger_jobs SET outcome = 'completed', ended_at = (
    SELECT MAX(updated_at) FROM ledger_calls AS c
    WHERE c.job_id = ledger_jobs.job_id AND c.stage = 'composition' AND c.state = 'settled'
) WHERE EXISTS (
    SELECT 1 FROM ledger_calls AS c
    WHERE c.job_id = ledger_jobs.job_id AND c.stage = 'composition' AND c.state = 'settled'
)
"""
