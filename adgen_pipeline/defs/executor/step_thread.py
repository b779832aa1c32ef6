"""One step under way: in a thread of its own, and the gate that its events pass."""

import contextvars
import logging
import queue
import threading
import time
from typing import Any, Protocol, cast

from adgen_pipeline.defs.executor.internals import (
    DagsterEvent,
    DagsterEventType,
    DagsterExecutionInterruptedError,
    StepExecutionContext,
    dagster_event_sequence_for_step,
    trigger_hooks,
)
from adgen_pipeline.defs.log_fields import fields_of
from adgen_pipeline.observability import about

OUTPUT_SECONDS = 10.0
"""How long a step that has an output is waited for after a termination: a matter of milliseconds, but it is stored."""

NEXT_OUTPUT_SECONDS = 0.5
"""The same between two dynamic outputs: a generator may go on for as long as it likes."""

_OUTPUT_EVENTS = {
    DagsterEventType.STEP_OUTPUT,
    DagsterEventType.ASSET_MATERIALIZATION,
    DagsterEventType.HANDLED_OUTPUT,
}
_LAST_EVENTS = {DagsterEventType.STEP_SUCCESS, DagsterEventType.STEP_FAILURE, DagsterEventType.STEP_UP_FOR_RETRY}

Item = DagsterEvent | BaseException | None
"""What a step's thread says: an event that is in the log, an error of the machinery, None at its end."""

Items = queue.SimpleQueue[tuple["UnderWay | None", Item]]


class UnderWay(Protocol):
    """A step that has begun, wherever it is: what it says comes as items, closed by None."""

    context: Any
    has_ended: bool
    """Whether it has logged how it ended."""

    def let_go(self) -> bool:
        """Hear no more of it, unless it is about to have an output logged. True if that is so."""


class StepThread:
    """Runs one step; what it has to say goes to `items`, closed by None."""

    def __init__(self, context: StepExecutionContext, items: Items):
        self.context = context
        self.has_ended = False
        """Whether the step has logged how it ended; hooks may follow."""
        self._items = items
        self._gate = threading.Lock()
        self._closed = False
        self._kept_until = 0.0
        self._is_dynamic = any(output.is_dynamic for output in context.step.step_outputs)
        known = contextvars.copy_context()
        self._thread = threading.Thread(target=known.run, args=(self._work,), name=context.step.key, daemon=True)
        self._owner = threading.current_thread()
        context.log.addFilter(self._may_speak)
        self._log = context.log.log_dagster_event
        cast("Any", context.log).log_dagster_event = self._log_through_gate
        self._thread.start()

    def let_go(self) -> bool:
        """Close the gate, unless the step is about to have an output logged. True if it is closed."""
        with self._gate:
            self._closed = self._closed or time.monotonic() >= self._kept_until
            return self._closed

    def _log_through_gate(self, *args: Any, **kwargs: Any) -> None:
        if threading.current_thread() is not self._thread:
            self._log(*args, **kwargs)
            return
        with self._gate:
            if self._closed:
                raise DagsterExecutionInterruptedError
            self._log(*args, **kwargs)
            self._take_note(kwargs.get("dagster_event"))

    def _may_speak(self, _record: logging.LogRecord) -> bool:
        """Whether a message of the step's still belongs into the log."""
        return not self._closed or threading.current_thread() is self._owner

    def _take_note(self, event: DagsterEvent | None) -> None:
        kind = event.event_type if event else None
        if kind in _OUTPUT_EVENTS:
            may_go_on = kind == DagsterEventType.HANDLED_OUTPUT and self._is_dynamic
            self._kept_until = time.monotonic() + (NEXT_OUTPUT_SECONDS if may_go_on else OUTPUT_SECONDS)
        elif kind in _LAST_EVENTS:
            self.has_ended, self._kept_until = True, 0.0

    def _work(self) -> None:
        run = self.context.dagster_run
        with about(**fields_of(run.tags, run.run_id, self.context.step.key)):
            self._carry_out()

    def _carry_out(self) -> None:
        seen = []
        try:
            for event in dagster_event_sequence_for_step(self.context):
                seen.append(event)
                self._put(event)
            for event in trigger_hooks(self.context, seen):
                self._put(event)
        except BaseException as error:
            self._put(error)
        finally:
            self._put(None)

    def _put(self, item: Item) -> None:
        if not self._closed:
            self._items.put((self, item))
