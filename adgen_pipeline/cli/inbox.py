"""`adgen inbox`: briefs' files, checked before they are dropped."""

import sys
from pathlib import Path

import click

from adgen_pipeline.intake import Inbox, Problem, Unreadable, open_inbox, read_briefs
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings

_MOST = 20


@click.command(short_help="Check files of briefs, and drop them into the inbox.")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Only say what is wrong with them; nothing is dropped.")
def inbox(files: tuple[Path, ...], check: bool) -> None:
    """Drop FILES (.csv, .yaml, .json) into the inbox, whole; a running `adgen up` makes their ads.

    Where anything is wrong with one of them, none is dropped. Without FILES: what waits, and what was taken in.
    """
    if not files:
        _list(open_inbox(Settings.read()))
        return
    contents = {file: _content(file) for file in files}
    wrong = [each for file, content in contents.items() for each in _checked(file, content)]
    if wrong:
        sys.exit(2)
    if not check:
        _drop(contents)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{file} cannot be read ({error.strerror})") from None


def _checked(file: Path, content: bytes) -> list[Problem]:
    """What is wrong with the file, once that is told."""
    try:
        sheet = read_briefs(file.name, content)
    except Unreadable as error:
        click.echo(f"{file.name}: no ad")
        problems = [error.problem]
    else:
        problems = sheet.problems
        good = sum(row.brief is not None for row in sheet.rows)
        bad = f", {len(sheet.rows) - good} to mend" if problems else ""
        click.echo(f"{file.name}: {good} ad{'' if good == 1 else 's'}{bad}")
    for problem in problems:
        click.echo(f"  {problem.told}", err=True)
    return problems


def _drop(contents: dict[Path, bytes]) -> None:
    place = open_inbox(Settings.read())
    lying = {each.name for each in place.files()}
    for file in contents:
        if file.name in lying or [other.name for other in contents].count(file.name) > 1:
            raise click.BadParameter(f"{file.name} lies in the inbox already: wait, or give it another name")
    for file, content in contents.items():
        place.write(file.name, content)
    click.echo(f"Dropped into {place.shown}.")


def _list(place: Inbox) -> None:
    click.echo(f"The inbox is {place.shown}.")
    for found in place.files():
        click.echo(f"  {found.name}: waits")
    with open_ledger(Settings.read()) as ledger:
        for intake in ledger.intakes.newest(_MOST):
            bad = f", {len(intake.problems)} problems" if intake.problems else ""
            ads = f"{intake.ads} ad{'' if intake.ads == 1 else 's'}"
            click.echo(f"  {intake.name}: {ads}{bad}, taken in {intake.created_at:%Y-%m-%d %H:%M} UTC")
