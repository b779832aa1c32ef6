"""A headline, a button, a chip: each title as a block of pieces that come in one after another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.composition.script import Kind, Title
from adgen_pipeline.studio.composition.typesetting import Face, Setting, advance, draw_text, fit
from adgen_pipeline.studio.drawing.paint import fill, linear, rgba, shaded
from adgen_pipeline.studio.drawing.palette import BLACK, WHITE, mix
from adgen_pipeline.studio.drawing.skia_door import skia

Motion = Literal["rise", "fade", "pop", "spread", "button"]
Align = Literal["left", "centre", "right"]

_BASELINE = 0.79  # of the size, below the top of a line
_SHADOW = 0.30  # of the size: how far a shadow may reach


@dataclass(frozen=True)
class Piece:
    """A part that moves as one, in pixels from the block's corner; `bleed` is what it paints beyond its box.

    `paint` draws it with its own corner at (0, 0).
    """

    left: float
    top: float
    width: float
    height: float
    bleed: float
    delay: float
    motion: Motion
    paint: Callable[[Any, Ink], None]


@dataclass(frozen=True)
class Block:
    """One title, set: its size in pixels and its pieces."""

    width: float
    height: float
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Room:
    """What a block may take up, in pixels; `unit` is the short side of the frame, as scaled to fit."""

    width: float
    height: float
    unit: float
    align: Align
    mood: str = ""


def block(title: Title, room: Room, logo: Any = None) -> Block:
    """`title` set into `room`."""
    if title.kind == "logo":
        return _logo(logo, room)
    return _BUILDERS.get(title.kind, _plain)(title, room)


def gap_below(kind: Kind, following: Kind) -> float:
    """Space between two blocks of a column, in units."""
    return 0.062 if following == "button" else _GAPS.get(kind, 0.032)


_GAPS: dict[Kind, float] = {"logo": 0.058, "eyebrow": 0.034, "headline": 0.050, "brand": 0.036, "caption": 0.026}

_SERIF_WORDS = ("serif", "elegan", "luxur", "classic", "editorial", "timeless", "premium", "refined", "romantic")
_SANS_WORDS = ("sans", "modern", "bold", "tech", "playful", "minimal", "energetic", "sport", "urban", "fresh", "clean")


def _is_serif(mood: str) -> bool:
    """The first telling word of `mood` decides; without one, letters have serifs."""
    found = [(mood.find(word), kind) for kind, words in ((True, _SERIF_WORDS), (False, _SANS_WORDS)) for word in words]
    return min(((at, kind) for at, kind in found if at >= 0), default=(0, True))[1] if "sans" not in mood else False


def _headline(title: Title, room: Room) -> Block:
    serif = _is_serif(f"{title.style} {room.mood}")
    face = Face("serif", -0.005, 1.12) if serif else Face("sans-bold", -0.02, 1.10)
    width = room.width * (0.92 if room.align == "centre" else 1.0)  # a little air beside it
    setting = fit(title.text, face, room.unit * (0.112 if serif else 0.096), width, room.height, 3)
    last = len(setting.lines) - 1
    return Block(setting.width, setting.height, _words(setting, room, lambda n: _glowing if 0 < n == last else _inked))


def _plain(title: Title, room: Room) -> Block:
    """Captions, legal lines and subtitles: running text."""
    size, face, lines, stagger = {
        "caption": (0.046, Face("serif" if _is_serif(f"{title.style} {room.mood}") else "sans", 0.004, 1.28), 3, 0.04),
        "legal": (0.023, Face("sans", 0.01, 1.3), 3, 0.0),
        "subtitle": (0.044, Face("sans-bold", 0.0, 1.25), 2, 0.0),
    }[title.kind]
    setting = fit(title.text, face, room.unit * size, room.width, room.height, lines)
    motion: Motion = "rise" if title.kind == "caption" else "fade"
    return Block(setting.width, setting.height, _words(setting, room, lambda _: _inked, stagger, motion))


def _eyebrow(title: Title, room: Room) -> Block:
    face = Face("sans-bold", 0.22, 1.35)
    setting = fit(title.text.upper(), face, room.unit * 0.027, room.width, room.height, 2)
    return Block(setting.width, setting.height, _words(setting, room, lambda _: _accented, 0.05, "rise"))


def _brand(title: Title, room: Room) -> Block:
    """The name in spaced capitals, letter by letter, over a thin rule that grows from its middle."""
    text = title.text.upper()
    serif, tracking = _is_serif(room.mood), 0.24 if len(text) <= 12 else 0.12
    face = Face("serif", tracking, 1.15) if serif else Face("sans-bold", tracking * 0.7, 1.15)
    setting = fit(text, face, room.unit * (0.115 if serif else 0.098), room.width, room.height * 0.8, 2)
    gap, rule = setting.size * 0.30, max(2.0, room.unit * 0.0026)
    width = max(setting.width, min(room.width, room.unit * 0.42))
    letters = _words(
        setting, Room(width, 0, room.unit, room.align), lambda _: _glowing, 0.05, split=_is_plain_script(text)
    )
    top = setting.height + gap
    line = Piece(0, top, width, rule, 0, 0.45, "spread", lambda canvas, ink: _rule(canvas, ink, width, rule))
    return Block(width, top + rule, (*letters, line))


def _button(title: Title, room: Room) -> Block:
    """A pill in the accent with a glow under it."""
    face, size = Face("sans-bold", 0.07), room.unit * 0.036
    inset = size * 1.7
    text = title.text.upper() if _is_serif(room.mood) else title.text
    setting = fit(text, face, size, room.width - 2 * inset, room.height * 0.6, 1)
    width = min(room.width, max(setting.width + 2 * inset, room.unit * 0.44))
    height = setting.height + size * 1.75

    def paint(canvas: Any, ink: Ink) -> None:
        _pill(canvas, ink, width, height, height / 2)
        _label(canvas, ink, setting, width, height)

    return Block(width, height, (Piece(0, 0, width, height, size * 1.4, 0.35, "button", paint),))


def _offer(title: Title, room: Room) -> Block:
    """A chip in the accent that pops in."""
    face, size = Face("sans-bold", 0.01), room.unit * 0.058
    inset = size * 0.62
    setting = fit(title.text, face, size, room.width - 2 * inset, room.height * 0.7, 2)
    width, height = setting.width + 2 * inset, setting.height + size * 0.78

    def paint(canvas: Any, ink: Ink) -> None:
        _pill(canvas, ink, width, height, size * 0.30)
        _label(canvas, ink, setting, width, height)

    return Block(width, height, (Piece(0, 0, width, height, size, 0.1, "pop", paint),))


def _logo(logo: Any, room: Room) -> Block:
    """The logo as it was given, only smaller where room is short."""
    scale = min(1.0, room.width / logo.width(), room.height / logo.height())
    width, height = logo.width() * scale, logo.height() * scale

    def paint(canvas: Any, ink: Ink) -> None:
        sampling = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
        canvas.drawImageRect(logo, skia.Rect(0, 0, width, height), sampling)

    return Block(width, height, (Piece(0, 0, width, height, 0, 0, "fade", paint),))


_BUILDERS: dict[Kind, Callable[[Title, Room], Block]] = {
    "headline": _headline,
    "eyebrow": _eyebrow,
    "brand": _brand,
    "button": _button,
    "offer": _offer,
}


def _words(
    setting: Setting,
    room: Room,
    tone: Callable[[int], Callable[[Ink, float], Any]],
    stagger: float = 0.09,
    motion: Motion = "rise",
    *,
    split: bool = False,
) -> tuple[Piece, ...]:
    """The setting's words (or letters, with `split`) as pieces; `tone` gives the paint of each line."""
    face, size = setting.face, setting.size
    space = advance("n n", face, size) - 2 * advance("n", face, size)
    width = room.width if split else setting.width
    pieces: list[Piece] = []
    for number, line in enumerate(setting.lines):
        left = {"left": 0.0, "centre": 0.5, "right": 1.0}[room.align] * (width - advance(line, face, size))
        for word in line.split(" "):
            for part in word if split else [word]:
                at, delay = (left, number * setting.leading), stagger * len(pieces)
                pieces.append(_word(part, at, setting, delay, motion, tone(number)))
                left += advance(part, face, size) + face.tracking * size
            left += space - face.tracking * size
    return tuple(pieces)


def _word(
    text: str,
    at: tuple[float, float],
    setting: Setting,
    delay: float,
    motion: Motion,
    tone: Callable[[Ink, float], Any],
) -> Piece:
    face, size = setting.face, setting.size

    def paint(canvas: Any, ink: Ink) -> None:
        shadow = fill(ink.ground, 0.6, blur=size * 0.06)
        draw_text(canvas, text, 0, size * (_BASELINE + 0.03), face, size, shadow)
        draw_text(canvas, text, 0, size * _BASELINE, face, size, tone(ink, size))

    return Piece(*at, advance(text, face, size), size, size * _SHADOW, delay, motion, paint)


def _inked(ink: Ink, size: float) -> Any:
    return fill(ink.words)


def _accented(ink: Ink, size: float) -> Any:
    return fill(ink.accent)


def _glowing(ink: Ink, size: float) -> Any:
    """The accent, lit from above; moved only toward more contrast."""
    lit = mix(ink.accent, ink.words, 0.38)
    return shaded(linear((0, size * 0.1), (0, size), (0, rgba(lit)), (0.75, rgba(ink.accent))))


def _rule(canvas: Any, ink: Ink, width: float, height: float) -> None:
    ends = ((0, rgba(ink.accent, 0)), (0.5, rgba(ink.accent)), (1, rgba(ink.accent, 0)))
    canvas.drawRect(skia.Rect(0, 0, width, height), shaded(linear((0, 0), (width, 0), *ends)))


def _pill(canvas: Any, ink: Ink, width: float, height: float, radius: float) -> None:
    canvas.drawRoundRect(
        skia.Rect(0, height * 0.14, width, height * 1.10), radius, radius, fill(ink.fill, 0.30, blur=height * 0.16)
    )
    tones = (mix(ink.fill, WHITE, 0.22), ink.fill, mix(ink.fill, BLACK, 0.10))
    stops = [(at, rgba(tone)) for at, tone in zip((0, 0.5, 1), tones, strict=True)]
    canvas.drawRoundRect(
        skia.Rect(0, 0, width, height), radius, radius, shaded(linear((0, 0), (width, height), *stops))
    )


def _label(canvas: Any, ink: Ink, setting: Setting, width: float, height: float) -> None:
    """The lines in the middle of a filled shape, by the height of capitals."""
    top = (height - setting.height) / 2 + setting.size * 0.06
    for number, line in enumerate(setting.lines):
        left = (width - advance(line, setting.face, setting.size)) / 2
        baseline = top + number * setting.leading + setting.size * _BASELINE
        draw_text(canvas, line, left, baseline, setting.face, setting.size, fill(ink.on_fill))


def _is_plain_script(text: str) -> bool:
    """Letters of joined scripts may not be taken apart."""
    return max(text) < "\u0530"
