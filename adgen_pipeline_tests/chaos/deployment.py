"""A Dagster of the lab's own: daemon and code server over one state folder, spoken to by GraphQL."""

import asyncio
import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml
from dagster import DagsterInstance, DagsterRun, DagsterRunStatus, RunsFilter
from dagster._core.events import DagsterEventType
from dagster._core.storage.dagster_run import FINISHED_STATUSES
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import GrpcServerTarget
from dagster_graphql.schema import create_schema

from adgen_pipeline_tests.ports import answers, free_port

_LAUNCH = """mutation ($job: JobOrPipelineSelector!, $config: RunConfigData!) {
  launchRun(executionParams: {selector: $job, runConfigData: $config}) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } } } }"""
_AGAIN = """mutation ($parent: String!) {
  launchRunReexecution(reexecutionParams: {parentRunId: $parent, strategy: ALL_STEPS}) {
    __typename ... on LaunchRunSuccess { run { runId } } ... on PythonError { message } } }"""
_RETRY_SECONDS = 20.0
"""By then the daemon has started a crashed run again, if it will."""

_CHECKOUT = Path(__file__).parents[2]
_LOCATION = "fault_lab"


class Deployment:
    """Runs ads of the product as a team's daemon would; `environment` holds the product's settings."""

    def __init__(self, folder: Path, environment: dict[str, str]):
        self._stack = ExitStack()
        self._home = folder / "home" / "dagster"
        self._home.mkdir(parents=True)
        ours = {"DAGSTER_HOME": str(self._home), "PYTHONPATH": str(_CHECKOUT)}
        self._environment = {**os.environ, **environment, **ours}
        shutil.copy(_CHECKOUT / "dagster.yaml", self._home)
        self._port = free_port()
        try:
            self._start(folder / "code.log", "code-server", "start", "-m", "adgen_pipeline_tests.chaos.hurried",
                        "-p", str(self._port), "-h", "127.0.0.1", "--location-name", _LOCATION)  # fmt: skip
            self._wait_for_code()
            self.instance = self._stack.enter_context(DagsterInstance.from_config(str(self._home)))
            self._start_daemon(folder)
            self._connect()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End all of it, gently first."""
        self._stack.close()

    def launch(self, brief: dict[str, Any]) -> str:
        """Start a `generate_ad`; its run's id is the ad's."""
        job = {"repositoryLocationName": _LOCATION, "repositoryName": "__repository__", "jobName": "generate_ad"}
        return self._ask(_LAUNCH, {"job": job, "config": brief}, "launchRun")

    def again(self, run_id: str) -> str:
        """Run an ad again by hand: all of it, as the first run's."""
        return self._ask(_AGAIN, {"parent": run_id}, "launchRunReexecution")

    def chain(self, root: str) -> list[DagsterRun]:
        """The runs of one ad, the newest first."""
        again = self.instance.get_runs(RunsFilter(tags={"dagster/root_run_id": root}))
        first = self.instance.get_run_by_id(root)
        return [*sorted(again, key=lambda run: self._created(run), reverse=True), *([first] if first else [])]

    def is_over(self, run: DagsterRun) -> bool:
        """Whether the run has ended and nobody will start it again by itself."""
        record = self.instance.get_run_record_by_id(run.run_id)
        if record is None or record.dagster_run.status not in FINISHED_STATUSES:
            return False
        retried = record.dagster_run.tags.get("dagster/will_retry") != "false" and not self.errors(run)
        waited = time.time() - (record.end_time or time.time())
        return record.dagster_run.status == DagsterRunStatus.SUCCESS or not retried or waited > _RETRY_SECONDS

    def errors(self, run: DagsterRun) -> list[dict[str, Any]]:
        """What its steps failed with, as the product's errors."""
        records = self.instance.get_records_for_run(run.run_id, of_type=DagsterEventType.STEP_FAILURE).records
        found = []
        for record in records:
            event = record.event_log_entry.dagster_event
            data: Any = event.step_failure_data if event else None
            error = data.error.cause or data.error
            metadata = data.user_failure_data.metadata if data.user_failure_data else {}
            details = {name: value.value for name, value in metadata.items()}
            found.append({"type": error.cls_name, "message": error.message.strip(), "details": details})
        return found

    def workers(self) -> list[int]:
        """The processes that execute runs here."""
        mine = f"DAGSTER_HOME={self._home}".encode()
        return [int(folder.name) for folder in Path("/proc").iterdir() if _is_worker(folder, mine)]

    def _created(self, run: DagsterRun) -> float:
        record = self.instance.get_run_record_by_id(run.run_id)
        return record.create_timestamp.timestamp() if record else 0.0

    def _ask(self, mutation: str, variables: dict[str, Any], field: str) -> str:
        context = self._workspace.create_request_context()
        result = asyncio.run(create_schema().execute_async(mutation, context_value=context, variables=variables))
        if result.errors or result.data[field]["__typename"] != "LaunchRunSuccess":
            raise RuntimeError(f"{field}: {result.errors or result.data[field]}")
        return str(result.data[field]["run"]["runId"])

    def _start(self, log: Path, *command: str) -> None:
        with log.open("ab") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "dagster", *command],
                env=self._environment, cwd=log.parent, stdout=file, stderr=file, start_new_session=True,
            )  # fmt: skip
        self._stack.callback(_end, process)

    def _start_daemon(self, folder: Path) -> None:
        server = {"grpc_server": {"host": "127.0.0.1", "port": self._port, "location_name": _LOCATION}}
        (folder / "workspace.yaml").write_text(yaml.safe_dump({"load_from": [server]}))
        with (folder / "daemon.log").open("ab") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "dagster._daemon", "run", "-w", str(folder / "workspace.yaml")],
                env=self._environment, cwd=folder, stdout=file, stderr=file, start_new_session=True,
            )  # fmt: skip
        self._stack.callback(_end, process)

    def _connect(self) -> None:
        target = GrpcServerTarget(host="127.0.0.1", port=self._port, socket=None, location_name=_LOCATION)
        self._workspace = self._stack.enter_context(WorkspaceProcessContext(self.instance, target))

    def _wait_for_code(self) -> None:
        until = time.monotonic() + 60
        while not answers(self._port):
            if time.monotonic() > until:
                raise RuntimeError("the code server did not start")
            time.sleep(0.1)


def _is_worker(folder: Path, mine: bytes) -> bool:
    try:
        return (
            folder.name.isdigit()
            and b"execute_run" in (folder / "cmdline").read_bytes()
            and mine in (folder / "environ").read_bytes()
        )
    except OSError:
        return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
