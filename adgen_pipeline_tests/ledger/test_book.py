"""One call from claim to settlement, and everything that can come between."""

import random
from decimal import Decimal

import pytest
import sqlalchemy as sa

from adgen_pipeline.errors import BudgetExceeded, ClaimLost, ErrorCode, LedgerError
from adgen_pipeline.ledger import Ledger, State
from adgen_pipeline.ledger.schema import calls
from adgen_pipeline_tests.ledger.calls import CEILING, CLIP, GONE, LOST, buy, wanted

ANSWER = {"video_url": "http://v.example/1", "duration": 5.0}


def test_a_call_is_reserved_then_answered_then_settled(ledger: Ledger) -> None:
    """The worst case is held back before the call, the price counts from the answer on, the files come last."""
    claim = ledger.claim(wanted(), "me")
    assert (claim.next, claim.call.state, claim.call.reserved) == ("send", State.CLAIMED, CEILING)
    assert (ledger.totals("ad").reserved, ledger.totals("ad").spent) == (CEILING, 0)
    ledger.answered(claim.call.id, "me", Decimal("0.25"), ANSWER)
    assert (ledger.totals("ad").reserved, ledger.totals("ad").spent) == (0, Decimal("0.25"))
    settled = ledger.settle(claim.call.id, "me", {"video_url": CLIP})
    assert (settled.state, settled.cost, settled.response) == (State.SETTLED, Decimal("0.25"), ANSWER)
    assert ledger.call(settled.id).files == {"video_url": CLIP}


def test_a_settled_call_is_read_back_by_any_run(ledger: Ledger) -> None:
    """A retried run gets what was paid for, and nothing is reserved."""
    bought = buy(ledger)
    claim = ledger.claim(wanted(), "another run")
    assert (claim.next, claim.call) == ("read", bought)
    assert ledger.totals("ad").reserved == 0


def test_who_was_killed_after_the_answer_is_succeeded_from_the_answer(ledger: Ledger) -> None:
    """The committed answer is fetched again, not paid again."""
    call = ledger.claim(wanted(), "killed").call
    ledger.answered(call.id, "killed", Decimal("0.25"), ANSWER)
    ledger.renew(call.id, "killed", 0)
    claim = ledger.claim(wanted(), "heir")
    assert (claim.next, claim.call.response, claim.call.reserved) == ("fetch", ANSWER, 0)
    assert ledger.settle(call.id, "heir", {}).cost == Decimal("0.25")


def test_a_lost_answer_is_asked_for_again_under_its_key(ledger: Ledger) -> None:
    """Where keys are honoured: same key, same stored body, one reservation."""
    call = ledger.claim(wanted(), "me").call
    ledger.doubt(call.id, "me", Decimal(0), LOST)
    assert (ledger.totals("ad").unknown, ledger.totals("ad").reserved) == (CEILING, 0)
    claim = ledger.claim(wanted(body=b"{}"), "me", when_unknown="reattach")
    assert (claim.next, claim.call.body, claim.call.idempotency_key) == ("send", wanted().body, "clip")
    assert (ledger.totals("ad").reserved, ledger.totals("ad").unknown) == (CEILING, 0)


def test_asking_again_without_keys_reserves_a_second_time(ledger: Ledger) -> None:
    """The first charge stays in doubt, also after the second is settled, until a person resolves it."""
    call = ledger.claim(wanted(), "me").call
    ledger.doubt(call.id, "me", Decimal(0), LOST)
    ledger.claim(wanted(), "me", when_unknown="retry")
    assert (ledger.totals("ad").reserved, ledger.totals("ad").unknown) == (CEILING, CEILING)
    ledger.answered(call.id, "me", Decimal("0.25"), ANSWER)
    ledger.settle(call.id, "me", {})
    assert (ledger.totals("ad").reserved, ledger.totals("ad").unknown) == (0, CEILING)
    resolved = ledger.resolve(call.id, Decimal("0.30"))
    assert (resolved.state, resolved.cost, ledger.totals("ad").unknown) == (State.SETTLED, Decimal("0.55"), 0)


def test_a_held_call_waits_for_a_person(ledger: Ledger) -> None:
    """Nothing is sent until somebody said what the lost answer cost."""
    call = ledger.claim(wanted(), "me").call
    ledger.doubt(call.id, "me", Decimal(0), LOST)
    assert ledger.claim(wanted(), "me", when_unknown="hold").next == "hold"
    assert ledger.resolve(call.id, Decimal(0)).state == State.RELEASED
    assert ledger.claim(wanted(), "me", when_unknown="hold").next == "send"


def test_a_held_call_of_a_free_service_waits_no_longer_than_for_a_person(ledger: Ledger) -> None:
    """Nothing is reserved for it, and yet it is held: a person can let it go on."""
    call = ledger.claim(wanted(ceiling=Decimal(0)), "me").call
    ledger.doubt(call.id, "me", Decimal(0), LOST)
    assert ledger.resolve(call.id, Decimal(0)).state == State.RELEASED


def test_a_killed_owners_call_is_held_too(ledger: Ledger) -> None:
    """Nobody knows whether a killed process had sent it."""
    ledger.claim(wanted(), "killed", lease=0)
    claim = ledger.claim(wanted(), "heir", when_unknown="hold")
    assert (claim.next, claim.call.state, ledger.totals("ad").unknown) == ("hold", State.UNKNOWN, CEILING)


def test_what_a_failure_cost_is_kept_when_it_is_bought_anew(ledger: Ledger) -> None:
    """A billed failure counts, and the next try travels under a new key with today's body."""
    call = ledger.claim(wanted(), "me").call
    failed = ledger.fail(call.id, "me", Decimal("0.10"), LOST)
    assert (failed.state, failed.reserved) == (State.FAILED, 0)
    assert failed.error and failed.error["code"] == "SERVICE_UNAVAILABLE"
    again = ledger.claim(wanted(body=b"{}"), "me").call
    assert (again.id, again.cost, again.attempts, again.error) == (call.id, Decimal("0.10"), 2, None)
    assert (again.idempotency_key, again.body) == ("clip-1", b"{}")
    ledger.answered(call.id, "me", Decimal("0.25"), ANSWER)
    assert ledger.settle(call.id, "me", {}).cost == Decimal("0.35")


def test_a_call_given_back_unsent_frees_its_reservation(ledger: Ledger) -> None:
    """But where an earlier attempt was lost, it is unknown again."""
    call = ledger.claim(wanted(), "me").call
    assert ledger.release(call.id, "me").state == State.RELEASED
    assert ledger.totals("ad").left == 10
    ledger.claim(wanted(), "me")
    ledger.retry(call.id, "me", lost="reattach")
    assert ledger.release(call.id, "me").state == State.UNKNOWN
    assert ledger.totals("ad").unknown == CEILING


def test_attempts_are_booked_as_they_happen(ledger: Ledger) -> None:
    """Each counts with what the one before cost, known or in doubt; after a billed failure it has a new key."""
    call = ledger.claim(wanted(), "me").call
    assert ledger.retry(call.id, "me").idempotency_key == "clip"
    assert ledger.retry(call.id, "me", cost=Decimal("0.10")).idempotency_key == "clip-1"
    again = ledger.retry(call.id, "me", lost="retry")
    assert (again.attempts, again.cost, again.reserved, again.doubted) == (4, Decimal("0.10"), CEILING, CEILING)


def test_no_attempt_may_pass_the_budget(ledger: Ledger) -> None:
    """Neither a first call nor a further attempt; a refusal books nothing, and says what would help."""
    ledger.begin_job("small", Decimal("0.70"))
    call = ledger.claim(wanted(job_id="small"), "me").call
    with pytest.raises(BudgetExceeded) as caught:
        ledger.claim(wanted("second", job_id="small"), "me")
    assert caught.value.code == ErrorCode.COST_LIMIT_EXCEEDED
    assert caught.value.details["reserved"] == "0.6"
    assert caught.value.details["scene"] == "scene_01"
    assert "of the job's limit of $0.70: run it again with a higher max_cost" in caught.value.message
    with pytest.raises(BudgetExceeded):
        ledger.retry(call.id, "me", cost=Decimal("0.11"))
    with pytest.raises(BudgetExceeded):
        ledger.retry(call.id, "me", lost="retry")
    assert ledger.retry(call.id, "me", cost=Decimal("0.10")).cost == Decimal("0.10")


def test_a_higher_limit_goes_on_with_what_is_paid(ledger: Ledger) -> None:
    """The budget rises; it never falls below what is spent and held back."""
    ledger.begin_job("small", Decimal("0.70"), {"prompt": "a watch"})
    buy(ledger, job_id="small", cost="0.50")
    with pytest.raises(BudgetExceeded):
        ledger.claim(wanted("second", job_id="small"), "me")
    assert ledger.begin_job("small", Decimal("1.10")).max_cost == Decimal("1.10")
    assert ledger.claim(wanted("second", job_id="small"), "me").next == "send"
    assert ledger.begin_job("small", Decimal("0.20")).max_cost == Decimal("1.10")
    assert ledger.job("small").brief == {"prompt": "a watch"}


def test_a_call_without_a_ceiling_is_refused(ledger: Ledger) -> None:
    """The message names the setting that is missing."""
    with pytest.raises(LedgerError, match="VIDEO_GEN_MAX_CALL_COST"):
        ledger.claim(wanted(ceiling=None), "me")


def test_a_price_above_the_ceiling_is_recorded_and_flagged(ledger: Ledger) -> None:
    """What was billed counts, whatever was promised."""
    assert not buy(ledger, cost="0.60").over_ceiling
    call = buy(ledger, "dear", cost="0.61")
    assert (call.over_ceiling, call.cost) == (True, Decimal("0.61"))


def test_an_equal_request_of_another_job_costs_nothing(ledger: Ledger) -> None:
    """The answer and the files are taken over, marked with their source and what that saved; unless not wanted."""
    bought = buy(ledger)
    ledger.begin_job("next", Decimal(10))
    equal = wanted("next clip", job_id="next", request_hash="hash of clip")
    assert ledger.claim(equal.model_copy(update={"key": "x"}), "me", reuse=False).next == "send"
    claim = ledger.claim(equal, "me")
    assert (claim.next, claim.call.cost, claim.call.saved) == ("read", 0, Decimal("0.25"))
    assert (claim.call.reused_from, claim.call.files, claim.call.response) == (bought.id, bought.files, bought.response)
    assert ledger.totals("next").saved == Decimal("0.25")


def test_files_that_are_gone_are_bought_again(ledger: Ledger) -> None:
    """Both the reused call and its source are failed, so that neither is handed out again, and nothing was saved."""
    bought = buy(ledger)
    ledger.begin_job("next", Decimal(10))
    equal = wanted("next clip", job_id="next", request_hash="hash of clip")
    reused = ledger.claim(equal, "me").call
    ledger.forget(reused, GONE)
    assert (ledger.call(reused.id).reused_from, ledger.totals("next").saved) == (None, 0)
    assert (ledger.call(bought.id).state, ledger.call(bought.id).cost) == (State.FAILED, Decimal("0.25"))
    assert ledger.claim(equal, "me").next == "send"


def test_what_was_bought_again_since_is_not_forgotten(ledger: Ledger) -> None:
    """Two runs find the same file gone; the slower one says so when the faster one has bought it again."""
    seen = buy(ledger)
    ledger.forget(seen, GONE)
    buy(ledger)
    ledger.forget(seen, GONE)
    assert ledger.claim(wanted(), "me").next == "read"


def test_an_equal_call_under_way_is_seen_behind_one_that_was_left(ledger: Ledger) -> None:
    """A newer one that nobody works on hides no older one that is being bought."""
    under_way = ledger.claim(wanted(), "me").call
    left = ledger.claim(wanted("other", request_hash=under_way.request_hash), "gone", reuse=False).call
    ledger.renew(left.id, "gone", 0)
    claim = ledger.claim(wanted("third", request_hash=under_way.request_hash), "third")
    assert (claim.next, claim.call.id) == ("wait", under_way.id)


def test_a_live_owner_is_waited_for_and_a_dead_one_replaced(ledger: Ledger) -> None:
    """Two runs of one job never pay for one call together; who lost the claim can write nothing any more."""
    call = ledger.claim(wanted(), "first").call
    claim = ledger.claim(wanted(), "second")
    assert (claim.next, claim.held_by) == ("wait", "first")
    ledger.renew(call.id, "first", 0)
    assert ledger.claim(wanted(), "second").held_by is None
    for write in (
        lambda: ledger.renew(call.id, "first"),
        lambda: ledger.retry(call.id, "first"),
        lambda: ledger.answered(call.id, "first", Decimal(0), ANSWER),
        lambda: ledger.fail(call.id, "first", Decimal(0), LOST),
        lambda: ledger.doubt(call.id, "first", Decimal(0), LOST),
        lambda: ledger.release(call.id, "first"),
    ):
        with pytest.raises(ClaimLost, match="second"):
            write()


def test_an_answer_is_booked_once(ledger: Ledger) -> None:
    """A second answer, or a settlement without one, is refused."""
    call = ledger.claim(wanted(), "me").call
    with pytest.raises(ClaimLost):
        ledger.settle(call.id, "me", {})
    ledger.answered(call.id, "me", Decimal("0.25"), ANSWER)
    with pytest.raises(ClaimLost):
        ledger.answered(call.id, "me", Decimal("0.25"), ANSWER)
    assert ledger.totals("ad").spent == Decimal("0.25")


def test_a_person_cannot_resolve_what_is_under_way_or_clear(ledger: Ledger) -> None:
    """A call that somebody works on, or about which nothing is in doubt, is left alone."""
    call = ledger.claim(wanted(), "me").call
    with pytest.raises(LedgerError, match="me works on call"):
        ledger.resolve(call.id, Decimal(0))
    ledger.fail(call.id, "me", Decimal(0), LOST)
    with pytest.raises(LedgerError, match="nothing is in doubt"):
        ledger.resolve(call.id, Decimal(0))


def test_what_is_not_there_is_said_to_be_missing(ledger: Ledger) -> None:
    """Unknown jobs and calls are named; a negative cost is refused."""
    with pytest.raises(LedgerError, match="no job nobody"):
        ledger.claim(wanted(job_id="nobody"), "me")
    with pytest.raises(LedgerError, match="no call 77"):
        ledger.call(77)
    call = ledger.claim(wanted(), "me").call
    with pytest.raises(LedgerError, match="cannot cost -1"):
        ledger.fail(call.id, "me", Decimal(-1), LOST)


def test_a_thousand_amounts_add_up_exactly(ledger: Ledger) -> None:
    """The sum is that of decimals, to the micro-dollar, by stage and in all; past COST_WARNING it warns."""
    chance = random.Random(7)
    ledger.begin_job("long", Decimal(1000))
    buy(ledger, "cut", job_id="long", stage="composition", cost="0.07")
    held = ledger.claim(wanted("held", job_id="long"), "me").call
    amounts = [Decimal(chance.randrange(600_000)).scaleb(-6) for _ in range(1000)]
    with ledger._database.write() as connection:
        row = dict(connection.execute(sa.select(calls).where(calls.c.id == held.id)).mappings().one())
        del row["id"]
        paid = row | {"state": State.FAILED, "reserved": Decimal(0)}
        rows = [paid | {"key": f"clip {number}", "cost": cost} for number, cost in enumerate(amounts)]
        connection.execute(sa.insert(calls), rows)
    totals = ledger.totals("long")
    assert totals.by_stage == {"video_generation": sum(amounts), "composition": Decimal("0.07")}
    assert (totals.spent, totals.warning) == (sum(amounts) + Decimal("0.07"), True)
    assert totals.left == 1000 - totals.spent - CEILING
    assert not ledger.totals("ad").warning


def test_calls_are_listed_newest_first(ledger: Ledger) -> None:
    """Of one job or of all, as many as asked for."""
    ledger.begin_job("next", Decimal(10))
    buy(ledger, "a")
    buy(ledger, "b", job_id="next")
    assert [call.key for call in ledger.calls()] == ["b", "a"]
    assert [call.key for call in ledger.calls("ad")] == ["a"]
    assert [call.key for call in ledger.calls(limit=1)] == ["b"]
