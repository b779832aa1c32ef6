"""`adgen api`: serves the REST API."""

import logging
import socket

import click

from adgen_pipeline.observability import observe
from adgen_pipeline.settings import Settings

_CLOSING_SECONDS = 10
"""How long requests under way may take to end after Ctrl-C."""


@click.command(short_help="Serve the REST API.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; beyond loopback: tokens.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def api(host: str, port: int) -> None:
    """Serve the REST API for front ends, until Ctrl-C. It launches ads through the Dagster webserver at DAGSTER_URL.

    /docs describes it. Beyond 127.0.0.1 it starts with API_TOKENS only.
    """
    settings = Settings.read()
    from adgen_pipeline.api.access import check_exposure  # takes a second to load: bad input is answered before

    check_exposure(settings, host)
    settings.make_home()
    with _listening(host, port) as listener:
        _serve(settings, host, port, listener)


def _serve(settings: Settings, host: str, port: int, listener: socket.socket) -> None:
    import uvicorn

    from adgen_pipeline.api.app import create_app

    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(message)s")
    observe("api")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it would tell of each question to Dagster
    config = uvicorn.Config(
        create_app(settings, host),
        log_config=None,
        log_level=settings.log_level.lower(),
        access_log=settings.log_level == "DEBUG" and settings.log_format == "text",  # JSON: the API tells it itself
        server_header=False,
        http="h11",  # unlike httptools it ends a request whose headers pass 16 kB unfinished
        timeout_graceful_shutdown=_CLOSING_SECONDS,
    )
    shown = f"[{host}]" if ":" in host else host
    told = f"REST API: http://{shown}:{port} (described at /docs). Ctrl-C stops."
    if settings.log_format == "text":
        click.echo(told)
    else:
        logging.getLogger("adgen.api").info(told)
    uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens, or words that say why not."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host.strip("[]"), port), family=family, backlog=2048)
    except OSError as error:
        raise click.ClickException(f"{host}:{port} cannot be used ({error.strerror}); give another --port") from error
