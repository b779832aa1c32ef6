"""From one brief and a matrix to the briefs of all its ads."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from adgen_pipeline.campaigns.matrix import expand
from adgen_pipeline.errors import InvalidBrief

EXAMPLES = Path(__file__).parents[2] / "examples/batches"
BRIEF = {"prompt": "Create an ad for a luxury watch", "brand_guidelines": {"name": "Aurum", "tagline": "Own it."}}


def ads(**matrix: Any) -> dict[str, dict[str, Any]]:
    """The briefs as data, by label."""
    found = expand(BRIEF | {"matrix": matrix})
    return {label: brief.model_dump(mode="json", exclude_unset=True) for label, brief in found}


def test_a_brief_without_a_matrix_is_one_ad() -> None:
    """It has no label, as there is nothing to tell it from."""
    ((label, brief),) = expand(BRIEF)
    assert label == "" and brief.prompt == BRIEF["prompt"]


def test_every_axis_is_crossed_with_the_others() -> None:
    """Three shapes, two headlines and two calls are twelve ads, each with its words beside the brief's own fields."""
    found = ads(aspect_ratios=["9:16", "16:9", "1:1"], headlines=["One.", "Two."], calls_to_action=["Buy", "Try"])
    assert len(found) == 12
    ad = found["16:9 · headline 2 · call to action 1"]
    assert (ad["aspect_ratio"], ad["words"]) == ("16:9", {"headline": "Two.", "call_to_action": "Buy"})
    assert ad["brand_guidelines"] == BRIEF["brand_guidelines"]


def test_a_variant_changes_only_the_fields_it_names() -> None:
    """Its own label, words of the ad, a field of the brand with the others kept, and any other field."""
    found = ads(
        variants=[
            {"label": "bold", "headline": "Own it.", "brand_guidelines": {"tagline": "Now."}, "duration": 20},
            {"call_to_action": "Buy"},
        ],
        seeds=[1, 2],
    )
    assert list(found) == ["bold · seed 1", "bold · seed 2", "variant 2 · seed 1", "variant 2 · seed 2"]
    bold = found["bold · seed 2"]
    assert bold["brand_guidelines"] == {"name": "Aurum", "tagline": "Now."}
    assert (bold["duration"], bold["seed"], bold["words"]) == (20, 2, {"headline": "Own it."})


def test_shapes_without_quotes_in_yaml_are_understood() -> None:
    """YAML 1.1 turns 9:16 into 556."""
    data = yaml.safe_load("prompt: Create an ad for a watch\nmatrix: {aspect_ratios: [9:16, 16:9]}")
    assert [ad.brief.aspect_ratio for ad in expand(data)] == ["9:16", "16:9"]


@pytest.mark.parametrize(
    ("matrix", "field", "told"),
    [
        ({"ratios": ["1:1"]}, "matrix.ratios", "is not a field of a matrix; use one of: aspect_ratios"),
        ({"headlines": ["One.", "x" * 101]}, "matrix.headlines[2]", "101 characters"),
        ({"aspect_ratios": ["2:1"]}, "matrix.aspect_ratios[1]", "one ad in each shape"),
        ({"seeds": []}, "matrix.seeds", "whole numbers"),
        ({"variants": [{"duration": 20}, {"duration": 5}]}, "variant 2: duration", "15 to 60"),
        ({"variants": [{"colour": "red"}]}, "colour", "is not a field of a brief"),
        ({"variants": [{"duration": 20, "label": "x"}, {"duration": 20, "label": "y"}]}, "matrix", "the same as 'x'"),
        ({"variants": [{"label": "x" * 101}]}, "matrix.variants", "a label of more than 100 characters"),
        ({"variants": [{"label": "x\x00", "seed": 3}]}, "matrix.variants", "control character"),
        ({"seeds": [3, 3]}, "matrix", "the same as 'seed 3'"),
        ({"seeds": list(range(51)), "aspect_ratios": ["9:16", "1:1"]}, "matrix", "make it 100 at most"),
        ([], "matrix", "is a list"),
        (None, "matrix", "is empty"),
    ],
)
def test_a_bad_matrix_is_told_variant_and_field(matrix: Any, field: str, told: str) -> None:
    """Each broken rule with the variant it is in, its field, and the way out."""
    with pytest.raises(InvalidBrief) as caught:
        expand(BRIEF | {"matrix": matrix})
    assert field in [problem[0] for problem in caught.value.problems]
    assert told in caught.value.message


def test_what_is_wrong_in_all_variants_is_told_once() -> None:
    """A brief that breaks a rule is one problem, not one an ad."""
    with pytest.raises(InvalidBrief) as caught:
        expand({"prompt": "abc", "matrix": {"aspect_ratios": ["9:16", "1:1"], "seeds": [1, -2]}})
    told = [(field, value) for field, value, _ in caught.value.problems]
    assert told == [("prompt", "abc"), ("9:16 · seed -2: seed", -2), ("1:1 · seed -2: seed", -2)]


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_examples_are_batches(example: Path) -> None:
    """As they lie there, to be copied."""
    assert len(expand(yaml.safe_load(example.read_text()))) > 1
