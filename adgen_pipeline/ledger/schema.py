"""The ledger's tables. Names carry a prefix: the database may be shared with Dagster, which has tables of its own."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

VERSION_TABLE = "ledger_version"
REVISION = "0006"
"""The newest migration: a database at this revision is opened without loading Alembic, which takes 0.3 s."""

_MICRO = Decimal(1_000_000)


def to_micros(amount: Decimal) -> int:
    """USD in whole micro-dollars; what is smaller is rounded half to even."""
    return int((amount * _MICRO).to_integral_value(ROUND_HALF_EVEN))


class Money(sa.types.TypeDecorator[Decimal]):
    """USD as Decimal, stored as whole micro-dollars: sums are exact in every database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """From Decimal to micro-dollars."""
        return None if value is None else to_micros(Decimal(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """From micro-dollars (a sum may come as Decimal) to Decimal."""
        return None if value is None else Decimal(value) / _MICRO


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment as an aware datetime in UTC; SQLite keeps no zone, so it is put back here."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """In UTC, whatever the session's time zone is."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

_row_id = sa.BigInteger().with_variant(sa.Integer, "sqlite")  # SQLite counts up INTEGER keys only
_json = sa.JSON(none_as_null=True)

jobs = sa.Table(
    "ledger_jobs",
    metadata,
    sa.Column("job_id", sa.String(100), primary_key=True),
    sa.Column("max_cost", Money, nullable=False),
    sa.Column("brief", _json),
    sa.Column("source", sa.String(100)),
    sa.Column("warned", sa.Boolean, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("outcome", sa.String(10)),
    sa.Column("error", _json),
    sa.Column("ended_at", Moment),
    sa.Column("ended_by", sa.String(100)),
    sa.Column("delivered", _json),
    sa.Column("media_deleted_at", Moment),
    sa.Index("ix_ledger_jobs_created_at", "created_at"),
    sa.Index("ix_ledger_jobs_outcome", "outcome", "created_at"),
)

calls = sa.Table(
    "ledger_calls",
    metadata,
    sa.Column("id", _row_id, primary_key=True, autoincrement=True),
    sa.Column("job_id", sa.ForeignKey(jobs.c.job_id), nullable=False, index=True),
    sa.Column("stage", sa.String(40), nullable=False),
    sa.Column("scene", sa.String(40)),
    sa.Column("service", sa.String(40), nullable=False),
    sa.Column("payee", sa.Text),
    sa.Column("key", sa.String(100), nullable=False, unique=True),
    sa.Column("renewals", sa.Integer, nullable=False),
    sa.Column("request_hash", sa.String(100), nullable=False, index=True),
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.String(10), nullable=False),
    sa.Column("reserved", Money, nullable=False),
    sa.Column("doubted", Money, nullable=False),
    sa.Column("cost", Money, nullable=False),
    sa.Column("lost", sa.Boolean, nullable=False),
    sa.Column("over_ceiling", sa.Boolean, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("owner", sa.String(300), nullable=False),
    sa.Column("lease_until", Moment),
    sa.Column("location", sa.Text),
    sa.Column("response", _json),
    sa.Column("files", _json, nullable=False),
    sa.Column("reused_from", _row_id, sa.ForeignKey("ledger_calls.id"), index=True),
    sa.Column("saved", Money, nullable=False),
    sa.Column("error", _json),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
    sa.CheckConstraint("reserved >= 0 AND doubted >= 0 AND cost >= 0 AND saved >= 0", name="money"),
    sa.CheckConstraint("state IN ('claimed', 'settled', 'failed', 'unknown', 'released')", name="state"),
)

pins = sa.Table(
    "ledger_pins",
    metadata,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("artifact", _json, nullable=False),
    sa.Column("updated_at", Moment, nullable=False),
)

breakers = sa.Table(
    "ledger_breakers",
    metadata,
    sa.Column("service", sa.String(40), primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("open_until", Moment),
)

commissions = sa.Table(
    "ledger_commissions",
    metadata,
    sa.Column("key", sa.String(300), primary_key=True),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("launched_by", sa.String(10), nullable=False),
    sa.Column("batch", sa.String(100), index=True),
    sa.Column("variant", sa.Text),
    sa.Column("brief", _json, nullable=False),
    sa.Column("job_id", sa.String(100), index=True),
    sa.Column("error", sa.Text),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("launched_at", Moment),
    sa.Index("ix_ledger_commissions_launched_at", "launched_at", "created_at"),
)

campaigns = sa.Table(
    "ledger_campaigns",
    metadata,
    sa.Column("name", sa.String(200), primary_key=True),
    sa.Column("file", sa.Text, nullable=False),
    sa.Column("schedule", sa.Text, nullable=False),
    sa.Column("looked_at", Moment, nullable=False),
)

intakes = sa.Table(
    "ledger_intakes",
    metadata,
    sa.Column("key", sa.String(300), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("ads", sa.Integer, nullable=False),
    sa.Column("known", _json, nullable=False),
    sa.Column("problems", _json, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("moved_at", Moment, index=True),
)

deliveries = sa.Table(
    "ledger_deliveries",
    metadata,
    sa.Column("id", sa.String(100), primary_key=True),
    sa.Column("job_id", sa.String(100), nullable=False, index=True),
    sa.Column("type", sa.String(40), nullable=False),
    sa.Column("error", _json),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("receiver", sa.String(300), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("due_at", Moment),
    sa.Column("lease_until", Moment),
    sa.Column("delivered_at", Moment),
    sa.Column("last_error", sa.Text),
    sa.Column("created_at", Moment, nullable=False, index=True),
    sa.Index("ix_ledger_deliveries_due_at", "due_at"),
)

past_jobs = sa.Table(
    "ledger_past_jobs",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("outcome", sa.String(10), primary_key=True),
    sa.Column("jobs", sa.Integer, nullable=False),
    sa.Column("timed", sa.Integer, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
)

past_calls = sa.Table(
    "ledger_past_calls",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("outcome", sa.String(10), primary_key=True),
    sa.Column("stage", sa.String(40), primary_key=True),
    sa.Column("state", sa.String(10), primary_key=True),
    sa.Column("payee", sa.Text, primary_key=True),
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("cost", Money, nullable=False),
    sa.Column("saved", Money, nullable=False),
)
