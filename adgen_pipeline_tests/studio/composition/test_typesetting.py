"""Lines are even, and everything fits."""

import pytest

from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.typesetting import Face, advance, drawable, fit

SERIF = Face("serif")
WORDS = "Crafted for those who value every second of it."


def test_lines_are_as_few_and_as_even_as_can_be() -> None:
    """No line is a lone last word: the shortest is not far from the longest, and no line fewer would do."""
    setting = fit(WORDS, SERIF, 60, 600, 900, 5)
    widths = [advance(line, SERIF, 60) for line in setting.lines]
    assert " ".join(setting.lines) == WORDS and setting.size == 60
    assert min(widths) > 0.6 * max(widths) and sum(widths) > (len(widths) - 1) * 600 * 0.9


@pytest.mark.parametrize("width", [500, 200, 80])
def test_words_shrink_until_they_fit(width: float) -> None:
    """Whatever the room, nothing is wider or higher than it, and no letter is lost."""
    setting = fit(WORDS, SERIF, 60, width, 140, 3)
    assert setting.width <= width and setting.height <= 140
    assert "".join(setting.lines).replace(" ", "") == WORDS.replace(" ", "")


def test_a_word_longer_than_the_zone_is_divided_at_last() -> None:
    """A word that would have to become unreadably small is broken across lines where syllables begin, with hyphens."""
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2
    setting = fit(word, SERIF, 60, 300, 400, 3)
    assert len(setting.lines) > 1 and setting.width <= 300
    assert "".join(line.removesuffix("-") for line in setting.lines) == word
    assert all(line.endswith("-") for line in setting.lines[:-1])
    assert fit("Donaudampfschifffahrt", SERIF, 60, 320, 400, 3).lines[0] == "Donaudampf-"


def test_line_breaks_of_the_writer_are_kept() -> None:
    """A newline in the copy is a line break on screen."""
    assert fit("Own\nyour time.", SERIF, 40, 900, 400, 3).lines == ("Own", "your time.")


def test_kerning_is_real() -> None:
    """AV stands closer than A and V apart: text goes through the shaper."""
    assert advance("AV", SERIF, 100) < advance("A", SERIF, 100) + advance("V", SERIF, 100) - 3


def test_accents_take_no_room() -> None:
    """Typed with the letter or after it, one or a hundred: in tight letters, each was taken for a letter's less."""
    tight = Face("serif", tracking=-0.02)
    assert advance("Cafe\u0301", tight, 100) == advance("Caf\u00e9", tight, 100)
    assert advance("a" + 100 * "\u0301", tight, 100) > 0


def test_characters_no_typeface_has_are_left_out() -> None:
    """A private-use character would be an empty box: it goes, and the words close up; other scripts stay."""
    assert drawable("Fresh \U0010fffd air") == "Fresh air" and drawable("Тихо, señor") == "Тихо, señor"
    assert drawable("Fresh \U0001f331\ufe0f air ☀, 20 °C™") == "Fresh air , 20 °C™"


def test_a_novel_is_refused() -> None:
    """Text that could not be read at any size is an error that shows its beginning."""
    with pytest.raises(RenderError, match=r"too many for their place.*word word"):
        fit("word " * 20_000, SERIF, 40, 300, 100, 3)
    with pytest.raises(RenderError, match="too many for their place"):
        fit("word " * 250, SERIF, 40, 60, 40, 3)
