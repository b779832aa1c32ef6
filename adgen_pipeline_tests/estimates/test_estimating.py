"""Estimates against what ads then really cost: real runs, a real ledger, real services."""

import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adgen_pipeline.contracts.brief import read_brief
from adgen_pipeline.contracts.stages import STAGES
from adgen_pipeline.errors import AdgenError, ArtifactError, ErrorCode, InvalidBrief, QualityCheckFailed
from adgen_pipeline.estimates import Estimate, conclusion, estimate
from adgen_pipeline.ledger import open_ledger
from adgen_pipeline.settings import Settings
from adgen_pipeline_tests.defs.runs import PROMPT, make
from adgen_pipeline_tests.lab import Lab

SECOND_SCENE = {"scenes": [{"index": 2, "prompt": "The clasp closes around a wrist", "headline": "It fits."}]}
ALL = {"prompt_parsing": 1, "image_generation": 3, "video_generation": 3, "composition": 1}


def foresee(**brief: Any) -> Estimate:
    """The estimate of the ad that `make` would make."""
    return estimate(read_brief({"prompt": PROMPT, "duration": 15} | brief), Settings.read())


def to_buy(found: Estimate) -> dict[str, int]:
    """The calls that have to be paid, by stage."""
    return {stage.stage: stage.to_buy for stage in found.stages if stage.to_buy}


def paid(lab: Lab) -> dict[str, int]:
    """The calls that came to the lab, by stage."""
    stages = {stage.path: stage.name for stage in STAGES}
    return dict(Counter(stages[call.path] for call in lab.calls))


def test_the_same_ad_again_costs_nothing(after_one_ad: Lab) -> None:
    """Every answer is at hand; what they had cost is told. No call is made, and no job is begun."""
    found = foresee()
    assert to_buy(found) == {} and [stage.reused for stage in found.stages] == [1, 3, 3, 1]
    assert (found.expected, found.worst_case, found.at_most) == (0, 0, 0)
    assert found.exact and found.saved == Decimal("1.00") and "had cost $1.00" in conclusion(found)
    assert after_one_ad.calls == []
    with open_ledger(Settings.read()) as ledger:
        assert len(ledger.jobs()) == 1 and len(ledger.calls()) == 8


def test_an_edited_scene_costs_what_the_estimate_says(after_one_ad: Lab) -> None:
    """One keyframe, one clip and one composition are foreseen, at the prices of the calls before; exactly these are
    then paid, under the very limit that the estimate calls the least."""
    found = foresee(**SECOND_SCENE)
    assert to_buy(found) == {"image_generation": 1, "video_generation": 1, "composition": 1}
    assert [stage.scenes for stage in found.stages] == [[], ["scene_02"], ["scene_02"], []]
    assert found.expected == Decimal("0.05") + Decimal("0.25") + Decimal("0.075")  # one composition makes no median
    assert after_one_ad.calls == []
    ad = make(**SECOND_SCENE, max_cost=str(found.needed))
    assert paid(after_one_ad) == to_buy(found)
    assert ad.total_cost == Decimal("0.37")


def test_a_limit_below_what_is_needed_names_the_stage_that_would_be_stopped(after_one_ad: Lab) -> None:
    """The ad itself is stopped there, after all that the limit has room for: the last clip's ceiling does not fit."""
    least = foresee(seed=3).needed
    found = foresee(seed=3, max_cost=str(least - Decimal("0.01")))
    assert found.expected < found.max_cost < found.needed == least
    assert found.stopped_in == "video_generation" and "stopped in video_generation" in conclusion(found)
    with pytest.raises(AdgenError) as caught:
        make(seed=3, max_cost=str(found.max_cost))
    assert caught.value.code == ErrorCode.COST_LIMIT_EXCEEDED and "video_generation" in caught.value.message
    assert paid(after_one_ad) == {"prompt_parsing": 1, "image_generation": 3, "video_generation": 2}


def test_the_embedded_parsers_plan_is_known_beforehand(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """It needs no call, so a first ad of an empty ledger is foreseen call by call."""
    monkeypatch.delenv("PROMPT_PARSER_URL")
    found = foresee(draft=True)
    assert found.exact and lab.calls == []
    with pytest.raises(QualityCheckFailed, match="loudness"):  # music is planned, and the lab's ads are silent
        make(draft=True)
    bought = to_buy(found)
    assert bought.pop("prompt_parsing") == 1 and paid(lab) == bought
    assert to_buy(foresee(draft=True)) == {}


def test_a_first_ad_is_counted_by_what_is_usual(lab: Lab) -> None:
    """About one scene every 5 to 6 s and at most one every 2.5 s, at the contract's usual prices; ceilings and four
    attempts make the worst case, and the limit ends that."""
    found = foresee(duration=30)
    assert (found.scenes, found.scenes_at_most, found.exact) == (5, 12, False)
    assert "about 5 to 6 scenes" in found.plan and "the parser decides" in found.plan
    assert [stage.expected for stage in found.stages] == [Decimal(x) for x in ("0.035", "0.20", "1.50", "0.075")]
    assert all("usual" in stage.price_from for stage in found.stages)
    assert found.at_ceilings == Decimal("0.10") + 12 * Decimal("0.30") + 12 * Decimal("0.60") + Decimal("0.20")
    assert found.worst_case == 4 * found.at_ceilings and found.at_most == found.max_cost == 10
    assert found.stopped_at_ceilings_in == "video_generation" and found.stopped_in is None
    assert lab.calls == []


def test_another_prompt_is_counted_by_the_parsers_pace(after_one_ad: Lab) -> None:
    """Three scenes in the 15 s of the ad before: six in 30 s."""
    found = foresee(prompt="An ad for a copper kettle", duration=30)
    assert (found.scenes, found.exact) == (6, False) and "pace of 1 earlier ad" in found.plan


def test_prices_are_those_of_the_same_service(after_one_ad: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three calls make a median; what one service was paid says nothing of another."""
    clips = foresee(seed=1).stages[2]
    assert clips.price == Decimal("0.25") and clips.price_from == "median of its last 3 calls"
    monkeypatch.setenv("VIDEO_GEN_URL", after_one_ad.url.replace("127.0.0.1", "localhost"))
    clips = foresee(seed=1).stages[2]
    assert clips.price == Decimal("0.30") and clips.price_from.startswith("usual")


def test_a_price_above_its_ceiling_is_told(after_one_ad: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting to raise is named, and the worst case counts what was really paid."""
    monkeypatch.setenv("VIDEO_GEN_MAX_CALL_COST", "0.10")
    clips = foresee(seed=1).stages[2]
    assert "above VIDEO_GEN_MAX_CALL_COST ($0.10): raise that" in clips.price_from
    assert clips.at_ceilings >= clips.expected


@pytest.mark.parametrize(
    ("reuse", "bought"),
    [
        ("off", ALL),
        ({"refresh": ["scene_01"]}, {"image_generation": 1, "video_generation": 1, "composition": 1}),
        ({"refresh": ["image_generation"]}, {"image_generation": 3, "video_generation": 3, "composition": 1}),
        ({"refresh": ["video_generation"]}, {"video_generation": 3, "composition": 1}),
        ({"refresh": ["composition"]}, {"composition": 1}),
        ({"refresh": ["prompt_parsing"]}, {"prompt_parsing": 1}),
    ],
    ids=str,
)
def test_what_is_refreshed_is_bought(after_one_ad: Lab, reuse: Any, bought: dict[str, int]) -> None:
    """With all that rests on it. The look stays pinned, unless all keyframes are refreshed."""
    assert to_buy(foresee(reuse=reuse)) == bought


def test_a_parser_that_is_asked_again_may_answer_otherwise(after_one_ad: Lab) -> None:
    """Likely as before, and everything for the most scenes in the worst case."""
    found = foresee(reuse={"refresh": ["prompt_parsing"]})
    assert (found.scenes, found.scenes_at_most, found.exact) == (3, 6, False)
    assert [stage.to_buy_at_most for stage in found.stages] == [1, 6, 6, 1]


def test_a_file_that_is_gone_has_to_be_bought(after_one_ad: Lab, home: Path) -> None:
    """The ledger knows the calls, but nothing can be made of them."""
    shutil.rmtree(home / "media")
    assert to_buy(foresee()) == {"image_generation": 3, "video_generation": 3, "composition": 1}


def test_one_keyframe_for_all_is_one_call(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """KEYFRAMES=reference; the contract's usual price is that of all images."""
    monkeypatch.setenv("KEYFRAMES", "reference")
    assert [(stage.to_buy, stage.expected) for stage in foresee().stages][1] == (1, Decimal("0.20"))


def test_one_keyframe_for_all_is_found_again(after_one_ad: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the first scene's, and at hand."""
    monkeypatch.setenv("KEYFRAMES", "reference")
    images, clips = foresee().stages[1:3]
    assert (images.calls, images.reused, clips.calls) == (1, 1, 3)


def test_equal_scenes_of_one_ad_are_bought_once(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the ledger hands the second the first one's answer."""
    monkeypatch.delenv("PROMPT_PARSER_URL")
    scenes = [{"prompt": "A watch on a wrist", "duration": 5}] * 3
    assert to_buy(foresee(scenes=scenes))["video_generation"] < 3
    assert to_buy(foresee(scenes=scenes, reuse="off"))["video_generation"] == 3


def test_scenes_written_by_hand_are_known(lab: Lab) -> None:
    """As many calls as scenes, whatever the parser answers."""
    found = foresee(scenes=[{"prompt": f"A watch, view {n}", "duration": 3} for n in range(5)])
    assert (found.scenes, found.scenes_at_most) == (5, 5) and "written by hand" in found.plan
    assert to_buy(found)["video_generation"] == 5


def test_a_scene_that_the_ad_will_not_have_is_told_before_it_is_paid(after_one_ad: Lab) -> None:
    """As `make` would tell it after it has paid the parser."""
    with pytest.raises(InvalidBrief, match="the storyboard has 3"):
        foresee(scenes=[{"index": 7, "prompt": "A watch"}])


def test_the_embedded_studio_is_free(home: Path) -> None:
    """Nothing is charged, whatever is tried again; there is no limit to fit below."""
    found = foresee()
    assert (found.expected, found.worst_case, found.stopped_in) == (0, 0, None)
    assert found.is_free and "embedded studio makes it all" in conclusion(found)


def test_services_that_cannot_reach_each_others_files_are_told(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mix that `make` refuses before it pays has no price."""
    monkeypatch.delenv("IMAGE_GEN_URL")
    monkeypatch.setenv("VIDEO_GEN_URL", "https://video.example")
    with pytest.raises(ArtifactError, match="MEDIA_URL"):
        foresee()


def test_cost_warning_is_told(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passed at the expected prices, at the ceilings alone, or not at all."""
    found = {}
    for warning in ("1", "4", "9"):
        monkeypatch.setenv("COST_WARNING", warning)
        found[warning] = conclusion(foresee())
    assert "COST_WARNING ($1.00) is passed." in found["1"]
    assert "($4.00) is passed only with calls at their ceilings" in found["4"]
    assert "($9.00) is not passed" in found["9"]
