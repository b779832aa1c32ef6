"""Ads that are wanted become one job each, whatever happens between two looks of the sensor."""

from functools import cache
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster import DagsterEventType, DagsterInstance, DagsterRunStatus

from adgen_pipeline.defs.build import build_defs
from adgen_pipeline.defs.commissions import launch_commissions
from adgen_pipeline.defs.launch import generate_ad_job
from adgen_pipeline.defs.outcomes import record_here
from adgen_pipeline.defs.sensors import resume_crashed_ads
from adgen_pipeline.defs.stamping import PROCESS_TAG
from adgen_pipeline.ledger import Commission, Ledger, open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.defs.crashes import BRIEF, HERE, dead_process, left_behind
from adgen_pipeline_tests.defs.runs import instance
from adgen_pipeline_tests.lab import Lab


@cache
def repository() -> dg.RepositoryDefinition:
    return build_defs().get_repository_def()


@pytest.fixture
def ledger() -> Any:
    with open_ledger(Settings.read()) as opened:
        yield opened


def wanted(key: str = "a", **known: Any) -> Commission:
    return Commission(**{"key": key, "origin": f"inbox: spring.csv, {key}", "brief": BRIEF} | known)


def look(opened: DagsterInstance) -> tuple[list[dg.RunRequest], str]:
    """One look of the sensor, as the daemon has it done: what it asks for, and what it says."""
    context = dg.SensorEvaluationContext(
        None, instance=opened, repository_def=repository(), sensor_name="launch_commissions", cursor=None
    )
    found = launch_commissions.evaluate_tick(context)
    return list(found.run_requests or []), found.skip_message or ""


def launched(
    opened: DagsterInstance, request: dg.RunRequest, status: DagsterRunStatus = DagsterRunStatus.QUEUED
) -> dg.DagsterRun:
    """The run that the daemon makes of a request."""
    tags = dict(request.tags) | {"dagster/run_key": str(request.run_key)}
    return left_behind(opened, status, stamped=False, run_config=dict(request.run_config), tags=tags)


def test_what_is_wanted_is_asked_for_until_it_has_a_run(ledger: Ledger) -> None:
    """The brief, and tags that tell what it is; asked for again with the same run key while it has no run."""
    ledger.commissions.add([wanted(batch="spring")])
    with instance() as opened:
        (request,), _ = look(opened)
        assert request.run_config == BRIEF and request.run_key == "a"
        tags = {"adgen/commission": wanted().tag, "adgen/batch": "spring", "adgen/origin": "inbox: spring.csv, a"}
        assert tags.items() <= request.tags.items()
        assert [again.run_key for again in look(opened)[0]] == ["a"]
        run = launched(opened, request)
        assert look(opened) == ([], "No ad is waiting.")
        assert ledger.commissions.get("a").job_id == run.run_id


def test_a_run_that_was_created_and_not_launched_is_asked_for_again(ledger: Ledger) -> None:
    """As a daemon killed between the two leaves it: Dagster knows the run by its key, and launches that one."""
    ledger.commissions.add([wanted()])
    with instance() as opened:
        (request,), _ = look(opened)
        launched(opened, request, DagsterRunStatus.NOT_STARTED)
        assert [again.run_key for again in look(opened)[0]] == ["a"]
    assert ledger.commissions.get("a").launched_at is None


def test_what_was_launched_is_not_launched_again_when_its_run_is_deleted(ledger: Ledger) -> None:
    """The ledger remembers what Dagster forgot."""
    ledger.commissions.add([wanted()])
    with instance() as opened:
        run = launched(opened, look(opened)[0][0])
        look(opened)
        opened.delete_run(run.run_id)
        assert look(opened) == ([], "No ad is waiting.")


def test_a_brief_that_no_longer_fits_is_refused_and_holds_up_no_other(ledger: Ledger) -> None:
    """By a rule of the brief, or by Dagster's schema: the reason is kept and told, the others are asked for."""
    bad = {"rule": {"prompt": "short"}, "schema": {"prompt": "An ad for a watch", "duration": "15"}}
    ledger.commissions.add([wanted(key, brief=brief) for key, brief in bad.items()])
    with instance() as opened:
        asked, told = look(opened)
        assert asked == [] and "inbox: spring.csv, rule is not made: prompt: 'short' has 5 characters" in told
        ledger.commissions.add([wanted("good"), wanted("bad", brief={})])
        assert [request.run_key for request in look(opened)[0]] == ["good"]
    assert "duration" in str(ledger.commissions.get("schema").error)


def test_many_are_asked_for_in_parts(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest first, each once; those asked for before do not stand in the way of the next."""
    monkeypatch.setattr("adgen_pipeline.defs.commissions.AT_ONCE", 3)
    keys = [f"row {n:03d}" for n in range(8)]
    ledger.commissions.add(wanted(key) for key in keys)
    asked: list[list[str]] = []
    with instance() as opened:
        while requests := look(opened)[0]:
            asked.append([str(request.run_key) for request in requests])
            for request in requests:
                launched(opened, request)
    assert asked == [keys[:3], keys[3:6], keys[6:]]


def made(opened: DagsterInstance, **tags: str) -> dg.DagsterRun:
    """A run of the commission `a` to its end, as the daemon launches it."""
    known = {"adgen/commission": wanted().tag, "dagster/run_key": "a", "adgen/origin": "inbox: spring.csv, a"}
    job = dg.reconstructable(generate_ad_job)
    with dg.execute_job(job, opened, run_config=BRIEF, tags=known | tags) as result:
        run = opened.get_run_by_id(result.run_id)
    assert run
    return run


def failures(opened: DagsterInstance, run: dg.DagsterRun) -> str:
    found = opened.get_records_for_run(run.run_id, of_type=DagsterEventType.RUN_FAILURE).records
    return " ".join(str(record.event_log_entry.dagster_event.event_specific_data) for record in found)  # type: ignore[union-attr]


def test_a_second_run_of_a_commission_buys_nothing(lab: Lab, ledger: Ledger) -> None:
    """Two daemons, or two code locations, each launch it: the first to begin is the ad; the second ends before its
    first step, says whose it is, is not retried, and nobody is told of a failed ad."""
    ledger.commissions.add([wanted()])
    with instance() as opened:
        first = made(opened)
        assert ledger.commissions.get("a").job_id == first.run_id and first.is_success
        calls = len(lab.calls)
        second = made(opened)
        assert second.is_failure and second.tags["dagster/max_retries"] == "0" and len(lab.calls) == calls
        told = f"inbox: spring.csv, a was launched as the job {first.run_id} already; nothing is paid"
        assert told in failures(opened, second)
        record_here(opened, second, failed=False, broken_off=True)
        assert ledger.records.find(second.run_id) is None and ledger.records.find(first.run_id)
        assert ledger.commissions.get("a").job_id == first.run_id


def test_a_retry_is_the_same_ad(lab: Lab, ledger: Ledger) -> None:
    """It inherits the tags of the run that crashed, and goes on with its job."""
    ledger.commissions.add([wanted()])
    with instance() as opened:
        crashed = launched(opened, look(opened)[0][0], DagsterRunStatus.STARTED)
        look(opened)
        retry = made(opened, **{"adgen/job": crashed.run_id, "dagster/root_run_id": crashed.run_id})
        assert retry.is_success and ledger.commissions.get("a").job_id == crashed.run_id


def test_a_retry_under_a_team_s_instance_is_the_same_ad(
    lab: Lab, ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Dagster's own retries are off, our sensor asks for the run that goes on, under a run key of its own: the
    daemon writes that over the commission's, and the run is the commission's ad all the same."""
    (tmp_path / "team").mkdir()
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "team"))
    ledger.commissions.add([wanted()])
    with instance() as opened:
        crashed = launched(opened, look(opened)[0][0], DagsterRunStatus.STARTED)
        opened.add_run_tags(crashed.run_id, {PROCESS_TAG: f"{crashed.run_id}/{dead_process()}"})
        context = dg.SensorEvaluationContext(None, instance=opened, cursor=None, code_location_origin=HERE)
        (request,) = resume_crashed_ads.evaluate_tick(context).run_requests or []
        retry = made(opened, **dict(request.tags) | {"dagster/run_key": str(request.run_key)})
        assert retry.is_success and ledger.commissions.get("a").job_id == crashed.run_id


def test_a_run_deleted_before_the_next_look_was_launched(lab: Lab, ledger: Ledger) -> None:
    """It wrote so itself, when it began."""
    ledger.commissions.add([wanted()])
    with instance() as opened:
        opened.delete_run(made(opened).run_id)
        assert look(opened) == ([], "No ad is waiting.")


def test_a_person_may_launch_it_once_more(lab: Lab, ledger: Ledger) -> None:
    """The launchpad takes a run's tags over, but not Dagster's own: that is another ad, and is made."""
    ledger.commissions.add([wanted()])
    with instance() as opened:
        first = made(opened)
        job = dg.reconstructable(generate_ad_job)
        tags = {"adgen/commission": wanted().tag}
        with dg.execute_job(job, opened, run_config=BRIEF | {"seed": 5}, tags=tags) as again:
            assert again.success
    assert ledger.commissions.get("a").job_id == first.run_id
