"""One ad over two workers that share Postgres, object storage and Redis alone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline_tests.celery_lab.points import Kill
from adgen_pipeline_tests.celery_lab.rows import CALLS, Drill, running_drill
from adgen_pipeline_tests.redis_server import PASSWORD


@pytest.fixture
def drill(tmp_path: Path) -> Iterator[Drill]:
    with running_drill(tmp_path / "drill", 1, steps=1) as drill:
        yield drill


def test_an_ad_outlives_one_of_its_workers_and_is_paid_once(drill: Drill) -> None:
    """A worker's process is killed after a clip was charged and before its answer is written down: the ad is finished
    by both workers, each call is billed once, and the ledger has the invoice's sum. Workers told to end do so well.
    The broker's password stands in no log, no event, no run, no message and no file of theirs."""
    row = drill.play(1, Kill("child", "video_clips.clip[scene_02", "after POST"))
    assert row.ok, row
    assert (row.runs, row.twice, row.billed) == (1, ["video_clips.clip[scene_02]"], CALLS)
    with closing(drill.cluster.redis.client()) as client:
        kept = [client.dump(key) for key in client.scan_iter()]
    assert [worker.stop() for worker in drill.workers.values()] == [0, 0]
    assert all(" begins" in worker.log for worker in drill.workers.values())
    with open_instance() as instance:
        (run,) = instance.get_runs()
        told = [str(run), *(str(entry) for entry in instance.all_logs(run.run_id))]
    files = [file.read_bytes() for file in drill.cluster.folder.rglob("*") if file.is_file()]
    assert not [text for text in [*files, *kept] if PASSWORD.encode() in text]
    assert len(told) > 100 and not [text for text in told if PASSWORD in text]
