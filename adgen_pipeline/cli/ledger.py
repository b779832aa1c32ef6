"""`adgen ledger`: who was paid for what, and what is in doubt."""

import json
from decimal import Decimal
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from adgen_pipeline.cli.again import Dollars
from adgen_pipeline.errors import dollars
from adgen_pipeline.ledger import Call, Ledger, Totals, open_ledger
from adgen_pipeline.settings import Settings

_LIST = "list"
_UNTOLD = {"body", "response", "request_hash", "key", "renewals", "location"}
"""What belongs to the machinery, and may hold signed URLs."""
_FIGURES = {"cost", "reserved", "in doubt", "attempts"}
_WIDE = 140  # characters, where the output is no terminal
_FOLDED = len("saved $0.25")


class JobOrCommand(click.Group):
    """`adgen ledger JOB` is its command `list`; `adgen ledger settle ...` is a command of its own."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Anything but a command or a call for help is what to list."""
        if not args or args[0] not in {*self.commands, "-h", "--help"}:
            args = [_LIST, *args]
        return super().parse_args(ctx, args)


@click.group(cls=JobOrCommand, short_help="Show who was paid for what; settle what is in doubt.")
def ledger() -> None:
    """Show the calls of an ad, or the newest of all ads, with what they cost and what is still in doubt.

    \b
      adgen ledger              the newest calls of all ads
      adgen ledger JOB          the calls of one ad (its job id, or the beginning of it)
      adgen ledger JOB --json   the same for programs
    """


@ledger.command(_LIST, hidden=True)
@click.argument("job", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout; amounts in USD as text, exact.")
@click.option("--limit", default=200, show_default=True, type=click.IntRange(1), help="At most so many calls.")
def list_calls(job: str | None, as_json: bool, limit: int) -> None:
    """List calls, newest last."""
    with _opened() as book:
        job_id = book.find_job(job).job_id if job else None
        calls = book.calls(job_id, limit)[::-1]
        totals = book.totals(job_id) if job_id else None
        if as_json:
            click.echo(json.dumps(_as_data(book, calls, totals), indent=2))
        else:
            _show(book, calls, totals)


@ledger.command(short_help="Say what a call in doubt really cost.")
@click.argument("call", type=int)
@click.option("--cost", required=True, type=Dollars(), help="What the service's invoice says, in USD.")
def settle(call: int, cost: Decimal) -> None:
    """Say what the lost answers of CALL cost by the service's own books; nothing of it is held back any more."""
    _resolve(call, cost)


@ledger.command(short_help="Say that a call in doubt was not billed.")
@click.argument("call", type=int)
def release(call: int) -> None:
    """Say that the lost answers of CALL were not billed; nothing of it is held back any more."""
    _resolve(call, Decimal(0))


def _resolve(call_id: int, cost: Decimal) -> None:
    with _opened() as book:
        call = book.resolve(call_id, cost)
        told = f"Call {call.id} ({call.stage}{f', {call.scene}' if call.scene else ''}) is {call.state.value}"
        left = dollars(book.totals(call.job_id).left)
        click.echo(f"{told}; it has cost {dollars(call.cost)}. {left} of the ad's limit are left.")
        anew = "" if call.state == "settled" else ", and makes this call anew"
        click.echo(f"`adgen resume {call.job_id}` goes on with the ad{anew}.")


def _opened() -> Ledger:
    """The ledger, claims of dead processes given up."""
    book = open_ledger(Settings.read())
    book.abandon()
    return book


def _show(book: Ledger, calls: list[Call], totals: Totals | None) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console = console if console.is_terminal else Console(highlight=False, soft_wrap=True, width=_WIDE)
    if not calls:
        console.print("No call has been made yet.")
        return
    console.print(_table(book, calls, one_ad=totals is not None), soft_wrap=False)  # fitted, not cut
    if totals:
        console.print(f"Ad {calls[0].job_id}: {_told(totals)}")
    for call in calls:
        if call.error and call.state != "settled":
            console.print(f"call {call.id}: {call.error['message']}", markup=False)


def _table(book: Ledger, calls: list[Call], *, one_ad: bool) -> Table:
    """The calls, without columns that would be empty: so it fits 80 characters."""
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 1, 0, 0))
    rows = [_row(book, call) for call in calls]
    shown = [title for title in rows[0] if any(row[title] for row in rows) and not (one_ad and title == "job")]
    for title in shown:
        table.add_column(
            title,
            justify="right" if title in _FIGURES else "left",
            no_wrap=title not in ("in doubt", "reused from"),
            min_width=_FOLDED if title == "reused from" else None,
        )
    for row in rows:
        table.add_row(*(row[title] for title in shown))
    return table


def _row(book: Ledger, call: Call) -> dict[str, str]:
    """The cells of `call` by their column."""
    reserved, doubt = _held(call)
    return {
        "call": str(call.id),
        "job": call.job_id[:8],
        "stage": call.stage,
        "scene": call.scene or "",
        "state": call.state.value,
        "cost": dollars(call.cost) + (" !" if call.over_ceiling else ""),
        "reserved": dollars(reserved) if reserved else "",
        "in doubt": dollars(doubt) if doubt else "",
        "attempts": str(call.attempts),
        "reused from": f"{_source(book, call)[:8]}, saved {dollars(call.saved)}" if call.reused_from else "",
    }


def _held(call: Call) -> tuple[Decimal, Decimal]:
    """Reserved for what is under way, and held back for lost answers, in USD."""
    lost = call.reserved if call.state == "unknown" else Decimal(0)
    return call.reserved - lost, call.doubted + lost


def _source(book: Ledger, call: Call) -> str:
    return book.call(call.reused_from).job_id if call.reused_from else ""


def _told(totals: Totals) -> str:
    spent = f"spent {dollars(totals.spent)} of at most {dollars(totals.max_cost)}"
    held = f"reserved {dollars(totals.reserved)}, in doubt {dollars(totals.unknown)}"
    return f"{spent}; {held}; saved by reuse {dollars(totals.saved)}"


def _as_data(book: Ledger, calls: list[Call], totals: Totals | None) -> dict[str, Any]:
    rows = []
    for call in calls:
        reserved, doubt = _held(call)
        known = call.model_dump(mode="json", exclude=_UNTOLD)
        source = {"reused": call.reused_from is not None, "reused_from_job": _source(book, call) or None}
        rows.append(known | source | {"reserved": str(reserved), "in_doubt": str(doubt)})
    return {"totals": totals.model_dump(mode="json") if totals else None, "calls": rows}
