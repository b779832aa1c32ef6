"""What titles are made of: pieces that move, blocks of them, and the room a block may take."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from adgen_pipeline.studio.composition import ornaments
from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.composition.typography import TYPOGRAPHY, Motion, Shape, Typography
from adgen_pipeline.studio.families import Family

Align = Literal["left", "centre", "right"]
Box = tuple[float, float, float, float]
"""Left, top, width, height in pixels."""


@dataclass(frozen=True)
class Piece:
    """A part that moves as one, in pixels from the block's corner; `bleed` is what it paints beyond its box.

    `paint` draws it with its own corner at (0, 0). `travel` is the way, in pixels, that some motions move it. What is
    no `letters` is a ground that letters stand on, or an ornament.
    """

    left: float
    top: float
    width: float
    height: float
    bleed: float
    delay: float
    motion: Motion
    paint: Callable[[Any, Ink], None]
    travel: float = 0.0
    letters: bool = False


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
    def travel(self) -> float:
        """The way, in pixels, of what comes in from the right."""
        return -0.75 * self.unit

    @property
    def type(self) -> Typography:
        """How the family sets words."""
        return TYPOGRAPHY[self.family]


def shape_piece(box: Box, shape: Shape, kind: Typography, delay: float, motion: Motion) -> Piece:
    """A filled ground for letters."""

    def paint(canvas: Any, ink: Ink) -> None:
        ornaments.filled(canvas, ink, shape, box[2], box[3], lifted=kind.lifted)

    return Piece(*box, bleed=box[3] * 0.6, delay=delay, motion=motion, paint=paint)


def ornament_piece(box: Box, draw: Callable[..., None], delay: float, motion: Motion) -> Piece:
    """One of the `ornaments`."""

    def paint(canvas: Any, ink: Ink) -> None:
        draw(canvas, ink, box[2], box[3])

    return Piece(*box, bleed=4.0, delay=delay, motion=motion, paint=paint)
