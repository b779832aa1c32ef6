"""What makes two calls the same call."""

from dataclasses import replace

from adgen_pipeline.contracts.brief import BrandGuidelines, Brief
from adgen_pipeline.contracts.keyframe import ImageRequest
from adgen_pipeline.purchases import look_of
from adgen_pipeline_tests.purchases.buying import order

BRIEF = Brief(prompt="a watch for people who dive")
STAGE = "video_generation"


def test_the_key_is_the_calls_and_not_its_urls() -> None:
    """The same picture under another URL is the same call; another scene, job or picture is another one."""
    key = order().key(STAGE)
    assert order("http://b/9.jpg").key(STAGE) == key
    others = [order(scene="scene_02"), order(job_id="other"), order(media={"http://a/1.jpg": "e" * 64})]
    assert len({key, *(other.key(STAGE) for other in others)}) == 4


def test_equal_requests_are_equal_whoever_makes_them() -> None:
    """Another job's equal request has the same hash; another service's, or another picture's, has not."""
    mine = order()
    assert mine.request_hash(STAGE, "https://a") == replace(mine, job_id="other").request_hash(STAGE, "https://a")
    assert order("http://b/9.jpg").request_hash(STAGE, "https://a") == mine.request_hash(STAGE, "https://a")
    others = {mine.request_hash(STAGE, "https://b"), order(media={"http://a/1.jpg": "e" * 64}).request_hash(STAGE, "x")}
    assert mine.request_hash(STAGE, "https://a") not in others


def test_a_look_outlives_an_edit_of_the_first_scene() -> None:
    """What the first scene shows is no part of the look; style, seed and size are."""
    first = ImageRequest(prompt="a watch on slate", style="plain", seed=1)
    look = look_of(BRIEF, first, "s")
    assert look == look_of(BRIEF, first.model_copy(update={"prompt": "a watch on oak"}), "s")
    assert look != look_of(BRIEF, first.model_copy(update={"seed": 2}), "s")


def test_two_brands_or_products_never_share_a_look() -> None:
    """Also where the parser says the same of both, such as nothing at all."""
    first = ImageRequest(prompt="a watch on slate")
    others = [
        BRIEF.model_copy(update={"prompt": "running shoes for the rain"}),
        BRIEF.model_copy(update={"brand_guidelines": BrandGuidelines(name="Other")}),
    ]
    assert len({look_of(brief, first, "s") for brief in [BRIEF, *others]}) == 3
