"""Which ad a run works on: the job's id, the id of the ad's root run.

A run of the whole pipeline is an ad of its own; its retries and re-executions go on with the same one. A run that
makes some assets alone works on one earlier ad: the one its `adgen/job` tag names, or else the newest ad that has
all the assets it needs. It is decided once and written into the tag, so that inputs never come from two ads.
"""

import threading

import dagster as dg
from dagster import AssetKey, DagsterInstance, DagsterRun

from adgen_pipeline.errors import IncompleteAd

JOB_TAG = "adgen/job"
_LOOK_BACK = 200
"""How many of an asset's newest materialisations are looked through."""

_lock = threading.Lock()
_decided: dict[str, str] = {}
"""By run: each of its outputs asks."""


def job_id_of(instance: DagsterInstance, run: DagsterRun, needed: set[AssetKey]) -> str:
    """The id of the ad that `run` works on; `needed` are the assets it takes from outside itself.

    Raises IncompleteAd when there is no ad with all of them.
    """
    with _lock:
        if run.run_id not in _decided:
            _decided[run.run_id] = _current_tags(instance, run).get(JOB_TAG) or _decide(instance, run, needed)
        return _decided[run.run_id]


def runs_of(instance: DagsterInstance, job_id: str) -> list[DagsterRun]:
    """The runs of an ad, newest first: its root run, its retries, and whatever else carries its tag."""
    tagged = instance.get_runs(dg.RunsFilter(tags={JOB_TAG: job_id}))
    first = instance.get_run_by_id(job_id)
    return [*tagged, *([first] if first and job_id not in {run.run_id for run in tagged} else [])]


def run_that_made(instance: DagsterInstance, asset: AssetKey, job_id: str) -> str:
    """The run that last made `asset` for the ad `job_id`. Raises IncompleteAd."""
    for run_id, job in _materialisations(instance, asset, before=None):
        if job == job_id:
            return run_id
    raise IncompleteAd(f"{asset.to_user_string()} of the ad {job_id} is missing: make it first, or name another ad")


def _decide(instance: DagsterInstance, run: DagsterRun, needed: set[AssetKey]) -> str:
    job_id = _newest_with(instance, run, needed) if needed else run.root_run_id or run.run_id
    instance.add_run_tags(run.run_id, {JOB_TAG: job_id})
    return job_id


def _newest_with(instance: DagsterInstance, run: DagsterRun, needed: set[AssetKey]) -> str:
    """The newest ad, as of the run's start, that has all of `needed`."""
    record = instance.get_run_record_by_id(run.run_id)
    before = record.create_timestamp.timestamp() if record else None
    jobs = [[job for _, job in _materialisations(instance, asset, before)] for asset in sorted(needed)]
    for job in jobs[-1]:
        if all(job in others for others in jobs):
            return job
    names = ", ".join(asset.to_user_string() for asset in sorted(needed))
    raise IncompleteAd(f"there is no ad with {names} to go on from: run generate_ad first, or set the tag {JOB_TAG}")


def _materialisations(instance: DagsterInstance, asset: AssetKey, before: float | None) -> list[tuple[str, str]]:
    """(run, ad) of the asset's materialisations, newest first."""
    query = dg.AssetRecordsFilter(asset_key=asset, before_timestamp=before)
    found = []
    for record in instance.fetch_materializations(query, limit=_LOOK_BACK).records:
        made = record.asset_materialization
        job = made.metadata.get("job_id") if made else None
        if job is not None:
            found.append((record.run_id, str(job.value)))
    return found


def _current_tags(instance: DagsterInstance, run: DagsterRun) -> dict[str, str]:
    """The tags as they are now: another step may have decided already."""
    now = instance.get_run_by_id(run.run_id)
    return dict(now.tags if now else run.tags)
