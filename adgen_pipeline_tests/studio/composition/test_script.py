"""What is to be read, when, and as what."""

from typing import Any

import pytest

from adgen_pipeline.contracts.ad import ComposeRequest
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.captions import Cue
from adgen_pipeline.studio.composition.script import END_CARD_SECONDS, Title, family_of, leaving_with_scenes, script
from adgen_pipeline.studio.composition.timeline import Slot, Timeline


def overlay(text: str, start: float, duration: float, **more: Any) -> dict[str, Any]:
    """One text overlay."""
    return {"text": text, "start_time": start, "duration": duration, **more}


def titles(*overlays: dict[str, Any], logo: bool = False, cues: list[Cue] | None = None, **more: Any) -> list[Title]:
    """The script of a 10 s ad."""
    scene = {"video_url": "x", "start_time": 0, "end_time": 10}
    request = ComposeRequest.model_validate({"scenes": [scene], "text_overlays": list(overlays), **more})
    return script(request, 10.0, logo=logo, cues=cues or [])


def test_words_leave_with_their_scene() -> None:
    """What lasts until a change begins goes while it runs, at most 0.4 s; at a cut, or ended before, nothing moves."""
    plan = Timeline(10, 100, (Slot("1", 0, 36, "fade"), Slot("2", 30, 70, "cut"), Slot("3", 70, 100, "cut")))
    made = titles(overlay("A", 0.4, 2.6), overlay("B", 0.4, 1.5, position="top"), overlay("C", 4, 3))
    assert [title.end for title in leaving_with_scenes(made, plan)] == pytest.approx([3.4, 1.9, 7.0])


BRAND = {"name": "Aurum", "tagline": "Own your time.", "call_to_action": "Discover now"}


def test_without_a_button_there_is_an_end_card() -> None:
    """Name, line and button stand together over the last 3.5 s."""
    card = titles(overlay("Timeless", 0, 3), brand_guidelines=BRAND)[1:]
    assert [(t.kind, t.text) for t in card] == [
        ("brand", "Aurum"),
        ("caption", "Own your time."),
        ("button", "Discover now"),
    ]
    assert {(t.start, t.end) for t in card} == {(10 - END_CARD_SECONDS, 10.0)} and len({t.position for t in card}) == 1


def test_a_button_of_the_storyboard_is_the_end_card() -> None:
    """Where the storyboard has its own call to action, nothing is added."""
    made = titles(overlay("See more", 6, 4, role="call_to_action"), brand_guidelines=BRAND)
    assert [(t.kind, t.text) for t in made] == [("button", "See more")]


def test_the_logo_stands_above_the_brand() -> None:
    """It comes first in the column of the button, and stays as long."""
    made = titles(
        overlay("Timeless", 0, 3, position="top"),
        overlay("Aurum", 6, 4, style="brand"),
        overlay("See more", 6.5, 3.5, role="call_to_action"),
        logo=True,
    )
    assert [t.kind for t in made] == ["headline", "logo", "brand", "button"]
    assert (made[1].start, made[1].end, made[1].position) == (6, 10, "bottom")


def test_a_logo_alone_still_closes_the_ad() -> None:
    """Without words of a brand, the logo has the end to itself."""
    (only,) = titles(logo=True)
    assert (only.kind, only.end, only.position) == ("logo", 10, "center")


def test_a_short_caption_right_above_a_headline_is_its_eyebrow() -> None:
    """Above it is an eyebrow; below it, a caption."""
    made = titles(
        overlay("The new icon", 0, 3, role="caption"),
        overlay("Timeless", 0, 3),
        overlay("And more", 0, 3, role="caption"),
    )
    assert [t.kind for t in made] == ["eyebrow", "headline", "caption"]


def test_headlines_that_touch_hand_over() -> None:
    """A brief overlap at one place ends the first a moment earlier; a long one leaves both as they are."""
    first, second = titles(overlay("One", 0, 4.3), overlay("Two", 4, 3))
    assert (first.end, second.start) == (4, 4)
    first, second = titles(overlay("One", 0, 6), overlay("Two", 4, 3))
    assert first.end == 6 and first.meets(second)


def test_burned_captions_are_titles_too() -> None:
    """Cues become subtitles at the bottom, only where asked for."""
    cues = [Cue("Hello there.", 1, 2)]
    (subtitle,) = titles(cues=cues, captions="burned")
    assert (subtitle.kind, subtitle.text, subtitle.start, subtitle.end) == ("subtitle", "Hello there.", 1, 2)
    assert titles(cues=cues) == []


def test_words_nobody_would_see_are_errors() -> None:
    """An overlay after the end, or without a drawable character, is named."""
    with pytest.raises(RenderError, match=r"text overlay 2 \('Late'\) starts at 12.0 s, but the ad ends at 10.00 s"):
        titles(overlay("Timeless", 0, 3), overlay("Late", 12, 3))
    with pytest.raises(RenderError, match="text overlay 1"):
        titles(overlay("\U0010fffd", 0, 3))


def test_the_family_is_that_of_the_headlines_then_of_the_brand_then_of_the_music() -> None:
    """Each is asked only where the ones before tell nothing; where nobody tells, words are set quietly."""
    headline, brand, music = {"style": "sport style: loud"}, {"style": "retro"}, {"music": {"mood": "playful tune"}}

    def family(style: dict[str, str], **more: Any) -> str:
        scene = {"video_url": "x", "start_time": 0, "end_time": 10}
        shown = [overlay("Aside", 0, 3, role="caption", style="tech"), overlay("Go", 0, 3, **style)]
        return family_of(ComposeRequest.model_validate({"scenes": [scene], "text_overlays": shown, **more}))

    assert family(headline, brand_guidelines=brand, audio=music) == "sport"
    assert family({}, brand_guidelines=brand, audio=music) == "retro"
    assert family({}, audio=music) == "playful" and family({}) == "minimal"
