"""Ads that are wanted: remembered once, launched once."""

import pytest

from adgen_pipeline.errors import LedgerError, NotInLedger
from adgen_pipeline.ledger import Commission, Ledger
from adgen_pipeline.ledger.opening import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.calls import race

BRIEF = {"prompt": "Create an ad for a luxury watch"}


def _wanted(key: str, **known: str) -> Commission:
    return Commission(key=key, origin=f"inbox: {key}", brief=BRIEF, **known)  # type: ignore[arg-type]


def _add(ledger: Ledger, number: int) -> int:
    return len(ledger.commissions.add(_wanted(f"row {n}") for n in range(5)))


def _add_its_own(ledger: Ledger, number: int) -> bool:
    own = [_wanted(f"spring/{n}", batch="spring", variant=str(number)) for n in range(2 + number % 3)]
    return ledger.commissions.add_together(own)


def test_of_eight_batches_with_the_same_keys_one_is_written_down_whole(settings: Settings) -> None:
    """Longer ones, too, add nothing to it: a batch never holds the ads of two."""
    assert sorted(race(settings, _add_its_own)) == [False] * 7 + [True]
    with open_ledger(settings) as ledger:
        written = ledger.commissions.of_batch("spring")
        (number,) = {int(each.variant or "") for each in written}
        assert len(written) == 2 + number % 3


def test_eight_processes_that_want_the_same_ads_write_each_down_once(settings: Settings) -> None:
    """One of them hears that they are new; the others, that all are known."""
    assert sorted(race(settings, _add)) == [0] * 7 + [5]


def test_what_was_launched_or_refused_waits_no_more(settings: Settings) -> None:
    """Oldest first; a second launch of the same ad does not change whose job it is."""
    with open_ledger(settings) as ledger:
        ledger.commissions.add([_wanted("a"), _wanted("b"), _wanted("c"), _wanted("d", launched_by="api")])
        assert [each.key for each in ledger.commissions.waiting()] == ["a", "b", "c"]
        assert ledger.commissions.launched("a", "job-1").job_id == "job-1"
        assert ledger.commissions.launched("a", "job-2").job_id == "job-1"
        ledger.commissions.refused("b", "its prompt is too short")
        assert [each.key for each in ledger.commissions.waiting()] == ["c"]
        assert ledger.commissions.get("b").error == "its prompt is too short"
        found = ledger.commissions.of_job("job-1")
        assert found and found.key == "a" and found.launched_at
        with pytest.raises(LedgerError, match="nothing was commissioned as 'z'"):
            ledger.commissions.get("z")


def test_a_batch_is_found_by_its_name(settings: Settings) -> None:
    """Only its own ads, with what tells them apart."""
    with open_ledger(settings) as ledger:
        ledger.commissions.add([_wanted(k, batch="spring", variant=f"headline {k}") for k in "ab"])
        ledger.commissions.add([_wanted("c")])
        assert [each.variant for each in ledger.commissions.of_batch("spring")] == ["headline a", "headline b"]


def test_a_batch_may_be_named_by_its_beginning(settings: Settings) -> None:
    """As long as there is one of that beginning; a whole name counts before longer ones."""
    with open_ledger(settings) as ledger:
        for n, batch in enumerate(("spring-1", "spring-12", "autumn_x")):
            ledger.commissions.add([_wanted(f"row {n}", batch=batch)])
        assert ledger.commissions.batch_named("aut") == "autumn_x"
        assert ledger.commissions.batch_named("spring-1") == "spring-1"
        with pytest.raises(NotInLedger, match="several batches begin with 'spr': spring-1, spring-12"):
            ledger.commissions.batch_named("spr")
        with pytest.raises(NotInLedger, match="there is no batch 'autumn_y'"):
            ledger.commissions.batch_named("autumn_y")
