"""What earlier calls tell of those to come."""

from decimal import Decimal

from adgen_pipeline.ledger import Ledger
from adgen_pipeline_tests.ledger.calls import CLIP, GONE, buy, wanted


def test_answers_are_those_that_an_equal_request_would_take(ledger: Ledger) -> None:
    """Settled and bought ones, newest first; neither reused ones nor those whose files are gone."""
    first = buy(ledger, "one", request_hash="equal")
    second = ledger.claim(wanted("two", request_hash="equal"), "me", reuse=False).call
    ledger.answered(second.id, "me", Decimal("0.30"), {})
    second = ledger.settle(second.id, "me", {"video_url": CLIP})
    assert ledger.claim(wanted("three", request_hash="equal"), "me").next == "read"
    assert [call.id for call in ledger.history.answers("equal")] == [second.id, first.id]
    ledger.forget(second, GONE)
    assert [call.id for call in ledger.history.answers("equal")] == [first.id]


def test_what_was_bought_is_told_by_who_was_paid(ledger: Ledger) -> None:
    """The last ones first; another service of the same kind is another payee."""
    for number in range(3):
        buy(ledger, f"a{number}", f"0.{number + 1}", payee="https://a.example")
    buy(ledger, "b", payee="https://b.example")
    ledger.claim(wanted("a-open", payee="https://a.example"), "me")
    bought = ledger.history.bought("video_gen", "https://a.example", last=2)
    assert [call.cost for call in bought] == [Decimal("0.3"), Decimal("0.2")]


def test_a_call_bought_anew_from_another_service_is_that_ones(ledger: Ledger) -> None:
    """Its answer is not handed to a request for the service that failed."""
    call = ledger.claim(wanted("clip", payee="https://a.example", request_hash="at a"), "me").call
    ledger.fail(call.id, "me", Decimal(0), GONE)
    buy(ledger, "clip", payee="https://b.example", request_hash="at b")
    assert ledger.history.answers("at a") == []
    assert [found.payee for found in ledger.history.answers("at b")] == ["https://b.example"]
