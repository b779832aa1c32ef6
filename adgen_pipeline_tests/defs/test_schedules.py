"""The schedule of standing campaigns, evaluated at given times as the daemon does."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster import DefaultScheduleStatus

from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.defs.schedules import standing_campaigns
from adgen_pipeline.ledger import Commission, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.campaign_days import CHANGES, live_through, lived_days, look, wanted, write_campaign

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def folder() -> Path:
    return Settings.read().campaigns_folder


def commissions() -> list[Commission]:
    with open_ledger(Settings.read()) as ledger:
        return ledger.commissions.waiting(1000)


def test_it_runs_every_minute_from_the_first_start() -> None:
    """Nobody has to switch it on."""
    (schedule,) = build_defs().schedules or []
    assert isinstance(schedule, dg.ScheduleDefinition)
    assert (schedule.cron_schedule, schedule.default_status) == ("* * * * *", DefaultScheduleStatus.RUNNING)


@pytest.mark.parametrize(
    ("zone", "season", "night", "hourly"),
    [
        ("Europe/Berlin", 0, ["03-28T01:30", "03-29T01:00", "03-30T00:30"], 72),
        ("Europe/Berlin", 1, ["10-24T00:30", "10-25T00:30", "10-26T01:30"], 72),
        ("America/New_York", 0, ["03-07T07:30", "03-08T07:00", "03-09T06:30"], 72),
    ],
)
def test_days_across_a_change_of_the_clocks(zone: str, season: int, night: list[str], hourly: int) -> None:
    """02:30, which is skipped in spring and comes twice in autumn, happens once a day; every hour, once an hour."""
    found = lived_days(zone, CHANGES[zone][season])
    assert found["night"] == [f"2026-{tick}Z" for tick in night]
    assert len(found["hourly"]) == len(set(found["hourly"])) == hourly
    assert len(found["breakfast"]) == 3


def test_the_same_tick_is_wanted_once_whatever_is_done_again(folder: Path) -> None:
    """The look repeated, the clock set back, the file given another shape in between: one set of ads."""
    write_campaign(folder, "spring", "0 9 * * *", aspect_ratios=["9:16", "1:1"])
    look(NINE - MINUTE)
    assert "2 ads wanted (9:16, 1:1)" in look(NINE)
    assert "No campaign" in look(NINE)
    look(NINE - 2 * HOUR)
    write_campaign(folder, "spring", "0 9 * * *", aspect_ratios=["16:9", "9:16", "1:1"])
    live_through(NINE - HOUR, NINE + HOUR)
    assert [each.variant for each in commissions()] == ["9:16", "1:1"]
    assert len({each.batch for each in commissions()}) == 1


def test_a_file_written_just_before_its_tick_is_in_time(folder: Path) -> None:
    """The first look that finds it comes at the tick; one that comes a minute later is late for a new campaign."""
    for name, written in (("just", NINE - timedelta(seconds=20)), ("long", NINE - DAY), ("after", NINE)):
        file = write_campaign(folder, name, "0 9 * * *")
        os.utime(file, (written.timestamp(), written.timestamp()))
    assert "just: stands; its first ad is due 2026-03-02 09:00 UTC" in look(NINE)
    assert sorted(wanted()) == ["just", "long"]


def test_a_new_file_does_not_make_up_for_what_was_before_it(folder: Path) -> None:
    """It is live at the next look, from then on."""
    write_campaign(folder, "spring", "0 9 * * *")
    assert "its first ad is due 2026-03-03 09:00 UTC" in look(NINE + MINUTE)
    write_campaign(folder, "summer", "2 9 * * *")
    look(NINE + MINUTE)
    look(NINE + 2 * MINUTE)
    assert wanted() == {"summer": ["2026-03-02T09:02Z"]}


def test_a_campaign_that_was_off_makes_up_for_nothing(folder: Path) -> None:
    """Off by its field, by taking the file away, or under another schedule: it begins anew."""
    for name in ("field", "file", "cron"):
        write_campaign(folder, name, "0 9 * * *")
    look(NINE - HOUR)
    write_campaign(folder, "field", "0 9 * * *", enabled=False)
    (folder / "file.yaml").unlink()
    look(NINE - MINUTE)
    write_campaign(folder, "field", "0 9 * * *")
    write_campaign(folder, "file", "0 9 * * *")
    write_campaign(folder, "cron", "30 9 * * *")
    look(NINE + HOUR)
    assert wanted() == {}
    live_through(NINE + HOUR, NINE + DAY + HOUR)
    assert {name: len(ticks) for name, ticks in wanted().items()} == {"field": 1, "file": 1, "cron": 1}


def test_after_an_outage_the_newest_missed_tick_is_made_once(folder: Path) -> None:
    """Older ones are named as skipped, and so is one that is older than the campaign allows."""
    write_campaign(folder, "daily", "0 9 * * *")
    write_campaign(folder, "fresh", "0 9 * * *", catch_up_hours=1)
    look(NINE - HOUR)
    told = look(NINE + 2 * DAY + 2 * HOUR)
    assert "daily: skipped 2026-03-02 09:00 UTC, 2026-03-03 09:00 UTC (missed, newer ones are due)" in told
    assert "fresh: skipped" in told and "missed by more than 1 h" in told
    assert "campaign daily, 2026-03-04 09:00 UTC: an ad is wanted" in told
    look(NINE + 2 * DAY + 3 * HOUR)
    assert wanted() == {"daily": ["2026-03-04T09:00Z"]}


def test_a_bad_file_is_told_and_made_up_for_when_it_is_mended(folder: Path) -> None:
    """It stops no other campaign; half of a file, as an editor may leave it, loses no tick."""
    write_campaign(folder, "good", "0 9 * * *")
    file = write_campaign(folder, "spring", "0 9 * * *")
    look(NINE - MINUTE)
    file.write_text(file.read_text()[:40])
    os.utime(file, (1, 1))
    told = look(NINE)
    assert "spring.yaml: " in told and "campaign good, 2026-03-02 09:00 UTC: an ad is wanted" in told
    write_campaign(folder, "spring", "0 9 * * *")
    look(NINE + MINUTE)
    assert wanted() == {"good": ["2026-03-02T09:00Z"], "spring": ["2026-03-02T09:00Z"]}


def test_a_preview_in_the_ui_writes_nothing(folder: Path) -> None:
    """It tells what would be wanted; the tick itself is still to come."""
    write_campaign(folder, "spring", "0 9 * * *")
    look(NINE - MINUTE)
    preview = dg.build_schedule_context(scheduled_execution_time=NINE)
    preview._log_key = ["__repository__", "standing_campaigns", f"{NINE:%Y%m%d_%H%M%S}"]
    told = str(standing_campaigns.evaluate_tick(preview).skip_message)
    assert told.startswith("Preview, nothing is written") and "an ad is wanted" in told
    assert commissions() == []
    look(NINE)
    assert len(commissions()) == 1


def test_no_folder_is_no_campaign(folder: Path) -> None:
    """And nothing that stood is forgotten: it may be a disk that is not there just now."""
    write_campaign(folder, "spring", "0 9 * * *")
    look(NINE - MINUTE)
    folder.rename(folder.with_name("away"))
    assert "No campaign" in look(NINE)
    folder.with_name("away").rename(folder)
    look(NINE + MINUTE)
    assert wanted() == {"spring": ["2026-03-02T09:00Z"]}
