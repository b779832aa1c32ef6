"""Runs of a real `dagster dev` on a default instance: forks of a warm process, and otherwise runs like any other."""

import logging
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus
from dagster._grpc.server import DagsterApiServer

import adgen_pipeline
from adgen_pipeline.defs.stamping import MAX_RETRIES_TAG, process_of
from adgen_pipeline.defs.warm_start import start_runs_by_fork
from adgen_pipeline.processes import is_gone
from adgen_pipeline_tests.defs.test_crash_retries import BRIEF, CLIP, Daemon, running, wait_for
from adgen_pipeline_tests.defs.test_webserver import TERMINATE
from adgen_pipeline_tests.lab import Lab, running_lab

IMAGE = "/generate-image"


class Deployment:
    """A code server with its daemon and webserver, on a package without a checkout: its `.env` is in `folder`."""

    def __init__(self, folder: Path, lab: Lab, daemon: Daemon, opened: DagsterInstance):
        self.folder, self.lab, self._daemon, self._opened = folder, lab, daemon, opened

    def launch(self) -> DagsterRun:
        """A run that stays the only one of its ad."""
        launched = self._daemon.ui.launch("generate_ad", BRIEF | {"reuse": "off"}, **{MAX_RETRIES_TAG: "0"})
        return self.now(launched["run"]["runId"])

    def now(self, run_id: str) -> DagsterRun:
        run = self._opened.get_run_by_id(run_id)
        assert run is not None
        return run

    def launch_up_to_its_clips(self) -> DagsterRun:
        """A run that waits for its three clips."""
        self.lab.latency[CLIP] = 60.0
        before = len(self.lab.of(CLIP))
        run = self.launch()
        wait_for(lambda: len(self.lab.of(CLIP)) == before + 3, self._daemon.log)
        self.lab.latency.clear()
        return self.now(run.run_id)

    def until(self, run: DagsterRun, status: DagsterRunStatus) -> None:
        wait_for(lambda: self.now(run.run_id).is_finished, self._daemon.log)
        assert self.now(run.run_id).status == status, self._daemon.log.read_text()

    def terminate(self, run: DagsterRun) -> None:
        self._daemon.ui.ask(TERMINATE, id=run.run_id)

    def told(self, run: DagsterRun) -> str:
        return "\n".join(entry.message for entry in self._opened.all_logs(run.run_id))


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("warm")
    (folder / "home").mkdir()
    (folder / "home" / "dagster.yaml").touch()
    package = Path(adgen_pipeline.__file__).parent
    shutil.copytree(package, folder / "site" / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    known = {
        "PYTHONPATH": str(folder / "site"),
        "DAGSTER_HOME": str(folder / "home"),
        "ADGEN_HOME": str(folder / "ads"),
    }
    with (
        running_lab() as lab,
        running("dagster", "dev", "-m", "adgen_pipeline.definitions", lab=lab, folder=folder, **known) as daemon,
        DagsterInstance.from_config(str(folder / "home")) as opened,
    ):
        yield Deployment(folder, lab, daemon, opened)


def process(run: DagsterRun) -> int:
    """The number of the process that the run says it lives in."""
    return int((process_of(run) or "").split("/")[3])


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def ended(run: DagsterRun) -> bool:
    return is_gone(process_of(run) or "")


def test_a_run_is_a_fork_that_knows_itself(deployment: Deployment) -> None:
    """A child of the warm process, which has one thread and no socket but its own; it stamps its own identity."""
    run = deployment.launch_up_to_its_clips()
    warm = parent(process(run))
    assert command(process(run)) == command(warm) and "adgen_pipeline.preloaded" in command(warm)
    assert len(list(Path(f"/proc/{warm}/task").iterdir())) == 1
    opened = [str(fd.readlink()) for fd in Path(f"/proc/{warm}/fd").iterdir()]
    assert sum(file.startswith("socket") for file in opened) == 1  # where it is asked for forks
    assert not any(file.endswith((".db", ".lock")) for file in opened)
    assert not ended(run)
    deployment.terminate(run)
    deployment.until(run, DagsterRunStatus.CANCELED)
    wait_for(partial(ended, run), deployment.folder / "log")


def test_a_run_sees_the_settings_of_its_own_time(deployment: Deployment) -> None:
    """What was written into `.env` after the server's start holds for the next run."""
    before = len(deployment.lab.of(IMAGE))
    (deployment.folder / ".env").write_text("KEYFRAMES=reference\n")
    run = deployment.launch_up_to_its_clips()
    assert len(deployment.lab.of(IMAGE)) == before + 1
    deployment.terminate(run)
    deployment.until(run, DagsterRunStatus.CANCELED)


def test_a_run_hears_the_signal_that_the_warm_process_ignores(deployment: Deployment) -> None:
    """A service manager's SIGTERM to all: the run ends in order and says so, and the warm process outlives it."""
    run = deployment.launch_up_to_its_clips()
    warm = parent(process(run))
    os.kill(warm, signal.SIGTERM)
    os.kill(process(run), signal.SIGTERM)
    deployment.until(run, DagsterRunStatus.FAILURE)
    assert "No user initiated termination request was found" in deployment.told(run)
    assert "adgen_pipeline.preloaded" in command(warm)


def test_runs_end_with_the_process_they_are_forked_from(deployment: Deployment) -> None:
    """Killed, it can tell nobody how its runs end: they count as dead, and are. The next run has a new one."""
    run = deployment.launch_up_to_its_clips()
    warm = parent(process(run))
    os.kill(warm, signal.SIGKILL)
    deployment.until(run, DagsterRunStatus.FAILURE)
    assert ended(run)
    after = deployment.launch_up_to_its_clips()
    assert "adgen_pipeline.preloaded" in command(parent(process(after))) and parent(process(after)) != warm
    deployment.terminate(after)
    deployment.until(after, DagsterRunStatus.CANCELED)


class OtherServer(DagsterApiServer):
    """A code server that loads definitions, made as `make` says."""

    def __init__(self, context: object | None) -> None:
        if context:
            self._mp_ctx = context
        self.warm = start_runs_by_fork()


def test_a_dagster_that_starts_runs_otherwise_is_left_alone(caplog: pytest.LogCaptureFixture) -> None:
    """The definitions load; one line says that runs start slowly."""
    with caplog.at_level(logging.WARNING):
        assert not OtherServer(None).warm
    assert "starts runs in a way that adgen-pipeline does not know" in caplog.text


def test_run_start_spawn_leaves_it_to_dagster(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way out for what cannot be forked."""
    monkeypatch.setenv("RUN_START", "spawn")
    spawn = multiprocessing.get_context("spawn")
    server = OtherServer(spawn)
    assert not server.warm and server._mp_ctx is spawn


def test_a_process_that_is_no_code_server_is_left_alone() -> None:
    """A run, the command line, a test: nothing is started."""
    assert not start_runs_by_fork()


def test_a_package_that_only_the_server_is_shown_is_loaded_ahead(tmp_path: Path) -> None:
    """`dagster ... -d FOLDER` without an installation: the warm process finds it too, and bears a SIGTERM then."""
    shutil.copytree(Path(adgen_pipeline.__file__).parent, tmp_path / "site" / "adgen_pipeline")
    not_installed = {"PYTHONPATH": sysconfig.get_path("purelib")}
    with code_server(tmp_path, sys._base_executable, "-d", str(tmp_path / "site"), **not_installed) as (pid, log):
        wait_for(lambda: any(map(ignores_sigterm, warm_processes(pid))), log)


def test_a_server_that_can_have_no_warm_process_loads_all_the_same(tmp_path: Path) -> None:
    """A temporary folder whose path is too long for a socket: one line tells, and runs start as Dagster does it."""
    deep = tmp_path / ("long" * 20)
    deep.mkdir()
    with code_server(tmp_path, sys.executable, TMPDIR=str(deep)) as (_, log):
        wait_for(lambda: "Started Dagster code server" in log.read_text(), log)
        assert "runs cannot be forked from a warm process" in log.read_text()


@contextmanager
def code_server(folder: Path, python: str, *words: str, **known: str) -> Iterator[tuple[int, Path]]:
    """A code server of its own with our definitions: its process, and its log."""
    (folder / "dagster.yaml").touch()
    log, environment = folder / "server.log", os.environ | {"DAGSTER_HOME": str(folder)} | known
    with tempfile.TemporaryDirectory() as short, log.open("wb") as file:
        command = [python, "-m", "dagster", "api", "grpc", "-m", "adgen_pipeline.definitions", "-s", f"{short}/socket"]
        server = subprocess.Popen([*command, *words], cwd=folder, env=environment, stdout=file, stderr=file)
        try:
            yield server.pid, log
        finally:
            server.terminate()
            server.wait()


def warm_processes(server: int) -> list[int]:
    begun = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [int(child) for child in begun if "forkserver" in command(int(child))]


def ignores_sigterm(pid: int) -> bool:
    ignored = Path(f"/proc/{pid}/status").read_text().partition("SigIgn:\t")[2].split()[0]
    return bool(int(ignored, 16) >> (signal.SIGTERM - 1) & 1)
