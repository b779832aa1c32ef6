"""The checks of `final_ad`: whoever has the ad made, and what becomes of one that nobody could use."""

from decimal import Decimal
from typing import Any

import dagster as dg
import pytest
from dagster import AssetCheckKey, DagsterEventType, DagsterRunStatus

from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.defs.checks import failed_checks, warned_checks
from adgen_pipeline.defs.instance import open_instance
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.errors import ErrorCode, QualityCheckFailed
from adgen_pipeline.inspection.rules import RULES
from adgen_pipeline_tests.defs.runs import instance, make, materialise, metadata
from adgen_pipeline_tests.lab import COSTS, Call, Lab, envelope


def too_short(lab: Lab) -> Any:
    """A composition that says 15 s and gives a file of 12 s."""

    def answer(call: Call) -> Any:
        return envelope(lab.result(call) | {"video_url": f"{lab.url}/media/12.0.mp4"}, COSTS["/compose"])

    return answer


def evaluations(run_id: str) -> dict[str, Any]:
    """What each check of the run said."""
    with instance() as opened:
        records = opened.get_records_for_run(run_id, of_type=DagsterEventType.ASSET_CHECK_EVALUATION).records
    events = [record.event_log_entry.dagster_event for record in records]
    told = [event.asset_check_evaluation_data for event in events if event]
    return {check.check_name: check for check in told}


def test_every_ad_is_checked_in_one_step_and_its_warnings_come_with_it(lab: Lab) -> None:
    """All ten rules, evaluated for this materialisation by one step; the lab's tiny picture is a warning."""
    ad = make()
    found = evaluations(ad.job_id)
    assert set(found) == set(RULES) and all(check.blocking for check in found.values())
    assert [name for name, check in found.items() if not check.passed] == ["size"]
    assert found["duration"].metadata["measured_seconds"].value == 15.0
    assert found["cost_in_budget"].metadata["cost_usd"].value == 1.0
    assert ad.warnings == ["size: it has 36x64 pixels; 1080x1920 were ordered"]
    with instance() as opened:
        assert failed_checks(opened, ad.job_id) == [] and [c.name for c in warned_checks(opened, ad.job_id)] == ["size"]
        starts = opened.get_records_for_run(ad.job_id, of_type=DagsterEventType.STEP_START).records
    begun = [str(record.event_log_entry.step_key) for record in starts]
    assert begun.count("ad_inspection") == 1


def test_an_ad_that_nobody_could_use_fails_its_run_and_is_kept_with_its_costs(lab: Lab) -> None:
    """QUALITY_CHECK_FAILED names rule, measure and way out; the asset is there; going on with it buys nothing again."""
    lab.on("/compose", too_short(lab))
    with pytest.raises(QualityCheckFailed) as caught:
        make()
    error = caught.value
    assert error.code == ErrorCode.QUALITY_CHECK_FAILED and error.cost == Decimal("1.00") == error.ad.total_cost
    assert "duration: it lasts 12 s; 15 s were ordered" in error.message
    assert f"adgen remake {error.ad.job_id} --stage composition" in error.message
    with instance() as opened:
        run = opened.get_run_by_id(error.ad.job_id)
        assert run and run.status == DagsterRunStatus.FAILURE
        assert "final_ad" in metadata(opened, run.run_id, DagsterEventType.ASSET_MATERIALIZATION)
        assert [check.name for check in failed_checks(opened, run.run_id)] == ["duration"]
        (failure,) = opened.get_records_for_run(run.run_id, of_type=DagsterEventType.STEP_FAILURE).records
    event = failure.event_log_entry.dagster_event
    assert event is not None
    told = event.step_failure_data.user_failure_data
    assert told and told.metadata["code"].value == "QUALITY_CHECK_FAILED" and told.metadata["cost_usd"].value == 0.0
    assert make(reuse={"refresh": ["composition"], "of": error.ad.job_id}).total_cost == Decimal("0.07")


def test_an_ad_chosen_alone_and_its_checks_alone_are_judged_by_one_ad(lab: Lab) -> None:
    """`final_ad` alone brings its checks; the checks alone (the UI's "Execute all") work on the ad that the tag names,
    and buy nothing."""
    old = make(prompt="An ad for an old watch", duration=15)
    lab.scenes = (10.0, 10.0)
    make(prompt="An ad for a new watch", duration=20)
    again = materialise("final_ad", job_id=old.job_id)
    assert again.success and set(evaluations(again.run_id)) == set(RULES)
    assert evaluations(again.run_id)["duration"].metadata["ordered_seconds"].value == 15
    calls = len(lab.calls)
    result = only_checks("duration", "size", job_id=old.job_id)
    assert result.success and set(evaluations(result.run_id)) == {"duration", "size"}
    assert evaluations(result.run_id)["duration"].metadata["ordered_seconds"].value == 15
    assert len(lab.calls) == calls


def only_checks(*names: str, job_id: str | None = None) -> dg.ExecuteInProcessResult:
    """Some checks alone, as a person executes them in the UI."""
    job = build_defs().resolve_implicit_global_asset_job_def()
    chosen = {AssetCheckKey(dg.AssetKey("final_ad"), name) for name in names}
    with open_instance() as opened:
        subset = job.get_subset(asset_selection=set(), asset_check_selection=chosen)
        return subset.execute_in_process(instance=opened, tags={JOB_TAG: job_id} if job_id else None)
