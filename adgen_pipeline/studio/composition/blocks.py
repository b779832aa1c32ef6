"""A headline, a button, a chip: each title as a block of pieces, set in its family's type."""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from adgen_pipeline.studio.composition import ornaments
from adgen_pipeline.studio.composition.brand import brand_block
from adgen_pipeline.studio.composition.labels import button_block, offer_block
from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.composition.lettering import (
    QUIET,
    Emphasised,
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
    shrunk,
)
from adgen_pipeline.studio.composition.pieces import Block, Piece, Room, ornament_piece, shape_piece
from adgen_pipeline.studio.composition.script import Kind, Title
from adgen_pipeline.studio.composition.typesetting import Face, Setting, fit
from adgen_pipeline.studio.composition.typography import Emphasis, Typography
from adgen_pipeline.studio.drawing.skia_door import skia

_PAD, _SLANTED_PAD = 0.20, 0.28
"""Ems beside the words of a highlight, and of one whose ends lean."""

_USUAL_HEADLINE, _LARGEST = 24, 1.7
"""Letters from which on a headline has its family's size, and how much larger the shortest are."""

_ACCENTS = 0.14
"""Ems that accents need above capitals."""

_LONG_CAPTION = 70
"""Characters; a longer caption is set smaller."""


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
    if kind.capitals and _above(text):
        face = replace(face, leading=face.leading + _ACCENTS)
    pad = _pad(kind)
    size = room.unit * kind.size * _raised(text)
    under = 0.20 if kind.emphasis == "underline" else 0.0
    setting = fit(text, face, size, room.width - 2 * pad * size, room.height - under * size, room.lines)
    runs = lined_up(setting, setting.width + 2 * pad * setting.size, room.align, Emphasised(kind.accented or face, pad))
    last = next((run for run in runs if run.accented), None)
    tones = _EMPHASIS[kind.emphasis]
    words = pieces(runs, setting.size, kind.arrives, lambda run: tones[run.accented], -room.travel)
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
        box = (
            left - _pad(kind) * size,
            run.top + top * size,
            right - left + 2 * _pad(kind) * size,
            (bottom - top) * size,
        )
        shape = shape_piece(box, kind.button, kind, max(0.0, first - 0.08), kind.arrives.motion)
        words = replace(shape, travel=made.pieces[0].travel)
        return Block(made.width, max(made.height, run.top + bottom * size), (words, *made.pieces))
    if kind.emphasis == "underline":
        height = size * 0.17
        line = ornament_piece(
            (left, run.top + size * 0.97, right - left, height), ornaments.hand_drawn, delay + 0.5, "unroll"
        )
        return Block(made.width, run.top + size * 0.97 + height, (*made.pieces, line))
    return made


def _raised(text: str) -> float:
    """By how much a headline of few letters is set larger."""
    return min(_LARGEST, max(1.0, math.sqrt(_USUAL_HEADLINE / len(text))))


def _pad(kind: Typography) -> float:
    if kind.emphasis != "shape":
        return 0.0
    return _SLANTED_PAD if kind.button == "slant" else _PAD


def _above(capitals: str) -> float:
    """Ems at which a shape behind capitals begins: higher where they carry accents."""
    return -_ACCENTS - 0.06 if capitals != unicodedata.normalize("NFD", capitals) else 0.0


def _text(title: Title, room: Room) -> Block:
    """Captions: running text."""
    kind = room.type
    size = room.unit * kind.text_size * shrunk(title.text, _LONG_CAPTION)
    setting = fit(title.text, kind.text, size, room.width, room.height, 4)
    runs = lined_up(setting, setting.width, room.align)
    words = pieces(runs, setting.size, kind.text_arrives, lambda _: inked, -room.travel)
    return Block(setting.width, setting.height, words)


def _small(title: Title, room: Room) -> Block:
    """Legal lines and subtitles: plain, in every family alike."""
    size, face, lines = {
        "legal": (0.024, Face("sans", 0.01, 1.3), 3),
        "subtitle": (0.046, Face("sans-bold", 0.0, 1.25), 2),
    }[title.kind]
    setting = fit(title.text, face, room.unit * size, room.width, room.height, lines)
    runs = lined_up(setting, setting.width, room.align)
    return Block(setting.width, setting.height, pieces(runs, setting.size, QUIET, lambda _: inked))


def _eyebrow(title: Title, room: Room) -> Block:
    kind = room.type
    size, form = room.unit * kind.eyebrow_size, kind.eyebrow_form
    before, after, above = _EYEBROW_ROOM.get(form, (0.0, 0.0, 0.0))
    text = title.text.upper() if kind.eyebrow_capitals else title.text
    setting = fit(text, kind.eyebrow, size, room.width - (before + after) * size, room.height, 2)
    size = setting.size
    runs = lined_up(setting, setting.width, room.align)
    tone = on_shape if form == "pill" else accented
    words = pieces(runs, size, replace(kind.text_arrives, split="line"), lambda _: tone, -room.travel)
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
        return (shape_piece((0, 0, width, height), "pill", kind, 0, "pop"),)
    if kind.eyebrow_form == "bracket":
        return (ornament_piece((0, 0, width, height), ornaments.brackets, 0.25, "fade"),)
    if kind.eyebrow_form == "slashes":
        return (ornament_piece((0, size * 0.08, size * 1.0, size * 0.72), ornaments.slashes, 0, "unroll"),)
    if kind.eyebrow_form == "rules":
        top, long, thick = height / 2 - size * 0.16, 1.5 * size, size * 0.22
        boxes = [(left, top, long, thick) for left in (0.0, width - long)]
        return tuple(ornament_piece(box, ornaments.double_rule, 0.2, "spread") for box in boxes)
    return ()


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
    "brand": brand_block,
    "button": button_block,
    "offer": offer_block,
}
