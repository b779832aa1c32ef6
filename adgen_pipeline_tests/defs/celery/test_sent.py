"""A step that was sent: what its run does where the broker forgets it, and when it is to stop."""

import base64
import json
import logging
import queue
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery
from redis import Redis

from adgen_pipeline.defs.celery import sent
from adgen_pipeline.defs.celery.app import QUEUE, celery_app, redelivery_seconds
from adgen_pipeline.defs.celery.sent import SentStep, name_of
from adgen_pipeline.defs.celery.signs import ENDED, Signs
from adgen_pipeline.defs.stopping import stop_of
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.redis_server import running_redis

pytestmark = pytest.mark.filterwarnings("ignore:Call to deprecated:DeprecationWarning")  # Celery's calls of redis-py

MESSAGE = {"run_id": "run-1", "step_key": "final_ad", "attempt": 0}


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    shared = {"DATABASE_URL": "postgresql://adgen@db/adgen", "MEDIA_STORE": "s3://ads/media", "STEP_EXECUTOR": "celery"}
    with running_redis(tmp_path) as server, closing(server.client()) as client:
        for name, value in {**shared, "BROKER_URL": server.url}.items():
            monkeypatch.setenv(name, value)
        yield client


@pytest.fixture
def app(broker: Redis) -> Celery:
    return celery_app(Settings.read())


def step(app: Celery, items: Any, run_id: str = "run-1") -> SentStep:
    told = SimpleNamespace(key="final_ad", tags={})
    context = SimpleNamespace(run_id=run_id, step=told, log=logging.getLogger("of the run"))
    return SentStep(app, context, MESSAGE | {"run_id": run_id}, items)


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_broker_that_forgets_is_told_again(
    app: Celery, broker: Redis, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A Redis that was started anew holds no step: the run finds that out, sends it again, and hears of its end."""
    monkeypatch.setattr(sent, "FORGOTTEN_SECONDS", 0.0)
    items: Any = queue.SimpleQueue()
    step(app, items)
    until(lambda: broker.llen(QUEUE) == 1)
    broker.flushall()
    until(lambda: broker.llen(QUEUE) == 1)
    assert "the broker has forgotten it" in caplog.text
    app.backend.store_result(name_of(MESSAGE), [], ENDED)
    assert items.get(timeout=30)[1] is None
    until(lambda: Signs(app).of(name_of(MESSAGE)).state == "PENDING")  # nothing is left of it


def test_a_worker_that_is_silent_is_taken_for_dead(app: Celery, broker: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step is sent again with the sign of the one that is taken for dead, so that who gets it need not wait."""
    monkeypatch.setattr(sent, "SILENT_SECONDS", 0.0)
    items: Any = queue.SimpleQueue()
    step(app, items, "run-2")
    until(lambda: broker.llen(QUEUE) == 1)
    Signs(app).beat(name_of(MESSAGE | {"run_id": "run-2"}), "elsewhere/1/2/3/4", 7)
    until(lambda: broker.llen(QUEUE) > 1)
    body = base64.b64decode(json.loads(broker.lindex(QUEUE, 0))["body"])
    assert json.loads(body)[1]["instead_of"] == {"process": "elsewhere/1/2/3/4", "beat": 7}
    stop_of("run-2").set()
    app.backend.store_result(name_of(MESSAGE | {"run_id": "run-2"}), [], ENDED)
    assert items.get(timeout=30)[1] is None


def test_a_step_that_nobody_has_begun_ends_with_its_run(app: Celery, broker: Redis) -> None:
    """A run that is terminated does not wait for steps in the queue; nothing is told of them."""
    items: Any = queue.SimpleQueue()
    step(app, items, "run-3")
    until(lambda: broker.llen(QUEUE) == 1)
    stop_of("run-3").set()
    assert items.get(timeout=30)[1] is None and items.empty()


def test_redis_gives_out_no_step_again_that_may_be_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The visibility timeout is twice the longest deadline, and an hour at least."""
    assert redelivery_seconds(Settings.read()) == 3600
    monkeypatch.setenv("VIDEO_GEN_DEADLINE", "7200")
    assert redelivery_seconds(Settings.read()) == 14_400
