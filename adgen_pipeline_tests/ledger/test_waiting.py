"""A server that cuts a transaction off: what did not hold is done anew, what held is not done twice."""

import os
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.clients.base import Limits
from adgen_pipeline.errors import LedgerError, ServiceUnavailable
from adgen_pipeline.ledger import Ledger, State, open_ledger, opening
from adgen_pipeline.ledger.claiming import lock_job, lock_request
from adgen_pipeline.ledger.database import InDoubt
from adgen_pipeline.ledger.schema import jobs
from adgen_pipeline.purchases.attempts import Attempts
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.away import SilentNetwork, let_in, lose_the_answer
from adgen_pipeline_tests.ledger.calls import CEILING, wanted
from adgen_pipeline_tests.postgres import new_database

WAITING = sa.text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)
END = sa.text("SELECT pg_terminate_backend(:pid)")
NO_ANSWER = ServiceUnavailable("no answer", service="video_gen", stage="video_generation", outcome="lost")


@pytest.fixture
def book(postgres: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """As a run opens it."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    with open_ledger(Settings.read(), patience=20.0) as ledger:
        ledger.begin_job("ad", Decimal(10))
        yield ledger


def _cut(ledger: Ledger, moment: str) -> list[int]:
    """End the server's side of the next connection that comes to `moment`, from another one; how often it was done."""
    engine, done = ledger._database.engine, []

    @sa.event.listens_for(engine, moment)
    def _(connection: Any, *_: Any) -> None:
        if not done and getattr(connection, "dialect", None):
            done.append(connection.connection.dbapi_connection.info.backend_pid)
            with sa.create_engine(engine.url, poolclass=sa.NullPool).connect() as other:
                other.execute(END, {"pid": done[0]})

    return done


@pytest.mark.parametrize("moment", ["before_cursor_execute", "commit"])
def test_a_claim_that_was_cut_off_is_made_once(book: Ledger, moment: str) -> None:
    """In its middle, or where it was about to hold: one call, one reservation."""
    done = _cut(book, moment)
    claim = book.claim(wanted(), "me")
    assert len(done) == 1
    assert [call.id for call in book.calls("ad")] == [claim.call.id]
    assert book.totals("ad").reserved == claim.call.reserved


@pytest.mark.parametrize(("patience", "away"), [(20.0, 0.0), (0.8, 1.2)])
def test_what_held_although_the_answer_was_lost_is_not_done_again(
    postgres: Any, home: Any, monkeypatch: pytest.MonkeyPatch, patience: float, away: float
) -> None:
    """The server commits, and goes before it says so: it is asked whether it did, also if that is later than anybody
    would wait to begin something. A failed attempt is booked once, with its price, and one more reserved."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    with open_ledger(Settings.read(), patience=patience) as ledger:
        ledger.begin_job("ad", Decimal(10))
        lost = lose_the_answer(ledger, monkeypatch, away)
        call = ledger.claim(wanted(), "me").call
        assert lost and [each.id for each in ledger.calls("ad")] == [call.id]
        lost = lose_the_answer(ledger, monkeypatch, away)
        call = ledger.retry(call.id, "me", cost=Decimal("0.3"), told=True)
        assert lost and call == ledger.call(call.id)
        assert (call.cost, call.reserved, call.doubted, call.attempts) == (Decimal("0.3"), CEILING, 0, 2)


def test_a_server_that_never_heard_of_it_did_not_keep_it(book: Ledger) -> None:
    """One that took over from another, which went with its last transactions."""
    assert book._database._status_of("9999999999") is False


def test_a_door_does_not_wait(postgres: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks without patience, as the API does, is told at once."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    with open_ledger(Settings.read()) as ledger:
        _cut(ledger, "before_cursor_execute")
        with pytest.raises(LedgerError, match="cannot be reached any more"):
            ledger.jobs()


def test_a_door_does_not_guess(postgres: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without patience, what may hold is said to be in doubt, and nobody does it again."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    with open_ledger(Settings.read()) as ledger:
        ledger.begin_job("ad", Decimal(10))
        call = ledger.claim(wanted(), "me").call
        books = Attempts(ledger, call, Limits(timeout=1, deadline=1, idempotent=False, max_call_cost=CEILING))
        lose_the_answer(ledger, monkeypatch, away=None)
        with pytest.raises(InDoubt, match="may have kept it; look before it is done again"):
            books.refused(Decimal("0.3"), NO_ANSWER)
        let_in(ledger)
        call = ledger.call(call.id)
        assert (call.cost, call.state) == (Decimal("0.3"), State.UNKNOWN)


def test_of_two_that_wait_for_each_other_one_goes_second(
    postgres: Any, home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server breaks one of them off to let the other go on; that one does it anew, also at a door."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    with ThreadPoolExecutor() as threads, open_ledger(Settings.read()) as book, open_ledger(Settings.read()) as other:
        book.begin_job("ad", Decimal(10))
        asks, may_ask = threading.Event(), threading.Event()

        @sa.event.listens_for(book._database.engine, "before_cursor_execute")
        def _(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if "pg_advisory_xact_lock" in statement:
                asks.set()
                may_ask.wait(60)

        with other._database.write() as connection:
            connection.execute(sa.text("SET LOCAL deadlock_timeout = '60s'"))  # the other one is broken off
            lock_request(connection, wanted().request_hash)
            claimed = threads.submit(book.claim, wanted(), "me")
            assert asks.wait(60)
            locked = threads.submit(lock_job, connection, "ad")
            while not _waiting(book):
                threading.Event().wait(0.01)
            may_ask.set()
            locked.result(timeout=60)
        assert claimed.result(timeout=60).next == "send"
        assert [call.attempts for call in book.calls()] == [1]


def _waiting(ledger: Ledger) -> int:
    """How many wait for a lock."""
    with ledger._database.read() as connection:
        return int(connection.scalar(WAITING) or 0)


def test_who_stands_still_in_a_transaction_loses_it(postgres: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is frozen, or gone with its machine, while it holds a job: others wait a moment for it, no longer,
    and nothing of what it was about to write holds."""
    monkeypatch.setattr("adgen_pipeline.ledger.database.STILL_SECONDS", 0.3)
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    with ThreadPoolExecutor() as threads, open_ledger(Settings.read()) as frozen, open_ledger(Settings.read()) as other:
        frozen.begin_job("ad", Decimal(10))
        with pytest.raises(LedgerError, match="cannot be reached any more"), frozen._database.write() as connection:
            connection.execute(sa.update(jobs).values(max_cost=Decimal(1)))
            call = threads.submit(other.claim, wanted(), "me").result(timeout=60).call
        assert [each.id for each in frozen.calls()] == [call.id] and frozen.job("ad").max_cost == 10


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a test silence a connection")
def test_a_network_that_goes_silent_is_left(book: Ledger, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a failover, where nobody says that the server is gone: the connection ends, and the next one is taken."""
    with ThreadPoolExecutor() as threads, closing(SilentNetwork(book._database.engine.url)) as network:
        monkeypatch.setenv("DATABASE_URL", network.url.render_as_string(hide_password=False))
        watched = {"tcp_user_timeout": 20_000, "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
        assert _watch_of(Settings.read()) == watched
        monkeypatch.setitem(opening._WATCH, "tcp_user_timeout", "500")
        with open_ledger(Settings.read(), patience=20.0) as ledger:
            call = ledger.claim(wanted(), "me").call
            network.cut()
            assert threads.submit(ledger.retry, call.id, "me", cost=Decimal("0.3")).result(timeout=60).attempts == 2
        assert book.call(call.id).cost == Decimal("0.3")


def _watch_of(settings: Settings) -> dict[str, int]:
    """What the system was told of a connection."""
    with open_ledger(settings) as ledger, ledger._database.read() as connection:
        opened = socket.socket(fileno=os.dup(connection.connection.dbapi_connection.fileno()))
    with opened:
        names = {
            "tcp_user_timeout": socket.TCP_USER_TIMEOUT,
            "keepalives_idle": socket.TCP_KEEPIDLE,
            "keepalives_interval": socket.TCP_KEEPINTVL,
            "keepalives_count": socket.TCP_KEEPCNT,
        }
        return {name: opened.getsockopt(socket.IPPROTO_TCP, option) for name, option in names.items()}
