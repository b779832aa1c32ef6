"""The API as it is deployed: served by uvicorn, over a real Dagster with its daemon, the lab as the services."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from adgen_pipeline.api.app import create_app
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.lab import Lab, running_lab, serving
from adgen_pipeline_tests.ports import free_port

PROMPT = "Create an ad for a luxury watch"
LATENCY = {"/generate-video": 0.5}
START_SECONDS, END_SECONDS = 240, 180


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests over one deployment go to one worker: each other that had one of them would start its own."""
    for item in items:
        for deployment in ("dagster", "queue"):
            if deployment in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.xdist_group(deployment))


@dataclass
class Dagster:
    """A running `dagster dev`, and the environment it lives in."""

    url: str
    environment: dict[str, str]
    folder: Path
    lab: Lab

    def settings(self, **more: str) -> Settings:
        """The settings of an API that belongs to it."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (self.environment | {"DAGSTER_URL": self.url} | more).items():
                patch.setenv(name, value)
            return Settings()

    def ask(self, query: str) -> Any:
        return httpx.post(f"{self.url}/graphql", json={"query": query}, timeout=30).json()["data"]


@dataclass
class Front:
    """A front end: a client of the API."""

    http: httpx.Client
    lab: Lab
    brief: dict[str, Any] = field(default_factory=lambda: {"prompt": PROMPT, "duration": 15, "reuse": "off"})

    def create(self, headers: dict[str, str] | None = None, **brief: Any) -> str:
        reply = self.http.post("/api/v1/generate-ad", json=self.brief | brief, headers=headers)
        assert reply.status_code == 201, reply.text
        return str(reply.json()["job_id"])

    def job(self, job_id: str) -> dict[str, Any]:
        reply = self.http.get(f"/api/v1/jobs/{job_id}")
        assert reply.status_code == 200, reply.text
        return dict(reply.json())

    def wait(self, job_id: str, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The job as soon as it is as wanted."""
        until = time.monotonic() + END_SECONDS
        while not wanted(job := self.job(job_id)):
            assert time.monotonic() < until, job
            time.sleep(0.1)
        return job

    def ended(self, job_id: str) -> dict[str, Any]:
        return self.wait(job_id, lambda job: job["status"] not in ("queued", "processing"))


@pytest.fixture(scope="package")
def lab() -> Iterator[Lab]:
    with running_lab(latency=dict(LATENCY)) as lab:
        yield lab


@pytest.fixture(scope="package")
def dagster(
    lab: Lab, tmp_path_factory: pytest.TempPathFactory, own_database: Callable[[], dict[str, str]]
) -> Iterator[Dagster]:
    """`dagster dev`, as a team starts it."""
    with running_dagster(lab, tmp_path_factory.mktemp("team"), "dev", own_database()) as dagster:
        yield dagster


@pytest.fixture(scope="package")
def queue(
    lab: Lab, tmp_path_factory: pytest.TempPathFactory, own_database: Callable[[], dict[str, str]]
) -> Iterator[Dagster]:
    """A webserver without a daemon: whatever is launched waits, and costs nothing."""
    with running_dagster(lab, tmp_path_factory.mktemp("queue"), "webserver", own_database()) as dagster:
        yield dagster


@pytest.fixture(scope="package")
def api_url(dagster: Dagster) -> Iterator[str]:
    with running_api(dagster.settings(API_CREATES_PER_MINUTE="1000")) as url:
        yield url


@pytest.fixture(scope="package")
def front(api_url: str, lab: Lab) -> Iterator[Front]:
    with httpx.Client(base_url=api_url, timeout=60) as http:
        yield Front(http, lab)


@contextmanager
def running_api(settings: Settings, host: str = "127.0.0.1") -> Iterator[str]:
    """The app on a free loopback port, as if it listened on `host`."""
    app = create_app(settings, host)
    with app.state.api, serving(app) as url:
        yield url


@contextmanager
def running_dagster(lab: Lab, folder: Path, kind: str, database: dict[str, str]) -> Iterator[Dagster]:
    """`dagster dev`, or `dagster-webserver` alone: without a daemon, whatever is launched stays in the queue.

    Its home is a team's own, its storage where the DATABASE_URL of `database` is, if there is one.
    """
    home = folder / "home"
    home.mkdir()
    config: dict[str, Any] = {
        "run_coordinator": {"module": "dagster.core.run_coordinator", "class": "QueuedRunCoordinator"}
    }
    storage = {"storage": {"postgres": {"postgres_url": {"env": "DATABASE_URL"}}}} if database else {}
    (home / "dagster.yaml").write_text(yaml.safe_dump(config | storage))
    port = free_port()
    tests = str(Path(__file__).parents[2])
    own = {"DAGSTER_HOME": str(home), "ADGEN_HOME": str(folder / "adgen"), "HOME": str(folder), "PYTHONPATH": tests}
    environment = lab.environment() | own | database
    words = {"dev": ["-m", "dagster", "dev"], "webserver": ["-m", "dagster_webserver"]}[kind]
    command = [sys.executable, *words, "-m", "adgen_pipeline.definitions", "-p", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=log, stderr=log)
    try:
        dagster = Dagster(f"http://127.0.0.1:{port}", environment, folder, lab)
        _wait_until_ready(dagster)
        yield dagster
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _wait_until_ready(dagster: Dagster) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            dagster.ask("{ runsOrError { ... on Runs { count } } }")
            return
        except (httpx.TransportError, ValueError):
            assert time.monotonic() < until, (dagster.folder / "log").read_text()
            time.sleep(0.2)
