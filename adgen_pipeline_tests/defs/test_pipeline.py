"""Whole ads through Dagster, bought from real HTTP services."""

from decimal import Decimal
from pathlib import Path

import dagster as dg
import pytest
from dagster import AssetKey, DagsterEventType, DagsterRunStatus

from adgen_pipeline.defs.assets.keyframe_images import collect_keyframes
from adgen_pipeline.defs.assets.video_clips import collect_clips
from adgen_pipeline.defs.io_manager import RunScopedIOManager
from adgen_pipeline.defs.lineage import JOB_TAG
from adgen_pipeline.errors import AdgenError, ErrorCode
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.purchases import Purchases
from adgen_pipeline.settings import Settings
from adgen_pipeline.storage.media import MediaStore
from adgen_pipeline_tests.defs.runs import instance, make, materialise, metadata
from adgen_pipeline_tests.lab import COSTS, Lab, envelope, failure, says, storyboard

CLIP = "/generate-video"


def test_an_ad_costs_what_the_services_said(lab: Lab, home: Path) -> None:
    """0.03 + 3 x 0.05 + 3 x 0.25 + 0.07 USD, per stage and in all; the file is in our own store."""
    ad = make()
    assert [(c.stage, c.cost, c.calls) for c in ad.costs] == [
        ("prompt_parsing", Decimal("0.03"), 1),
        ("image_generation", Decimal("0.15"), 3),
        ("video_generation", Decimal("0.75"), 3),
        ("composition", Decimal("0.07"), 1),
    ]
    assert ad.total_cost == Decimal("1.00")
    assert list((home / "media").rglob(f"{ad.video.sha256}.mp4"))


def test_every_asset_and_scene_step_tells_its_cost_and_shows_its_picture(lab: Lab) -> None:
    """Cost, seconds, model, seed and size stand on each; keyframes and poster are inline; the ad has its cost table."""
    ad = make(seed=9)
    with instance() as opened:
        assets = metadata(opened, ad.job_id, DagsterEventType.ASSET_MATERIALIZATION)
        steps = metadata(opened, ad.job_id, DagsterEventType.STEP_OUTPUT)
    assert {name: made["cost_usd"] for name, made in assets.items()} == {
        "parsed_prompt": 0.03,
        "keyframe_images": 0.15,
        "video_clips": 0.75,
        "final_ad": 0.07,
    }
    assert all(made["seconds"] >= 0 and made["model"] and made["job_id"] == ad.job_id for made in assets.values())
    assert {made["seed"] for made in assets.values()} == {"9"}
    assert "data:image/jpeg;base64," in assets["keyframe_images"]["storyboard"]
    assert "data:image/jpeg;base64," in assets["final_ad"]["poster"]
    table = [record.data for record in assets["final_ad"]["costs"].records]
    assert table[-1] == {"stage": "total", "calls": 8, "reused": 0, "seconds": table[-1]["seconds"], "cost_usd": 1.0}
    assert Path(
        assets["final_ad"]["file"].path if hasattr(assets["final_ad"]["file"], "path") else assets["final_ad"]["file"]
    ).is_file()
    scenes = [steps[f"video_clips.clip[scene_0{n}]"] for n in (1, 2, 3)]
    assert [(s["cost_usd"], s["duration_seconds"], s["seed"], s["resolution"]) for s in scenes] == [
        (0.25, 5.0, "9", "36x64")
    ] * 3
    assert "data:image/jpeg" in steps["keyframe_images.keyframe[scene_02]"]["preview"]


def test_the_first_keyframe_is_the_others_reference(lab: Lab) -> None:
    """Scene 1 is asked for alone; the rest carry its picture."""
    make()
    references = [call.body.get("reference_image_url") for call in lab.of("/generate-image")]
    assert references[0] is None
    assert len(set(references[1:])) == 1 and references[1]


def test_one_keyframe_may_serve_all(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """KEYFRAMES=reference buys one picture, and every clip starts from it."""
    monkeypatch.setenv("KEYFRAMES", "reference")
    ad = make()
    assert len(lab.of("/generate-image")) == 1
    assert len({call.body["reference_image_url"] for call in lab.of(CLIP)}) == 1
    assert ad.costs[1].cost == Decimal("0.05")


def test_a_scene_that_fails_leaves_its_siblings_finished(lab: Lab) -> None:
    """Two clips are bought and kept although the third is refused; the error tells the scene's reason and the spend."""
    lab.on(CLIP, failure(422, "too dark", cost=0.01))
    with pytest.raises(AdgenError, match="too dark") as caught:
        make()
    assert caught.value.code == ErrorCode.VIDEO_GENERATION_FAILED
    assert len(lab.of(CLIP)) == 3
    assert caught.value.cost == Decimal("0.69")  # 0.03 + 0.15 + 2 x 0.25 + 0.01
    assert not lab.of("/compose")


def test_a_logo_that_cannot_be_had_is_told_before_anything_is_paid(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the embedded studio composes: no service is called, and the ad is known as failed. Where another one
    does, it alone knows what it takes."""
    guidelines = {"logo_url": f"{lab.url}/media/none.png"}
    assert make(brand_guidelines=guidelines, seed=1).total_cost == 1
    lab.calls.clear()
    monkeypatch.delenv("COMPOSITION_URL")
    monkeypatch.setenv("MEDIA_ALLOWED_HOSTS", lab.url.removeprefix("http://"))
    with pytest.raises(AdgenError, match=r"logo_url: .*none\.png' cannot be used: .* Nothing was bought") as caught:
        make(brand_guidelines=guidelines, seed=2)
    assert (caught.value.code, caught.value.cost, lab.calls) == (ErrorCode.INVALID_INPUT, 0, [])
    with open_ledger(Settings.read()) as ledger:
        assert [job.outcome for job in ledger.jobs()] == ["failed", "completed"]


def test_no_more_clips_at_once_than_allowed(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a limit of 1 each clip starts after the one before has ended."""
    monkeypatch.setenv("MAX_PARALLEL_VIDEO_GENERATIONS", "1")
    lab.latency[CLIP] = 0.2
    make()
    begun = [call.at for call in lab.of(CLIP)]
    ended = [at for path, at in lab.ended if path == CLIP]
    assert all(start >= end for start, end in zip(begun[1:], ended, strict=False))


def test_scenes_proceed_side_by_side(lab: Lab) -> None:
    """With the default limit all three clips are under way before the first has ended."""
    lab.latency[CLIP] = 1.5
    make()
    assert max(call.at for call in lab.of(CLIP)) < min(at for path, at in lab.ended if path == CLIP)


def test_an_asset_chosen_alone_takes_its_inputs_from_one_ad(lab: Lab) -> None:
    """The newest ad by default, any other by tag; the run is marked with the ad it works on, and pays for nothing
    that ad has already."""
    old = make(prompt="An ad for an old watch")
    new = make(prompt="An ad for a new watch")
    result = materialise("final_ad")
    assert result.success and result.output_for_node("final_ad").job_id == new.job_id
    assert result.dagster_run.run_id != new.job_id
    result = materialise("video_clips", "final_ad", job_id=old.job_id)
    assert result.success and result.output_for_node("final_ad").job_id == old.job_id
    assert result.output_for_node("final_ad").video == old.video
    assert [len(lab.of(path)) for path in COSTS if path != "/compose"] == [2, 6, 6]
    with instance() as opened:
        run = opened.get_run_by_id(result.dagster_run.run_id)
        assert run and run.tags[JOB_TAG] == old.job_id


def test_inputs_never_come_from_two_ads(lab: Lab) -> None:
    """The newest storyboard belongs to an ad without clips: the newest ad that has everything is taken instead."""
    whole = make(prompt="An ad for a whole watch")
    lab.on(CLIP, failure(422), always=True)
    with pytest.raises(AdgenError):
        make(prompt="An ad for half a watch")
    result = materialise("final_ad")
    assert result.success and result.output_for_node("final_ad").job_id == whole.job_id


def test_without_any_ad_a_single_asset_says_what_to_do(lab: Lab) -> None:
    """There is nothing to go on from: the failure says so and names the tag."""
    result = materialise("final_ad")
    assert not result.success
    told = str(result.failure_data_for_node("final_ad"))
    assert "run generate_ad first" in told and JOB_TAG in told
    assert not lab.calls


def test_a_storyboard_of_one_scene_is_an_ad(lab: Lab) -> None:
    """No later scenes, no dynamic outputs: still one keyframe, one clip, one composition."""
    lab.on("/parse", lambda call: envelope(storyboard((15.0,)), 0.03))
    assert make().scenes == 1
    assert (len(lab.of("/generate-image")), len(lab.of(CLIP))) == (1, 1)


def test_runs_are_marked_against_retries_that_lose_scenes(lab: Lab) -> None:
    """A retry starts all steps again: "from failure" would skip scenes that never began."""
    ad = make()
    with instance() as opened:
        run = opened.get_run_by_id(ad.job_id)
        assert run and run.status == DagsterRunStatus.SUCCESS
        assert run.tags["dagster/retry_strategy"] == "ALL_STEPS"
        assert opened.get_latest_materialization_event(AssetKey("final_ad")) is not None


def test_secrets_stay_out_of_everything_dagster_keeps(lab: Lab, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token reaches the service and neither events, tags, config nor files."""
    monkeypatch.setenv("VIDEO_GEN_TOKEN", "canary-5f1e")
    lab.on("/compose", says("<html>no</html>"))
    with pytest.raises(AdgenError):
        make()
    assert lab.of(CLIP)[0].headers["authorization"] == "Bearer canary-5f1e"
    kept = [path for path in home.rglob("*") if path.is_file() and b"canary-5f1e" in path.read_bytes()]
    assert kept == []


def test_a_missing_scene_fails_the_collect_step(lab: Lab) -> None:
    """What a retry "from failure" would hand on as a success: the scene that never came is named instead."""
    ad = make()
    kept = RunScopedIOManager()
    board = kept.read(ad.job_id, "parsed_prompt")
    with open_ledger(Settings.read()) as ledger:
        purchases = Purchases(MediaStore(Path()), ledger)
    clips, keyframes = kept.read(ad.job_id, "video_clips").items, kept.read(ad.job_id, "keyframe_images").items
    with pytest.raises(dg.Failure, match="no clip for scene_02"):
        collect_clips(dg.build_op_context(), purchases=purchases, parsed_prompt=board, clips=[clips[2], clips[0]])
    with pytest.raises(dg.Failure, match="no keyframe for scene_03"):
        collect_keyframes(
            dg.build_op_context(),
            purchases=purchases,
            parsed_prompt=board,
            reference=keyframes[0],
            others=[keyframes[1]],
        )
