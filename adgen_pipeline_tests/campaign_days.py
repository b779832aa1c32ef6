"""Standing campaigns over simulated days, by the schedule's own function: python -m adgen_pipeline_tests.campaign_days

Campaigns in two cities are looked at, and the ads that were wanted are told, day by day, across each change of the
clocks in 2026.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import yaml
from dagster import DagsterInstance

from adgen_pipeline.defs.schedules import standing_campaigns
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings

BRIEF = {"prompt": "Create an ad for a luxury watch", "duration": 15}
CHANGES = {
    "Europe/Berlin": (datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 24, tzinfo=UTC)),
    "America/New_York": (datetime(2026, 3, 7, 6, tzinfo=UTC), datetime(2026, 10, 31, 6, tzinfo=UTC)),
}
"""A day before the clocks change, for spring and autumn."""

CRONS = {"breakfast": "0 9 * * *", "night": "30 2 * * *", "one": "30 1 * * *", "hourly": "15 * * * *"}
STEP = timedelta(minutes=30)


def write_campaign(folder: Path, name: str, cron: str, /, age: float = 60.0, **more: object) -> Path:
    """A campaign's file that was written `age` seconds ago."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.yaml"
    file.write_text(yaml.safe_dump({"brief": BRIEF, "cron": cron} | more))
    written = file.stat().st_mtime - age
    os.utime(file, (written, written))
    return file


def look(moment: datetime, instance: DagsterInstance | None = None) -> str:
    """One evaluation of the schedule, as of `moment`; what its tick says."""
    context = dg.build_schedule_context(instance=instance, scheduled_execution_time=moment)
    told = standing_campaigns.evaluate_tick(context)
    assert not told.run_requests
    return str(told.skip_message)


def live_through(begin: datetime, end: datetime, step: timedelta = STEP) -> None:
    """Look again and again."""
    while begin <= end:
        look(begin)
        begin += step


def wanted() -> dict[str, list[str]]:
    """The ticks that were written down so far, by campaign, in the order of time."""
    with open_ledger(Settings.read()) as ledger:
        keys = sorted(each.key for each in ledger.commissions.waiting(10_000))
    found: dict[str, list[str]] = {}
    for key in keys:
        _, name, tick, _ = key.split("/")
        found.setdefault(name, []).append(tick)
    return found


def lived_days(zone: str, begin: datetime, days: int = 3) -> dict[str, list[str]]:
    """The ticks of all CRONS in `zone` within `days` of `begin`."""
    for name, cron in CRONS.items():
        write_campaign(Settings.read().campaigns_folder, name, cron, timezone=zone)
    live_through(begin, begin + timedelta(days=days) - STEP)
    return wanted()


def _table() -> Iterator[str]:
    for zone, begins in CHANGES.items():
        for begin in begins:
            with tempfile.TemporaryDirectory() as home:
                os.environ |= {"ADGEN_HOME": home, "DATABASE_URL": "", "CAMPAIGNS": ""}
                found = lived_days(zone, begin)
            yield f"\n{zone}, three days from {begin.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"
            for name, cron in CRONS.items():
                local = [datetime.fromisoformat(tick).astimezone(ZoneInfo(zone)) for tick in found[name]]
                shown = [f"{tick:%d %H:%M %Z}" for tick in local]
                told = ", ".join(shown) if len(shown) < 6 else f"{len(shown)} ads, {', '.join(_night(local))}"
                yield f"  {name:<10}{cron:<12}{told}"


def _night(ticks: list[datetime]) -> list[str]:
    """Those of the night in which the clocks change."""
    change = next(n for n in range(1, len(ticks)) if ticks[n].utcoffset() != ticks[n - 1].utcoffset())
    return ["...", *(f"{tick:%d %H:%M %Z}" for tick in ticks[change - 2 : change + 2]), "..."]


if __name__ == "__main__":
    for line in _table():
        print(line)
