"""What is read at a scrape, whichever process did it: of the ledger, of Dagster, of this machine.

    seldom     reads again only when the last reading is old, so that scrapes cost little however often they come
    families   metrics in Prometheus' shapes

Counters are figures of the ledger that only grow. Everything else is a gauge: a failed job may still be completed.
"""

from adgen_pipeline.api.collectors.dagster import OfDagster
from adgen_pipeline.api.collectors.ledger import OfTheLedger
from adgen_pipeline.api.collectors.machine import OfThisMachine

__all__ = ["OfDagster", "OfTheLedger", "OfThisMachine"]
