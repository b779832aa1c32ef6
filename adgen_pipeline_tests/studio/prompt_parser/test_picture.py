"""Shots, and where the words stand."""

from itertools import pairwise
from random import Random

import pytest

from adgen_pipeline.contracts.brief import AspectRatio, BrandGuidelines, SceneRole
from adgen_pipeline.contracts.storyboard import ParseRequest
from adgen_pipeline.studio.prompt_parser.picture import negative_prompt, plan_shots
from adgen_pipeline.studio.prompt_parser.planning import plan_ad
from adgen_pipeline.studio.prompt_parser.reading import read

ROLES: list[SceneRole] = ["hook", "product", "benefit", "benefit", "proof", "call_to_action"]


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
    shots = plan_shots(ROLES, ratio, Random(1))
    assert [shot.position for shot in shots] == positions
    assert [shot.shot_type for shot in shots] == ["close_up", "hero", "detail", "wide", "wide", "end_card"]


def test_the_camera_never_repeats_itself() -> None:
    """No two neighbours move alike, whatever the seed."""
    for seed in range(30):
        moves = [shot.camera for shot in plan_shots(ROLES, "9:16", Random(seed))]
        assert all(a != b for a, b in pairwise(moves))


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
