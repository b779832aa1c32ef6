"""`adgen estimate`: what an ad would cost, before anything is spent."""

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from adgen_pipeline.cli.options import brief_from, brief_options
from adgen_pipeline.errors import dollars
from adgen_pipeline.settings import Settings

if TYPE_CHECKING:
    from adgen_pipeline.estimates import Estimate, StageEstimate

_EXAMPLES = """
\b
Examples:
  adgen estimate examples/luxury_watch.yaml
  adgen estimate "Create a 30 second luxury watch ad" --max-cost 2 --json
"""


@click.command(epilog=_EXAMPLES, short_help="Tell what an ad would cost, spending nothing.")
@click.argument("brief_or_prompt")
@brief_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the table.")
def estimate(brief_or_prompt: str, as_json: bool, **options: Any) -> None:
    """Tell what the ad of BRIEF_OR_PROMPT would cost, spending nothing: no call is made.

    It is planned as `adgen make` would go about it: what earlier ads paid for is taken from the ledger, the rest is
    counted and priced. In the table, `expected` is every call at its price, `ceilings` every call at the most that one
    attempt may cost (*_MAX_CALL_COST), `worst` the same with all attempts billed; in total, max_cost ends that.
    """
    brief = brief_from(brief_or_prompt, options)
    settings = Settings.read()
    settings.make_home()
    from adgen_pipeline.estimates import conclusion, estimate  # takes a second to load: bad input is answered before

    found = estimate(brief, settings)
    if as_json:
        click.echo(json.dumps(found.model_dump(mode="json") | {"conclusion": conclusion(found)}, indent=2))
        return
    out = Console(highlight=False, soft_wrap=True)
    out.print(f"Plan: {found.plan}.")
    out.print(_table(found))
    for stage in found.stages:
        if stage.to_buy and not found.is_free:
            out.print(_price(stage))
    out.print(conclusion(found), style="bold")


def _table(found: "Estimate") -> Table:
    table = Table(header_style="bold")
    table.add_column("stage")
    for title in ("calls", "reused", "to buy", "expected", "ceilings", "worst"):
        table.add_column(title, justify="right")
    for stage in found.stages:
        counts = (str(stage.calls), str(stage.reused), _up_to(stage.to_buy, stage.to_buy_at_most))
        table.add_row(stage.stage, *counts, *_amounts(stage.expected, stage.at_ceilings, stage.worst_case))
    table.add_section()
    calls, reused = (str(sum(getattr(stage, name) for stage in found.stages)) for name in ("calls", "reused"))
    to_buy, at_most = (sum(getattr(stage, name) for stage in found.stages) for name in ("to_buy", "to_buy_at_most"))
    amounts = _amounts(found.expected, found.at_ceilings, found.at_most)
    table.add_row("total", calls, reused, _up_to(to_buy, at_most), *amounts)
    return table


def _up_to(likely: int, most: int) -> str:
    return str(likely) if likely == most else f"{likely} (to {most})"


def _amounts(*amounts: Decimal) -> list[str]:
    return [f"{amount:.2f}" for amount in amounts]


def _price(stage: "StageEstimate") -> str:
    """What a call costs and how that is known; the scenes to buy where others are reused."""
    if stage.embedded:
        return f"{stage.stage}: {stage.price_from}"
    which = f"; to buy: {', '.join(stage.scenes)}" if stage.reused and stage.scenes else ""
    each = dollars(stage.price.quantize(Decimal("0.0001")))
    return f"{stage.stage}: {each} a call ({stage.price_from}), ceiling {dollars(stage.ceiling)}{which}"
