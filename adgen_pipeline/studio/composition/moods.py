"""How each mood sounds: its harmony, its instruments, its rhythm."""

from dataclasses import dataclass

from adgen_pipeline.studio.composition import instruments as play
from adgen_pipeline.studio.composition.instruments import Instrument

Chord = tuple[int, ...]
"""Semitones over the root, the bass first."""


@dataclass(frozen=True)
class Mood:
    """A way to play. `root` is a MIDI note; `figure` names, by eighth, which chord tone the lead plays (None: rests).

    A rhythm is one bar of 16 steps: x is a stroke, o a soft one. `levels` are pad, lead, bass and drums.
    """

    words: tuple[str, ...]
    root: int
    chords: tuple[Chord, ...]
    pad: Instrument
    lead: Instrument
    bass: Instrument
    figure: tuple[int | None, ...]
    drums: tuple[tuple[Instrument, str], ...]
    bass_steps: str = "x..............."
    levels: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    room: float = 0.25


_MINOR_NINTH = ((0, 7, 12, 15, 19, 22), (-4, 3, 8, 12, 15, 19), (-9, -2, 3, 10, 15, 19), (-2, 5, 10, 14, 17, 22))
_BRIGHT = ((0, 7, 12, 16, 19, 24), (-5, 2, 7, 11, 14, 19), (-3, 4, 9, 12, 16, 21), (-7, 0, 5, 9, 12, 17))
_OPEN = ((0, 7, 12, 14, 19, 24), (-7, 0, 5, 9, 12, 16), (-3, 4, 9, 12, 16, 19), (-5, 2, 7, 12, 14, 19))
_DRIVING = ((0, 7, 12, 15, 19, 24), (-4, 3, 8, 12, 15, 20), (-9, 3, 7, 10, 15, 19), (-2, 5, 10, 14, 17, 22))
_FLOATING = ((0, 7, 14, 16, 19, 23), (-7, 0, 9, 12, 16, 19), (0, 7, 14, 16, 19, 23), (-5, 2, 11, 14, 17, 21))
_DORIAN = ((0, 7, 10, 15, 17, 22), (5, 9, 12, 15, 19, 24), (0, 7, 10, 15, 17, 22), (-2, 5, 10, 14, 17, 21))
_FOLK = ((0, 7, 12, 16, 19, 24), (-3, 4, 9, 12, 16, 19), (-7, 0, 5, 9, 12, 17), (-5, 2, 7, 11, 14, 19))
_HEROIC = ((0, 7, 12, 15, 19, 24), (-4, 3, 8, 12, 15, 20), (3, 10, 15, 19, 22, 27), (-2, 5, 10, 14, 17, 22))

MOODS: dict[str, Mood] = {
    "elegant": Mood(
        ("elegan", "luxur", "sophisticat", "refined", "premium", "timeless", "sensual", "romantic", "glamor"),
        57, _MINOR_NINTH, play.strings, play.bells, play.deep_bass, (0, 2, 3, 4, 5, 4, 3, 2),
        ((play.soft_kick, "x.......x......."), (play.hat, "..o...o...o...o.")), levels=(1.0, 0.8, 0.8, 0.7), room=0.38,
    ),
    "energetic": Mood(
        ("energ", "dynamic", "sport", "power", "upbeat", "exciting", "bold", "intense", "urban", "driving"),
        57, _DRIVING, play.synth_pad, play.lead, play.synth_bass, (2, None, 3, 2, None, 4, None, 3),
        ((play.kick, "x...x...x...x..."), (play.snare, "....x.......x..o"), (play.hat, "o.x.o.x.o.x.o.xo")),
        "x.xx..x.x.xx..x.", (0.7, 0.8, 0.95, 1.0), 0.12,
    ),
    "playful": Mood(
        ("playful", "fun", "happy", "cheerful", "joy", "quirky", "kids", "whimsical", "friendly", "bright"),
        60, _BRIGHT, play.guitar, play.marimba, play.deep_bass, (2, 4, 3, None, 5, 3, None, 4),
        ((play.kick, "x.....x.x......."), (play.snap, "....x.......x..."), (play.shaker, "o.x.o.x.o.x.o.x.")),
        "x.....x.x.....x.", (0.7, 1.0, 0.8, 0.85), 0.16,
    ),
    "calm": Mood(
        ("calm", "peace", "relax", "soft", "gentle", "serene", "sooth", "spa", "ambient", "tender", "dream"),
        55, _FLOATING, play.choir, play.piano, play.deep_bass, (1, None, 3, None, 4, None, 2, None),
        (), "x...............", (1.0, 0.9, 0.6, 0.0), 0.45,
    ),
    "tech": Mood(
        ("tech", "futur", "digital", "innovat", "electronic", "cyber", "sleek", "modern", "minimal"),
        56, _DORIAN, play.synth_pad, play.pluck, play.synth_bass, (0, 3, 1, 4, 2, 5, 1, 3),
        ((play.kick, "x.....x...x....."), (play.snap, "....x.......x..."), (play.hat, "x.oxx.oxx.oxx.ox")),
        "x..x....x..x..x.", (0.8, 0.9, 0.85, 0.8), 0.22,
    ),
    "organic": Mood(
        ("organic", "natur", "warm", "acoustic", "fresh", "eco", "earth", "cosy", "cozy", "rustic", "authentic"),
        55, _FOLK, play.strings, play.guitar, play.deep_bass, (0, 2, 3, 4, 2, 5, 3, 4),
        ((play.soft_kick, "x.......x......."), (play.shaker, "o.x.o.x.o.x.o.x."), (play.snap, "............x...")),
        "x.......x.......", (0.45, 1.1, 0.8, 0.8), 0.20,
    ),
    "cinematic": Mood(
        ("cinematic", "epic", "dramatic", "inspir", "heroic", "emotional", "uplift", "motivat", "adventur", "myster"),
        50, _HEROIC, play.strings, play.piano, play.deep_bass, (0, 3, 2, 3, 4, 3, 2, 3),
        ((play.kick, "x.........x....."), (play.soft_kick, "x.x...x.x...x.x.")),
        "x.......x.......", (1.0, 0.9, 0.9, 0.9), 0.40,
    ),
    "neutral": Mood(
        ("neutral", "corporate", "business", "positive", "optimistic", "confident", "professional"),
        57, _OPEN, play.synth_pad, play.piano, play.deep_bass, (2, None, 3, 4, None, 3, 2, None),
        ((play.kick, "x.......x......."), (play.snap, "....x.......x..."), (play.shaker, "..o...o...o...o.")),
        "x.....x.x.......", (0.9, 1.0, 0.8, 0.7), 0.25,
    ),
}  # fmt: skip
"""By name; `words` are the stems of other words for the same mood."""


def mood_of(description: str) -> Mood:
    """The mood that the first telling word of `description` names; "neutral" if none of its words is known."""
    text = description.lower()
    found = [(text.find(stem), mood) for mood in MOODS.values() for stem in mood.words if stem in text]
    return min(found, key=lambda hit: hit[0])[1] if found else MOODS["neutral"]
