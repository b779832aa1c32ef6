"""The thread executor as a Dagster executor, on jobs that have nothing to do with ads; and the other one."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster import DagsterEventType, DagsterInstance

from adgen_pipeline.defs.executor import thread_executor
from adgen_pipeline_tests.defs.runs import instance
from adgen_pipeline_tests.lab import Lab

ATTEMPTS: list[str] = []


@dg.op(out=dg.DynamicOut(int))
def numbers() -> Any:
    for n in range(4):
        yield dg.DynamicOutput(n, mapping_key=f"n{n}")


@dg.op(tags={"kind": "limited"})
def thread_name(n: int) -> str:
    time.sleep(0.1)
    return threading.current_thread().name


@dg.op
def gather(names: list[str]) -> list[str]:
    return names


@dg.job(executor_def=thread_executor)
def fan_out() -> None:
    gather(numbers().map(thread_name).collect())


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2))
def third_time_lucky() -> int:
    ATTEMPTS.append("tried")
    if len(ATTEMPTS) < 3:
        raise RuntimeError("not yet")
    return len(ATTEMPTS)


@dg.job(executor_def=thread_executor)
def patient() -> None:
    third_time_lucky()


@dg.op
def breaks() -> int:
    raise RuntimeError("broken")


@dg.op
def works() -> int:
    time.sleep(0.3)
    return 1


@dg.op
def needs_broken(n: int) -> None:
    raise AssertionError("never started")


@dg.job(executor_def=thread_executor)
def half_broken() -> None:
    needs_broken(breaks())
    works()


def run(job: dg.JobDefinition, **config: Any) -> tuple[bool, list[Any]]:
    with instance() as opened:
        target = dg.reconstructable({"fan_out": a, "patient": b, "half_broken": c}[job.name])
        result = dg.execute_job(target, opened, run_config={"execution": {"config": config}} if config else None)
        return result.success, [
            r.event_log_entry.dagster_event for r in opened.get_records_for_run(result.run_id).records
        ]


def a() -> dg.JobDefinition:
    return fan_out


def b() -> dg.JobDefinition:
    return patient


def c() -> dg.JobDefinition:
    return half_broken


def spans(events: list[Any], step: str) -> list[tuple[int, int]]:
    """Where in the log each matching step starts and ends."""
    starts = {e.step_key: n for n, e in enumerate(events) if e and e.event_type == DagsterEventType.STEP_START}
    ends = {e.step_key: n for n, e in enumerate(events) if e and e.event_type == DagsterEventType.STEP_SUCCESS}
    return [(starts[key], ends[key]) for key in starts if key.startswith(step)]


def test_mapped_steps_run_side_by_side_in_threads() -> None:
    """All four have started before the first has ended, each in a thread named for its step."""
    success, events = run(fan_out)
    found = spans(events, "thread_name")
    assert success and len(found) == 4
    assert max(start for start, _ in found) < min(end for _, end in found)


@pytest.mark.parametrize(
    "limit",
    [{"max_concurrent": 1}, {"tag_concurrency_limits": [{"key": "kind", "value": "limited", "limit": 1}]}],
)
def test_limits_hold(limit: dict[str, Any]) -> None:
    """With a limit of one, each step starts after the one before has ended."""
    success, events = run(fan_out, **limit)
    found = sorted(spans(events, "thread_name"))
    assert success and all(start > end for (start, _), (_, end) in zip(found[1:], found, strict=False))


def test_step_retries_are_dagsters_own() -> None:
    """A retry policy is honoured: two retries, then success."""
    ATTEMPTS.clear()
    success, events = run(patient)
    retries = [e for e in events if e and e.event_type == DagsterEventType.STEP_UP_FOR_RETRY]
    assert success and len(ATTEMPTS) == 3 and len(retries) == 2


def test_a_step_that_fails_stops_only_what_needs_it() -> None:
    """The sibling ends, the step behind the failure is skipped, the run fails."""
    success, events = run(half_broken)
    kinds = {(e.step_key, e.event_type) for e in events if e}
    assert not success
    assert ("works", DagsterEventType.STEP_SUCCESS) in kinds
    assert ("needs_broken", DagsterEventType.STEP_START) not in kinds


def _dagster(lab: Lab, home: Path, tmp_path: Path, **more: str) -> subprocess.Popen[bytes]:
    """`dagster job execute`, as the README has it."""
    (tmp_path / "dagster").mkdir(exist_ok=True)
    brief = tmp_path / "brief.yaml"
    brief.write_text(
        "prompt: An ad for a watch\nduration: 15\n"
        "scenes:\n  - {prompt: a dial, duration: 8}\n  - {prompt: a crown, duration: 7}\n"
    )
    environment = os.environ | lab.environment() | {"ADGEN_HOME": str(home), "DAGSTER_HOME": str(tmp_path / "dagster")}
    words = ["job", "execute", "-m", "adgen_pipeline.definitions", "-j", "generate_ad", "-c", str(brief)]
    return subprocess.Popen(
        [sys.executable, "-m", "dagster", *words], cwd=tmp_path, env=environment | more, stderr=subprocess.PIPE
    )


@pytest.mark.parametrize("executor", ["threads", "multiprocess"])
def test_dagster_job_execute(lab: Lab, home: Path, tmp_path: Path, executor: str) -> None:
    """A flat brief in a file is the whole run config; threads and Dagster's own processes both make the ad."""
    process = _dagster(lab, home, tmp_path, STEP_EXECUTOR=executor)
    told = process.communicate(timeout=300)[1].decode()
    assert process.returncode == 0, told
    assert [len(lab.of(path)) for path in ("/parse", "/generate-image", "/generate-video", "/compose")] == [1, 2, 2, 1]
    assert len(list((home / "media").rglob("*.mp4"))) >= 1
    process_ids = {e.pid for e in _events(tmp_path / "dagster") if e and e.event_type == DagsterEventType.STEP_START}
    assert (len(process_ids) == 1) == (executor == "threads")


def _events(folder: Path) -> list[Any]:
    with DagsterInstance.from_config(str(folder)) as opened:
        run_id = opened.get_runs()[0].run_id
        return [r.event_log_entry.dagster_event for r in opened.get_records_for_run(run_id).records]
