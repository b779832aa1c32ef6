"""A job's changes as they happen, as server-sent events.

    event: job    the whole report, whenever it has changed; the first one at once
    event: call   a paid call as it is now, whenever it has changed; its `id` comes back as `Last-Event-ID`
    event: end    the job has ended: close the connection

Everything is read from the ledger, so a listener may come back to another process, or after a restart, and misses
nothing: the `id` is a moment in the ledger's own time. Each job is looked at once a second, for all who listen to it.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from adgen_pipeline.api.access import authorised
from adgen_pipeline.api.answers import UNAUTHORISED, UNAVAILABLE, UNKNOWN_JOB
from adgen_pipeline.api.errors import Refused
from adgen_pipeline.api.jobs import JobId
from adgen_pipeline.api.state import Api
from adgen_pipeline.contracts.brief import Money
from adgen_pipeline.contracts.frozen import Frozen
from adgen_pipeline.errors import AdgenError, ErrorCode
from adgen_pipeline.ledger import Call, State
from adgen_pipeline.reports import JobReport

EVERY_SECONDS = 1.0
HEARTBEAT_SECONDS = 15
"""Proxies close what is silent for a minute, some for half of one."""

MOST_LISTENERS = 500
"""Of one process: each holds a connection open."""

_OVERLAP = timedelta(seconds=5)
"""A transaction that was slow to commit shows up after later ones: so far back, changes are told again."""

_STUCK_SECONDS = 60.0
"""A client that takes nothing for so long is gone; it may come back and go on where it was."""

_MOST_CALLS = 1000
_EXAMPLE = {
    "example": 'id: 1764000000000000\nevent: call\ndata: {"call": 7, "stage": "video_generation", '
    '"scene": "scene_02", "state": "settled", "cost": 0.25, ...}\n\n'
    'event: job\ndata: {"job_id": "...", "status": "processing", ...}\n\nevent: end\ndata: {"status": "completed"}\n\n'
}
_ENDED = ("completed", "failed", "cancelled")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Look:
    """A job at one moment: its report and its paid calls."""

    report: JobReport
    calls: tuple[Call, ...]


class CallEvent(Frozen):
    """One paid call as it is now; `call` is its number in the ledger. Money in USD.

    `state` is claimed (under way), settled, failed, unknown (its answer was lost) or released (given back unsent).
    `unknown` may have been billed beside `cost`; a `reused` call took an earlier ad's answer and `saved` its price.
    """

    call: int
    stage: str
    scene: str | None
    state: str
    cost: Money
    unknown: Money
    attempts: int
    reused: bool
    saved: Money
    error: str | None
    updated_at: datetime


class Watches:
    """The jobs that somebody listens to. `look` reads one, in a thread; raises AdgenError where it cannot."""

    def __init__(self, look: Callable[[str], Look], *, every: float = EVERY_SECONDS, most: int = MOST_LISTENERS):
        self._look = look
        self._every = every
        self._most = most
        self._watches: dict[str, _Watch] = {}

    @property
    def listeners(self) -> int:
        """How many listen, to all jobs."""
        return sum(watch.listeners for watch in self._watches.values())

    async def events(self, job_id: str, last_event_id: str | None = None) -> AsyncIterator[ServerSentEvent]:
        """The job's events from `last_event_id` on, as the client sent it, or from the first call on.

        Raises Refused where this process holds as many connections as it may, and what `look` raises.
        """
        if self.listeners >= self._most:
            told = f"{self._most} clients listen already; poll the job instead, or try again later"
            raise Refused(503, told, code=ErrorCode.SERVICE_UNAVAILABLE, headers={"Retry-After": "10"})
        first = await run_in_threadpool(self._look, job_id)
        return self._told(job_id, first, _moment(last_event_id))

    async def _told(self, job_id: str, first: Look, after: datetime) -> AsyncIterator[ServerSentEvent]:
        told = _Told(after)
        with self._joined(job_id, first) as watch:
            look = watch.now
            while True:
                for event in told.news(look):
                    yield event
                if look.report.status in _ENDED:
                    yield _event("end", json.dumps({"status": look.report.status}))
                    return
                look = await watch.after(look)

    @contextlib.contextmanager
    def _joined(self, job_id: str, first: Look) -> Any:
        watch = self._watches.get(job_id)
        if watch is None:
            watch = self._watches[job_id] = _Watch(first)
            watch.task = asyncio.create_task(self._keep_looking(job_id, watch))
        watch.listeners += 1
        try:
            yield watch
        finally:
            watch.listeners -= 1
            if not watch.listeners and watch.task:
                watch.task.cancel()
                self._watches.pop(job_id, None)

    async def _keep_looking(self, job_id: str, watch: "_Watch") -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                watch.show(await run_in_threadpool(self._look, job_id))
            except AdgenError as error:  # the ledger or Dagster will be back; listeners keep their connection
                _log.warning("events of job %s wait: %s", job_id, error.message)
            except Exception as error:  # else nobody would look any more, and all would listen to nothing
                _log.error("events of job %s wait", job_id, exc_info=error)


def watches_of(api: Api) -> Watches:
    """The jobs of `api`, to be listened to."""

    def look(job_id: str) -> Look:
        report = api.report(job_id)
        return Look(report, tuple(api.ledger.calls(job_id, limit=_MOST_CALLS)))

    return Watches(look)


def event_routes(watches: Watches) -> APIRouter:
    """`GET /api/v1/jobs/{job_id}/events`."""
    router = APIRouter(tags=["jobs"], dependencies=[Depends(authorised)], responses=UNAUTHORISED | UNAVAILABLE)

    @router.get(
        "/api/v1/jobs/{job_id}/events",
        response_class=EventSourceResponse,
        responses={
            200: {"description": "The job's events, until it ends.", "content": {"text/event-stream": _EXAMPLE}},
            **UNKNOWN_JOB,
        },
    )
    async def events(
        job_id: JobId,
        last_event_id: Annotated[str | None, Header(description="The `id` heard last: go on from there.")] = None,
    ) -> EventSourceResponse:
        """Each change of a job within two seconds: `job` (the whole job), `call` (a paid call), at last `end`."""
        return await stream(watches, job_id, last_event_id)

    return router


async def stream(watches: Watches, job_id: str, last_event_id: str | None) -> EventSourceResponse:
    """The job's events as an answer. Raises as `Watches.events`, before the answer has begun."""
    events = await watches.events(job_id, last_event_id)
    return EventSourceResponse(events, ping=HEARTBEAT_SECONDS, send_timeout=_STUCK_SECONDS, sep="\n")


@dataclass
class _Watch:
    """What is known of one job, and who waits to know more."""

    now: Look
    listeners: int = 0
    task: asyncio.Task[None] | None = None
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def show(self, look: Look) -> None:
        self.now = look
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()

    async def after(self, seen: Look) -> Look:
        """The newest look once it is another than `seen`; a slow listener skips those between."""
        while self.now is seen:
            await self._changed.wait()
        return self.now


class _Told:
    """What one listener was told already."""

    def __init__(self, after: datetime):
        self._after = after
        self._report: JobReport | None = None
        self._calls: dict[int, datetime] = {}

    def news(self, look: Look) -> list[ServerSentEvent]:
        """The events for what has changed since."""
        changed = [call for call in look.calls if self._is_new(call)]
        self._calls |= {call.id: call.updated_at for call in changed}
        events = [_call_event(call) for call in sorted(changed, key=lambda call: (call.updated_at, call.id))]
        if self._report is None or _steady(self._report) != _steady(look.report):
            self._report = look.report
            events.append(_event("job", look.report.model_dump_json()))
        return events

    def _is_new(self, call: Call) -> bool:
        return call.updated_at > self._after and self._calls.get(call.id) != call.updated_at


def _steady(report: JobReport) -> JobReport:
    """The report without what moves by itself: the guess of when an ad that is late will be done."""
    still = report.progress.model_copy(update={"estimated_completion_time": None})
    return report.model_copy(update={"progress": still})


def _call_event(call: Call) -> ServerSentEvent:
    lost = call.reserved if call.state == State.UNKNOWN else Decimal(0)
    told = CallEvent(
        call=call.id,
        stage=call.stage,
        scene=call.scene,
        state=call.state,
        cost=call.cost,
        unknown=call.doubted + lost,
        attempts=call.attempts,
        reused=call.reused_from is not None,
        saved=call.saved,
        error=(call.error or {}).get("message") if call.state in (State.FAILED, State.UNKNOWN) else None,
        updated_at=call.updated_at,
    )
    return _event("call", told.model_dump_json(), _as_id(call.updated_at))


def _event(name: str, data: str, its_id: str | None = None) -> ServerSentEvent:
    return ServerSentEvent(data, event=name, id=its_id, sep="\n")


def _as_id(moment: datetime) -> str:
    """The moment in whole microseconds since 1970."""
    return str((moment - _EPOCH) // timedelta(microseconds=1))


def _moment(last_event_id: str | None) -> datetime:
    """The moment from which on changes are told to one who heard `last_event_id`; all of them where it is not ours."""
    given = last_event_id or ""
    known = given.isascii() and given.isdigit() and len(given) <= 17
    return _EPOCH + timedelta(microseconds=int(given)) - _OVERLAP if known else _EPOCH


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
