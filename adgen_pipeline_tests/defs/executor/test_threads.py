"""What Dagster's own executor does, the thread executor does, too: the same runs by both."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import dagster as dg
import pytest
from dagster import DagsterEventType as Event
from dagster import DagsterInstance

import adgen_pipeline.defs.executor
from adgen_pipeline_tests.defs.executor.jobs import EXECUTORS, QUIET, Told, execute


@pytest.fixture(scope="module")
def opened() -> Iterator[DagsterInstance]:
    """An instance of this module's own, with captured logs and one place in the pool `one`."""
    with TemporaryDirectory() as folder, DagsterInstance.local_temp(folder, QUIET) as instance:
        instance.event_log_storage.set_concurrency_slots("one", 1)
        yield instance


@pytest.fixture(scope="module", params=EXECUTORS)
def told(request: pytest.FixtureRequest, opened: DagsterInstance) -> Told:
    """One run of everything that a step may do, by each executor."""
    return execute(opened, "everything", request.param)


@pytest.fixture(scope="module", params=EXECUTORS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_step_that_raises_stops_only_what_needs_it(told: Told) -> None:
    """The run has failed, all the others have ended well, and what stood behind the failure never started."""
    assert told.run.status == dg.DagsterRunStatus.FAILURE
    assert told.steps(Event.STEP_FAILURE) == ["breaks_midway"]
    good = {"numbers", "double[n0]", "double[n1]", "gather", "second_time_lucky", "choose", "on_yes"}
    assert set(told.steps(Event.STEP_SUCCESS)) == good


def test_dynamic_outputs(told: Told) -> None:
    """A step for each output of the one before, collected; none for the outputs of a step that broke midway."""
    ends, gathered = [told.span(f"double[{key}]")[1] for key in ("n0", "n1")], told.span("gather")[0]
    assert max(ends) < gathered
    assert Event.STEP_OUTPUT in told.of("breaks_midway")
    assert not [step for step in told.steps(Event.STEP_START) if step.startswith("behind_the_break")]


def test_a_step_without_its_input_is_skipped(told: Told) -> None:
    """An output that was not chosen skips the step that waits for it."""
    assert told.steps(Event.STEP_SKIPPED) == ["on_no"]


def test_a_retry_policy_is_kept(told: Told) -> None:
    """The step is tried again after its delay, and counts its tries."""
    kinds = [kind for kind in told.of("second_time_lucky") if kind.value.startswith("STEP_")]
    known = [Event.STEP_START, Event.STEP_UP_FOR_RETRY, Event.STEP_RESTARTED, Event.STEP_OUTPUT, Event.STEP_SUCCESS]
    assert [kind for kind in kinds if kind in known] == known
    (retry,) = (event for event in told.events if event and event.event_type == Event.STEP_UP_FOR_RETRY)
    assert retry.step_retry_data.seconds_to_wait == pytest.approx(0.1)


def test_hooks(told: Told) -> None:
    """Each kind where it belongs; one that breaks is told of, and breaks nothing else."""
    done = Counter((event.event_type, event.step_key) for event in told.events if event and event.is_hook_event)
    assert done[Event.HOOK_COMPLETED, "gather"] == done[Event.HOOK_SKIPPED, "gather"] == 1
    assert done[Event.HOOK_ERRORED, "gather"] == 1
    assert done[Event.HOOK_COMPLETED, "breaks_midway"] == 1 and done[Event.HOOK_SKIPPED, "breaks_midway"] == 2


def test_metadata(told: Told) -> None:
    """What a step says of its output stands with the output."""
    found = {
        event.step_key: event.step_output_data.metadata["doubled"].value
        for event in told.events
        if event and event.event_type == Event.STEP_OUTPUT and str(event.step_key).startswith("double")
    }
    assert found == {"double[n0]": 0, "double[n1]": 2}


def test_captured_logs(told: Told, opened: DagsterInstance) -> None:
    """What a step prints is found under the key that the log names."""
    captures = [e.event_specific_data for e in told.events if e and e.event_type == Event.LOGS_CAPTURED]
    (named,) = (data for data in captures if "choose" in (data.step_keys or []))
    logs = opened.compute_log_manager.get_log_data([told.run.run_id, "compute_logs", named.file_key])
    assert "chosen" in (logs.stdout or b"").decode()


def test_limits_hold(kind: str, opened: DagsterInstance) -> None:
    """One at a time of a limited tag and of a pool with one place, and both beside each other: they wait for that."""
    limit = {"key": "kind", "value": "limited", "limit": 1}
    told = execute(opened, "limited", kind, config={"tag_concurrency_limits": [limit]})
    assert told.run.is_success
    assert not told.overlap("tagged_1", "tagged_2") and not told.overlap("pooled_1", "pooled_2")
    assert opened.event_log_storage.get_concurrency_info("one").active_slot_count == 0


def test_steps_run_by_priority(kind: str, opened: DagsterInstance) -> None:
    """With one step at a time, those of the highest priority go first."""
    told = execute(opened, "ordered", kind, config={"max_concurrent": 1})
    assert told.steps(Event.STEP_SUCCESS) == ["priority_3", "priority_2", "priority_1"]
    assert not told.overlap("priority_3", "priority_2") and not told.overlap("priority_2", "priority_1")


def test_a_limit_below_zero_is_refused(opened: DagsterInstance) -> None:
    """No step could ever start; 0 is no limit."""
    with pytest.raises(ValueError, match="max_concurrent of the executor is -1: give the number"):
        execute(opened, "ordered", config={"max_concurrent": -1})
    assert execute(opened, "ordered", config={"max_concurrent": 0}).run.is_success


def test_reexecution(kind: str, opened: DagsterInstance) -> None:
    """From the failure on, with what the first run had made; and single steps of it."""
    failed = execute(opened, "halves", kind)
    assert failed.steps(Event.STEP_FAILURE) == ["second_half"]
    rest = execute(
        opened, "halves", kind, reexecution_options=dg.ReexecutionOptions.from_failure(failed.run.run_id, opened)
    )
    assert rest.run.is_success and rest.steps(Event.STEP_SUCCESS) == ["second_half", "last_half[n1]"]
    one = dg.ReexecutionOptions(rest.run.run_id, step_selection=["last_half[n1]"])
    assert execute(opened, "halves", kind, reexecution_options=one).steps(Event.STEP_SUCCESS) == ["last_half[n1]"]


def test_dagsters_internals_have_one_door() -> None:
    """Private modules are imported in `internals.py` alone, where whoever moves to another Dagster finds them all."""
    folder = Path(adgen_pipeline.defs.executor.__file__).parent
    private = {
        file.name
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("dagster._")
    }
    assert private == {"internals.py"}
