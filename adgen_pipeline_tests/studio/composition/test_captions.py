"""Captions in step with the voice."""

import numpy as np

from adgen_pipeline.studio.composition.captions import MOST_LETTERS, cues, webvtt
from adgen_pipeline.studio.composition.voice import Spoken


def said(text: str, start: float, seconds: float) -> Spoken:
    """A segment of so many seconds."""
    return Spoken(text, start, np.zeros(round(seconds * 48_000), np.float32))


def test_a_segment_is_a_cue() -> None:
    """A short one is shown from its first sound to its last."""
    (cue,) = cues([said("Timeless elegance.", 1.5, 2)])
    assert (cue.text, cue.start, cue.end) == ("Timeless elegance.", 1.5, 3.5)


def test_a_long_segment_is_divided() -> None:
    """In parts that can be read, without a gap, by the length of their words."""
    text = "Crafted for those who value every second, made by hand in a small workshop high above the lake of Zug."
    shown = cues([said(text, 2, 8)])
    assert " ".join(cue.text for cue in shown) == text and all(len(cue.text) <= MOST_LETTERS for cue in shown)
    assert len(shown) == 2 and shown[0].end == shown[1].start and shown[-1].end == 10
    assert min(len(cue.text) for cue in shown) > 35


def test_the_file_is_webvtt() -> None:
    """Header, clock, and no markup of the words' own."""
    text = webvtt(cues([said("Salt & <pepper>", 61.5, 1)]))
    assert text == "WEBVTT\n\n00:01:01.500 --> 00:01:02.500\nSalt &amp; &lt;pepper&gt;\n"
