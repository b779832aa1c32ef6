"""The process of the UI: Dagster's application for an instance and a workspace, guarded."""

import logging
import socket

import uvicorn
from dagster._cli.workspace.cli_target import workspace_opts_to_load_target
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._utils.interrupts import setup_interrupt_handlers
from dagster._utils.log import configure_loggers
from dagster_shared.cli import WorkspaceOpts
from dagster_webserver.app import create_app_from_workspace_process_context
from dagster_webserver.version import __version__

from adgen_pipeline.defs.connections import keep_for_a_webserver
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.observability import observe
from adgen_pipeline.settings import Settings
from adgen_pipeline.ui.guard import Guard
from adgen_pipeline.ui.origins import AllowedHosts

_STATEMENT_MILLISECONDS, _POOL_RECYCLE_SECONDS, _POOL_OVERFLOW = 15_000, 3600, 20
_POLL_MILLISECONDS = 2000
"""As Dagster's own webserver has them by default."""

_GOODBYE_SECONDS = 2
"""For requests under way when the process is told to end."""


def serve(listening: socket.socket, host: str, token: str | None, workspace: WorkspaceOpts) -> None:
    """Serve the guarded UI on a bound socket until interrupted. `host` is what it was bound by."""
    observe("ui")
    configure_loggers(log_level="INFO")
    setup_interrupt_handlers()
    with open_instance() as instance:
        keep_for_a_webserver(instance, _STATEMENT_MILLISECONDS, _POOL_RECYCLE_SECONDS, _POOL_OVERFLOW)
        target = workspace_opts_to_load_target(workspace)
        with WorkspaceProcessContext(instance, version=__version__, workspace_load_target=target) as context:
            app = create_app_from_workspace_process_context(context, live_data_poll_rate=_POLL_MILLISECONDS)
            guarded = Guard(app, AllowedHosts(host, _names(host)), token)
            # h11, unlike httptools, ends a request whose headers pass 16 kB unfinished.
            seconds = _GOODBYE_SECONDS
            config = uvicorn.Config(guarded, http="h11", log_level="warning", timeout_graceful_shutdown=seconds)
            address = ":".join(map(str, listening.getsockname()[:2]))
            logging.getLogger("dagster-webserver").info("Serving the guarded Dagster UI on %s", address)
            uvicorn.Server(config).run(sockets=[listening])


def _names(host: str) -> list[str]:
    """What the UI may be called: by what it listens on, the machine's own name, and those of DAGSTER_URL and UI_URL."""
    settings = Settings.read()
    named = [url.host or "" for url in (settings.dagster_url, settings.ui_url) if url]
    return [host, socket.gethostname(), *named]
