"""Tiny jobs that have nothing to do with ads, for the thread executor and for Dagster's own processes alike."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
from dagster import DagsterEventType, DagsterInstance, In, Nothing, Out

from adgen_pipeline.defs.executor import thread_executor
from adgen_pipeline.defs.stopping import stop_of

QUIET = {"telemetry": {"enabled": False}}
EXECUTORS = {"threads": thread_executor, "multiprocess": dg.multiprocess_executor}
_START = {"start_method": {"forkserver": {"preload_modules": [__name__]}}, "max_concurrent": 4}


class Told:
    """What a run's log tells, in its order."""

    def __init__(self, instance: DagsterInstance, run_id: str):
        run = instance.get_run_by_id(run_id)
        assert run is not None
        self.run = run
        records = instance.get_records_for_run(run_id).records
        self.events = [
            record.event_log_entry.dagster_event for record in records if record.event_log_entry.is_dagster_event
        ]

    def steps(self, kind: DagsterEventType) -> list[str]:
        """The steps with an event of `kind`, in order."""
        return [str(event.step_key) for event in self.events if event and event.event_type == kind]

    def of(self, step: str) -> list[DagsterEventType]:
        """What happened to one step."""
        return [event.event_type for event in self.events if event and event.step_key == step]

    def span(self, step: str) -> tuple[int, int]:
        """Where in the log a step starts and ends."""
        kinds = [event.event_type if event and event.step_key == step else None for event in self.events]
        return kinds.index(DagsterEventType.STEP_START), kinds.index(DagsterEventType.STEP_SUCCESS)

    def overlap(self, one: str, other: str) -> bool:
        """Whether two steps ran side by side."""
        (start, end), (its_start, its_end) = self.span(one), self.span(other)
        return start < its_end and its_start < end


def execute(instance: DagsterInstance, name: str, kind: str = "threads", **known: Any) -> Told:
    """Run a job of this module by an executor; `config` is the executor's, the rest as for `execute_job`."""
    config = (_START if kind == "multiprocess" else {}) | known.pop("config", {})
    run_config = {"execution": {"config": config}} if config else None
    return Told(instance, dg.execute_job(job(name, kind), instance, run_config=run_config, **known).run_id)


def job(name: str, kind: str = "threads") -> Any:
    """A job that other processes can make anew."""
    return dg.build_reconstructable_job(__name__, "make_job", (name, kind))


def make_job(name: str, kind: str) -> dg.JobDefinition:
    return GRAPHS[name].to_job(
        name=name, executor_def=EXECUTORS[kind], hooks=HOOKS.get(name), resource_defs={"slow": SLOW, "broken": broken}
    )


# --- everything a step may do, in one run ----------------------------------------------------------------------------


@dg.op(out=dg.DynamicOut(int))
def numbers() -> Iterator[Any]:
    for n in range(2):
        yield dg.DynamicOutput(n, mapping_key=f"n{n}")


@dg.op
def double(context: dg.OpExecutionContext, n: int) -> int:
    context.add_output_metadata({"doubled": 2 * n})
    return 2 * n


@dg.op
def gather(doubled: list[int]) -> list[int]:
    return doubled


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2, delay=0.1, backoff=dg.Backoff.EXPONENTIAL))
def second_time_lucky(context: dg.OpExecutionContext) -> None:
    if context.retry_number == 0:
        raise RuntimeError("not yet")


@dg.op(out={"yes": Out(is_required=False), "no": Out(is_required=False)})
def choose() -> Iterator[Any]:
    print("chosen")
    yield dg.Output(1, "yes")


@dg.op
def on_yes(n: int) -> None:
    pass


@dg.op
def on_no(n: int) -> None:
    raise AssertionError("never started")


@dg.op(out=dg.DynamicOut(int))
def breaks_midway() -> Iterator[Any]:
    yield dg.DynamicOutput(1, mapping_key="n1")
    raise RuntimeError("broken")


@dg.op
def behind_the_break(n: int) -> None:
    raise AssertionError("never started")


@dg.graph
def everything() -> None:
    gather(numbers().map(double).collect())
    second_time_lucky()
    yes, no = choose()
    on_yes(yes)
    on_no(no)
    breaks_midway().map(behind_the_break)


@dg.success_hook
def glad(context: dg.HookContext) -> None:
    context.log.info("glad")


@dg.failure_hook
def sorry(context: dg.HookContext) -> None:
    context.log.info("sorry")


@dg.success_hook
def clumsy(context: dg.HookContext) -> None:
    raise RuntimeError("a hook that breaks")


HOOKS = {"everything": {glad, sorry, clumsy}}


# --- limits and order ------------------------------------------------------------------------------------------------


def _pause(name: str, **known: Any) -> Any:
    @dg.op(name=name, **known)
    def pause() -> None:
        time.sleep(0.3)

    return pause


def _meet(kind: str, other: str, n: int, **known: Any) -> Any:
    """A step that ends only once one of the `other` kind has begun."""

    @dg.op(name=f"{kind}_{n}", **known)
    def meet(context: dg.OpExecutionContext) -> None:
        here = Path(context.instance.root_directory)
        (here / f"{context.run_id}.{kind}").touch()
        until = time.monotonic() + 60
        while not (here / f"{context.run_id}.{other}").exists():
            assert time.monotonic() < until, f"no {other} step beside this one"
            time.sleep(0.05)
        time.sleep(0.3)

    return meet


@dg.graph
def limited() -> None:
    for n in (1, 2):
        _meet("tagged", "pooled", n, tags={"kind": "limited"})()
        _meet("pooled", "tagged", n, pool="one")()


@dg.graph
def ordered() -> None:
    for priority in (1, 3, 2):
        _pause(f"priority_{priority}", tags={"dagster/priority": str(priority)})()


@dg.op
def first_half(context: dg.OpExecutionContext) -> int:
    return 1


@dg.op(out=dg.DynamicOut(int))
def second_half(context: dg.OpExecutionContext, n: int) -> Iterator[Any]:
    if context.run.parent_run_id is None:
        raise RuntimeError("once")
    yield dg.DynamicOutput(n, mapping_key="n1")


@dg.op
def last_half(n: int) -> int:
    return n


@dg.graph
def halves() -> None:
    second_half(first_half()).map(last_half)


# --- the end of a run ------------------------------------------------------------------------------------------------


def _interrupt(context: dg.OpExecutionContext) -> None:
    """What a termination does to a run's process, when Dagster has been asked for it."""
    context.instance.report_run_canceling(context.run)
    os.kill(os.getpid(), signal.SIGINT)


@dg.op
def ends_the_run(context: dg.OpExecutionContext) -> None:
    """Once all of the others say that they are under way."""
    folder = Path(context.run.tags["folder"])
    while len(list(folder.glob("begun.*"))) < int(context.run.tags["wait_for"]):
        time.sleep(0.01)
    _interrupt(context)


def _begin(context: dg.OpExecutionContext) -> Path:
    folder = Path(context.run.tags["folder"])
    (folder / f"begun.{context.op_handle}").touch()
    return folder


@dg.op
def deaf(context: dg.OpExecutionContext) -> None:
    """Goes on for long, whatever happens, and then would log."""
    folder = _begin(context)
    while not (folder / "over").exists():
        time.sleep(0.01)
    try:
        context.log.info("from beyond")
    finally:
        (folder / f"ended.{context.op_handle}").touch()


@dg.op(out=dg.DynamicOut(int))
def talkative(context: dg.OpExecutionContext) -> Iterator[Any]:
    """Has one output, and never comes to the next."""
    yield dg.DynamicOutput(1, mapping_key="n1")
    folder = _begin(context)
    while not (folder / "over").exists():
        time.sleep(0.01)


class SlowIOManager(dg.IOManager):
    """Is terminated while it stores an output."""

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        folder = Path(context.step_context.run_tags["folder"])
        (folder / "begun.storing").touch()
        time.sleep(2)

    def load_input(self, context: dg.InputContext) -> Any:
        return None


SLOW = dg.IOManagerDefinition.hardcoded_io_manager(SlowIOManager())


@dg.op(out=Out(io_manager_key="slow"))
def stores_slowly(context: dg.OpExecutionContext) -> int:
    context.log_event(dg.AssetMaterialization("stored"))
    return 1


@dg.op(ins={"go": In(Nothing)})
def behind() -> None:
    raise AssertionError("never started")


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1, delay=600))
def fails_for_long(context: dg.OpExecutionContext) -> None:
    _begin(context)
    raise RuntimeError("not yet")


@dg.op(pool="full")
def waits_for_a_place() -> None:
    raise AssertionError("never started")


@dg.graph
def endless() -> None:
    for n in range(12):
        behind.alias(f"behind_{n}")(deaf.alias(f"deaf_{n}")())
    talkative().map(behind_the_break)
    stores_slowly()
    waits_for_a_place()
    fails_for_long()
    ends_the_run()


@dg.op
def is_alone(context: dg.OpExecutionContext) -> None:
    """Terminates its run, and gives it 4 s to notice: the loop, which hears nothing else, would look after 5 s."""
    stop = stop_of(context.run_id)
    _interrupt(context)
    if not stop.wait(4):
        context.log.info("not noticed")


@dg.graph
def lonely() -> None:
    is_alone()


@dg.op(required_resource_keys={"broken"})
def needs_the_broken() -> None:
    raise AssertionError("never started")


@dg.graph
def groundless() -> None:
    needs_the_broken()


@dg.resource
def broken(_: dg.InitResourceContext) -> None:
    raise RuntimeError("no ground to stand on")


GRAPHS = {
    "everything": everything,
    "limited": limited,
    "ordered": ordered,
    "halves": halves,
    "endless": endless,
    "lonely": lonely,
    "groundless": groundless,
}
