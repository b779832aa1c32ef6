"""Lines as they are spoken."""

import pytest

from adgen_pipeline.studio.prompt_parser.speech import as_sentence, speakable, spoken_seconds, spoken_words


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("$49", "49 dollars"),
        ("€1", "1 euro"),
        ("€1.299", "1,299 euros"),
        ("7,90 €", "7 euros 90"),
        ("$39.99", "39 dollars 99"),
        ("20% off", "20 per cent off"),
        ("Waterproof to 200 m", "Waterproof to 200 metres"),
        ("500 km range", "500 kilometre range"),
        ("200mg caffeine", "200 milligrams of caffeine"),
        ("9 dollars/month", "9 dollars a month"),
        ("45 km/h", "45 kilometres an hour"),
        ("ages 7-12", "ages 7 to 12"),
        ("Call 555-0123", "Call 555 0123"),
        ("from €245k", "from 245 thousand euros"),
        ("AED 185", "185 dirhams"),
        ("$89 (was $129)", "89 dollars, was 129 dollars"),
        ("-50% off", "50 per cent off"),
        ("pool + rooftop, incl. bath", "pool and rooftop, including bath"),
        ("Salt & Sea", "Salt and Sea"),
    ],
)
def test_numbers_and_signs_are_read_out(written: str, spoken: str) -> None:
    """Money, shares, units and signs become words a voice can say."""
    assert speakable(written) == spoken


def test_figures_take_their_time() -> None:
    """A long number counts as the words it is spoken in, and pauses between sentences count too."""
    assert spoken_words("1,299 dollars") == 7 and spoken_words("two words") == 2
    assert spoken_seconds("Sip. Pause. Repeat.") > spoken_seconds("Sip and pause repeat.") + 1


def test_a_sentence_has_its_capital_and_its_stop() -> None:
    """One stop, even where the line has its own."""
    assert as_sentence("look closer") == "Look closer." and as_sentence("Ready?") == "Ready?"
