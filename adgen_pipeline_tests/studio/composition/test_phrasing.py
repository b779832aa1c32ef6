"""What is spoken is read in parts that can be taken in at a glance."""

from adgen_pipeline.studio.composition.phrasing import MOST_LETTERS, phrases, sentences


def test_sentences_end_where_they_end() -> None:
    """Not at the point of a number, and no word is lost."""
    text = "It weighs 1.5 kilograms. Really? Yes!  Come and see it."
    assert sentences(text) == ["It weighs 1.5 kilograms.", "Really?", "Yes!", "Come and see it."]


def test_commas_divide_before_words_do() -> None:
    """A long sentence is cut at its comma, its clauses evenly where they are too long themselves."""
    first, *rest = phrases(
        "Crafted for those who value every second, made by hand in a small workshop that stands high above the lake "
        "of Zug in the old town."
    )
    assert first == "Crafted for those who value every second,"
    assert len(rest) == 2 and all(30 < len(part) <= MOST_LETTERS for part in rest)


def test_no_part_is_a_mere_word() -> None:
    """A short last clause stays with the one before it, though the words are then divided evenly."""
    text = "The slowest and the quietest of all the quiet mornings in the house, now."
    assert min(len(part) for part in phrases(text)) > 20 and " ".join(phrases(text)) == text
