"""The shipped faces."""

import pytest

from adgen_pipeline.studio.drawing.paint import TYPEFACES, font, typeface


@pytest.mark.parametrize("name", TYPEFACES)
def test_every_face_has_letters_of_western_europe(name: str) -> None:
    """Each file is there and draws accents, digits and a per cent sign of its own."""
    assert all(typeface(name).unicharToGlyph(ord(letter)) for letter in "AzÄéñß09%€–’")


def test_variable_fonts_lie_where_the_table_says() -> None:
    """One file, several faces: on the weight's axis, bolder stems are wider; off any axis a face has none."""
    weights = {name: _axes(name)["wght"] for name in ("tech", "tech-text", "playful", "organic")}
    assert weights == {"tech": 560, "tech-text": 430, "playful": 650, "organic": 420}
    assert _stem("playful") > 1.1 * _stem("playful-text") and _stem("tech") > 1.05 * _stem("tech-text")
    assert _axes("organic")["SOFT"] == 100 and _axes("sport") == {}


def _axes(name: str) -> dict[str, float]:
    """The face's place on its axes, by OpenType tag."""
    place = typeface(name).getVariationDesignPosition()
    return {axis.axis.to_bytes(4, "big").decode(): axis.value for axis in place}


def _stem(name: str) -> float:
    """Width of the letter l."""
    made = font(name, 1000)
    return float(made.getBounds([made.unicharToGlyph(ord("l"))])[0].width())
