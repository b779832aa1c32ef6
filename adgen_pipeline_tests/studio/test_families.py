"""The families of style, as words carry them."""

import pytest

from adgen_pipeline.studio.families import FAMILIES, family_in


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_found_by_its_own_name(family: str) -> None:
    """The parser's way to say it, whatever other words follow."""
    others = " ".join(FAMILIES)
    assert family_in(f"{family} style: {others}") == family


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Sleek and futuristic", "tech"),
        ("an eco-friendly, natural look", "organic"),
        ("80s disco", "retro"),
        ("understated elegance", "minimal"),
        ("loud, bold type", "sport"),
        ("bouncy and colourful", "playful"),
        ("shot on film", None),
        ("", None),
    ],
)
def test_other_words_for_a_family_are_understood(text: str, family: str | None) -> None:
    """A parser that knows nothing of the studio says it in words of its own."""
    assert family_in(text) == family


def test_the_first_text_that_tells_decides() -> None:
    """What is missing or says nothing leaves it to the next."""
    assert family_in(None, "quite so", "retro", "sport") == "retro"
