"""The loop over one run's steps: starts what is ready, passes on what they say, and ends them when it is told to."""

import contextlib
import queue
import sys
import time
from collections.abc import Callable, Iterator
from math import inf
from typing import Any

from adgen_pipeline.defs.executor.internals import (
    ActiveExecution,
    DagsterEvent,
    DagsterExecutionInterruptedError,
    EngineEventData,
    ErrorSource,
    step_failure_event_from_exc_info,
)
from adgen_pipeline.defs.executor.signals import interrupts_wake
from adgen_pipeline.defs.executor.step_thread import Items, UnderWay
from adgen_pipeline.defs.stopping import ends_by_hand, stop_of

GRACE_SECONDS = 1.2
"""How long steps under way may take to end by themselves after a termination."""

_POLL_SECONDS = 0.02
"""How soon it is noticed, while the run ends, that a step may be let go."""


Begin = Callable[[Any, Any, Items], UnderWay]
"""Begins a step, given with what is known of the run's others, and has its items put into the queue."""


class Steps:
    """The steps of one run, each begun by `begin`. `context` is the plan's, with resources or without."""

    def __init__(self, context: Any, active: ActiveExecution, begin: Begin):
        self._context = context
        self._active = active
        self._begin = begin
        self._items: Items = queue.SimpleQueue()
        self._running: dict[str, UnderWay] = {}
        self._error: BaseException | None = None

    def run(self) -> Iterator[DagsterEvent]:
        """Yields the run's events until all its steps have ended.

        Raises DagsterExecutionInterruptedError after a termination, and what a step raised where that was asked for.
        """
        with interrupts_wake(self._wake) as longest_wait, self._none_left_behind():
            while self._running or (self._error is None and not self._active.is_complete):
                if self._active.check_for_interrupts():
                    yield from self._terminate()
                if self._error is None:
                    yield from self._active.plan_events_iterator(
                        self._context
                    )  # first: what is skipped may free others
                    self._start_ready_steps()
                    yield from self._active.concurrency_event_iterator(self._context)
                yield from self._next_event(min(self._idle_seconds(), longest_wait))
        if self._error is not None:
            raise self._error

    def _wake(self) -> None:
        self._items.put((None, None))

    def _start_ready_steps(self) -> None:
        for step in self._active.get_steps_to_execute():
            self._running[step.key] = self._begin(step, self._active.get_known_state(), self._items)

    def _idle_seconds(self) -> float:
        """How long nothing is to be done unless a step says something: until a delayed retry, or a look at a pool."""
        if not self._running and self._active.is_complete:
            return 0.0
        interval = self._active.sleep_interval()  # 0 says that nothing is waited for
        return max(interval, 0.0) if interval else inf if self._running else _POLL_SECONDS

    def _next_event(self, timeout: float) -> Iterator[DagsterEvent]:
        try:
            thread, item = self._items.get(timeout=timeout)
        except queue.Empty:
            return
        if thread is None:
            return
        if item is None:
            self._has_ended(thread)
        elif isinstance(item, DagsterEvent):
            yield item
            if not item.is_hook_event:
                self._active.handle_event(item)
        elif not isinstance(item, DagsterExecutionInterruptedError):
            self._error = self._error or item  # raise_on_error, or a mistake in an executor: end after the others

    def _has_ended(self, thread: UnderWay) -> None:
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
        while self._running:
            yield from self._next_event(_POLL_SECONDS)
            if time.monotonic() >= deadline:
                yield from self._let_go()
        raise DagsterExecutionInterruptedError

    def _let_go(self) -> Iterator[DagsterEvent]:
        """Report the steps that have not ended as interrupted; those that are logging an output stay."""
        for key in [key for key, thread in self._running.items() if thread.let_go()]:
            thread = self._running.pop(key)
            if not thread.has_ended:
                yield _interrupted(thread.context)

    @contextlib.contextmanager
    def _none_left_behind(self) -> Iterator[None]:
        """Whatever ends the loop, no step goes on to buy anything."""
        try:
            yield
        finally:
            if self._running:
                stop_of(self._context.run_id).set()
                while [thread for thread in self._running.values() if not thread.let_go()]:
                    time.sleep(_POLL_SECONDS)


def _interrupted(context: Any) -> DagsterEvent:
    try:
        raise DagsterExecutionInterruptedError
    except DagsterExecutionInterruptedError:
        return step_failure_event_from_exc_info(context, sys.exc_info(), error_source=ErrorSource.INTERRUPT)
