"""The executor itself: its configuration, and the frame of a run."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from dagster import Field, IntSource, Noneable, executor

from adgen_pipeline.defs.executor.internals import (
    DagsterEvent,
    EngineEventData,
    ExecuteRunWithPlanIterable,
    ExecutionPlan,
    Executor,
    InitExecutorContext,
    PlanExecutionContext,
    PlanExecutionContextManager,
    RetryMode,
    StepDependencyConfig,
    capture_did_not_begin,
    capture_did_not_end,
    create_compute_log_file_key,
    get_retries_config,
    get_step_dependency_config_field,
    get_tag_concurrency_limits_config,
)
from adgen_pipeline.defs.executor.slots import Slots
from adgen_pipeline.defs.executor.step_thread import Items, StepThread
from adgen_pipeline.defs.executor.steps import Begin, Steps
from adgen_pipeline.defs.stopping import forget_stop


class ThreadExecutor(Executor):
    """Runs each step of a run in a thread, at most `max_concurrent` at once (None: no limit)."""

    where = "in threads"

    def __init__(
        self,
        retries: RetryMode,
        max_concurrent: int | None,
        tag_limits: list[dict[str, Any]] | None,
        dependencies: StepDependencyConfig,
    ):
        self._retries = retries
        self._max_concurrent = max_concurrent
        self._tag_limits = tag_limits
        self._dependencies = dependencies

    @property
    def retries(self) -> RetryMode:
        """How step retries are handled."""
        return self._retries

    @property
    def step_dependency_config(self) -> StepDependencyConfig:
        """Whether a step waits for the end of those before it (Dagster's default) or only for their outputs."""
        return self._dependencies

    def execute(self, plan_context: Any, execution_plan: ExecutionPlan) -> Iterator[DagsterEvent]:
        """Run the plan, yielding its events. Called by Dagster."""
        where = f"{self.where} (pid: {os.getpid()})"
        data = EngineEventData.in_process(os.getpid(), execution_plan.step_keys_to_execute)
        yield DagsterEvent.engine_event(plan_context, f"Executing steps {where}", data)
        try:
            yield from self.run_steps(plan_context, execution_plan)
        finally:
            forget_stop(plan_context.dagster_run.run_id)
        yield DagsterEvent.engine_event(plan_context, f"Finished steps {where}", data)

    def run_steps(self, plan_context: Any, execution_plan: ExecutionPlan) -> Iterator[DagsterEvent]:
        """All of the plan's steps, in threads that share the run's resources."""
        yield from ExecuteRunWithPlanIterable(
            execution_plan=execution_plan,
            iterator=self._iterate,
            execution_context_manager=PlanExecutionContextManager(
                job=plan_context.job,
                retry_mode=plan_context.retry_mode,
                execution_plan=execution_plan,
                run_config=plan_context.run_config,
                dagster_run=plan_context.dagster_run,
                instance=plan_context.instance,
                raise_on_error=plan_context.raise_on_error,
                output_capture=plan_context.output_capture,
                step_dependency_config=self.step_dependency_config,
            ),
        )

    def _iterate(self, job_context: PlanExecutionContext, execution_plan: ExecutionPlan) -> Iterator[DagsterEvent]:
        def begin(step: Any, known_state: Any, items: Items) -> StepThread:
            return StepThread(job_context.for_step(step, known_state), items)

        with ExitStack() as capture:
            yield from _captured_logs(job_context, execution_plan, capture)
            yield from self.loop(job_context, execution_plan, begin)
            yield from _end_of_capture(job_context, capture)

    def loop(self, context: Any, execution_plan: ExecutionPlan, begin: Begin) -> Iterator[DagsterEvent]:
        """The plan's steps from the first to the last, each begun by `begin` when its turn has come."""
        with (
            Slots(context.instance, context.dagster_run) as slots,
            execution_plan.start(
                retry_mode=self._retries,
                max_concurrent=self._max_concurrent,
                tag_concurrency_limits=self._tag_limits,
                instance_concurrency_context=slots,
                step_dependency_config=self.step_dependency_config,
            ) as active,
        ):
            yield from Steps(context, active, begin).run()


def _captured_logs(context: PlanExecutionContext, plan: ExecutionPlan, capture: ExitStack) -> Iterator[DagsterEvent]:
    """One capture of stdout and stderr for the run: its steps share a process."""
    manager = context.instance.compute_log_manager
    log_key = manager.build_log_key_for_run(context.run_id, create_compute_log_file_key())
    try:
        captured = capture.enter_context(manager.capture_logs(log_key))
        keys = [step.key for step in plan.get_steps_to_execute_in_topo_order()]
        yield DagsterEvent.capture_logs(context, keys, log_key, captured)
    except Exception:
        yield from capture_did_not_begin(context, sys.exc_info())


def _end_of_capture(context: PlanExecutionContext, capture: ExitStack) -> Iterator[DagsterEvent]:
    """What the log store has to say against it does not fail an ad that is made."""
    try:
        capture.close()
    except Exception:
        yield from capture_did_not_end(context, sys.exc_info())


def _most_at_once(steps: int | None) -> int | None:
    """Dagster would start no step at a limit below 0, and wait for ever."""
    if steps is not None and steps < 0:
        raise ValueError(
            f"max_concurrent of the executor is {steps}: give the number of steps at once, or 0 for no limit"
        )
    return steps or None


CONFIG: Any = {
    "max_concurrent": Field(
        Noneable(IntSource),
        default_value=None,
        is_required=False,
        description="Steps at once; 0 or none: no limit.",
    ),
    "tag_concurrency_limits": get_tag_concurrency_limits_config(),
    "retries": get_retries_config(),
    "step_dependency_config": get_step_dependency_config_field(),
}


@executor(name="threads", config_schema=CONFIG)
def thread_executor(init_context: InitExecutorContext) -> Executor:
    """Steps as threads of the run's process, for steps that wait on services."""
    return ThreadExecutor(*configured(init_context))


def configured(
    init_context: InitExecutorContext,
) -> tuple[RetryMode, int | None, list[dict[str, Any]] | None, StepDependencyConfig]:
    """What `CONFIG` says, in the order of the executor's arguments."""
    config: Any = init_context.executor_config
    return (
        RetryMode.from_config(config["retries"]) or RetryMode.ENABLED,
        _most_at_once(config.get("max_concurrent")),
        config.get("tag_concurrency_limits"),
        StepDependencyConfig.from_config(config.get("step_dependency_config")) or StepDependencyConfig.default(),
    )
