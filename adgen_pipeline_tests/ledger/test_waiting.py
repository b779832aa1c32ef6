"""A server that cuts a transaction off: what did not hold is done anew, what held is not done twice."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.errors import LedgerError
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.calls import wanted
from adgen_pipeline_tests.postgres import new_database

END = sa.text("SELECT pg_terminate_backend(:pid)")


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


def test_what_held_although_the_answer_was_lost_is_not_done_again(book: Ledger, monkeypatch: Any) -> None:
    """The server commits, and goes before it says so: it is asked whether it did."""
    dialect, commit = book._database.engine.dialect, book._database.engine.dialect.do_commit
    lost: list[int] = []

    def commits_and_is_gone(connection: Any) -> None:
        commit(connection)
        if not lost:
            lost.append(1)
            connection.dbapi_connection.close()
            commit(connection)

    monkeypatch.setattr(dialect, "do_commit", commits_and_is_gone)
    call = book.claim(wanted(), "me").call
    assert [each.id for each in book.calls("ad")] == [call.id] and book.totals("ad").reserved == call.reserved
    assert lost


def test_a_door_does_not_wait(postgres: Any, home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks without patience, as the API does, is told at once."""
    monkeypatch.setenv("DATABASE_URL", new_database(postgres))
    with open_ledger(Settings.read()) as ledger:
        _cut(ledger, "before_cursor_execute")
        with pytest.raises(LedgerError, match="cannot be reached any more"):
            ledger.jobs()
