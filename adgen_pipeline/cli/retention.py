"""`adgen retention`: what need not be kept any longer, shown and deleted."""

import json
from collections import Counter
from datetime import datetime
from typing import Any

import click
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from adgen_pipeline.cli.display import console
from adgen_pipeline.settings import Settings

_WIDTH = 100  # characters, where the output is no terminal


@click.command(short_help="Show, or delete, what need not be kept any longer.")
@click.option("--delete", is_flag=True, help="Delete it. Without this, nothing is changed.")
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout; sizes in bytes.")
def retention(delete: bool, as_json: bool) -> None:
    """Show what need not be kept any longer by KEEP_RUNS_DAYS, KEEP_MEDIA_DAYS and KEEP_LEDGER_DAYS; --delete deletes.

    Whatever its age, nothing goes of an ad that is not over, of a call in doubt, of news that wait to be told, and
    nothing that a newer ad needs. What was spent stays in the ledger's totals for good. An answer that is deleted
    cannot be reused: a later equal brief buys it anew.

    Safe while ads are made, and to be broken off: the next one goes on. Let it run once a day (docs/operations.md).
    """
    Settings.read().make_home()  # a bad setting is told before anything is loaded
    from adgen_pipeline.upkeep.retention import Retention  # Dagster takes seconds to load

    with Retention.opened(Settings.read()) as upkeep:
        found, before = upkeep.found(), upkeep.bytes()
        if not as_json:
            _show(found, upkeep.now)
        gone = _delete(upkeep) if delete else Counter()
        after = upkeep.bytes()
    told = {"databases_before": sum(before.values()), "databases_after": sum(after.values())}
    if as_json:
        data: dict[str, Any] = {"deleted": dict(gone) if delete else None, "found": [kind.as_data() for kind in found]}
        click.echo(json.dumps(data | told, indent=2))
    elif delete:
        sizes = f"The databases took {decimal(sum(before.values()))}, and take {decimal(sum(after.values()))} now"
        click.echo(f"Deleted: {_counted(gone)}. {sizes}.")
    elif any(kind.found.count for kind in found):
        click.echo("Nothing was changed. `adgen retention --delete` deletes it.")


def _show(found: list[Any], now: datetime) -> None:
    out = Console(highlight=False)
    out = out if out.is_terminal else Console(highlight=False, width=_WIDTH)
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("what", "how many", "size", "oldest", "newest", "by"):
        table.add_column(title, justify="right" if title in ("how many", "size") else "left", no_wrap=True)
    for kind in found:
        ages = [_day(kind.found.oldest), _day(kind.found.newest)]
        table.add_row(kind.name, f"{kind.found.count:,}", decimal(kind.found.size), *ages, kind.setting)
    out.print(table)


def _delete(upkeep: Any) -> Counter[str]:
    """With progress, where somebody watches."""
    gone: Counter[str] = Counter()
    with console() as out, out.status("Deleting ...") as status:
        for kind, count in upkeep.delete():
            gone[kind] += count
            status.update(f"Deleting: {kind}, {gone[kind]:,} are gone")
    return gone


def _counted(gone: Counter[str]) -> str:
    return ", ".join(f"{count:,} {kind}" for kind, count in gone.items() if count) or "nothing"


def _day(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d}" if moment else ""
