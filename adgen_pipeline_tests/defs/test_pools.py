"""The settings' limits stand where Dagster reads them, and what a dead run held is free before its retry begins."""

from datetime import UTC, datetime, timedelta

import pytest
from dagster import DagsterEvent, DagsterEventType, DagsterInstance, DagsterRun

from adgen_pipeline.defs.pools import LEFT_AFTER_SECONDS, free_slots_of_the_dead, prepare_pools, set_limits
from adgen_pipeline.defs.stamping import PROCESS_TAG
from adgen_pipeline_tests.defs.crashes import left_behind
from adgen_pipeline_tests.defs.runs import instance


def limits(opened: DagsterInstance) -> dict[str, int]:
    return {pool.name: pool.limit for pool in opened.event_log_storage.get_pool_limits()}


def test_limits_from_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number is written; no number leaves what people have set in Dagster, or no limit."""
    with instance() as opened:
        set_limits(opened)
        assert limits(opened) == {}
        opened.event_log_storage.set_concurrency_slots("image_gen", 3)
        monkeypatch.setenv("VIDEO_GEN_POOL", "8")
        set_limits(opened)
        assert limits(opened) == {"image_gen": 3, "video_gen": 8}
        monkeypatch.setenv("VIDEO_GEN_POOL", "5")
        set_limits(opened)
        assert limits(opened) == {"image_gen": 3, "video_gen": 5}


@pytest.mark.parametrize("tag", [True, False])
def test_a_retry_finds_its_parents_places_free(tag: bool) -> None:
    """Whoever started the retry: a daemon names its parent, a sensor can only say so by tags."""
    with instance() as opened:
        log = opened.event_log_storage
        log.set_concurrency_slots("video_gen", 1)
        dead = left_behind(opened)
        assert log.claim_concurrency_slot("video_gen", dead.run_id, "clip").is_claimed
        opened.report_run_failed(dead)
        first = left_behind(opened)
        prepare_pools(opened, first)
        assert log.get_concurrency_info("video_gen").active_slot_count == 1
        known = (
            {"tags": {"dagster/retry_number": "1"}}
            if tag
            else {"parent_run_id": dead.run_id, "root_run_id": dead.run_id}
        )
        prepare_pools(opened, left_behind(opened, **known))
        assert log.get_concurrency_info("video_gen").active_slot_count == 0


def test_places_of_runs_elsewhere_come_free_after_a_while() -> None:
    """Their process cannot be judged: a minute after the run's end is long enough; one under way keeps its place."""
    with instance() as opened:
        log = opened.event_log_storage
        log.set_concurrency_slots("video_gen", 3)
        ended_long_ago, ended_just_now, under_way = (left_behind(opened, stamped=False) for _ in range(3))
        for run in (ended_long_ago, ended_just_now, under_way):
            opened.add_run_tags(run.run_id, {PROCESS_TAG: f"{run.run_id}/another-machine/boot/1/1/12345"})
            assert log.claim_concurrency_slot("video_gen", run.run_id, "clip").is_claimed
        opened.report_run_failed(ended_just_now)
        mark_as_failed(opened, ended_long_ago, timedelta(seconds=LEFT_AFTER_SECONDS + 10))
        free_slots_of_the_dead(opened)
        holding = log.get_concurrency_info("video_gen").active_run_ids
        assert holding == {ended_just_now.run_id, under_way.run_id}


def mark_as_failed(opened: DagsterInstance, run: DagsterRun, ago: timedelta) -> None:
    event = DagsterEvent(event_type_value=DagsterEventType.RUN_FAILURE.value, job_name=run.job_name)
    opened.run_storage.handle_run_event(run.run_id, event, datetime.now(UTC) - ago)
