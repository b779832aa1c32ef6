"""Jobs with their budgets, calls with their states, pinned looks, and the circuit breakers.

There is no way down: a book of record is not unmade.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the four tables."""
    op.create_table(
        "ledger_jobs",
        sa.Column("job_id", sa.String(100), nullable=False),
        sa.Column("max_cost", sa.BigInteger, nullable=False),
        sa.Column("brief", sa.JSON),
        sa.Column("warned", sa.Boolean, nullable=False),
        sa.Column("created_at", _moment, nullable=False),
        sa.PrimaryKeyConstraint("job_id", name="pk_ledger_jobs"),
    )
    op.create_table(
        "ledger_calls",
        sa.Column("id", _row_id, nullable=False, autoincrement=True),
        sa.Column("job_id", sa.String(100), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("scene", sa.String(40)),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("renewals", sa.Integer, nullable=False),
        sa.Column("request_hash", sa.String(100), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reserved", sa.BigInteger, nullable=False),
        sa.Column("doubted", sa.BigInteger, nullable=False),
        sa.Column("cost", sa.BigInteger, nullable=False),
        sa.Column("lost", sa.Boolean, nullable=False),
        sa.Column("over_ceiling", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("owner", sa.String(300), nullable=False),
        sa.Column("lease_until", _moment),
        sa.Column("location", sa.Text),
        sa.Column("response", sa.JSON),
        sa.Column("files", sa.JSON, nullable=False),
        sa.Column("reused_from", _row_id),
        sa.Column("saved", sa.BigInteger, nullable=False),
        sa.Column("error", sa.JSON),
        sa.Column("created_at", _moment, nullable=False),
        sa.Column("updated_at", _moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_calls"),
        sa.UniqueConstraint("key", name="uq_ledger_calls_key"),
        sa.ForeignKeyConstraint(["job_id"], ["ledger_jobs.job_id"], name="fk_ledger_calls_job_id"),
        sa.ForeignKeyConstraint(["reused_from"], ["ledger_calls.id"], name="fk_ledger_calls_reused_from"),
        sa.CheckConstraint(
            "reserved >= 0 AND doubted >= 0 AND cost >= 0 AND saved >= 0", name=op.f("ck_ledger_calls_money")
        ),
        sa.CheckConstraint(
            "state IN ('claimed', 'settled', 'failed', 'unknown', 'released')", name=op.f("ck_ledger_calls_state")
        ),
    )
    op.create_index("ix_ledger_calls_job_id", "ledger_calls", ["job_id"])
    op.create_index("ix_ledger_calls_request_hash", "ledger_calls", ["request_hash"])
    op.create_table(
        "ledger_pins",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("artifact", sa.JSON, nullable=False),
        sa.Column("updated_at", _moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_ledger_pins"),
    )
    op.create_table(
        "ledger_breakers",
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("open_until", _moment),
        sa.PrimaryKeyConstraint("service", name="pk_ledger_breakers"),
    )
