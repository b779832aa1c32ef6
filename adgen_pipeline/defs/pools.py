"""Pools: how many calls of a service may be under way over all ads, in Dagster's own books.

The limits are Dagster's, and people may set them there; those in the settings are written there when a run starts,
which holds under any instance and whoever launched the run.
"""

import time

from dagster import DagsterInstance, DagsterRun, RunRecord, RunsFilter
from dagster._core.storage.dagster_run import FINISHED_STATUSES  # no public name

from adgen_pipeline.defs.stamping import process_of, retry_number
from adgen_pipeline.processes import is_gone
from adgen_pipeline.settings import Settings

LEFT_AFTER_SECONDS = 60.0
"""How long after a run's end its slots are freed whatever its process does, as Dagster's own monitoring does it."""


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
    """Free the pool slots of our runs that have ended, and left them behind: a default instance keeps them held."""
    log = instance.event_log_storage
    holding = log.get_concurrency_run_ids() if log.supports_global_concurrency_limits else set()
    if not holding:
        return
    for record in instance.get_run_records(RunsFilter(run_ids=sorted(holding), statuses=FINISHED_STATUSES)):
        if _has_left(record):
            log.free_concurrency_slots_for_run(record.dagster_run.run_id)


def _has_left(ended: RunRecord) -> bool:
    """Whether no step of the run that ended can be under way. A process elsewhere cannot be judged: it has had time."""
    process = process_of(ended.dagster_run)
    if process is None:  # not ours
        return False
    return is_gone(process) or (ended.end_time is not None and time.time() - ended.end_time > LEFT_AFTER_SECONDS)
