"""The drills of upkeep, small: `adgen_pipeline_tests.retention_drill` and `restore_drill` do the same large."""

import pytest

from adgen_pipeline_tests import restore_drill, retention_drill


def test_retention_gives_room_back_and_forgets_no_dollar() -> None:
    """Of six ads, four old ones go, from every place, and what was spent stays."""
    found = retention_drill.drill("sqlite", jobs=6, old=4)
    assert found.gone["jobs in the ledger"] == found.gone["runs with their events"] == found.gone["media"] == 4
    assert found.ok and found.spent_before != "0"
    assert found.after["media"] < found.before["media"] - 4 * 90_000
    assert found.after["events, a file a run"] < found.before["events, a file a run"] / 2
    assert "of 6 jobs deleted" in found.table()


@pytest.mark.dear
def test_a_lost_machine_is_restored_elsewhere() -> None:
    """Everything is what it was; the second back-up was smaller; the old brief costs nothing."""
    found = restore_drill.drill("sqlite", jobs=2)
    assert found.ok and found.before.jobs == 4
    assert found.second_bytes < found.first_bytes
    assert "the same brief costs $0" in found.table()
