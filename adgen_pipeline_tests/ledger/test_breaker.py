"""A service that is down is left alone, by all processes at once."""

from adgen_pipeline.ledger import Breaker, Ledger, open_ledger
from adgen_pipeline.ledger.breaker import FAILURES
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.calls import race


def _fail(breaker: Breaker, times: int = FAILURES, service: str = "video_gen") -> None:
    for _ in range(times):
        breaker.record(service, ok=False)


def _ask(ledger: Ledger, _number: int) -> float:
    return ledger.breaker.blocked_for("video_gen")


def test_five_failures_in_a_row_open_it_for_a_minute(ledger: Ledger, settings: Settings) -> None:
    """For that service alone, and for every process."""
    _fail(ledger.breaker, FAILURES - 1)
    assert ledger.breaker.blocked_for("video_gen") == 0
    _fail(ledger.breaker, 1)
    with open_ledger(settings) as another:
        assert 50 < another.breaker.blocked_for("video_gen") <= 60
        assert another.breaker.blocked_for("image_gen") == 0


def test_a_success_between_them_starts_the_count_anew(ledger: Ledger) -> None:
    """Only failures in a row count."""
    _fail(ledger.breaker, FAILURES - 1)
    ledger.breaker.record("video_gen", ok=True)
    _fail(ledger.breaker, FAILURES - 1)
    assert ledger.breaker.blocked_for("video_gen") == 0


def test_one_of_eight_processes_gets_the_probe(ledger: Ledger, settings: Settings) -> None:
    """When the pause is over, one may call; the others stay away for another."""
    _fail(Breaker(ledger._database, open_seconds=0))
    found = sorted(race(settings, _ask))
    assert found[0] == 0
    assert found[1] > 50


def test_the_probe_closes_it_or_opens_it_again(ledger: Ledger) -> None:
    """By how it went."""
    over = Breaker(ledger._database, open_seconds=0)
    _fail(over)
    assert ledger.breaker.blocked_for("video_gen") == 0
    _fail(ledger.breaker, 1)
    assert ledger.breaker.blocked_for("video_gen") > 50
    ledger.breaker.record("video_gen", ok=True)
    assert [ledger.breaker.blocked_for("video_gen") for _ in range(2)] == [0, 0]
