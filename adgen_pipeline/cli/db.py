"""`adgen db`: the database's tables, brought up to date and looked at."""

import json
import sys
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.filesize import decimal
from rich.table import Table

from adgen_pipeline.cli.display import console
from adgen_pipeline.settings import Settings

if TYPE_CHECKING:
    from adgen_pipeline.defs.database.status import Size, Status

_NONE_YET = "none yet"


@click.group(short_help="Bring the database up to date; show what is in it.")
def db() -> None:
    """The database of ledger and Dagster: DATABASE_URL, or files in the state folder.

    An empty database is set up by whoever comes first. After an update, a Postgres that an older version has set up
    is refused by every command until `adgen db upgrade` has been run once, on any machine.
    """


@db.command(short_help="Bring the tables of ledger and Dagster to this version.")
def upgrade() -> None:
    """Bring the tables of ledger and Dagster to this version, and say from which revision to which.

    Safe to run twice, by two machines at once, and again after it was broken off. Machines with the older version are
    refused from then on: stop them before, and update them.
    """
    from adgen_pipeline.defs.database.upgrading import upgrade as bring_up_to_date  # Dagster takes seconds to load

    with console() as out:
        for before, after in bring_up_to_date(Settings.read(), out.print):
            same = before.found == after.found
            change = f"at {after.found} already" if same else f"from {before.found or _NONE_YET} to {after.found}"
            click.echo(f"{after.of}: {change}")


@db.command(short_help="Show revisions, rows and bytes.")
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
def status(as_json: bool) -> None:
    """Show the revisions that the database has and this version needs, with the rows and bytes of each table.

    The exit code is 1 where the tables are of another version, and nothing could work with them.
    """
    from adgen_pipeline.defs.database.status import look  # Dagster takes seconds to load

    found = look(Settings.read())
    if as_json:
        click.echo(json.dumps(found.as_data(), indent=2))
    else:
        _show(found)
    sys.exit(0 if found.fits else 1)


def _show(found: "Status") -> None:
    click.echo(f"{found.where}: {decimal(found.bytes)}")
    for part in found.parts:
        at = f"revision {part.found}" if part.found else "no tables yet; whoever comes first makes them"
        needed = "" if part.found == part.wanted else f" (this version works with {part.wanted})"
        click.echo(f"{part.of}: {at}{needed}")
    for part in found.parts:
        if part.mismatch:
            click.echo(part.mismatch.message)
    if found.sizes:
        Console(highlight=False).print(_table(found.sizes))


def _table(sizes: "list[Size]") -> Table:
    table = Table(header_style="bold", box=None, pad_edge=False)
    table.add_column("table")
    table.add_column("rows", justify="right")
    table.add_column("size", justify="right")
    for size in sizes:
        table.add_row(size.table, f"{size.rows:,}", "" if size.bytes is None else decimal(size.bytes))
    return table
