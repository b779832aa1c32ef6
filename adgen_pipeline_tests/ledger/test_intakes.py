"""Files that were taken in: written down once, together with their ads."""

from adgen_pipeline.ledger import Commission, Intake, Ledger
from adgen_pipeline.ledger.opening import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.ledger.calls import race

PROBLEM = {"where": "row 3", "field": "duration", "value": "'99'", "way_out": "does not fit"}
BRIEF = {"prompt": "Create an ad for a luxury watch"}


def _wanted(*keys: str) -> list[Commission]:
    return [Commission(key=key, origin=f"inbox: {key}", brief=BRIEF) for key in keys]


def _take_in(ledger: Ledger, number: int) -> tuple[int, list[str]]:
    intake = ledger.intakes.take_in(Intake(key="spring", name="spring.csv", problems=[PROBLEM]), _wanted("a", "b"))
    return intake.ads, intake.known


def test_eight_processes_that_take_in_a_file_write_it_down_once(settings: Settings) -> None:
    """All of them hear the same of it, also those that came second: its ads were new."""
    assert race(settings, _take_in) == [(2, [])] * 8
    with open_ledger(settings) as ledger:
        assert len(ledger.commissions.waiting()) == 2 and len(ledger.intakes.newest()) == 1


def test_what_was_wanted_before_is_told_of(settings: Settings) -> None:
    """By where it came from; the rest is new."""
    with open_ledger(settings) as ledger:
        ledger.commissions.add(_wanted("a"))
        intake = ledger.intakes.take_in(Intake(key="k", name="spring.csv", problems=[PROBLEM]), _wanted("a", "b"))
        assert (intake.ads, intake.known, intake.problems) == (1, ["inbox: a"], [PROBLEM])
        again = ledger.intakes.take_in(Intake(key="k", name="spring.csv"), _wanted("a", "b", "c"))
        assert again == intake and len(ledger.commissions.waiting()) == 2


def test_a_file_is_there_until_it_was_moved(settings: Settings) -> None:
    """Whoever was killed in between finds out; it stays known."""
    with open_ledger(settings) as ledger:
        for name in ("a.csv", "b.csv"):
            ledger.intakes.take_in(Intake(key=name, name=name), [])
        ledger.intakes.moved("a.csv")
        assert [each.name for each in ledger.intakes.still_there()] == ["b.csv"]
        moved = ledger.intakes.take_in(Intake(key="a.csv", name="a.csv"), []).moved_at
        ledger.intakes.moved("a.csv")
        assert moved and ledger.intakes.take_in(Intake(key="a.csv", name="a.csv"), []).moved_at == moved
        assert [each.name for each in ledger.intakes.newest(1)] == ["b.csv"]
