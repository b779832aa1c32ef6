"""A step on its worker: refused where its run has ended, read back where it was made, and watched while it lasts."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from celery import Celery, Task
from celery.exceptions import Ignore
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus
from dagster_shared.serdes import deserialize_value, serialize_value

from adgen_pipeline.defs.celery.app import STEP_TASK
from adgen_pipeline.defs.celery.sent import name_of
from adgen_pipeline.defs.celery.signs import BEAT_SECONDS, SILENT_SECONDS, STARTED, Signs
from adgen_pipeline.defs.connections import kept_open
from adgen_pipeline.defs.executor.internals import (
    DagsterEvent,
    DagsterEventType,
    KnownExecutionState,
    ReconstructableJob,
    ReconstructableRepository,
    RetryMode,
    create_execution_plan,
    execute_plan_iterator,
)
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.stopping import forget_stop, stop_of
from adgen_pipeline.errors import LedgerUnavailable, WorkerFailed
from adgen_pipeline.ledger import RUN_PATIENCE
from adgen_pipeline.processes import is_gone, this_process

_log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How soon the end of a run stops its steps."""

MAX_BEGINNINGS = 5
"""A step whose process died so often kills its workers: it is not begun again."""

_LIVES = (DagsterRunStatus.STARTING, DagsterRunStatus.STARTED)
_ENDS = {DagsterEventType.STEP_SUCCESS, DagsterEventType.STEP_FAILURE, DagsterEventType.STEP_UP_FOR_RETRY,
         DagsterEventType.STEP_SKIPPED}  # fmt: skip
_BEGINS = {DagsterEventType.STEP_START, DagsterEventType.STEP_RESTARTED}


def register(app: Celery, module: str) -> None:
    """Let workers of `app` make the steps of the jobs in the definitions of `module`. No message names any code."""

    @app.task(bind=True, name=STEP_TASK)
    def step(task: Task, *, instead_of: Any = None, **message: Any) -> list[str]:
        return _Step(Signs(app), module, message).make(instead_of)


class _Step:
    """One attempt at one step; `message` as the executor sends it."""

    def __init__(self, signs: Signs, module: str, message: dict[str, Any]):
        self._signs = signs
        self._module = module
        self._message = message
        self._name = name_of(message)
        self._run_id: str = message["run_id"]
        self._instance = _instance()
        self._beats = 0

    def make(self, instead_of: Any) -> list[str]:
        """The step's events, whoever made it; none where its run has ended. Raises Ignore while another is at it."""
        with kept_open(self._instance):
            run = self._run_that_lives()
            if run is None:
                _log.info("%s is not begun: its run has ended", self._name)
                return []
            if self._another_is_at_it(instead_of):
                _log.info("%s is left to the worker that is at it", self._name)
                raise Ignore
            self._signs.beat(self._name, this_process(), 0)
            return self._made_before() or self._watched(run)

    def _run_that_lives(self) -> DagsterRun | None:
        run = self._instance.get_run_by_id(self._run_id)
        return run if run and run.status in _LIVES else None

    def _another_is_at_it(self, instead_of: Any) -> bool:
        """Whether another process makes it: one that has died, or is taken for dead, does not."""
        sign = self._signs.of(self._name)
        if sign.state != STARTED or sign.told == instead_of or is_gone(sign.told["process"]):
            return False
        until = time.monotonic() + SILENT_SECONDS
        while time.monotonic() < until:
            time.sleep(BEAT_SECONDS / 4)
            if self._signs.of(self._name) != sign:
                return True
            if is_gone(sign.told["process"]):
                return False
        return False

    def _made_before(self) -> list[str] | None:
        """What the log tells of an attempt that ended, though nobody heard of it. Raises WorkerFailed for a step that
        has begun too often."""
        events = self._logged()
        ends = [at for at, event in enumerate(events) if event.event_type in _ENDS]
        attempt = self._message["attempt"]
        if len(ends) > attempt:
            end = ends[attempt]
            begin = max((at for at in range(end) if events[at].event_type in _BEGINS), default=0)
            return [serialize_value(event) for event in events[begin : end + 1]]
        begun = sum(event.event_type in _BEGINS for event in events[ends[-1] if ends else 0 :])
        if begun >= MAX_BEGINNINGS:
            key = self._message["step_key"]
            raise WorkerFailed(f"{key} has begun {begun} times, and each time its process died (out of memory?)")
        return None

    def _logged(self) -> list[DagsterEvent]:
        logged = (entry.dagster_event for entry in self._instance.all_logs(self._run_id))
        return [event for event in logged if event and event.step_key == self._message["step_key"]]

    def _watched(self, run: DagsterRun) -> list[str]:
        _log.info("%s begins", self._name)
        begun = time.monotonic()
        try:
            with self._signs_of_life():
                return [serialize_value(event) for event in self._events(run)]
        finally:
            forget_stop(self._run_id)
            _log.info("%s is over after %.1f s", self._name, time.monotonic() - begun)

    def _events(self, run: DagsterRun) -> Iterator[DagsterEvent]:
        job = _job(self._module, run)
        known: Any = deserialize_value(self._message["known_state"], KnownExecutionState)
        keys: Sequence[str] = [self._message["step_key"]]
        plan = create_execution_plan(job, run.run_config, step_keys_to_execute=keys, known_state=known)
        retries = RetryMode(self._message["retries"])
        return execute_plan_iterator(plan, job, run, self._instance, retries, run.run_config)

    @contextmanager
    def _signs_of_life(self) -> Iterator[None]:
        """While the step lasts: tell that we live, and stop it once its run has ended."""
        over = threading.Event()
        works = [(self._stop_with_the_run, LOOK_SECONDS), (self._beat, BEAT_SECONDS)]
        threads = [threading.Thread(target=_again_and_again, args=(over, *work), daemon=True) for work in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def _stop_with_the_run(self) -> None:
        run = self._instance.get_run_by_id(self._run_id)
        if run is None or run.status not in _LIVES:
            stop = stop_of(self._run_id)
            stop.goes_on = run is not None and run.is_failure  # it crashed: what is paid is for the next run
            stop.set()

    def _beat(self) -> None:
        self._beats += 1
        self._signs.beat(self._name, this_process(), self._beats)


def _again_and_again(over: threading.Event, work: Callable[[], None], seconds: float) -> None:
    """The database or the broker may be away for a while: a step under way needs neither to go on."""
    while not over.wait(seconds):
        with suppress(Exception):
            work()


def _job(module: str, run: DagsterRun) -> ReconstructableJob:
    """The run's job, or the part of it that was selected."""
    whole = ReconstructableJob(ReconstructableRepository.for_module(module, "defs"), run.job_name)
    return whole.get_subset(
        op_selection=run.resolved_op_selection,
        asset_selection=run.asset_selection,
        asset_check_selection=run.asset_check_selection,
    )


_instances: dict[int, DagsterInstance] = {}


def _instance() -> DagsterInstance:
    """This process's own: never one that was opened before a fork."""
    if os.getpid() not in _instances:
        _instances.clear()
        _instances[os.getpid()] = _opened()
    return _instances[os.getpid()]


def _opened() -> DagsterInstance:
    """As soon as the database is there: a step that has just been taken waits for it as one under way does."""
    until = time.monotonic() + RUN_PATIENCE
    while True:
        try:
            return open_instance()
        except LedgerUnavailable:
            if time.monotonic() > until:
                raise
            time.sleep(LOOK_SECONDS)
