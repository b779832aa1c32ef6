"""Who is told what became of a job: written with the end itself, delivered by one sender at a time, never lost."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.errors import LedgerError, NotInLedger
from adgen_pipeline.ledger import Delivery, Ledger, outbox
from adgen_pipeline.ledger.database import now
from adgen_pipeline.ledger.opening import open_ledger
from adgen_pipeline.ledger.schema import deliveries
from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks.posting import ATTEMPT_SECONDS
from adgen_pipeline_tests.ledger.calls import buy, race

URL = "https://example.com/hooks?token=secret"
BRIEF = {"prompt": "Create an ad for a luxury watch", "callback_url": URL}
ERROR = {"code": "TIMEOUT", "message": "it took too long", "failed_stage": "composition", "details": {}}


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    """A ledger whose job `ad` has a callback_url."""
    ledger.begin_job("ad", Decimal(10), BRIEF)
    return ledger


def _lapse(ledger: Ledger) -> None:
    """All leases run out."""
    with ledger._database.write() as connection:
        past = {"lease_until": now(connection) - timedelta(seconds=1)}
        connection.execute(sa.update(deliveries).where(deliveries.c.lease_until.is_not(None)).values(past))


def _end_and_take(ledger: Ledger, number: int) -> list[str]:
    ledger.end_job("ad", "completed", "run 1")
    return [delivery.id for delivery in ledger.outbox.take(100)]


def test_an_end_is_told_once_however_often_it_is_noticed(told: Ledger) -> None:
    """By the run's own process and by a sensor; the first record stays as it is."""
    assert told.end_job("ad", "failed", "run 1", ERROR)
    first = told.job("ad")
    assert not told.end_job("ad", "failed", "run 1", {**ERROR, "message": "something else"})
    assert told.job("ad") == first and first.outcome == "failed" and first.error == ERROR and first.ended_at
    (delivery,) = told.outbox.newest()
    assert (delivery.type, delivery.url, delivery.error) == ("job.failed", URL, ERROR)
    assert (delivery.receiver, delivery.state, delivery.outcome) == ("https://example.com", "waiting", "failed")


def test_a_job_that_goes_on_and_ends_again_tells_again(told: Ledger) -> None:
    """Under another id; a late word of the first end, while it goes on, changes nothing."""
    told.end_job("ad", "failed", "run 1", ERROR)
    told.begin_job("ad", Decimal(10), BRIEF)
    assert told.job("ad").outcome is None
    assert not told.end_job("ad", "failed", "run 1", ERROR) and told.job("ad").outcome is None
    assert told.end_job("ad", "completed", "run 2")
    assert {delivery.type for delivery in told.outbox.newest()} == {"job.failed", "job.completed"}
    assert len({delivery.id for delivery in told.outbox.newest()}) == 2


def test_a_job_does_not_go_on_by_the_run_that_ended_it(told: Ledger) -> None:
    """A worker that was frozen before it began, and wakes when another has made its step and the run is over."""
    told.begin_job("ad", Decimal(10), BRIEF, run="run 1")
    assert told.end_job("ad", "completed", "run 1")
    ended = told.job("ad")
    assert told.begin_job("ad", Decimal(10), BRIEF, run="run 1") == told.job("ad") == ended
    assert told.begin_job("ad", Decimal(10), BRIEF, run="run 2").outcome is None
    assert told.end_job("ad", "failed", "run 2", ERROR)


def test_a_finished_ad_stays_finished(told: Ledger) -> None:
    """A later run that makes a part of it and fails takes nothing away."""
    told.end_job("ad", "completed", "run 1")
    assert not told.end_job("ad", "failed", "run 2", ERROR)
    assert told.job("ad").outcome == "completed" and len(told.outbox.newest()) == 1


def test_a_job_that_never_began_is_written_down_with_its_end(ledger: Ledger) -> None:
    """Cancelled in the queue: its receiver hears of it; what was never written down is no ad."""
    assert not ledger.end_job("queued", "cancelled", "run 1")
    ledger.enlist_job("queued", Decimal(3), BRIEF)
    assert ledger.end_job("queued", "cancelled", "run 1")
    job = ledger.job("queued")
    assert (job.outcome, job.max_cost, job.brief) == ("cancelled", 3, BRIEF)
    assert [delivery.url for delivery in ledger.outbox.newest()] == [URL]
    assert ledger.begin_job("queued", Decimal(3), source="ad").source == "ad"


def test_both_receivers_hear_and_nobody_twice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The brief's callback_url and WEBHOOK_URL; where they are the same, once. Without either nothing is kept."""
    monkeypatch.setenv("WEBHOOK_URL", "https://all.example.com/")
    with open_ledger(Settings.read()) as ledger:
        for job, url in (("a", URL), ("b", "https://all.example.com/"), ("c", None)):
            ledger.begin_job(job, Decimal(1), {"prompt": "a watch", "callback_url": url})
            ledger.end_job(job, "completed", "run")
        urls = {job: {delivery.url for delivery in ledger.outbox.newest(job_id=job)} for job in "abc"}
    everybody = {"https://all.example.com/"}
    assert urls == {"a": everybody | {URL}, "b": everybody, "c": everybody}


def test_an_end_that_cannot_be_written_tells_nobody(told: Ledger) -> None:
    """Outcome and deliveries hold together or not at all."""
    with told._database.write() as connection:
        connection.execute(sa.text("DROP TABLE ledger_deliveries"))
    with pytest.raises(LedgerError):
        told.end_job("ad", "completed", "run 1")
    assert told.job("ad").outcome is None


def test_passing_the_warning_is_told_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the same transaction as the ledger's own note of it."""
    monkeypatch.setenv("COST_WARNING", "0.20")
    with open_ledger(Settings.read()) as ledger:
        ledger.begin_job("ad", Decimal(10), BRIEF)
        assert not ledger.warn_once("ad") and not ledger.outbox.newest()
        buy(ledger, cost="0.25")
        assert ledger.warn_once("ad") and not ledger.warn_once("ad")
        (delivery,) = ledger.outbox.newest()
    assert (delivery.type, delivery.outcome) == ("job.cost_warning", None)


def test_eight_senders_take_each_delivery_once(settings: Settings) -> None:
    """They also all record the same end; one of them gets the news of it."""
    with open_ledger(settings) as ledger:
        ledger.begin_job("ad", Decimal(1), BRIEF)
    taken = race(settings, _end_and_take)
    assert sorted(map(len, taken)) == [0] * 7 + [1]


def test_a_sender_whose_finds_another_takes_looks_again(ledger: Ledger) -> None:
    """It comes back with others that are due, not with nothing."""
    for number in range(4):
        _finished(ledger, f"ad-{number}", f"https://example.com/{number}")
    first: list[Delivery] = []
    looks: list[bool] = []

    def another(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        looks.append("row_number()" in statement)
        if looks.count(True) == 1 and looks[-1]:
            first.extend(ledger.outbox.take(2))

    sa.event.listen(ledger._database.engine, "after_cursor_execute", another)
    second = ledger.outbox.take(2)
    assert len(first) == len(second) == 2 and len({delivery.id for delivery in first + second}) == 4


def test_what_a_killed_sender_had_taken_is_taken_again(told: Ledger) -> None:
    """Under the same id, after its lease; what the first sender would say of it then is not heard."""
    told.end_job("ad", "completed", "run 1")
    (first,) = told.outbox.take(10)
    assert told.outbox.take(10) == []
    _lapse(told)
    (second,) = told.outbox.take(10)
    assert second.id == first.id and second.attempts == 0
    told.outbox.failed(first, "too late to say", None)
    assert told.outbox.find(first.id).state == "waiting"
    told.outbox.delivered(second)
    _lapse(told)
    assert told.outbox.take(10) == [] and told.outbox.find(first.id).state == "delivered"


def test_what_failed_waits_and_what_was_given_up_can_be_sent_anew(told: Ledger) -> None:
    """The error stays to be seen."""
    told.end_job("ad", "completed", "run 1")
    told.outbox.failed(_one(told), "it answered HTTP 500", 3600)
    assert told.outbox.take(10) == []
    waiting = told.outbox.newest()[0]
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("waiting", 1, "it answered HTTP 500")
    told.outbox.resend(waiting.id[:12])
    told.outbox.failed(_one(told), "it answered HTTP 410", None)
    assert told.outbox.newest()[0].state == "given up"
    assert told.outbox.resend(waiting.id).attempts == 0 and _one(told).id == waiting.id
    with pytest.raises(NotInLedger, match="no delivery begins with 'msg_x'"):
        told.outbox.find("msg_x")


def test_a_receiver_with_many_leaves_room_for_others(ledger: Ledger) -> None:
    """At most so many of one receiver at a time, and none of those who are busy."""
    for number in range(6):
        _finished(ledger, f"many-{number}", f"https://slow.example.com/{number}")
    _finished(ledger, "one", "https://quick.example.com/")
    receivers = [delivery.receiver for delivery in ledger.outbox.take(4, each=2)]
    assert sorted(receivers) == ["https://quick.example.com", *["https://slow.example.com"] * 2]
    assert ledger.outbox.take(4, passing=["https://slow.example.com"]) == []
    assert len(ledger.outbox.take(100, each=100)) == 4


def _one(ledger: Ledger) -> Delivery:
    (delivery,) = ledger.outbox.take(10)
    return delivery


def _finished(ledger: Ledger, job_id: str, url: str, **brief: Any) -> None:
    ledger.begin_job(job_id, Decimal(1), {"prompt": "a watch", "callback_url": url} | brief)
    ledger.end_job(job_id, "completed", "run")


def test_a_lease_outlasts_an_attempt() -> None:
    """Ten seconds for the receiver, and some for its name to be resolved."""
    assert outbox.LEASE_SECONDS > 3 * ATTEMPT_SECONDS
