"""Which story a brief calls for, and how it is told."""

import pytest

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.studio.prompt_parser.reading import read
from adgen_pipeline.studio.prompt_parser.stories import Framework, framework_of, plan_story
from adgen_pipeline.studio.prompt_parser.turns import change_in, problem_in


@pytest.mark.parametrize(
    ("prompt", "framework"),
    [
        ("Create a luxury watch ad", "aida"),
        ("A luxury watch, elegant, $9,000", "aida"),
        ("Tired of messy cables? CableNest keeps them in one place. From $19.", "problem_solution"),
        ("Stop wasting time on spreadsheets. Switch to Planit, the project tool for small teams.", "problem_solution"),
        ("A cleaning service that takes your home from messy to tidy in two hours", "before_after"),
        ("Teeth whitening strips, before/after", "before_after"),
        ("Our app turns messy notes into clear minutes", "before_after"),
        ("Black Friday: 30% off everything at Skyline Audio", "offer_first"),
        ("Running shoe, $129", "offer_first"),
        ("A calm spa, first visit free until Sunday", "offer_first"),
        ("Flights from London to Paris", "aida"),
    ],
)
def test_the_brief_chooses_its_story(prompt: str, framework: Framework) -> None:
    """A change it tells, a problem it names, an offer it makes; a price alone does not open a quiet ad."""
    assert framework_of(read(prompt, BrandGuidelines())) == framework


def test_each_story_has_an_order_of_its_own() -> None:
    """Proof backs a solution up at once and comes after desire in AIDA; a change ends right behind the product."""
    told = read("A watch, light, flat, quiet. Rated 4.8 by 900 customers", BrandGuidelines())
    parts = {name: [part.tells for part in plan_story(name, told, 45)] for name in ("aida", "problem_solution")}
    assert parts["aida"].index("proof") > parts["problem_solution"].index("proof")
    change = [part.tells for part in plan_story("before_after", told, 30)]
    assert change[:3] == ["before", "product", "after"]


@pytest.mark.parametrize(
    ("duration", "scenes"), [(10, 3), (15, 4), (21, 4), (29, 4), (30, 5), (40, 6), (45, 7), (54, 8), (60, 8)]
)
def test_longer_ads_have_more_scenes(duration: int, scenes: int) -> None:
    """Proof, where there is some, among them; half a minute of five clips at usual prices costs less than $2."""
    plain = read("A watch", BrandGuidelines())
    rich = read("A watch, light, flat, quiet, $99, $120. Rated 4.8 by 900 customers", BrandGuidelines())
    for told in (plain, rich):
        assert len(plan_story("aida", told, duration)) == scenes
    assert (duration > 12) == any(part.tells == "proof" for part in plan_story("aida", rich, duration))


def test_a_brief_that_says_little_leaves_the_picture_alone_early() -> None:
    """A scene without words stands where a benefit would be an empty line; a feature takes its place in short ads."""
    briefs = (("A watch", 15), ("A watch, quiet as snow", 15), ("A watch", 30), ("A watch, flat, quiet as snow", 30))
    told = [
        [part.tells for part in plan_story("aida", read(brief, BrandGuidelines()), seconds)][2:-1]
        for brief, seconds in briefs
    ]
    assert told == [["glimpse"], ["benefit"], ["benefit", "glimpse"], ["benefit", "benefit"]]
    assert not read("A pizza place, two for one every Friday", BrandGuidelines()).features, "that is the offer"


@pytest.mark.parametrize(
    ("text", "before", "after", "within"),
    [
        ("takes desks from messy to tidy in ten minutes", "messy", "tidy", "in ten minutes"),
        ("turns old denim into new bags", "old denim", "new bags", ""),
        ("Before: tired skin. After: rested skin.", "tired skin", "rested skin", ""),
    ],
)
def test_a_change_is_read_in_its_own_words(text: str, before: str, after: str, within: str) -> None:
    """What was, what is then, and how soon."""
    change = change_in(text)
    assert change and change[:3] == (before, after, within)


@pytest.mark.parametrize(
    "text",
    [
        "open from Monday to Friday",
        "from door to door",
        "from 9 to 5",
        "trains from Leeds to York",
        "from day to night",
    ],
)
def test_a_way_is_no_change(text: str) -> None:
    """Hours, places and idioms open no story."""
    assert change_in(text) is None


def test_a_problem_is_a_sentence_of_the_brief() -> None:
    """One that begins with the trouble; an order to the maker of the ad is none."""
    assert problem_in("Stop wasting time on spreadsheets. Switch to Planit.") == "Stop wasting time on spreadsheets"
    assert problem_in("No music. No faces.") is None
