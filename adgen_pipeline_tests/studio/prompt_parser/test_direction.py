"""Palette and music."""

from random import Random

import pytest

from adgen_pipeline.contracts.brief import BrandGuidelines
from adgen_pipeline.studio.drawing.palette import is_light
from adgen_pipeline.studio.families import family_in
from adgen_pipeline.studio.prompt_parser.direction import colour_names, music, palette, visual_direction
from adgen_pipeline.studio.prompt_parser.reading import read
from adgen_pipeline.studio.prompt_parser.tones import TONES, Tone


def colours(prompt: str, **given: str) -> list[str]:
    brand = BrandGuidelines.model_validate(given)
    return palette(read(prompt, brand), brand)


def test_the_brands_colours_come_first() -> None:
    """Both as given; one alone gets a dark ground of its own hue; a second alone is the ground."""
    assert colours("A watch ad", primary_color="#112233", secondary_color="#ffffff") == ["#112233", "#ffffff"]
    assert colours("A watch ad", primary_color="#C80000") == ["#C80000", "#180000"]
    assert colours("A watch ad", secondary_color="#010203")[1] == "#010203"


def test_a_light_ground_is_lit_brightly() -> None:
    """A brand on white is not set in dark light, whatever the tone likes; on navy it is."""
    for seed in range(6):
        for ground, bright in (("#FFFFFF", True), ("#0A0F24", False)):
            brand = BrandGuidelines(primary_color="#6F4E37", secondary_color=ground)
            light = visual_direction(read("A sleek AI app", brand), brand, Random(seed)).lighting or ""
            assert ("bright" in light) == bright


@pytest.mark.parametrize(
    ("prompt", "light"),
    [
        ("Friendly ad for our dental practice", True),
        ("Our online course: ten minutes a day", True),
        ("A clear, bright ad for an insurance broker", True),
        ("Employment lawyers in York", False),
        ("A dark, moody ad for our physio clinic", False),
    ],
)
def test_care_is_shown_in_the_light(prompt: str, light: bool) -> None:
    """Clinics and courses, and services whose brief is bright; a brief that wants the dark is given it."""
    direction = visual_direction(read(prompt, BrandGuidelines()), BrandGuidelines(), Random(1))
    assert is_light(direction.palette) == light and ("bright" in (direction.lighting or "")) == light


def test_else_the_briefs_words_then_the_product_and_the_tone() -> None:
    """Named colours lead; otherwise a watch is gold, and a playful one is not."""
    assert colours("A watch ad in navy and coral") == ["#FF6F59", "#12213F"]
    assert colours("A luxury watch ad")[0] == "#C9A227"
    assert colours("A fun, playful, silly watch ad")[0] != "#C9A227"


@pytest.mark.parametrize(
    ("prompt", "slow"), [("Elegant luxury watch", True), ("Energetic running shoe, sporty", False)]
)
def test_tempo_follows_the_tone(prompt: str, slow: bool) -> None:
    """Elegant is slow, energetic is fast, and both make way for the voice."""
    found = music(read(prompt, BrandGuidelines()))
    assert (found.tempo < 90) == slow and found.ducking


@pytest.mark.parametrize("tone", TONES.values(), ids=TONES)
def test_a_tone_looks_and_sounds_as_one_family(tone: Tone) -> None:
    """The name of its family leads the style, and the music's mood is understood as the same family."""
    words = f"{sorted(tone.words)[0]} " * 3
    brief = BrandGuidelines(style=words[:100])
    reading = read("A watch for people", brief)
    assert reading.tone is tone
    direction, sound = visual_direction(reading, brief, Random(1)), music(reading)
    assert (direction.style or "").startswith(f"{tone.family} style: ")
    assert family_in(direction.style) == family_in(sound.mood) == tone.family


def test_a_grand_brief_is_given_grand_music() -> None:
    """ "Cinematic" is heard as well as seen."""
    assert music(read("A cinematic car ad", BrandGuidelines())).mood.startswith("cinematic")


def test_colours_have_names() -> None:
    """For prompts that are read by models, not by machines."""
    assert colour_names(["#C9A227", "#000000", "#050505"]) == ["gold", "near black"]
