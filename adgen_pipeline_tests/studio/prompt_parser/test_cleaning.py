"""Prompts made fit to read."""

import pytest

from adgen_pipeline.studio.prompt_parser.cleaning import clean, is_common


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LUXURY WATCH WITH LED LIGHT BY FRIDAY", "luxury watch with LED light by Friday"),
        ("Create A Luxury Watch Ad For Aurora Fans", "create a luxury watch ad for Aurora fans"),
        ("wireless headphnes and a lapotp", "wireless headphones and a laptop"),
        ("“smart”   quotes\u2014gone 🎉 #ad", '"smart" quotes\u2014gone'),
        ("a battle for the bottle", "a battle for the bottle"),
        ("no contract, sneekers and hnadmade sopas", "no contract, sneakers and handmade soaps"),
        ("🔥 new shoes 🔥 only 500 pairs 👟 friday", "new shoes, only 500 pairs, Friday"),
        ("CHRISTMAS MARKET IN YORK AND IN STOCK", "Christmas market in York and in stock"),
        ("smth for ppl, a lollipop from nyc in oct", "something for people, a lollipop from NYC in Oct"),
        ("our main message", "our main message"),
        ("Ad 4 my cafe, gr8 coffee n cake", "Ad for my cafe, great coffee and cake"),
    ],
)
def test_slips_and_shouting_are_mended(typed: str, meant: str) -> None:
    """Case, quotes, emoji and dropped letters are put right; real words stay, however near to a product's."""
    assert clean(typed) == meant


def test_the_brand_keeps_its_spelling() -> None:
    """However it is typed in the prompt."""
    assert clean("ad for AURORA shoes and aurora socks", "aurorA") == "ad for aurorA shoes and aurorA socks"


def test_common_words_are_no_names() -> None:
    """A capital at the start of a sentence says nothing about them."""
    assert is_common("Leather") and is_common("Waterproof") and not is_common("Nordhem") and not is_common("Friday")
