"""`adgen ui`: the guarded Dagster UI alone."""

from typing import Any

import click
from dagster_shared.cli import WorkspaceOpts, workspace_options

from adgen_pipeline.ports import listen
from adgen_pipeline.settings import Settings
from adgen_pipeline.ui.access import token_for

_OURS = "adgen_pipeline.definitions"


@click.command(short_help="Serve the guarded Dagster UI alone, for deployments of several processes.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; beyond loopback, UI_TOKEN.")
@click.option("--port", default=3000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@workspace_options
def ui(host: str, port: int, **options: Any) -> None:
    """Serve the Dagster UI behind its guard, until Ctrl-C, and nothing else: no daemon, no API.

    Without a workspace it loads this pipeline by itself; where the daemon runs, too, give both of them one code server
    by --workspace, or by --grpc-host and --grpc-port.
    """
    Settings.read().make_home()
    token = token_for(host)
    workspace = WorkspaceOpts.extract_from_cli_options(options)
    if not workspace.specifies_target():
        workspace = WorkspaceOpts(module_name=[_OURS])
    with listen(host, port, "--port") as listening:
        from adgen_pipeline.ui.server import serve  # Dagster takes seconds to load: bad input is answered before

        serve(listening, host, token, workspace)
