"""Shots, and where the words stand."""

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
        ("9:16", ["top", "bottom", "bottom", "bottom", "bottom", "bottom"]),
        ("16:9", ["left", "right", "left", "right", "left", "right"]),
        ("1:1", ["top", "bottom", "bottom", "bottom", "bottom", "bottom"]),
    ],
)
def test_words_stand_where_the_frame_has_room(ratio: AspectRatio, positions: list[str]) -> None:
    """Over and under the product in tall and square frames, beside it in wide ones."""
    shots = plan_shots(PARTS, ratio, Random(1))
    assert [shot.position for shot in shots] == positions
    assert [shot.shot_type for shot in shots] == ["close_up", "hero", "detail", "wide", "detail", "end_card"]


def test_neighbours_are_filmed_differently() -> None:
    """In the longest story no shot follows its own kind, and no two neighbours move alike, whatever the seed."""
    for seed, framework in product(range(10), get_args(Framework)):
        parts = plan_story(framework, read("A watch, light, flat, $99, $120", BrandGuidelines()), 60)
        shots = plan_shots(parts, "9:16", Random(seed))
        assert all(a.camera != b.camera and a.shot_type != b.shot_type for a, b in pairwise(shots))


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
