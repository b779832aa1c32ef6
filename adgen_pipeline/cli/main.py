"""The commands of `adgen`."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from adgen_pipeline.cli.again import remake, resume
from adgen_pipeline.cli.api import api
from adgen_pipeline.cli.backup import backup
from adgen_pipeline.cli.batch import batch
from adgen_pipeline.cli.campaigns import campaigns
from adgen_pipeline.cli.credentials import credentials
from adgen_pipeline.cli.db import db
from adgen_pipeline.cli.dead_runs import tell_of_dead_runs
from adgen_pipeline.cli.display import complain, console
from adgen_pipeline.cli.doctor import doctor
from adgen_pipeline.cli.estimate import estimate
from adgen_pipeline.cli.inbox import inbox
from adgen_pipeline.cli.ledger import ledger
from adgen_pipeline.cli.making import make_and_save
from adgen_pipeline.cli.options import brief_from, brief_options
from adgen_pipeline.cli.output import writable
from adgen_pipeline.cli.retention import retention
from adgen_pipeline.cli.services import check_service
from adgen_pipeline.cli.ui import ui
from adgen_pipeline.cli.up import up
from adgen_pipeline.cli.webhooks import webhooks
from adgen_pipeline.cli.worker import worker
from adgen_pipeline.contracts.brief import Brief
from adgen_pipeline.errors import AdgenError, Cancelled, ErrorCode, InvalidBrief, ServiceError
from adgen_pipeline.settings import Settings

BAD_INPUT, FAILED, STOPPED = 2, 1, 130

_EXAMPLES = """
\b
Examples:
  adgen make "Create a 30 second luxury watch ad" --primary-color "#D4AF37" -o watch.mp4
  adgen make examples/luxury_watch.yaml --draft
"""


_OF_A_BRIEF = InvalidBrief | ServiceError


class _Adgen(click.Group):
    """Every command's errors in plain words, with the exit codes of the package's docstring."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an interrupt before or after its own care of it is a quiet end."""
        with console() as out:
            try:
                return super().invoke(ctx)
            except Cancelled as error:
                complain(out, error)
                sys.exit(STOPPED)
            except KeyboardInterrupt:
                out.print("Stopped.")
                sys.exit(STOPPED)
            except AdgenError as error:
                bad = error.code == ErrorCode.INVALID_INPUT
                complain(out, error, usage=_usage(ctx) if bad and isinstance(error, _OF_A_BRIEF) else None)
                sys.exit(BAD_INPUT if bad else FAILED)


def _usage(ctx: click.Context) -> str:
    """Where the input that was wrong is described: all commands but `remake` take a brief as `make` does."""
    remake = ctx.invoked_subcommand == "remake"
    return f"`adgen {'remake' if remake else 'make'} --help` shows {'what it takes' if remake else 'every field'}."


@click.group(cls=_Adgen, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="adgen-pipeline")
def main() -> None:
    """From a one-line brief to a finished, sound-tracked video ad.

    Without any setting the embedded studio makes it, free of charge; PROMPT_PARSER_URL, IMAGE_GEN_URL, VIDEO_GEN_URL
    and COMPOSITION_URL (in the environment or .env) name services of your own.
    """


@main.command(epilog=_EXAMPLES, short_help="Make one ad from a prompt or a brief's file.")
@click.argument("brief_or_prompt")
@brief_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The .mp4 to write; default in .adgen/ads.")
def make(brief_or_prompt: str, output: Path | None, **options: Any) -> None:
    """Make one ad from BRIEF_OR_PROMPT: a prompt in quotes, or a YAML or JSON file that holds a brief.

    Hand-written scenes stand in a file (`scenes`, see examples/storyboard.yaml). Put -- before a prompt that begins
    with a dash.
    """
    with console() as out:
        brief = brief_from(brief_or_prompt, options)
        _make(brief, writable(output) if output else None, out)


def _make(brief: Brief, target: Path | None, out: Console) -> None:
    Settings.read().make_home()  # a bad setting is told before anything is loaded
    from adgen_pipeline.defs.launch import make_ad  # Dagster takes seconds to load: bad input is answered before

    tell_of_dead_runs(out)
    make_and_save(out, partial(make_ad, brief), target)


@main.command(short_help="Serve the embedded services on their own.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; see below.")
@click.option("--ports", default="8001,8002,8003,8004", show_default=True, help="Parser, images, clips, composition.")
def studio(host: str, ports: str) -> None:
    """Serve the four embedded services on their own, until Ctrl-C: for other programs, or to look at them.

    They ask for no token. Beyond 127.0.0.1 listen in a private network alone, such as that of a few containers.
    """
    from adgen_pipeline.studio.server import serve_standalone

    numbers = tuple(int(port) for port in ports.split(",") if port.strip().isdigit())
    if len(numbers) != 4 or len(set(numbers)) != 4:
        raise click.BadParameter(f"{ports!r}: give four different ports, such as 8001,8002,8003,8004")
    try:
        serve_standalone(Settings.read().make_home() / "studio", numbers, _tell_urls, host)
    except (OSError, OverflowError) as error:
        raise click.ClickException(
            f"ports {ports} of {host} cannot be used ({error}); give others by --ports"
        ) from error


@main.command(short_help="Print the Dagster home.")
def home() -> None:
    """Print the Dagster home that `adgen` uses, for Dagster's own commands: DAGSTER_HOME=$(adgen home) dagster ...

    A new one gets its tables here: Dagster's commands start several processes at once, which would all make them.
    """
    from adgen_pipeline.defs.instance import open_instance, prepare_home

    with open_instance():
        click.echo(prepare_home())


def _tell_urls(urls: dict[str, str]) -> None:
    for service, url in urls.items():
        click.echo(f"{service.upper()}_URL={url}")
    click.echo("Ready. Put these lines into .env to use them; /openapi.json of each describes it. Ctrl-C stops.")


for command in (
    batch,
    campaigns,
    credentials,
    estimate,
    resume,
    remake,
    ledger,
    db,
    inbox,
    webhooks,
    check_service,
    doctor,
    api,
    ui,
    up,
    worker,
    retention,
    backup,
):
    main.add_command(command)
