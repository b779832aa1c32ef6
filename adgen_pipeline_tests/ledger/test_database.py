"""What a transaction sees of others."""

from decimal import Decimal

import sqlalchemy as sa

from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.ledger.schema import jobs
from adgen_pipeline.settings import Settings

COUNT = sa.select(sa.func.count()).select_from(jobs)


def test_a_reader_sees_one_moment(ledger: Ledger, settings: Settings) -> None:
    """Sums of several statements fit together, whatever is written meanwhile: nothing is counted twice or left out."""
    with open_ledger(settings) as other, ledger._database.read() as connection:
        assert connection.scalar(COUNT) == 1
        other.begin_job("next", Decimal(1))
        assert connection.scalar(COUNT) == 1
    assert len(ledger.jobs()) == 2
