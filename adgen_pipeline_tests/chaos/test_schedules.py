"""Schedules are told by their numbers, and there is something of everything in them."""

from adgen_pipeline_tests.chaos.faults import KINDS
from adgen_pipeline_tests.chaos.schedules import draw

MANY = [draw(number) for number in range(1, 501)]


def test_a_number_always_draws_the_same_schedule() -> None:
    """A failing schedule can be played again by its number."""
    assert [draw(number) for number in range(1, 501)] == MANY
    assert draw(7).faults != draw(8).faults


def test_every_fault_is_drawn() -> None:
    """Within 500 schedules, under each of the three terms, there is every kind of fault."""
    for terms in ("keys", "retry", "hold"):
        faults = [s.faults for s in MANY if s.terms == terms]
        assert {kind for one in faults for posts in one.values() for kind in posts.values()} == set(KINDS)


def test_a_tenth_are_whole_runs_and_each_is_killed() -> None:
    """50 of 500 are played by Dagster, and each of them is SIGKILLed in a call."""
    whole = [s for s in MANY if s.is_whole_run]
    assert len(whole) == 50
    for schedule in whole:
        kinds = [kind for posts in schedule.faults.values() for kind in posts.values()]
        assert any(kind.startswith("kill_") for kind in kinds)
