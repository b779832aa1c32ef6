"""`adgen up`: a whole local deployment in one command."""

import fcntl
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click
from rich.console import Console

from adgen_pipeline.cli.display import console
from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.deployment.lifetime import Deployment, PartEnded
from adgen_pipeline.deployment.logs import follow
from adgen_pipeline.deployment.parts import Place
from adgen_pipeline.deployment.running import Guardian, prepare
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.ports import require_free
from adgen_pipeline.settings import Settings, use_dagster_home
from adgen_pipeline.studio.launch import EmbeddedStudio
from adgen_pipeline.ui.access import token_for

_PORT = click.IntRange(1, 65535)


@click.command(short_help="Run everything: UI, daemon, studio, API.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; beyond loopback: tokens.")
@click.option("--port", default=3000, show_default=True, type=_PORT, help="Port of the Dagster UI.")
@click.option("--api-port", default=8000, show_default=True, type=_PORT, help="Port of the REST API.")
@click.option("-v", "--verbose", is_flag=True, help="Show what the parts say while they run; it stands in their logs.")
def up(host: str, port: int, api_port: int, verbose: bool) -> None:
    """Run a whole deployment on this machine, until Ctrl-C: Dagster's UI behind a guard, its daemon, the embedded
    studio and the REST API; state is kept in DAGSTER_HOME, or else in .adgen.

    Ctrl-C stops it within seconds. Ads under way stop, too, and go on with what is paid at the next start; a second
    Ctrl-C waits for nothing.
    """
    settings, token = Settings.read(), token_for(host)
    from adgen_pipeline.api.access import check_exposure  # takes a second to load: bad input is answered before

    check_exposure(settings, host)
    home = settings.make_home()
    with console() as out, _the_only_one(home):
        require_free(host, port, "--port")
        require_free(host, api_port, "--api-port")
        _end_as_by_ctrl_c(signal.SIGTERM)
        with _guarded() as guardian:
            place = Place(host, port, api_port, token, guardian.folder)
            _run(place, guardian, home / "logs", verbose, out)


def _run(place: Place, guardian: Guardian, logs: Path, verbose: bool, out: Console) -> None:
    dagster_home, told = prepare()
    for line in told:
        out.print(line, markup=False)
    use_dagster_home(dagster_home)
    deployment = Deployment(place, guardian, logs)
    try:
        with _warm_studio():
            deployment.start_code()
            deployment.open_doors(lambda name, seconds: out.print(f"{name:<12} ready after {seconds:.1f} s"))
            _tell_where(deployment, out)
            with _followed(deployment, out) if verbose else nullcontext():
                deployment.watch()
    except KeyboardInterrupt:
        _stop(deployment, out)
    except PartEnded as error:
        out.print(f"{error}\nAll other parts are stopped.", markup=False)
        sys.exit(1)
    finally:
        _stop(deployment)


def _stop(deployment: Deployment, out: Console | None = None) -> None:
    """Tell `out`, then stop. A second Ctrl-C on the way is heeded; a third has nothing left to say."""
    try:
        if out:
            _tell_what_stops(deployment, out)
        deployment.stop()
    except KeyboardInterrupt:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        deployment.kill()


@contextmanager
def _guarded() -> Iterator[Guardian]:
    guardian = Guardian()
    try:
        yield guardian
    finally:
        guardian.dismiss()


@contextmanager
def _warm_studio() -> Iterator[None]:
    """Hold the embedded studio, where a service has no URL: started once, warm for all runs of this deployment."""
    settings = Settings.read()
    if all(settings.service(stage).url for stage in STAGES):
        yield
        return
    studio = EmbeddedStudio(settings.home / "studio", settings.make_media_folder())
    studio.retain()
    try:
        studio.urls()
        yield
    finally:
        studio.release()


@contextmanager
def _the_only_one(home: Path) -> Iterator[None]:
    """Two daemons of one instance would launch everything twice."""
    with (home / "up.lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            told = f"`adgen up` already runs over {home} (pid {file.read().strip() or 'unknown'})"
            raise InvalidSetting(f"{told}; stop that, or set ADGEN_HOME to another folder") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _end_as_by_ctrl_c(number: signal.Signals) -> None:
    signal.signal(number, signal.default_int_handler)


@contextmanager
def _followed(deployment: Deployment, out: Console) -> Iterator[None]:
    over = threading.Event()
    say = lambda line: out.print(line, markup=False)  # noqa: E731
    thread = threading.Thread(target=follow, args=(deployment.log_files, say, over))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _tell_where(deployment: Deployment, out: Console) -> None:
    place = deployment.place
    login = "   (log in with UI_TOKEN)" if place.token else ""
    lines = (
        "",
        f"Gallery      {place.api_url}   (ask for ads, watch them being made)",
        f"REST API     {place.api_url}/docs",
        f"Dagster UI   {place.ui_url}{login}",
        f"Logs         {deployment.logs}",
        "",
        f"Make an ad:  {place.api_url}/new",
        f"or:          {place.ui_url}/locations/adgen_pipeline.definitions/jobs/generate_ad/playground",
        f"By HTTP:     {_curl(place)}",
        "Ctrl-C stops everything; ads under way go on at the next start.",
    )
    out.print("\n".join(lines), markup=False)


def _curl(place: Place) -> str:
    """A line that makes an ad."""
    token = " -H 'Authorization: Bearer <one of API_TOKENS>'" if Settings.read().api_tokens else ""
    brief = '{"prompt": "Create an ad for a luxury watch", "duration": 15}'
    return f"curl {place.api_url}/api/v1/generate-ad{token} -H 'Content-Type: application/json' -d '{brief}'"


def _tell_what_stops(deployment: Deployment, out: Console) -> None:
    """With the ads that are cut off."""
    out.print("Stopping. Ctrl-C once more ends everything at once.")
    for run in deployment.place.dagster.runs_under_way():
        told = f"Run {run} is under way: it stops here, and goes on with what is paid when `adgen up` runs again."
        out.print(told, markup=False)
