"""A real daemon: a run is killed, goes on, ends, and its receiver hears of the one end, signed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from dagster import DagsterInstance

from adgen_pipeline.settings import Settings
from adgen_pipeline.webhooks import SigningKey
from adgen_pipeline_tests.defs.test_crash_retries import BRIEF, CLIP, in_order, kill, running, wait_for
from adgen_pipeline_tests.lab import Lab
from adgen_pipeline_tests.ports import free_port
from adgen_pipeline_tests.webhooks.receiver import Receiver, receiving


@pytest.fixture
def receiver(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("WEBHOOK_ALLOWED_HOSTS", "localhost")
    with receiving(SigningKey.of(Settings.read()).spelled) as receiver:
        yield receiver
        assert not receiver.forged


@pytest.mark.dear
def test_a_daemon_tells_of_the_end_and_not_of_a_crash(lab: Lab, home: Path, tmp_path: Path, receiver: Receiver) -> None:
    """Also of one that is cancelled; the first answer is an error, and the same message comes again."""
    lab.latency[CLIP] = 60.0
    receiver.script = [500]
    brief = BRIEF | {"callback_url": f"{receiver.url}/hook"}
    with (
        running(
            "adgen_pipeline.cli",
            "up",
            "--api-port",
            str(free_port()),
            lab=lab,
            folder=tmp_path,
            ADGEN_HOME=str(home),
        ) as daemon,
        DagsterInstance.from_config(str(home / "dagster")) as opened,
    ):
        job_id = daemon.ui.launch("generate_ad", brief)["run"]["runId"]
        wait_for(lambda: len(lab.of(CLIP)) == 3, daemon.log)
        kill(opened.get_run_by_id(job_id))
        lab.latency.clear()
        wait_for(lambda: len(receiver.messages) == 2, daemon.log)
        assert len(in_order(opened)) == 2
    first, again = receiver.messages
    assert first.id == again.id and first.body["type"] == again.body["type"] == "job.completed"
    assert first.body["data"]["job_id"] == job_id and os.fspath(tmp_path) not in str(first.body)
