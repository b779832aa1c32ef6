"""`adgen doctor`: looks at this set-up and says what to mend."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from adgen_pipeline.doctor.findings import Finding, Verdict, worst

if TYPE_CHECKING:
    from adgen_pipeline.doctor.examining import Check

_GIGABYTE = 1_000_000_000
_COLOURS = {Verdict.OK: "green", Verdict.WARNING: "yellow", Verdict.FAILURE: "red"}
_EXAMPLES = """
\b
Examples:
  adgen doctor
  adgen doctor --running                        after a start or an update: what does not answer is a failure
  adgen doctor --json | jq '.findings[] | select(.verdict == "failure")'
"""

Told = tuple[str, Finding]
"""A finding with its group."""


@click.command(epilog=_EXAMPLES, short_help="Look at this set-up and say what to mend.")
@click.option("--running", is_flag=True, help="The deployment is meant to run: what does not answer is a failure.")
@click.option(
    "--free", default=5.0, show_default=True, help="GB that should be free; under a tenth of it is a failure."
)
@click.option("--problems", is_flag=True, help="Show warnings and failures alone.")
@click.option("--only", "groups", multiple=True, metavar="GROUP", help="Look at this group alone; may be repeated.")
@click.option(
    "--since",
    default=0.0,
    metavar="SECONDS",
    help="When it was started (seconds since 1970): what was heard of the daemon before does not count.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the table.")
def doctor(running: bool, free: float, problems: bool, groups: tuple[str, ...], since: float, as_json: bool) -> None:
    """Look at settings, database, storage, disks, clocks, services, Dagster and libraries, all at once.

    Each finding is ok, a warning or a failure, and says how it is mended: a command, or a line for .env (after #).
    Nothing is bought, and nothing is written but a file of some bytes into MEDIA_STORE, as before each ad.
    Exit code 0, or 1 when there is a failure.
    """
    found = list(
        _followed(_findings(groups, running=running, free_bytes=int(free * _GIGABYTE), since=since), quiet=as_json)
    )
    told = [(group, finding) for group, finding in found if not problems or finding.verdict is not Verdict.OK]
    if as_json:
        click.echo(json.dumps(_as_json(told, found), indent=2))
    else:
        _report(told, found)
    sys.exit(int(worst(finding for _, finding in found) is Verdict.FAILURE))


def _findings(groups: tuple[str, ...], **known: Any) -> Iterator[Told]:
    """Without settings that can be read nothing else can be looked at."""
    from adgen_pipeline.doctor import checks  # loads much: --help is answered before
    from adgen_pipeline.doctor.checks.settings import misspelled, read
    from adgen_pipeline.doctor.examining import Examined, examine

    settings, wrong = read()
    if settings is None:
        yield from (("settings", finding) for finding in [*wrong, *misspelled()])
        return
    yield from examine(_chosen(checks.ALL, groups), Examined(settings, **known))


def _chosen(checks: "Sequence[Check]", groups: tuple[str, ...]) -> "Sequence[Check]":
    names = [check.group for check in checks]
    for group in groups:
        if group not in names:
            raise click.BadParameter(f"{group!r}: there are {', '.join(names)}", param_hint="--only")
    return [check for check in checks if check.group in groups] if groups else checks


def _followed(findings: Iterable[Told], quiet: bool) -> Iterator[Told]:
    """`findings`, with a sign of life on a terminal until they are there."""
    out = Console(stderr=True)
    if quiet or not out.is_terminal:
        yield from findings
        return
    with out.status("looking") as status:
        for group, finding in findings:
            status.update(f"looked at {group}")
            yield group, finding


def _as_json(told: list[Told], found: list[Told]) -> dict[str, object]:
    return {
        "verdict": worst(finding for _, finding in found).value,
        "counts": _counts(found),
        "findings": [
            {"group": group, "subject": f.subject, "verdict": f.verdict.value, "told": f.told, "mend": f.mend or None}
            for group, f in told
        ],
    }


def _counts(found: list[Told]) -> dict[str, int]:
    return {verdict.value: sum(finding.verdict is verdict for _, finding in found) for verdict in Verdict}


def _report(told: list[Told], found: list[Told]) -> None:
    out = Console(highlight=False)
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for title in ("", "looked at", "what was found"):
        table.add_column(title, overflow="fold")
    for group, finding in told:
        words = Text(finding.told)
        if finding.mend:
            words.append(f"\nmend: {finding.mend}", "bold")
        table.add_row(
            Text(finding.verdict.value, _COLOURS[finding.verdict]), Text(f"{group}: {finding.subject}"), words
        )
    out.print(table)
    out.print("\n" + ", ".join(f"{count} {name}" for name, count in _counts(found).items()) + ".")
