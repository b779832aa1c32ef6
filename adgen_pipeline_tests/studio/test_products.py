"""From the words of a brief to the product in its pictures, through the parser and the image service."""

import pytest

from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.contracts.storyboard import ParseRequest
from adgen_pipeline.studio.image_gen.prompt import recipe_for
from adgen_pipeline.studio.prompt_parser.planning import plan_ad


@pytest.mark.parametrize(
    ("brief", "motif"),
    [
        ("A 15 second ad for a neighbourhood pizza place in Leeds", "pizza"),
        ("Ad for Nonna's, a wood-fired pizzeria", "pizza"),
        ("Oat granola with berries and chocolate chips", "granola"),
        ("Chocolate granola for kids", "granola"),
        ("Porridge pots, ready in two minutes", "granola"),
        ("Our bakery, Crumb & Co, opens Saturday", "cake"),
        ("Chocolate chip cookies by Milly", "cake"),
        ("Vegan burger joint, open late", "burger"),
        ("Gourmet sandwiches delivered to your office", "burger"),
        ("A new Thai restaurant downtown", "food"),
        ("Fresh salad bowls", "food"),
        ("Vegan hand cream for dry skin", "jar"),
        ("Vegan leather handbag", "bag"),
        ("Chocolate brown leather boots", "boot"),
        ("Pizza delivery app", "phone"),
        ("A cooking class for pizza lovers", "service"),
    ],
)
def test_the_goods_of_a_brief_are_what_is_drawn(brief: str, motif: str) -> None:
    """The noun decides: what it is made of, whom it is for and what it is like do not."""
    asked = plan_ad(ParseRequest(prompt=brief, duration=15, aspect_ratio="9:16")).visual_direction
    request = ImageRequest(prompt="Hero shot", visual_direction=asked, aspect_ratio="9:16")
    assert recipe_for(request, None).motif == motif
