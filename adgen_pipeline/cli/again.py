"""`adgen resume` and `adgen remake`: going on with an ad, and buying parts of one again."""

from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import click

from adgen_pipeline.cli.dead_runs import tell_of_dead_runs
from adgen_pipeline.cli.display import console
from adgen_pipeline.cli.making import make_and_save
from adgen_pipeline.cli.output import writable
from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings

_OUTPUT = click.option("-o", "--output", type=click.Path(path_type=Path), help="The .mp4; default in .adgen/ads.")


class Dollars(click.ParamType):
    """An amount in USD: 0 or more, or where it is a limit, above 0."""

    name = "USD"

    def __init__(self, *, above_zero: bool = False) -> None:
        self._above_zero = above_zero

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """The amount, or a usage error."""
        try:
            amount = Decimal(str(value).lstrip("$"))
        except ArithmeticError:
            amount = Decimal("NaN")
        if not amount.is_finite() or amount < 0:
            self.fail(f"{value!r} is no amount in US dollars, such as 2.50", param, ctx)
        if self._above_zero and not amount:
            self.fail(f"{value!r} leaves nothing to spend; give an amount above 0, such as 2.50", param, ctx)
        return amount


@click.command(short_help="Go on with an ad that did not get finished.")
@click.argument("job")
@click.option("--max-cost", type=Dollars(above_zero=True), help="A new limit for the whole ad, in USD.")
@_OUTPUT
def resume(job: str, max_cost: Decimal | None, output: Path | None) -> None:
    """Go on with the ad JOB (its id or the beginning of it), keeping everything that is paid for.

    For an ad that failed, was cancelled or cut off, or was stopped by its budget: give a higher --max-cost then.
    """
    target = writable(output) if output else None
    with open_ledger(Settings.read()) as ledger:
        found = ledger.find_job(job)
    from adgen_pipeline.defs.launch import resume_ad  # Dagster takes seconds to load

    with console() as out:
        tell_of_dead_runs(out, going_on_with=found.job_id)
        make_and_save(out, partial(resume_ad, found, max_cost), target)


@click.command(short_help="Buy scenes or a stage of an earlier ad again.")
@click.argument("job")
@click.option("--scene", "scenes", type=click.IntRange(1, 99), multiple=True, help="A scene, from 1; may be repeated.")
@click.option("--stage", type=click.Choice([stage.name for stage in STAGES]), help="A whole stage.")
@click.option("--max-cost", type=Dollars(above_zero=True), help="Most the new ad may cost, in USD.")
@_OUTPUT
def remake(job: str, scenes: tuple[int, ...], stage: str | None, max_cost: Decimal | None, output: Path | None) -> None:
    """Make the ad JOB once more, buying the named scenes or stage again; everything else is taken from it for $0.

    The result is an ad of its own. To change what is seen, edit the brief and `adgen make` it: only what differs is
    bought then.
    """
    target = writable(output) if output else None
    from adgen_pipeline.defs.launch import make_ad  # Dagster takes seconds to load
    from adgen_pipeline.defs.remaking import brief_again

    with open_ledger(Settings.read()) as ledger:
        brief = brief_again(ledger, job, scenes, stage, float(max_cost) if max_cost else None)
    with console() as out:
        tell_of_dead_runs(out)
        make_and_save(out, partial(make_ad, brief), target)
