"""Words of the brief's own in the place of planned ones."""

from decimal import Decimal
from typing import Any

from adgen_pipeline.contracts.brief import read_brief
from adgen_pipeline.contracts.purchase import Receipt
from adgen_pipeline.contracts.storyboard import ParseResult, Storyboard
from adgen_pipeline.requests import clip_request, compose_request, image_request
from adgen_pipeline.storyboards import parse_request, storyboard_for

RECEIPT = Receipt(service="", cost=Decimal(0), seconds=0, attempts=0, key="", call=0)
BRIEF = {"prompt": "Create an ad for a luxury watch", "duration": 15, "brand_guidelines": {"call_to_action": "Shop"}}
SPOKEN = ["Time, up close. Look a little longer.", "It ticks.", "Aurum. Shop."]
SHOWN = [("Time, up close.", "headline", 0.4), ("It ticks.", "headline", 5.2), ("Shop", "call_to_action", 10.5)]


def planned(words: dict[str, str] | None, shown: list[tuple[str, str, float]] = SHOWN) -> Storyboard:
    """Three scenes of 5 s, and the brief's words in place of the parser's."""
    result = {
        "scenes": [{"prompt": f"shot {n}", "duration": 5, "narration": text} for n, text in enumerate(SPOKEN, 1)],
        "visual_direction": {},
        "audio": {"voiceover": {"segments": [{"text": t, "start_time": 5 * n} for n, t in enumerate(SPOKEN)]}},
        "text_overlays": [{"text": t, "role": role, "start_time": at, "duration": 4} for t, role, at in shown],
    }
    brief = read_brief(BRIEF | ({"words": words} if words else {}))
    return storyboard_for("ad", brief, ParseResult.model_validate(result), RECEIPT)


def texts(storyboard: Storyboard) -> list[tuple[str, str]]:
    return [(words.role, words.text) for words in storyboard.text_overlays]


def test_words_stand_in_the_place_of_the_planned_ones() -> None:
    """The first scene's headline alone, and the button; what was spoken just so is spoken in the new words."""
    new = planned({"headline": "Own it", "call_to_action": "Buy now!"})
    assert texts(new) == [("headline", "Own it"), ("headline", "It ticks."), ("call_to_action", "Buy now!")]
    assert new.audio.voiceover
    spoken = [segment.text for segment in new.audio.voiceover.segments]
    assert spoken == ["Own it. Look a little longer.", "It ticks.", "Aurum. Buy now!"]
    assert [scene.narration for scene in new.scenes] == spoken


def test_words_are_put_in_where_none_were_planned() -> None:
    """A headline in the first scene, a button in the last; a headline over two lines is one then."""
    new = planned({"headline": "Own it", "call_to_action": "Buy"}, shown=[])
    assert [(w.role, w.text, w.start_time) for w in new.text_overlays] == [
        ("headline", "Own it", 0.4),
        ("call_to_action", "Buy", 10.4),
    ]
    two = planned({"headline": "Own it"}, shown=[("Time,", "headline", 0.4), ("up close.", "headline", 2.0)])
    assert texts(two) == [("headline", "Own it")]


def test_no_picture_depends_on_the_words() -> None:
    """The parser, image and video generation are asked for the same; composition hears the new call to action."""

    def asked(storyboard: Storyboard) -> list[Any]:
        scenes = storyboard.scenes
        images = [image_request(storyboard, scene, None) for scene in scenes]
        return [parse_request(storyboard.brief), images, [clip_request(storyboard, scene, "x") for scene in scenes]]

    old, new = planned(None), planned({"headline": "Own it", "call_to_action": "Buy"})
    assert asked(old) == asked(new)
    urls = {scene.key: "http://clips.example/1.mp4" for scene in new.scenes}
    assert compose_request(new, urls).brand_guidelines.call_to_action == "Buy"
    assert compose_request(old, urls).brand_guidelines.call_to_action == "Shop"
