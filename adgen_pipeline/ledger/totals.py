"""What a job's calls add up to."""

from collections import defaultdict
from decimal import Decimal

import sqlalchemy as sa

from adgen_pipeline.ledger.entries import Job, State, Totals
from adgen_pipeline.ledger.schema import calls


def totals(connection: sa.Connection, job: Job, cost_warning: Decimal) -> Totals:
    """The job's money; `warning` once more than `cost_warning` USD are spent."""
    by_stage: dict[str, Decimal] = defaultdict(Decimal)
    reserved = unknown = saved = Decimal(0)
    for row in connection.execute(_sums(job.job_id)):
        by_stage[row.stage] += row.cost
        saved += row.saved
        unknown += row.doubted
        if row.state == State.UNKNOWN:
            unknown += row.reserved
        else:
            reserved += row.reserved
    spent = sum(by_stage.values(), Decimal(0))
    return Totals(
        max_cost=job.max_cost,
        spent=spent,
        reserved=reserved,
        unknown=unknown,
        saved=saved,
        by_stage=dict(by_stage),
        warning=spent > cost_warning,
    )


def _sums(job_id: str) -> sa.Select[tuple[str, str, Decimal, Decimal, Decimal, Decimal]]:
    amounts = [sa.func.sum(column).label(column.name) for column in _AMOUNTS]
    query = sa.select(calls.c.stage, calls.c.state, *amounts)
    return query.where(calls.c.job_id == job_id).group_by(calls.c.stage, calls.c.state)


_AMOUNTS = (calls.c.cost, calls.c.reserved, calls.c.doubted, calls.c.saved)
