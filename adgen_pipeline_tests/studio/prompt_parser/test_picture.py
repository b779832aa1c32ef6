"""Shots, and where the words stand."""

import re
from itertools import pairwise, product
from random import Random
from typing import get_args

import pytest

from adgen_pipeline.contracts.brief import AspectRatio, BrandGuidelines
from adgen_pipeline.contracts.storyboard import ParseRequest
from adgen_pipeline.studio.prompt_parser.picture import negative_prompt, plan_shots
from adgen_pipeline.studio.prompt_parser.planning import plan_ad
from adgen_pipeline.studio.prompt_parser.reading import read
from adgen_pipeline.studio.prompt_parser.stories import Framework, plan_story

PARTS = plan_story("aida", read("A watch, rated 4.8 by 900 customers", BrandGuidelines()), 40)


@pytest.mark.parametrize(
    ("ratio", "positions"),
    [
        ("9:16", ["top", "bottom", "bottom", "top", "top", "bottom"]),
        ("16:9", ["left", "right", "right", "left", "left", "right"]),
        ("1:1", ["top", "bottom", "bottom", "top", "top", "bottom"]),
    ],
)
def test_words_stand_where_the_frame_has_room(ratio: AspectRatio, positions: list[str]) -> None:
    """Over and under the product in tall and square frames, beside it in wide ones: close-ups take turns, and so do
    pictures of the whole product."""
    shots = plan_shots(PARTS, ratio, Random(1))
    assert [shot.shot_type for shot in shots] == ["close_up", "hero", "detail", "close_up", "wide", "end_card"]
    assert [shot.position for shot in shots] == positions


def test_neighbours_are_filmed_differently() -> None:
    """In the longest story no shot follows its own kind, and no two neighbours move alike, whatever the seed; nothing
    is revealed twice."""
    for seed, framework in product(range(10), get_args(Framework)):
        parts = plan_story(framework, read("A watch, light, flat, $99, $120", BrandGuidelines()), 60)
        shots = plan_shots(parts, "9:16", Random(seed))
        assert all(a.camera != b.camera and a.shot_type != b.shot_type for a, b in pairwise(shots))
        cameras = [shot.camera for shot in shots]
        assert len(set(cameras)) >= 6 and cameras.count("reveal") <= 1 and cameras.count("focus") <= 1


def test_the_picture_takes_the_place_of_words_that_have_left() -> None:
    """From the very moment, and said in words: a product comes to the middle, a close-up travels; an end card never
    moves on, and a scene without words asks for no room for them."""
    answer = plan_ad(ParseRequest(prompt="Create a luxury watch ad", duration=30, aspect_ratio="9:16"))
    start = 0.0
    for scene in answer.scenes:
        own = [o for o in answer.text_overlays if start <= o.start_time < start + scene.duration - 1]
        then = re.search(r", then (travel over|centre) the product from ([\d.]+) s$", scene.camera_movement or "")
        if scene.role == "call_to_action" or not own:
            assert then is None and ("clear space" in scene.prompt) == bool(own)
        else:
            assert then and {round(o.start_time + o.duration - start, 2) for o in own} == {round(float(then[2]), 2)}
            assert (then[1] == "centre") == (scene.shot_type in ("hero", "wide"))
        start += scene.duration - (scene.transition.duration or 0)
    assert "the product fills the frame" in " ".join(scene.prompt.lower() for scene in answer.scenes)


def test_a_prompt_says_what_is_seen() -> None:
    """Product, shot, light, palette and the briefed scenery are all in it."""
    request = ParseRequest(prompt="Gold watch ad. Show a misty harbour.", duration=30, aspect_ratio="9:16")
    first, *_, last = plan_ad(request).scenes
    for part in ("Macro close-up of a gold watch", "misty harbour", "gold", "clear space at the top for words"):
        assert part.lower() in first.prompt.lower()
    assert last.prompt.startswith("End card") and len(first.prompt) < 2000


def test_what_to_avoid_is_passed_on() -> None:
    """The brief's own wishes join the usual faults."""
    assert negative_prompt(read("Watch ad. Avoid faces.", BrandGuidelines())).endswith("faces")
