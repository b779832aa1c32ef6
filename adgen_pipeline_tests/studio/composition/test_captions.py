"""Captions in step with the voice."""

import numpy as np

from adgen_pipeline.studio.composition.captions import cues, webvtt
from adgen_pipeline.studio.composition.voice import Phrase, Spoken


def said(start: float, *phrases: Phrase) -> Spoken:
    """A segment of these phrases."""
    text = " ".join(phrase.text for phrase in phrases)
    return Spoken(text, start, np.zeros(round(phrases[-1].end * 48_000), np.float32), phrases)


def test_a_phrase_is_a_cue() -> None:
    """Shown from its first sound to its last, in seconds of the ad."""
    shown = cues([said(1.5, Phrase("Timeless.", 0, 0.75), Phrase("Own your time.", 1.25, 2))])
    assert [(cue.text, cue.start, cue.end) for cue in shown] == [
        ("Timeless.", 1.5, 2.25),
        ("Own your time.", 2.75, 3.5),
    ]


def test_the_file_is_webvtt() -> None:
    """Header, clock, and no markup of the words' own."""
    text = webvtt(cues([said(61.5, Phrase("Salt & <pepper>", 0, 1))]))
    assert text == "WEBVTT\n\n00:01:01.500 --> 00:01:02.500\nSalt &amp; &lt;pepper&gt;\n"
