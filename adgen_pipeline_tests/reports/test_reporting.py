"""The report of a job, from its first moment to its end."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from adgen_pipeline.errors import NotInLedger
from adgen_pipeline.ledger import Commission, Ledger
from adgen_pipeline.reports import report_of
from adgen_pipeline_tests.reports.conftest import BRIEF, NOW, Ad, link, run

CONTRACT = {
    "": "job_id status progress cost result error created_at updated_at completed_at failed_at",
    "progress": "current_stage stages_completed stages_remaining percentage estimated_completion_time",
    "cost": "prompt_parsing image_generation video_generation composition total unknown",
    "result": "video_url thumbnail_url duration resolution file_size_mb scenes_generated captions_url manifest_url",
}


def test_a_finished_ad_has_every_field_of_the_contract_as_json(ad: Ad) -> None:
    """Names as the contract fixes them, costs as numbers, the ad by our own links."""
    told = json.loads(ad.buy_all().end("completed").report().model_dump_json())
    for part, names in CONTRACT.items():
        assert set(names.split()) <= (told[part] if part else told).keys()
    assert set(told["cost"]) == set(CONTRACT["cost"].split()) and set(told["result"]) == set(CONTRACT["result"].split())
    assert told["cost"] == {
        "prompt_parsing": 0.03,
        "image_generation": 0.15,
        "video_generation": 0.75,
        "composition": 0.07,
        "total": 1.0,
        "unknown": 0.0,
    }
    assert told["status"] == "completed" and told["progress"]["percentage"] == 100 and told["error"] is None
    assert told["progress"]["stages_remaining"] == [] and told["progress"]["current_stage"] is None
    assert told["result"]["video_url"] == "https://ads.example/composition-None-video_url"
    assert (told["result"]["scenes_generated"], told["result"]["file_size_mb"]) == (3, 2.5)
    assert told["completed_at"] and not told["failed_at"]


def test_progress_moves_scene_by_scene(ad: Ad) -> None:
    """20 after the plan, to 35 by keyframes, to 85 by clips, 100 at the end; never down."""
    steps = [("prompt_parsing", None)]
    steps += [(stage, f"scene_0{n}") for stage in ("image_generation", "video_generation") for n in (1, 2, 3)]
    seen = [ad.report(run("processing")).progress.percentage]
    for stage, scene in [*steps, ("composition", None)]:
        seen.append(ad.buy(stage, scene).report(run("processing")).progress.percentage)
    assert seen == [0, 20, 25, 30, 35, 51.7, 68.3, 85, 100]


def test_one_keyframe_for_all_scenes_completes_its_stage(ad: Ad) -> None:
    """With KEYFRAMES=reference the first keyframe is the last; once clips have begun, whatever the setting is by then.

    Each scene shows it.
    """
    ad.buy("prompt_parsing").buy("image_generation", "scene_01")
    assert ad.report(per_scene=False).progress.percentage == 35
    assert ad.report(per_scene=True).progress.percentage == 25
    told = ad.buy("video_generation", "scene_02").report(per_scene=True)
    assert told.progress.percentage == 51.7 and told.progress.current_stage == "video_generation"
    assert len({scene.keyframe_url for scene in told.scenes}) == 1 and told.scenes[2].keyframe_url


def test_scenes_tell_what_is_made_of_each(ad: Ad) -> None:
    """Waiting, at work, done: with its picture, its clip, and what it has cost."""
    ad.buy("prompt_parsing").buy("image_generation", "scene_01").buy("image_generation", "scene_02")
    ad.buy("video_generation", "scene_01").claim("video_generation", "scene_02")
    first, second, third = ad.report(run("processing")).scenes
    assert (first.state, second.state, third.state) == ("completed", "processing", "waiting")
    assert first.clip_url and second.keyframe_url and not second.clip_url and not third.keyframe_url
    assert (first.cost, second.cost, third.cost) == (Decimal("0.30"), Decimal("0.05"), 0)
    assert [scene.start_time for scene in (first, second, third)] == [0, 5, 10]


def test_a_scene_overridden_by_the_brief_shows_its_own_words(another: Callable[..., Ad]) -> None:
    """The storyboard is the one that is filmed, not the parser's."""
    ad = another("own", scenes=[{"index": 2, "headline": "Time, kept", "narration": "Kept for you."}]).begin()
    second = ad.buy("prompt_parsing").report().scenes[1]
    assert second.words == ["Time, kept"] and second.narration == "Kept for you."


@pytest.mark.parametrize("status", ["queued", "processing"])
def test_until_it_has_ended_it_stands_as_its_run_does(ad: Ad, status: str) -> None:
    """Neither a result nor an error."""
    told = ad.report(run(status))  # type: ignore[arg-type]
    assert told.status == status and told.result is None and told.error is None


def test_between_a_crash_and_the_run_that_follows_it_is_processing(ad: Ad) -> None:
    """Failed for Dagster, and queued again: for whoever waits it is one job that goes on."""
    ad.buy("prompt_parsing")
    assert ad.report(run("failed", goes_on=True)).status == "processing"
    assert ad.report(run("queued")).status == "processing"
    assert ad.report(run("failed")).status == "failed"


def test_a_later_run_takes_an_ended_job_up_again(ad: Ad) -> None:
    """The ledger's word holds against the run that it came from, and not against one that was launched since."""
    ad.fail("prompt_parsing").end("failed", NOW)
    assert ad.report(run("processing")).status == "failed"
    assert ad.report(run("queued", created_at=NOW + timedelta(seconds=1))).status == "queued"


def test_a_failure_says_what_and_where(ad: Ad) -> None:
    """As the ledger was told at its end; else by the run, else by the call that failed."""
    ad.buy("prompt_parsing").fail("image_generation", "scene_01")
    by_call = ad.report(run("failed")).error
    assert by_call and by_call.failed_stage == "image_generation" and by_call.message == "the prompt was refused"
    assert by_call.code == "IMAGE_GENERATION_FAILED" and by_call.details["service"] == "image_gen"
    by_run = ad.report(run("failed", error={"code": "TIMEOUT", "message": "too slow"})).error
    assert by_run and (by_run.code, by_run.failed_stage) == ("TIMEOUT", "image_generation")
    told = {"code": "COST_LIMIT_EXCEEDED", "message": "no money", "failed_stage": "video_generation", "details": {}}
    by_ledger = ad.end("failed", error=told).report(run("failed"))
    assert by_ledger.error and by_ledger.error.model_dump() == told and by_ledger.failed_at


def test_a_cancelled_job_keeps_what_it_cost(ad: Ad) -> None:
    """CANCELLED, at the stage it had come to."""
    told = ad.buy("prompt_parsing").report(run("cancelled", ended_at=NOW))
    assert told.error and (told.error.code, told.error.failed_stage) == ("CANCELLED", "image_generation")
    assert told.cost.total == Decimal("0.03") and told.cancelled_at == NOW and not told.failed_at


@pytest.mark.parametrize(
    ("brief", "called"),
    [
        ({"prompt": "A running shoe for the city, at night!"}, "a-running-shoe-for-the-city-9x16"),
        ({"prompt": "Café crème", "aspect_ratio": "1:1", "draft": True}, "cafe-creme-1x1-draft"),
        ({"prompt": "夜の街を走る靴のための広告"}, "ad-ad-9x16"),
    ],
)
def test_an_ad_is_saved_under_a_name_that_says_what_it_is(ad: Ad, brief: dict[str, Any], called: str) -> None:
    """The first words of its prompt and its shape, in the link itself; scenes keep their own names."""
    ad.buy_all().end("completed", brief=brief)
    names: list[str] = []
    report_of(ad.ledger, ad.job_id, None, lambda kept, called="": names.append(called) or "https://ads.example")
    assert [name for name in names if name] == [called, called]


def test_what_was_asked_for_is_told_whole(ad: Ad) -> None:
    """The brand, the captions and what an ad was remade from; but not who is to hear of it."""
    brand = {"name": "Aurum", "primary_color": "#D4AF37", "logo_url": "https://aurum.example/logo.png"}
    again = {"refresh": ["scene_02"], "of": "earlier"}
    more = {"brand_guidelines": brand, "captions": "burned", "reuse": again, "callback_url": "https://x.example/secret"}
    told = ad.begin().end("failed", brief=BRIEF | more).report().model_dump(mode="json")["brief"]
    assert {name: told["brand_guidelines"][name] for name in brand} == brand
    assert (told["captions"], told["reuse"]) == ("burned", again) and "callback_url" not in told


def test_an_ad_that_fails_a_check_keeps_its_result(ad: Ad) -> None:
    """QUALITY_CHECK_FAILED: the ad exists."""
    problem = {"code": "QUALITY_CHECK_FAILED", "message": "black frames"}
    told = ad.buy_all().end("failed", error=problem).report()
    assert told.status == "failed" and told.result and told.error and told.error.code == "QUALITY_CHECK_FAILED"


def test_a_run_that_the_ledger_does_not_know_yet_is_shown(ledger: Ledger) -> None:
    """Launched by hand and waiting: what it advertises, and no cost. What nobody knows is said to be unknown."""
    told = report_of(ledger, "by hand", run("queued", brief=BRIEF), link)
    assert told.status == "queued" and told.brief and told.brief.prompt == BRIEF["prompt"] and told.cost.total == 0
    assert told.progress.current_stage == "prompt_parsing"
    with pytest.raises(NotInLedger, match="no job nobody"):
        report_of(ledger, "nobody", None, link)


def test_it_says_who_wanted_it_and_what_to_be_warned_of(ad: Ad) -> None:
    """Its batch and door; money in doubt."""
    wanted = Commission(key="k", origin="inbox: spring.csv, row 3", batch="spring", brief=BRIEF)
    ad.ledger.commissions.add([wanted])
    ad.ledger.commissions.launched("k", "ad")
    call = ad.claim("prompt_parsing")
    ad.ledger.retry(call, "me", lost="retry")
    told = ad.report()
    assert (told.batch, told.origin) == ("spring", "inbox: spring.csv, row 3")
    assert told.cost.unknown == Decimal("0.60") and "$0.60 more may have been billed" in told.warnings[0]


def test_experience_tells_when_it_will_be_done(ad: Ad, another: Callable[..., Ad]) -> None:
    """Nothing is said for the first ad; then what such ads took, without drafts and those taken from earlier ones."""
    ad.buy("prompt_parsing")
    assert ad.report(run("processing")).progress.estimated_completion_time is None
    for number in range(3):
        past = another(f"past {number}").buy_all()
        past.end("completed", datetime.now(UTC) + timedelta(seconds=100))
    quick = another("draft", draft=True).buy_all()
    quick.end("completed", datetime.now(UTC) + timedelta(seconds=5))
    expected = ad.report(run("processing")).progress.estimated_completion_time
    assert expected and timedelta(seconds=90) < expected - ad.report().created_at < timedelta(seconds=110)
    assert ad.end("failed").report().progress.estimated_completion_time is None


def test_a_run_of_some_assets_alone_completes_no_ad(ad: Ad) -> None:
    """It ended well, and there is nothing to show: the job is left off, and says how it goes on; with the ad's own
    call done, it is completed."""
    told = ad.buy("prompt_parsing").report(run("completed"))
    assert (told.status, told.result, told.progress.percentage) == ("cancelled", None, 20)
    assert told.error and "a retry makes the rest" in told.error.message
    for stage in ("image_generation", "video_generation"):
        for scene in ("scene_01", "scene_02", "scene_03"):
            ad.buy(stage, scene)
    assert ad.buy("composition").report(run("completed")).status == "completed"
    unended = ad.ledger.records.unended()
    assert [each.composed for each in unended] == [True]
