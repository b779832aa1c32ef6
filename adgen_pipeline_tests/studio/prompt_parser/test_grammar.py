"""Number, articles and case."""

import pytest

from adgen_pipeline.studio.prompt_parser.grammar import is_plural, sentence_case, singular, with_article


@pytest.mark.parametrize(
    ("plural", "one"),
    [("watches", "watch"), ("cookies", "cookie"), ("batteries", "battery"), ("women", "woman"), ("glass", "glass")],
)
def test_singular(plural: str, one: str) -> None:
    """The form under which the vocabulary knows a noun."""
    assert singular(plural) == one and is_plural(plural) == (plural != one)


@pytest.mark.parametrize(
    "phrase",
    [
        "a luxury watch",
        "an SUV",
        "an hour",
        "a USB lamp",
        "a unique ring",
        "an Aurora shoe",
        "an LED lamp",
        "a European car",
    ],
)
def test_article_by_sound(phrase: str) -> None:
    """Acronyms are spelled, "hour" is silent, "unique" is not a vowel."""
    assert with_article(phrase.split(" ", 1)[1]) == phrase


def test_case() -> None:
    """Odd names keep theirs."""
    assert sentence_case("luxury watch") == "Luxury watch" and sentence_case("iPhone case") == "iPhone case"
