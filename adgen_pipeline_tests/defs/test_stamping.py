"""Every run carries how it may be retried and which process it lives in, whichever executor runs its steps."""

import dagster as dg
import pytest

from adgen_pipeline.defs.executor import thread_executor
from adgen_pipeline.defs.stamping import process_of, retry_number, stamped
from adgen_pipeline.processes import is_gone, this_process
from adgen_pipeline_tests.defs.crashes import left_behind
from adgen_pipeline_tests.defs.runs import instance


@dg.op(config_schema={"fails": dg.Field(bool, default_value=False)})
def nothing(context: dg.OpExecutionContext) -> None:
    assert not context.op_config["fails"]


ENDS: list[tuple[bool, bool]] = []


def at_end(instance: dg.DagsterInstance, run: dg.DagsterRun, /, *, failed: bool, broken_off: bool) -> None:
    ENDS.append((failed, broken_off))


@dg.job(executor_def=stamped(thread_executor, at_end=at_end))
def in_threads() -> None:
    nothing()


@dg.job(executor_def=stamped(dg.multiprocess_executor.configured({"max_concurrent": 1}), at_end=at_end))
def in_processes() -> None:
    nothing()


def in_threads_job() -> dg.JobDefinition:
    return in_threads


def in_processes_job() -> dg.JobDefinition:
    return in_processes


def run(job: dg.JobDefinition, **tags: str) -> dg.DagsterRun:
    with instance() as opened:
        known = {"in_threads": in_threads_job, "in_processes": in_processes_job}
        result = dg.execute_job(dg.reconstructable(known[job.name]), opened, tags=tags)
        made = opened.get_run_by_id(result.run_id)
        assert result.success and made
        return made


@pytest.mark.parametrize("job", [in_threads, in_processes], ids=lambda job: job.name)
def test_each_executor_stamps_its_runs(job: dg.JobDefinition) -> None:
    """A job without tags of its own: all steps again, no retry of a failed step, the process that is still here."""
    made = run(job)
    assert made.tags["dagster/retry_strategy"] == "ALL_STEPS"
    assert made.tags["dagster/retry_on_asset_or_op_failure"] == "false"
    assert process_of(made) == this_process() and not is_gone(this_process())


def test_a_run_from_a_terminal_is_not_retried_by_itself() -> None:
    """The person there decides; a number that somebody set stays."""
    assert run(in_threads).tags["dagster/max_retries"] == "0"
    assert run(in_threads, **{"dagster/max_retries": "7"}).tags["dagster/max_retries"] == "7"


def test_a_retry_has_a_process_of_its_own() -> None:
    """The parent's, which it inherits with the other tags, is not taken for its own."""
    with instance() as opened:
        parent = left_behind(opened)
        retry = left_behind(opened, stamped=False, tags=parent.tags | {"dagster/retry_number": "1"})
    assert process_of(parent) and process_of(retry) is None and retry_number(retry) == 1


@pytest.mark.parametrize("job", [in_threads, in_processes], ids=lambda job: job.name)
def test_each_executor_tells_of_the_end(job: dg.JobDefinition) -> None:
    """Once a run, in the run's own process: whether a step has failed."""
    ENDS.clear()
    run(job)
    config = {"ops": {"nothing": {"config": {"fails": True}}}}
    known = {"in_threads": in_threads_job, "in_processes": in_processes_job}
    with instance() as opened:
        assert not dg.execute_job(dg.reconstructable(known[job.name]), opened, run_config=config).success
    assert ENDS == [(False, False), (True, False)]
