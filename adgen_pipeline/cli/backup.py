"""`adgen backup`: copies of everything, looked through and restored."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
from rich.filesize import decimal

from adgen_pipeline.cli.display import console
from adgen_pipeline.errors import dollars
from adgen_pipeline.settings import Settings

_NAMED = click.option("--of", "name", help="Another back-up than the newest: its name, or how that begins.")
_JSON = click.option("--json", "as_json", is_flag=True, help="JSON on stdout; sizes in bytes.")


@click.group(short_help="Back everything up, look a back-up through, restore it.")
def backup() -> None:
    """Back everything up to a folder or an object store (any URL that fsspec knows), and restore it.

    A back-up holds the ledger, Dagster's runs, our copies of files, steps' outputs, campaigns, the inbox, and the keys
    in ADGEN_HOME: it is as secret as they are. .env is not in it. docs/operations.md has the whole of it.
    """


@backup.command(short_help="Make a back-up, also while ads are made.")
@click.argument("target")
@click.option("--media/--no-media", default=True, help="Our copies of files, too; without where a bucket has versions.")
@click.option("--keep", type=click.IntRange(1), help="Drop all but so many back-ups afterwards, with their files.")
@_JSON
def create(target: str, media: bool, keep: int | None, as_json: bool) -> None:
    """Make a back-up at TARGET: a folder, or a URL such as s3://bucket/backups. What is there is not copied again."""
    Settings.read().make_home()
    from adgen_pipeline.upkeep.backup.creating import create as make  # Dagster takes seconds to load

    with _progress("Copying") as tell:
        made = make(Settings.read(), target, tell, media=media, keep=keep)
    if as_json:
        click.echo(json.dumps(_as_data(made.name, made.manifest) | {"dropped": made.dropped}, indent=2))
        return
    dropped = f" {made.dropped} files of older ones were dropped." if made.dropped else ""
    click.echo(f"{made.name}: {_told(made.manifest)}.{dropped}")
    for problem in made.manifest.problems:
        click.echo(f"Warning: {problem}", err=True)


@backup.command(short_help="Look a back-up through: is every file what it was?")
@click.argument("source")
@_NAMED
@_JSON
def verify(source: str, name: str | None, as_json: bool) -> None:
    """Read every file of a back-up at SOURCE, and compare it with what was written. Exit code 1 if any is damaged.

    What is damaged is marked at SOURCE: the next `adgen backup create` writes it anew, if it is still there.
    """
    from adgen_pipeline.upkeep.backup.vault import Vault

    vault = Vault(source, Settings.read())
    manifest = vault.read(name)
    with _progress("Looking through") as tell:
        wrong: dict[Any, str] = {}
        for entry, problem in vault.damaged(manifest):
            tell(entry.path.partition("/")[0], 1)
            wrong |= {entry: problem} if problem else {}
    if as_json:
        click.echo(json.dumps(_as_data(name, manifest) | {"damaged": list(wrong.values())}, indent=2))
    else:
        for problem in wrong.values():
            click.echo(problem, err=True)
        way_out = f"{len(wrong)} are damaged; `adgen backup create {source}` writes anew what is still there"
        click.echo(f"{_told(manifest)}: {way_out if wrong else 'all as they were'}.")
    vault.mark(wrong)
    sys.exit(1 if wrong else 0)


@backup.command(short_help="Restore a back-up into an empty installation.")
@click.argument("source")
@_NAMED
@click.option("--go-on", is_flag=True, help="Launch what was under way or waiting again: it may be paid twice.")
@_JSON
def restore(source: str, name: str | None, go_on: bool, as_json: bool) -> None:
    """Restore a back-up at SOURCE into the installation that the settings name, which must be empty.

    Broken off, it is begun anew by the same command; until it is done, every other command is refused. What is damaged
    of the back-up is left out and told, unless it is a database or a key.

    What was made between the back-up and now is unknown to it. So what was under way at the time does not go on by
    itself: `adgen resume JOB` goes on with an ad, and asks for calls under their old keys, which a service that
    honours keys does not bill again.
    """
    Settings.read().make_home()
    from adgen_pipeline.upkeep.backup.restoring import restore as bring  # Dagster takes seconds to load

    with _progress("Restoring") as tell:
        done = bring(Settings.read(), source, tell, name=name, go_on=go_on)
    if as_json:
        told = {name: value for name, value in vars(done).items() if name != "manifest"}
        click.echo(json.dumps(_as_data(name, done.manifest) | told, indent=2))
        return
    moment = f"{done.manifest.created_at:%Y-%m-%d %H:%M:%S} UTC"
    click.echo(f"Restored: {_told(done.manifest)}.")
    click.echo(f"Calls since {moment} are not in it: compare the services' invoices from then on.")
    for problem in done.missing:
        click.echo(f"Not restored: {problem}", err=True)
    if done.in_doubt:
        click.echo(f"{done.in_doubt} calls were under way: their price is held back (`adgen ledger`).")
    for job_id in done.ended:
        click.echo(f"Was under way: `adgen resume {job_id}` goes on with it, once you know that it was not finished.")
    if done.refused:
        click.echo(f"{done.refused} ads waited to be launched, and are not: ask for those that are missing anew.")


@contextmanager
def _progress(what: str) -> Iterator[Callable[[str, int], None]]:
    """Told on a terminal as one live line."""
    done: Counter[str] = Counter()
    with console() as out, out.status(f"{what} ...") as status:

        def tell(kind: str, count: int) -> None:
            done[kind] += count
            status.update(f"{what}: {kind}, {done[kind]:,} files")

        yield tell


def _told(manifest: Any) -> str:
    size = f"{len(manifest.entries):,} files, {decimal(manifest.size)}"
    return f"{manifest.jobs:,} jobs, {manifest.calls:,} calls, {dollars(manifest.spent)} spent; {size}"


def _as_data(name: str | None, manifest: Any) -> dict[str, Any]:
    """What the manifest says, but for its files, whose paths are nobody's business here."""
    known = manifest.model_dump(mode="json", exclude={"entries"})
    return {"name": name} | known | {"files": len(manifest.entries), "bytes": manifest.size}
