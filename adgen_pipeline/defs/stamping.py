"""Every run is stamped when it starts, whoever launched it: how it may be retried, and which process it lives in.

The stamp is set by the executor, as a run of the UI's "Materialize all" carries no tags of any job.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import dagster as dg
from dagster import DagsterInstance, DagsterRun, Executor

from adgen_pipeline.defs.connections import kept_open
from adgen_pipeline.processes import this_process

MAX_RETRIES = 3
"""How often a crashed run is started again by itself."""

MAX_RETRIES_TAG = "dagster/max_retries"
RETRY_NUMBER_TAG = "dagster/retry_number"
PROCESS_TAG = "adgen/process"

RUN_TAGS = {"dagster/retry_strategy": "ALL_STEPS", "dagster/retry_on_asset_or_op_failure": "false"}
"""A retry "from failure" would skip mapped steps that never started; a step that failed has had its retries."""

AtStart = Callable[[DagsterInstance, DagsterRun], None]
"""Something to be done when a run starts, whichever executor runs its steps."""


def stamp(instance: DagsterInstance, run: DagsterRun) -> None:
    """Write into the run's tags how it may be retried and that it lives in this process.

    A run started in a terminal is not retried by itself: it belongs to the person there, and no daemon can launch it.
    The process stands with the run's id, since a retry inherits its parent's tags. Retries that were set stay.
    """
    retries = {MAX_RETRIES_TAG: str(MAX_RETRIES if run.remote_job_origin else 0)}
    kept = {MAX_RETRIES_TAG: run.tags[MAX_RETRIES_TAG]} if MAX_RETRIES_TAG in run.tags else {}
    process = {PROCESS_TAG: f"{run.run_id}/{this_process()}"}
    instance.add_run_tags(run.run_id, RUN_TAGS | retries | kept | process)


def process_of(run: DagsterRun) -> str | None:
    """The identity of the process the run was started in (see `processes`); None as long as it was not stamped."""
    run_id, _, identity = run.tags.get(PROCESS_TAG, "").partition("/")
    return identity if run_id == run.run_id else None


def retry_number(run: DagsterRun) -> int:
    """Which retry of itself the run is; 0 for one that a person launched."""
    return int(run.tags.get(RETRY_NUMBER_TAG, 0))


def may_be_retried(run: DagsterRun) -> bool:
    """Whether a daemon may start the run once more after a crash."""
    allowed = int(run.tags.get(MAX_RETRIES_TAG, MAX_RETRIES))
    return run.remote_job_origin is not None and retry_number(run) < allowed


class AtEnd(Protocol):
    """Something to be done when a run ends: it succeeded, `failed` in a step, or was `broken_off`."""

    def __call__(self, instance: DagsterInstance, run: DagsterRun, /, *, failed: bool, broken_off: bool) -> None:
        """Called in the run's own process, before Dagster writes down the end."""


def stamped(
    executor: dg.ExecutorDefinition, then: AtStart | None = None, at_end: AtEnd | None = None
) -> dg.ExecutorDefinition:
    """`executor`, stamping each run it starts; `then` is done before the first step, too, `at_end` after the last."""
    create: Any = executor.executor_creation_fn
    schema: Any = executor.config_schema
    return dg.ExecutorDefinition(
        name=executor.name,
        config_schema=schema,
        requirements=executor.get_requirements,
        executor_creation_fn=lambda context: _StampingExecutor(create(context), then, at_end),
        description=executor.description,
    )


class _StampingExecutor(Executor):
    """Another executor, with the stamp before its first step."""

    def __init__(self, inner: Executor, then: AtStart | None, at_end: AtEnd | None):
        self._inner = inner
        self._then = then
        self._at_end = at_end

    @property
    def retries(self) -> Any:
        """The other's."""
        return self._inner.retries

    @property
    def step_dependency_config(self) -> Any:
        """The other's."""
        return self._inner.step_dependency_config

    def execute(self, plan_context: Any, execution_plan: Any) -> Iterator[dg.DagsterEvent]:
        """Stamp the run, then do as the other does. Called by Dagster."""
        with kept_open(plan_context.instance):
            stamp(plan_context.instance, plan_context.dagster_run)
            if self._then:
                self._then(plan_context.instance, plan_context.dagster_run)
            yield from self._watched(plan_context, self._inner.execute(plan_context, execution_plan))

    def _watched(self, plan_context: Any, events: Iterator[dg.DagsterEvent]) -> Iterator[dg.DagsterEvent]:
        """`events`, and what is to be done at their end, whichever it is."""
        failed = False
        try:
            for event in events:
                failed = failed or event.is_step_failure
                yield event
        except GeneratorExit:
            raise
        except BaseException:
            self._ended(plan_context, failed=failed, broken_off=True)
            raise
        self._ended(plan_context, failed=failed, broken_off=False)

    def _ended(self, plan_context: Any, *, failed: bool, broken_off: bool) -> None:
        if self._at_end:
            self._at_end(plan_context.instance, plan_context.dagster_run, failed=failed, broken_off=broken_off)
