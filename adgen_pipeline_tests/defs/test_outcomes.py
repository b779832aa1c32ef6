"""What became of each ad: by its own process, by the daemon's sensors, and never for a crash that is retried."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster import AssetKey, DagsterInstance, DagsterRun, DagsterRunStatus, DefaultSensorStatus
from dagster._core.events import JobFailureData, RunFailureReason

from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.defs.failures import error_of
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.defs.outcomes import OUTCOME_SENSORS, end_the_dead, record_here
from adgen_pipeline.defs.webhooks import deliver_webhooks
from adgen_pipeline.errors import AdgenError
from adgen_pipeline.ledger import Job, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import SigningKey
from adgen_pipeline_tests.defs.crashes import BRIEF, HERE, left_behind
from adgen_pipeline_tests.defs.runs import instance, make, materialise
from adgen_pipeline_tests.defs.test_crash_retries import wait_for
from adgen_pipeline_tests.lab import Lab, failure
from adgen_pipeline_tests.webhooks.receiver import Receiver, receiving

STEP_FAILED, KILLED = RunFailureReason.STEP_FAILURE, RunFailureReason.UNEXPECTED_TERMINATION
TOLD = BRIEF | {"callback_url": "https://hooks.example.com/"}


@pytest.fixture
def receiver(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "localhost")
    with receiving(SigningKey.of(Settings.read()).spelled) as receiver:
        yield receiver
        assert not receiver.forged


class Daemon:
    """The outcome sensors as a daemon has them look, from now on."""

    def __init__(self, opened: DagsterInstance):
        self._opened = opened
        self._cursors: dict[str, str | None] = {sensor.name: None for sensor in OUTCOME_SENSORS}
        self.look()

    def look(self) -> None:
        for sensor in OUTCOME_SENSORS:
            context = dg.SensorEvaluationContext(
                None,
                instance=self._opened,
                cursor=self._cursors[sensor.name],
                code_location_origin=HERE,
                repository_name="__repository__",
            )
            sensor.evaluate_tick(context)
            self._cursors[sensor.name] = context.cursor


def job(job_id: str) -> Job:
    with open_ledger(Settings.read()) as ledger:
        return ledger.job(job_id)


def news(job_id: str) -> list[str]:
    with open_ledger(Settings.read()) as ledger:
        return [delivery.type for delivery in ledger.outbox.newest(job_id=job_id)]


def crash(opened: DagsterInstance, run: DagsterRun, reason: RunFailureReason | None = KILLED) -> None:
    opened.report_run_failed(run, "It failed.", JobFailureData(None, reason) if reason else None)


def retry_of(opened: DagsterInstance, run: DagsterRun, number: int = 1, **known: Any) -> DagsterRun:
    tags = {JOB_TAG: run.run_id, "dagster/retry_number": str(number)} | known.pop("tags", {})
    group = {"root_run_id": run.run_id, "parent_run_id": run.run_id}
    tags |= {f"dagster/{name}": value for name, value in group.items()}
    return left_behind(opened, tags=tags, run_config=TOLD, **group, **known)


def recorded(made: dg.ExecuteInProcessResult) -> str:
    """A run that went well, recorded as our executors do; `execute_in_process` has one of its own."""
    assert made.success
    with instance() as opened:
        record_here(opened, made.dagster_run, failed=False, broken_off=False)
    return made.run_id


def newest_job() -> Job:
    with open_ledger(Settings.read()) as ledger:
        return ledger.jobs(1)[0]


def test_a_finished_ad_is_told_of_at_once(lab: Lab, receiver: Receiver) -> None:
    """By the run's own process; the terminal that made it delivers once, as no daemon may run."""
    ad = make(callback_url=f"{receiver.url}/hook")
    assert job(ad.job_id).outcome == "completed" and job(ad.job_id).error is None
    (message,) = receiver.messages
    data = message.body["data"]
    assert (message.body["type"], data["job_id"], data["status"]) == ("job.completed", ad.job_id, "completed")
    assert data["cost"]["total"] == float(ad.total_cost) and data["result"]["video_url"].startswith("http")
    assert data["completed_at"] and data["progress"]["percentage"] == 100


def test_what_a_service_refused_is_told_in_its_words(lab: Lab, receiver: Receiver) -> None:
    """Code, stage, scene and service of the step that failed; what was paid is in the costs."""
    lab.on("/generate-video", failure(400, "that prompt is not for us"), always=True)
    with pytest.raises(AdgenError):
        make(callback_url=receiver.url)
    ended, (message,) = newest_job(), receiver.messages
    assert ended.outcome == "failed" and ended.error == message.body["data"]["error"]
    error = ended.error
    assert error and (error["code"], error["failed_stage"]) == ("VIDEO_GENERATION_FAILED", "video_generation")
    assert "that prompt is not for us" in error["message"] and error["details"]["service"] == "video_gen"
    assert error["details"]["scene"].startswith("scene_0") and error["details"]["attempts"] == 1
    assert message.body["data"]["cost"]["total"] == 0.18


def test_an_ad_stopped_by_its_budget_can_go_on_and_end_again(lab: Lab, receiver: Receiver) -> None:
    """COST_LIMIT_EXCEEDED with the amounts; one that cannot be reached is kept for a daemon."""
    receiver.script = ["drop"]
    with pytest.raises(AdgenError):
        make(callback_url=receiver.url, max_cost=0.2)
    ended = newest_job()
    assert ended.error and ended.error["code"] == "COST_LIMIT_EXCEEDED" and ended.error["details"]["max_cost"] == "0.2"
    with open_ledger(Settings.read()) as ledger:
        (delivery,) = ledger.outbox.newest(job_id=ended.job_id)
    assert delivery.state == "waiting" and delivery.attempts == 1


def test_an_ad_that_is_cancelled_says_where(lab: Lab, home: Path, tmp_path: Path, receiver: Receiver) -> None:
    """Ctrl-C in the clips: cancelled by its own process, and told before that ends."""
    lab.latency["/generate-video"] = 30.0
    words = ["adgen_pipeline.cli", "make", BRIEF["prompt"], "--duration", "15", "--callback-url", receiver.url]
    environment = os.environ | lab.environment() | {"ADGEN_HOME": str(home)}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", *map(str, words)], cwd=tmp_path, env=environment, stderr=log)
    wait_for(lambda: len(lab.of("/generate-video")) == 3, tmp_path / "log")
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 130
    ended, (message,) = newest_job(), receiver.messages
    assert ended.outcome == "cancelled" and ended.error and ended.error["code"] == "CANCELLED"
    assert ended.error["failed_stage"] == "video_generation" and message.body["type"] == "job.cancelled"


def test_a_crash_that_is_retried_is_no_end() -> None:
    """Nothing is told between the crash and the retry, whatever is looked at when; then the retry's end is."""
    with instance() as opened:
        daemon = Daemon(opened)
        run = left_behind(opened, run_config=TOLD)
        record_here(opened, run, failed=False, broken_off=True)  # as the process that was interrupted does
        crash(opened, run)
        daemon.look()
        retry = retry_of(opened, run)
        daemon.look()
        with open_ledger(Settings.read()) as ledger:
            assert ledger.records.record(run.run_id) is None
        crash(opened, retry, STEP_FAILED)
        daemon.look()
    assert job(run.run_id).outcome == "failed" and news(run.run_id) == ["job.failed"]


@pytest.mark.parametrize("retries", [True, False])
def test_a_crash_for_good_is_told(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, retries: bool) -> None:
    """The last retry that was allowed, by Dagster's own retries or by ours."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    (tmp_path / "dagster.yaml").write_text(f"run_retries: {{enabled: {str(retries).lower()}, max_retries: 3}}")
    with instance() as opened:
        daemon = Daemon(opened)
        allowed = {"dagster/max_retries": "1"}
        first = left_behind(opened, run_config=TOLD, tags=allowed)
        crash(opened, first)
        daemon.look()
        last = retry_of(opened, first, tags=allowed)
        crash(opened, last)
        daemon.look()
        daemon.look()
    ended = job(first.run_id)
    assert ended.outcome == "failed" and ended.error and ended.error["code"] == "INTERNAL_ERROR"
    assert "ended without a word" in ended.error["message"] and "retry 1 of it" in ended.error["message"]
    assert news(first.run_id) == ["job.failed"] and "Traceback" not in ended.error["message"]


def test_an_ad_cancelled_in_the_queue_never_began(home: Path) -> None:
    """The ledger had never heard of it; its receiver does."""
    with instance() as opened:
        daemon = Daemon(opened)
        queued = left_behind(opened, DagsterRunStatus.QUEUED, stamped=False, run_config=TOLD | {"max_cost": 3.5})
        opened.report_run_canceled(queued)
        daemon.look()
    ended = job(queued.run_id)
    assert (ended.outcome, ended.max_cost) == ("cancelled", Decimal("3.5")) and news(queued.run_id) == ["job.cancelled"]
    assert ended.error and "before it began" in ended.error["message"]


def test_a_run_that_could_not_start_is_told_as_failed() -> None:
    """Where no retry was asked for."""
    with instance() as opened:
        daemon = Daemon(opened)
        tags = {"dagster/max_retries": "0"}
        run = left_behind(opened, DagsterRunStatus.STARTING, stamped=False, run_config=TOLD, tags=tags)
        crash(opened, run, RunFailureReason.START_TIMEOUT)
        daemon.look()
    ended = job(run.run_id)
    assert ended.error and "failed outside of its steps" in ended.error["message"]


def test_a_later_run_of_the_same_ad_is_what_counts() -> None:
    """A person went on with it before the daemon looked: the first end is no news any more."""
    with instance() as opened:
        daemon = Daemon(opened)
        run = left_behind(opened, run_config=TOLD)
        crash(opened, run, STEP_FAILED)
        retry_of(opened, run, 0)
        daemon.look()
    assert news(run.run_id) == []


def test_a_terminal_that_was_killed_is_told_of_by_who_comes_next() -> None:
    """No code location launched it, so no run-status sensor hears of it; what ends it records it."""
    with instance() as opened:
        run = opened.create_run_for_job(
            build_defs().resolve_job_def("generate_ad"), run_config=TOLD, status=DagsterRunStatus.STARTED
        )
        dead = left_behind(opened).tags["adgen/process"].partition("/")[2]
        opened.add_run_tags(run.run_id, {"adgen/process": f"{run.run_id}/{dead}", "dagster/max_retries": "0"})
        end_the_dead(opened)
    assert job(run.run_id).outcome == "failed" and news(run.run_id) == ["job.failed"]


def test_parts_of_an_ad_made_alone(lab: Lab) -> None:
    """Clips are no ad, and their failure takes nothing from a finished one; a new final_ad finishes it anew."""
    ad = make()
    first = job(ad.job_id)
    recorded(materialise("video_clips", job_id=ad.job_id))
    assert job(ad.job_id) == first
    with instance() as opened:
        run = left_behind(
            opened,
            job="__ASSET_JOB",
            run_config={},
            asset_selection={AssetKey("video_clips")},
            tags={JOB_TAG: ad.job_id},
        )
        daemon = Daemon(opened)
        crash(opened, run, STEP_FAILED)
        daemon.look()
    assert job(ad.job_id) == first
    again = recorded(materialise("final_ad", job_id=ad.job_id))
    assert job(ad.job_id).ended_by == again and job(ad.job_id).outcome == "completed"


@pytest.mark.dear
def test_a_ledger_out_of_reach_fails_no_finished_run(
    lab: Lab, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The run's process says so; the sensor fails, keeps its place, and records the end when the ledger is back."""
    with instance() as opened:
        daemon = Daemon(opened)
        run = left_behind(opened, run_config=TOLD)
        with monkeypatch.context() as patch:
            patch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
            record_here(opened, run, failed=True, broken_off=False)
            assert "is not written down yet" in caplog.text
            crash(opened, run, STEP_FAILED)
            with pytest.raises(dg.DagsterInvariantViolationError, match="cannot be"):
                daemon.look()
        daemon.look()
    assert news(run.run_id) == ["job.failed"]


def test_jobs_that_are_no_ads_are_left_alone() -> None:
    """A team's own, beside ours, under the same executor."""
    with instance() as opened:
        run = opened.create_run_for_job(dg.job(name="theirs")(lambda: None), status=DagsterRunStatus.STARTED)
        record_here(opened, run, failed=True, broken_off=False)
    with open_ledger(Settings.read()) as ledger:
        assert ledger.jobs() == []


def test_all_look_from_the_first_start() -> None:
    """Nobody has to switch them on."""
    found = {sensor.name: sensor for sensor in build_defs().sensors or []}
    for sensor in (*OUTCOME_SENSORS, deliver_webhooks):
        assert found[sensor.name].default_status == DefaultSensorStatus.RUNNING  # type: ignore[union-attr]


@dg.asset(name="final_ad")
def an_ad() -> int:
    return 1


@dg.asset_check(asset=an_ad, blocking=True, name="loudness")
def too_loud() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=False, description="it has -3 LUFS, where -14 are wanted")


def test_an_ad_that_fails_its_checks_is_told_as_such(home: Path) -> None:
    """Read from the run's events, whatever the checks are: their names and what they found."""
    with instance() as opened:
        made = dg.Definitions([an_ad], asset_checks=[too_loud]).resolve_implicit_global_asset_job_def()
        run_id = made.execute_in_process(instance=opened, raise_on_error=False).run_id
        run = opened.get_run_by_id(run_id)
        assert run
        error = error_of(opened, run)
    assert (error["code"], error["failed_stage"]) == ("QUALITY_CHECK_FAILED", "composition")
    assert "loudness: it has -3 LUFS, where -14 are wanted" in error["message"]
    assert error["details"]["checks"] == [{"check": "loudness", "found": "it has -3 LUFS, where -14 are wanted"}]


def test_what_nobody_foresaw_is_told_without_its_words(home: Path) -> None:
    """An exception's text may hold anything: its kind is told, and where to read on."""

    @dg.op(name="final_ad")
    def broken() -> None:
        raise RuntimeError("https://user:secret@service/")

    @dg.job
    def broken_job() -> None:
        broken()

    with instance() as opened:
        run_id = broken_job.execute_in_process(instance=opened, raise_on_error=False).run_id
        run = opened.get_run_by_id(run_id)
        assert run
        error = error_of(opened, run)
    assert "final_ad failed (RuntimeError)" in error["message"] and "secret" not in str(error)
    assert (error["code"], error["failed_stage"]) == ("INTERNAL_ERROR", "composition")
