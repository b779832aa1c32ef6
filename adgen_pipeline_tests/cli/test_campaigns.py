"""`adgen campaigns`: what stands, what is wrong, and once now."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.campaign_days import look, write_campaign
from adgen_pipeline_tests.cli.conftest import Ended


def test_it_lists_what_stands_with_next_and_last_ads_and_problems(adgen: Callable[..., Ended]) -> None:
    """On and off, three ticks in the campaign's own time, the last tick's ads; a bad file with its reason."""
    assert "No campaigns in" in adgen("campaigns").told
    folder, midnight = Settings.read().campaigns_folder, datetime(2026, 3, 2, tzinfo=UTC)
    write_campaign(folder, "spring", "@daily", timezone="Asia/Tokyo", aspect_ratios=["9:16", "1:1"])
    write_campaign(folder, "resting", "@daily", enabled=False)
    write_campaign(folder, "bad", "61 * * * *")
    look(midnight)
    look(midnight + timedelta(days=1))
    ended = adgen("campaigns")
    assert ended.code == 0 and "JST" in ended.told and "bad.yaml cron: '61 * * * *'" in ended.told
    rows = {row["name"]: row for row in json.loads(adgen("campaigns", "--json").told)["campaigns"]}
    assert [len(rows[name]["next"]) for name in ("spring", "resting", "bad")] == [3, 0, 0]
    assert rows["spring"]["last"]["tick"] == "2026-03-03 00:00 JST"
    assert rows["spring"]["last"]["state"] == "0 of 2 launched" and rows["resting"]["last"] is None
    assert rows["bad"]["problem"] and not rows["spring"]["problem"]


def test_it_checks_a_file_and_makes_nothing(adgen: Callable[..., Ended]) -> None:
    """Its ads and its next ticks; a bad one with exit code 2."""
    folder = Settings.read().campaigns_folder
    good = adgen("campaigns", "check", str(write_campaign(folder, "spring", "@hourly", headlines=["One.", "Two."])))
    assert good.code == 0 and "headline 2: 9:16, 15 s" in good.told and good.told.count("due ") == 3
    bad = adgen("campaigns", "check", str(write_campaign(folder, "bad", "never")))
    assert bad.code == 2 and "cron: 'never' has 1 fields" in bad.told


def test_it_asks_for_a_campaigns_ads_now(adgen: Callable[..., Ended]) -> None:
    """Also of one that is off; a name that is none is told those that are there."""
    write_campaign(Settings.read().campaigns_folder, "resting", "@daily", enabled=False, seeds=[1, 2])
    ended = adgen("campaigns", "run", "resting")
    assert ended.code == 0 and "2 of 2 ads are wanted" in ended.told and "adgen batch --status resting-" in ended.told
    with open_ledger(Settings.read()) as ledger:
        assert [each.variant for each in ledger.commissions.waiting()] == ["seed 1", "seed 2"]
    unknown = adgen("campaigns", "run", "spring")
    assert unknown.code == 2 and "there: resting" in unknown.told
