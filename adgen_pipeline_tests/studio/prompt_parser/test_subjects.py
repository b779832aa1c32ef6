"""Names at the beginning of sentences."""

import pytest

from adgen_pipeline.studio.prompt_parser.subjects import apposed_after_for, is_name, subject_of


@pytest.mark.parametrize(
    ("sentence", "name", "link"),
    [
        ("Ledgerly is a B2B SaaS", "Ledgerly", ""),
        ("Morning Post: a coffee subscription", "Morning Post", ""),
        ("Notely – the note-taking app", "Notely", ""),
        ("Velo, an electric city bike", "Velo", ""),
        ("Trackio closes the books", "Trackio", "that"),
        ("CableNest keeps every charger in one place", "CableNest", "that"),
        ("lumo makes refillable candles", "lumo", "we"),
        ("tidyup is a cleaning service", "tidyup", ""),
        ("Studio54 Fitness: boutique spin classes", "Studio54 Fitness", ""),
        ("Jazz in the Park: an open-air festival", "Jazz in the Park", ""),
    ],
)
def test_what_goes_on_as_of_a_name_is_one(sentence: str, name: str, link: str) -> None:
    """A verb, a colon, a dash or an apposition follows a name, coined or of common words, large or small."""
    subject = subject_of(sentence)
    assert subject and (subject.name, subject.link) == (name, link) and sentence.endswith(subject.rest)


@pytest.mark.parametrize(
    "sentence",
    [
        "Leather is a good friend",
        "Finally, a mattress that fits",
        "Honey is a gift",
        "Aurora shoes for your feet",
        "Video: a sunny day",
        "Friday is a good day",
        "Kayaks: rental boats for everyone",
        "Hotel Aurora - rooms with sea view",
    ],
)
def test_common_words_and_goods_name_nobody(sentence: str) -> None:
    """However the sentence goes on."""
    assert subject_of(sentence) is None


def test_behind_an_ad_for_a_capital_is_a_name() -> None:
    """ "An ad for Ledgerly, accounting software" needs no article."""
    subject = apposed_after_for("Ledgerly, accounting software")
    assert subject and (subject.name, subject.rest) == ("Ledgerly", "accounting software")
    assert apposed_after_for("students, cheap rooms") is None


def test_inner_capitals_and_endings_do_not_hide_a_name() -> None:
    """ "CableNest" ends like "best" and "Ledgerly" like "finally"."""
    assert is_name("CableNest") and is_name("Ledgerly") and not is_name("Finally") and not is_name("Commuters")
