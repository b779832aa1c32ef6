"""Words set as pieces that move: lines aligned, the last phrase set off, each part with its own paint."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from adgen_pipeline.studio.composition.legibility import Ink
from adgen_pipeline.studio.composition.pieces import Align, Piece
from adgen_pipeline.studio.composition.typesetting import Face, Setting, advance, draw_text
from adgen_pipeline.studio.composition.typography import Entrance, Motion, Split
from adgen_pipeline.studio.drawing.paint import fill, linear, rgba, shaded
from adgen_pipeline.studio.drawing.palette import mix

Tone = Callable[[Any, Ink, Callable[[Any], None], float], None]
"""Paints letters: canvas, ink, what draws them with a given paint, and their size in pixels."""

BASELINE = 0.79
"""Of the size, below the top of a line."""

_SHADOW = 0.34
"""Of the size: how far a shadow, an accent or a slanted letter may reach beyond its box."""

_LONGEST_STAGGER = 0.85
"""Seconds from the first part of a title to its last, however many there are."""


QUIET = Entrance("fade", "line", 0.0)

_SMALLEST = 0.62


@dataclass(frozen=True)
class Run:
    """Letters in one face that stand side by side; pixels from the block's corner. `accented` is the last phrase."""

    text: str
    face: Face
    left: float
    top: float
    accented: bool = False


@dataclass(frozen=True)
class Emphasised:
    """How a headline's last phrase is set: in `face`, with `pad` (ems) on both sides."""

    face: Face
    pad: float = 0.0


def shrunk(text: str, letters: int) -> float:
    """By how much `text` is set smaller if it has more than so many `letters`."""
    return max(_SMALLEST, min(1.0, letters / len(text)))


def lined_up(setting: Setting, width: float, align: Align, emphasised: Emphasised | None = None) -> list[Run]:
    """The setting's lines in a block of `width`, each as one run, or two where its last phrase is set off."""
    runs: list[Run] = []
    for number, line in enumerate(setting.lines):
        head, tail = _divided(setting.lines, number) if emphasised else (line, "")
        runs += _aligned(head, tail, setting, emphasised or Emphasised(setting.face), number, (width, align))
    return runs


def _divided(lines: tuple[str, ...], number: int) -> tuple[str, str]:
    """The plain and the accented part of a line: the whole last line, or the last word of an only one."""
    line = lines[number]
    if number < len(lines) - 1 or _is_right_to_left(line):
        return line, ""
    if len(lines) > 1:
        return "", line
    head, _, tail = line.rpartition(" ")
    return (head, tail) if head else (line, "")


def _aligned(
    head: str, tail: str, setting: Setting, emphasised: Emphasised, number: int, room: tuple[float, Align]
) -> list[Run]:
    size, pad, top = setting.size, emphasised.pad * setting.size, number * setting.leading
    ahead = advance(head, setting.face, size) + (_space(setting.face, size) if tail else 0) if head else 0.0
    after = advance(tail, emphasised.face, size) + 2 * pad if tail else 0.0
    left = {"left": 0.0, "centre": 0.5, "right": 1.0}[room[1]] * (room[0] - ahead - after)
    runs = [Run(head, setting.face, left, top)] if head else []
    return [*runs, Run(tail, emphasised.face, left + ahead + pad, top, accented=True)] if tail else runs


def _space(face: Face, size: float) -> float:
    """From the end of one word to the start of the next."""
    return advance("n n", face, size) - 2 * advance("n", face, size)


def pieces(
    runs: list[Run], size: float, entrance: Entrance, tone: Callable[[Run], Tone], travel: float = 0.0
) -> tuple[Piece, ...]:
    """The runs taken apart as `entrance` has it, each part later than the one before."""
    parts = [part for run in runs for part in _taken_apart(run, size, entrance.split)]
    stagger = min(entrance.stagger, _LONGEST_STAGGER / max(1, len(parts)))
    return tuple(_piece(part, size, n * stagger, entrance.motion, tone(part), travel) for n, part in enumerate(parts))


def _taken_apart(run: Run, size: float, split: Split) -> list[Run]:
    if split == "line" or _is_right_to_left(run.text):
        return [run]
    made, left = [], run.left
    for word in run.text.split(" "):
        parts = word if split == "letter" and _is_plain_script(word) else [word]
        for n, part in enumerate(parts):  # where the shaper has them, kerning included
            before = advance(word[: n + 1], run.face, size) - advance(part, run.face, size) if len(parts) > 1 else 0.0
            made.append(Run(part, run.face, left + before, run.top, run.accented))
        left += advance(word, run.face, size) + _space(run.face, size)
    return made


def _piece(run: Run, size: float, delay: float, motion: Motion, tone: Tone, travel: float) -> Piece:
    def paint(canvas: Any, ink: Ink) -> None:
        def letters(paint: Any) -> None:
            draw_text(canvas, run.text, 0, size * BASELINE, run.face, size, paint)

        tone(canvas, ink, letters, size)

    width = advance(run.text, run.face, size)
    return Piece(run.left, run.top, width, size, size * _SHADOW, delay, motion, paint, travel, letters=True)


def inked(canvas: Any, ink: Ink, letters: Callable[[Any], None], size: float) -> None:
    """In the words' colour, a soft shadow of the ground's under it."""
    _shadowed(canvas, ink, letters, size)
    letters(fill(ink.words))


def accented(canvas: Any, ink: Ink, letters: Callable[[Any], None], size: float) -> None:
    """In the accent."""
    _shadowed(canvas, ink, letters, size)
    letters(fill(ink.accent))


def glowing(canvas: Any, ink: Ink, letters: Callable[[Any], None], size: float) -> None:
    """In the accent, lit from above; moved only toward more contrast."""
    _shadowed(canvas, ink, letters, size)
    lit = mix(ink.accent, ink.words, 0.38)
    letters(shaded(linear((0, size * 0.1), (0, size), (0, rgba(lit)), (0.75, rgba(ink.accent)))))


def on_shape(canvas: Any, ink: Ink, letters: Callable[[Any], None], size: float) -> None:
    """For letters on a filled shape."""
    letters(fill(ink.on_fill))


def extruded(canvas: Any, ink: Ink, letters: Callable[[Any], None], size: float) -> None:
    """In the accent, a copy in the fill thrown to the lower right, a gap of the ground's between them."""
    for away, tone in ((0.058, ink.fill), (0.034, ink.ground)):
        _thrown(canvas, tone, letters, size * away)
    letters(fill(ink.accent))


def offset(canvas: Any, ink: Ink, letters: Callable[[Any], None], size: float) -> None:
    """In the words' colour, with a hard shadow of the ground's."""
    _thrown(canvas, ink.ground, letters, size * 0.034)
    letters(fill(ink.words))


def _thrown(canvas: Any, tone: Any, letters: Callable[[Any], None], away: float) -> None:
    canvas.save()
    canvas.translate(away, away)
    letters(fill(tone))
    canvas.restore()


def _shadowed(canvas: Any, ink: Ink, letters: Callable[[Any], None], size: float) -> None:
    canvas.save()
    canvas.translate(0, size * 0.02)
    letters(fill(ink.ground, 0.5, blur=size * 0.07))
    canvas.restore()


def _is_plain_script(text: str) -> bool:
    """Letters of joined scripts may not be taken apart."""
    return max(text) < "\u0530"


def _is_right_to_left(text: str) -> bool:
    """Words of such a line stand in an order of their own, which the shaper knows."""
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)
