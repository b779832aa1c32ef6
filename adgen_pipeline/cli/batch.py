"""`adgen batch`: one brief in several shapes and variants, and how such a batch stands."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adgen_pipeline.cli.dead_runs import tell_of_dead_runs
from adgen_pipeline.cli.display import Display, complain, console
from adgen_pipeline.cli.options import from_file
from adgen_pipeline.cli.output import default_target, save
from adgen_pipeline.contracts.purchase import Artifact
from adgen_pipeline.errors import AdgenError, Cancelled, InvalidBrief, dollars
from adgen_pipeline.ledger import Commission, open_ledger
from adgen_pipeline.settings import Settings

if TYPE_CHECKING:
    from adgen_pipeline.campaigns.matrix import Variant
    from adgen_pipeline.estimates.batches import BatchEstimate
    from adgen_pipeline.reports.batches import AdReport, BatchReport

_EXAMPLES = """
\b
Examples:
  adgen batch examples/batches/matrix.yaml
  adgen batch --status matrix-3f2a90c1 --json
"""


@click.command(epilog=_EXAMPLES, short_help="Make one brief in several shapes and variants.")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--status", "status_of", metavar="ID", help="Show how the batch ID stands, instead of asking for one.")
@click.option("--id", "name", metavar="ID", help="The batch's id; default the file's name and a digest of its ads.")
@click.option("--here", "place", flag_value="here", help="Make the ads in this process, one after the other.")
@click.option("--queue", "place", flag_value="queue", help="Leave them to the daemon, also while none is running.")
@click.option("--yes", is_flag=True, help="Do not ask before money is spent.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")
def batch(
    file: Path | None, status_of: str | None, name: str | None, place: str | None, yes: bool, as_json: bool
) -> None:
    """Make every ad of the matrix in FILE: a brief with a `matrix` among its fields (see docs/campaigns.md).

    What the ads share is bought once, and one that fails stops no other. A running daemon (`adgen up`)
    makes them side by side; without one they are made here, one after the other. The same file again is the same
    batch: what is missing of it is made, nothing twice.
    """
    if (file is None) == (status_of is None):
        raise click.UsageError("give the file of a matrix, or the id of a batch by --status")
    if file is not None:
        status_of = _commission(file, name, place, yes=yes)
    report = _report(str(status_of))
    if as_json:
        click.echo(json.dumps(report.model_dump(mode="json"), indent=2))
    else:
        _show(report)


def _commission(file: Path, name: str | None, place: str | None, *, yes: bool) -> str:
    """Ask for the batch in `file`, and make it here unless a daemon is to; its id."""
    from adgen_pipeline.campaigns.batches import batch_id, commission_batch
    from adgen_pipeline.campaigns.matrix import expand

    variants = expand(from_file(file))
    known = name or batch_id(file.stem, variants)
    if not 0 < len(known) <= 100:
        raise InvalidBrief([("--id", known, "is an id of 1 to 100 characters")])
    Settings.read().make_home()
    _ask_before_spending(variants, yes=yes)
    here = place == "here" or (place is None and not _daemon_runs())
    with open_ledger(Settings.read()) as ledger:
        ads = commission_batch(ledger, known, variants, f"batch {file.name}", "here" if here else "daemon")
    waiting = [ad for ad in ads if ad.job_id is None]
    _make_here([ad for ad in waiting if ad.launched_by == "here"])
    if any(ad.launched_by == "daemon" for ad in waiting):
        click.echo(f"The daemon launches them; `adgen batch --status {known}` shows how they stand.", err=True)
    return known


def _daemon_runs() -> bool:
    from adgen_pipeline.defs.instance import daemon_runs  # Dagster takes seconds to load

    return daemon_runs()


def _ask_before_spending(variants: "list[Variant]", *, yes: bool) -> None:
    from adgen_pipeline.estimates.batches import estimate_batch  # takes a second to load

    found = estimate_batch([variant.brief for variant in variants], Settings.read())
    click.echo(_conclusion(found), err=True)
    if yes or found.is_free:
        return
    try:
        if click.confirm("Go on?", err=True):
            return
    except click.Abort:
        click.echo(err=True)
    raise click.UsageError("nothing was asked for; --yes goes on without asking")


def _conclusion(found: "BatchEstimate") -> str:
    counted = f"{found.ads} ads of {found.calls} calls, {found.to_buy} of them to buy"
    if found.is_free:
        return f"{counted}; nothing is charged."
    told = f"{counted}: {dollars(found.expected)} expected, {dollars(found.at_ceilings)} with every call at its ceiling"
    limit = f"The ads' limits come to {dollars(found.limits)}"
    stopped = f", and one of them would be stopped in {found.stopped}: raise max_cost" if found.stopped else ""
    return f"{told}; bought one by one they would cost {dollars(found.alone)}. {limit}{stopped}."


def _make_here(ads: list[Commission]) -> None:
    """Each ad in turn; one that fails is told and stops no other, Ctrl-C ends them all."""
    if not ads:
        return
    from adgen_pipeline.defs.launch import make_commissioned  # Dagster takes seconds to load

    with console() as out:
        tell_of_dead_runs(out)
        for n, ad in enumerate(ads, 1):
            out.print(Text(f"{n} of {len(ads)}: {ad.variant or ad.origin}", "bold"))
            display = Display(out)
            try:
                with display.live():
                    made = make_commissioned(ad, display.tell)
                out.print(Text(str(save(made, default_target(made.job_id)))))
            except Cancelled:
                raise
            except AdgenError as error:
                complain(out, error)


def _report(batch: str) -> "BatchReport":
    from adgen_pipeline.reports.batches import batch_report
    from adgen_pipeline.storage.media import MediaStore  # loads the video libraries

    settings = Settings.read()
    store = MediaStore.of(settings)

    def link(file: Artifact, *, called: str = "") -> str:
        return str(store.path(file))

    with open_ledger(settings) as ledger:
        return batch_report(ledger, ledger.commissions.batch_named(batch), link)


def _show(report: "BatchReport") -> None:
    out = Console(highlight=False, soft_wrap=True)
    table = Table(header_style="bold")
    for title in ("ad", "status", "job"):
        table.add_column(title)
    for title in ("bought", "reused", "cost (USD)", "saved"):
        table.add_column(title, justify="right")
    for ad in report.ads:
        table.add_row(ad.variant, _status(ad), (ad.job_id or "")[:8], *_figures(ad))
    table.add_section()
    counted = ", ".join(f"{number} {status}" for status, number in report.statuses.items())
    table.add_row(f"{len(report.ads)} ads", counted, "", *_figures(report))
    out.print(table)
    for ad in report.ads:
        if ad.error:
            out.print(Text(f"{ad.variant}: {ad.error.code} {ad.error.message}"))
        elif ad.video_url:
            out.print(Text(f"{ad.variant}: {ad.video_url}"))
    out.print(Text(f"Batch {report.batch} ({report.origin})"))


def _status(ad: "AdReport") -> str:
    return f"{ad.status} {ad.percentage:.0f} %" if ad.status == "processing" else ad.status


def _figures(of: "AdReport | BatchReport") -> tuple[str, str, str, str]:
    doubt = f" (+{of.unknown:.2f}?)" if of.unknown else ""
    return str(of.bought), str(of.reused), f"{of.cost:.2f}{doubt}", f"{of.saved:.2f}"
