"""The run as a buyer: stopped when it is terminated, told of retries in its own log."""

import dagster as dg

from adgen_pipeline.defs.stopping import stop_of
from adgen_pipeline.purchases import Buyer


def buyer_of(context: dg.OpExecutionContext | dg.AssetExecutionContext) -> Buyer:
    """The run of the step."""
    return Buyer(context.run.run_id, stop_of(context.run.run_id), context.log.warning)
