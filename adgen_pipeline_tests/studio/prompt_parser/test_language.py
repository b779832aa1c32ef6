"""Briefs in other languages: told apart, shown in their own words, and never mixed with English."""

import pytest

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.contracts.storyboard import ParseResult
from adgen_pipeline.studio.prompt_parser.language import language_of
from adgen_pipeline_tests.copy_tracing.report import plan, shown_in
from adgen_pipeline_tests.studio.prompt_parser.briefs import BRIEFS


@pytest.mark.parametrize(
    ("code", "prompt"),
    [
        ("de", "Werbung für unsere neue Kaffeemaschine"),
        ("de", "Handgemachte Seife aus Bayern, 20 % Rabatt bis Sonntag"),
        ("fr", "Une publicité pour notre parfum Nuit Claire"),
        ("es", "Anuncio para zapatillas de correr ligeras"),
        ("it", "Borsa in pelle fatta a mano a Firenze"),
        ("pt", "Anúncio para tênis de corrida"),
        ("nl", "Reclame voor onze nieuwe elektrische fiets"),
        ("pl", "Reklama nowej kawy dla zapracowanych rodziców"),
        ("sv", "Reklamfilm för våra nya löparskor"),
        ("tr", "Yeni kahvemiz için bir reklam"),
        ("ru", "Видео о новых мужских часах, элегантных и недорогих"),
        ("ja", "新しい腕時計の広告"),
    ],
)
def test_languages_are_told_apart(code: str, prompt: str) -> None:
    """From a few words, with or without the letters only they have."""
    assert language_of(prompt).code == code


def test_english_is_taken_for_english() -> None:
    """In all the briefs of these tests: with names of other languages, slips, shouting, or adjectives alone."""
    names = ("Trattoria Luigi", "Café Luna, croissants and coffee", "Nike Air Max", "a gelato shop called Dolce Vita")
    assert {language_of(prompt).code for prompt in (*BRIEFS, *names, "$$$ %%% 42")} == {"en"}


GERMAN = "Werbung für unsere neue Kaffeemaschine. Leise, schnell, 299 €. Jetzt testen!"


def spoken(result: ParseResult) -> list[str]:
    return [segment.text for segment in result.audio.voiceover.segments] if result.audio.voiceover else []


def test_a_foreign_brief_is_shown_in_its_own_words() -> None:
    """Its phrases, without the order to make an ad, and no word that it does not say; nothing is spoken."""
    result = plan(GERMAN)
    assert [overlay.text for overlay in result.text_overlays] == [
        "Neue Kaffeemaschine.", "Leise.", "Schnell.", "Neue Kaffeemaschine", "299 €", "Jetzt testen",
    ]  # fmt: skip
    assert not spoken(result) and not any(scene.narration for scene in result.scenes)
    assert result.visual_direction.product_category == "coffee"
    assert "German" in result.notes[0] and "no voice-over" in result.notes[0]


def test_the_brands_own_lines_close_a_foreign_ad() -> None:
    """They are shown as given, in whatever language they are."""
    brand = BrandGuidelines(name="Röstwerk", tagline="Langsam gut", call_to_action="Jetzt probieren")
    shown = shown_in(plan(GERMAN, brand_guidelines=brand))
    assert shown[-4:] == ["Röstwerk", "Langsam gut", "299 €", "Jetzt probieren"]


@pytest.mark.parametrize("prompt", ["Реклама часов для мужчин, скидка 20%", "Reklamfilm för våra nya löparskor"])
def test_a_language_whose_orders_are_not_known_is_not_shown(prompt: str) -> None:
    """Better no words than the order to make an ad: the brand's name alone, and a note that says so."""
    assert shown_in(plan(prompt)) == []
    named = plan(prompt, brand_guidelines=BrandGuidelines(name="Nord"))
    assert shown_in(named) == ["Nord"] and "no voice-over" in named.notes[0]


def test_an_order_in_a_bent_case_is_left_out() -> None:
    """ "Unseren neuen Kaffee" would stand on the screen in the wrong case."""
    assert shown_in(plan("Ein Werbespot für unseren neuen Kaffee. Frisch geröstet.")) == [
        "Frisch geröstet.",
        "Frisch geröstet",
    ]


def test_what_is_free_and_what_to_do_close_a_foreign_ad() -> None:
    """An offer stands there with its condition, however long; how long the ad is to be is no word of it."""
    spanish = shown_in(
        plan("Anuncio para gimnasio en Madrid, primer mes gratis si te apuntas antes del 30 de septiembre")
    )
    assert spanish[-1] == "Primer mes gratis si te apuntas antes del 30 de septiembre"
    german = plan("Werbevideo für unsere Zahnarztpraxis in Köln: moderne Behandlung, Termin online buchen")
    assert german.text_overlays[-1].role == "call_to_action" and german.text_overlays[-1].text == "Termin online buchen"
    assert german.visual_direction.product_category == "service"
    assert shown_in(plan("Une pub de 20 secondes pour notre fromagerie à Lyon"))[0].startswith("Fromagerie à Lyon")
