"""How a run of threads ends before its time: nothing goes on, and nothing is told twice."""

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest
from dagster import DagsterEventType as Event
from dagster import DagsterInstance
from dagster._core.execution.api import execute_run_iterator

from adgen_pipeline.defs.stopping import stop_of
from adgen_pipeline_tests.defs.executor.jobs import QUIET, Told, execute, job

DEAF = {f"deaf_{n}" for n in range(12)}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[DagsterInstance]:
    """An instance whose pool `full` has one place, which somebody else has."""
    (tmp_path / "instance").mkdir()
    with DagsterInstance.local_temp(str(tmp_path / "instance"), QUIET) as instance:
        instance.event_log_storage.set_concurrency_slots("full", 1)
        instance.event_log_storage.claim_concurrency_slot("full", "somebody else", "step")
        yield instance


def tags(folder: Path, wait_for: int) -> dict[str, str]:
    return {"folder": str(folder), "wait_for": str(wait_for)}


def until_the_deaf_have_ended(folder: Path) -> None:
    (folder / "over").touch()
    until = time.monotonic() + 30
    while len(list(folder.glob("ended.*"))) < len(DEAF):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_terminated_run_is_cancelled(opened: DagsterInstance, tmp_path: Path) -> None:
    """Terminated with steps under way, one storing its output, one waiting for a place, one for its retry.

    Each is told of once, none as failed and made, nothing behind them starts, and nobody's place is kept from others.
    """
    told = execute(opened, "endless", tags=tags(tmp_path, wait_for=len(DEAF) + 3), raise_on_error=False)
    assert told.run.status == dg.DagsterRunStatus.CANCELED
    assert set(told.steps(Event.STEP_FAILURE)) == DEAF | {"talkative"}
    assert told.steps(Event.ASSET_MATERIALIZATION) == ["stores_slowly"]
    assert set(told.steps(Event.STEP_SUCCESS)) == {"stores_slowly", "ends_the_run"}
    assert told.steps(Event.STEP_UP_FOR_RETRY) == ["fails_for_long"] and not told.steps(Event.STEP_RESTARTED)
    assert "waits_for_a_place" not in told.steps(Event.STEP_START)
    assert not [step for step in told.steps(Event.STEP_START) if step.startswith("behind")]
    info = opened.event_log_storage.get_concurrency_info("full")
    assert info.active_run_ids == {"somebody else"} and info.pending_step_count == 0


def test_a_termination_is_noticed_though_no_step_says_anything(opened: DagsterInstance) -> None:
    """The only step is under way, and waits for the stop: the interrupt itself wakes the run's loop."""
    told = execute(opened, "lonely", raise_on_error=False)
    assert told.run.status == dg.DagsterRunStatus.CANCELED
    messages = [entry.user_message for entry in opened.all_logs(told.run.run_id)]
    assert "Terminating: no further call is made" in messages and "not noticed" not in messages


def test_what_was_let_go_says_and_buys_nothing_more(opened: DagsterInstance, tmp_path: Path) -> None:
    """Its steps end long after the run: the log stays as it was, and the stop is set, also for who asks only then."""
    run = execute(opened, "endless", tags=tags(tmp_path, wait_for=len(DEAF) + 3), raise_on_error=False).run
    until_the_deaf_have_ended(tmp_path)
    after = Told(opened, run.run_id)
    assert "from beyond" not in [entry.user_message for entry in opened.all_logs(run.run_id)]
    assert not DEAF & set(after.steps(Event.STEP_SUCCESS))
    assert stop_of(run.run_id).is_set()


def test_a_run_that_breaks_off_leaves_no_step_behind(opened: DagsterInstance, tmp_path: Path) -> None:
    """Whoever reads the run's events gives up: its steps are stopped and let go like those of a terminated run."""
    target = job("endless")
    run = opened.create_run_for_job(target.get_definition(), tags=tags(tmp_path, wait_for=99))
    with closing(execute_run_iterator(target, run, opened)) as events:
        for event in events:
            if event.step_key == "deaf_11" and event.event_type == Event.STEP_START:
                break
    until_the_deaf_have_ended(tmp_path)
    assert stop_of(run.run_id).is_set()
    assert "from beyond" not in [entry.user_message for entry in opened.all_logs(run.run_id)]


def test_a_run_that_ended_well_leaves_nothing(opened: DagsterInstance) -> None:
    """A stop that nobody has set is forgotten: asking for it again makes a new one."""
    run = execute(opened, "ordered").run
    assert run.is_success and not stop_of(run.run_id).is_set()


def test_a_run_that_fails_before_its_first_step(opened: DagsterInstance) -> None:
    """A resource that cannot be made: the run says so, has failed, and started nothing."""
    told = execute(opened, "groundless", raise_on_error=False)
    assert told.run.status == dg.DagsterRunStatus.FAILURE and not told.steps(Event.STEP_START)
    kinds = [event.event_type for event in told.events if event]
    assert Event.RESOURCE_INIT_FAILURE in kinds and kinds.count(Event.RUN_FAILURE) == 1


def test_an_error_that_was_asked_for_comes_out(opened: DagsterInstance) -> None:
    """With `raise_on_error`, what a step raised is raised to whoever runs the job, once the others have ended."""
    with pytest.raises(RuntimeError, match="broken"):
        execute(opened, "everything", raise_on_error=True)
