"""`adgen studio`: the four services on their own, used by URL like anybody's."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from fastapi import FastAPI

from adgen_pipeline.cli.main import main
from adgen_pipeline.studio.composition import app as composition_app
from adgen_pipeline.studio.image_gen import app as image_app
from adgen_pipeline.studio.prompt_parser import app as parser_app
from adgen_pipeline.studio.video_gen import app as video_app
from adgen_pipeline_tests.defs.runs import make


def free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


@pytest.fixture
def standalone(tmp_path: Path) -> Iterator[dict[str, str]]:
    """`adgen studio` in a process of its own; its lines for .env."""
    ports = ",".join(map(str, free_ports(4)))
    process = subprocess.Popen(
        [sys.executable, "-m", "adgen_pipeline.cli", "studio", "--ports", ports],
        env=os.environ | {"ADGEN_HOME": str(tmp_path / "elsewhere"), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    lines = [process.stdout.readline().decode().strip() for _ in range(5)]
    yield dict(line.split("=", 1) for line in lines[:4])
    process.send_signal(signal.SIGINT)
    process.wait(30)
    process.stdout.close()


@pytest.mark.dear
def test_an_ad_by_url(standalone: dict[str, str], monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """The printed lines are the settings; the ad is made by these services, and no embedded studio is started."""
    assert list(standalone) == ["PROMPT_PARSER_URL", "IMAGE_GEN_URL", "VIDEO_GEN_URL", "COMPOSITION_URL"]
    for name, url in standalone.items():
        assert httpx.get(f"{url}/health").json()["status"] == "healthy"
        monkeypatch.setenv(name, url)
    ad = make(draft=True, aspect_ratio="1:1", seed=2)
    assert ad.video.source_url.startswith(standalone["COMPOSITION_URL"])
    assert (ad.duration, ad.resolution, ad.total_cost) == (15.0, "540x540", 0)
    assert not (home / "studio" / "studio.log").exists()


def test_a_port_that_is_taken_is_told() -> None:
    """The message names the ports and the option."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = f"{taken.getsockname()[1]}," + ",".join(map(str, free_ports(3)))
        result = CliRunner().invoke(main, ["studio", "--ports", ports])
    assert result.exit_code == 1 and ports in result.output and "--ports" in result.output


@pytest.mark.parametrize("module", [parser_app, image_app, video_app, composition_app])
def test_each_service_has_an_app_of_its_own(module: object) -> None:
    """`create_app()` needs nothing: any ASGI server can serve one service alone."""
    app = module.create_app()  # type: ignore[attr-defined]
    assert isinstance(app, FastAPI)
    assert "/health" in {getattr(route, "path", "") for route in app.routes}


def test_it_listens_where_it_is_told() -> None:
    """In a container of its own it is asked by its name, not on loopback; an address that is none of ours is told."""
    result = CliRunner().invoke(main, ["studio", "--host", "192.0.2.1", "--ports", ",".join(map(str, free_ports(4)))])
    assert result.exit_code == 1 and "of 192.0.2.1 cannot be used" in result.output
