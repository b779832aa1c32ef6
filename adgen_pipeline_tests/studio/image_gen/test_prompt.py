"""Reading an image prompt: shot, room for words, product, light, seed."""

from typing import Any

import pytest

from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.studio.drawing.recipe import Recipe, Style
from adgen_pipeline.studio.image_gen.prompt import recipe_for, seed_for, shot_in, words_in

EARLIER = Recipe(
    motif="shoe", palette=("#FF0000", "#111111"), brand="Acme", style=Style(light=True, rays=0.9), ratio="9:16",
    shot="macro", words="top", seed=1,
)  # fmt: skip


def request(prompt: str = "Hero shot", **direction: Any) -> ImageRequest:
    """A request with a visual direction."""
    return ImageRequest.model_validate({"prompt": prompt, "visual_direction": direction})


@pytest.mark.parametrize(
    ("prompt", "shot"),
    [
        ("Macro close-up of the dial, every detail sharp", "macro"),
        ("A close up of leather", "macro"),
        ("Detail of the crown", "detail"),
        ("Wide shot, the hero in the distance", "wide"),
        ("End card with the product", "end"),
        ("A watch on stone", "hero"),
    ],
)
def test_first_named_shot_counts(prompt: str, shot: str) -> None:
    """The shot is read from the prompt's own words."""
    assert shot_in(prompt) == shot


@pytest.mark.parametrize(
    ("prompt", "position"),
    [
        ("Hero, clear space at the bottom for words", "bottom"),
        ("Hero, clear space at the topRight for words", "topRight"),
        ("clear space at the bottom left", "bottomLeft"),
        ("clear space at the moon", None),
        ("the bottom of the sea", None),
    ],
)
def test_room_for_words_is_read_from_the_phrase(prompt: str, position: str | None) -> None:
    """Only "clear space at the ..." speaks of words."""
    assert words_in(prompt) == position


def test_reference_fills_in_what_the_request_leaves_open() -> None:
    """Product, colours, brand and light come from the reference where the request is silent; its shot does not."""
    recipe = recipe_for(request("Hero shot on stone"), EARLIER)
    assert (recipe.motif, recipe.palette, recipe.brand, recipe.style) == (
        EARLIER.motif, EARLIER.palette, EARLIER.brand, EARLIER.style,
    )  # fmt: skip
    assert recipe.shot == "hero"


def test_what_the_request_says_wins() -> None:
    """A request that says all is not touched by any reference."""
    said = request(product_category="watch", palette=["#D4AF37"], style="dark luxury", brand="Aurum")
    assert recipe_for(said, EARLIER) == recipe_for(said, None)


def test_unknown_product_is_abstract_and_not_the_reference_s() -> None:
    """An umbrella is not drawn as the shoe of an earlier picture, and a course has a motif of its own."""
    assert recipe_for(request(product="garden umbrella", product_category="umbrella"), EARLIER).motif == "abstract"
    assert recipe_for(request(product="a Spanish course", product_category="course"), EARLIER).motif == "service"


def test_words_move_the_light() -> None:
    """Style words choose light or dark and how much of rays there is; silent words leave it to the colours."""
    dark = recipe_for(request(palette=["#2563EB", "#FFFFFF"], style="moody"), None).style
    airy = recipe_for(request(palette=["#2563EB"], style="clean and airy"), None).style
    neither = recipe_for(request(palette=["#2563EB", "#FFFFFF"], style="friendly"), None).style
    black = recipe_for(request(palette=["#D4AF37", "#000000"], style="bright"), None).style
    assert (dark.light, airy.light, neither.light, black.light) == (False, True, True, False)
    assert recipe_for(request(lighting="dramatic golden rays"), None).style.rays > airy.rays


def test_the_family_lights_the_scene_where_nothing_else_does() -> None:
    """Organic and playful scenes are light, tech and sport ones dark; words and a black or white brand come first."""
    for family, light in (("organic", True), ("playful", True), ("retro", True), ("tech", False), ("sport", False),
                          ("minimal", False)):  # fmt: skip
        style = recipe_for(request(palette=["#2563EB"], style=f"{family} style: bespoke"), None).style
        assert (style.family, style.light) == (family, light)
        assert recipe_for(request(palette=["#2563EB"], style=f"{family} style: airy"), None).style.light
        assert not recipe_for(request(palette=["#2563EB"], style=f"{family} style: moody"), None).style.light
    assert not recipe_for(request(palette=["#D4AF37", "#000000"], style="organic style: bespoke"), None).style.light
    assert recipe_for(request(palette=["#2563EB", "#FFFFFF"], style="sport style: bespoke"), None).style.light


def test_broken_colours_are_left_out() -> None:
    """Only #RRGGBB is a colour."""
    assert recipe_for(request(palette=["gold", "#D4AF37", "#fff"]), None).palette == ("#D4AF37",)


def test_seed_is_the_request_s_or_its_own() -> None:
    """A given seed is used; else equal requests have equal seeds, whatever picture they refer to."""
    assert seed_for(ImageRequest(prompt="a", seed=5)) == 5
    assert seed_for(ImageRequest(prompt="a")) == seed_for(ImageRequest(prompt="a", reference_image_url="http://b"))
    assert seed_for(ImageRequest(prompt="a")) != seed_for(ImageRequest(prompt="b"))
