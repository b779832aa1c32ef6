"""Reports to Sentry, as a server of Sentry's gets them."""

import gzip
import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import sentry_sdk
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.launch import generate_ad_job
from adgen_pipeline.errors import InvalidSetting
from adgen_pipeline.observability import about, flush, observe, sentry
from adgen_pipeline_tests.defs.crashes import BRIEF
from adgen_pipeline_tests.lab import Lab, failure, serving

SECRET = "s3cret-of-the-team"


@dataclass
class Server:
    """What came: the events, and each body as it was."""

    events: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)

    async def take(self, request: Request) -> JSONResponse:
        body = await request.body()
        text = (gzip.decompress(body) if request.headers.get("content-encoding") == "gzip" else body).decode()
        self.bodies.append(text)
        lines = text.splitlines()
        if json.loads(lines[1])["type"] == "event":
            self.events.append(json.loads(lines[2]))
        return JSONResponse({})


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A Sentry, and this process set up to report to it."""
    taken = Server()
    with serving(Starlette(routes=[Route("/api/7/envelope/", taken.take, methods=["POST"])])) as url:
        monkeypatch.setenv("SENTRY_DSN", url.replace("://", "://0123456789abcdef@") + "/7")
        monkeypatch.setenv("SENTRY_ENVIRONMENT", "staging")
        monkeypatch.setenv("VIDEO_GEN_TOKEN", SECRET)
        monkeypatch.setattr(sentry, "_last", {})
        sentry.set_up_sentry("tests")
        try:
            yield taken
        finally:
            sentry_sdk.get_client().close()
            sentry_sdk.get_global_scope().set_client(None)


def test_a_logged_error_is_reported_with_what_it_was_about_and_nothing_else(server: Server) -> None:
    """Job, stage and scene as tags, release and environment; no variables, no secrets, no queries, no command line."""
    wasted = f"https://me:pw@host/?token={SECRET}"
    with about(job="j1", stage="composition", scene="scene_02"):
        try:
            raise RuntimeError(f"broken at {wasted} with {SECRET}")
        except RuntimeError:
            logging.getLogger("adgen.test").exception("the sensor failed")
    flush()
    (event,) = server.events
    assert {"job": "j1", "stage": "composition", "scene": "scene_02", "process": "tests"}.items() <= event[
        "tags"
    ].items()
    assert event["environment"] == "staging" and event["release"].startswith("adgen-pipeline@")
    assert event["exception"]["values"][0]["value"] == "broken at https://host/?... with ***"
    text = "".join(server.bodies)
    assert not any(told in text for told in (SECRET, "pw@", '"vars"', '"argv"', '"request"', '"user"'))


def test_the_same_error_is_reported_once_a_minute(server: Server) -> None:
    """A database that is away fails every request of a busy night."""
    for number in range(20):
        logging.getLogger("adgen.test").error("cannot be reached (%s)", number)
    flush()
    assert len(server.events) == 1


def test_an_ad_that_failed_by_a_fault_of_ours_is_reported(
    server: Server, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, with its job, stage, code and Python's own words; and sent before the run's process could end."""
    monkeypatch.setattr("adgen_pipeline.defs.assets.video_clips.clip_request", None)
    failed = _run()
    (event,) = server.events
    assert event["tags"]["job"] == failed and event["tags"]["stage"] == "video_generation"
    assert event["tags"]["code"] == "INTERNAL_ERROR" and "TypeError" in event["message"]
    assert "not callable" in event["extra"]["traceback"]


def test_what_is_no_fault_of_ours_is_not_reported(server: Server, lab: Lab) -> None:
    """A service that says no is the ad's business: it is in the log, the ledger and the metrics."""
    lab.on("/generate-video", failure(400, "no"), always=True)
    _run()
    flush()
    assert not server.events


def test_a_dsn_without_the_library_says_how_to_get_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is served."""
    monkeypatch.setenv("SENTRY_DSN", "https://key@sentry.example.com/7")
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)
    with pytest.raises(InvalidSetting, match=r"pip install 'adgen-pipeline\[sentry\]'"):
        observe("tests")


def _run() -> str:
    """A run that fails; its id."""
    job = dg.reconstructable(generate_ad_job)
    with open_instance() as opened, dg.execute_job(job, opened, run_config=BRIEF) as run:
        assert not run.success
        return run.run_id
