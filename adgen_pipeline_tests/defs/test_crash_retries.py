"""A real daemon, and a run killed in the middle of its clips: the ad goes on by itself, whatever the instance."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from dagster import DagsterEventType, DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter

from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.defs.stamping import process_of
from adgen_pipeline_tests.defs.test_webserver import COUNT, PROMPT, Ui, nested
from adgen_pipeline_tests.deployment.upped import processes_of
from adgen_pipeline_tests.lab import Lab
from adgen_pipeline_tests.ports import free_port

BRIEF = {"prompt": PROMPT, "duration": 15}
CLIP = "/generate-video"
POOL = {"VIDEO_GEN_POOL": "3"}
"""As many clips at once, over all ads, as the ad has scenes."""


class Daemon:
    """The UI with its daemon and code server, in a session of its own; `log` is what it says."""

    def __init__(self, command: list[str], lab: Lab, folder: Path, **environment: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        known = os.environ | lab.environment() | {"HOME": str(folder)} | environment
        self.log = folder / "log"
        with self.log.open("ab") as log:
            words = [sys.executable, "-m", *command, "--port", str(port)]
            self._process = subprocess.Popen(
                words, cwd=folder, env=known, stdout=log, stderr=log, start_new_session=True
            )
        self.ui = Ui(f"http://127.0.0.1:{port}")
        wait_for(self._answers, self.log)

    def _answers(self) -> bool:
        try:
            return bool(self.ui.ask(COUNT))
        except (httpx.TransportError, ValueError):
            return False

    def end(self) -> None:
        """As Ctrl-C does."""
        self.ui.http.close()
        self._process.send_signal(signal.SIGINT)
        self._process.wait(60)

    def kill_everything(self) -> None:
        """SIGKILL to it and to what it has in its session; what it has elsewhere must not go on without it."""
        self.ui.http.close()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(60)


@contextmanager
def running(*command: str, lab: Lab, folder: Path, **environment: str) -> Iterator[Daemon]:
    daemon = Daemon(list(command), lab, folder, **environment)
    try:
        yield daemon
    finally:
        if daemon._process.poll() is None:
            daemon.end()


def wait_for(arrived: Callable[[], Any], log: Path) -> None:
    until = time.monotonic() + 180
    while not arrived():
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)


def kill(run: DagsterRun | None) -> None:
    """SIGKILL to the process that the run names."""
    process = process_of(run) if run else None
    assert process
    os.kill(int(process.split("/")[3]), signal.SIGKILL)


def in_order(opened: DagsterInstance) -> list[DagsterRun]:
    return list(opened.get_runs(ascending=True))


def assert_one_ad(opened: DagsterInstance) -> None:
    """A crash, ended once, and its one retry, which finished the same ad."""
    crashed, retry = in_order(opened)
    assert (crashed.status, retry.status) == (DagsterRunStatus.FAILURE, DagsterRunStatus.SUCCESS)
    assert retry.tags[JOB_TAG] == crashed.run_id == retry.tags["dagster/root_run_id"]
    assert retry.tags["dagster/retry_number"] == "1"
    assert len(opened.get_records_for_run(crashed.run_id, of_type=DagsterEventType.RUN_FAILURE).records) == 1


def places_taken(opened: DagsterInstance) -> int:
    return opened.event_log_storage.get_concurrency_info("video_gen").active_slot_count


def assert_never_waited(opened: DagsterInstance) -> None:
    """The crashed run died with every place of the pool: they were free again before its retry asked for one."""
    _, retry = in_order(opened)
    told = [str(entry.dagster_event.message) for entry in opened.all_logs(retry.run_id) if entry.dagster_event]
    assert not [line for line in told if "blocked by limit for pool" in line]
    assert places_taken(opened) == 0


@pytest.mark.dear
def test_adgen_up_goes_on_after_it_was_killed(lab: Lab, home: Path, tmp_path: Path) -> None:
    """Daemon, code server and run die with it; the next `adgen up` says what was cut off, and retries it."""
    lab.latency[CLIP] = 60.0
    dev = partial(
        running,
        "adgen_pipeline.cli",
        "up",
        "--api-port",
        str(free_port()),
        lab=lab,
        folder=tmp_path,
        ADGEN_HOME=str(home),
        **POOL,
    )
    with dev() as daemon, DagsterInstance.from_config(str(home / "dagster")) as opened:
        job_id = daemon.ui.launch("generate_ad", BRIEF)["run"]["runId"]
        wait_for(lambda: len(lab.of(CLIP)) == 3, daemon.log)
        daemon.kill_everything()
        wait_for(lambda: not processes_of(home), daemon.log)
        lab.latency.clear()
        assert places_taken(opened) == 3
        assert len(opened.get_runs(RunsFilter(statuses=[DagsterRunStatus.STARTED]))) == 1
        with dev() as again:
            told = f"Ad {job_id} ('Create an ad for a luxury ...') was cut off at video_generation; a running"
            assert told in again.log.read_text()
            wait_for(lambda: len(in_order(opened)) == 2 and in_order(opened)[-1].is_finished, again.log)
        assert_one_ad(opened)
        assert_never_waited(opened)


@pytest.mark.dear
def test_materialize_all_goes_on_under_a_default_instance(lab: Lab, home: Path, tmp_path: Path) -> None:
    """An empty dagster.yaml retries nothing, and the UI's own job has no tags: the killed run goes on nevertheless."""
    lab.latency[CLIP] = 60.0
    team = tmp_path / "team"
    team.mkdir()
    (team / "dagster.yaml").touch()
    dev = partial(running, "dagster", "dev", "-m", "adgen_pipeline.definitions", lab=lab, folder=tmp_path)
    known = {"ADGEN_HOME": str(home), "DAGSTER_HOME": str(team)} | POOL
    with dev(**known) as daemon, DagsterInstance.from_config(str(team)) as opened:
        run_id = daemon.ui.launch("__ASSET_JOB", nested(BRIEF))["run"]["runId"]
        wait_for(lambda: len(lab.of(CLIP)) == 3, daemon.log)
        assert places_taken(opened) == 3
        kill(opened.get_run_by_id(run_id))
        lab.latency.clear()
        wait_for(lambda: len(in_order(opened)) == 2 and in_order(opened)[-1].is_finished, daemon.log)
        assert_one_ad(opened)
        assert_never_waited(opened)
        assert [run.job_name for run in in_order(opened)] == ["__ASSET_JOB", "generate_ad"]
