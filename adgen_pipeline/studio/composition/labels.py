"""Words on a filled shape: buttons and offers."""

from dataclasses import replace
from typing import Any

from adgen_pipeline.studio.composition import ornaments
from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.composition.lettering import QUIET, lined_up, on_shape, pieces, shrunk
from adgen_pipeline.studio.composition.pieces import Block, Piece, Room, shape_piece
from adgen_pipeline.studio.composition.script import Title
from adgen_pipeline.studio.composition.typesetting import fit
from adgen_pipeline.studio.composition.typography import Motion, Shape

_LABEL_MIDDLE = 0.06
"""Ems by which a label's line box is moved down for its capitals to stand in the middle of a shape."""

_LONG_OFFER = 36
"""Characters; a longer offer is set smaller."""


def button_block(title: Title, room: Room) -> Block:
    kind = room.type
    text = title.text.upper() if kind.label_capitals else title.text
    size = room.unit * kind.label_size
    return _label(text, room, kind.button, size, (1.6, 0.92), room.unit * 0.44, 2, ("button", 0.35))


def offer_block(title: Title, room: Room) -> Block:
    kind = room.type
    text = title.text.upper() if kind.capitals else title.text
    size = room.unit * kind.offer_size * shrunk(title.text, _LONG_OFFER)
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
        for piece in pieces(runs, setting.size, QUIET, lambda _: on_shape):
            canvas.save()
            canvas.translate(piece.left, piece.top)
            piece.paint(canvas, ink)
            canvas.restore()

    ground = replace(shape_piece((0, 0, width, height), shape, kind, delay, motion), travel=-room.travel)
    lift = height * ornaments.LIFT if kind.lifted else 0.0
    return Block(width, height + lift, (ground, replace(ground, paint=paint, letters=True)))
