"""The executor of runs whose steps are made by workers."""

from collections.abc import Iterator
from typing import Any

from dagster import executor, multiple_process_executor_requirements
from dagster_shared.serdes import serialize_value

from adgen_pipeline.defs.celery.app import celery_app
from adgen_pipeline.defs.celery.sent import SentStep
from adgen_pipeline.defs.executor.internals import DagsterEvent, ExecutionPlan, Executor, InitExecutorContext
from adgen_pipeline.defs.executor.step_thread import Items
from adgen_pipeline.defs.executor.threads import CONFIG, ThreadExecutor, configured
from adgen_pipeline.settings import Settings


class CeleryExecutor(ThreadExecutor):
    """Sends each step to Celery's workers; limits, pools, retries and ends are as in threads."""

    where = "on Celery's workers"

    def run_steps(self, plan_context: Any, execution_plan: ExecutionPlan) -> Iterator[DagsterEvent]:
        """All of the plan's steps; this process has no resources, and buys nothing."""
        app = celery_app(Settings.read())

        def begin(step: Any, known_state: Any, items: Items) -> SentStep:
            message = {
                "run_id": plan_context.run_id,
                "step_key": step.key,
                "attempt": known_state.previous_retry_attempts.get(step.key, 0),
                "known_state": serialize_value(known_state),
                "retries": self.retries.for_inner_plan().value,
            }
            return SentStep(app, plan_context.for_step(step), message, items)

        yield from self.loop(plan_context, execution_plan, begin)


@executor(name="celery", config_schema=CONFIG, requirements=multiple_process_executor_requirements())
def celery_executor(init_context: InitExecutorContext) -> Executor:
    """Steps on the workers that `adgen worker` starts; BROKER_URL never stands in a configuration."""
    return CeleryExecutor(*configured(init_context))
