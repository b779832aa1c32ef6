"""One call bought: what the service heard, what the ledger says, what came of it. Real HTTP, real SQLite."""

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi import Response
from fastapi.responses import JSONResponse

from adgen_pipeline.errors import (
    BadReply,
    BudgetExceeded,
    CallHeld,
    Cancelled,
    ServiceError,
    ServiceRejected,
    ServiceUnavailable,
)
from adgen_pipeline.ledger import State, Wanted, open_ledger
from adgen_pipeline.ledger.breaker import FAILURES
from adgen_pipeline.purchases import Buyer
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.lab import COSTS, Call, Lab, envelope, failure, says
from adgen_pipeline_tests.purchases.buying import VIDEO, Shop, buyer, order, shop

CENTS = Decimal("0.25")
CLIP = {"video_url": "http://127.0.0.1:1/2.0.mp4", "duration": 2.0, "resolution": "36x64"}


def _lost(call: Call) -> Response:
    """Answers after the client has given up."""
    time.sleep(0.6)
    return Response("")


_TAKEN_OVER = """CREATE TRIGGER taken AFTER INSERT ON ledger_calls BEGIN
    UPDATE ledger_calls SET owner = 'another@elsewhere' WHERE id = NEW.id; END"""
_AWAY = "CREATE TRIGGER away BEFORE UPDATE OF location ON ledger_calls BEGIN SELECT RAISE(FAIL, 'away'); END"


def _script(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(statement)
        connection.commit()


def _accepted(call: Call) -> Response:
    return JSONResponse({"status": "running"}, 202, headers={"Location": "/jobs/slow"})


def _slow_poll(call: Call) -> Response:
    time.sleep(1.8)
    return _accepted(call)


def test_a_call_is_done_when_its_file_is_in_the_house(lab: Lab) -> None:
    """The receipt has the service's price; the file is our own copy; the ledger has it all."""
    with shop(lab.url) as here:
        bought = here.buy()
        call = here.ledger.calls()[0]
        assert here.purchases.store.path(bought.files["video_url"]).is_file()
    assert (bought.receipt.cost, bought.receipt.attempts, bought.receipt.call) == (CENTS, 1, call.id)
    assert (call.state, call.cost, call.reserved, call.files) == (State.SETTLED, CENTS, 0, bought.files)
    assert lab.of(VIDEO)[0].headers["idempotency-key"] == bought.receipt.key


def test_the_claim_is_in_the_ledger_before_the_service_hears_of_the_call(lab: Lab) -> None:
    """While the service works, another reader of the database sees the worst case reserved."""
    seen: list[tuple[str, Decimal]] = []

    def look(call: Call) -> Response:
        with open_ledger(Settings.read()) as other:
            seen.extend((found.state.value, found.reserved) for found in other.calls())
        return envelope(lab.result(call), COSTS[VIDEO])

    lab.on(VIDEO, look)
    with shop(lab.url) as here:
        here.buy()
    assert seen == [("claimed", Decimal("0.60"))]


def test_what_was_bought_is_read_back_by_the_jobs_next_run(lab: Lab) -> None:
    """The same call again, by another run: one POST, the same answer, the same receipt."""
    with shop(lab.url) as here:
        first, second = here.buy(), here.buy(by=buyer("retry"))
    assert (second.result, second.files, second.receipt) == (first.result, first.files, first.receipt)
    assert len(lab.of(VIDEO)) == 1


def test_another_jobs_equal_request_is_taken_for_nothing(lab: Lab) -> None:
    """Reused: $0, with what it saved and whose it was; where that is not wanted it is bought."""
    with shop(lab.url) as here:
        for job in ("second", "third"):
            here.ledger.begin_job(job, Decimal(1))
        here.buy()
        reused = here.buy(order(job_id="second")).receipt
        bought = here.buy(order(job_id="third", reuse=False)).receipt
    assert (reused.cost, reused.saved, reused.reused_from) == (0, CENTS, "ad")
    assert (bought.cost, bought.saved, bought.reused_from) == (CENTS, 0, None)
    assert len(lab.of(VIDEO)) == 2


def test_two_runs_of_one_job_pay_once(lab: Lab) -> None:
    """The second one waits for the first one's answer, and says so."""
    lab.latency[VIDEO] = 1.0
    told: list[str] = []
    with shop(lab.url) as here, ThreadPoolExecutor(2) as pool:
        runs = [pool.submit(here.buy, order(), buyer(f"run {n}", told.append)) for n in (1, 2)]
        receipts = [run.result().receipt for run in runs]
    assert receipts[0] == receipts[1] and len(lab.of(VIDEO)) == 1
    assert "another run is buying this" in told[0]


def test_two_jobs_that_want_the_same_at_once_pay_once(lab: Lab) -> None:
    """An equal request under way is waited for and then reused."""
    lab.latency[VIDEO] = 1.0
    with shop(lab.url) as here, ThreadPoolExecutor(2) as pool:
        here.ledger.begin_job("second", Decimal(1))
        orders = [order(), order(job_id="second")]
        costs = [run.result().receipt.cost for run in [pool.submit(here.buy, wanted) for wanted in orders]]
    assert sorted(costs) == [0, CENTS] and len(lab.of(VIDEO)) == 1


def test_a_failed_attempt_that_was_billed_is_booked_and_its_key_not_used_again(lab: Lab) -> None:
    """Both prices stand in the ledger; the second attempt is another call to a service that honours keys."""
    lab.on(VIDEO, failure(500, "crashed", cost=0.20))
    with shop(lab.url) as here:
        receipt = here.buy().receipt
    assert (receipt.cost, receipt.attempts) == (Decimal("0.45"), 2)
    assert len({call.headers["idempotency-key"] for call in lab.of(VIDEO)}) == 2


def test_a_lost_answer_is_asked_for_under_the_same_key_where_keys_are_honoured(lab: Lab) -> None:
    """Nothing more is reserved, and nothing stays in doubt."""
    lab.on(VIDEO, _lost)
    with shop(lab.url, timeout=0.3) as here:
        receipt = here.buy().receipt
        totals = here.ledger.totals("ad")
    assert (receipt.cost, receipt.attempts, totals.unknown, totals.reserved) == (CENTS, 2, 0, 0)
    assert len({call.headers["idempotency-key"] for call in lab.of(VIDEO)}) == 1


def test_a_lost_answer_stays_in_doubt_where_keys_are_not_honoured(lab: Lab) -> None:
    """`retry` asks again; the first attempt's worst case stays reserved and stands on the receipt."""
    lab.on(VIDEO, _lost)
    with shop(lab.url, timeout=0.3, idempotent=False) as here:
        receipt = here.buy().receipt
        totals = here.ledger.totals("ad")
    assert (receipt.cost, receipt.unknown) == (CENTS, Decimal("0.60"))
    assert (totals.spent, totals.unknown, totals.left) == (CENTS, Decimal("0.60"), Decimal("9.15"))


def _taken_over(here: Shop) -> None:
    """The run is frozen, its lease is over, and another run buys the call for itself."""
    call = here.ledger.calls()[0]
    here.ledger.renew(call.id, call.owner, 0)
    wanted = Wanted(**call.model_dump(include=set(Wanted.model_fields)), ceiling=call.reserved)
    assert here.ledger.claim(wanted, "another", when_unknown="retry").next == "send"
    here.ledger.answered(call.id, "another", CENTS, {"result": CLIP, "metadata": {}, "seconds": 1.0})
    here.ledger.settle(call.id, "another", {})


@pytest.mark.parametrize(
    ("answer", "spent"),
    [
        (lambda call: envelope(CLIP, 0.20), "0.45"),
        (failure(400, "no", cost=0.10), "0.35"),
        (failure(503, "busy"), "0.25"),
    ],
)
def test_an_answer_that_comes_after_a_takeover_says_what_was_in_doubt(
    lab: Lab, answer: Callable[[Call], Response], spent: str
) -> None:
    """The second reservation paid for the other run's call; of the first the price is known after all."""

    def freeze(call: Call) -> Response:
        _taken_over(here)
        return answer(call)

    lab.on(VIDEO, freeze)
    with shop(lab.url, idempotent=False) as here:
        assert here.buy().receipt.unknown == 0
        totals = here.ledger.totals("ad")
    assert (totals.spent, totals.unknown, totals.reserved) == (Decimal(spent), 0, 0)


def test_a_call_that_was_taken_over_while_it_waited_is_not_sent_again(lab: Lab) -> None:
    """Frozen before its next attempt, a run looks whose the call is; what it did not send is not in doubt."""
    lab.on(VIDEO, failure(503, "busy"))
    with shop(lab.url, idempotent=False) as here:
        taken: list[str] = []

        def freeze(told: str) -> None:
            if not taken:
                taken.append(told)
                _taken_over(here)

        assert here.buy(by=buyer(tell=freeze)).receipt.cost == CENTS
        assert here.ledger.totals("ad").unknown == 0
    assert len(lab.of(VIDEO)) == len(taken) == 1


@pytest.mark.parametrize("refusal", [says("unauthorized", 401), says("", 302)])
def test_a_gateways_refusal_is_no_word_on_an_earlier_lost_answer(lab: Lab, refusal: Callable[[Call], Response]) -> None:
    """The first attempt may have been billed: what a page of a proxy says of the second does not free its price."""
    lab.on(VIDEO, _lost)
    lab.on(VIDEO, refusal)
    with shop(lab.url, timeout=0.3) as here:
        with pytest.raises(ServiceError):
            here.buy()
        assert (here.states(), here.ledger.totals("ad").unknown) == (["unknown"], Decimal("0.60"))


def test_hold_leaves_a_lost_answer_to_a_person_for_good(lab: Lab) -> None:
    """One POST; the error names the call, its price and the commands; a later run is held as well, until resolved."""
    lab.on(VIDEO, _lost)
    with shop(lab.url, timeout=0.3, idempotent=False, on_unknown="hold") as here:
        for run in ("first", "later"):
            with pytest.raises(CallHeld, match=r"up to \$0.60.*adgen ledger settle 1 --cost USD.*release 1.*resume ad"):
                here.buy(by=buyer(run))
        assert len(lab.of(VIDEO)) == 1
        here.ledger.resolve(1, Decimal("0.10"))
        assert here.buy().receipt.cost == Decimal("0.35")


def test_the_budget_is_kept_before_the_call_and_between_attempts(lab: Lab) -> None:
    """A call whose worst case would pass max_cost is not made; neither is a second attempt."""
    lab.on(VIDEO, failure(500, "crashed", cost=0.50), always=True)
    with shop(lab.url, max_cost="1.00") as here:
        with pytest.raises(BudgetExceeded) as caught:
            here.buy()
        assert (caught.value.cost, len(lab.of(VIDEO))) == (Decimal("0.50"), 1)
        assert (here.states(), here.ledger.totals("ad").spent) == (["failed"], Decimal("0.50"))
        with pytest.raises(BudgetExceeded, match="higher max_cost"):
            here.buy(order(scene="scene_02"))
    assert len(lab.of(VIDEO)) == 1


def test_near_the_limit_calls_are_made_one_after_the_other(lab: Lab) -> None:
    """Two worst cases do not fit side by side: the second call waits for the first, and the ad is not stopped."""
    lab.latency[VIDEO] = 0.7
    told: list[str] = []
    with shop(lab.url, max_cost="0.90") as here, ThreadPoolExecutor(2) as pool:
        orders = [order(scene=scene) for scene in ("scene_01", "scene_02")]
        for run in [pool.submit(here.buy, wanted, buyer(tell=told.append)) for wanted in orders]:
            run.result()
        assert here.ledger.totals("ad").spent == 2 * CENTS
    first, second = lab.of(VIDEO)
    assert (
        first.at < lab.ended[0][1] <= second.at
        and len(told) == 1
        and "fits max_cost only when calls under way" in told[0]
    )


def test_a_job_stopped_by_its_budget_goes_on_with_a_higher_one(lab: Lab) -> None:
    """What was paid is kept."""
    with shop(lab.url, max_cost="0.70") as here:
        here.buy()
        with pytest.raises(BudgetExceeded):
            here.buy(order(scene="scene_02"))
        here.ledger.begin_job("ad", Decimal(2))
        here.buy()
        here.buy(order(scene="scene_02"))
        assert here.ledger.totals("ad").spent == 2 * CENTS
    assert len(lab.of(VIDEO)) == 2


def test_a_price_above_the_ceiling_is_recorded(lab: Lab) -> None:
    """It is what it is: booked in full, and marked."""
    lab.on(VIDEO, lambda call: envelope(lab.result(call), 0.90))
    with shop(lab.url) as here:
        here.buy()
        call = here.ledger.calls()[0]
    assert (call.cost, call.over_ceiling) == (Decimal("0.90"), True)


def test_who_passes_the_warning_is_told_once(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """COST_WARNING is told by the call that passes it, and not again."""
    monkeypatch.setenv("COST_WARNING", "0.40")
    told: list[str] = []
    with shop(lab.url) as here:
        for scene in ("scene_01", "scene_02", "scene_03"):
            here.buy(order(scene=scene), buyer(tell=told.append))
    assert told == ["This ad has cost $0.50 so far, more than COST_WARNING; its limit is $10.00 (max_cost)"]


@pytest.mark.parametrize(
    ("file", "told"), [("nothing.mp4", "HTTP 404"), ("9.jpg", "not an MP4 video"), ("1.0.mp4", "lasts 1 s, but 2 s")]
)
def test_a_clip_that_is_none_costs_what_it_cost(lab: Lab, file: str, told: str) -> None:
    """A missing, wrong or short file is the service's fault, and its price is not forgotten."""
    result = {"video_url": f"{lab.url}/media/{file}", "duration": 2.0, "resolution": "36x64"}
    lab.on(VIDEO, lambda call: envelope(result, 0.25), always=True)
    with shop(lab.url) as here:
        with pytest.raises(BadReply, match=told) as caught:
            here.buy()
        assert (here.states(), here.ledger.totals("ad").spent) == (["failed"], CENTS)
    assert caught.value.cost == CENTS
    assert caught.value.message.startswith("Video generation: http://127.0.0.1")


def test_a_useless_answer_whose_price_is_not_told_stays_in_doubt(lab: Lab) -> None:
    """A page of HTML may have been billed: its worst case stays reserved until a person says what it cost; then the
    call is made anew, under another key."""
    lab.on(VIDEO, says("<html>"))
    with shop(lab.url) as here:
        with pytest.raises(BadReply, match=r"not JSON.*adgen ledger settle 1 --cost USD"):
            here.buy()
        assert (here.states(), here.ledger.totals("ad").unknown) == (["unknown"], Decimal("0.60"))
        here.ledger.resolve(1, Decimal("0.25"))
        assert here.buy().receipt.cost == 2 * CENTS
    assert len({call.headers["idempotency-key"] for call in lab.of(VIDEO)}) == 2


def test_a_refusal_is_a_failure_with_its_price(lab: Lab) -> None:
    """The ledger keeps what the refusal cost and what was said."""
    lab.on(VIDEO, failure(200, "not allowed", cost=0.02, code="MODERATION"))
    with shop(lab.url) as here:
        with pytest.raises(ServiceRejected):
            here.buy()
        call = here.ledger.calls()[0]
    assert (call.state, call.cost, call.reserved) == (State.FAILED, Decimal("0.02"), 0)
    assert "MODERATION" in (call.error or {})["message"]


def test_the_price_of_a_refusal_is_booked_though_its_envelope_is_broken(lab: Lab) -> None:
    """A field is missing, but the price is there: it is money spent."""
    lab.on(VIDEO, says('{"success": false, "error": "no", "cost": 0.2}', 400, "application/json"))
    with shop(lab.url) as here:
        with pytest.raises(ServiceRejected):
            here.buy()
        assert (here.states(), here.ledger.totals("ad").spent) == (["failed"], Decimal("0.20"))


@pytest.mark.sqlite_files("a trigger takes the call over; the books are the same on a server")
def test_a_claim_that_was_long_in_coming_is_looked_at_once_more(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server was away after it had booked the claim, and another run took it over: it is waited for, not bought."""
    monkeypatch.setattr("adgen_pipeline.purchases.buying.RENEW_SECONDS", -1.0)  # however soon it comes
    stop = threading.Event()
    with shop(lab.url) as here:
        _script(Settings.read().home / "ledger.db", _TAKEN_OVER)
        with pytest.raises(Cancelled):
            here.buy(by=Buyer("run", stop, lambda told: stop.set()))
        assert (here.ledger.calls()[0].owner, lab.calls) == ("another@elsewhere", [])


@pytest.mark.sqlite_files("a trigger keeps the file from being written; ledger/test_waiting.py is about servers")
def test_an_accepted_call_is_not_forgotten_when_the_ledger_is_away_just_then(lab: Lab) -> None:
    """The service works on it: where it is polled is written as soon as the database is back, and nothing is freed."""
    database = Settings.read().home / "ledger.db"

    def accept(call: Call) -> Response:
        _script(database, _AWAY)
        threading.Timer(0.8, _script, (database, "DROP TRIGGER away")).start()
        return _accepted(call)

    lab.on(VIDEO, accept)
    result = {"video_url": f"{lab.url}/media/2.0.mp4", "duration": 2.0, "resolution": "36x64"}
    lab.on("/jobs/slow", lambda call: envelope(result, 0.25), always=True)
    with shop(lab.url, idempotent=False) as here:
        assert here.buy().receipt.cost == CENTS
    assert len(lab.of(VIDEO)) == 1


def test_an_accepted_call_is_asked_for_again_and_not_sent_again(lab: Lab) -> None:
    """A run that gave up at its deadline left the call at the service; the next run polls it, keys or no keys."""
    lab.on(VIDEO, _accepted)
    with shop(lab.url, idempotent=False, deadline=0.5) as here:
        with pytest.raises(ServiceUnavailable):
            here.buy()
        assert here.states() == ["unknown"]
    result = {"video_url": f"{lab.url}/media/2.0.mp4", "duration": 2.0, "resolution": "36x64"}
    lab.on("/jobs/slow", lambda call: envelope(result, 0.25), always=True)
    with shop(lab.url, idempotent=False) as here:
        assert here.buy(by=buyer("next")).receipt.cost == CENTS
        assert (here.states(), here.ledger.totals("ad").unknown) == (["settled"], 0)
    assert len(lab.of(VIDEO)) == 1


def test_a_run_that_is_terminated_before_it_calls_leaves_nothing_behind(lab: Lab) -> None:
    """Nothing sent, nothing reserved."""
    by = buyer()
    by.stop.set()  # type: ignore[attr-defined]
    with shop(lab.url) as here:
        with pytest.raises(Cancelled):
            here.buy(by=by)
        assert here.ledger.totals("ad").reserved == 0
    assert lab.of(VIDEO) == []


def test_a_run_that_is_terminated_in_the_middle_lets_the_ledger_know(lab: Lab) -> None:
    """The service is asked to stop; what the call may have cost stays reserved, and the claim is given up."""
    lab.on(VIDEO, _accepted)
    stop = threading.Event()
    by = buyer()
    by = type(by)("run", stop)
    with shop(lab.url) as here, ThreadPoolExecutor(1) as pool:
        buying = pool.submit(here.buy, None, by)
        while not lab.of("/jobs/slow"):
            time.sleep(0.02)
        stop.set()
        with pytest.raises(Cancelled):
            buying.result()
        assert (here.states(), here.ledger.totals("ad").unknown) == (["unknown"], Decimal("0.60"))
    assert lab.cancelled == ["slow"]


def test_a_call_nobody_waits_for_any_more_is_given_up(lab: Lab) -> None:
    """A POST cannot be interrupted: soon after the termination the ledger knows that its end is not known."""
    lab.latency[VIDEO] = 1.8
    stop = threading.Event()
    with shop(lab.url, timeout=3) as here, ThreadPoolExecutor(1) as pool:
        buying = pool.submit(here.buy, None, type(buyer())("run", stop))
        while not lab.of(VIDEO):
            time.sleep(0.02)
        stop.set()
        time.sleep(1.3)
        assert here.states() == ["unknown"]
        assert buying.result().receipt.cost == CENTS  # it came after all, and is kept
        assert (here.states(), here.ledger.totals("ad").unknown) == (["settled"], 0)


def test_a_service_that_fails_again_and_again_is_left_alone_by_everybody(lab: Lab) -> None:
    """After five calls that gave up, the sixth is not made, by another process's ledger either; reads go on."""
    with shop(lab.url, retry_delays=()) as here:
        here.buy(order(scene="scene_00"))
        lab.on(VIDEO, failure(503, "down"), always=True)
        for n in range(FAILURES):
            with pytest.raises(ServiceUnavailable, match="503"):
                here.buy(order(scene=f"scene_1{n}"))
    before = len(lab.of(VIDEO))
    with shop(lab.url) as other:
        with pytest.raises(ServiceUnavailable, match=r"failed 5 calls in a row and is left alone for \d+ s more"):
            other.buy(order(scene="scene_20"))
        other.buy(order(scene="scene_00"))
        assert other.ledger.totals("ad").reserved == 0
    assert len(lab.of(VIDEO)) == before


def test_refusals_never_open_the_circuit(lab: Lab) -> None:
    """A service that says no, or asks for patience, is there."""
    lab.on(VIDEO, failure(400, "no"), always=True)
    with shop(lab.url) as here:
        for n in range(FAILURES + 2):
            with pytest.raises(ServiceRejected):
                here.buy(order(scene=f"scene_1{n}"))


def test_a_file_that_cannot_be_fetched_now_is_fetched_by_the_next_run(lab: Lab) -> None:
    """The call is paid for: its answer waits in the ledger, and is not bought again."""
    nobody = "http://127.0.0.1:9/clip.mp4"
    lab.on(VIDEO, lambda call: envelope({"video_url": nobody, "duration": 2.0, "resolution": "36x64"}, 0.25))
    with shop(lab.url) as here:
        with pytest.raises(ServiceUnavailable, match="paid for and its answer is kept"):
            here.buy()
        assert (here.states(), here.ledger.totals("ad").spent) == (["claimed"], CENTS)
        bought = here.buy(by=buyer("next"))  # the service honours keys, and tells where the file is today
        assert (here.states(), bought.receipt.cost) == (["settled"], CENTS)


def test_a_file_that_is_gone_at_once_is_asked_for_under_the_same_key(lab: Lab) -> None:
    """The answer's URL gives nothing: the service, asked again under the key, tells a new one, and charges nothing."""
    gone = f"{lab.url}/media/nothing.mp4"
    lab.on(VIDEO, lambda call: envelope({"video_url": gone, "duration": 2.0, "resolution": "36x64"}, 0.25))
    with shop(lab.url) as here:
        bought = here.buy()
        assert (here.states(), bought.receipt.cost, bought.receipt.attempts) == (["settled"], CENTS, 1)
    assert len({call.headers["idempotency-key"] for call in lab.of(VIDEO)}) == 1 and len(lab.of(VIDEO)) == 2


def test_a_copy_that_is_gone_is_bought_again(lab: Lab) -> None:
    """A settled call whose file was deleted from MEDIA_STORE cannot be read back; both prices are kept."""
    with shop(lab.url) as here:
        here.purchases.store.path(here.buy().files["video_url"]).unlink()
        bought = here.buy()
        assert here.purchases.store.path(bought.files["video_url"]).is_file()
    assert bought.receipt.cost == 2 * CENTS


def test_what_is_bought_again_after_it_was_reused_is_no_reuse_any_more(lab: Lab) -> None:
    """The copy is gone, so the second job pays: its receipt says so, and a third job may take that answer."""
    with shop(lab.url) as here:
        for job in ("second", "third"):
            here.ledger.begin_job(job, Decimal(1))
        bought = here.buy()
        here.buy(order(job_id="second"))
        here.purchases.store.path(bought.files["video_url"]).unlink()
        again = here.buy(order(job_id="second")).receipt
        reused = here.buy(order(job_id="third")).receipt
    assert (again.cost, again.saved, again.reused_from) == (CENTS, 0, None)
    assert (reused.cost, reused.saved, reused.reused_from) == (0, CENTS, "second")
    assert len(lab.of(VIDEO)) == 2


@pytest.mark.parametrize("metadata", ['{"model": {"name": "x", "version": 3}}', '{"model": 3}', '{"note": "\\ud800"}'])
def test_metadata_of_any_shape_leave_a_paid_answer_useful(lab: Lab, metadata: str) -> None:
    """Metadata are the service's own: what we do not know of them never costs the answer that came with them."""
    result = json.dumps({"video_url": f"{lab.url}/media/2.0.mp4", "duration": 2.0, "resolution": "36x64"})
    head = f'{{"success": true, "cost": 0.25, "processing_time": 1, "result": {result}'
    lab.on(VIDEO, says(f'{head}, "metadata": {metadata}}}', kind="application/json"))
    with shop(lab.url) as here:
        bought = here.buy()
    assert json.loads(bought.receipt.model_dump_json())["cost"] == "0.25"


def test_another_service_is_not_asked_for_what_the_one_before_owes(lab: Lab) -> None:
    """The URL changed while an answer was lost: the new service knows neither key nor job, and both may be billed."""
    lab.on(VIDEO, _accepted)
    with shop(lab.url, deadline=0.5) as here, pytest.raises(ServiceUnavailable):
        here.buy()
    with shop(lab.url.replace("127.0.0.1", "localhost")) as elsewhere:
        assert elsewhere.buy(by=buyer("next")).receipt.unknown == Decimal("0.60")
        assert elsewhere.ledger.calls()[0].payee == elsewhere.client.identity
    before, after = lab.of(VIDEO)
    assert before.headers["idempotency-key"] != after.headers["idempotency-key"]


def test_an_answer_of_another_service_is_not_bought_at_the_new_one(lab: Lab) -> None:
    """It is paid for and its file is still offered: the new service, which honours keys, is not even asked."""
    folder = Settings.read().media_folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.touch()
    with shop(lab.url) as here, pytest.raises(ServiceUnavailable, match="its answer is kept"):
        here.buy()
    folder.unlink()
    with shop(lab.url.replace("127.0.0.1", "localhost")) as elsewhere:
        assert elsewhere.buy(by=buyer("next")).receipt.cost == CENTS
    assert len(lab.of(VIDEO)) == 1


def test_where_a_call_is_polled_is_known_until_it_is_cancelled(lab: Lab) -> None:
    """A terminated run may end before it could tell the service: the next run polls, and does not pay again."""
    lab.on(VIDEO, _accepted)
    lab.on("/jobs/slow", _slow_poll, always=True)
    stop = threading.Event()
    with shop(lab.url, timeout=3) as here, ThreadPoolExecutor(1) as pool:
        buying = pool.submit(here.buy, None, type(buyer())("run", stop))
        while not lab.of("/jobs/slow"):
            time.sleep(0.02)
        stop.set()
        time.sleep(1.3)
        assert (here.ledger.calls()[0].location, here.states(), lab.cancelled) == ("/jobs/slow", ["unknown"], [])
        with pytest.raises(Cancelled):
            buying.result()
        assert (here.ledger.calls()[0].location, lab.cancelled) == (None, ["slow"])
