"""The settings' limits stand where Dagster reads them, and what a dead run held is free before its retry begins."""

import pytest
from dagster import DagsterInstance

from adgen_pipeline.defs.pools import prepare_pools, set_limits
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
