"""The moments that cron expressions name."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from adgen_pipeline.campaigns.ticks import first_ticks, problem_of

BERLIN = ZoneInfo("Europe/Berlin")


def ticks(cron: str, moment: datetime, number: int = 3, zone: ZoneInfo = BERLIN) -> list[str]:
    return [f"{tick:%m-%d %H:%M %Z}" for tick in first_ticks(cron, zone, moment, number)]


def test_a_time_that_the_clocks_skip_happens_once_when_they_have_moved_on() -> None:
    """Two of them that fall on one moment are one."""
    before = datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN)
    assert ticks("30 2 * * *", before, 2) == ["03-29 03:00 CEST", "03-30 02:30 CEST"]
    assert ticks("0,30 2 * * *", before, 2) == ["03-29 03:00 CEST", "03-30 02:00 CEST"]


def test_a_time_that_comes_twice_happens_the_first_time() -> None:
    """Also for who begins to look between the two: what has been is not named again."""
    before = datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN)
    assert ticks("30 2 * * *", before, 2) == ["10-25 02:30 CEST", "10-26 02:30 CET"]
    between = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)
    assert f"{between.astimezone(BERLIN):%H:%M %Z}" == "02:10 CET"
    assert ticks("30 2 * * *", between, 1) == ["10-26 02:30 CET"]


def test_what_runs_every_hour_follows_the_elapsed_time() -> None:
    """23 and 25 of them on the days of change, each an hour after the one before."""
    for day, hours in ((datetime(2026, 3, 29, tzinfo=BERLIN), 23), (datetime(2026, 10, 25, tzinfo=BERLIN), 25)):
        found = first_ticks("15 * * * *", BERLIN, day, hours + 1)
        assert [tick.day == day.day for tick in found] == [True] * hours + [False]
        utc = [tick.astimezone(UTC) for tick in found]
        assert {later - earlier for earlier, later in pairwise(utc)} == {timedelta(hours=1)}


def test_a_leap_day_is_waited_for() -> None:
    """Years without one are passed over."""
    assert ticks("0 9 29 2 *", datetime(2026, 1, 1, tzinfo=UTC), 1) == ["02-29 09:00 CET"]


@pytest.mark.parametrize(
    ("cron", "told"),
    [
        ("0 0 9 * * *", "has 6 fields"),
        ("9", "has 1 fields"),
        ("61 * * * *", "Bad minute"),
        ("0 9 30 2 *", "Bad day-of-month"),
        ("@reboot", "is none of @hourly"),
        ("0 9 * * MON", None),
        ("@daily", None),
    ],
)
def test_an_expression_that_names_no_minute_is_refused(cron: str, told: str | None) -> None:
    """Seconds, days that never come, words that mean nothing here."""
    problem = problem_of(cron)
    assert (told in problem) if told and problem else problem == told
