"""The brand's name on its end card, set off as its family does it."""

from collections.abc import Callable
from dataclasses import replace

from adgen_pipeline.studio.composition import ornaments
from adgen_pipeline.studio.composition.lettering import (
    Run,
    accented,
    extruded,
    glowing,
    inked,
    lined_up,
    pieces,
)
from adgen_pipeline.studio.composition.pieces import Block, Piece, Room, ornament_piece
from adgen_pipeline.studio.composition.script import Title
from adgen_pipeline.studio.composition.typesetting import Setting, fit
from adgen_pipeline.studio.composition.typography import Motion, Typography

_SHORT_NAME = 12
"""Letters up to which a name is spaced or coloured letter by letter."""

_SPREAD = 0.30
"""Of its way from the middle: how much farther out a letter begins that settles."""


def brand_block(title: Title, room: Room) -> Block:
    """The name, large, and what its family sets it off with."""
    kind = room.type
    text = title.text.upper() if kind.capitals or room.family == "minimal" else title.text
    face = replace(kind.brand, tracking=kind.brand.tracking * (1.0 if len(text) <= _SHORT_NAME else 0.4))
    size = room.unit * kind.brand_size
    inset = 0.42 if kind.brand_form == "bracket" else 0.0
    setting = fit(text, face, size, room.width - 2 * inset * size, room.height * 0.72, 2)
    inset *= setting.size
    runs = lined_up(setting, setting.width, room.align)
    tone = {"rule": glowing, "rules": extruded}.get(kind.brand_form, inked)
    letters = pieces(runs, setting.size, kind.brand_arrives, lambda _: tone, -room.travel)
    if kind.brand_arrives.motion == "settle":
        letters = tuple(replace(p, travel=_SPREAD * (p.left + p.width / 2 - setting.width / 2)) for p in letters)
    if room.family == "playful" and len(text) <= _SHORT_NAME:
        letters = _in_turn(letters, runs, setting, kind, room)
    return _dressed(Block(setting.width, setting.height, letters), setting, room, inset)


def _in_turn(
    letters: tuple[Piece, ...], runs: list[Run], setting: Setting, kind: Typography, room: Room
) -> tuple[Piece, ...]:
    """Every other letter in the accent."""
    bright = pieces(runs, setting.size, kind.brand_arrives, lambda _: accented, -room.travel)
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
        return Block(width, height, (ornament_piece((0, 0, width, height), ornaments.brackets, 0.3, "fade"), *moved))
    width = max(name.width, least) if form == "rule" else name.width
    shift = {"left": 0.0, "centre": 0.5, "right": 1.0}[room.align] * (width - name.width)
    moved = tuple(replace(p, left=p.left + shift) for p in name.pieces)
    gap, thick, paint, motion = _UNDER[form](size, room.unit)
    top = name.height + gap
    lines = [ornament_piece((0, top, width, thick), paint, 0.45, motion)]
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
