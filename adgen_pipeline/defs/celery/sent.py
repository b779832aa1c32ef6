"""One step that was sent to the workers: listened to until it has ended, and sent again where nobody is at it."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from celery import Celery
from dagster_celery.tags import DAGSTER_CELERY_QUEUE_TAG
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from adgen_pipeline.defs.celery.app import QUEUE, STEP_TASK
from adgen_pipeline.defs.celery.signs import BROKEN, ENDED, FORGOTTEN, SENT, SILENT_SECONDS, STARTED, Sign, Signs
from adgen_pipeline.defs.executor.internals import DagsterEvent, DagsterEventType
from adgen_pipeline.defs.executor.step_thread import Items
from adgen_pipeline.defs.stopping import stop_of
from adgen_pipeline.errors import WorkerFailed

LISTEN_SECONDS = 0.2
"""How soon a step's end is heard."""

FORGOTTEN_SECONDS = 5.0
"""How long workers have to give their next sign to a broker that was started anew."""

QUEUED_SECONDS = 300.0
"""How long a step waits for a worker before it is sent once more, in case the message was lost; then twice as long."""

STOP_SECONDS = 5.0
"""How long a step has to end by itself after a termination: its worker looks every second."""

_AWAY = (RedisError, OperationalError, ConnectionError)
_LAST = {DagsterEventType.STEP_SUCCESS, DagsterEventType.STEP_FAILURE, DagsterEventType.STEP_UP_FOR_RETRY,
         DagsterEventType.STEP_SKIPPED}  # fmt: skip
_log = logging.getLogger(__name__)


class SentStep:
    """Sends a step, and puts into `items` what it did once it has ended. Its events are in the log by then."""

    def __init__(self, app: Celery, context: Any, message: dict[str, Any], items: Items):
        self.context = context
        self.has_ended = False
        self._app = app
        self._signs = Signs(app)
        self._message = message
        self._name = name_of(message)
        self._items = items
        self._stop = stop_of(context.run_id)
        self._asked_at: float | None = None
        self._away_since: float | None = None
        self._closed = False
        threading.Thread(target=self._work, name=f"sent {context.step.key}", daemon=True).start()

    def let_go(self) -> bool:
        """Hear no more of it, unless it may still end by itself. True if that is so."""
        self._asked_at = self._asked_at or time.monotonic()
        self._closed = self._closed or time.monotonic() - self._asked_at >= STOP_SECONDS
        return self._closed

    def _work(self) -> None:
        try:
            for event in self._events():
                self._put(event)
                self.has_ended = self.has_ended or event.event_type in _LAST
        except BaseException as error:
            self._put(error)
        finally:
            self._put(None)

    def _put(self, item: DagsterEvent | BaseException | None) -> None:
        if not self._closed:
            self._items.put((self, item))

    def _events(self) -> Iterator[DagsterEvent]:
        """What the step did, once it has ended; nothing if it is stopped before it began."""
        from dagster_shared.serdes import deserialize_value

        last = self._last_sign()
        if last is None:
            return
        if last.state == BROKEN:
            raise WorkerFailed(f"the worker of {self.context.step.key} could not run it: {last.told}")
        yield from (deserialize_value(event, DagsterEvent) for event in last.told)
        self._while_there(lambda: self._signs.forget(self._name))

    def _last_sign(self) -> Sign | None:
        """Listen until it has ended (None: stopped before it began), and send it wherever it is not known to be."""
        self._send(None)
        patience = Patience()
        while not self._closed:
            sign = self._while_there(lambda: self._signs.of(self._name))
            if sign is None:
                patience.heard_nothing()
            elif sign.state in (ENDED, BROKEN):
                return sign
            elif self._stop.is_set() and sign.state != STARTED:
                self._while_there(lambda: self._app.control.revoke(self._name))
                return None
            elif patience.is_over(sign):
                self._warn(_REASONS[sign.state])
                self._send(sign)
                patience.sent_again()
            self._wait()
        return None

    def _wait(self) -> None:
        """A moment; a stop cuts it short, once."""
        time.sleep(LISTEN_SECONDS) if self._stop.is_set() else self._stop.wait(LISTEN_SECONDS)

    def _send(self, instead_of: Sign | None) -> None:
        """Hand it to the broker, however long that is away; whoever gave the sign `instead_of` is taken for dead."""
        queue = self.context.step.tags.get(DAGSTER_CELERY_QUEUE_TAG, QUEUE)
        dead = instead_of.told if instead_of and instead_of.state == STARTED else None
        arguments = {**self._message, "instead_of": dead}

        def send() -> bool:
            if dead is None:
                self._signs.sent(self._name)
            self._app.send_task(STEP_TASK, kwargs=arguments, task_id=self._name, queue=queue)
            return True

        while not self._closed and not self._stop.is_set() and not self._while_there(send):
            self._wait()

    def _while_there(self, ask: Callable[[], Any]) -> Any:
        """What the broker answers; None while it is away, which is told."""
        try:
            answer = ask()
        except _AWAY as error:
            if self._away_since is None:
                self._away_since = time.monotonic()
                self._warn(f"the broker is away ({type(error).__name__}); the step waits for it")
            return None
        self._away_since = None
        return answer

    def _warn(self, told: str) -> None:
        self.context.log.warning(f"{self.context.step.key}: {told}")


class Patience:
    """How long to go without anything new of a step before it is sent again."""

    def __init__(self) -> None:
        self._last: Sign | None = None
        self._since = time.monotonic()
        self._queued = QUEUED_SECONDS

    def is_over(self, sign: Sign) -> bool:
        """Whether nobody is at the step, to all appearances. Times are this process's own: clocks need not agree."""
        now = time.monotonic()
        if sign != self._last:
            self._last, self._since = sign, now
        limits = {SENT: self._queued, STARTED: SILENT_SECONDS, FORGOTTEN: FORGOTTEN_SECONDS}
        return now - self._since >= limits[sign.state]

    def heard_nothing(self) -> None:
        """The broker is away: silence says nothing of the workers."""
        self._since = time.monotonic()

    def sent_again(self) -> None:
        """It was: begin anew, and have more patience with a long queue."""
        self._since, self._queued = time.monotonic(), 2 * self._queued


_REASONS = {
    SENT: "no worker has taken it for long; it is sent once more, in case the message was lost",
    STARTED: f"its worker has given no sign of life for {SILENT_SECONDS:g} s; another one takes it over",
    FORGOTTEN: "the broker has forgotten it (started anew, or out of memory); it is sent again",
}


def name_of(message: dict[str, Any]) -> str:
    """One attempt at one step of one run, however often it is sent."""
    return f"{message['run_id']}.{message['step_key']}.{message['attempt']}"
