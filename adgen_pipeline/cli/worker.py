"""`adgen worker`: takes steps of ads on this machine."""

import logging
import sys

import click

from adgen_pipeline.observability import observe
from adgen_pipeline.settings import Settings

_EXAMPLES = """
\b
Examples:
  adgen worker                          four steps at once
  adgen worker --steps 16 --name big-1  more of them, under a name that the log shows
\b
It needs, as the machine that launches runs does, in the environment or .env:
  STEP_EXECUTOR=celery
  BROKER_URL=redis://:password@host:6379/0
  DATABASE_URL=postgresql://user:password@host/adgen
  MEDIA_STORE=s3://bucket/ads
and the services' URLs and tokens: the worker is who calls them.
"""


@click.command(epilog=_EXAMPLES, short_help="Take steps of ads on this machine (STEP_EXECUTOR=celery).")
@click.option(
    "--steps", default=4, show_default=True, type=click.IntRange(1, 500), help="Steps at once, a process each."
)
@click.option("--name", help="What this worker is called in logs; default: adgen and the process's number.")
@click.option("--queue", "queues", multiple=True, help="Queue to take steps from; may be given again. Default: adgen.")
@click.option(
    "--module",
    default="adgen_pipeline.definitions",
    show_default=True,
    help="The definitions of a team's own, as given to Dagster by -m.",
)
def worker(steps: int, name: str | None, queues: tuple[str, ...], module: str) -> None:
    """Take steps of ads on this machine, until Ctrl-C or SIGTERM: steps under way are finished first.

    A second signal ends it at once; what it was at is then taken over by another worker, and nothing is paid twice.
    """
    settings = Settings.read()
    settings.make_home()
    try:
        import celery  # noqa: F401 - an extra
    except ImportError as error:
        raise click.ClickException(
            "Celery is not installed: pip install 'adgen-pipeline[celery,postgres,s3]'"
        ) from error
    from adgen_pipeline.defs.celery.worker import work  # Dagster takes seconds to load

    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(message)s")
    observe("worker")
    for talkative in ("httpx", "alembic", "celery.worker.strategy", "celery.app.trace"):  # the last: all results
        logging.getLogger(talkative).setLevel(logging.WARNING)
    sys.exit(work(settings, steps=steps, name=name, queues=queues, module=module))
