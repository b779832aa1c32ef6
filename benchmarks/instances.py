"""State folders, databases and a running Dagster of the benchmark's own."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml
from dagster import DagsterEventType, DagsterInstance, RunRecord, RunsFilter
from dagster._core.storage.dagster_run import FINISHED_STATUSES

from adgen_pipeline_tests.ports import free_port
from benchmarks.measure import environment
from benchmarks.processes import birth, end_tree

Job = tuple[str, str]
"""A code location and the name of a job in it."""

ADS: Job = ("adgen_pipeline.definitions", "generate_ad")
OURS: Job = ("benchmarks.alike", "generate_ad")
FLOOR_ALIKE: Job = ("benchmarks.alike", "floor")
FLOOR: Job = ("benchmarks.floor", "floor")

START_SECONDS, RUN_SECONDS = 120.0, 900.0

_LAUNCH = """mutation ($job: JobOrPipelineSelector!, $config: RunConfigData!) {
  launchRun(executionParams: {selector: $job, runConfigData: $config}) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } } } }"""
_LOCATIONS = (
    "{ workspaceOrError { ... on Workspace { locationEntries { loadStatus locationOrLoadError { __typename } } } } }"
)


@dataclass(frozen=True)
class Home:
    """A state folder with a Dagster instance: the product's own `dagster.yaml`, with `changes` laid over it."""

    folder: Path
    settings: dict[str, str]

    @classmethod
    def made(cls, folder: Path, settings: dict[str, str], **changes: Any) -> "Home":
        """A new one. Its settings name it as DAGSTER_HOME, so that the product takes it as it is."""
        folder.mkdir(parents=True)
        command = [sys.executable, "-m", "adgen_pipeline.cli", "home"]
        told = subprocess.run(command, env=environment(folder, settings), capture_output=True, text=True, check=True)
        dagster = Path(told.stdout.strip())
        config = yaml.safe_load((dagster / "dagster.yaml").read_text())
        if "storage" in changes:  # one that is named replaces ours, which only processes with DATABASE_URL could open
            config.pop("storage", None)
        (dagster / "dagster.yaml").write_text(yaml.safe_dump(_laid_over(config, changes)))
        home = cls(folder, settings | {"DAGSTER_HOME": str(dagster)})
        with home.instance():
            return home  # with its tables: two that make them at once would leave an instance nobody can open

    @property
    def environment(self) -> dict[str, str]:
        """For processes that are to live in it."""
        return environment(self.folder, self.settings)

    @contextmanager
    def instance(self) -> Iterator[DagsterInstance]:
        """Its Dagster instance, in this process."""
        with DagsterInstance.from_config(self.settings["DAGSTER_HOME"]) as instance:
            yield instance


def seconds_of_runs(home: Home, number: int) -> list[float]:
    """From RUN_START to RUN_SUCCESS of the newest `number` runs, oldest first."""
    with home.instance() as instance:
        records = instance.get_run_records(limit=number)[::-1]
    return [length_of(record) for record in records]


def events_of_newest(home: Home) -> int:
    """How many events the newest run has written."""
    with home.instance() as instance:
        return len(instance.all_logs(instance.get_run_records(limit=1)[0].dagster_run.run_id))


def length_of(record: RunRecord) -> float:
    """From RUN_START to RUN_SUCCESS. Ends the benchmark when the run did not succeed."""
    if record.start_time is None or record.end_time is None or not record.dagster_run.is_success:
        sys.exit(f"The run {record.dagster_run.run_id} ended as {record.dagster_run.status.value}.")
    return record.end_time - record.start_time


def when_let_go(instance: DagsterInstance, run_id: str) -> float | None:
    """When the queue let the run go and its process began to start (seconds since 1970)."""
    records = instance.get_records_for_run(run_id, of_type=DagsterEventType.RUN_STARTING, limit=1).records
    return records[0].event_log_entry.timestamp if records else None


class Deployment:
    """A running `dagster dev` over a home; spoken to by GraphQL, watched in its database."""

    def __init__(self, home: Home, process: "subprocess.Popen[bytes]", http: httpx.Client, instance: DagsterInstance):
        self.home, self.process, self.instance = home, process, instance
        self.born = birth(process.pid)
        self._http = http

    @property
    def url(self) -> str:
        """The webserver's."""
        return str(self._http.base_url)

    def launch(self, where: Job, config: dict[str, Any]) -> str:
        """Launch a run as the UI does; its id."""
        location, job = where
        selector = {"repositoryLocationName": location, "repositoryName": "__repository__", "jobName": job}
        answer = self._ask(_LAUNCH, job=selector, config=config)["launchRun"]
        if answer["__typename"] != "LaunchRunSuccess":
            raise RuntimeError(f"{job} was not launched: {answer}")
        return str(answer["run"]["runId"])

    def wait(self, *run_ids: str, every: float = 0.25) -> list[RunRecord]:
        """The records of the runs once all have ended, in the order given; those that never do are as they are."""
        until = time.monotonic() + RUN_SECONDS
        while True:
            records = {
                r.dagster_run.run_id: r for r in self.instance.get_run_records(RunsFilter(run_ids=list(run_ids)))
            }
            if time.monotonic() > until or all(r.dagster_run.status in FINISHED_STATUSES for r in records.values()):
                return [records[run_id] for run_id in run_ids]
            if self.process.poll() is not None:
                raise RuntimeError("Dagster has ended before its runs")
            time.sleep(every)

    def wait_until_ready(self, log: Path) -> None:
        """Until all code locations are loaded. Ends the benchmark when they are not in two minutes."""
        until = time.monotonic() + START_SECONDS
        try:
            while not self._is_ready():
                if time.monotonic() > until or self.process.poll() is not None:
                    raise RuntimeError("it ended, or was not ready in time")
                time.sleep(0.5)
        except RuntimeError as error:
            sys.exit(f"Dagster did not start ({error}):\n{log.read_text()[-4000:]}")

    def _is_ready(self) -> bool:
        try:
            entries = self._ask(_LOCATIONS)["workspaceOrError"]["locationEntries"]
        except (httpx.TransportError, ValueError):
            return False
        kinds = [(entry["locationOrLoadError"] or {}).get("__typename") for entry in entries]
        if "PythonError" in kinds:
            raise RuntimeError("a code location could not be loaded")
        return all(kind == "RepositoryLocation" for kind in kinds)

    def _ask(self, query: str, **variables: Any) -> Any:
        reply = self._http.post("/graphql", json={"query": query, "variables": variables}).json()
        if "errors" in reply:
            raise RuntimeError(str(reply["errors"]))
        return reply["data"]


@contextmanager
def deployed(home: Home, *jobs: Job) -> Iterator[Deployment]:
    """`dagster dev` with the code locations of these jobs on a free port, ready to launch; ended with the context."""
    modules = [word for module in dict.fromkeys(module for module, _ in jobs) for word in ("-m", module)]
    port, log = free_port(), home.folder / "dev.log"
    command = [sys.executable, "-m", "dagster", "dev", *modules, "-p", str(port)]
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=home.folder, env=home.environment, stdout=file, stderr=file, start_new_session=True
        )
    try:
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)
        with client as http, home.instance() as instance:
            deployment = Deployment(home, process, http, instance)
            deployment.wait_until_ready(log)
            yield deployment
    finally:
        end_tree(process, signal.SIGINT)


def on_postgres(url: str) -> tuple[dict[str, str], dict[str, Any]]:
    """The setting for the ledger and the part of `dagster.yaml` that keep both in the database at `url`."""
    return {"DATABASE_URL": url}, {"storage": {"postgres": {"postgres_url": url}}}


def _laid_over(config: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """`config` with `changes`, mappings merged."""
    both = {name for name in config.keys() & changes.keys() if isinstance(changes[name], dict)}
    return config | changes | {name: _laid_over(config[name], changes[name]) for name in both}
