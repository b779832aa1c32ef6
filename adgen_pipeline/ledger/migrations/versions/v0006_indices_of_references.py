"""What a call is looked up by when the one that it took its answer from is deleted."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Without it, each call that retention deletes has the database look through all others for references to it."""
    op.create_index("ix_ledger_calls_reused_from", "ledger_calls", ["reused_from"])
