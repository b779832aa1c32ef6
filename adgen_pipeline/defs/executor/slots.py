"""Waits for a place in a pool: soon there when one is free, and easy on the database as long as none is.

The order is Dagster's: whoever frees a place gives it to the step that has waited longest at the highest priority.
All that the others have to do is look. Dagster looks after 1 s, then ever more rarely up to 15 s, so a place stands
free for seconds. Here, whoever may be next looks often, whoever stands further back in the queue more rarely, and one
look serves all waiting steps of the run.
"""

import fcntl
import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa
from dagster import DagsterInstance, DagsterRun
from sqlalchemy.exc import DBAPIError, IntegrityError

from adgen_pipeline.defs.executor.internals import (
    ConcurrencyKeyInfo,
    InstanceConcurrencyContext,
    SqlEventLogStorage,
    SqliteEventLogStorage,
)
from adgen_pipeline.ledger.database import end_when_still

_log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2
"""How often a step that may be the next looks whether it is."""

LONGEST_LOOK_SECONDS = 3.0
"""How often the last in the queue looks."""

TURN_SECONDS = 0.05
"""How soon a step asks again that could not ask because another was asking."""

FREE_SECONDS = 0.3
"""How long freeing a place waits for others who ask for one: a claim is a matter of milliseconds."""

_LOCK = int.from_bytes(b"adgen/pl")
"""The number of the lock in Postgres, which knows locks by numbers."""


class Slots(InstanceConcurrencyContext):
    """The places of one run's steps in pools. Leaving it frees what is still held: its steps live in this process."""

    def __init__(self, instance: DagsterInstance, run: DagsterRun):
        super().__init__(instance, run)
        self._next_look: dict[str, float] = {}
        self._called: set[str] = set()
        self._overlooked: dict[str, set[str]] = {}

    def __exit__(self, *error: Any) -> None:
        for step_key in self._claims | self._pending_claims:
            self._give_up(step_key)
        self._claims.clear()
        self._pending_claims.clear()
        super().__exit__(*error)

    def claim(self, concurrency_key: str, step_key: str, step_priority: int = 0) -> bool:
        """Whether the step has a place in the pool now. Called by Dagster each time the step could start."""
        if step_key in self._pending_claims and not self._is_called(concurrency_key, step_key):
            return False
        self._pending_timeouts[step_key] = 0.0
        with one_at_a_time(self._instance) if self._has_limit(concurrency_key) else nullcontext(True) as has_turn:
            claimed = has_turn and super().claim(concurrency_key, step_key, step_priority)
        if not has_turn:
            self._ask_again_soon(concurrency_key, step_key)
        elif not claimed:
            self._next_look.setdefault(concurrency_key, 0.0)
        return claimed

    def free_step(self, step_key: str) -> None:
        """Give the step's place back; another step of this run may have it at once.

        If its turn does not come, it is done out of turn: no place is given twice, as each claim takes its place from
        the table of places in turn. A step may be called too early, and asks again, or be overlooked (see below).
        """
        if step_key not in self._claims:
            return
        with one_at_a_time(self._instance, patience=FREE_SECONDS):
            super().free_step(step_key)
        self._next_look = dict.fromkeys(self._next_look, 0.0)

    def interval_to_next_pending_claim_check(self) -> float:
        """Seconds until the next look. One that is overdue waits for something else: a limit of the run's own."""
        now = time.monotonic()
        return min((at - now for at in self._next_look.values() if at > now), default=LOOK_SECONDS)

    def _has_limit(self, pool: str) -> bool:
        return self._pool_config.default_pool_limit is not None or self.get_pool_info(pool) is not None

    def _give_up(self, step_key: str) -> None:
        """Out of turn, as the run is over. What the database has to say against it ends nothing and hides nothing."""
        try:
            self._instance.event_log_storage.free_concurrency_slot_for_step(self._run_id, step_key)
        except Exception:
            _log.exception(
                "The place of step %s of run %s could not be given back to its pool. It comes free when the next "
                "crashed run is looked for, or by hand in the UI: Deployment, Concurrency.",
                step_key,
                self._run_id,
            )

    def _ask_again_soon(self, pool: str, step_key: str) -> None:
        self._pending_claims.add(step_key)
        self._called.add(step_key)
        self._next_look[pool] = time.monotonic() + TURN_SECONDS * random.uniform(0.8, 1.2)

    def _sync_pools(self) -> None:
        """Read the limits. Dagster trips where the last one was taken away while its places are held: none is left."""
        try:
            super()._sync_pools()
        except IntegrityError:
            self._pools = {}

    def _is_called(self, pool: str, step_key: str) -> bool:
        """Whether asking for a place is worth while: asking costs more than looking."""
        if time.monotonic() >= self._next_look[pool]:
            self._look(pool)
        called = step_key in self._called
        self._called.discard(step_key)
        return called

    def _look(self, pool: str) -> None:
        info = self._instance.event_log_storage.get_concurrency_info(pool)
        queue = _Queue(info, self._run_id)
        known = self.get_pool_info(pool)
        if known is None or known.limit != info.limit:  # changed or taken away: asking finds out what holds now
            self._called |= self._pending_claims
        self._called |= self._pending_claims - queue.waiting  # its turn, or the entry was cleared by somebody
        self._claim_what_was_forgotten(pool, queue)
        rounds = 1 + queue.ahead / max(info.slot_count, 1)
        interval = min(LOOK_SECONDS * rounds, LONGEST_LOOK_SECONDS) * random.uniform(0.8, 1.2)
        self._next_look[pool] = time.monotonic() + interval

    def _claim_what_was_forgotten(self, pool: str, queue: "_Queue") -> None:
        """Queue anew for a place that stood free at two looks.

        Dagster gives a place to the next when it is freed. A step that queues at that very moment is overlooked, and
        would wait for ever were it the last.
        """
        first = {queue.first} if queue.has_free_place and queue.first else set()
        before = self._overlooked.get(pool, set())
        for step_key in first & before:
            self._instance.event_log_storage.free_concurrency_slot_for_step(self._run_id, step_key)
            self._called.add(step_key)
        self._overlooked[pool] = first - before


@contextmanager
def one_at_a_time(instance: DagsterInstance, patience: float = 0.0) -> Iterator[bool]:
    """Claims of all processes come one after the other: Dagster gives one place to all who ask at the same moment.

    A lock of the file system's on SQLite, of the database's on Postgres, and none elsewhere. Yields whether it was had
    within `patience` seconds: the run's loop must not stand still, as it is to notice a termination. In Postgres the
    lock is a transaction's, so that a proxy that hands out connections by transactions cannot part it from its end; who
    stands still while having it loses it.
    """
    log = instance.event_log_storage
    if isinstance(log, SqliteEventLogStorage):
        with Path(log.path_for_shard("pools")).with_suffix(".lock").open("a") as file:
            yield _comes_true(lambda: _is_locked(file), patience)
    elif isinstance(log, SqlEventLogStorage):
        with _transaction_of(log) as connection:
            yield _comes_true(lambda: _is_locked_in(connection), patience)
    else:
        yield True


@contextmanager
def _transaction_of(log: Any) -> Iterator[sa.Connection]:
    """One that holds a lock and nothing else: that the server has ended it by its end takes nothing back."""
    is_done = False
    try:
        with log.index_transaction() as connection:
            end_when_still(connection)
            yield connection
            is_done = True
    except DBAPIError as error:
        if not (is_done and error.connection_invalidated):
            raise


def _comes_true(attempt: Callable[[], bool], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not attempt():
        if time.monotonic() >= until:
            return False
        time.sleep(0.01)
    return True


def _is_locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_locked_in(transaction: sa.Connection) -> bool:
    if transaction.dialect.name != "postgresql":
        return True
    return bool(transaction.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_LOCK))))


class _Queue:
    """A pool as one run sees it. `waiting`: its steps whose turn it is not; `first`: the one nobody is `ahead` of."""

    def __init__(self, info: ConcurrencyKeyInfo, run_id: str):
        order = sorted(
            (step for step in info.pending_steps if step.assigned_timestamp is None),
            key=lambda step: (-(step.priority or 0), step.enqueued_timestamp),
        )
        own = [place for place, step in enumerate(order) if step.run_id == run_id]
        self.waiting = {order[place].step_key for place in own}
        self.ahead = own[0] if own else 0
        self.first = order[0].step_key if own and own[0] == 0 else None
        self.has_free_place = info.slot_count > info.assigned_step_count
