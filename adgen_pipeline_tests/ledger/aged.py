"""Makes what stands in a ledger older than it is: all its moments go back by so many days."""

from datetime import timedelta

import sqlalchemy as sa

from adgen_pipeline.ledger.opening import database_url
from adgen_pipeline.ledger.schema import calls, commissions, deliveries, intakes, jobs, pins
from adgen_pipeline.settings import Settings

_MOMENTS = {
    jobs: ("created_at", "ended_at"),
    calls: ("created_at", "updated_at", "lease_until"),
    pins: ("updated_at",),
    commissions: ("created_at", "launched_at"),
    intakes: ("created_at", "moved_at"),
    deliveries: ("created_at", "delivered_at"),
}


def age(settings: Settings, days: float, job_ids: list[str] | None = None) -> None:
    """Of the jobs `job_ids` with their calls, or of everything."""
    engine = sa.create_engine(database_url(settings))
    with engine.begin() as connection:
        for table, names in _MOMENTS.items():
            keys = ["job_id", *table.primary_key.columns.keys()]
            its = table.c.job_id.in_(job_ids) if job_ids and "job_id" in table.c else sa.true()
            if job_ids and "job_id" not in table.c:
                continue
            for row in connection.execute(sa.select(table).where(its)).mappings().all():
                moved = {name: row[name] - timedelta(days=days) for name in names if row[name]}
                itself = [table.c[key] == row[key] for key in keys if key in table.c]
                connection.execute(sa.update(table).where(*itself).values(moved))
    engine.dispose()
