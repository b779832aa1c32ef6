"""The floor: Dagster's own launch of a run that does nothing but sleep. A code location that knows only Dagster."""

import time

import dagster as dg


@dg.op(config_schema={"seconds": float})
def sleep(context: dg.OpExecutionContext) -> None:
    """As long as the critical path of the ad it is held against."""
    time.sleep(context.op_config["seconds"])


@dg.job(executor_def=dg.in_process_executor)
def floor() -> None:
    """One op, in the run's own process."""
    sleep()


defs = dg.Definitions(jobs=[floor])
