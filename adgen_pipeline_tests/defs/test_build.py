"""The definitions put together: which executor makes an ad, and how many clips of it at once."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster import DagsterEventType, DagsterInstance
from dagster._core.definitions.reconstruct import ReconstructableRepository

from adgen_pipeline.defs.build import build_defs
from adgen_pipeline_tests.defs.runs import PROMPT, instance, make
from adgen_pipeline_tests.lab import Lab

CLIP = "/generate-video"


def _dagster(lab: Lab, home: Path, tmp_path: Path, **more: str) -> subprocess.Popen[bytes]:
    """`dagster job execute`, as the README has it."""
    (tmp_path / "dagster").mkdir(exist_ok=True)
    brief = tmp_path / "brief.yaml"
    brief.write_text(
        "prompt: An ad for a watch\nduration: 15\n"
        "scenes:\n  - {prompt: a dial, duration: 8}\n  - {prompt: a crown, duration: 7}\n"
    )
    environment = os.environ | lab.environment() | {"ADGEN_HOME": str(home), "DAGSTER_HOME": str(tmp_path / "dagster")}
    words = ["job", "execute", "-m", "adgen_pipeline.definitions", "-j", "generate_ad", "-c", str(brief)]
    return subprocess.Popen(
        [sys.executable, "-m", "dagster", *words], cwd=tmp_path, env=environment | more, stderr=subprocess.PIPE
    )


@pytest.mark.parametrize("executor", ["threads", pytest.param("multiprocess", marks=pytest.mark.dear)])
def test_dagster_job_execute(lab: Lab, home: Path, tmp_path: Path, executor: str) -> None:
    """A flat brief in a file is the whole run config; threads and Dagster's own processes both make the ad."""
    process = _dagster(lab, home, tmp_path, STEP_EXECUTOR=executor)
    told = process.communicate(timeout=300)[1].decode()
    assert process.returncode == 0, told
    assert [len(lab.of(path)) for path in ("/parse", "/generate-image", CLIP, "/compose")] == [1, 2, 2, 1]
    assert len(list((home / "media").rglob("*.mp4"))) >= 1
    process_ids = {e.pid for e in _events(tmp_path / "dagster") if e and e.event_type == DagsterEventType.STEP_START}
    assert (len(process_ids) == 1) == (executor == "threads")


def _events(folder: Path) -> list[Any]:
    with DagsterInstance.from_config(str(folder)) as opened:
        run_id = opened.get_runs()[0].run_id
        return [r.event_log_entry.dagster_event for r in opened.get_records_for_run(run_id).records]


def most_clips_at_once(lab: Lab) -> int:
    """By when the lab was asked and when it had answered."""
    begun = [(call.at, 1) for call in lab.of(CLIP)]
    ended = [(at, -1) for path, at in lab.ended if path == CLIP]
    running = [0]
    for _, change in sorted(begun + ended):
        running.append(running[-1] + change)
    return max(running)


def fresh_defs() -> dg.Definitions:
    """For the settings as they are in the test."""
    return build_defs()


@pytest.fixture
def busy(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Lab:
    """Five scenes, clips that take a while, and two of them at once."""
    lab.scenes = (3.0,) * 5
    lab.latency[CLIP] = 0.3
    monkeypatch.setenv("MAX_PARALLEL_VIDEO_GENERATIONS", "2")
    return lab


def test_clips_of_one_ad_at_once(busy: Lab) -> None:
    """MAX_PARALLEL_VIDEO_GENERATIONS holds for the job, for a remake of all clips, and for "Materialize all"."""
    job_id = make().job_id
    assert most_clips_at_once(busy) == 2 and len(busy.of(CLIP)) == 5
    for job, config in (
        ("remake_ad", {"job": job_id, "stage": "video_generation"}),
        ("__ASSET_JOB", {"ops": {"parsed_prompt": {"config": {"prompt": PROMPT, "duration": 15, "reuse": "off"}}}}),
    ):
        busy.calls.clear()
        busy.ended.clear()
        with instance() as opened:
            target = ReconstructableRepository.for_module(__name__, "fresh_defs").get_reconstructable_job(job)
            assert dg.execute_job(target, opened, run_config=config).success
        assert most_clips_at_once(busy) == 2 and len(busy.of(CLIP)) == 5


def test_calls_of_all_ads_at_once(busy: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """VIDEO_GEN_POOL and IMAGE_GEN_POOL hold where an ad alone may have more, and stand in Dagster's own books."""
    monkeypatch.setenv("VIDEO_GEN_POOL", "1")
    monkeypatch.setenv("IMAGE_GEN_POOL", "7")
    make()
    assert most_clips_at_once(busy) == 1
    with instance() as opened:
        limits = {pool.name: pool.limit for pool in opened.event_log_storage.get_pool_limits()}
        assert limits == {"video_gen": 1, "image_gen": 7}
        assert opened.event_log_storage.get_concurrency_info("video_gen").active_slot_count == 0
