"""Pools: how many calls of a service may be under way over all ads, in Dagster's own books.

The limits are Dagster's, and people may set them there; those in the settings are written there when a run starts,
which holds under any instance and whoever launched the run.
"""

from dagster import DagsterInstance, DagsterRun, RunsFilter
from dagster._core.storage.dagster_run import FINISHED_STATUSES  # no public name

from adgen_pipeline.defs.stamping import process_of, retry_number
from adgen_pipeline.processes import is_gone
from adgen_pipeline.settings import Settings


def prepare_pools(instance: DagsterInstance, run: DagsterRun) -> None:
    """Before a run's first step: the settings' limits hold, and what its crashed parent held is free."""
    set_limits(instance)
    if run.parent_run_id or retry_number(run):
        free_slots_of_the_dead(instance)


def set_limits(instance: DagsterInstance) -> None:
    """Write the settings' pool limits where Dagster reads them. A pool that no setting names is left as it is."""
    wanted, log = Settings.read().pools, instance.event_log_storage
    if not wanted or not log.supports_global_concurrency_limits:
        return
    known = {pool.name: pool.limit for pool in log.get_pool_limits() if not pool.from_default}
    for pool, limit in wanted.items():
        if known.get(pool) != limit:
            log.set_concurrency_slots(pool, limit)


def free_slots_of_the_dead(instance: DagsterInstance) -> None:
    """Free the pool slots of our runs that have ended, and their process too: a default instance keeps them held."""
    log = instance.event_log_storage
    holding = log.get_concurrency_run_ids() if log.supports_global_concurrency_limits else set()
    if not holding:
        return
    for run in instance.get_runs(RunsFilter(run_ids=sorted(holding), statuses=FINISHED_STATUSES)):
        process = process_of(run)
        if process and is_gone(process):
            log.free_concurrency_slots_for_run(run.run_id)
