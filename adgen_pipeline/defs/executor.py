"""Steps as threads of the run's own process: a real Dagster executor for steps that wait on services.

Everything of Dagster's own stays: step events, dynamic outputs, tag limits, pools, retries, hooks, captured logs.
What is particular is the end: a termination sets the run's `stop` at once, so that no further call is made, gives the
steps under way a moment to end by themselves, and then lets go of those that do not. A step that was let go can
log nothing more, and a step that has begun to log its output is never let go: none is both failed and materialised.

This module rests on Dagster's internals; they are imported here and nowhere else.
"""

import os
import queue
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, cast

from dagster import Field, IntSource, Noneable, executor
from dagster._core.errors import DagsterExecutionInterruptedError
from dagster._core.events import DagsterEvent, DagsterEventType, EngineEventData
from dagster._core.execution.api import ExecuteRunWithPlanIterable
from dagster._core.execution.compute_logs import create_compute_log_file_key
from dagster._core.execution.context.system import PlanExecutionContext, StepExecutionContext
from dagster._core.execution.context_creation_job import PlanExecutionContextManager
from dagster._core.execution.plan.active import ActiveExecution
from dagster._core.execution.plan.execute_plan import (
    _handle_compute_log_setup_error,
    _trigger_hook,
    dagster_event_sequence_for_step,
)
from dagster._core.execution.plan.instance_concurrency_context import InstanceConcurrencyContext
from dagster._core.execution.plan.objects import step_failure_event_from_exc_info
from dagster._core.execution.plan.plan import ExecutionPlan
from dagster._core.execution.retries import RetryMode, get_retries_config
from dagster._core.execution.step_dependency_config import StepDependencyConfig
from dagster._core.execution.tags import get_tag_concurrency_limits_config
from dagster._core.executor.base import Executor
from dagster._core.executor.init import InitExecutorContext

from adgen_pipeline.defs.stopping import ends_by_hand, forget_stop, stop_of

POLL_SECONDS = 0.05
"""How soon a termination, a delayed retry or a freed pool slot is noticed."""

GRACE_SECONDS = 1.5
"""How long steps under way may take to end by themselves after a termination."""

_OUTPUT_EVENTS = {DagsterEventType.STEP_OUTPUT, DagsterEventType.ASSET_MATERIALIZATION, DagsterEventType.STEP_SUCCESS}
_Item = DagsterEvent | BaseException | None


class ThreadExecutor(Executor):
    """Runs each step of a run in a thread, at most `max_concurrent` at once (None: no limit)."""

    def __init__(self, retries: RetryMode, max_concurrent: int | None, tag_limits: list[dict[str, Any]] | None):
        self._retries = retries
        self._max_concurrent = max_concurrent
        self._tag_limits = tag_limits

    @property
    def retries(self) -> RetryMode:
        """How step retries are handled."""
        return self._retries

    @property
    def step_dependency_config(self) -> StepDependencyConfig:
        """Dagster's default: a step starts when all it needs has ended."""
        return StepDependencyConfig.default()

    def execute(self, plan_context: Any, execution_plan: ExecutionPlan) -> Iterator[DagsterEvent]:
        """Run the plan, yielding its events. Called by Dagster."""
        run, where = plan_context.dagster_run, f"in threads (pid: {os.getpid()})"
        data = EngineEventData.in_process(os.getpid(), execution_plan.step_keys_to_execute)
        yield DagsterEvent.engine_event(plan_context, f"Executing steps {where}", data)
        try:
            yield from ExecuteRunWithPlanIterable(
                execution_plan=execution_plan,
                iterator=self._iterate,
                execution_context_manager=PlanExecutionContextManager(
                    job=plan_context.job,
                    retry_mode=plan_context.retry_mode,
                    execution_plan=execution_plan,
                    run_config=plan_context.run_config,
                    dagster_run=run,
                    instance=plan_context.instance,
                    raise_on_error=plan_context.raise_on_error,
                    output_capture=plan_context.output_capture,
                    step_dependency_config=self.step_dependency_config,
                ),
            )
        finally:
            forget_stop(run.run_id)
        yield DagsterEvent.engine_event(plan_context, f"Finished steps {where}", data)

    def _iterate(self, job_context: PlanExecutionContext, execution_plan: ExecutionPlan) -> Iterator[DagsterEvent]:
        with ExitStack() as stack:
            slots = stack.enter_context(InstanceConcurrencyContext(job_context.instance, job_context.dagster_run))
            active = stack.enter_context(
                execution_plan.start(
                    retry_mode=self._retries,
                    max_concurrent=self._max_concurrent,
                    tag_concurrency_limits=self._tag_limits,
                    instance_concurrency_context=slots,
                    step_dependency_config=self.step_dependency_config,
                )
            )
            yield from _captured_logs(job_context, execution_plan, stack)
            yield from _Steps(job_context, active).run()


class _Steps:
    """The steps of one run, each in its thread."""

    def __init__(self, context: PlanExecutionContext, active: ActiveExecution):
        self._context = context
        self._active = active
        self._events: queue.SimpleQueue[tuple[_StepThread, _Item]] = queue.SimpleQueue()
        self._running: dict[str, _StepThread] = {}
        self._error: BaseException | None = None

    def run(self) -> Iterator[DagsterEvent]:
        while self._running or (self._error is None and not self._active.is_complete):
            if self._active.check_for_interrupts():
                yield from self._terminate()
            if self._error is None:
                self._start_ready_steps()
                yield from self._active.concurrency_event_iterator(self._context)
                yield from self._active.plan_events_iterator(self._context)
            yield from self._next_event()
            yield from self._active.plan_events_iterator(self._context)
        if self._error is not None:
            raise self._error

    def _start_ready_steps(self) -> None:
        for step in self._active.get_steps_to_execute():
            known = self._active.get_known_state()
            known = known._replace(ready_outputs=set(known.ready_outputs))  # the thread's own: ours goes on changing
            self._running[step.key] = _StepThread(self._context.for_step(step, known), self._events)

    def _next_event(self, timeout: float = POLL_SECONDS) -> Iterator[DagsterEvent]:
        try:
            thread, item = self._events.get(timeout=timeout)
        except queue.Empty:
            return
        if item is None:
            self._has_ended(thread)
        elif isinstance(item, DagsterEvent):
            yield item
            if not item.is_hook_event:
                self._active.handle_event(item)
        elif not isinstance(item, DagsterExecutionInterruptedError):
            self._error = self._error or item  # raise_on_error, or a mistake in an executor: end after the others

    def _has_ended(self, thread: "_StepThread") -> None:
        """Unless a retry of the same step, asked for by its last event, has begun in the meantime."""
        key = thread.context.step.key
        if self._running.get(key) is thread:
            del self._running[key]
            self._active.verify_complete(self._context, key)

    def _terminate(self) -> Iterator[DagsterEvent]:
        """Stop further calls at once, wait a moment for the steps under way, and let go of the rest."""
        run = self._context.dagster_run
        stop_of(run.run_id).set()
        if ends_by_hand(run.run_id):
            self._context.instance.report_run_canceling(run, "Stopped with Ctrl-C")
        self._active.mark_interrupted()
        data = EngineEventData.interrupted(list(self._running))
        yield DagsterEvent.engine_event(self._context, "Terminating: no further call is made", data)
        deadline = time.monotonic() + GRACE_SECONDS
        while self._running and time.monotonic() < deadline:
            yield from self._next_event()
        for key in [key for key, thread in self._running.items() if thread.let_go()]:
            failed = _interrupted(self._running.pop(key).context)
            self._active.handle_event(failed)
            yield failed
        while self._running:  # these are writing their output: a matter of milliseconds
            yield from self._next_event()
        raise DagsterExecutionInterruptedError


class _StepThread:
    """One step in a thread of its own; its events go to `events`, closed by None."""

    def __init__(self, context: StepExecutionContext, events: "queue.SimpleQueue[tuple[_StepThread, _Item]]"):
        self.context = context
        self._events = events
        self._gate = threading.Lock()
        self._closed = self._has_output = False
        self._thread = threading.Thread(target=self._work, name=context.step.key, daemon=True)
        self._log = context.log.log_dagster_event
        cast("Any", context.log).log_dagster_event = self._log_through_gate
        self._thread.start()

    def let_go(self) -> bool:
        """Close the gate, unless the step has begun to log its output. True if it is closed."""
        with self._gate:
            self._closed = not self._has_output
            return self._closed

    def _log_through_gate(self, *args: Any, **kwargs: Any) -> None:
        if threading.current_thread() is not self._thread:
            self._log(*args, **kwargs)
            return
        with self._gate:
            if self._closed:
                raise DagsterExecutionInterruptedError
            event = kwargs.get("dagster_event")
            self._has_output |= event is not None and event.event_type in _OUTPUT_EVENTS
            self._log(*args, **kwargs)

    def _work(self) -> None:
        seen = []
        try:
            for event in dagster_event_sequence_for_step(self.context):
                seen.append(event)
                self._put(event)
            for event in _trigger_hook(self.context, seen):
                self._put(event)
        except BaseException as error:
            self._put(error)
        finally:
            self._put(None)

    def _put(self, item: _Item) -> None:
        if not self._closed:
            self._events.put((self, item))


def _interrupted(context: StepExecutionContext) -> DagsterEvent:
    try:
        raise DagsterExecutionInterruptedError
    except DagsterExecutionInterruptedError:
        return step_failure_event_from_exc_info(context, sys.exc_info())


def _captured_logs(context: PlanExecutionContext, plan: ExecutionPlan, stack: ExitStack) -> Iterator[DagsterEvent]:
    """One capture of stdout and stderr for the run: its steps share a process."""
    manager = context.instance.compute_log_manager
    log_key = manager.build_log_key_for_run(context.run_id, create_compute_log_file_key())
    try:
        captured = stack.enter_context(manager.capture_logs(log_key))
        keys = [step.key for step in plan.get_steps_to_execute_in_topo_order()]
        yield DagsterEvent.capture_logs(context, keys, log_key, captured)
    except Exception:
        yield from _handle_compute_log_setup_error(context, sys.exc_info())


@executor(
    name="threads",
    config_schema={
        "max_concurrent": Field(
            Noneable(IntSource), default_value=None, is_required=False, description="Steps at once; none: no limit."
        ),
        "tag_concurrency_limits": get_tag_concurrency_limits_config(),
        "retries": get_retries_config(),
    },
)
def thread_executor(init_context: InitExecutorContext) -> Executor:
    """Steps as threads of the run's process, for steps that wait on services."""
    config: Any = init_context.executor_config
    retries = RetryMode.from_config(config["retries"]) or RetryMode.ENABLED
    return ThreadExecutor(retries, config.get("max_concurrent"), config.get("tag_concurrency_limits"))
