"""`adgen campaigns`: what stands, when its next ads are due, and what is wrong with the files."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adgen_pipeline.errors import InvalidBrief
from adgen_pipeline.ledger import Ledger, open_ledger
from adgen_pipeline.settings import Settings

_NEXT = 3


@click.group(invoke_without_command=True, short_help="List the standing campaigns, check one, run one now.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the table.")
@click.pass_context
def campaigns(context: click.Context, as_json: bool) -> None:
    """List the standing campaigns: files of the folder CAMPAIGNS (default campaigns in ADGEN_HOME).

    Each says what is made and when; docs/campaigns.md shows how. A running daemon (`adgen up`) looks at
    them every minute.
    """
    if context.invoked_subcommand is None:
        _list(as_json)


@campaigns.command(short_help="Check a campaign's file; nothing is made.")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Check FILE as the daemon would, and tell its next ads. Exit code 2 for a file that is no campaign."""
    from adgen_pipeline.campaigns.folder import ads_of, read_campaign
    from adgen_pipeline.campaigns.ticks import first_ticks

    campaign, moment = read_campaign(file), datetime.now(UTC)
    click.echo(f"{campaign.name}: {'on' if campaign.enabled else 'off'}, {campaign.cron} in {campaign.timezone}")
    for ad in ads_of(campaign, moment):
        click.echo(f"  {ad.label or 'one ad'}: {ad.brief.aspect_ratio}, {ad.brief.duration} s")
    for tick in first_ticks(campaign.cron, campaign.zone, moment, _NEXT):
        click.echo(f"  due {tick:%a %Y-%m-%d %H:%M %Z}")


@campaigns.command(short_help="Make a campaign's ads once, now.")
@click.argument("name")
def run(name: str) -> None:
    """Ask for the ads of the campaign NAME now, whether it is on or off: its schedule stays as it is.

    They are launched by the daemon; asked for twice within a minute they are made once.
    """
    from adgen_pipeline.campaigns.folder import read_folder
    from adgen_pipeline.campaigns.standing import commissions_of

    settings = Settings.read()
    found = {each.name: each for each in read_folder(settings.campaigns_folder)}
    if name not in found:
        there = ", ".join(found) or "none yet"
        raise InvalidBrief([("name", name, f"is no campaign in {settings.campaigns_folder}; there: {there}")])
    campaign = found[name].campaign
    if campaign is None:
        raise InvalidBrief([(found[name].file, "", str(found[name].problem))])
    moment = datetime.now(campaign.zone).replace(second=0, microsecond=0)
    with open_ledger(settings) as ledger:
        wanted = commissions_of(campaign, moment)
        new = ledger.commissions.add(wanted)
    click.echo(f"{len(new)} of {len(wanted)} ads are wanted anew ({wanted[0].origin}); the daemon launches them.")
    if new and new[0].batch:
        click.echo(f"`adgen batch --status {new[0].batch}` shows how they stand.")


def _list(as_json: bool) -> None:
    settings = Settings.read()
    settings.make_home()
    with open_ledger(settings) as ledger:
        rows = _rows(settings.campaigns_folder, ledger)
    if as_json:
        click.echo(json.dumps({"folder": str(settings.campaigns_folder), "campaigns": rows}, indent=2))
        return
    out = Console(highlight=False, soft_wrap=True)
    if not rows:
        out.print(f"No campaigns in {settings.campaigns_folder}; examples/campaigns shows how one is written.")
        return
    table = Table(header_style="bold")
    for title in ("campaign", "", "schedule", "next ads", "last ad"):
        table.add_column(title)
    for row in rows:
        last = row["last"]
        shown = f"{last['tick']}: {last['state']}" if last else ""
        table.add_row(row["name"], _on_off(row), row["schedule"], "\n".join(row["next"]), shown)
    out.print(table)
    for row in rows:
        for line in (row["problem"] or "").splitlines():
            out.print(Text.assemble((f"{row['file']} ", "red"), line))


def _on_off(row: dict[str, Any]) -> str:
    return "bad file" if row["problem"] else "on" if row["enabled"] else "off"


def _rows(folder: Path, ledger: Ledger) -> list[dict[str, Any]]:
    """Each file: its campaign, its next ticks in local time, and its last ads."""
    from adgen_pipeline.campaigns.folder import read_folder
    from adgen_pipeline.campaigns.ticks import first_ticks

    rows = []
    for found in read_folder(folder):
        campaign = found.campaign
        on = campaign is not None and campaign.enabled
        ticks = first_ticks(campaign.cron, campaign.zone, datetime.now(UTC), _NEXT) if campaign and on else []
        rows.append(
            {
                "name": found.name,
                "file": found.file,
                "enabled": on,
                "schedule": campaign.schedule if campaign else "",
                "next": [f"{tick:%a %Y-%m-%d %H:%M %Z}" for tick in ticks],
                "last": _last(ledger, found.name),
                "problem": found.problem,
            }
        )
    return rows


def _last(ledger: Ledger, name: str) -> dict[str, Any] | None:
    """The newest tick's ads: when, and how many of them stand how."""
    from adgen_pipeline.campaigns.standing import tick_key

    ads = ledger.campaigns.last_ads(tick_key(name))
    if not ads:
        return None
    jobs = [ad.job_id for ad in ads if ad.job_id]
    refused = sum(ad.error is not None for ad in ads)
    state = f"{len(jobs)} of {len(ads)} launched" + (f", {refused} refused" if refused else "")
    return {"tick": ads[0].origin.partition(", ")[2], "state": state, "jobs": jobs, "batch": ads[0].batch}
