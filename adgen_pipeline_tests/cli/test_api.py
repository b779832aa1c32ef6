"""`adgen api`: serving, and what it says where it cannot."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

import httpx
import pytest

from adgen_pipeline_tests.cli.conftest import Ended

Adgen = Callable[..., Ended]


def test_it_serves_until_it_is_interrupted() -> None:
    """The first line names the URL, the front door answers there, and Ctrl-C is a quiet end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "adgen_pipeline.cli", "api", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as api:
        assert api.stdout is not None and f"http://127.0.0.1:{port}" in api.stdout.readline()
        answer = httpx.get(f"http://127.0.0.1:{port}/", timeout=60)  # it listens before it is ready
        api.send_signal(signal.SIGINT)
        _, told = api.communicate(timeout=60)
    assert answer.json()["service"] == "ai-video-orchestrator" and "server" not in answer.headers
    assert "Traceback" not in told, told


def test_a_port_in_use_is_said_to_be(adgen: Adgen) -> None:
    """With the way out."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = adgen("api", "--port", str(taken.getsockname()[1]))
    assert ended.code == 1 and "cannot be used" in ended.told and "--port" in ended.told


def test_beyond_loopback_it_wants_a_token(adgen: Adgen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing listens before that is set."""
    ended = adgen("api", "--host", "0.0.0.0")
    assert ended.code == 2 and "API_TOKENS" in ended.told
