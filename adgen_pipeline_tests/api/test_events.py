"""A job's events over real HTTP, from a real ledger: complete, resumable, shared between listeners, ending."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI, Header
from sse_starlette import EventSourceResponse

from adgen_pipeline.api import events
from adgen_pipeline.api.errors import answer_errors
from adgen_pipeline.api.events import Look, Watches, stream
from adgen_pipeline.errors import LedgerError
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.ledger.database import now
from adgen_pipeline.ledger.opening import open_database
from adgen_pipeline.ledger.schema import calls
from adgen_pipeline.reports import RunState, report_of
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.api.sse import heard, listening, until
from adgen_pipeline_tests.lab import serving
from adgen_pipeline_tests.ledger.calls import LOST, buy, wanted


@dataclass
class Show:
    """A job `ad`, how its run stands, and a server that tells its events."""

    ledger: Ledger
    url: str = ""
    watches: Watches = field(init=False)
    status: str = "processing"
    away: Exception | None = None
    looks: int = 0
    began: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __post_init__(self) -> None:
        self.watches = Watches(self.look, every=0.02, most=3)

    def look(self, job_id: str) -> Look:
        self.looks += 1
        if self.away:
            raise self.away
        state = RunState(run_id="ad", status=self.status, created_at=self.began, updated_at=self.began)
        report = report_of(self.ledger, job_id, state if job_id == "ad" else None, lambda file, called="": file.sha256)
        return Look(report, tuple(self.ledger.calls(job_id)))

    def app(self) -> FastAPI:
        app = FastAPI()
        answer_errors(app)

        @app.get("/jobs/{job_id}/events")
        async def told(job_id: str, last_event_id: Annotated[str | None, Header()] = None) -> EventSourceResponse:
            return await stream(self.watches, job_id, last_event_id)

        return app


@pytest.fixture
def show() -> Iterator[Show]:
    with open_ledger(Settings.read()) as ledger:
        ledger.begin_job("ad", Decimal(5), {"prompt": "Create a watch ad"})
        show = Show(ledger)
        with serving(show.app()) as url:
            show.url = f"{url}/jobs/ad/events"
            yield show


def wait(condition: Callable[[], bool]) -> None:
    """Until the server has noticed."""
    for _ in range(500):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("it did not happen within 10 s")


def test_every_change_is_told_and_the_end(show: Show) -> None:
    """What is there at once, each call as it changes, the whole job with it, and at last that it has ended."""
    buy(show.ledger, "first")
    with listening(show.url) as told:
        call, job = until(told, "job")
        assert (call.data["state"], call.data["cost"], call.data["attempts"]) == ("settled", 0.25, 1)
        assert (job.data["job_id"], job.data["status"], job.data["cost"]["total"]) == ("ad", "processing", 0.25)
        claim = show.ledger.claim(wanted("second", scene="scene_02"), "me").call
        assert until(told, "job")[0].data | {"call": claim.id, "state": "claimed", "scene": "scene_02"}
        show.ledger.doubt(claim.id, "me", Decimal("0.10"), LOST)
        lost, job = until(told, "job")
        assert (lost.data["state"], lost.data["cost"], lost.data["unknown"]) == ("unknown", 0.1, 0.6)
        assert lost.data["error"] == "the answer was lost"
        assert (job.data["cost"]["total"], job.data["cost"]["unknown"]) == (0.35, 0.6)
        show.status = "completed"
        assert [event.name for event in told if event.name != ":"] == ["job", "end"]


def test_who_comes_back_hears_what_was_missed(show: Show) -> None:
    """From `Last-Event-ID` on (what was heard last may be told again), also at a server that was started since; and
    all of it under an id that is not ours."""
    early, heard_last, late = bought = [buy(show.ledger, key).id for key in ("early", "heard last", "late")]
    _age(early, seconds=120)
    _age(heard_last, seconds=60)
    with listening(show.url) as told:
        _, last = next(told), next(told)
    assert last.data["call"] == heard_last and last.id
    show.watches = Watches(show.look, every=0.02)
    show.status = "completed"
    missed = heard(show.url, **{"Last-Event-ID": last.id})
    assert [event.data["call"] for event in missed if event.name == "call"] == [heard_last, late]
    assert [event.name for event in missed] == ["call", "call", "job", "end"]
    everything = heard(show.url, **{"Last-Event-ID": "none of ours"})
    assert [event.data["call"] for event in everything if event.name == "call"] == bought


def test_a_change_that_was_slow_to_commit_is_not_lost(show: Show) -> None:
    """On Postgres an earlier moment may show up later: the last seconds before the id are told again."""
    newest, slow = (buy(show.ledger, key).id for key in ("newest", "slow"))
    _age(slow, seconds=2)
    with listening(show.url) as told:
        seen = {event.data["call"]: event.id for event in until(told, "job") if event.name == "call"}
    show.status = "completed"
    again = heard(show.url, **{"Last-Event-ID": str(seen[newest])})
    assert slow in [event.data["call"] for event in again if event.name == "call"]


def test_listeners_share_one_look_and_leave_nothing_behind(show: Show) -> None:
    """However many listen to a job, it is looked at once each time; when they are gone, it is not looked at."""
    with listening(show.url) as one, listening(show.url) as other:
        next(one), next(other)
        assert show.watches.listeners == 2
        looks = show.looks
        buy(show.ledger)
        assert until(one, "job")[-1].data == until(other, "job")[-1].data
        assert len(show.watches._watches) == 1 and show.looks > looks
    wait(lambda: show.watches.listeners == 0)
    assert not show.watches._watches
    looks = show.looks
    threading.Event().wait(0.2)
    assert show.looks == looks


def test_what_cannot_be_listened_to_is_told_before_the_events(show: Show) -> None:
    """An unknown job is 404, and one listener too many 503, with when to come back."""
    unknown = httpx.get(show.url.replace("/ad/", "/nobody/"))
    assert unknown.status_code == 404 and "nobody" in unknown.json()["error"]["message"]
    with listening(show.url) as one, listening(show.url) as two, listening(show.url) as three:
        next(one), next(two), next(three)
        refused = httpx.get(show.url)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
    wait(lambda: show.watches.listeners == 0)
    show.status = "completed"
    assert heard(show.url)[-1].name == "end"


@pytest.mark.parametrize("error", [LedgerError("the ledger is away"), ValueError("nobody foresaw this")])
def test_a_ledger_that_is_away_for_a_while_ends_no_connection(
    show: Show, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """Listeners wait with it, their connections kept open by heartbeats, and hear what has changed meanwhile."""
    monkeypatch.setattr(events, "HEARTBEAT_SECONDS", 0.05)
    with listening(show.url) as told:
        until(told, "job")
        show.away = error
        looks = show.looks
        wait(lambda: show.looks > looks + 2)
        until(told, ":")
        buy(show.ledger)
        show.away = None
        assert until(told, "job")[-1].data["cost"]["total"] == 0.25


def _age(call: int, seconds: int) -> None:
    """As if the call had changed so long ago."""
    database = open_database(Settings.read())
    with database.write() as connection:
        then = now(connection) - timedelta(seconds=seconds)
        connection.execute(sa.update(calls).where(calls.c.id == call).values(updated_at=then))
    database.engine.dispose()
