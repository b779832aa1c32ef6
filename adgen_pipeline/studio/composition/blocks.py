"""A headline, a button, a chip: each title as a block of pieces, set in its family's type."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from adgen_pipeline.studio.composition import ornaments
from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.composition.lettering import (
    Align,
    Emphasised,
    Piece,
    Run,
    Tone,
    accented,
    extruded,
    glowing,
    inked,
    lined_up,
    offset,
    on_shape,
    pieces,
)
from adgen_pipeline.studio.composition.script import Kind, Title
from adgen_pipeline.studio.composition.typesetting import Face, Setting, fit
from adgen_pipeline.studio.composition.typography import TYPOGRAPHY, Emphasis, Entrance, Motion, Shape, Typography
from adgen_pipeline.studio.drawing.skia_door import skia
from adgen_pipeline.studio.families import Family

_PAD = 0.20
"""Ems beside the words of a highlight."""

_LABEL_MIDDLE = 0.06
"""Ems by which a label's line box is moved down for its capitals to stand in the middle of a shape."""

_TRAVEL = 0.75
"""Of the unit: how far off a line begins that comes in from the side."""

_SPREAD = 0.30
"""Of its way from the middle: how much farther out a letter begins that settles."""


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
    family: Family = "minimal"
    lines: int = 3

    @property
    def type(self) -> Typography:
        """How the family sets words."""
        return TYPOGRAPHY[self.family]


def block(title: Title, room: Room, logo: Any = None) -> Block:
    """`title` set into `room`."""
    if title.kind == "logo":
        return _logo(logo, room)
    return _BUILDERS.get(title.kind, _small)(title, room)


def gap_below(kind: Kind, following: Kind) -> float:
    """Space between two blocks of a column, in units."""
    return {"button": 0.062, "subtitle": 0.066, "legal": 0.050}.get(following, _GAPS.get(kind, 0.034))


_GAPS: dict[Kind, float] = {"logo": 0.058, "eyebrow": 0.034, "headline": 0.046, "brand": 0.040, "caption": 0.028}


def _headline(title: Title, room: Room) -> Block:
    kind, face = room.type, room.type.headline
    text = title.text.upper() if kind.capitals else title.text
    pad = _PAD if kind.emphasis == "shape" else 0.0
    size = room.unit * kind.size
    under = 0.20 if kind.emphasis == "underline" else 0.0
    setting = fit(text, face, size, room.width - 2 * pad * size, room.height - under * size, room.lines)
    runs = lined_up(setting, setting.width + 2 * pad * setting.size, room.align, Emphasised(kind.accented or face, pad))
    last = next((run for run in runs if run.accented), None)
    tones = _EMPHASIS[kind.emphasis]
    words = pieces(runs, setting.size, kind.arrives, lambda run: tones[run.accented], -room.unit * _TRAVEL)
    made = Block(setting.width + 2 * pad * setting.size, setting.height, words)
    return _set_off(made, last, setting, kind) if last else made


_EMPHASIS: dict[Emphasis, tuple[Tone, Tone]] = {
    "glow": (inked, glowing),
    "shape": (inked, on_shape),
    "underline": (inked, accented),
    "extrude": (offset, extruded),
}


def _set_off(made: Block, run: Run, setting: Setting, kind: Typography) -> Block:
    """The block with the shape behind, or the line under, its accented `run`."""
    size = setting.size
    delay = max(piece.delay for piece in made.pieces if piece.top == run.top)
    first = min(piece.delay for piece in made.pieces if piece.top == run.top and piece.left >= run.left)
    left, right = run.left, max(piece.left + piece.width for piece in made.pieces if piece.top == run.top)
    if kind.emphasis == "shape":
        top, bottom = (_above(run.text), 0.88) if kind.capitals else (-0.03, 1.09)
        box = (left - _PAD * size, run.top + top * size, right - left + 2 * _PAD * size, (bottom - top) * size)
        shape = _shaped(box, kind.button, kind, max(0.0, first - 0.08), kind.arrives.motion)
        words = replace(shape, travel=made.pieces[0].travel)
        return Block(made.width, max(made.height, run.top + bottom * size), (words, *made.pieces))
    if kind.emphasis == "underline":
        height = size * 0.17
        line = _ornament(
            (left, run.top + size * 0.97, right - left, height), ornaments.hand_drawn, delay + 0.5, "unroll"
        )
        return Block(made.width, run.top + size * 0.97 + height, (*made.pieces, line))
    return made


def _above(capitals: str) -> float:
    """Ems at which a shape behind capitals begins: higher where they carry accents."""
    return -0.16 if capitals != unicodedata.normalize("NFD", capitals) else 0.0


def _text(title: Title, room: Room) -> Block:
    """Captions: running text."""
    kind = room.type
    setting = fit(title.text, kind.text, room.unit * kind.text_size, room.width, room.height, 4)
    runs = lined_up(setting, setting.width, room.align)
    words = pieces(runs, setting.size, kind.text_arrives, lambda _: inked, -room.unit * _TRAVEL)
    return Block(setting.width, setting.height, words)


def _small(title: Title, room: Room) -> Block:
    """Legal lines and subtitles: plain, in every family alike."""
    size, face, lines = {
        "legal": (0.024, Face("sans", 0.01, 1.3), 3),
        "subtitle": (0.046, Face("sans-bold", 0.0, 1.25), 2),
    }[title.kind]
    setting = fit(title.text, face, room.unit * size, room.width, room.height, lines)
    runs = lined_up(setting, setting.width, room.align)
    return Block(setting.width, setting.height, pieces(runs, setting.size, _QUIET, lambda _: inked))


_QUIET = Entrance("fade", "line", 0.0)


def _eyebrow(title: Title, room: Room) -> Block:
    kind = room.type
    size, form = room.unit * kind.eyebrow_size, kind.eyebrow_form
    before, after, above = _EYEBROW_ROOM.get(form, (0.0, 0.0, 0.0))
    text = title.text.upper() if kind.eyebrow_capitals else title.text
    setting = fit(text, kind.eyebrow, size, room.width - (before + after) * size, room.height, 2)
    size = setting.size
    runs = lined_up(setting, setting.width, room.align)
    tone = on_shape if form == "pill" else accented
    words = pieces(runs, size, replace(kind.text_arrives, split="line"), lambda _: tone, -room.unit * _TRAVEL)
    words = tuple(replace(p, left=p.left + before * size, top=p.top + above * size) for p in words)
    width, height = setting.width + (before + after) * size, setting.height + 2 * above * size
    return Block(width, height, (*_eyebrow_dressing(width, height, size, kind), *words))


_EYEBROW_ROOM = {
    "pill": (0.75, 0.75, 0.32),
    "bracket": (0.85, 0.85, 0.42),
    "slashes": (1.30, 0.0, 0.0),
    "rules": (2.1, 2.1, 0.0),
}
"""Ems before, after, and above and below an eyebrow's words that go to what dresses it."""


def _eyebrow_dressing(width: float, height: float, size: float, kind: Typography) -> tuple[Piece, ...]:
    if kind.eyebrow_form == "pill":
        return (_shaped((0, 0, width, height), "pill", kind, 0, "pop"),)
    if kind.eyebrow_form == "bracket":
        return (_ornament((0, 0, width, height), ornaments.brackets, 0.25, "fade"),)
    if kind.eyebrow_form == "slashes":
        return (_ornament((0, size * 0.08, size * 1.0, size * 0.72), ornaments.slashes, 0, "unroll"),)
    if kind.eyebrow_form == "rules":
        sides = (0.0, width - 1.5 * size)
        return tuple(
            _ornament((left, height / 2 - size * 0.16, 1.5 * size, size * 0.22), ornaments.double_rule, 0.2, "spread")
            for left in sides
        )
    return ()


def _brand(title: Title, room: Room) -> Block:
    """The name, large, and what its family sets it off with."""
    kind = room.type
    text = title.text.upper() if kind.capitals or room.family == "minimal" else title.text
    face = replace(kind.brand, tracking=kind.brand.tracking * (1.0 if len(text) <= 12 else 0.4))
    size = room.unit * kind.brand_size
    inset = 0.42 if kind.brand_form == "bracket" else 0.0
    setting = fit(text, face, size, room.width - 2 * inset * size, room.height * 0.72, 2)
    inset *= setting.size
    runs = lined_up(setting, setting.width, room.align)
    tone = {"rule": glowing, "rules": extruded}.get(kind.brand_form, inked)
    letters = pieces(runs, setting.size, kind.brand_arrives, lambda _: tone, -room.unit * _TRAVEL)
    if kind.brand_arrives.motion == "settle":
        letters = tuple(replace(p, travel=_SPREAD * (p.left + p.width / 2 - setting.width / 2)) for p in letters)
    if room.family == "playful":
        letters = _in_turn(letters, runs, setting, kind, room)
    return _dressed(Block(setting.width, setting.height, letters), setting, room, inset)


def _in_turn(
    letters: tuple[Piece, ...], runs: list[Run], setting: Setting, kind: Typography, room: Room
) -> tuple[Piece, ...]:
    """Every other letter in the accent."""
    bright = pieces(runs, setting.size, kind.brand_arrives, lambda _: accented, -room.unit * _TRAVEL)
    return tuple((a if n % 2 == 0 else b) for n, (a, b) in enumerate(zip(bright, letters, strict=True)))


def _dressed(name: Block, setting: Setting, room: Room, inset: float) -> Block:
    """`name` with its family's rule, bar, underline or brackets; at least as wide as looks well."""
    form, size = room.type.brand_form, setting.size
    least = min(room.width, room.unit * 0.42)
    if form == "plain":
        return name
    if form == "bracket":
        width, height = name.width + 2 * inset, name.height + 0.56 * size
        moved = tuple(replace(p, left=p.left + inset, top=p.top + 0.28 * size) for p in name.pieces)
        return Block(width, height, (_ornament((0, 0, width, height), ornaments.brackets, 0.3, "fade"), *moved))
    width = max(name.width, least) if form == "rule" else name.width
    shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[room.align] * (width - name.width)
    moved = tuple(replace(p, left=p.left + shift) for p in name.pieces)
    gap, thick, paint, motion = _UNDER[form](size, room.unit)
    top = name.height + gap
    lines = [_ornament((0, top, width, thick), paint, 0.45, motion)]
    if form == "rules":
        above = thick + gap + size * 0.12
        moved = tuple(replace(p, top=p.top + above) for p in moved)
        lines = [replace(lines[0], top=0.0), replace(lines[0], top=top + above)]
        top += above
    return Block(width, top + thick, (*moved, *lines))


_UNDER: dict[str, Callable[[float, float], tuple[float, float, Callable[..., None], Motion]]] = {
    "rule": lambda size, unit: (size * 0.30, max(2.0, unit * 0.0026), ornaments.rule, "spread"),
    "rules": lambda size, unit: (size * 0.14, unit * 0.015, ornaments.double_rule, "spread"),
    "underline": lambda size, unit: (size * 0.06, size * 0.17, ornaments.hand_drawn, "unroll"),
    "bar": lambda size, unit: (size * 0.02, unit * 0.024, ornaments.bar, "unroll"),
}
"""Under a brand's name: the gap and the height of its line, what paints it, and how it comes."""


def _button(title: Title, room: Room) -> Block:
    kind = room.type
    text = title.text.upper() if kind.label_capitals else title.text
    size = room.unit * kind.label_size
    return _label(text, room, kind.button, size, (1.6, 0.92), room.unit * 0.44, 2, ("button", 0.35))


def _offer(title: Title, room: Room) -> Block:
    kind = room.type
    text = title.text.upper() if kind.capitals else title.text
    size = room.unit * kind.offer_size
    made = _label(text, room, kind.offer, size, (0.8, 0.42), 0, 3, ("slam" if kind.capitals else "pop", 0.1))
    return replace(made, pieces=tuple(map(_inverted, made.pieces))) if kind.offer_inverted else made


def _inverted(piece: Piece) -> Piece:
    """The piece with the words' colour as its fill."""

    def paint(canvas: Any, ink: Ink) -> None:
        piece.paint(canvas, replace(ink, fill=ink.words, on_fill=ink.on_words))

    return replace(piece, paint=paint)


def _label(
    text: str,
    room: Room,
    shape: Shape,
    size: float,
    pad: tuple[float, float],
    least: float,
    lines: int,
    arrives: tuple[Motion, float],
) -> Block:
    """Words on a filled shape; `pad` (ems) around them, at `least` so many pixels wide."""
    kind, (motion, delay) = room.type, arrives
    inset = size * (pad[0] + (0.5 if shape in ("slant", "ticket") else 0.0))
    setting = fit(text, kind.label, size, room.width - 2 * inset, (room.height - 2 * size * pad[1]) * 0.9, lines)
    inset *= setting.size / size
    width = min(room.width, max(setting.width + 2 * inset, least))
    height = setting.height + 2 * pad[1] * setting.size
    runs = lined_up(setting, setting.width, "centre")
    top = (height - setting.height) / 2 + _LABEL_MIDDLE * setting.size
    shift = (width - setting.width) / 2

    def paint(canvas: Any, ink: Ink) -> None:
        canvas.translate(shift, top)
        for piece in pieces(runs, setting.size, _QUIET, lambda _: on_shape):
            canvas.save()
            canvas.translate(piece.left, piece.top)
            piece.paint(canvas, ink)
            canvas.restore()

    ground = replace(_shaped((0, 0, width, height), shape, kind, delay, motion), travel=-room.unit * _TRAVEL)
    lift = height * ornaments.LIFT if kind.lifted else 0.0
    return Block(width, height + lift, (ground, replace(ground, paint=paint, letters=True)))


def _shaped(
    box: tuple[float, float, float, float], shape: Shape, kind: Typography, delay: float, motion: Motion
) -> Piece:
    """A filled ground, box as left, top, width, height."""

    def paint(canvas: Any, ink: Ink) -> None:
        ornaments.filled(canvas, ink, shape, box[2], box[3], lifted=kind.lifted)

    return Piece(*box, bleed=box[3] * 0.6, delay=delay, motion=motion, paint=paint)


def _ornament(box: tuple[float, float, float, float], draw: Callable[..., None], delay: float, motion: Motion) -> Piece:
    def paint(canvas: Any, ink: Ink) -> None:
        draw(canvas, ink, box[2], box[3])

    return Piece(*box, bleed=4.0, delay=delay, motion=motion, paint=paint)


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
    "caption": _text,
    "eyebrow": _eyebrow,
    "brand": _brand,
    "button": _button,
    "offer": _offer,
}
