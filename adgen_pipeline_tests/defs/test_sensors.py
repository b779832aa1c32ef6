"""Which crashed ads the sensor lets go on under an instance without retries of its own, and how."""

import time
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster import AssetKey, DagsterInstance, DagsterRunStatus
from dagster._core.events import JobFailureData, RunFailureReason
from dagster._core.remote_origin import RegisteredCodeLocationOrigin

from adgen_pipeline.defs.jobs import ASSETS
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.defs.sensors import resume_crashed_ads
from adgen_pipeline.defs.stamping import PROCESS_TAG
from adgen_pipeline_tests.defs.crashes import BRIEF, HERE, again, left_behind
from adgen_pipeline_tests.defs.runs import instance


@pytest.fixture(autouse=True)
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A team's own instance, without a word on retries."""
    folder = tmp_path / "team"
    folder.mkdir()
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    return folder


def look(opened: DagsterInstance, cursor: float | None = None, location: Any = HERE) -> list[dg.RunRequest]:
    """One look of the sensor, as the daemon has it done."""
    context = dg.SensorEvaluationContext(
        None, instance=opened, cursor=None if cursor is None else str(cursor), code_location_origin=location
    )
    return list(resume_crashed_ads.evaluate_tick(context).run_requests or [])


def failed(opened: DagsterInstance, reason: RunFailureReason | None = None, **known: Any) -> dg.DagsterRun:
    """A run that has failed by Dagster's books, for `reason`; without one, as a code server reports a crash."""
    run = left_behind(opened, **known)
    opened.report_run_failed(run, "It failed.", JobFailureData(None, reason) if reason else None)
    return again(opened, run)


def nested(brief: dict[str, Any]) -> dict[str, Any]:
    return {"ops": {"parsed_prompt": {"config": brief}}}


@pytest.mark.parametrize(("job", "config"), [("generate_ad", BRIEF), ("__ASSET_JOB", nested(BRIEF))])
def test_a_run_left_behind_goes_on_as_the_same_ad(job: str, config: dict[str, Any]) -> None:
    """Ended and asked for once more in one look: the same brief, the same job id, the retry counted, tags kept."""
    with instance() as opened:
        run = left_behind(opened, job=job, run_config=config, tags={"customer": "ACME", "dagster/priority": "3"})
        (request,) = look(opened)
        assert again(opened, run).status == DagsterRunStatus.FAILURE
    assert request.job_name == "generate_ad" and request.run_config == BRIEF and request.asset_selection is None
    expected = {"customer": "ACME", "dagster/priority": "3", "dagster/retry_number": "1"}
    expected |= dict.fromkeys((JOB_TAG, "dagster/parent_run_id", "dagster/root_run_id"), run.run_id)
    assert expected.items() <= request.tags.items() and PROCESS_TAG not in request.tags
    assert run.run_id in str(request.run_key)


def test_a_run_of_some_assets_goes_on_with_those() -> None:
    """Its ad stays the one that its tag names, and the brief comes from that ad's first run."""
    with instance() as opened:
        ad = left_behind(opened, DagsterRunStatus.SUCCESS)
        failed(
            opened, job="__ASSET_JOB", run_config={}, asset_selection={AssetKey("final_ad")}, tags={JOB_TAG: ad.run_id}
        )
        (request,) = look(opened)
    assert request.asset_selection == [AssetKey("final_ad")] and request.run_config == BRIEF
    assert request.tags[JOB_TAG] == ad.run_id


def test_all_assets_by_name_are_the_whole_ad() -> None:
    """The UI's "Materialize all" names all four."""
    with instance() as opened:
        selection = {AssetKey(name) for name in ASSETS}
        run = failed(opened, job="__ASSET_JOB", run_config=nested(BRIEF), asset_selection=selection)
        (request,) = look(opened)
    assert request.asset_selection is None and request.tags[JOB_TAG] == run.run_id


def test_a_crash_that_others_noticed_goes_on() -> None:
    """The code server marked it as failed; a run that died before it was stamped is no worse."""
    with instance() as opened:
        crashed = {failed(opened).run_id, failed(opened, stamped=False).run_id}
        assert {request.tags[JOB_TAG] for request in look(opened)} == crashed


def test_what_is_no_crash_stays_as_it_is() -> None:
    """A failed step, a cancelled run, a run with no retries left, one started in a terminal: a person decides."""
    with instance() as opened:
        failed(opened, RunFailureReason.STEP_FAILURE)
        failed(opened, tags={"dagster/retry_number": "3"})
        failed(opened, tags={"dagster/max_retries": "0"})
        cancelled = left_behind(opened)
        opened.report_run_canceling(cancelled)
        opened.report_run_failed(cancelled)  # as a code server has it when the process dies on the way
        left_behind(opened, DagsterRunStatus.SUCCESS)
        assert look(opened) == []


@pytest.mark.parametrize("tag", [JOB_TAG, "dagster/root_run_id"])
def test_an_ad_that_somebody_goes_on_with_is_left_to_them(tag: str) -> None:
    """A later run of the same ad, by hand or by a retry, is enough."""
    with instance() as opened:
        run = failed(opened)
        left_behind(opened, DagsterRunStatus.QUEUED, stamped=False, tags={tag: run.run_id})
        assert look(opened) == []


def test_runs_of_another_code_location_are_not_ours() -> None:
    """Two deployments of the pipeline on one instance each look after their own."""
    with instance() as opened:
        failed(opened)
        assert look(opened, location=RegisteredCodeLocationOrigin("elsewhere")) == []


def test_old_crashes_are_not_dug_up() -> None:
    """What was over before the last look, or before the sensor was first switched on, is never bought again."""
    with instance() as opened:
        failed(opened)
        assert look(opened, cursor=time.time() + 120) == []
        assert len(look(opened, cursor=time.time() - 120)) == 1


def test_dagsters_own_retries_are_not_doubled(team: Path) -> None:
    """Where the instance retries crashed runs by itself, the sensor only ends them."""
    (team / "dagster.yaml").write_text("run_retries: {enabled: true, max_retries: 3}")
    with instance() as opened:
        run = left_behind(opened)
        assert look(opened) == []
        ended = again(opened, run)
        assert ended.status == DagsterRunStatus.FAILURE and ended.tags["dagster/will_retry"] == "true"
