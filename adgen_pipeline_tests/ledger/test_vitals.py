"""How the work stands, as monitoring reads it: on both databases, whatever was written."""

from decimal import Decimal

from adgen_pipeline.ledger import Commission, Ledger
from adgen_pipeline.ledger.breaker import FAILURES
from adgen_pipeline.ledger.schema import REVISION
from adgen_pipeline_tests.ledger.calls import LOST, buy, wanted


def test_an_empty_ledger_has_figures(ledger: Ledger) -> None:
    """Nothing waits and nothing fails; the database has a size and the revision that the code needs."""
    vital = ledger.vitals.read()
    assert not vital.circuits and not vital.recent_calls and not vital.failed_jobs
    assert (vital.commissions.number, vital.webhooks.number, vital.webhooks_given_up) == (0, 0, 0)
    assert vital.size.size > 0 and vital.size.revision == vital.size.wanted_revision == REVISION
    assert (vital.size.connections is None) == (vital.size.most_connections is None)


def test_recent_calls_tell_how_they_went(ledger: Ledger) -> None:
    """What was bought with its seconds, what was reused without, what failed or was lost with its code."""
    first = ledger.claim(wanted("one"), "me").call
    ledger.answered(first.id, "me", Decimal("0.25"), {"result": {}, "seconds": 7.5})
    ledger.settle(first.id, "me", {})
    ledger.begin_job("other", Decimal(1))
    ledger.claim(wanted("again", job_id="other", request_hash="hash of one"), "me")
    failed, lost = ledger.claim(wanted("two"), "me").call, ledger.claim(wanted("three"), "me").call
    ledger.fail(failed.id, "me", Decimal(0), LOST)
    ledger.doubt(lost.id, "me", Decimal(0), LOST)
    found = [(call.state, call.reused, call.seconds, call.code) for call in ledger.vitals.read().recent_calls]
    code = LOST.code.value
    assert sorted(found, key=str) == [
        ("failed", False, None, code),
        ("settled", False, 7.5, None),
        ("settled", True, None, None),
        ("unknown", False, None, code),
    ]


def test_what_waits_and_what_failed_is_counted(ledger: Ledger) -> None:
    """Circuits, commissions, webhooks, and failed jobs by code."""
    for _ in range(FAILURES):
        ledger.breaker.record("video_gen", ok=False)
    brief = {"prompt": "a watch", "callback_url": "https://hooks.example.com/"}
    ledger.commissions.add([Commission(key="k", origin="a test", brief=brief)])
    ledger.begin_job("told", Decimal(1), brief)
    ledger.end_job("told", "failed", "r1", {"code": "COST_LIMIT_EXCEEDED"})
    ledger.end_job("ad", "failed", "r2", {"code": "INTERNAL_ERROR"})
    buy(ledger)
    vital = ledger.vitals.read()
    (circuit,) = vital.circuits
    assert (circuit.service, circuit.failures) == ("video_gen", FAILURES) and circuit.open_for > 0
    assert vital.failed_jobs == {"COST_LIMIT_EXCEEDED": 1, "INTERNAL_ERROR": 1}
    assert vital.commissions.number == vital.webhooks.number == 1 and vital.webhooks.oldest >= 0
