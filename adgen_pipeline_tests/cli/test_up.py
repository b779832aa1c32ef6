"""`adgen up` as people meet it: what it says, and what it leaves behind."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from dagster import DagsterInstance, DagsterRunStatus

from adgen_pipeline_tests.cli.conftest import Ended
from adgen_pipeline_tests.defs.test_webserver import PROMPT, Ui
from adgen_pipeline_tests.deployment.upped import Up, processes_of, upped, wait_for
from adgen_pipeline_tests.lab import Lab
from adgen_pipeline_tests.ports import free_port

BRIEF = {"prompt": PROMPT, "duration": 15}
CLIP = "/generate-video"


def test_its_life(lab: Lab, home: Path, tmp_path: Path, adgen: Callable[..., Ended]) -> None:
    """Ready when it says so; Ctrl-C leaves no process; the ad that it cut off goes on at the next start; and when a
    part dies, all others go, too."""
    lab.latency[CLIP] = 60.0
    with upped(tmp_path, home, lab.environment()) as up:
        run_id = _launch(up)
        _refuses_a_second(up, adgen)
        wait_for(lambda: len(lab.of(CLIP)) == 3, up.log)
        assert up.end(signal.SIGINT) == 0
        assert f"Run {run_id} is under way: it stops here" in up.told
        wait_for(lambda: not processes_of(home), up.log)
    lab.latency.clear()
    with upped(tmp_path, home, lab.environment()) as up, DagsterInstance.from_config(str(home / "dagster")) as instance:
        assert f"Ad {run_id} ('Create an ad for a luxury ...') was cut off at video_generation" in up.told
        wait_for(lambda: len(instance.get_runs()) == 2 and instance.get_runs()[0].is_finished, up.log)
        assert [run.status for run in instance.get_runs()] == [DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE]
        _kill_the(up, "dagster_process daemon run")
        assert up.process.wait(60) == 1
        assert "Daemon was killed by signal 9. Its log" in up.told and "SensorDaemon" in up.told
        assert (home / "logs" / "daemon.1.log").stat().st_size
        wait_for(lambda: not processes_of(home), up.log)


def _launch(up: Up) -> str:
    """By the API, which launches through the guard."""
    assert all(
        f"{part} ready after" in " ".join(up.told.split())
        for part in ("Code server", "Dagster UI", "Daemon", "REST API")
    )
    ui = Ui(up.url)
    assert httpx.get(f"{up.url}/server_info", headers={"Host": "evil.example"}).status_code == 421
    run_id = httpx.post(f"{up.api_url}/api/v1/generate-ad", json=BRIEF).raise_for_status().json()["job_id"]
    assert ui.status(run_id) != "FAILURE"
    ui.http.close()
    return str(run_id)


def _refuses_a_second(up: Up, adgen: Callable[..., Ended]) -> None:
    """Two daemons over one instance would launch everything twice."""
    ended = adgen("up")
    assert ended.code == 2 and f"already runs over {up.home} (pid {up.process.pid})" in ended.told


def _kill_the(up: Up, words: str) -> None:
    children = Path(f"/proc/{up.process.pid}/task/{up.process.pid}/children").read_text().split()
    os.kill(next(int(pid) for pid in children if words in _command(pid)), signal.SIGKILL)


def _command(pid: str) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")


@pytest.mark.parametrize("option", ["--port", "--api-port"])
def test_a_port_that_is_taken(adgen: Callable[..., Ended], home: Path, option: str) -> None:
    """Said before anything is started: which port, who has it, and which option chooses another."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = adgen("up", "--port", str(free_port()), option, str(port))
    assert ended.code == 2 and f"port {port} is taken by " in ended.told and f"(pid {os.getpid()})" in ended.told
    assert f"choose another by {option}" in ended.told and not (home / "dagster").exists()


def test_beyond_loopback_it_wants_a_token(adgen: Callable[..., Ended], home: Path) -> None:
    """Before anything is started."""
    ended = adgen("up", "--host", "0.0.0.0")
    assert ended.code == 2 and "UI_TOKEN is not set" in ended.told and not home.exists()
