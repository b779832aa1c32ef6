"""Many processes, one budget, one call: real processes on a real database."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from adgen_pipeline.errors import BudgetExceeded
from adgen_pipeline.ledger import RUN_PATIENCE, Ledger, State, open_ledger
from adgen_pipeline.ledger.schema import calls
from adgen_pipeline.processes import this_process
from adgen_pipeline.purchases.leases import RENEW_SECONDS
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.calls import CEILING, CLIP, race, wanted


def _spend(ledger: Ledger, number: int) -> tuple[int, int]:
    """Claim and settle until the budget says no; how many were claimed, and how many refused."""
    won = 0
    for turn in range(10):
        try:
            call = ledger.claim(wanted(f"{number}-{turn}"), f"process {number}").call
        except BudgetExceeded:
            return won, 1
        won += 1
        if turn % 2:
            ledger.answered(call.id, call.owner, CEILING, {})
            ledger.settle(call.id, call.owner, {})
    return won, 0


def _want_one(ledger: Ledger, number: int) -> str:
    return ledger.claim(wanted(), f"process {number}").next


def _claim_and_hang(settings: Settings, told: Any) -> None:
    with open_ledger(settings) as ledger:
        told.send(ledger.claim(wanted(), "killed", lease=3).call.lease_until)
        signal.pause()


def test_eight_processes_never_pass_one_budget(ledger: Ledger, settings: Settings) -> None:
    """$10.00 are room for sixteen calls of at most $0.60, whoever makes them."""
    found = race(settings, _spend)
    assert sum(won for won, _ in found) == 16
    assert sum(refused for _, refused in found) >= 6
    totals = ledger.totals("ad")
    assert totals.spent + totals.reserved == 16 * CEILING <= totals.max_cost
    assert totals.spent > 0


def test_eight_processes_want_one_call_and_one_gets_it(ledger: Ledger, settings: Settings) -> None:
    """One sends it, seven wait, and it is reserved once."""
    assert sorted(race(settings, _want_one)) == ["send"] + ["wait"] * 7
    assert ledger.totals("ad").reserved == CEILING


def test_eight_processes_take_over_one_dead_claim_and_one_gets_it(ledger: Ledger, settings: Settings) -> None:
    """The same holds for a claim whose owner is gone."""
    ledger.claim(wanted(), "dead", lease=0)
    assert sorted(race(settings, _want_one)) == ["send"] + ["wait"] * 7
    assert (ledger.totals("ad").reserved, ledger.calls()[0].attempts) == (CEILING, 2)


def test_an_answer_that_comes_during_a_takeover_is_not_overlooked(ledger: Ledger) -> None:
    """Who takes over waits for the transaction that brings the answer, and goes on from it."""
    call = ledger.claim(wanted(), "slow", lease=0).call
    with ThreadPoolExecutor(1) as pool:
        with ledger._database.write() as connection:
            answer = sa.update(calls).where(calls.c.id == call.id).values(response={"video_url": "x"}, reserved=0)
            connection.execute(answer)
            heir = pool.submit(ledger.claim, wanted(), "heir")
            time.sleep(0.5)  # enough for a claim that would not wait to decide wrongly
        claim = heir.result()
    assert (claim.next, claim.call.owner, claim.call.response) == ("fetch", "heir", {"video_url": "x"})


@pytest.mark.parametrize("look", [1, 2, 3])
def test_an_equal_call_that_settles_during_a_claim_is_not_bought_again(ledger: Ledger, look: int) -> None:
    """Whichever of the claim's looks for an equal one it settles after: Postgres shows the next look a later state."""
    ledger.begin_job("other", Decimal(10))
    call = ledger.claim(wanted("theirs", job_id="other", request_hash="equal"), "me").call
    ledger.answered(call.id, "me", Decimal("0.25"), {"video_url": "x"})
    looks: list[str] = []

    def settle_in_between(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT") and "calls.request_hash = " in statement:
            looks.append(statement)
            if len(looks) == look:
                with suppress(TimeoutError):  # on SQLite it waits for the claim's transaction
                    pool.submit(ledger.settle, call.id, "me", {"video_url": CLIP}).result(0.2)

    sa.event.listen(ledger._database.engine, "after_cursor_execute", settle_in_between)
    with ThreadPoolExecutor(1) as pool:
        claims = [ledger.claim(wanted("mine", request_hash="equal"), "you")]
    claims.append(ledger.claim(wanted("mine", request_hash="equal"), "you"))
    assert len(looks) >= look and {claim.next for claim in claims} <= {"wait", "read"}
    assert (claims[-1].next, claims[-1].call.reused_from) == ("read", call.id)


def test_a_takeover_is_not_abandoned_with_the_owner_before(ledger: Ledger) -> None:
    """Who looks for dead owners while one is replaced leaves the new owner's claim alone."""
    call = ledger.claim(wanted(), f"run@{this_process()}0").call
    with ThreadPoolExecutor(1) as pool:
        with ledger._database.write() as connection:
            connection.execute(sa.update(calls).where(calls.c.id == call.id).values(owner="heir"))
            abandoning = pool.submit(ledger.abandon)
            time.sleep(0.5)  # enough to have read who owned it before
        assert abandoning.result() == 0
    assert ledger.call(call.id).state == State.CLAIMED


def test_a_server_that_was_away_lets_nobody_take_over_what_is_under_way(ledger: Ledger) -> None:
    """The owner renewed a turn before it went, and needs ten seconds to find it back; who waited for it is first."""
    call = ledger.claim(wanted(), "owner").call
    away = timedelta(seconds=RENEW_SECONDS + RUN_PATIENCE + 10)
    with ledger._database.write() as connection:
        connection.execute(sa.update(calls).values(lease_until=(call.lease_until or call.updated_at) - away))
    assert ledger.claim(wanted(), "waited").held_by == "owner"


def test_a_killed_owners_claim_is_taken_over_after_its_lease(ledger: Ledger, settings: Settings) -> None:
    """SIGKILL leaves the claim; others wait for the lease, then ask under the same key, reserved once."""
    context = multiprocessing.get_context("forkserver")
    told, tell = context.Pipe(duplex=False)
    plain = Settings(adgen_home=settings.home, database_url=settings.database_url)
    owner = context.Process(target=_claim_and_hang, args=(plain, tell))
    owner.start()
    lease_until = told.recv()
    os.kill(owner.pid or 0, signal.SIGKILL)
    owner.join()
    owner.close()
    waited = 0
    while (claim := ledger.claim(wanted(), "heir")).next == "wait":
        assert claim.held_by == "killed"
        waited += 1
        time.sleep(0.1)
    assert (claim.next, claim.call.owner, claim.call.idempotency_key) == ("send", "heir", "clip")
    assert waited
    assert claim.call.updated_at >= lease_until
    assert ledger.totals("ad").reserved == CEILING
    assert ledger.totals("ad").left == Decimal(10) - CEILING
