"""`dagster dev` on a team's own, default instance: launching, refusing and terminating as the UI does, by GraphQL."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from adgen_pipeline_tests.lab import Lab, running_lab

PROMPT = "Create an ad for a luxury watch"
CLIP = "/generate-video"

LAUNCH = """
mutation ($params: ExecutionParams!) { launchRun(executionParams: $params) {
  __typename
  ... on LaunchRunSuccess { run { runId } }
  ... on RunConfigValidationInvalid { errors { message } }
  ... on PythonError { message errorChain { error { message } } }
} }"""
STATUS = "query ($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
EVENTS = """query ($id: ID!) { logsForRun(runId: $id) { ... on EventConnection { events {
  __typename ... on MessageEvent { stepKey } } } } }"""
TERMINATE = "mutation ($id: String!) { terminateRun(runId: $id) { __typename } }"
COUNT = "{ runsOrError { ... on Runs { count } } }"


class Ui:
    """The webserver's GraphQL."""

    def __init__(self, url: str):
        self.http = httpx.Client(base_url=url, timeout=60)

    def ask(self, query: str, **variables: Any) -> Any:
        reply = self.http.post("/graphql", json={"query": query, "variables": variables}).json()
        assert "errors" not in reply, reply
        return reply["data"]

    def launch(self, job: str, config: dict[str, Any], **tags: str) -> dict[str, Any]:
        place = {"repositoryName": "__repository__", "repositoryLocationName": "adgen_pipeline.definitions"}
        params = {"selector": place | {"pipelineName": job}, "runConfigData": config, "mode": "default"}
        params["executionMetadata"] = {"tags": [{"key": key, "value": value} for key, value in tags.items()]}
        if job == "__ASSET_JOB":
            assets = ("parsed_prompt", "keyframe_images", "video_clips", "final_ad")
            params["selector"]["assetSelection"] = [{"path": [name]} for name in assets]
        return dict(self.ask(LAUNCH, params=params)["launchRun"])

    def status(self, run_id: str) -> str:
        return str(self.ask(STATUS, id=run_id)["runOrError"]["status"])

    def wait(self, run_id: str, *wanted: str) -> None:
        until = time.monotonic() + 120
        while (status := self.status(run_id)) not in wanted:
            assert time.monotonic() < until and status not in ("FAILURE",), status
            time.sleep(0.1)

    def events(self, run_id: str) -> list[tuple[str, str | None]]:
        found = self.ask(EVENTS, id=run_id)["logsForRun"]["events"]
        return [(event["__typename"], event.get("stepKey")) for event in found]


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with running_lab() as lab:
        yield lab


@pytest.fixture(scope="module")
def ui(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ui]:
    folder = tmp_path_factory.mktemp("team")
    (folder / "home").mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | lab.environment()
    environment |= {"DAGSTER_HOME": str(folder / "home"), "ADGEN_HOME": str(folder / "adgen"), "HOME": str(folder)}
    command = [sys.executable, "-m", "dagster", "dev", "-m", "adgen_pipeline.definitions", "-p", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        ui = Ui(f"http://127.0.0.1:{port}")
        _wait_until_ready(ui, folder / "log")
        yield ui
        ui.http.close()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _wait_until_ready(ui: Ui, log: Path) -> None:
    until = time.monotonic() + 90
    while True:
        try:
            ui.ask(COUNT)
            return
        except (httpx.TransportError, ValueError):
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)


def nested(brief: dict[str, Any]) -> dict[str, Any]:
    return {"ops": {"parsed_prompt": {"config": brief}}}


@pytest.mark.parametrize(
    "brief", [{}, {"prompt": "abc"}, {"prompt": PROMPT, "duration": 5}, {"prompt": PROMPT, "x": 1}]
)
def test_a_bad_brief_is_refused_at_launch_and_leaves_no_run(ui: Ui, lab: Lab, brief: dict[str, Any]) -> None:
    """By the job and by "Materialize all": an answer that says why, no run, no call."""
    before, calls = ui.ask(COUNT)["runsOrError"]["count"], len(lab.calls)
    for job, config in (("generate_ad", brief), ("__ASSET_JOB", nested(brief))):
        answer = ui.launch(job, config)
        assert answer["__typename"] in ("RunConfigValidationInvalid", "PythonError"), answer
        if brief.get("prompt") == "abc":
            assert "10 to 500 characters" in str(answer)
    assert ui.ask(COUNT)["runsOrError"]["count"] == before and len(lab.calls) == calls


def test_materialize_all_makes_an_ad_whose_scenes_can_be_bought_again(ui: Ui, lab: Lab) -> None:
    """The UI's own button, with nested config and no job tags, runs the same steps and checks to the end; the job
    `remake_ad` then pays for one scene of that ad, and no more."""
    run_id = ui.launch("__ASSET_JOB", nested({"prompt": PROMPT, "duration": 15}))["run"]["runId"]
    ui.wait(run_id, "SUCCESS")
    kinds = Counter(kind for kind, _ in ui.events(run_id))
    assert kinds["MaterializationEvent"] == 4 and kinds["ExecutionStepFailureEvent"] == 0
    assert kinds["AssetCheckEvaluationEvent"] == 10
    before = Counter(call.path for call in lab.calls)
    remade = ui.launch("remake_ad", {"job": run_id, "scenes": [2]})["run"]["runId"]
    ui.wait(remade, "SUCCESS")
    assert Counter(call.path for call in lab.calls) - before == {"/generate-image": 1, CLIP: 1}


def test_terminating_in_the_clips_stops_all_calls(ui: Ui, lab: Lab) -> None:
    """CANCELED; no call after it; no step both failed and materialised."""
    lab.latency[CLIP] = 30.0
    before = len(lab.of(CLIP))
    run_id = ui.launch("generate_ad", {"prompt": PROMPT, "duration": 15, "reuse": "off"})["run"]["runId"]
    until = time.monotonic() + 60
    while len(lab.of(CLIP)) < before + 3:
        assert time.monotonic() < until
        time.sleep(0.05)
    calls = len(lab.calls)
    assert ui.ask(TERMINATE, id=run_id)["terminateRun"]["__typename"] == "TerminateRunSuccess"
    ui.wait(run_id, "CANCELED")
    lab.latency.clear()
    time.sleep(1.0)  # a call after the end would come now
    assert len(lab.calls) == calls
    events = ui.events(run_id)
    failed = {step for kind, step in events if kind == "ExecutionStepFailureEvent"}
    done = {step for kind, step in events if kind in ("MaterializationEvent", "ExecutionStepSuccessEvent")}
    assert {f"video_clips.clip[scene_0{n}]" for n in (1, 2, 3)} <= failed
    assert not failed & done
