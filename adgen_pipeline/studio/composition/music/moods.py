"""How each mood sounds: its harmony, who plays what, how its scenes change."""

from dataclasses import dataclass
from typing import Literal

from adgen_pipeline.studio.composition.music import drums as hit
from adgen_pipeline.studio.composition.music import instruments as play
from adgen_pipeline.studio.composition.music.harmony import Chord, chords
from adgen_pipeline.studio.composition.music.instruments import Instrument
from adgen_pipeline.studio.families import Family, family_in

Role = Literal["chords", "figure", "bass", "drum"]


@dataclass(frozen=True)
class Part:
    """One player. `level` is in dB of loudness; it plays where the scene's strength (0 to 1) is `enters` or more.

    `steps` are bars of 16 steps, of which the seed picks one line: x, o and - are strokes, hard to soft; in a figure
    a digit is the tone of the chord counted from `around` (a MIDI note); in a bass 0, 5 and 8 are root, fifth, octave.
    A note lasts until the next one begins, by the share `gate`. `room` is how much of it the hall answers.
    """

    role: Role
    player: Instrument
    level: float
    steps: tuple[str, ...]
    around: int = 60
    enters: float = 0.0
    gate: float = 1.0
    pan: float = 0.0
    room: float = 0.25


@dataclass(frozen=True)
class Mood:
    """A way to play. `home` is the MIDI note of the key before the seed moves it; `ending` the last chord.

    `leading` swells into a change of scene, `landing` falls on it (dB beside each). `swing` delays every second
    sixteenth by that share of one, `loose` is how far strokes stray (seconds), `pump` how deep the bass drum presses
    the rest, `drive` how hot the tape is, `hall` the seconds its room rings,
    `ring` those that the last chord is given at least.
    """

    words: tuple[str, ...]
    home: int
    progressions: tuple[tuple[Chord, ...], ...]
    ending: Chord
    parts: tuple[Part, ...]
    leading: tuple[Instrument, float]
    landing: tuple[Instrument, float]
    fill: tuple[Instrument, str] | None = None
    opening: float = 0.3
    swing: float = 0.0
    loose: float = 0.005
    pump: float = 0.0
    drive: float = 0.6
    hall: float = 1.6
    ring: float = 2.0


def _of(*texts: str) -> tuple[tuple[Chord, ...], ...]:
    return tuple(chords(text) for text in texts)


def _drum(
    player: Instrument, level: float, *steps: str, enters: float = 0.5, pan: float = 0.0, room: float = 0.08
) -> Part:
    return Part("drum", player, level, steps, enters=enters, pan=pan, room=room)


MOODS: dict[str, Mood] = {
    "elegant": Mood(
        ("minimal", "elegan", "luxur", "sophisticat", "refined", "premium", "timeless", "sensual", "romantic",
         "glamor"),
        57, _of("0m9 8:maj9 3:maj9 10:add9", "0m9 5:m9 8:maj9 7:m7"), chords("0madd9")[0],
        (
            Part("chords", play.strings, -11, ("x...............",), 64, 0.0, room=0.45),
            Part(
                "figure", play.piano, -5, ("0...2...4...3...", "2.....3.4.......", "4...3...2...0..."),
                69, 0.0, pan=-0.15, room=0.4,
            ),
            Part("figure", play.celesta, -14, ("......5.......7.", "..4.......6....."), 76, 0.6, pan=0.45, room=0.55),
            Part("figure", play.pizzicato, -12, ("0.2.3.2.0.2.3.2.",), 60, 0.55, pan=0.3, room=0.35),
            Part("bass", play.upright_bass, -7, ("0.......5.......", "0..............."), 36, 0.4, room=0.15),
            _drum(hit.soft_kick, -12, "x.........o.....", enters=0.55, room=0.25),
            _drum(hit.brush, -19, "o...x...o...x...", "o...x..oo...x...", enters=0.55, pan=0.2, room=0.3),
        ),
        (hit.swell, -22), (hit.boom, -10), opening=0.3, loose=0.009, drive=0.4, hall=2.6, ring=2.4,
    ),
    "playful": Mood(
        ("playful", "fun", "happy", "cheerful", "joy", "quirky", "kids", "whimsical", "friendly", "bright"),
        60, _of("0add9 9m7 5add9 7", "0add9 4m7 5add9 7:sus4"), chords("06")[0],
        (
            Part(
                "figure", play.marimba, -4, ("2.4.3..05.3..4..", "0.2.4..35.4..2..", "4..32.0.4..32.5."),
                72, 0.0, pan=-0.2, room=0.18,
            ),
            Part("chords", play.pizzicato, -9, ("..x...x...x...x.",), 64, 0.0, 0.5, 0.35, 0.2),
            Part(
                "figure", play.glockenspiel, -13, ("4.......5..7....", "......7.....4..."),
                84, 0.7, pan=0.4, room=0.35,
            ),
            Part("chords", play.guitar, -11, ("x..x..x.x..x..x.",), 64, 0.55, 0.6, -0.45, 0.2),
            Part("bass", play.upright_bass, -4, ("0.....5.0...5.8.", "0...5...0...5..."), 36, 0.3, 0.7, room=0.08),
            _drum(hit.tape_kick, -8, "x.....x.x.......", "x.......x..x....", enters=0.45),
            _drum(hit.snap, -8, "....x.......x...", enters=0.3, room=0.2),
            _drum(hit.clap, -13, "....x.......x..o", enters=0.8, room=0.2),
            _drum(hit.shaker, -18, "o-x-o-x-o-x-o-x-", enters=0.5, pan=-0.4),
        ),
        (hit.rattle, -19), (hit.tambourine, -12), (hit.rim, "x.xx"), 0.35, 0.18, 0.006, drive=0.5, hall=0.9, ring=1.2,
    ),
    "tech": Mood(
        ("tech", "futur", "digital", "innovat", "electronic", "cyber", "sleek", "modern", "glitch"),
        56, _of("0m9 3:maj7 10:add9 5:add9", "0m7 8:maj7 3:maj7 10:sus2"), chords("0m9")[0],
        (
            Part(
                "figure", play.synth_pluck, -6, ("0.3.2.4.0.3.5.2.", "0..3..4.0..3..5.", "2.4.0.3.2.5.0.3."),
                68, 0.0, pan=-0.15, room=0.3,
            ),
            Part("chords", play.warm_pad, -14, ("x...............",), 63, 0.0, room=0.35),
            Part("figure", play.pulse, -13, ("0202030302020505", "0303020204040202"), 80, 0.6, pan=0.4, room=0.2),
            Part("figure", play.sub_bell, -15, ("5...............", "........4......."), 80, 0.3, pan=0.3, room=0.6),
            Part("bass", play.saw_bass, -6, ("0..0..0.0..0..8.", "0.0.0.000.0.0.80"), 32, 0.4, 0.8, room=0.02),
            _drum(hit.kick, -4, "x.....x...x.....", "x...x...x...x...", enters=0.45, room=0.02),
            _drum(hit.clap, -9, "....x.......x...", enters=0.6, room=0.15),
            _drum(hit.tick, -16, "x.oxx.oxx.oxx.ox", "xoxoxoxoxoxoxoxx", enters=0.3, pan=0.3, room=0.05),
            _drum(hit.open_hat, -18, "..x...x...x...x.", enters=0.9),
        ),
        (hit.riser, -18), (hit.impact, -12), (hit.tick, "xxxx"), 0.35, 0.0, 0.0015, 0.35, 0.9, 1.5,
    ),
    "organic": Mood(
        ("organic", "natur", "acoustic", "fresh", "eco", "earth", "rustic", "authentic", "folk"),
        55, _of("0add9 5:maj7 9m7 7:sus4", "0add9 9m7 5add9 0add9", "9m7 5:maj7 0add9 7"), chords("0add9")[0],
        (
            Part(
                "figure", play.guitar, -5, ("0.2.3.2.4.2.3.2.", "0.3.2.4.3.2.4.2.", "0..23.2.0..24.3."),
                57, 0.0, pan=-0.3, room=0.2,
            ),
            Part("figure", play.kalimba, -11, ("4.....5...3.....", "....4.....5.3..."), 76, 0.45, pan=0.35, room=0.35),
            Part("chords", play.strings, -16, ("x...............",), 67, 0.7, room=0.45),
            Part("chords", play.guitar, -13, ("x.....x.x.....x.",), 62, 0.6, 0.8, 0.5, 0.2),
            Part("bass", play.upright_bass, -6, ("0.......0.....5.", "0.....5.0......."), 36, 0.4, 0.9, room=0.08),
            _drum(hit.soft_kick, -10, "x.......x.......", "x.....o.x.......", enters=0.55),
            _drum(hit.shaker, -20, "o-x-o-x-o-x-o-x-", enters=0.5, pan=0.4),
            _drum(hit.rim, -19, "....x.......x...", enters=0.75, pan=-0.2, room=0.3),
        ),
        (hit.rattle, -23), (hit.chimes, -20), None, 0.3, 0.12, 0.009, drive=0.4, hall=1.2,
    ),
    "energetic": Mood(
        ("sport", "energ", "dynamic", "power", "upbeat", "exciting", "intense", "urban", "driving", "athlet",
         "athletic"),
        52, _of("0m 8 3 10", "0m 3 10 5m"), chords("0m")[0],
        (
            Part("figure", play.muted_guitar, -8, ("0.00.00.0.00.0.2", "0.0.00.00.0.0.22"), 52, 0.0, 0.6, -0.5, 0.08),
            Part("figure", play.muted_guitar, -9, ("0.00.00.0.00.0.2", "0.0.00.00.0.0.22"), 64, 0.5, 0.6, 0.5, 0.08),
            Part("chords", play.brass, -10, ("x.....x.....x...", "x..x........x..x"), 64, 0.7, 0.35, room=0.2),
            Part("figure", play.lead_synth, -13, ("4...3.2.4.....5.", "2.3.4...5...4..."), 71, 0.9, 0.9, 0.15, 0.25),
            Part("bass", play.saw_bass, -6, ("0.00.0000.00.080", "0.0.0.0.0.0.0.0."), 28, 0.3, 0.8, room=0.0),
            _drum(hit.kick, -2, "x...x...x...x...", "x..x..x.x..x..x.", enters=0.0, room=0.02),
            _drum(hit.snare, -6, "....x.......x...", "....x.......x..o", enters=0.5, room=0.15),
            _drum(hit.clap, -10, "....x.......x...", enters=0.3, room=0.12),
            _drum(hit.hat, -15, "x.o.x.o.x.o.x.oo", "xoxoxoxoxoxoxoxo", enters=0.4, pan=0.2, room=0.03),
            _drum(hit.open_hat, -16, "..x...x...x...x.", enters=0.8, pan=-0.2),
        ),
        (hit.riser, -15), (hit.crash, -12), (hit.snare, "ooxx"), 0.45, 0.0, 0.003, 0.3, 1.1, 0.8, 1.6,
    ),
    "retro": Mood(
        ("retro", "vintage", "nostalg", "eighties", "80s", "70s", "90s", "disco", "synthwave", "funk", "groov",
         "analog"),
        53, _of("5:maj9 7:9sus4 4m7 9m9", "0:maj9 9m9 2m9 7:9sus4"), chords("0:maj9")[0],
        (
            Part("chords", play.poly_synth, -9, ("x..x......x.....", "x.....x..x......"), 65, 0.0, 0.7, room=0.25),
            Part("figure", play.sub_bell, -12, ("5..4..2.........", "....4..5..4.2..."), 77, 0.3, pan=0.35, room=0.4),
            Part("figure", play.lead_synth, -10, ("4.....3.2.......", "2...4.......5.4."), 72, 0.8, 0.95, -0.1, 0.35),
            Part("figure", play.muted_guitar, -14, ("2.2..2.22..2.2..", "..2.22.2..2.22.2"), 69, 0.6, 0.4, -0.5, 0.12),
            Part("bass", play.slap_bass, -4, ("0..8..0.8..0.58.", "0.8.0.8.0.8.0.85"), 32, 0.3, 0.75, room=0.02),
            _drum(hit.tape_kick, -4, "x...x...x...x...", enters=0.3, room=0.02),
            _drum(hit.gated_snare, -6, "....x.......x...", enters=0.5, room=0.1),
            _drum(hit.hat, -17, "xoxoxoxoxoxoxoxo", enters=0.4, pan=0.2),
            _drum(hit.tambourine, -18, "..x...x...x...x.", enters=0.8, pan=-0.35),
        ),
        (hit.swell, -18), (hit.crash, -16), (hit.tom, "x.xx"), 0.35, 0.06, 0.004, 0.15, 1.3, 1.8,
    ),
    "calm": Mood(
        ("calm", "peace", "relax", "soft", "gentle", "serene", "sooth", "spa", "ambient", "tender", "dream", "meditat"),
        55, _of("0:maj9 5:maj9 9m9 7:sus4", "0:maj9 2m9 5:maj9 0add9"), chords("0:maj9")[0],
        (
            Part("chords", play.glass_pad, -10, ("x...............",), 64, 0.0, room=0.6),
            Part(
                "figure", play.piano, -4, ("0.....3.....4...", "2.......4...3...", "4.......2......."),
                67, 0.0, pan=-0.1, room=0.5,
            ),
            Part("chords", play.choir, -15, ("x...............",), 67, 0.5, room=0.6),
            Part("figure", play.harp, -11, ("..0.2.4.........", "........0.2.4.5."), 72, 0.6, pan=0.35, room=0.5),
            Part("bass", play.round_bass, -10, ("0...............",), 34, 0.4, 0.95, room=0.1),
        ),
        (hit.swell, -27), (hit.chimes, -22), None, 0.3, 0.0, 0.012, drive=0.3, hall=3.2, ring=2.6,
    ),
    "cinematic": Mood(
        ("cinematic", "epic", "dramatic", "inspir", "heroic", "emotional", "uplift", "motivat", "adventur", "myster"),
        50, _of("0m 8 3 10", "0m 5m 8:maj7 10"), chords("0")[0],
        (
            Part("figure", play.piano, -6, ("0.2.3.2.4.2.3.2.", "0..2..3.4..3..2."), 62, 0.0, pan=-0.1, room=0.4),
            Part("chords", play.strings, -8, ("x...............",), 62, 0.3, room=0.5),
            Part("figure", play.short_strings, -9, ("0020302000203020", "0.20302.0.203040"), 62, 0.5, 0.8, 0.35, 0.35),
            Part("figure", play.strings, -10, ("4.......3...2...", "2.......4......."), 74, 0.75, room=0.5),
            Part("chords", play.brass, -12, ("x.......x.......",), 55, 0.95, 0.8, room=0.45),
            Part("bass", play.strings, -9, ("0...............",), 33, 0.3, room=0.3),
            _drum(hit.taiko, -6, "x.....x...x.....", "x..x..x.x..x..x.", enters=0.6, room=0.45),
            _drum(hit.soft_kick, -10, "x.......x.......", enters=0.4, room=0.3),
        ),
        (hit.swell, -19), (hit.impact, -5), (hit.taiko, "x.xx"), 0.3, 0.0, 0.007, drive=0.6, hall=3.0, ring=2.4,
    ),
    "neutral": Mood(
        ("neutral", "corporate", "business", "positive", "optimistic", "confident", "professional"),
        57, _of("0add9 7:sus4 9m7 5add9", "5add9 0add9 7:sus4 9m7"), chords("0add9")[0],
        (
            Part("figure", play.muted_guitar, -8, ("0.2.3.2.0.2.4.2.", "0..2..3.2..3..4."), 64, 0.0, 0.6, -0.3, 0.25),
            Part("chords", play.piano, -7, ("x.......x.......", "x.....x.....x..."), 64, 0.3, room=0.3),
            Part("chords", play.warm_pad, -15, ("x...............",), 66, 0.0, room=0.35),
            Part(
                "figure", play.vibraphone, -12, ("4.....3.......2.", "2...4...3......."),
                76, 0.6, pan=0.35, room=0.35,
            ),
            Part("bass", play.round_bass, -6, ("0.....0.0.......", "0...0.0.0...0.5."), 33, 0.4, 0.9, room=0.03),
            _drum(hit.kick, -7, "x.......x.o.....", "x.....x.x.......", enters=0.5),
            _drum(hit.snap, -10, "....x.......x...", enters=0.4, room=0.2),
            _drum(hit.hat, -19, "..x...x...x...x.", enters=0.7, pan=0.2),
        ),
        (hit.swell, -20), (hit.crash, -20), None, 0.35, 0.0, 0.005, 0.12, 0.6, 1.4,
    ),
    "warm": Mood(
        ("warm", "cosy", "cozy", "soul", "jazz", "lounge", "intimate", "homely", "hearty", "lo-fi", "lofi", "mellow"),
        56, _of("2m9 7:9sus4 0:maj9 9m9", "0:maj9 9m9 2m9 7:9", "5:maj9 4m7 2m9 0:maj9"), chords("0:maj9")[0],
        (
            Part("chords", play.electric_piano, -6, ("x.....x...o.....", "x..o......x....."), 63, 0.0, 0.9, room=0.22),
            Part(
                "figure", play.vibraphone, -11, ("....4...3.2.....", "..2.3.4....3...."),
                74, 0.4, pan=0.35, room=0.35,
            ),
            Part("figure", play.guitar, -13, ("..2...3...2...4.", "....2.3.....3.2."), 66, 0.7, 0.8, -0.45, 0.2),
            Part("bass", play.upright_bass, -5, ("0.....5.0...5...", "0...5...8...5..."), 33, 0.3, 0.95, room=0.06),
            _drum(hit.soft_kick, -10, "x.........x.....", "x......ox.......", enters=0.45),
            _drum(hit.brush, -15, "o...x...o...x..o", "o.o.x.o.o.o.x.o.", enters=0.3, pan=0.15, room=0.2),
            _drum(hit.rim, -17, "....x.......x...", enters=0.75, room=0.15),
        ),
        (hit.swell, -24), (hit.chimes, -24), None, 0.35, 0.30, 0.010, drive=1.2, hall=1.1,
    ),
    "bold": Mood(
        ("bold", "edgy", "gritty", "fierce", "loud", "trap", "hip", "street", "rebel", "punchy", "striking"),
        49, _of("0m 0m 8 7", "0m 8 0m 1:maj7"), chords("0m")[0],
        (
            Part("figure", play.sub_bell, -8, ("0..2..3.0..2..5.", "3..2..0.3..4..2."), 73, 0.0, pan=0.2, room=0.35),
            Part("chords", play.brass, -8, ("x.......o..x....", "x..x..x........."), 61, 0.45, 0.4, room=0.2),
            Part("figure", play.short_strings, -13, ("0.0.0.2.0.0.0.3.",), 61, 0.7, 0.7, -0.4, 0.25),
            Part("bass", play.long_bass, -3, ("0.....0...0.....", "0.......0..0.5.."), 30, 0.3, 0.9, room=0.0),
            _drum(hit.kick, -4, "x.....x...x.....", "x.......x..x....", enters=0.3, room=0.02),
            _drum(hit.clap, -5, "........x.......", "....x.......x...", enters=0.3, room=0.15),
            _drum(hit.hat, -15, "x.x.x.xxx.x.xxxx", "xoxox.xxxoxoxxx.", enters=0.5, pan=0.2, room=0.02),
            _drum(hit.tom, -13, "..............xx", "...........x..x.", enters=0.8, pan=-0.3, room=0.15),
        ),
        (hit.riser, -16), (hit.impact, -8), (hit.hat, "xxxx"), 0.4, 0.0, 0.002, 0.2, 1.6, 1.0,
    ),
}  # fmt: skip
"""By name; `words` are the stems of other words for the same mood."""

OF_FAMILY: dict[Family, str] = {
    "minimal": "elegant", "playful": "playful", "tech": "tech", "organic": "organic", "sport": "energetic",
    "retro": "retro",
}  # fmt: skip
"""The mood of each family of style."""


def mood_of(description: str) -> Mood:
    """The mood that the first telling word names, else that of its family of style; "neutral" if no word tells."""
    text = description.lower()
    found = [(text.find(stem), mood) for mood in MOODS.values() for stem in mood.words if stem in text]
    if found:
        return min(found, key=lambda hit: hit[0])[1]
    family = family_in(text)
    return MOODS[OF_FAMILY[family]] if family else MOODS["neutral"]
