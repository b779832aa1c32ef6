"""Runs one ad in this process and tells how it is getting on: what the command line stands on."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import dagster as dg
from dagster import DagsterEvent, DagsterEventType, DagsterInstance, DagsterRun, EventLogEntry
from dagster._core.execution.api import execute_run  # `execute_job` cannot tell the run's id before its end

from adgen_pipeline.contracts.ad import FinishedAd
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.contracts.stages import CLIPS, COMPOSITION, IMAGES, PARSING, Stage, progress_after
from adgen_pipeline.defs.brief_config import checked
from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.defs.checks import failed_checks, unfit, warned_checks
from adgen_pipeline.defs.commissions import RUN_KEY_TAG, tags_of
from adgen_pipeline.defs.connections import kept_open
from adgen_pipeline.defs.console import LOGGER
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.io_manager import RunScopedIOManager
from adgen_pipeline.defs.lineage import JOB_TAG, runs_of
from adgen_pipeline.defs.recovery import ad_of
from adgen_pipeline.defs.stamping import stamp
from adgen_pipeline.defs.stopping import end_by_hand
from adgen_pipeline.errors import AdgenError, AlreadyMade, Cancelled, ErrorCode, LedgerError
from adgen_pipeline.ledger import Commission, Job, open_ledger
from adgen_pipeline.purchases.log import LOGGER as CALLS
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline.webhooks import deliver_once

_LOOK_SECONDS = 0.2

_CALLS: dict[str, Stage] = {
    "parsed_prompt.parse_prompt": PARSING,
    "keyframe_images.reference_keyframe": IMAGES,
    "keyframe_images.keyframe": IMAGES,
    "video_clips.clip": CLIPS,
    "final_ad": COMPOSITION,
}
"""The steps that buy something, by the part of their key before the scene."""


@dataclass(frozen=True)
class Progress:
    """How far the ad is: `percent` as the contract counts, the stage, and what has just ended (or begun)."""

    percent: float
    stage: str
    told: str


@dataclass
class _Story:
    """What the run's events have told so far."""

    scenes: int = 0
    done: dict[str, int] = field(default_factory=dict)
    percent: float = 0.0
    cost: Decimal = Decimal(0)
    failures: list[dg.DagsterEvent] = field(default_factory=list)

    def hear(self, entry: EventLogEntry) -> Progress | None:
        """Take in one entry of the run's log; the progress it means, if any."""
        event = entry.dagster_event
        if event is None:
            return Progress(self.percent, "", entry.user_message) if _is_remark(entry) else None
        if event.event_type == DagsterEventType.STEP_OUTPUT:
            metadata = event.step_output_data.metadata
            if event.step_key == "parsed_prompt.parse_prompt":
                self.scenes = int(_value(metadata, "scenes", 0))
            if _stage_of(event):
                self.cost += Decimal(str(_value(metadata, "cost_usd", 0)))
        stage = _stage_of(event)
        if event.event_type == DagsterEventType.STEP_FAILURE:
            told = event.step_failure_data.user_failure_data
            self.cost += Decimal(str(_value(told.metadata if told else None, "cost_usd", 0)))
            self.failures.append(event)
            return Progress(self.percent, stage.name if stage else "", f"{_scene_of(event)} failed".strip())
        if stage is None or event.event_type not in (DagsterEventType.STEP_START, DagsterEventType.STEP_SUCCESS):
            return None
        if event.event_type == DagsterEventType.STEP_SUCCESS:
            self.done[stage.name] = self.done.get(stage.name, 0) + 1
            calls = self.scenes if stage in (IMAGES, CLIPS) else 1
            self.percent = max(self.percent, progress_after(stage, min(self.done[stage.name], calls), max(calls, 1)))
        ended = "done" if event.event_type == DagsterEventType.STEP_SUCCESS else "..."
        return Progress(self.percent, stage.name, f"{_scene_of(event)} {ended}".strip())


def make_ad(brief: Brief, on_progress: Callable[[Progress], None]) -> FinishedAd:
    """Run the job `generate_ad` for `brief` here and now; the run stands in the Dagster instance like any other.

    Raises QualityCheckFailed with the ad where nobody could use it. Raises AdgenError with the first failure's
    message, code and details, the ad's `job_id` and what is `in_doubt` (USD, text) among them, and in `cost` what was
    spent (USD); Cancelled after a Ctrl-C. LedgerError or InvalidSetting when the ledger or the store cannot be
    opened: there is no run then.
    """
    with open_instance() as instance:
        return _run(instance, brief.model_dump(mode="json", exclude_unset=True), on_progress)


def make_commissioned(wanted: Commission, on_progress: Callable[[Progress], None]) -> FinishedAd:
    """Make the ad of a commission here and now: it takes the commission up before its first step. Raises as `make_ad`,
    and AlreadyMade where the commission was taken up before."""
    with open_ledger(Settings.read()) as ledger:
        job_id = ledger.commissions.get(wanted.key).job_id
    if job_id:
        raise AlreadyMade(f"{wanted.origin} was launched as the job {job_id} already; nothing is paid")
    with open_instance() as instance:
        return _run(instance, wanted.brief, on_progress, tags=tags_of(wanted) | {RUN_KEY_TAG: wanted.key})


def resume_ad(job: Job, max_cost: Decimal | None, on_progress: Callable[[Progress], None]) -> FinishedAd:
    """Go on with an ad that failed, was cancelled, cut off or stopped by its budget; what is paid for is kept.

    `max_cost` (USD) is a new limit, None: the brief's. Raises as `make_ad`, and AdgenError while a run works on it.
    """
    with open_instance() as instance:
        runs = runs_of(instance, job.job_id)
        at_work = [run for run in runs if not run.is_finished]
        if at_work:
            told = f"the run {at_work[0].run_id} works on the ad {job.job_id} ({at_work[0].status.value})"
            raise AdgenError(f"{told}: wait for it, or terminate it first")
        brief = (job.brief or {}) | ({"max_cost": float(max_cost)} if max_cost else {})
        before = {"root_run_id": runs[-1].root_run_id or runs[-1].run_id, "parent_run_id": runs[0].run_id}
        return _run(instance, brief, on_progress, tags={JOB_TAG: job.job_id}, **(before if runs else {}))


def _run(
    instance: DagsterInstance, config: dict[str, Any], on_progress: Callable[[Progress], None], **known: Any
) -> FinishedAd:
    for name in (LOGGER, CALLS):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # the display tells what a person wants to know
    _refuse_watched_runs(instance)
    _check_the_ground(Settings.read(), config)
    job = dg.reconstructable(generate_ad_job)
    story = _Story()
    with kept_open(instance):  # a run that is created plans an event an asset and check
        run = instance.create_run_for_job(job_def=job.get_definition(), run_config=config, **known)
        stamp(instance, run)
        end_by_hand(run.run_id)
        with _telling(instance, run, story, on_progress):
            execute_run(job, run, instance)
    _deliver(ad_of(instance.get_run_by_id(run.run_id) or run), story, on_progress)
    return _outcome(instance, run.run_id, story)


def _deliver(job_id: str, story: _Story, on_progress: Callable[[Progress], None]) -> None:
    """Nobody may be there to deliver the ad's webhooks but this process: try once, and say what did not arrive."""
    for attempted in deliver_once(job_id, Settings.read()):
        of, resend = attempted.delivery, f"`adgen webhooks resend {attempted.delivery.id}` does now"
        told = f"{of.receiver} did not take the webhook {of.type} ({attempted.problem})"
        later = "a running daemon (`adgen up`) tries again, " if attempted.again_in is not None else ""
        on_progress(Progress(story.percent, "", f"{told}: {later}{resend}"))


def _refuse_watched_runs(instance: DagsterInstance) -> None:
    """A daemon that asks its launcher how each run does, as on Kubernetes, would end one that nobody launched there."""
    launcher = instance.run_launcher
    if instance.run_monitoring_enabled and launcher.supports_check_run_worker_health:
        told = f"the runs of this Dagster are those of its {type(launcher).__name__}, and its daemon would end this one"
        by_api = "POST /api/v1/generate-ad makes an ad, POST /api/v1/jobs/JOB/retry goes on with one"
        raise AdgenError(f"{told}: launch it in the Dagster UI (Re-execute), or by the REST API ({by_api})")


def _check_the_ground(settings: Settings, config: Mapping[str, Any]) -> None:
    """Open what every step stands on: a run that could not begin would say so in Dagster's words."""
    checked(config)
    open_ledger(settings).close()
    settings.make_media_folder()
    MediaStore.of(settings)


def generate_ad_job() -> dg.JobDefinition:
    """The job, for processes that have to find it by name."""
    return build_defs().resolve_job_def("generate_ad")


@contextmanager
def _telling(
    instance: DagsterInstance, run: DagsterRun, story: _Story, on_progress: Callable[[Progress], None]
) -> Iterator[None]:
    """Follows the run's events from a thread of its own: steps may run in other processes."""
    batches = _entries(instance, run.run_id)
    over = threading.Event()

    def catch_up() -> None:
        for entry in next(batches):
            progress = story.hear(entry)
            if progress:
                on_progress(progress)

    def follow() -> None:
        while not over.wait(_LOOK_SECONDS):
            catch_up()

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        catch_up()


def _entries(instance: DagsterInstance, run_id: str) -> Iterator[list[EventLogEntry]]:
    """Batch by batch, what is new in the run's log."""
    cursor = None
    while True:
        page = instance.get_records_for_run(run_id, cursor=cursor)
        cursor = page.cursor
        yield [record.event_log_entry for record in page.records]


def _outcome(instance: DagsterInstance, run_id: str, story: _Story) -> FinishedAd:
    run = instance.get_run_by_id(run_id)
    assert run is not None
    if run.status == dg.DagsterRunStatus.SUCCESS:
        return _checked(instance, run_id)
    if run.status == dg.DagsterRunStatus.CANCELED:
        stopped = Cancelled("stopped: no further call was made", details={"run_id": run_id}, cost=story.cost)
        raise _by_the_ledger(stopped, ad_of(run))
    if failed := failed_checks(instance, run_id):
        raise unfit(_checked(instance, run_id), failed)
    raise _by_the_ledger(_failure(run_id, story), ad_of(run))


def _checked(instance: DagsterInstance, run_id: str) -> FinishedAd:
    """The ad that the run made, with what its checks warn of."""
    ad = RunScopedIOManager().read(run_id, "final_ad")
    assert isinstance(ad, FinishedAd)
    return ad.model_copy(
        update={"warnings": [f"{warned.name}: {warned.told}" for warned in warned_checks(instance, run_id)]}
    )


def _by_the_ledger(error: AdgenError, job_id: str) -> AdgenError:
    """`error` with the ad's id and amounts, where it got as far as the ledger."""
    try:
        with open_ledger(Settings.read()) as ledger:
            totals = ledger.totals(job_id)
    except LedgerError:  # what has failed is told, whatever the ledger knows of it
        return error
    error.details.update(job_id=job_id, in_doubt=str(totals.unknown))
    error.cost = totals.spent
    return error


def _failure(run_id: str, story: _Story) -> AdgenError:
    """The first failure that says something; those of steps that were only waiting for it say nothing."""
    for event in story.failures:
        told = event.step_failure_data.user_failure_data
        if told and told.description:
            code = ErrorCode(_value(told.metadata, "code", "INTERNAL_ERROR"))
            details = {"run_id": run_id, "step": event.step_key}
            error = AdgenError(told.description, details=details, cost=story.cost)
            error.code = code
            return error
    where = f"(run {run_id}; `make up` shows its log)"
    return AdgenError(f"{_first_cause(story)} {where}", details={"run_id": run_id}, cost=story.cost)


def _first_cause(story: _Story) -> str:
    """An error of nobody's making, by the exception at its root."""
    if not story.failures:
        return "the run failed outside of its steps"
    event = story.failures[0]
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return f"{event.step_key} failed: {error.message.strip() if error else 'without a word'}"


def _is_remark(entry: EventLogEntry) -> bool:
    """A warning of ours; Dagster's own errors tell of steps that are not reached after a failure."""
    return entry.level == logging.WARNING


def _stage_of(event: DagsterEvent) -> Stage | None:
    return _CALLS.get((event.step_key or "").partition("[")[0])


def _scene_of(event: DagsterEvent) -> str:
    """`scene_02` of a mapped step, `scene_01` of the reference keyframe, nothing for a whole stage."""
    key = event.step_key or ""
    return key.partition("[")[2].rstrip("]") or ("scene_01" if key.endswith("reference_keyframe") else "")


def _value(metadata: Any, name: str, default: Any) -> Any:
    found = (metadata or {}).get(name)
    return default if found is None else found.value
