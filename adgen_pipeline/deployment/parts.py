"""Which processes a deployment consists of, how each is started, and when it is ready."""

import json
import os
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from adgen_pipeline.deployment.dagster import Dagster, fetch
from adgen_pipeline.settings import Settings

_LOCATION = "adgen_pipeline.definitions"
_ADGEN = (sys.executable, "-m", "adgen_pipeline.cli")
_DAGSTER = (sys.executable, "-m", "adgen_pipeline.deployment.dagster_process")


@dataclass(frozen=True)
class Part:
    """One process. `ready` may raise what keeps it from ever being so."""

    name: str
    command: tuple[str, ...]
    ready: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a deployment listens, and with what its UI is opened. `folder` is its own, private and gone with it."""

    host: str
    ui_port: int
    api_port: int
    token: str | None
    folder: Path

    @property
    def ui_url(self) -> str:
        """As it is reached from this machine."""
        return _url(self.host, self.ui_port)

    @property
    def api_url(self) -> str:
        """As it is reached from this machine."""
        return _url(self.host, self.api_port)

    @property
    def dagster(self) -> Dagster:
        """The UI, as programs ask it."""
        return Dagster(self.ui_url, self.token)


def code_server(place: Place) -> Part:
    """One for the UI and the daemon; runs are its children. Its socket, unlike a port, is for this user alone."""
    at = place.folder / "code.sock"
    target = ("--module-name", _LOCATION, "--location-name", _LOCATION)
    command = (*_DAGSTER, "code-server", "start", "--socket", str(at), *target, *_log_level())
    # What it leaves in the temporary folder when it is killed goes with the deployment's.
    return Part("Code server", command, lambda: _accepts(at), {"TMPDIR": str(place.folder)})


def doors(place: Place) -> list[Part]:
    """What stands before the code server, by which ads come in. All of them need it to be there."""
    return [ui(place), daemon(place), api(place)]


def ui(place: Place) -> Part:
    """The guarded Dagster UI."""
    address = ("--host", place.host, "--port", str(place.ui_port))
    return Part("Dagster UI", (*_ADGEN, "ui", *address, *_workspace(place)), lambda: place.dagster.code_is_loaded())


def daemon(place: Place) -> Part:
    """Dagster's daemon: queue, schedules, sensors, retries."""
    began = time.time()
    command = (*_DAGSTER, "daemon", "run", *_workspace(place), *_log_level())
    return Part("Daemon", command, lambda: place.dagster.daemon_lives(began))


def api(place: Place) -> Part:
    """The REST API, which launches by the UI's GraphQL."""
    command = (*_ADGEN, "api", "--host", place.host, "--port", str(place.api_port))
    known = {"DAGSTER_URL": place.ui_url} | ({"UI_TOKEN": place.token} if place.token else {})
    return Part("REST API", command, lambda: fetch(f"{place.api_url}/health") is not None, known)


def _workspace(place: Place) -> tuple[str, str]:
    """A file that names the code server, for those who use it."""
    file = place.folder / "workspace.yaml"
    server = {"socket": str(place.folder / "code.sock"), "location_name": _LOCATION}
    file.write_text(json.dumps({"load_from": [{"grpc_server": server}]}))
    return ("--workspace", str(file))


def _log_level() -> tuple[str, str]:
    return ("--log-level", Settings.read().log_level.lower())


def _accepts(at: Path) -> bool:
    """Whether somebody listens on the socket: the code server does once it has loaded the code, or failed to."""
    with socket.socket(socket.AF_UNIX) as trial:
        try:
            trial.connect(os.fspath(at))
        except OSError:
            return False
        return True


def _url(host: str, port: int) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return f"http://{host}:{port}"
    if address.is_unspecified:
        return f"http://127.0.0.1:{port}" if address.version == 4 else f"http://[::1]:{port}"
    return f"http://{host}:{port}" if address.version == 4 else f"http://[{host}]:{port}"
