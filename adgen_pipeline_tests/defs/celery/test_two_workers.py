"""One ad over two workers that share Postgres, object storage and Redis alone."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from dagster import DagsterRunStatus

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline_tests.celery_lab.points import Kill
from adgen_pipeline_tests.celery_lab.rows import CALLS, Drill, running_drill
from adgen_pipeline_tests.redis_server import PASSWORD

ACCEPTED = {"video_gen": {"1": "accepted", "2": "accepted", "3": "accepted"}}


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    with running_drill(tmp_path / "drill", 1, steps=1, seconds={"video_gen": 5.0}, faults=ACCEPTED) as drill:
        yield drill


def test_an_ad_outlives_a_cancel_and_the_loss_of_a_worker_and_is_paid_once(drill: Drill) -> None:
    """Cancelled in the middle of two clips, both services are told, and no further call is made. Resumed, a worker's
    process is killed after the third clip was charged and before its answer is written down: the ad is finished by
    both workers, each call is billed once, and the ledger has the invoice's sum. Workers told to end do so well.
    The broker's password stands in no log, no event, no run, no message and no file of theirs."""
    job_id = _cancelled_in_the_middle_of_clips(drill)
    row = drill.play(1, Kill("child", "video_clips.clip[scene_03", "after POST"), "resume", job_id)
    assert row.ok, row
    assert (row.runs, row.twice, row.billed) == (2, ["video_clips.clip[scene_03]"], CALLS)
    with closing(drill.cluster.redis.client()) as client:
        kept = [client.dump(key) for key in client.scan_iter()]
    assert [worker.stop() for worker in drill.workers.values()] == [0, 0]
    assert all(" begins" in worker.log for worker in drill.workers.values())
    with open_instance() as instance:
        runs = instance.get_runs()
        told = [*map(str, runs), *(str(entry) for run in runs for entry in instance.all_logs(run.run_id))]
    files = [file.read_bytes() for file in drill.cluster.folder.rglob("*") if file.is_file()]
    assert not [text for text in [*files, *kept] if PASSWORD.encode() in text]
    assert len(told) > 100 and not [text for text in told if PASSWORD in text]


def _cancelled_in_the_middle_of_clips(drill: Drill) -> str:
    """The ad's job id, once its run has ended and its workers have nothing to do."""
    drill.bring_workers_back()
    made = drill.cluster.run("made", "make", drill.brief(1))
    _until(lambda: _seen(drill, "post", "video_gen") == 2)
    os.kill(made.pid, signal.SIGINT)
    assert made.wait() not in (None, 0)
    with open_instance() as instance:
        (run,) = instance.get_runs()
    assert run.status == DagsterRunStatus.CANCELED
    _until(
        lambda: all(worker.log.count(" begins") == worker.log.count(" is over") for worker in drill.workers.values())
    )
    assert (_seen(drill, "post", "video_gen"), _seen(drill, "cancel", "video_gen")) == (2, 2)
    return run.run_id


def _seen(drill: Drill, what: str, service: str) -> int:
    return sum((event["what"], event["service"]) == (what, service) for event in drill.services.diary(1))


def _until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not true():
        assert time.monotonic() < end
        time.sleep(0.1)
