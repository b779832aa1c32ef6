"""What our executors take of Dagster's internals: all of it, and nothing of it is imported elsewhere among them.

Each name is private API that any release may change; `make compat` runs the executor's tests on the oldest and the
newest dagster that pyproject.toml allows.
"""

from dagster._core.definitions.reconstruct import ReconstructableJob, ReconstructableRepository
from dagster._core.errors import DagsterExecutionInterruptedError
from dagster._core.events import DagsterEvent, DagsterEventType, EngineEventData
from dagster._core.execution.api import (
    ExecuteRunWithPlanIterable,
    create_execution_plan,
    execute_plan_iterator,
)
from dagster._core.execution.compute_logs import create_compute_log_file_key
from dagster._core.execution.context.system import PlanExecutionContext, StepExecutionContext
from dagster._core.execution.context_creation_job import PlanExecutionContextManager
from dagster._core.execution.plan.active import ActiveExecution
from dagster._core.execution.plan.execute_plan import (
    _handle_compute_log_setup_error as capture_did_not_begin,
)
from dagster._core.execution.plan.execute_plan import (
    _handle_compute_log_teardown_error as capture_did_not_end,
)
from dagster._core.execution.plan.execute_plan import _trigger_hook as trigger_hooks
from dagster._core.execution.plan.execute_plan import dagster_event_sequence_for_step
from dagster._core.execution.plan.instance_concurrency_context import InstanceConcurrencyContext
from dagster._core.execution.plan.objects import ErrorSource, step_failure_event_from_exc_info
from dagster._core.execution.plan.plan import ExecutionPlan
from dagster._core.execution.plan.state import KnownExecutionState
from dagster._core.execution.retries import RetryMode, get_retries_config
from dagster._core.execution.step_dependency_config import StepDependencyConfig, get_step_dependency_config_field
from dagster._core.execution.tags import get_tag_concurrency_limits_config
from dagster._core.executor.base import Executor
from dagster._core.executor.init import InitExecutorContext
from dagster._core.storage.event_log.sql_event_log import SqlEventLogStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._utils.concurrency import ConcurrencyKeyInfo

__all__ = [
    "ActiveExecution",
    "ConcurrencyKeyInfo",
    "DagsterEvent",
    "DagsterEventType",
    "DagsterExecutionInterruptedError",
    "EngineEventData",
    "ErrorSource",
    "ExecuteRunWithPlanIterable",
    "ExecutionPlan",
    "Executor",
    "InitExecutorContext",
    "InstanceConcurrencyContext",
    "KnownExecutionState",
    "PlanExecutionContext",
    "PlanExecutionContextManager",
    "ReconstructableJob",
    "ReconstructableRepository",
    "RetryMode",
    "SqlEventLogStorage",
    "SqliteEventLogStorage",
    "StepDependencyConfig",
    "StepExecutionContext",
    "capture_did_not_begin",
    "capture_did_not_end",
    "create_compute_log_file_key",
    "create_execution_plan",
    "dagster_event_sequence_for_step",
    "execute_plan_iterator",
    "get_retries_config",
    "get_step_dependency_config_field",
    "get_tag_concurrency_limits_config",
    "step_failure_event_from_exc_info",
    "trigger_hooks",
]
