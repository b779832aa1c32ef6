"""A small fixed part of what `make chaos` plays: whatever happens, the money is right."""

from dataclasses import replace
from decimal import Decimal

import pytest

from adgen_pipeline_tests.chaos.lanes import Lanes
from adgen_pipeline_tests.chaos.matrix import kill_matrix
from adgen_pipeline_tests.chaos.schedules import calm, draw, storm
from adgen_pipeline_tests.chaos.taken_out import TAKE_OUT

NUMBERS = (2, 4, 5, 6, 9, 12, 22, 24, 118, 131, 169, 276)
"""Each of the three terms; kills by the services and at the caller's own points; rivals; too small budgets; answers
that hide their price; refusals; late media; expiring URLs."""

POINTS = (2, 5, 12, 19, 26, 44, 71, 98)
"""Before and after commits, POSTs and files, in all four stages."""


def test_a_fixed_set_of_schedules(lab_lanes: Lanes) -> None:
    """Each is finished or rightly stopped, and nothing is paid twice, lost, or over the budget."""
    played = lab_lanes.play([draw(number) for number in NUMBERS])
    assert {one.schedule.number: one.violations for one in played if one.violations} == {}
    assert {one.end for one in played} >= {"finished", "budget", "held"}
    assert sum(one.kills for one in played) >= 3
    assert sum(one.audits for one in played) > 100


def test_killed_at_its_own_persistence_points(lab_lanes: Lanes) -> None:
    """SIGKILLed before and after commits, POSTs and files; each ad is finished by the next process, to the cent."""
    for row in kill_matrix(lab_lanes, POINTS):
        assert row.played.violations == []
        assert (row.played.end, row.played.kills, row.played.resumes) == ("finished", 1, 1), row.name
        assert row.played.spent == row.played.charged > 0


@pytest.mark.parametrize("name", TAKE_OUT)
def test_the_lab_can_fail(lab_lanes: Lanes, name: str) -> None:
    """With one of its promises taken out of the product, two schedules are enough to find that out."""
    played = lab_lanes.play([replace(draw(number), taken_out=name) for number in (4, 24)])
    assert any(one.violations for one in played)


@pytest.mark.parametrize("max_cost", ["10.00", "1.60"])
def test_eight_processes_race(lab_lanes: Lanes, max_cost: str) -> None:
    """Eight processes buy one ad at one moment: each call is paid once; with too small a budget, it is not passed."""
    (played,) = lab_lanes.play([calm(1, rivals=8, max_cost=Decimal(max_cost))])
    assert played.violations == []
    assert played.end == ("finished" if max_cost == "10.00" else "budget")
    assert played.spent == played.charged <= Decimal(max_cost)


def test_a_storm_of_transient_failures(lab_lanes: Lanes) -> None:
    """30 % of all calls fail transiently, and the ads are made, for what they cost."""
    for played in lab_lanes.play([storm(3_000_000 + n, 0.3) for n in range(3)]):
        assert (played.end, played.violations) == ("finished", [])
        assert played.attempts > played.calls
        assert played.spent == played.charged
