"""Runs whose process ended without a word are ended, reported, and let go of what they held."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner
from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus
from dagster._core.execution.api import execute_run_iterator

from adgen_pipeline.cli.main import main
from adgen_pipeline.defs.executor import thread_executor
from adgen_pipeline.defs.launch import generate_ad_job
from adgen_pipeline.defs.outcomes import end_the_dead_here
from adgen_pipeline.defs.recovery import recover
from adgen_pipeline.defs.stamping import PROCESS_TAG, stamped
from adgen_pipeline_tests.defs.crashes import again, dead_process, left_behind
from adgen_pipeline_tests.defs.runs import instance
from adgen_pipeline_tests.lab import Lab

CLIP = "/generate-video"
RECOVER = "from adgen_pipeline.defs.outcomes import end_the_dead_here as end\nfor run in end(): print(run.told)"


@contextmanager
def python(*words: str, home: Path, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """Another process of ours, killed at the end at the latest."""
    known = os.environ | {"ADGEN_HOME": str(home)} | environment
    with subprocess.Popen(
        [sys.executable, *words], env=known, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def until(arrived: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while not arrived():
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.05)


def make(prompt: str) -> list[str]:
    return ["-m", "adgen_pipeline.cli", "make", prompt, "--duration", "15"]


def failures(opened: DagsterInstance, run_id: str) -> int:
    return len(opened.get_records_for_run(run_id, of_type=DagsterEventType.RUN_FAILURE).records)


def test_a_killed_run_is_ended_once_and_a_live_one_left_alone(lab: Lab, home: Path) -> None:
    """Two commands start after a SIGKILL in the clips: one of them ends the run and says how to go on."""
    lab.latency[CLIP] = 60.0
    killed, alive = "An ad for a crimson kettle with a very long spout", "An ad for a silver bicycle"
    with python(*make(killed), home=home) as first, python(*make(alive), home=home) as second:
        until(lambda: len(lab.of(CLIP)) == 6, second)
        first.kill()
        first.wait()
        with python("-c", RECOVER, home=home) as one, python("-c", RECOVER, home=home) as other:
            told = "".join(process.communicate(timeout=60)[0] for process in (one, other)).splitlines()
        with instance() as opened:
            runs = {run.run_config["prompt"]: run for run in opened.get_runs()}
            assert runs[alive].status == DagsterRunStatus.STARTED
            assert runs[killed].status == DagsterRunStatus.FAILURE
            assert failures(opened, runs[killed].run_id) == 1
            assert recover(opened) == []
    job_id = runs[killed].run_id
    assert told == [
        f"Ad {job_id} ('An ad for a crimson kettle ...') was cut off at video_generation; "
        f"`adgen resume {job_id}` goes on with what is paid."
    ]


def test_a_run_that_was_being_cancelled_is_cancelled() -> None:
    """A person's wish stays one, also when the process died on the way to it: nothing goes on by itself."""
    with instance() as opened:
        run = left_behind(opened)
        opened.report_run_canceling(run)
        (recovered,) = recover(opened)
        assert again(opened, run).status == DagsterRunStatus.CANCELED
    assert recovered.cancelled and not recovered.goes_on and "it is cancelled now" in recovered.told


@pytest.mark.parametrize("status", [DagsterRunStatus.STARTING, DagsterRunStatus.STARTED])
def test_a_retry_is_not_taken_for_its_dead_parent(status: DagsterRunStatus) -> None:
    """A retry inherits the tags of the run that died: until it is stamped itself, it is nobody's."""
    with instance() as opened:
        run = left_behind(opened, status, stamped=False, tags={PROCESS_TAG: f"its-parent/{dead_process()}"})
        assert recover(opened) == []
        assert again(opened, run).status == status


@pytest.mark.parametrize(("allowed", "ends"), [(180, False), (0, True)])
def test_a_run_that_never_began(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, allowed: int, ends: bool
) -> None:
    """Launched with nobody left to start it: it is ended after the time Dagster allows, and cannot begin after that."""
    (tmp_path / "dagster.yaml").write_text(f"run_monitoring: {{start_timeout_seconds: {allowed}}}")
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    with instance() as opened:
        run = left_behind(opened, DagsterRunStatus.STARTING, stamped=False)
        told = [recovered.told for recovered in recover(opened)]
        assert again(opened, run).is_finished == ends == bool(told)
        if ends:
            assert "before its first stage" in told[0] and "a running `adgen up` goes on by itself" in told[0]
            list(execute_run_iterator(dg.reconstructable(generate_ad_job), again(opened, run), opened))
            assert not lab.calls


def test_make_tells_of_an_ad_that_was_cut_off(lab: Lab, capfd: pytest.CaptureFixture[str]) -> None:
    """The next command ends it and says so before it does its own work."""
    with instance() as opened:
        run = left_behind(opened)
    ended = CliRunner().invoke(main, ["make", "An ad for a silver bicycle", "--duration", "15"])
    told = capfd.readouterr().err
    assert ended.exit_code == 0
    assert told.startswith(f"Ad {run.run_id} ('Create an ad for a luxury ...') was cut off before its first stage; ")
    with instance() as opened:
        assert again(opened, run).status == DagsterRunStatus.FAILURE


@dg.op(pool="clips")
def hold() -> None:
    print("holding", flush=True)
    time.sleep(60)


@dg.job(executor_def=stamped(thread_executor))
def holding() -> None:
    hold()


def holding_job() -> dg.JobDefinition:
    return holding


HOLD = """
import dagster as dg
from adgen_pipeline_tests.defs.runs import instance
from adgen_pipeline_tests.defs.test_recovery import holding_job
with instance() as opened:
    dg.execute_job(dg.reconstructable(holding_job), opened)
"""


@pytest.mark.parametrize("ended_by", ["us", "its code server"])
def test_pool_slots_of_a_dead_run_are_freed(home: Path, ended_by: str) -> None:
    """A killed run holds its slot, also after somebody else has marked it as failed; then the next can have it."""
    with instance() as opened:
        log = opened.event_log_storage
        log.set_concurrency_slots("clips", 1)
        with python("-c", HOLD, home=home) as process:
            until(lambda: log.get_concurrency_info("clips").claimed_slots != [], process)
            recover(opened)
            assert log.get_concurrency_info("clips").active_slot_count == 1
            process.kill()
            process.wait()
        if ended_by == "its code server":
            opened.report_run_failed(opened.get_runs()[0])
        assert log.get_concurrency_info("clips").active_slot_count == 1
        end_the_dead_here()
        assert log.get_concurrency_info("clips").active_slot_count == 0
        assert failures(opened, opened.get_runs()[0].run_id) == 1
