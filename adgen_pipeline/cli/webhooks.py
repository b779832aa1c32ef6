"""`adgen webhooks`: who was told what became of an ad, who could not be reached, and the secret that signs it."""

import json

import click
from rich.console import Console
from rich.table import Table

from adgen_pipeline.cli.ledger import JobOrCommand
from adgen_pipeline.ledger import Delivery, open_ledger
from adgen_pipeline.settings import Settings

_WIDE = 160  # characters, where the output is no terminal
_UNTOLD = {"url", "error"}
"""What may hold a secret of the receiver's, and what the ad's own report says."""


@click.group(cls=JobOrCommand, short_help="Show which webhooks were delivered; send one again.")
def webhooks() -> None:
    """Show the webhooks of an ad, or the newest of all ads: delivered, waiting for another attempt, or given up.

    \b
      adgen webhooks              the newest of all ads
      adgen webhooks JOB          those of one ad (its job id, or the beginning of it)
      adgen webhooks JOB --json   the same for programs
    """


@webhooks.command("list", hidden=True)
@click.argument("job", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON on stdout.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="At most so many.")
def list_deliveries(job: str | None, as_json: bool, limit: int) -> None:
    """List deliveries, newest last."""
    with open_ledger(Settings.read()) as ledger:
        job_id = ledger.find_job(job).job_id if job else None
        found = ledger.outbox.newest(limit, job_id)[::-1]
    if as_json:
        rows = [each.model_dump(mode="json", exclude=_UNTOLD) | {"state": each.state} for each in found]
        click.echo(json.dumps(rows, indent=2))
    else:
        _show(found)


@webhooks.command(short_help="Send one again at once.")
@click.argument("delivery")
def resend(delivery: str) -> None:
    """Send DELIVERY (its id or the beginning of it) again, whatever became of it; under the same id, so that a
    receiver who has it knows."""
    settings = Settings.read()
    from adgen_pipeline.webhooks import deliver_once

    with open_ledger(settings) as ledger:
        found = ledger.outbox.resend(delivery)
        deliver_once(found.job_id, settings)
        now = ledger.outbox.find(found.id)
    if now.state != "delivered":
        told = f"{now.receiver} did not take it: {now.last_error or 'another process is sending it just now'}"
        raise click.ClickException(f"{told}. `adgen webhooks {now.job_id[:8]}` shows how it goes on")
    click.echo(f"Delivered to {now.receiver}.")


@webhooks.command(short_help="Print the secret that receivers verify signatures with.")
def secret() -> None:
    """Print the secret as receivers give it to a Standard Webhooks library: WEBHOOK_SECRET, or the one of its own
    that this installation keeps in ADGEN_HOME."""
    from adgen_pipeline.webhooks import SigningKey

    click.echo(SigningKey.of(Settings.read()).spelled)


def _show(found: list[Delivery]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console = console if console.is_terminal else Console(highlight=False, soft_wrap=True, width=_WIDE)
    if not found:
        console.print("No webhook was sent yet: a brief's callback_url and WEBHOOK_URL hear of ads.")
        return
    table = Table(header_style="bold", box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for title in ("id", "ad", "news", "receiver", "state", "attempts", "next attempt"):
        table.add_column(title, no_wrap=title != "receiver", justify="right" if title == "attempts" else "left")
    for each in found:
        table.add_row(*_row(each))
    console.print(table, soft_wrap=False)  # fitted, not cut
    for each in found:
        if each.last_error:
            console.print(f"{each.id[:12]}: {each.last_error}", markup=False)


def _row(of: Delivery) -> tuple[str, ...]:
    due = f"{of.due_at:%Y-%m-%d %H:%M:%S} UTC" if of.due_at and of.attempts else "at once" if of.due_at else ""
    return of.id[:12], of.job_id[:8], of.type, of.receiver, of.state, str(of.attempts), due
