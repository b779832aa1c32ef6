"""Where each title stands: in its zone, stacked with those it meets, over nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from adgen_pipeline.contracts.ad import TextBox
from adgen_pipeline.contracts.brief import AspectRatio
from adgen_pipeline.contracts.storyboard import Position
from adgen_pipeline.errors import RenderError
from adgen_pipeline.studio.composition.blocks import gap_below
from adgen_pipeline.studio.composition.pieces import Align, Block, Room
from adgen_pipeline.studio.composition.script import Title
from adgen_pipeline.studio.composition.typography import TYPOGRAPHY
from adgen_pipeline.studio.families import Family
from adgen_pipeline.studio.frame import Box, safe_area, words_zone

Setter = Callable[[Title, Room], Block]

_WIDE = 1.12
"""Letters are this much larger in a wide frame, which is looked at from farther away."""

_FOOT_KINDS = ("subtitle", "legal")
_FOOT_GAP = 0.04

_TRIES = (
    *((scale, 1.0) for scale in (1.0, 0.92, 0.84, 0.76, 0.70, 0.64, 0.58, 0.53, 0.48)),
    *((0.48 * 0.9**n, 1.2) for n in range(1, 20)),
)
"""Scale of the words and height of their zone, in the order in which a column tries to fit: down to half the size, and
only then beyond the zone (away from the frame's edge), where the product may be."""


@dataclass(frozen=True)
class Placed:
    """A title's block, its corner at (`left`, `top`) pixels of the frame. `column` numbers what stands together."""

    title: Title
    block: Block
    left: float
    top: float
    column: int

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom in pixels."""
        return self.left, self.top, self.left + self.block.width, self.top + self.block.height

    @property
    def text_box(self) -> TextBox:
        """Around all its pieces where they come to rest, shadows left out."""
        pieces = self.block.pieces
        return TextBox(
            text=self.title.text,
            left=round(self.left + min(piece.left for piece in pieces), 1),
            top=round(self.top + min(piece.top for piece in pieces), 1),
            right=round(self.left + max(piece.left + piece.width for piece in pieces), 1),
            bottom=round(self.top + max(piece.top + piece.height for piece in pieces), 1),
            start_time=round(self.title.start, 3),
            end_time=round(self.title.end, 3),
        )

    def collides(self, other: "Placed") -> bool:
        """True if both would be seen one over the other."""
        a, b = self.box, other.box
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        return not apart and self.title.meets(other.title)


def place(
    titles: list[Title], ratio: AspectRatio, size: tuple[int, int], family: Family, setter: Setter
) -> list[Placed]:
    """Every title placed, set as `family` sets words. Small print and burned captions stand with the
    words they are seen with; at the bottom they have a strip of their own under all else.

    Columns at different positions that would collide become one. Raises RenderError if words cannot fit.
    """
    titles = [_beside_words(title, titles) if title.kind in _FOOT_KINDS else title for title in titles]
    feet = [title for title in titles if title.kind in _FOOT_KINDS and title.position.startswith("bottom")]
    others = [title for title in titles if title not in feet]
    frame = _Frame(ratio, size, family, setter)
    placed = frame.columns(feet, 0)
    if placed:
        frame = replace(frame, floor=min(item.top for item in placed) / size[1] - _FOOT_GAP)
    while (joined := _joined(body := frame.columns(others, len(feet)))) is not None:
        others = [replace(title, position=joined[1]) if title in joined[0] else title for title in others]
    return [*placed, *body]


def _beside_words(foot: Title, titles: list[Title]) -> Title:
    """`foot` at the place of the words it is seen with, else of those nearest in time: there the picture is calm, and
    anywhere else may be the product. One that is seen with words in several places stays."""
    others = [title for title in titles if title.kind not in _FOOT_KINDS]
    near = [title for title in others if title.meets(foot)]
    near = near or sorted(others, key=lambda title: max(title.start - foot.end, foot.start - title.end))[:1]
    places = {title.position for title in near}
    return replace(foot, position=places.pop()) if len(places) == 1 and "center" not in places else foot


def _joined(placed: list[Placed]) -> tuple[list[Title], Position] | None:
    """The titles of a column that collides with an earlier one, and the position it should share."""
    for n, item in enumerate(placed):
        for other in placed[:n]:
            if item.column != other.column and item.collides(other):
                return [p.title for p in placed if p.column == item.column], other.title.position
    return None


@dataclass(frozen=True)
class _Frame:
    """The picture as a space for words; nothing goes below `floor` (a share of its height)."""

    ratio: AspectRatio
    size: tuple[int, int]
    family: Family
    setter: Setter
    floor: float = 1.0

    def columns(self, titles: list[Title], number: int) -> list[Placed]:
        """The titles in columns, numbered from `number` on."""
        columns = _meeting(titles)
        return [item for n, column in enumerate(columns, number) for item in self._column(column, n)]

    def _column(self, titles: list[Title], number: int) -> list[Placed]:
        zone, align = self._zone(titles), self._align(titles)
        margin = max(zone.left, 1 - zone.right) if align == "centre" and zone.width > 0.5 else 0.0
        left, right = (side * self.size[0] for side in (max(zone.left, margin), min(zone.right, 1 - margin)))
        anchor = _anchor(titles[0].position)
        for scale, share in _TRIES:
            unit = min(self.size) * scale * (_WIDE if self.ratio == "16:9" else 1.0)
            top, bottom = self._grown(zone, share, anchor)
            lines = 3 if zone.width > 0.5 else 4
            room = Room(right - left, (bottom - top) * scale, unit, align, self.family, lines)
            blocks = [self.setter(title, room) for title in titles]
            tops = _stacked(titles, blocks, unit)
            height = max(t + b.height for t, b in zip(tops, blocks, strict=True)) - min(tops)
            if height <= bottom - top:
                break
        else:
            words = ", ".join(repr(title.text[:24]) for title in titles)
            raise RenderError(f"too many words for the {titles[0].position} of the picture at once: {words}")
        shift = top + (bottom - top - height) * _rest(titles, anchor) - min(tops)
        lefts = [left + (right - left - b.width) * _SHIFTS[room.align] for b in blocks]
        return [Placed(*p, number) for p in zip(titles, blocks, lefts, (t + shift for t in tops), strict=True)]

    def _align(self, titles: list[Title]) -> Align:
        """Flush where the family is, or beside the product; an end card gathers around the middle over or under it."""
        position = titles[0].position
        if position == "center":
            return "centre"
        is_band, is_card = position in ("top", "bottom"), _is_card(titles)
        if TYPOGRAPHY[self.family].flush:
            return "centre" if is_band and is_card else "left"
        if is_band or is_card:
            return "centre"
        return "right" if position.endswith("Right") else "left"

    def _grown(self, zone: Box, share: float, anchor: float) -> tuple[float, float]:
        """Top and bottom in pixels of `zone` at `share` of its height, inside the safe area."""
        safe, more = safe_area(self.ratio), zone.height * (share - 1)
        top, bottom = zone.top - more * anchor, zone.bottom + more * (1 - anchor)
        return max(safe.top, top) * self.size[1], min(safe.bottom, self.floor, bottom) * self.size[1]

    def _zone(self, titles: list[Title]) -> Box:
        zone = words_zone(titles[0].position, self.ratio, card=_is_card(titles))
        if zone.bottom <= self.floor:
            return zone
        return Box(zone.left, zone.top, zone.right, self.floor)


_SHIFTS: dict[Align, float] = {"left": 0.0, "centre": 0.5, "right": 1.0}


def _is_card(titles: list[Title]) -> bool:
    """True for the words of an end card."""
    return any(title.kind in ("brand", "button", "logo") for title in titles)


def _rest(titles: list[Title], anchor: float) -> float:
    """Where in its zone a column rests: off the frame's edge, toward the product it speaks of; feet at the bottom."""
    if all(title.kind in _FOOT_KINDS for title in titles):
        return anchor
    return {0.0: 0.30, 1.0: 0.75}.get(anchor, anchor)


def _anchor(position: Position) -> float:
    """From where in its zone a column is stacked: 0 at the top, 1 at the bottom."""
    return 0.0 if position.startswith("top") else 1.0 if position.startswith("bottom") else 0.5


def _meeting(titles: list[Title]) -> list[list[Title]]:
    """Titles of one position that are, directly or through others, on screen together; list order is kept."""
    columns: list[list[Title]] = []
    for title in titles:
        near = [c for c in columns if any(title.position == o.position and title.meets(o) for o in c)]
        columns = [c for c in columns if c not in near]
        columns.append([*(other for column in near for other in column), title])
    return [sorted(column, key=titles.index) for column in columns]


def _stacked(titles: list[Title], blocks: list[Block], unit: float) -> list[float]:
    """Tops of the blocks, each clear of those it meets: from the top down, or from the bottom up at the bottom."""
    upward = titles[0].position.startswith("bottom")
    order = range(len(titles) - 1, -1, -1) if upward else range(len(titles))
    tops: dict[int, float] = {}
    for n in order:
        edges = [0.0]
        for m in tops:
            if titles[n].meets(titles[m]):
                gap = gap_below(titles[min(n, m)].kind, titles[max(n, m)].kind) * unit
                edges.append(tops[m] - gap if upward else tops[m] + blocks[m].height + gap)
        tops[n] = min(edges) - blocks[n].height if upward else max(edges)
    return [tops[n] for n in range(len(titles))]
