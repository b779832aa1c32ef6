"""Deliveries through all that can happen to them: signed, at least once, under one id, none holding up another."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.ledger import Delivery, Ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import Attempted, Courier, deliver_once
from adgen_pipeline.webhooks.schedule import PAUSES
from adgen_pipeline_tests.downloads.wire import PUBLIC, http, wire
from adgen_pipeline_tests.ledger.calls import buy
from adgen_pipeline_tests.webhooks.conftest import end, hurry
from adgen_pipeline_tests.webhooks.receiver import Answer, Receiver, receiving

LONG = 60.0
ERROR = {"code": "TIMEOUT", "message": "it took too long", "failed_stage": "composition", "details": {}}


def deliver(settings: Settings) -> list[Attempted]:
    """What a daemon's look does, until nothing is under way."""
    with Courier(settings) as courier:
        return courier.deliver(LONG)


def waiting_seconds(delivery: Delivery) -> float:
    """From the news to the next attempt, which is what was asked for and the moments that passed before."""
    assert delivery.due_at
    return (delivery.due_at - delivery.created_at).total_seconds()


def test_the_news_is_the_jobs_report_signed(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """Type, time and report, verified by the specification's own library; then nothing waits any more."""
    delivery_id = end(ledger, "ad", f"{receiver.url}/hooks?token=abc", "failed", ERROR)
    buy(ledger)
    (attempted,) = deliver(settings)
    (message,) = receiver.messages
    assert attempted.problem is None and message.path == "/hooks?token=abc" and message.id == delivery_id
    told = message.body
    assert told["type"] == "job.failed" and told["timestamp"] == ledger.outbox.find(delivery_id).created_at.isoformat()
    assert (told["data"]["job_id"], told["data"]["status"], told["data"]["error"]) == ("ad", "failed", ERROR)
    assert told["data"]["cost"]["video_generation"] == 0.25
    assert ledger.outbox.find(delivery_id).state == "delivered" and deliver(settings) == []


def test_what_is_told_stays_true_when_the_ad_has_gone_on(
    settings: Settings, ledger: Ledger, receiver: Receiver
) -> None:
    """A failure that arrives late is told as the failure it was; the warning, of an ad at work."""
    end(ledger, "ad", receiver.url, "failed", ERROR)
    ledger.begin_job("ad", 10, None)  # type: ignore[arg-type]
    ledger.end_job("ad", "completed", "a later run")
    deliver(settings)
    told = {message.body["type"]: message.body["data"] for message in receiver.messages}
    assert told["job.failed"]["status"] == "failed" and told["job.failed"]["error"] == ERROR
    assert told["job.failed"]["failed_at"] and told["job.failed"]["completed_at"] is None
    assert told["job.completed"]["status"] == "completed" and told["job.completed"]["error"] is None


@pytest.mark.parametrize(("answer", "told"), [(500, "HTTP 500"), ("drop", "broke off"), (302, "redirects are not")])
def test_what_fails_is_sent_again_under_its_id(
    settings: Settings, ledger: Ledger, receiver: Receiver, answer: Answer, told: str
) -> None:
    """Also where the receiver had it already, and only its answer was lost: the id tells it so."""
    receiver.script = [answer, answer]
    end(ledger, "ad", receiver.url)
    for _ in range(2):
        assert told in str(deliver(settings)[0].problem)
        assert deliver(settings) == []  # not due
        hurry(ledger)
    deliver(settings)
    assert len(receiver.messages) == 3 and len({message.id for message in receiver.messages}) == 1
    done = ledger.outbox.newest()[0]
    assert (done.state, done.attempts, done.last_error) == ("delivered", 3, None)


def test_a_receiver_that_is_gone_is_not_asked_again(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """410 says so."""
    receiver.script = [410]
    end(ledger, "ad", receiver.url)
    deliver(settings)
    assert ledger.outbox.newest()[0].state == "given up" and ledger.outbox.newest()[0].last_error


def test_a_receiver_may_ask_for_more_time(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """Retry-After, where it is longer than the pause that would come."""
    receiver.script = [(429, {"Retry-After": "3600"}), (503, {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"})]
    end(ledger, "ad", receiver.url)
    deliver(settings)
    assert waiting_seconds(ledger.outbox.newest()[0]) >= 3600
    hurry(ledger)
    deliver(settings)
    assert 24 * 3600 <= waiting_seconds(ledger.outbox.newest()[0]) < 48 * 3600


def test_it_is_given_up_after_the_whole_schedule(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """The last error stays, and a person can have it sent again."""
    delivery_id = end(ledger, "ad", receiver.url)
    for attempts, state in ((len(PAUSES) - 1, "waiting"), (len(PAUSES), "given up")):
        receiver.script = [500]
        hurry(ledger, attempts=attempts)
        deliver(settings)
        assert ledger.outbox.find(delivery_id).state == state
    assert ledger.outbox.find(delivery_id).last_error == "it answered HTTP 500"
    ledger.outbox.resend(delivery_id)
    assert deliver_once("ad", settings) == [] and ledger.outbox.find(delivery_id).state == "delivered"


def test_a_receiver_that_never_answers_holds_up_nobody(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """Its own further news wait; others get theirs while it hangs."""
    with receiving(receiver.secret, *["hang"] * 10) as slow:
        for number in range(10):
            end(ledger, f"slow-{number}", slow.url)
        end(ledger, "quick", receiver.url)
        with Courier(settings) as courier:
            while not receiver.messages:
                courier.deliver(0.05)
            assert courier.under_way and len(slow.messages) <= 4
            slow.release.set()
            slow.script.clear()
            while courier.under_way:
                courier.deliver(0.05)


def test_what_a_killed_sender_was_sending_is_sent_again(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """SIGKILL between the receiver's having it and its answer: nothing is lost, and the id is the same."""
    receiver.script = ["hang"]
    delivery_id = end(ledger, "ad", receiver.url)
    tell = "from adgen_pipeline.settings import Settings; from adgen_pipeline.webhooks import Courier"
    sender = subprocess.Popen([sys.executable, "-c", f"{tell}; Courier(Settings.read()).deliver(60)"])
    assert receiver.arrived.wait(60)
    os.kill(sender.pid, signal.SIGKILL)
    sender.wait()
    assert deliver(settings) == []  # its lease runs
    hurry(ledger)
    deliver(settings)
    assert [message.id for message in receiver.messages] == [delivery_id] * 2


def test_two_senders_deliver_each_once(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """Two daemons on one ledger."""
    ids = {end(ledger, f"ad-{number}", f"{receiver.url}/{number}") for number in range(20)}
    start = threading.Barrier(2)

    def send() -> list[Attempted]:
        with Courier(settings) as courier:
            start.wait()
            return courier.deliver(LONG)

    with ThreadPoolExecutor() as pool:
        for sender in [pool.submit(send) for _ in range(2)]:
            sender.result()
    assert sorted(message.id for message in receiver.messages) == sorted(ids)


def test_what_ends_during_a_look_lets_others_begin(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """The look passes over a receiver that is busy; when it has answered before the look is over, another follows."""
    ids = {end(ledger, f"ad-{number}", f"{receiver.url}/{number}") for number in range(6)}
    with Courier(settings) as courier:

        def linger(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if "row_number()" in statement:
                while courier.under_way:
                    time.sleep(0.01)

        sa.event.listen(courier._ledger._database.engine, "after_cursor_execute", linger)
        courier.deliver(LONG)
    assert {message.id for message in receiver.messages} == ids


def test_a_name_that_leads_inside_is_not_called(ledger: Ledger, settings: Settings) -> None:
    """What a public name resolves to is checked where the connection is made, each time; a setting may allow it."""
    with wire() as world:
        world.names |= {"inside.example": [["10.0.0.7"]], "rebinding.example": [[PUBLIC], ["127.0.0.1"]]}
        world.paths |= {"/": http(status="204 No Content")}
        end(ledger, "in", "http://inside.example/")
        end(ledger, "re", "http://rebinding.example/")
        with Courier(settings, world.outside) as courier:
            told = {attempted.delivery.job_id: attempted for attempted in courier.deliver(LONG)}
        assert told["re"].problem is None and world.connected == [PUBLIC]
        private = "inside.example is at 10.0.0.7, a private address; if webhooks may go there, add inside.example to"
        assert f"{private} WEBHOOK_ALLOWED_HOSTS" in str(told["in"].problem) and told["in"].again_in


def test_no_secret_is_told_of(settings: Settings, ledger: Ledger, receiver: Receiver) -> None:
    """A receiver's URL may hold its token, in path or query; neither that nor our key is in errors or words."""
    receiver.script = [500]
    end(ledger, "ad", f"{receiver.url}/services/T0KEN?key=T0KEN")
    end(ledger, "gone", "http://127.0.0.1:1/T0KEN")
    told = [str(attempted) for attempted in deliver(settings)]
    told += [str(delivery.last_error) for delivery in ledger.outbox.newest()]
    assert len(told) == 4
    assert "T0KEN" not in json.dumps(told) and receiver.secret not in json.dumps(told)


@pytest.mark.parametrize("asked", ["\u00b2", "9" * 400, "Fri, 31 Dec 9999 23:59:59 -2359"])
def test_what_a_receiver_asks_for_cannot_stop_the_news(
    settings: Settings, ledger: Ledger, receiver: Receiver, asked: str
) -> None:
    """A Retry-After that is no number, or beyond all calendars: the attempt is noted, and the receiver is called
    again for the next news by the same courier."""
    receiver.script = [(503, {"Retry-After": asked})]
    first = end(ledger, "one", receiver.url)
    with Courier(settings) as courier:
        (attempted,) = courier.deliver(LONG)
        assert attempted.problem == "it answered HTTP 503" and courier.under_way == 0
        assert ledger.outbox.find(first).attempts == 1
        second = end(ledger, "two", receiver.url)
        courier.deliver(LONG)
        assert ledger.outbox.find(second).state == "delivered"
