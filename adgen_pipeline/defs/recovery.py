"""Runs whose process ended without a word: killed, out of memory, or the machine went down.

Dagster would show them as running for good, and they would keep their pool slots. Whichever of our commands starts
next, and the sensor of a daemon, ends them; a crash that may be retried is then retried like any other.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, DefaultRunLauncher, RunRecord, RunsFilter
from dagster._core.events import DagsterEventType, JobFailureData, RunFailureReason  # no public way to give a reason

from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.defs.jobs import ASSETS, generate_ad, remake_ad
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.defs.pools import free_slots_of_the_dead
from adgen_pipeline.defs.remaking import remade
from adgen_pipeline.defs.stamping import may_be_retried, process_of
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.processes import is_gone
from adgen_pipeline.settings import Settings

_IN_PROGRESS = [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED, DagsterRunStatus.CANCELING]
_GRACE_SECONDS = 1.0
"""A code server that lives looks after its own processes twice a second, and goes first."""

_WORDS_SHOWN = 6
_STAGES = dict(zip(ASSETS, STAGES, strict=True))


@dataclass(frozen=True)
class Recovered:
    """A run that was ended as its process is dead.

    `stage` is the last that had begun, None if none had; `goes_on`: a daemon, when one runs, starts the ad again.
    """

    job_id: str
    run_id: str
    prompt: str
    stage: str | None
    cancelled: bool
    goes_on: bool

    @property
    def happened(self) -> str:
        """What became of it."""
        words = self.prompt.split()
        ad = f"Ad {self.job_id} ('{' '.join(words[:_WORDS_SHOWN])}{' ...' if words[_WORDS_SHOWN:] else ''}')"
        if self.cancelled:
            return f"{ad} was being cancelled when its process ended; it is cancelled now."
        return f"{ad} was cut off {f'at {self.stage}' if self.stage else 'before its first stage'}"

    @property
    def told(self) -> str:
        """What a person should know, with the way out."""
        if self.cancelled:
            return self.happened
        cut_off = self.happened
        resume = f"`adgen resume {self.job_id}` goes on with what is paid"
        return (
            f"{cut_off}; a running `adgen up` goes on by itself, or {resume}."
            if self.goes_on
            else f"{cut_off}; {resume}."
        )


def recover(instance: DagsterInstance) -> list[Recovered]:
    """End the runs of ours whose process is surely gone, each once, and free the pool slots that dead runs hold.

    Runs of processes that cannot be judged from here (other machines, containers) are left alone. What is ended
    counts as a crash, so a running daemon retries it where that was allowed; the ledger learns that nobody waits for
    its calls any more. Takes a second if there is anything.
    """
    lost, ended = {run.run_id for run in _lost(instance)}, []
    if lost:
        time.sleep(_GRACE_SECONDS)
        with _one_at_a_time():
            ended = [_end(instance, run) for run in _lost(instance) if run.run_id in lost]
    free_slots_of_the_dead(instance)
    if ended:
        with open_ledger(Settings.read()) as ledger:
            ledger.abandon()
    return ended


def brief_of(instance: DagsterInstance, run: DagsterRun) -> dict[str, Any] | None:
    """The brief that `run` makes an ad of: its own configuration's, or else that of the ad's first run."""
    own = brief_in(run)
    if own is not None:
        return own
    first = instance.get_run_by_id(ad_of(run))
    return brief_in(first) if first else None


def brief_in(run: DagsterRun) -> dict[str, Any] | None:
    """The brief in the run's configuration: flat for `generate_ad`, nested for the UI's "Materialize all"."""
    config: Any = run.run_config
    if run.job_name == remake_ad.name:
        return _remade(config)
    if run.job_name == generate_ad.name:
        return dict(config) if "prompt" in config else None
    found = config.get("ops", {}).get("parsed_prompt", {}).get("config")
    return dict(found) if found else None


def _remade(config: Any) -> dict[str, Any] | None:
    try:
        return remade(config)
    except (AdgenError, KeyError):  # its source is not in the ledger any more
        return None


def ad_of(run: DagsterRun) -> str:
    """The job id of the run's ad, as far as its tags tell (see `lineage`)."""
    return run.tags.get(JOB_TAG) or run.root_run_id or run.run_id


def _lost(instance: DagsterInstance) -> list[DagsterRun]:
    """The runs of ours that are in progress by Dagster's records, and are not."""
    records = instance.get_run_records(RunsFilter(statuses=_IN_PROGRESS))
    return [record.dagster_run for record in records if _is_dead(instance, record)]


def _is_dead(instance: DagsterInstance, record: RunRecord) -> bool:
    process = process_of(record.dagster_run)
    return is_gone(process) if process else _never_began(instance, record)


def _never_began(instance: DagsterInstance, record: RunRecord) -> bool:
    """Whether a run of ours was launched on this kind of machine and did not begin in the time Dagster allows for that.

    Should it begin after all, Dagster ignores a process that starts on a run which has ended.
    """
    run = record.dagster_run
    if run.status == DagsterRunStatus.STARTED or brief_in(run) is None:
        return False
    waited = (datetime.now(UTC) - record.update_timestamp).total_seconds()
    return (
        isinstance(instance.run_launcher, DefaultRunLauncher) and waited > instance.run_monitoring_start_timeout_seconds
    )


def _end(instance: DagsterInstance, run: DagsterRun) -> Recovered:
    cancelled = run.status == DagsterRunStatus.CANCELING
    if cancelled:
        instance.report_run_canceled(run, "Its process ended while it was being cancelled.")
    elif process_of(run):
        told = (
            "Its process ended without a word (killed, or the machine went down). What was paid for is in the ledger."
        )
        instance.report_run_failed(run, told, _because(RunFailureReason.UNEXPECTED_TERMINATION))
    else:
        told = f"It did not begin within {instance.run_monitoring_start_timeout_seconds} s of its launch."
        instance.report_run_failed(run, told, _because(RunFailureReason.START_TIMEOUT))
    return Recovered(
        job_id=ad_of(run),
        run_id=run.run_id,
        prompt=str((brief_of(instance, run) or {}).get("prompt", "")),
        stage=last_stage(instance, run),
        cancelled=cancelled,
        goes_on=not cancelled and may_be_retried(run),
    )


def _because(reason: RunFailureReason) -> JobFailureData:
    return JobFailureData(error=None, failure_reason=reason)


def last_stage(instance: DagsterInstance, run: DagsterRun) -> str | None:
    """The furthest stage of which a step had begun."""
    begun = {
        str(record.event_log_entry.step_key).partition(".")[0]
        for record in instance.get_records_for_run(run.run_id, of_type=DagsterEventType.STEP_START).records
    }
    reached = [stage.name for asset, stage in _STAGES.items() if asset in begun]
    return reached[-1] if reached else None


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two commands that start together must not both end a run. All that may end it are on one machine."""
    with (Settings.read().make_home() / "recovery.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
